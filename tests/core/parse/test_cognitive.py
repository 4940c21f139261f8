"""Complexity of functions of Kotlin, Ruby, Rust, Scala and Swift: the costs stand behind each line."""

from __future__ import annotations

import pytest
from complexity_text import costs, measured

from sphinx_repodoc.core.parse import parse_text

RUST = r"""
fn f() {
  if a && b && !a || c { x } //= 1 2
  else if let Some(y) = z { w } //= 1
  else { if q { } } //= 1 2
  match a { 1 if b => 2, // one
     _ => { if x { 3 } } } //= 1 2
  'l: loop { if a { break 'l; } continue 'l; } //= 1 2 1 1
  while let Some(x) = y { for x in y {} } //= 1 2
  let Some(a) = b else { return; }; //= 1
  let c = |x| if x { 1 } else { 2 }; //= 2 1
  let s = "if a && b {"; let e = || 1; let r = &&a;
  a?; // if a && b { match c { } }
  /* loop { if } */ let s = r#"if a { "for" }"#; let ifs = matches + for_;
}
"""
KOTLIN = r'''
fun f() {
  if (a && b && !a || c) x() //= 1 2
  else if (d) { if (x) y() } //= 1 2
  else { z() } //= 1
  when (a) { 1, 2 -> b; is C -> { if (x) y() } // if //= 1 2
    else -> 3 }
  for (i in x) { while (a) z() } //= 1 2
  for (i in x) z() //= 1
  do { if (a) b() } while (b) //= 1 2
  l@ for (i in x) { break@l; continue@l; return@l } //= 1 1 1
  try { } catch (e: E) { if (x) y() } finally { } //= 1 2
  val x = a ?: "if ${if (b) 1 else 2}" //= 1 1
  list.map { it -> if (it) 1 else 2 } //= 2 1
  /* if (a) { /* when */ } */ val ifs = `when` + """if (a) && "for" """ // while
  val q = fun(x: Int): Int { if (x) return x } //= 2
}
'''
RUBY = r"""
def f
  if a && b and not a or c then x #= 1 2
  elsif d #= 1
    y if z #= 2
  else #= 1
    z
  end
  x unless b #= 1
  unless a #= 1
    b
  else #= 1
    c
  end
  while a do until a do b end end #= 1 2
  x while y #= 1
  for i in x do y end #= 1
  case a #= 1
  when 1, 2 then b
  else c if d #= 2
  end
  case a #= 1
  in [x] if y then z
  end
  begin
    a
  rescue E => e #= 1
    b if a #= 2
  rescue F #= 1
  ensure
    d
  end
  a rescue b #= 1
  x = a ? b : c #= 1
  x.each { |y| z if y } #= 2
  y = -> (a) { b ? c : d } #= 2
  z ||= "if #{a ? b : c} && d" #= 1
  a&.b # if x && y
  ifs = unless_ + :if.while + %q(if a && b) + <<~END
    if a then b end while c
  END
rescue Foo #= 1
  bar
end
"""
SWIFT = r"""
func f() {
  if a && b && !a || c { x() } //= 1 2
  else if let y = z { if q { } } //= 1 2
  else if q { } //= 1
  else { // if
    w() } //= 1
  if a { } else { } //= 1 1
  guard let a = b else { return } //= 1
  switch a { case 1, 2: b() //= 1
    case .x where y: if z { w() } //= 2
    default: c() }
  for x in y where z { while a { b() } } //= 1 2
  repeat { if a { b() } } while b //= 1 2
  l: for x in y { break l } //= 1 1
  do { try a() } catch E.x { if b { c() } } catch { } //= 1 2 1
  let x = a ? b : c //= 1
  let y = a ?? "if \(a ? b : c) && d" //= 1
  /* if a { /* for */ } */ let ifs = `switch` + #"if a && "b" {"# // while
  list.map { $0 ? 1 : 2 } //= 2
}
"""
SCALA = r'''
object A {
def f(a: Int) = {
  if (a && b && !a || c) x() //= 1 2
  else if (d) if (x) y() //= 1 2
  else { z() } //= 1
  a match { case 1 => if (x) b; case x if y => z; case _ => c } //= 1 2
  for (i <- x if y) { while (a) { b() } } //= 1 2
  for { i <- x } yield z //= 1
  do { if (x) b() } while (a) //= 1 2
  try { a() } catch { case e: E => if (b) c(); case _ => c() } finally { d() } //= 1 2
  list.map { case (a, b) => if (a) c } //= 2
  list.map(x => if (x) 1 else 2) //= 2 1
  val s = s"if ${if (a) b else c} && d" //= 1 1
  /* if (a) { /* for */ } */ val ifs = `match` + """if (a) && "b" """ // while
  if a then b else c //= 1 1
}
}
'''
CASES = {"kotlin": KOTLIN, "ruby": RUBY, "rust": RUST, "scala": SCALA, "swift": SWIFT}


