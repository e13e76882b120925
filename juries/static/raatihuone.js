/* What only makes a working page more pleasant. Nothing depends on it. */
"use strict";

(function () {
  const show = (element) => element.removeAttribute("hidden");

  function wake(root) {
    root.querySelectorAll("[data-copy], [data-print]").forEach(show);
  }

  /* The server's sentence about what went wrong takes the focus, as on a fresh page. */
  function focusWhatIsWrong(root) {
    const summary = root.querySelector(".error-summary");
    if (summary) summary.focus();
  }

  const box = document.getElementById("trouble");

  function trouble(kind) {
    box.dataset.kind = kind;
    box.textContent = box.dataset[kind];
  }

  function calm() {
    box.dataset.kind = "";
    box.textContent = "";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) {
      window.print();
      return;
    }
    const source = document.querySelector(button.dataset.copy);
    navigator.clipboard?.writeText(source.value ?? source.textContent.trim()).then(() => {
      button.textContent = button.dataset.copied || button.textContent;
    });
  });

  /* A long form warns before its words are lost. */
  let unsaved = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });
  document.addEventListener("submit", () => {
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  /* A screen that nobody stands beside moves on to what has appeared last. */
  let seen = 0;
  function follow() {
    const screen = document.querySelector("[data-follow]");
    if (!screen) return;
    const shown = screen.querySelectorAll(screen.dataset.follow);
    if (shown.length > seen) shown[shown.length - 1].scrollIntoView({ block: "nearest" });
    seen = shown.length;
  }

  document.addEventListener("htmx:after:swap", (event) => {
    wake(document);
    follow();
    const asked = (event.detail.ctx?.request?.method ?? "GET") !== "GET";
    if (asked) focusWhatIsWrong(document);
  });

  /* A whole page in answer to a part (a session that ended, say) is opened as a page. */
  document.addEventListener("htmx:before:swap", (event) => {
    const raw = event.detail.ctx?.response?.raw;
    if (raw?.redirected && /^\s*<!doctype/i.test(event.detail.ctx.text)) {
      event.preventDefault();
      window.location.assign(raw.url);
    }
  });

  /* An answer ends a lost connection; a refusal stays until the person does something else. */
  document.addEventListener("htmx:after:request", (event) => {
    const asked = event.detail.ctx.request.method !== "GET";
    if (asked || box.dataset.kind === "lost") calm();
  });
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail.ctx.response.status !== 422) trouble("refused");
  });
  document.addEventListener("htmx:error", () => trouble("lost"));

  wake(document);
})();
