// Django admin's script draws hints as bare spans with a name; screen readers read it of a picture.
window.addEventListener("load", () => {
  for (const hint of document.querySelectorAll("span.help-tooltip[aria-label]")) {
    hint.setAttribute("role", "img");
  }
});
