// Prints the definitions and imports that luaparse finds, one JSON object a file.
//
// Its argument is luaparse.js; paths come from standard input, one a line.
//
// Definitions are
// - functions with a name, local ones too, and functions that alone are assigned to a name or a member;
// - functions in tables that are assigned to something or returned, also in tables within those;
// - names and members that the file assigns at its top level, each once, if no function there has the name, and if the value
//   is no module. A member counts when what stands before it is names and dots.
// A function lends its name to what is defined in it, a name or member of the top level to the functions of its table.
"use strict";

const fs = require("fs");
const luaparse = require(process.argv[2]);

const LOADERS = new Set(["require", "dofile", "loadfile"]);

class Reader {
  constructor(text) {
    this.facts = [];
    this.kept = new Map(); // names of the top level
    this.functions = new Set();
    const tree = luaparse.parse(text, { locations: true, luaVersion: "LuaJIT", comments: false });
    for (const statement of tree.body) this.statement(statement, "", true);
    for (const [name, [kind, line]] of this.kept)
      if (!this.functions.has(name)) this.facts.push(["definition", name, kind, line]);
  }

  // "a.b" for names and dots, undefined for all else; the table of a method is left out.
  path(node) {
    if (node.type === "Identifier") return node.name;
    if (node.type !== "MemberExpression") return undefined;
    const base = this.path(node.base);
    return base && `${base}.${node.identifier.name}`;
  }

  // [qualified name, line] of what a function is assigned to.
  target(node, scope) {
    const around = scope ? [scope] : [];
    if (node.type === "Identifier") return [[...around, node.name].join("."), node.loc.start.line];
    let name = node.identifier, joint = node.indexer || ".";
    if (node.type === "IndexExpression") {
      if (node.index.type !== "StringLiteral") return undefined;
      name = { name: node.index.raw.slice(1, -1), loc: node.index.loc };
      joint = ".";
    } else if (node.type !== "MemberExpression") return undefined;
    const base = this.path(node.base);
    if (!base) return undefined;
    const table = base.replace(/^_G(\.|$)/, "");
    if (table && table !== "self") around.push(table);
    const full = around.join(".");
    return [full ? full + joint + name.name : name.name, name.loc.start.line];
  }

  define(found, kind, isTop) {
    if (!found) return "";
    this.facts.push(["definition", found[0], kind, found[1]]);
    if (isTop) this.functions.add(found[0]);
    return found[0];
  }

  statement(node, scope, isTop) {
    if (node.type === "FunctionDeclaration") {
      const isMethod = node.identifier.indexer === ":";
      const name = this.define(this.target(node.identifier, scope), isMethod ? "method" : "function", !scope && !isMethod);
      this.visit(node.body, name || scope);
    } else if (node.type === "LocalStatement" || node.type === "AssignmentStatement") {
      this.assign(node, scope, isTop);
    } else if (node.type === "ReturnStatement") {
      for (const value of node.arguments) this.value(value, "", scope);
    } else {
      this.visit(node, scope);
    }
  }

  assign(node, scope, isTop) {
    const [targets, values] = [node.variables, node.init];
    if (targets.length === 1 && values.length === 1 && values[0].type === "FunctionDeclaration") {
      const name = this.define(this.target(targets[0], scope), "function", !scope);
      this.visit(targets[0], scope);
      this.visit(values[0].body, name || scope);
      return;
    }
    let holder = "";
    for (const target of isTop ? targets : []) {
      const isName = target.type === "Identifier";
      if (!isName && !(target.type === "MemberExpression" && target.indexer === ".")) continue;
      const found = this.target(target, "");
      if (!found) continue;
      holder = holder || found[0];
      if (targets.length === 1 && values.length === 1 && this.isModule(values[0])) continue;
      if (!this.kept.has(found[0])) this.kept.set(found[0], [isName ? "variable" : "field", found[1]]);
    }
    for (const value of values) this.value(value, holder, scope);
    for (const target of targets) this.visit(target, scope);
  }

  isModule(node) {
    if (node.type === "MemberExpression" && node.indexer === ".") node = node.base;
    return this.loader(node) === "require" && node.base.name === "require";
  }

  // A value that may be a table, whose functions have names.
  value(node, holder, scope) {
    if (node.type !== "TableConstructorExpression") return this.visit(node, scope);
    const around = holder || scope;
    for (const field of node.fields) {
      let key;
      if (field.type === "TableKeyString") key = field.key;
      else if (field.type === "TableKey" && field.key.type === "StringLiteral")
        key = { name: field.key.raw.slice(1, -1), loc: field.key.loc };
      const full = key && (around ? `${around}.${key.name}` : key.name);
      if (key && field.value.type === "FunctionDeclaration") {
        this.define([full, key.loc.start.line], "function", !around);
        this.visit(field.value.body, full);
      } else if (key && field.value.type === "TableConstructorExpression") {
        this.value(field.value, full, scope);
      } else {
        this.visit(field.value, scope);
      }
    }
  }

  visit(node, scope) {
    if (Array.isArray(node)) return node.forEach((each) => this.visit(each, scope));
    if (!node || typeof node !== "object") return;
    if (/Statement$/.test(node.type) && ["LocalStatement", "AssignmentStatement", "ReturnStatement"].includes(node.type))
      return this.statement(node, scope, false);
    if (node.type === "FunctionDeclaration" && node.identifier) return this.statement(node, scope, false);
    const form = this.loader(node);
    if (form) this.facts.push(["import", this.module(node), form, node.loc.start.line]);
    for (const key of Object.keys(node)) if (key !== "loc" && key !== "type") this.visit(node[key], scope);
  }

  arguments(node) {
    return node.type === "StringCallExpression" ? [node.argument] : node.arguments || [];
  }

  loader(node) {
    if (!/Call/.test(node.type || "") || node.base?.type !== "Identifier") return "";
    const given = this.arguments(node);
    const name = node.base.name;
    if (name === "pcall" && given.length === 2 && given[0].name === "require" && given[1].type === "StringLiteral")
      return "require";
    const fits = name === "loadfile" ? given.length >= 1 : given.length === 1;
    return LOADERS.has(name) && fits && given[0].type === "StringLiteral" ? name : "";
  }

  module(node) {
    return this.arguments(node).at(-1).raw.replace(/^\[\[|\]\]$|^["']|["']$/g, "");
  }
}

for (const path of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  try {
    const text = fs.readFileSync(path, "utf8").replace(/^#.*/, "");
    console.log(JSON.stringify({ path, facts: new Reader(text).facts }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    console.log(JSON.stringify({ path, error: error.message }));
  }
}