@pytest.mark.parametrize("language", CASES)
def test_cognitive_complexity(language: str) -> None:
    """What is in strings, comments and names is no code, what is in an interpolation is."""
    text = CASES[language]
    assert measured(text, language) == {"f": (costs(text), 2)}


@pytest.mark.parametrize(
    ("language", "ways"), [("kotlin", 22), ("ruby", 27), ("rust", 16), ("scala", 26), ("swift", 24)]
)
def test_cyclomatic_complexity(language: str, ways: int) -> None:
    """As Lizard counts, Ruby as RuboCop does."""
    found = parse_text(CASES[language].encode(), language).symbols
    assert [symbol.complexity for symbol in found if symbol.complexity] == [ways]


def test_ways_of_rust() -> None:
    """Every arm but the first, its guard, what hands on an error and what else is done without a match."""
    text = (
        """fn f() -> R { match a? { 1 => 2, /* or */ 3 if b => 4, _ => 5 }; let Some(c) = d else { e() }; }"""
    )
    assert parse_text(text.encode(), "rust").symbols[0].complexity == 6


def test_ways_of_ruby() -> None:
    """Handlers, operators that assign or call only when there is something, and statements behind which a condition is."""
    text = "def f\n a ||= b&.c\n d if e\nrescue F\n g\nend\n"
    assert parse_text(text.encode(), "ruby").symbols[0].complexity == 5


def test_blocks_of_ruby() -> None:
    """That of ``define_method`` is the function itself, others are a level deeper."""
    text = "define_method(:f) do |x|\n  y if x\n  z { w if x }\nend\n"
    assert measured(text, "ruby") == {"f": (3, 1)}


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        (
            "kotlin",
            "class A {\n val a get() = if (b) 1 else 2\n constructor(x: Int) { if (x) y() }\n}",
            {"constructor": (1, 1)},
        ),
        ("scala", "class A { val a = if (b) 1 else 2; def f = if (b) 1 else 2 }", {"f": (2, 1)}),
        (
            "swift",
            "class A { var a: Int { if b { return 1 }; return 2 }\n init() { if c { d() } } }",
            {"init": (1, 1)},
        ),
        (
            "rust",
            "const A: i32 = if b { 1 } else { 2 }; impl A { fn f() { fn g() { if b { } } } }",
            {"f": (0, 0), "g": (1, 1)},
        ),
    ],
)
def test_only_functions_are_measured(language: str, text: str, found: dict[str, tuple[int, int]]) -> None:
    """Values and properties have code, but nobody calls them functions; those with a name stand for themselves."""
    assert measured(text, language) == found


@pytest.mark.parametrize("text", ["if a { /* b */ } else { /* c */ }", "if a { } else if b { } else { }"])
def test_empty_blocks_of_swift(text: str) -> None:
    """The grammar has no node for them."""
    assert measured(f"func f() {{ {text} }}", "swift") == {"f": (2 + text.count("if b"), 1)}


@pytest.mark.parametrize(
    ("language", "head", "unit"),
    [("rust", "fn f() {", "if a {"), ("kotlin", "fun f() {", "if (a) {"), ("swift", "func f() {", "if a {"),
     ("scala", "object A { def f() = {", "if (a) {")],
)  # fmt: skip
def test_deep_texts(language: str, head: str, unit: str) -> None:
    """Each level costs one more than the one around it."""
    depth = 700
    text = head + unit * depth + "}" * (depth + head.count("{"))
    assert measured(text, language) == {"f": (depth * (depth + 1) // 2, depth)}
