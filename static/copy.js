"use strict";
/* Comfort where script runs: a button beside each text that has to be typed elsewhere. */
for (const text of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  const done = document.createElement("span");
  button.type = "button";
  button.className = "btn btn-secondary btn-copy";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy the ${text.dataset.copyName}`);
  done.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.dataset.copy);
      done.textContent = " Copied";
    } catch {
      done.textContent = " Please mark it and copy it yourself";
    }
  });
  text.after(" ", button, done);
}
