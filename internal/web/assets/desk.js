// Keys and the panel of proofs. The pages work without this file.
"use strict";

(() => {
  const panel = document.getElementById("proofs");
  let opened = null; // the cell whose proofs the panel shows

  const mark = (cell) => {
    opened?.removeAttribute("aria-current");
    opened = cell;
    opened?.setAttribute("aria-current", "true");
  };

  const close = () => {
    if (!panel || !panel.firstChild) return;
    const back = opened;
    panel.replaceChildren();
    mark(null);
    back?.focus();
  };

  if (panel) {
    new MutationObserver(() => {
      if (panel.firstChild) {
        panel.focus({ preventScroll: true });
        panel.scrollTop = 0;
        panel.scrollIntoView({ block: "nearest" });
      }
    }).observe(panel, { childList: true });
  }

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-proofs]");
    if (cell) mark(cell);
    if (panel && event.target.closest("#proofs [data-close]")) {
      event.preventDefault();
      close();
    }
  });

  const step = (by) => {
    const stops = [...document.querySelectorAll("[data-step]")].filter((e) => e.offsetParent);
    if (!stops.length) return;
    const at = stops.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + by, 0), stops.length - 1);
    stops[next].focus();
    stops[next].scrollIntoView({ block: "nearest" });
  };

  const acts = {
    "/": () => document.querySelector("[data-find]")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    "?": () => document.getElementById("keys")?.showModal(),
    Escape: close,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const act = acts[event.key];
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  });
})();
