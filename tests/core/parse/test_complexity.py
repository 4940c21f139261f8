"""Cyclomatic complexity, counted as the tools of each language count it."""

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
        ("java", JAVA, 12),
    ],
)
def test_other_languages_count_as_lizard(language: str, text: str, number: int) -> None:
    """Each fork, each case and each boolean operator is a way more; words in strings and comments are none."""
    found = complexities(text, language)
    names = {name.rpartition(".")[2]: value for name, value in found.items()}
    assert names == {"straight": 1, "forks": number}


def test_what_is_no_function_has_no_complexity() -> None:
    """Nor has a function of a language in which it is not measured."""
    assert complexities("class A:\n    if x:\n        y = 1\n", "python") == {}
    assert complexities("fn f() { if a {} }", "rust") == {}
