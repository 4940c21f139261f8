// Prints the definitions and imports that the TypeScript compiler finds, one JSON object a file.
//
// Its argument is the compiler, `typescript.js`; paths come from standard input, one a line.
//
// Definitions are
// - declared functions, classes, interfaces, types, enums with their members, and namespaces;
// - methods, accessors, constructors and fields of classes, parameter properties among them; members of interfaces and of
//   types that are written out; methods of objects, and functions as their members;
// - variables of a module or a namespace, destructured ones too; elsewhere those that a function or a class is assigned to;
// - functions and classes that are assigned to a member of something: `A.prototype.f = function () {}`, `this.f = () => {}`.
// A name that is computed is none, and the name of a namespace is one name, dots and all. Local variables lend no name to
// what lies in them, `this` is the class or the function around it, and `exports` is the module.
"use strict";

const fs = require("fs");
const ts = require(process.argv[2]);

const Kind = ts.SyntaxKind;

class Reader {
  constructor(path) {
    const text = fs.readFileSync(path, "utf8");
    const isScript = /\.[cm]?jsx?$/.test(path);
    const kind = isScript ? ts.ScriptKind.JSX : /\.tsx$/.test(path) ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    this.source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true, kind);
    this.facts = [];
    this.owner = []; // the names that `this` stands for
  }

  line(node) {
    return this.source.getLineAndCharacterOfPosition(node.getStart(this.source)).line + 1;
  }

  define(scope, name, kind, node) {
    const full = [...scope, name];
    this.facts.push(["definition", full.join("."), kind, this.line(node)]);
    return full;
  }

  children(node, scope, owner = this.owner) {
    const before = this.owner;
    this.owner = owner;
    ts.forEachChild(node, (child) => this.visit(child, scope));
    this.owner = before;
  }

  visit(node, scope) {
    switch (node.kind) {
      case Kind.FunctionDeclaration:
      case Kind.ClassDeclaration:
      case Kind.InterfaceDeclaration:
      case Kind.TypeAliasDeclaration:
      case Kind.EnumDeclaration: {
        const inner = node.name ? this.define(scope, node.name.text, DECLARED[node.kind], node.name) : scope;
        return this.children(node, inner, inner);
      }
      case Kind.ModuleDeclaration:
        return this.space(node, scope);
      case Kind.EnumMember:
        return this.member(node, "member", scope);
      case Kind.MethodDeclaration:
      case Kind.MethodSignature:
      case Kind.GetAccessor:
      case Kind.SetAccessor:
        return this.member(node, "method", scope);
      case Kind.Constructor:
        return this.construct(node, scope);
      case Kind.PropertyDeclaration:
        return this.member(node, isFunction(node.initializer) ? "method" : "field", scope);
      case Kind.PropertySignature:
        return isOwned(node.parent) ? this.member(node, "property", scope) : this.children(node, scope);
      case Kind.PropertyAssignment:
        return isFunction(node.initializer) ? this.member(node, "method", scope) : this.children(node, scope);
      case Kind.VariableDeclaration:
        return this.variable(node, scope);
      case Kind.BinaryExpression:
        return this.assignment(node, scope);
      case Kind.ImportDeclaration:
        return this.imported(node, "import", node.moduleSpecifier, clauseNames(node.importClause), isTypeOnly(node.importClause));
      case Kind.ExportDeclaration:
        if (node.moduleSpecifier) {
          this.imported(node, "export", node.moduleSpecifier, exportNames(node.exportClause), node.isTypeOnly);
        }
        return;
      case Kind.ImportEqualsDeclaration:
        if (ts.isExternalModuleReference(node.moduleReference)) {
          this.imported(node, "require", node.moduleReference.expression, [["*", node.name.text]], node.isTypeOnly);
        }
        return;
      case Kind.ImportType:
        this.imported(node, "import", node.argument.literal, [], true);
        return this.children(node, scope);
      case Kind.CallExpression:
        if (isImport(node)) {
          const form = node.expression.kind === Kind.ImportKeyword ? "import" : "require";
          this.imported(node, form, node.arguments[0], this.boundNames(node, form), false);
        }
        return this.children(node, scope);
      default:
        return this.children(node, scope);
    }
  }

  // The constructor of a class; parameters with a modifier are fields.
  construct(node, scope) {
    const inner = this.define(scope, "constructor", "method", firstWord(node, Kind.ConstructorKeyword));
    for (const parameter of node.parameters) {
      if (ts.isParameterPropertyDeclaration(parameter, node) && ts.isIdentifier(parameter.name)) {
        this.define(scope, parameter.name.text, "field", parameter.name);
      }
    }
    this.children(node, inner, scope);
  }

  member(node, kind, scope) {
    const name = simpleName(node.name);
    this.children(node, name === undefined ? scope : this.define(scope, name, kind, node.name), scope);
  }

  space(node, scope) {
    const names = [node.name];
    let body = node.body;
    while (body && body.kind === Kind.ModuleDeclaration) {
      names.push(body.name);
      body = body.body;
    }
    if (node.flags & ts.NodeFlags.GlobalAugmentation) {
      return body && this.children(body, scope);
    }
    const kind = node.flags & ts.NodeFlags.Namespace ? "namespace" : "module";
    const inner = this.define(scope, names.map((name) => name.text).join("."), kind, node.name);
    if (body) {
      this.children(body, inner);
    }
  }

  variable(node, scope) {
    const list = node.parent;
    const isOfModule =
      list.parent.kind === Kind.VariableStatement &&
      (list.parent.parent.kind === Kind.SourceFile || list.parent.parent.kind === Kind.ModuleBlock);
    const kind = list.flags & ts.NodeFlags.Const ? "constant" : "variable";
    let inner = scope;
    if (ts.isIdentifier(node.name) && isFunction(node.initializer)) {
      inner = this.define(scope, node.name.text, "function", node.name);
    } else if (ts.isIdentifier(node.name) && node.initializer?.kind === Kind.ClassExpression) {
      inner = this.define(scope, node.name.text, "class", node.name);
    } else if (isOfModule && !isImport(importedBy(node.initializer))) {
      for (const name of boundBy(node.name)) {
        inner = this.define(scope, name.text, kind, name);
      }
    }
    this.children(node, inner, this.inside(node.initializer, inner));
  }

  // What `this` is in a function or class that was given a name.
  inside(value, inner) {
    return value && value.kind !== Kind.ArrowFunction ? inner : this.owner;
  }

  assignment(node, scope) {
    const value = lastAssigned(node);
    const kind = isFunction(value) ? "function" : value.kind === Kind.ClassExpression ? "class" : undefined;
    const isPlain = node.operatorToken.kind === Kind.EqualsToken;
    if (!isPlain || !kind) {
      return this.children(node, scope);
    }
    const isVariable = ts.isIdentifier(node.left) && value.kind === Kind.FunctionExpression;
    const path = isVariable ? [node.left.text] : memberPath(node.left);
    if (!path) {
      return this.children(node, scope);
    }
    const { names, isMethod } = place(path);
    const owner = [...(path[0] === "this" ? this.owner : scope), ...names];
    const named = isMethod && kind === "function" ? "method" : kind;
    const word = node.right === value ? named : "alias";
    const inner = this.define(owner, path.at(-1), word, node.left.name ?? node.left);
    this.visit(node.left, scope);
    if (node.right === value) {
      this.children(value, inner, isMethod ? owner : this.inside(value, inner));
    } else {
      // In a chain, the last name is that of the one function at its end, and the others are aliases.
      this.visit(node.right, scope);
    }
  }

  imported(node, form, module, names, typeOnly) {
    const taken = names.map(([name, alias]) => (alias && alias !== name ? `${name} as ${alias}` : name)).sort();
    const what = typeOnly ? `${form} for types` : form;
    this.facts.push(["import", `${module.text}: ${taken.join(", ")}`, what, this.line(node)]);
  }

  // What `const … = require(…)` takes out of a module.
  boundNames(call, form) {
    let above = call.parent;
    if (above.kind === Kind.AwaitExpression) {
      above = above.parent;
    }
    let member;
    if (form === "require" && ts.isPropertyAccessExpression(above)) {
      member = above.name.text;
      above = above.parent;
    }
    if (above.kind !== Kind.VariableDeclaration || !contains(above.initializer, call)) {
      return member ? [[member]] : [];
    }
    if (ts.isIdentifier(above.name)) {
      return [[member ?? "*", above.name.text]];
    }
    if (ts.isObjectBindingPattern(above.name)) {
      return above.name.elements
        .filter((element) => !element.dotDotDotToken)
        .map((element) => [(element.propertyName ?? element.name).text, element.name.text]);
    }
    return [];
  }
}

