// Titles and sections of AsciiDoc documents by Asciidoctor, whose library is the argument.
// Paths come on standard input, a line each.
const fs = require("node:fs");
const readline = require("node:readline");

const library = require(process.argv[2]);
const asciidoctor = (library.default ?? library)();

// What is included is another file, and all that is conditional counts.
const DIRECTIVE = /^(include|ifdef|ifndef|ifeval|endif)::/;
const read = (file) =>
  fs.readFileSync(file, "utf8").replace(/\r\n/g, "\n").split("\n").map((line) => (DIRECTIVE.test(line) ? "//" : line)).join("\n");

const factsOf = (document) => {
  const header = document.getHeader();
  const facts = [];
  if (document.hasHeader() && document.getDocumentTitle() !== undefined) {
    facts.push(["definition", document.getDocumentTitle(), "title", header.getLineNumber() ?? 1]);
  }
  for (const section of document.findBy({ context: "section" })) {
    if (section !== header && section.getParent()) {
      facts.push(["definition", section.getTitle() ?? "", "heading", section.getLineNumber()]);
    }
  }
  return facts;
};

readline.createInterface({ input: process.stdin }).on("line", (file) => {
  try {
    const document = asciidoctor.load(read(file), { sourcemap: true, safe: "safe" });
    console.log(JSON.stringify({ path: file, facts: factsOf(document) }));
  } catch (error) {
    console.log(JSON.stringify({ path: file, error: String(error).slice(0, 80) }));
  }
});
