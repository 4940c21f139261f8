"""Complexity of functions: cyclomatic as the tools of each language count it, cognitive by its definition."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.parse import parse_text

PYTHON = """\
def straight():
    text = "if for while"  # if

def forks(a, b):
    if a and b or a:
        return [x for x in a if x]
    elif b:
        return 1 if a else 2
    else:
        pass
    for x in a:
        pass
    else:
        pass
    while b:
        pass

def handles():
    try:
        pass
    except ValueError:
        pass
    except TypeError:
        pass
    else:
        pass
    finally:
        pass

def matches(x):
    match x:
        case 1:
            pass
        case 2 if x:
            pass
        case _:
            pass

def matches_all(x):
    match x:
        case 1:
            pass
        case _ if x:
            pass

class A:
    def outer(self):
        def inner():
            if self:
                pass
        return inner
"""
C = """\
int straight(void) { /* if (x) */ return strlen("if && ||"); }
int forks(int a, int b) {
  if (a && b || !a) { return a ? 1 : 2; }
  for (;;) { while (a) { do { b++; } while (b); } }
  switch (a) { case 1: break; case 2: break; default: break; }
#ifdef X
  return 1;
#endif
}
int declared(int a);
"""
JAVASCRIPT = """\
function straight() { return "if (x) {}"; } // if
function forks(a, b) {
  if (a && b || a) { return a ? 1 : 2; } else if (b) { return a ?? b; }
  for (const x of a) { while (x) { do { x(); } while (x); } }
  for (let i = 0; i < 1; i++) { try { a(); } catch (e) { b(); } }
  switch (a) { case 1: break; case 2: break; default: break; }
}
"""
GO = """\
package a

func straight() string { return "if x {}" }

func forks(a, b bool, c chan int) {
	if a && b || a {
	} else if b {
	}
	for a {
	}
	switch {
	case a:
	case b:
	default:
	}
	select {
	case <-c:
	}
}
"""
JAVA = """\
class A {
  String straight() { return "if (x) {}"; }
  int forks(int a, int[] b) {
    if (a > 1 && a < 3 || a == 7) { return a > 2 ? 1 : 2; }
    for (int x : b) { while (x > 1) { do { x--; } while (x > 2); } }
    for (;;) { try { a(); } catch (Exception e) { b(); } }
    switch (a) { case 1: break; case 2: break; default: break; }
  }
}
"""
CSHARP = """\
class A {
  int Property { get { if (a) { return 1; } return 2; } }
  string Straight(string? text) { return "if (a && b)"; }
  int Forks(int a, int[] b) {
    if (a > 1 && a < 3 && a != 2 || a == 7) { // 1, 2
      return a > 2 ? 1 : 2; // 2
    } else if (a > 1) // 1
      foreach (var x in b) while (x > 1) { F(); } // 2, 3
    else { // 1
      do { a--; } while (a > 2); // 2
    }
    for (;;) { // 1
      try { F(); } catch (Exception e) { goto end; } // 2, 1
    }
    switch (a) { // 1
      case 1: if (a > 1) { F(); } break; // 2
      default: F(x => { return x ? 1 : 2; }); break; // 3
    }
    end: return a switch { 1 => b ?? 2, _ => 3 }; // 1
  }
}
"""
PHP = """\
<?php
function straight(?string $text): ?int { return "if ($a && $b)"; }
function forks($a, $b) {
  if ($a && $b && !$a || $b) { // 1, 2
    return $a ? 1 : ($b ?? 2); // 2
  } elseif ($b) { // 1
    foreach ($a as $x) { while ($x) { f(); } } // 2, 3
  } else if ($a) { // 1
    do { f(); } while ($a); // 2
  } else { // 1
    for (;;) { try { f(); } catch (E $e) { g(); } } // 2, 3
  }
  switch ($a) { // 1
    case 1: if ($a) { f(); } break; // 2
    default: f(function ($x) { return $x ? 1 : 2; }, fn($x) => $x ?: 1); // 3, 3
  }
  return match ($a) { 1 => 2, default => 3 }; // 1
}
"""


def complexities(text: str, language: str) -> dict[str, int]:
    found = parse_text(text.encode(), language).symbols
    return {symbol.qualname: symbol.complexity for symbol in found if symbol.complexity}


def test_python_counts_as_mccabe() -> None:
    """Boolean operators, comprehensions and ``else`` do not count; functions inside do, and one more each."""
    assert complexities(PYTHON, "python") == {
        "straight": 1, "forks": 5, "handles": 4, "matches": 3, "matches_all": 3, "A.outer": 3, "A.outer.inner": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        *((language, C, 11) for language in ("c", "cpp", "cuda")),
        *((language, JAVASCRIPT, 14) for language in ("javascript", "typescript", "tsx")),
        ("go", GO, 9),
        ("csharp", CSHARP, 16),
        ("php", PHP, 17),
        ("java", JAVA, 12),
    ],
)
def test_other_languages_count_as_lizard(language: str, text: str, number: int) -> None:
    """Each fork, each case and each boolean operator is a way more; words in strings and comments are none."""
    found = complexities(text, language)
    names = {name.rpartition(".")[2]: value for name, value in found.items()}
    assert {name.lower(): value for name, value in names.items()} == {"straight": 1, "forks": number}


def test_what_is_no_function_has_no_complexity() -> None:
    """Nor has a function of a language in which it is not measured."""
    assert complexities("class A:\n    if x:\n        y = 1\n", "python") == {}
    assert complexities("function f() if a then end end", "lua") == {}


COGNITIVE_PYTHON = """\
def sequences(a, b, c, d):
    return a and b and c or d  # 2