const DECLARED = {
  [Kind.FunctionDeclaration]: "function",
  [Kind.ClassDeclaration]: "class",
  [Kind.InterfaceDeclaration]: "interface",
  [Kind.TypeAliasDeclaration]: "type",
  [Kind.EnumDeclaration]: "enum",
};

function isFunction(node) {
  return node?.kind === Kind.FunctionExpression || node?.kind === Kind.ArrowFunction;
}

function contains(node, inner) {
  return node && node.pos <= inner.pos && inner.end <= node.end;
}

// Interfaces, and types that are nothing but their members.
function isOwned(node) {
  return node.kind === Kind.InterfaceDeclaration || node.parent.kind === Kind.TypeAliasDeclaration;
}

function simpleName(name) {
  switch (name.kind) {
    case Kind.Identifier:
    case Kind.PrivateIdentifier:
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
      return name.text;
    case Kind.NumericLiteral:
      return name.getText();
    default:
      return undefined;
  }
}

function firstWord(node, kind) {
  return node.getChildren().find((child) => child.kind === kind) ?? node;
}

function* boundBy(name) {
  if (ts.isIdentifier(name)) {
    yield name;
    return;
  }
  for (const element of name.elements) {
    if (ts.isBindingElement(element)) {
      yield* boundBy(element.name);
    }
  }
}

