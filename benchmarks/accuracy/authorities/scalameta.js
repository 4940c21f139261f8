// Definitions and imports of Scala files as Scalameta sees them: paths on standard input, an object a line printed.
// A file is read as Scala 3 or else as Scala 2.13, or in the other order where the first argument says 2.

"use strict";
const fs = require("fs");
const { parseSource } = require("scalameta-parsers");
const manifest = require("scalameta-parsers/package.json");

const KINDS = {
  "Defn.Class": "class",
  "Defn.Trait": "trait",
  "Defn.Object": "object",
  "Defn.Enum": "enum",
  "Defn.EnumCase": "case",
  "Defn.Def": "function",
  "Decl.Def": "function",
  "Defn.Macro": "function",
  "Defn.Type": "type",
  "Decl.Type": "type",
  "Defn.Given": "given",
  "Defn.GivenAlias": "given",
  "Decl.Given": "given",
  "Ctor.Secondary": "constructor",
  "Pkg.Object": "package object",
};
const VALUES = { "Defn.Val": "val", "Decl.Val": "val", "Defn.Var": "var", "Decl.Var": "var" };
const MEMBERS = new Set(["Template.Body", "Template"]);

function read(path, dialects) {
  const text = fs.readFileSync(path, "utf8").replace(/\r\n/g, "\n").replace(/^\uFEFF/, "");
  let tree;
  for (const dialect of dialects) {
    tree = parseSource(text, { dialect });
    if (!tree.error) break;
  }
  if (tree.error) return { path, error: `line ${tree.lineNumber + 1}: ${tree.error}` };
  const lines = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) lines.push(at + 1);
  const line = (offset) => {
    let low = 0;
    let high = lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (lines[middle] <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
  const source = (node) => text.slice(node.pos.start, node.pos.end).replace(/\s+/g, " ");
  const facts = [];
  const plain = (name) => name.replace(/`/g, "");

  function define(scope, name, kind, node) {
    const qualified = scope ? `${scope}.${name}` : name;
    facts.push(["definition", qualified, kind, line(node.pos.start)]);
    return qualified;
  }

  function variables(pattern) {
    const found = [];
    const todo = [pattern];
    while (todo.length) {
      const node = todo.pop();
      if (node.type === "Pat.Var") found.push(node.name);
      todo.push(...children(node));
    }
    return found;
  }

  function children(node) {
    const found = [];
    for (const [key, value] of Object.entries(node)) {
      if (key === "pos" || value === null || typeof value !== "object") continue;
      if (Array.isArray(value)) found.push(...value.filter((each) => each && each.type));
      else if (value.type) found.push(value);
    }
    return found;
  }

  function importers(node, form) {
    for (const importer of node.importers) {
      const path = importer.ref && importer.ref.type !== "Term.Anonymous" ? plain(source(importer.ref)) : "";
      const names = importer.importees.map((each) => {
        if (each.type === "Importee.Wildcard") return "*";
        if (each.type === "Importee.GivenAll") return "given";
        if (each.type === "Importee.Given") return source(each);
        if (each.type === "Importee.Name") return plain(source(each.name));
        const alias = each.type === "Importee.Unimport" ? "_" : plain(source(each.rename));
        return `${plain(source(each.name))} as ${alias}`;
      });
      const first = importer.ref && path ? importer.ref : importer;
      for (const name of names) facts.push(["import", path ? `${path}.${name}` : name, form, line(first.pos.start)]);
    }
  }

  // `place` is what the statement is in: a body of a type, an extension, the file or package itself, or code.
  function walk(node, scope, place) {
    let inner = scope;
    const type = node.type;
    if (type === "Import" || type === "Export") return importers(node, type.toLowerCase());
    if (type === "Pkg") {
      const name = plain(source(node.ref));
      const qualified = define(scope, name, "package", node.ref);
      // Only braces, or a colon, make a package a scope.
      const after = text.slice(node.ref.pos.end, node.ref.pos.end + 200).trimStart();
      const isScope = after.startsWith("{") || after.startsWith(":");
      for (const each of children(node)) if (each !== node.ref) walk(each, isScope ? qualified : scope, "file");
      return;
    }
    if (KINDS[type]) {
      let kind = KINDS[type];
      if (kind === "function") kind = place === "body" ? "method" : place === "extension" ? "extension method" : kind;
      let name = node.name && node.name.value !== "" ? plain(source(node.name)) : "";
      let where = node.name;
      if (type === "Ctor.Secondary") {
        name = "this";
        where = { pos: { start: text.indexOf("this", node.pos.start) } };
      }
      if (kind === "given" && !name) {
        where = node.decltpe || (node.templ && node.templ.inits[0] && node.templ.inits[0].tpe);
        name = where ? source(where) : "";
      }
      if (name) inner = define(scope, name, kind, where);
    } else if (type === "Defn.RepeatedEnumCase") {
      for (const each of node.cases) define(scope, plain(source(each)), "case", each);
      return;
    } else if (VALUES[type] && place !== "code") {
      const names = node.pats.flatMap((each) => variables(each));
      for (const each of names) inner = define(scope, plain(source(each)), VALUES[type], each);
      if (names.length !== 1) inner = scope;
    }
    for (const each of children(node)) {
      if (each.type === "Ctor.Primary") parameters(node, each, inner);
      walk(each, inner, placeOf(node, each, place));
    }
  }

  function placeOf(node, child, place) {
    const type = node.type;
    if (type === "Source" || type === "Pkg.Body") return "file";
    if (type === "Template.Body") return "body";
    if (type === "Defn.ExtensionGroup") return "extension";
    if (type === "Term.Block" && place === "extension") return "extension";
    return "code";
  }

  function parameters(owner, constructor, scope) {
    const has = (mods, name) => (mods || []).some((mod) => mod.type === name);
    const isCase = has(owner.mods, "Mod.Case") || owner.type === "Defn.EnumCase";
    constructor.paramClauses.forEach((clause, index) => {
      for (const each of clause.values) {
        const isVar = has(each.mods, "Mod.VarParam");
        if (isVar || has(each.mods, "Mod.ValParam") || (isCase && index === 0)) {
          define(scope, plain(source(each.name)), isVar ? "var" : "val", each.name);
        }
      }
    });
  }

  walk(tree, "", "file");
  return { path, facts };
}

if (process.argv[2] === "--version") {
  console.log(`Scalameta ${manifest.version}`);
} else {
  const dialects = process.argv[2] === "2" ? ["Scala213", "Scala3"] : ["Scala3", "Scala213"];
  const paths = fs.readFileSync(0, "utf8").split("\n").filter(Boolean);
  for (const path of paths) fs.writeSync(1, `${JSON.stringify(read(path, dialects))}\n`);
}
