/* Dragging a question to another place. The buttons beside it do the same without a pointer. */
"use strict";

(function () {
  let dragged = null;

  const rowOf = (element) => element?.closest?.(".form-question");
  const listOf = (element) =>
    element?.closest?.(".form-section")?.querySelector("[data-section]");

  function wake() {
    document.querySelectorAll("[data-handle][hidden]").forEach((handle) => {
      handle.hidden = false;
      handle.draggable = true;
    });
  }

  function clear() {
    document
      .querySelectorAll(".form-question--before, .form-questions--here")
      .forEach((one) => one.classList.remove("form-question--before", "form-questions--here"));
  }

  /* The row before which a question dropped here would stand; none means at the end. */
  function rowBelow(list, y) {
    return [...list.children].find((row) => {
      const box = row.getBoundingClientRect();
      return row !== dragged && y < box.top + box.height / 2;
    });
  }

  function send(list, below) {
    const others = [...list.children].filter((row) => row !== dragged);
    const form = dragged.querySelector("form");
    const facts = {
      deed: "place",
      section: list.dataset.section,
      place: below ? others.indexOf(below) : others.length,
    };
    for (const [name, value] of Object.entries(facts)) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    form.requestSubmit();
  }

  document.addEventListener("dragstart", (event) => {
    if (!event.target.matches?.("[data-handle]")) return;
    dragged = rowOf(event.target);
    dragged.classList.add("form-question--dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
    event.dataTransfer.setDragImage(dragged, 10, 10);
  });

  document.addEventListener("dragover", (event) => {
    const list = dragged && listOf(event.target);
    if (!list) return;
    event.preventDefault();
    clear();
    const below = rowBelow(list, event.clientY);
    if (below) below.classList.add("form-question--before");
    else list.classList.add("form-questions--here");
  });

  document.addEventListener("drop", (event) => {
    const list = dragged && listOf(event.target);
    if (!list) return;
    event.preventDefault();
    send(list, rowBelow(list, event.clientY));
  });

  document.addEventListener("dragend", () => {
    clear();
    dragged?.classList.remove("form-question--dragged");
    dragged = null;
  });

  document.addEventListener("htmx:after:swap", wake);
  wake();
})();
