// What takes a while says so at once, and is not sent twice.
document.addEventListener("submit", (event) => {
  const words = event.target.dataset.busy;
  if (!words) return;
  if (event.target.getAttribute("aria-busy") === "true") event.preventDefault();
  event.target.setAttribute("aria-busy", "true");
  const said = event.target.querySelector("[data-said]");
  if (said) said.textContent = words;
});
// Somebody who comes back by the browser's own button finds the form as it was.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-busy]")) {
    form.removeAttribute("aria-busy");
    const said = form.querySelector("[data-said]");
    if (said) said.textContent = "";
  }
});
// Django admin's script draws hints as bare spans with a name; screen readers read it of a picture.
window.addEventListener("load", () => {
  for (const hint of document.querySelectorAll("span.help-tooltip[aria-label]")) {
    hint.setAttribute("role", "img");
  }
});
