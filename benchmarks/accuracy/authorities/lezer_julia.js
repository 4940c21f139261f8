// Prints the definitions and imports that the Julia grammar of Lezer finds, one JSON object a file.
//
// Node has to find @plutojl/lezer-julia (NODE_PATH); paths come from standard input, one a line.
//
// Definitions are
// - modules, structs with their fields and constructors, abstract and primitive types, enums with their members;
// - functions and macros in each form, also in functions; anonymous functions that are assigned to a name;
// - constants anywhere, and names that a module or the file assigns at its top level, each once in its scope.
// What is quoted is none.
"use strict";

const fs = require("fs");
const { parser } = require("@plutojl/lezer-julia");

const QUOTES = new Set(["QuoteStatement", "QuoteExpression", "Symbol"]);
const TYPES = { StructDefinition: "struct", AbstractDefinition: "type", PrimitiveDefinition: "type" };

class Reader {
  constructor(text) {
    this.text = text;
    this.facts = [];
    this.starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
    const top = parser.parse(text).topNode;
    top.cursor().iterate((node) => {
      if (node.type.isError) throw new SyntaxError(`line ${this.line(node)}`);
    });
    this.visit(top, { names: [], kind: "module", seen: new Set() });
  }

  line(node) {
    let low = 0, high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= node.from) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  slice(node) {
    return this.text.slice(node.from, node.to);
  }

  children(node) {
    const found = [];
    for (let child = node.firstChild; child; child = child.nextSibling)
      if (!/Comment$/.test(child.name)) found.push(child);
    return found;
  }

  // Those that are no keywords and no signs.
  parts(node) {
    return this.children(node).filter((child) => /^[A-Z]/.test(child.name));
  }

  define(scope, names, kind, node) {
    this.facts.push(["definition", [...scope.names, ...names].join("."), kind, this.line(node)]);
    return { names: [...scope.names, ...names], kind, seen: new Set() };
  }

  visit(node, scope) {
    if (QUOTES.has(node.name)) return;
    const method = this[node.name];
    if (method) method.call(this, node, scope);
    else this.visitAll(this.children(node), scope);
  }

  visitAll(nodes, scope) {
    for (const node of nodes) this.visit(node, scope);
  }

  Program(node, scope) {
    this.body(this.children(node), scope);
  }

  ModuleDefinition(node, scope) {
    const [name, ...body] = this.parts(node);
    this.body(body, this.define(scope, [this.slice(name)], "module", name));
  }

  // Statements of a module: only here an assignment is a name of it.
  body(nodes, scope) {
    for (const node of nodes) {
      const inner = node.name === "GlobalStatement" ? this.parts(node)[0] : node;
      if (inner?.name === "Assignment") this.Assignment(inner, scope, "variable");
      else this.visit(node, scope);
    }
  }

  ConstStatement(node, scope) {
    const inner = this.parts(node)[0];
    if (inner?.name === "Assignment") this.Assignment(inner, scope, "constant");
    else this.visitAll(this.children(node), scope);
  }

  Assignment(node, scope, kind = "") {
    const [left, sign, ...right] = this.children(node);
    if (this.slice(sign) !== "=") return this.visitAll(this.children(node), scope);
    if (right[0]?.name === "ArrowFunctionExpression" && left.name === "Identifier" && kind !== "constant") {
      return this.visitAll(right, this.define(scope, [this.slice(left)], "function", left));
    }
    const callee = this.callee(left);
    if (callee) return this.visitAll(right, this.head(callee, scope, "function"));
    for (const name of kind ? this.names(left, kind) : []) {
      const text = this.slice(name);
      if (!scope.seen.has(text)) this.define(scope, [text], kind, name);
      scope.seen.add(text);
    }
    this.visitAll(right, scope);
  }

  names(left, kind) {
    if (left.name === "Identifier") return [left];
    const first = left.firstChild;
    if (left.name === "BinaryExpression" && this.children(left)[1].name === "SubTypeOp" && first.name === "Identifier") return [first];
    if (kind !== "constant") return [];
    if (left.name === "ParametrizedExpression") return [first];
    if (/Tuple/.test(left.name)) return this.parts(left).filter((part) => part.name === "Identifier");
    return [];
  }

  // What is called on the left side of ``f(x)::T where T``, or the operator that is used there.
  callee(node) {
    while (node.name === "BinaryExpression") {
      const [left, sign] = this.children(node);
      if (sign.name !== "SubTypeOp" && sign.name !== "where") return sign;
      node = left;
    }
    if (node.name === "UnaryExpression") return node.firstChild;
    return node.name === "CallExpression" ? node.firstChild : undefined;
  }

