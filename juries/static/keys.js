/* Keys that save time at the desk. Everything also works with buttons, and without this file. */
"use strict";

/* One key decides, while the focus is in what is decided on: it presses the button that names it.
   Nothing happens with Ctrl, Alt or Meta, in a text field, or when the reader has switched it off. */
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

/* Enter saves from a list or a tick too, as it does from a field of one line. */
(function () {
  const form = document.querySelector("form[data-enter-saves]");
  form?.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches("select, input[type=checkbox]")) return;
    event.preventDefault();
    form.requestSubmit();
  });
})();
