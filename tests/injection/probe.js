/* Runs before the scripts of each page and in each frame: says in the top window what happened there. */
(() => {
  "use strict";
  if (window === top && !window.probed) window.probed = [];
  const report = (kind, detail) => top.probed.push([location.pathname, kind, String(detail)]);
  window.pwned = (number) => report("ran", number);
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    window[name] = (text) => report("ran", `${name} ${text}`);
  }
  document.addEventListener("securitypolicyviolation", (event) =>
    report("policy", `${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
  );
})();

/* What a document is made of: the pairs of element and attribute, the addresses that are none of ours, and the
   words of payloads that a reader sees outside the listing of a source. */
window.examine = (document, base) => {
  const shapes = new Set();
  const addresses = [];
  const home = new URL(base);
  const ADDRESSES = "href src action formaction data poster ping background srcset xlink:href cite manifest".split(" ");
  for (const element of document.querySelectorAll("*")) {
    shapes.add(element.localName);
    for (const attribute of element.attributes) {
      const name = attribute.name.toLowerCase();
      shapes.add(`${element.localName} ${name}`);
      if (!ADDRESSES.includes(name)) continue;
      let address;
      try {
        address = new URL(attribute.value, base);
      } catch {
        continue; // leads nowhere
      }
      const leaves = element.localName === "a" && ["http:", "https:", "mailto:"].includes(address.protocol);
      if (address.origin !== home.origin && !leaves) addresses.push(`${element.localName} ${name} ${attribute.value}`);
    }
  }
  const words = new Set();
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const found = walker.currentNode.data.match(/w[a-z]+q\d+z/g);
    if (found && !walker.currentNode.parentElement.closest(".repodoc-source")) found.forEach((word) => words.add(word));
  }
  return { shapes: [...shapes], addresses, words: [...words] };
};

/* Loads a page in a frame, as a reader does. */
window.visit = (path, until) =>
  new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.width = frame.height = 600;
    frame.addEventListener("load", async () => {
      try {
        await until(frame.contentDocument);
        resolve(window.examine(frame.contentDocument, frame.contentWindow.location.href));
      } catch (error) {
        resolve({ shapes: [], addresses: [`${path} ${error}`], words: [] });
      }
      frame.remove();
    });
    frame.src = path;
    document.body.append(frame);
  });

/* Reads a page without running it. */
window.read = async (path) => {
  const answer = await fetch(path);
  const type = answer.headers.get("Content-Type").split(";")[0];
  return window.examine(new DOMParser().parseFromString(await answer.text(), type), answer.url);
};
