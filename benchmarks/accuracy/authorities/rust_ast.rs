//! Prints the definitions and imports that rustc finds, one JSON object a file.
//!
//! Paths come from standard input, one a line. `rustc -Zunpretty=ast-tree` prints the syntax tree of a file, before any
//! macro is expanded or other file is read; this reads that tree.
//!
//! An implementation lends the name of its type to what it has. Constants and statics of a function are no definitions,
//! and `_` names nothing.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{BufRead, Write as _};
use std::process::{Command, Stdio};
use std::sync::Mutex;

const EDITIONS: [&str; 3] = ["2021", "2024", "2015"];

/// A value of the printed tree: `key: Head { … }`.
#[derive(Default)]
struct Node {
    key: String,
    head: String,
    children: Vec<Node>,
}

impl Node {
    fn new(text: &str) -> Node {
        let is_key = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        match text.split_once(':') {
            Some((key, head)) if !key.is_empty() && key.chars().all(is_key) => {
                Node { key: key.into(), head: head.trim_start().into(), children: Vec::new() }
            }
            _ => Node { head: text.into(), ..Node::default() },
        }
    }

    fn get(&self, key: &str) -> Option<&Node> {
        self.children.iter().find(|child| child.key == key)
    }

    /// The name of an identifier, whose hygiene is printed behind it; `r#` is none of it.
    fn name(&self) -> &str {
        plain(self.head.rsplit_once('#').map_or(self.head.as_str(), |(name, _)| name))
    }

    /// The same of `Some(…)`.
    fn optional_name(&self) -> Option<&str> {
        (self.head == "Some").then(|| self.children[0].name())
    }
}

fn parse(printed: &str) -> Node {
    let mut open = vec![Node::default()];
    for line in printed.lines() {
        let text = line.trim_start();
        let text = text.strip_suffix(',').unwrap_or(text);
        if text.starts_with(['}', ')', ']']) {
            let done = open.pop().unwrap();
            // The tokens of a macro, again and again in what contains it, are most of what is printed.
            if done.key != "tokens" {
                open.last_mut().unwrap().children.push(done);
            }
        } else if let Some(head) = text.strip_suffix(['{', '(', '[']) {
            open.push(Node::new(head.trim_end()));
        } else {
            open.last_mut().unwrap().children.push(Node::new(text));
        }
    }
    open.pop().unwrap()
}

#[derive(Clone, Copy, PartialEq)]
enum Owner {
    Function,
    /// Implementation or trait.
    Type,
    Other,
}

struct Reader<'a> {
    text: &'a str,
    /// Where each line starts.
    lines: Vec<usize>,
    facts: String,
}

