// Keys and the panel of proofs. The pages work without this file.
"use strict";

(() => {
  document.documentElement.classList.add("scripted");
  const thePanel = () => document.getElementById("proofs");
  let opened = null; // the cell whose proofs the panel shows

  const mark = (cell) => {
    opened?.removeAttribute("aria-current");
    opened = cell;
    opened?.setAttribute("aria-current", "true");
  };

  const close = () => {
    const panel = thePanel();
    if (!panel?.firstChild) return;
    const back = opened;
    panel.replaceChildren();
    mark(null);
    back?.focus();
  };

  new MutationObserver((changes) => {
    const panel = thePanel();
    if (panel?.firstChild && changes.some((c) => c.target === panel)) {
      panel.focus({ preventScroll: true });
      panel.scrollTop = 0;
      panel.scrollIntoView({ block: "nearest" });
    }
  }).observe(document.body, { childList: true, subtree: true });

  document.addEventListener("click", (event) => {
    const cell = event.target.closest("[data-proofs]");
    if (cell) mark(cell);
    if (event.target.closest("#proofs [data-close]")) {
      event.preventDefault();
      close();
    }
  });

  // The slider of days moves "now" and asks for the table of that day.
  const dayOf = (slider) => slider.dataset.days.split(" ")[slider.value];
  document.addEventListener("input", (event) => {
    const slider = event.target.closest("[data-days]");
    if (!slider) return;
    const day = dayOf(slider);
    slider.form.querySelector("[data-now]").value = day;
    slider.parentElement.querySelector("output").textContent = new Date(day + "T00:00").toLocaleDateString(
      document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang, { day: "numeric", month: "short", year: "numeric" });
  });
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-days]")) event.target.form.requestSubmit();
  });

  const step = (by) => {
    const stops = [...document.querySelectorAll("[data-step]")].filter((e) => e.offsetParent);
    if (!stops.length) return;
    const at = stops.indexOf(document.activeElement?.closest("[data-step]"));
    const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : Math.min(Math.max(at + by, 0), stops.length - 1);
    stops[next].focus();
    stops[next].scrollIntoView({ block: "nearest" });
  };

  // The entry that the keys of the review judge: the one in focus, else the first.
  const judged = () => document.activeElement?.closest("[data-judge]") ?? document.querySelector("[data-judge]");

  let deciding = false; // a second key must not judge the same entry twice
  const judge = (key) => {
    const place = key === "u" ? document : judged();
    const it = place?.querySelector(`[data-act="${key}"]`);
    if (!it || deciding) return;
    if (it.matches("summary")) {
      it.parentElement.open = true;
      it.parentElement.querySelector("select, input:not([type=hidden])")?.focus();
      return;
    }
    deciding = true;
    it.click();
  };
  window.addEventListener("pageshow", () => { deciding = false; });

  // After a decision the page comes back at the place of the entry that was judged.
  if (document.querySelector(".judge[data-judge]")) {
    const at = /^#judge-\d+$/.test(location.hash) && document.querySelector(location.hash);
    (at || [...document.querySelectorAll(".judge")].at(location.hash ? -1 : 0))?.focus({ preventScroll: !location.hash });
  }

  const acts = {
    "/": () => document.querySelector("[data-find]")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    "?": () => document.getElementById("keys")?.showModal(),
    Escape: close,
  };
  for (const key of ["c", "x", "e", "m", "u"]) acts[key] = () => judge(key);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, dialog[open]")) return;
    const act = acts[event.key];
    if (!act) return;
    if (event.key !== "Escape") event.preventDefault();
    act();
  });
})();