// The call behind `await` and members: `(await import("m")).x`.
function importedBy(node) {
  while (node && (node.kind === Kind.AwaitExpression || ts.isPropertyAccessExpression(node))) {
    node = node.expression;
  }
  return node;
}

function isImport(node) {
  if (node?.kind !== Kind.CallExpression || !node.arguments.length || !ts.isStringLiteral(node.arguments[0])) {
    return false;
  }
  const called = node.expression;
  return (
    called.kind === Kind.ImportKeyword ||
    (ts.isIdentifier(called) && called.text === "require" && node.arguments.length === 1)
  );
}

function lastAssigned(node) {
  while (node.kind === Kind.BinaryExpression && node.operatorToken.kind === Kind.EqualsToken) {
    node = node.right;
  }
  return node;
}

// `a.b.c` as its names.
function memberPath(node) {
  if (!ts.isPropertyAccessExpression(node) || node.questionDotToken) {
    return undefined;
  }
  const names = [node.name.text];
  for (node = node.expression; ts.isPropertyAccessExpression(node); node = node.expression) {
    names.unshift(node.name.text);
  }
  if (node.kind === Kind.ThisKeyword) {
    return ["this", ...names];
  }
  return ts.isIdentifier(node) ? [node.text, ...names] : undefined;
}

// Where `a.prototype.b = …` belongs.
function place(path) {
  let names = path.slice(0, -1);
  if (names[0] === "module" && names[1] === "exports") {
    names = names.slice(2);
  } else if (names[0] === "exports" || names[0] === "this") {
    names = names.slice(1);
  }
  const isMethod = path.length === 2 && path[0] === "this";
  return names.length > 1 && names.at(-1) === "prototype" ? { names: names.slice(0, -1), isMethod: true } : { names, isMethod };
}

function clauseNames(clause) {
  const names = [];
  if (clause?.name) {
    names.push(["default", clause.name.text]);
  }
  if (clause?.namedBindings?.kind === Kind.NamespaceImport) {
    names.push(["*", clause.namedBindings.name.text]);
  }
  for (const element of clause?.namedBindings?.elements ?? []) {
    names.push([(element.propertyName ?? element.name).text, element.name.text]);
  }
  return names;
}

function exportNames(clause) {
  if (clause?.kind === Kind.NamespaceExport) {
    return [["*", clause.name.text]];
  }
  return (clause?.elements ?? []).map((element) => [(element.propertyName ?? element.name).text, element.name.text]);
}

function isTypeOnly(clause) {
  return Boolean(clause?.isTypeOnly);
}

function read(path) {
  const reader = new Reader(path);
  const [problem] = reader.source.parseDiagnostics;
  if (problem) {
    return { path, error: ts.flattenDiagnosticMessageText(problem.messageText, " ") };
  }
  reader.visit(reader.source, []);
  return { path, facts: reader.facts };
}

for (const path of fs.readFileSync(0, "utf8").split("\n").filter(Boolean)) {
  fs.writeSync(1, `${JSON.stringify(read(path))}\n`);
}