impl Reader<'_> {
    fn offset(&self, place: &str) -> Option<usize> {
        let (line, column) = place.rsplit_once(':')?;
        let start = *self.lines.get(line.parse::<usize>().ok()? - 1)?;
        let line = &self.text[start..];
        Some(start + line.char_indices().nth(column.parse::<usize>().ok()? - 1).map_or(line.len(), |(at, _)| at))
    }

    /// Offsets of `span: file.rs:3:1: 3:49 (#0)`.
    fn span(&self, node: &Node) -> Option<(usize, usize)> {
        let printed = node.get("span")?.head.rsplit_once(" (#")?.0;
        let (start, end) = printed.rsplit_once(": ")?;
        let line = start.rsplit(':').nth(1)?;
        let column = start.rsplit(':').next()?;
        Some((self.offset(&format!("{line}:{column}"))?, self.offset(end)?))
    }

    fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|&start| start <= offset)
    }

    /// Where the name of a definition stands, for the tree has only that of the whole.
    fn find(&self, name: &str, node: &Node) -> usize {
        let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '#';
        let (start, _) = self.span(node).unwrap();
        let visible = node.get("vis").and_then(|vis| self.span(vis)).map_or(start, |(_, end)| end);
        let mut at = start.max(visible);
        loop {
            let rest = &self.text[at..];
            let word = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            at += match word {
                0 if rest.starts_with("//") => rest.find('\n').unwrap(),
                0 if rest.starts_with("/*") => rest.find("*/").unwrap() + 2,
                0 if rest.starts_with('"') => rest[1..].find('"').unwrap() + 2,
                0 => rest.chars().next().unwrap().len_utf8(),
                _ if plain(&rest[..word]) == name => return at,
                _ => word,
            };
        }
    }

    fn fact(&mut self, kind: &str, name: &str, word: &str, line: usize) {
        let comma = if self.facts.is_empty() { "" } else { "," };
        write!(self.facts, "{comma}[\"{kind}\",{},\"{word}\",{line}]", quote(name)).unwrap();
    }

    fn define(&mut self, scope: &str, name: &str, kind: &str, node: &Node) -> String {
        let full = join(scope, name);
        if name != "_" {
            let line = self.line(self.find(name, node));
            self.fact("definition", &full, kind, line);
        }
        full
    }

    fn walk(&mut self, node: &Node, scope: &str, owner: Owner) {
        match node.head.as_str() {
            // A statement that is an item has the same head.
            "Item" if node.get("kind").is_some() => return self.item(node, scope, owner),
            "FieldDef" => {
                if let Some(name) = node.get("ident").and_then(Node::optional_name) {
                    self.define(scope, name, "field", node);
                }
            }
            "Variant" => {
                let inner = self.define(scope, node.get("ident").unwrap().name(), "variant", node);
                return self.children(node, &inner, Owner::Other);
            }
            _ => {}
        }
        self.children(node, scope, owner);
    }

    fn children(&mut self, node: &Node, scope: &str, owner: Owner) {
        for child in node.children.iter().filter(|child| child.key != "attrs" && child.key != "vis") {
            self.walk(child, scope, owner);
        }
    }

    fn item(&mut self, item: &Node, scope: &str, owner: Owner) {
        let kind = item.get("kind").unwrap();
        let start = self.line(self.span(item).unwrap().0);
        let named = |node: &Node| node.children[0].get("ident").map(|ident| ident.name().to_owned());
        match kind.head.as_str() {
            "Fn" => {
                let word = if owner == Owner::Type { "method" } else { "function" };
                let inner = self.define(scope, &named(kind).unwrap(), word, item);
                self.children(kind, &inner, Owner::Function);
            }
            "Struct" | "Union" | "Enum" => {
                let word = kind.head.to_lowercase();
                let name = kind.children.iter().find(|child| child.head.ends_with("#0")).unwrap().name();
                let inner = self.define(scope, name, &word, item);
                self.children(kind, &inner, Owner::Other);
            }
            "Trait" => {
                let inner = self.define(scope, &named(kind).unwrap(), "trait", item);
                self.children(kind, &inner, Owner::Type);
            }
            "Impl" => {
                let name = self.type_name(kind.children[0].get("self_ty").unwrap());
                self.children(kind, &join(scope, &name), Owner::Type);
            }
            "TyAlias" | "Type" => {
                let inner = self.define(scope, &named(kind).unwrap(), "type", item);
                self.children(kind, &inner, Owner::Other);
            }
            "Const" | "Static" => {
                let word = kind.head.to_lowercase();
                let name = named(kind).unwrap();
                let inner = if owner == Owner::Function { join(scope, &name) } else { self.define(scope, &name, &word, item) };
                self.children(kind, &inner, Owner::Other);
            }
            "MacroDef" => {
                self.define(scope, kind.children[0].name(), "macro", item);
            }
            "Mod" => {
                let name = kind.children[1].name();
                if kind.children[2].head == "Unloaded" {
                    self.fact("import", name, "mod", start);
                } else {
                    let inner = self.define(scope, name, "module", item);
                    self.children(kind, &inner, Owner::Other);
                }
            }
            "ExternCrate" => {
                let name = kind.children[1].name();
                let text = match kind.children[0].children.first() {
                    Some(original) => format!("{} as {name}", original.head.trim_matches('"')),
                    None => name.to_owned(),
                };
                self.fact("import", &text, "use", start);
            }
            "Use" => self.used(&kind.children[0], "", start),
            _ => self.children(kind, scope, Owner::Other),
        }
    }

    fn used(&mut self, tree: &Node, above: &str, line: usize) {
        let path = join(above, &path_name(tree.get("prefix").unwrap()));
        let kind = tree.get("kind").unwrap();
        match kind.head.as_str() {
            "Nested" => {
                for pair in &kind.get("items").unwrap().children {
                    if let Some(tree) = pair.children.first() {
                        self.used(tree, &path, line);
                    }
                }
            }
            "Simple" => match kind.children[0].optional_name() {
                Some(alias) => self.fact("import", &format!("{path} as {alias}"), "use", line),
                None => self.fact("import", &path, "use", line),
            },
            _ => self.fact("import", &join(&path, "*"), "use", line),
        }
    }

    /// The path of a type, without its parameters and behind a reference; any other type as it is written.
    fn type_name(&self, node: &Node) -> String {
        let kind = node.get("kind").unwrap();
        let mut inner = kind;
        while inner.head == "Ref" {
            inner = inner.children[1].get("ty").unwrap().get("kind").unwrap();
        }
        if inner.head == "Path" && inner.children[0].head == "None" {
            return path_name(&inner.children[1]);
        }
        let (start, end) = self.span(node).unwrap();
        self.text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}

fn path_name(path: &Node) -> String {
    let segments = path.get("segments").unwrap();
    let names = segments.children.iter().map(|segment| segment.get("ident").unwrap().name());
    names.filter(|&name| name != "{{root}}").collect::<Vec<_>>().join("::")
}

fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() || name.is_empty() { format!("{scope}{name}") } else { format!("{scope}::{name}") }
}

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => write!(quoted, "\\{c}").unwrap(),
            c if c < ' ' => write!(quoted, "\\u{:04x}", c as u32).unwrap(),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

fn read(path: &str) -> String {
    let mut problem = String::new();
    for edition in EDITIONS {
        let done = Command::new("rustc")
            .env("RUSTC_BOOTSTRAP", "1")
            .args(["--edition", edition, "-Zunpretty=ast-tree", "--crate-name", "read", path])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        if done.status.success() {
            let text = std::fs::read_to_string(path).unwrap();
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n");
            let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
            let mut reader = Reader { text: &text, lines, facts: String::new() };
            reader.walk(&parse(&String::from_utf8_lossy(&done.stdout)), "", Owner::Other);
            return format!("{{\"path\":{},\"facts\":[{}]}}", quote(path), reader.facts);
        }
        if problem.is_empty() {
            let said = String::from_utf8_lossy(&done.stderr);
            problem = said.lines().find(|line| line.starts_with("error")).unwrap_or("failed").to_owned();
        }
    }
    format!("{{\"path\":{},\"error\":{}}}", quote(path), quote(&problem))
}

fn main() {
    let mut paths: Vec<String> = std::io::stdin().lock().lines().map(Result::unwrap).collect();
    paths.reverse();
    let todo = Mutex::new(paths);
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            // Expressions can be nested deeply.
            let worker = std::thread::Builder::new().stack_size(1 << 28);
            worker
                .spawn_scoped(scope, || {
                    loop {
                        let path = todo.lock().unwrap().pop();
                        let Some(path) = path else { return };
                        let line = read(&path);
                        let mut output = std::io::stdout().lock();
                        writeln!(output, "{line}").unwrap();
                    }
                })
                .unwrap();
        }
    });
}
