/* Marks the lines of an address that ends in #L10-L20, opens what the target of an address is folded into,
   and filters the lists of findings and notes.
   Pages are whole without it. */
(() => {
  "use strict";
  let marked = [];

  const linesOf = (first, last) => {
    const lines = [];
    for (let number = Math.min(first, last); number <= Math.max(first, last); number += 1) {
      const line = document.getElementById(`L${number}`);
      if (!line) break;
      lines.push(line);
    }
    return lines;
  };

  const targetOf = (hash) => {
    try {
      return document.getElementById(decodeURIComponent(hash.slice(1)));
    } catch {
      return null; // not an encoding of anything
    }
  };

  const open = (element) => {
    let opened = false;
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      opened = opened || !fold.open;
      fold.open = true;
    }
    return opened;
  };

  const show = () => {
    marked.forEach((line) => line.classList.remove("repodoc-marked"));
    const range = /^#L(\d+)-L?(\d+)$/.exec(location.hash);
    marked = range ? linesOf(Number(range[1]), Number(range[2])) : [];
    marked.forEach((line) => line.classList.add("repodoc-marked"));
    const target = range ? marked[0] : targetOf(location.hash);
    if (target && (open(target) || range)) target.scrollIntoView();
  };

  // Hides the items of the lists of a page that do not hold all words of a question, and opens their folds.
  const offerFilter = () => {
    const lists = [...document.querySelectorAll(".repodoc-filtered")];
    if (!lists.length) return;
    const items = lists.flatMap((list) => [...list.children].map((item) => [item, item.textContent.toLowerCase()]));
    const folds = new Set(lists.map((list) => list.closest("details")).filter(Boolean));
    const field = document.createElement("input");
    field.type = "search";
    field.className = "repodoc-filter";
    field.placeholder = "Filter";
    field.setAttribute("aria-label", "Filter the lists of this page");
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const [item, text] of items) item.hidden = !words.every((word) => text.includes(word));
      for (const fold of folds) fold.open = words.length > 0;
    });
    lists[0].closest("section, article, main, body").before(field);
  };

  const start = () => {
    offerFilter();
    show();
  };

  window.addEventListener("hashchange", show);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
