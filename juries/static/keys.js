/* One key decides, while the focus is in what is decided on: S, T or H press the button that says so.
   Nothing happens with Ctrl, Alt or Meta, in a text field, or when the reader has switched it off. */
"use strict";

(function () {
  const OFF = "keys-off";
  const part = document.querySelector("[data-keys]");
  if (!part) return;
  const toggle = document.querySelector("[data-keys-toggle]");

  const isOff = () => localStorage.getItem(OFF) === "yes";

  function show() {
    part.querySelectorAll("kbd").forEach((key) => {
      key.hidden = isOff();
    });
    if (toggle) toggle.checked = !isOff();
  }

  toggle?.closest("[hidden]")?.removeAttribute("hidden");
  toggle?.addEventListener("change", () => {
    localStorage.setItem(OFF, toggle.checked ? "no" : "yes");
    show();
  });

  part.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
    if (isOff() || typing || event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const button = [...part.querySelectorAll("button[data-key]")].find(
      (one) => one.dataset.key.toLowerCase() === event.key.toLowerCase()
    );
    if (!button) return;
    event.preventDefault();
    button.click();
  });

  show();
})();