  // Whether a call with one argument that has a type was read as two expressions.
  isCut(callee, given) {
    return given !== undefined && /^(Paren|Tuple)Expression$/.test(given.name) && given.from === callee.to;
  }

  // A scope for the body of a function.
  head(callee, scope, kind) {
    let node = callee;
    const around = [];
    for (;;) {
      if (node.name === "ParametrizedExpression") node = node.firstChild;
      else if (node.name === "ParenExpression" || node.name === "TupleExpression") node = this.parts(node)[0] ?? node.firstChild;
      else if (node.name === "BinaryExpression" || node.name === "UnaryExpression") node = this.parts(node).at(-1);
      else if (node.name === "Type") node = node.firstChild;
      else break;
    }
    if (node.name === "FieldExpression") {
      around.push(this.slice(node.firstChild));
      node = node.lastChild;
    }
    if (!/^(Identifier|Field|Operator|.*Op)$/.test(node.name)) return scope;
    const name = this.slice(node).replace(/^:\(?|\)$/g, "");
    const own = scope.kind === "struct" && kind === "function" ? "constructor" : kind;
    return this.define(scope, [...around, kind === "macro" ? `@${name}` : name], own, node);
  }

  FunctionDefinition(node, scope, kind = "function") {
    const [, signature, ...body] = this.children(node);
    const first = signature?.name === "Signature" && this.parts(signature)[0];
    let callee = first && (this.callee(first) ?? (first.name === "Identifier" ? first : undefined));
    // ``function (f::F)(x)`` is read as an anonymous function in front of a bracket.
    if (!callee && first && this.isCut(first, body[0])) callee = first;
    this.visitAll(body, callee ? this.head(callee, scope, kind) : scope);
  }

  MacroDefinition(node, scope) {
    this.FunctionDefinition(node, scope, "macro");
  }

  StructDefinition(node, scope) {
    const [head, ...body] = this.parts(node);
    let name = head;
    while (name.name !== "Identifier" && name.firstChild) name = name.firstChild;
    const inner = this.define(scope, [this.slice(name)], TYPES[node.name], name);
    for (const each of node.name === "StructDefinition" ? body : []) {
      let field = each.name === "ConstStatement" ? this.parts(each)[0] : each;
      if (field.name === "Assignment" && !this.callee(field.firstChild)) field = field.firstChild;
      const isTyped = field.name === "BinaryExpression" && this.children(field)[1].name === "SubTypeOp";
      const named = isTyped ? field.firstChild : field;
      if (named.name === "Identifier") this.define(inner, [this.slice(named)], "field", named);
      else this.visit(each, inner);
    }
  }

  AbstractDefinition(node, scope) {
    this.StructDefinition(node, scope);
  }

  PrimitiveDefinition(node, scope) {
    this.StructDefinition(node, scope);
  }

  MacrocallExpression(node, scope) {
    const [macro, given] = this.parts(node);
    const parts = given ? this.parts(given) : [];
    if (this.slice(macro) !== "@enum" || !parts.length) {
      parts.forEach((part, index) => {
        const before = parts[index - 1];
        const isCut = before && part.name === "Assignment" && this.isCut(before, part.firstChild);
        if (isCut) this.visitAll(this.children(part).slice(2), this.head(before, scope, "function"));
        else this.visit(part, scope);
      });
      return;
    }
    const named = (part) => (part.name === "Identifier" ? part : part.firstChild);
    const inner = this.define(scope, [this.slice(named(parts[0]))], "enum", parts[0]);
    const members = parts.slice(1).flatMap((part) => (part.name === "BeginStatement" ? this.parts(part) : [part]));
    for (const member of members) this.define(inner, [this.slice(named(member))], "member", member);
  }

  UsingStatement(node) {
    const form = node.name.replace("Statement", "").toLowerCase();
    for (const part of this.parts(node)) {
      const text = this.slice(part).replace(/#.*/g, "").replace(/\s+/g, " ").replace(/ ?([:,]) ?/g, "$1");
      if (!text.includes("$")) this.facts.push(["import", text, form, this.line(node)]);
    }
  }

  ImportStatement(node) {
    this.UsingStatement(node);
  }

  CallExpression(node, scope) {
    const [callee, given] = this.parts(node);
    const parts = given?.name === "Arguments" ? this.parts(given) : [];
    if (this.slice(callee) === "include" && parts.length === 1 && parts[0].name === "StringLiteral")
      this.facts.push(["import", this.slice(parts[0]).replace(/^"+|"+$/g, ""), "include", this.line(node)]);
    this.visitAll(this.children(node), scope);
  }
}

for (const path of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  try {
    console.log(JSON.stringify({ path, facts: new Reader(fs.readFileSync(path, "utf8")).facts }));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    console.log(JSON.stringify({ path, error: error.message }));
  }
}