def nested(a, b):
    if a and b or (a and b):  # 1, 3
        for x in a:  # 2
            while x:  # 3
                y = 1 if x else (2 if y else 3)  # 4, 5
        else:  # 1
            pass
    elif b:  # 1
        try:
            z = lambda q: 1 if q else "if a and b"  # 3
        except ValueError:  # 2
            if a:  # 3
                pass
        else:
            pass
        finally:
            pass
    else:  # 1
        if a:  # 2
            pass

def chooses(x):
    match x:  # 1
        case 1:
            if x:  # 2
                pass

def decorates(f):
    "What is around one function is no level."
    @wraps(f)
    def inner(x):
        if x:  # 1
            return x
    return inner

class A:
    def outer(self):
        if self:  # 1
            def inner():
                if self:  # 1 for itself, 3 for what is around
                    pass
        if self or [x for x in self if x or not x]:  # 1, 1, 1
            pass
"""
COGNITIVE_JAVA = """\
class A {
  int f(int a, int[] b) {
    if (a > 1 && a < 3 && a != 2 || a == 7) { // 1, 2
      return a > 2 ? 1 : 2; // 2
    } else if (a > 1) // 1
      for (int x : b) while (x > 1) { a(); } // 2, 3
    else { // 1
      do { x--; } while (x > 2); // 2
    }
    outer: for (;;) { // 1
      try { a(); } catch (Exception e) { continue outer; } // 2, 1
    }
    switch (a) { // 1
      case 1: if (a) { b(); } break; // 2
      default: b(x -> { return x ? 1 : 2; }); // 3
    }
  }
}
"""
COGNITIVE_JAVASCRIPT = """\
function f(a, b) {
  if (a && b && !a || b) { // 1, 2
    return a ? 1 : (b ?? 2); // 2
  } else if (b) { // 1
    for (const x of a) { while (x) { x(); } } // 2, 3
  } else return a ? 1 : 2; // 1, 2
  outer: for (;;) { // 1
    try { a(); } catch (e) { continue outer; } // 2, 1
  }
  switch (a) { // 1
    case 1: if (a) { b(); } break; // 2
    default: b((x) => { return x ? 1 : 2; }); // 3
  }
}
const g = (a) => { if (a) { b(); } }; // 1
const h = function () { const i = () => a ? 1 : 2; return i; };
"""
COGNITIVE_GO = """\
package a

func f(a, b bool, c chan int) {
	if a && b && a || b { // 1, 2
		for a { // 2
		}
	} else if b { // 1
		go func() { if a { } }() // 3
	} else { // 1
	}
outer:
	for { // 1
		switch { // 2
		case a:
			continue outer // 1
		}
		select { // 2
		case <-c:
			if b { // 3
			}
		}
	}
}
"""


def measured(text: str, language: str) -> dict[str, tuple[int, int]]:
    """Name of each function to its cognitive complexity and its nesting."""
    found = parse_text(text.encode(), language).symbols
    return {symbol.name: (symbol.cognitive, symbol.nesting) for symbol in found if symbol.complexity}


def test_cognitive_complexity_of_python() -> None:
    """One for each break of the flow, one more for each around it; the sums are those of the numbers in the text."""
    found = parse_text(COGNITIVE_PYTHON.encode(), "python").symbols
    assert {each.qualname: (each.cognitive, each.nesting) for each in found if each.complexity} == {
        "sequences": (2, 0), "nested": (31, 3), "chooses": (3, 2), "decorates": (1, 0), "decorates.inner": (1, 1),
        "A.outer": (7, 1), "A.outer.inner": (1, 1),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("java", COGNITIVE_JAVA, {"f": (24, 3)}),
        *(
            (language, COGNITIVE_JAVASCRIPT, {"f": (24, 3), "g": (1, 1), "h": (0, 0), "i": (1, 0)})
            for language in ("javascript", "typescript", "tsx")
        ),
        ("go", COGNITIVE_GO, {"f": (19, 3)}),
        ("csharp", CSHARP, {"Straight": (0, 0), "Forks": (25, 3)}),
        ("php", PHP, {"straight": (0, 0), "forks": (30, 3)}),
    ],
)
def test_cognitive_complexity(language: str, text: str, found: dict[str, tuple[int, int]]) -> None:
    """A condition after ``else`` is no level deeper, a function in an expression is one."""
    assert measured(text, language) == found


def test_deep_texts_take_linear_time() -> None:
    """Each level costs one more than the one around it."""
    depth = 1000
    text = "int f() {" + "if (a) {" * depth + "}" * depth + "}"
    assert measured(f"class A {{ {text} }}", "java") == {"f": (depth * (depth + 1) // 2, depth)}
