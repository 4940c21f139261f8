/* Marks the lines of an address that ends in #L10-L20, and opens what the target of an address is folded into.
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

  window.addEventListener("hashchange", show);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", show);
  else show();
})();
