"""Cognitive complexity and nesting of C and its relatives, whose bodies no grammar reads.

What counts on a line stands behind it (``//= 1 2``): the cognitive complexity of a function is the sum.
"""

from __future__ import annotations

import pytest
from complexity_text import costs, measured

from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.cfamily.bodies import Brackets
from sphinx_repodoc.core.parse.cfamily.flow import find_marks
from sphinx_repodoc.core.parse.complexity import measure

CASES = {
    "branches": (
        "c",
        """\
        if (a) b(); //= 1
        else if (b) { //= 1
            if (c) d(); //= 2
        } else //= 1
            for (;;) while (x) y(); //= 2 3
        if (a) { } //= 1
        else //= 1
        {
            do { if (x) y(); } while (a); //= 2 3
        }
        while (x); //= 1
        """,
        3,
    ),
    "hanging else": ("c", "if (a) if (b) c(); else d(); else e(); //= 1 2 1 1", 2),
    "loops": (
        "c",
        """\
        do x++; while (x < 3); //= 1
        do do x++; while (y); while (z); //= 1 2
        for (i = 0; i < (n ? 1 : 2); i++) a[i] = 0; //= 1 1
        for (i = ((((((1)))))); i; i++) { if (a) { } } //= 1 2
        """,
        2,
    ),
    "switch": (
        "c",
        """\
        switch (a) { //= 1
        case 1: if (b) break; //= 2
        case 'if': x = ';'; goto out; //= 1
        default: { while (c) d(); } //= 2
        }
        out: return;
        """,
        2,
    ),
    "conditional expressions": (
        "c",
        """\
        x = a ? b : c ? d : e; //= 1 2
        f(a ? b : c, d ? e : f); //= 1 1
        y = a[b ? 1 : 2] ? (c ? 3 : 4) : 5; //= 1 1 2
        z = a ?: (struct s){ b ? 1 : 2 }.c; //= 1 2
        """,
        0,
    ),
    "no code": (
        "c",
        r"""
        // if (a && b) { for (;;) {
        /* while (a ? b : c) } */
        puts("if (a) { \" && || ? goto"); int notif = if_ + elsewhere + do_ + whiles; x.gotos = 1;
        char c = '?', d = '{', e = '"', f = '\'';
        """,
        0,
    ),
    "macros": (
        "c",
        """\
        #define WHEN(x) if (x) { goto out;
        FOR_EACH(i, n) { if (i) f(); } //= 1
        if (a) FOR_EACH(i, n) { f(); } else g(); //= 1 1
        if (a) LOG("x") else g(); //= 1 1
        if (a) LOG("x") if (b) g(); //= 1 1
        if UNLIKELY(a) { if (b) g(); } //= 1 2
        UNLESS(a) { f(); } else { if (b) g(); } //= 1 2
        """,
        2,
    ),
    "preprocessor": (
        "c",
        """\
        #if A && B
        if (a) { //= 1
        #else
        if (b && c) {
        #endif
            if (d) e(); //= 2
        }
        #ifdef X
        if (a) f(); else //= 1 1
        #endif
        { g(); }
        #if 0
        if (a) { for (;;) { } }
        #endif
        """,
        2,
    ),
    "sequences": (
        "c",
        """\
        x = a && b && c; //= 1
        x = a && b || c && d; //= 1 1 1
        x = a || b && c || d; //= 1 1
        x = a && (b && c) && d; //= 1
        x = ((a || b)) || c; //= 1
        x = a && !(b && c); //= 1 1
        x = a && (b && c || d); //= 1 1 1
        x = a && ((b && c) || d); //= 1 1 1
        x = a || (b || c) && d; //= 1 1 1
        x = a && (b || ((c || d) && e)); //= 1 1 1 1
        x = a || (b || c) || d; //= 1
        x = (a && b) == c && d; //= 1 1
        x = f(a && b) && c && g(d, e || f, h); //= 1 1 1
        x = a && b; y = c && d; //= 1 1
        f(a && b, c && d); //= 1 1
        x = a[b && c] && d; //= 1 1
        x = a && b ? c && d : e && f; //= 1 1 1 1
        x = a & b | c;
        return (a && b) && c; //= 1
        """,
        0,
    ),
    "broken": ("c", "if (a) { if (b { c(); } } if (d) e(); else } ) && || ? ; //= 1 1 1", 1),
    "references": (
        "cpp",
        """\
        auto&& a = b; T &&c = d; std::vector<T>&& e = f(); const auto &&g = h;
        for (auto&& x : y) z(std::forward<T&&>(x)); //= 1
        f<int&&, T&&>([](T&& l, U &&r, auto&&... rest) { return l; });
        x = a && b; y = a&&b; z = a &&b(c); //= 1 1 1
        """,
        1,
    ),
    "lambdas": (
        "cpp",
        """\
        sort(b, e, [&](int l, int r) { return l ? 1 : 2; }); //= 2
        auto f = [this, x = y[0]]() mutable noexcept -> std::vector<int> { if (a) { } return {}; }; //= 2
        auto g = []<class T>(T t) { return [] { if (a) { } }; }; //= 3
        return [=] { if (a) { } }; //= 2
        int h[] {1, 2}; i[0] = {3}; delete [] j; { if (a) { } } //= 1
        """,
        1,
    ),
    "exceptions": (
        "cpp",
        """\
        try { if (a) b(); } //= 1
        catch (const E &e) { if (a) b(); } //= 1 2
        catch (...) { throw; } //= 1
        """,
        2,
    ),
    "words of C++": (
        "cpp",
        r"""
        if constexpr (a<T>) { } else if constexpr (b) { } //= 1 1
        if (a) [[likely]] { } else [[unlikely]] { } //= 1 1
        if (auto it = m.find(x); it != m.end()) { while (a) [[likely]] b(); } //= 1 2
        for co_await (auto x : y) { } //= 1
        auto r = R"x(if (a) { )" && )x"; int n = 1'000'000; if (n) { } //= 1
        """,
        2,
    ),
    "kernels": ("cuda", "f<<<a ? 1 : 2, b>>>(c && d); if (threadIdx.x == 0) { } //= 1 1 1", 1),
}  # fmt: skip
OBJC = """\
@implementation A
- (void)f:(int)x {
  [self do:^(int y) { if (y) { g(); } }]; //= 2
  dispatch_async(q, ^{ x ? a : b; }); //= 2
  void (^block)(void) = ^void (void) { while (x) { } }; //= 2
  @try { a(); } @catch (NSException *e) { if (x) b(); } @finally { c(); } //= 1 2
  for (id o in x) { if (o && x ^ (y)) { } } //= 1 2 1
  @autoreleasepool { if (x) { } } NSString *s = @"if (x) {"; //= 1
}
@end
"""


@pytest.mark.parametrize("name", CASES)
def test_bodies(name: str) -> None:
    """Each line counts what is written behind it, and the next function is found as if nothing were before it."""
    language, body, nesting = CASES[name]
    text = f"void f(int a) {{\n{body}\n}}\nvoid after(void) {{ if (a) {{ }} }}\n"
    assert measured(text, language) == {"f": (costs(body), nesting), "after": (1, 1)}


@pytest.mark.parametrize("language", ["objc", "objcpp"])
def test_objective_c(language: str) -> None:
    """Blocks are functions without a name; handlers and loops are those of C."""
    assert measured(OBJC, language) == {"f:": (costs(OBJC), 2)}


def test_functions_in_functions_stand_for_themselves() -> None:
    """Methods of a class in a function have a line of their own."""
    text = "void f() { struct A { int g() { if (a) { } return 0; } }; if (b) { if (c) { } } }"
    assert measured(text, "cpp") == {"f": (3, 2), "g": (1, 1)}


@pytest.mark.parametrize(
    "unit",
    [
        "{",
        "if (",
        "if (a) ",
        "if (a) {",
        "else ",
        "do ",
        "a ? ",
        "a ? (",
        "a && (",
        "[](",
        "[]{",
        "^{",
        "((if ",
    ],
)
def test_hostile_texts_take_linear_time(unit: str) -> None:
    """100,000 of anything that opens and never closes are worked off in a moment."""
    before = "void f(void) { if (a) b(); }\n"
    text = f"{before}void g(void) {{ {unit * 100_000}".encode()
    marks = list(find_marks(text, Brackets(text), (), "objcpp"))
    f, g = measure([(0, len(before)), (len(before), len(text))], marks, with_inner=False)
    assert (f.cognitive, f.nesting) == (1, 1)
    assert g.cyclomatic in {1, 100_000, 100_001}


@pytest.mark.parametrize("language", ["c", "cpp", "cuda", "objc", "objcpp"])
def test_deep_texts(language: str) -> None:
    """Each level costs one more than the one around it."""
    depth = 100_000
    text = "void f(void) {" + "if (a) {" * depth + "}" * depth + "}"
    assert measured(text, language) == {"f": (depth * (depth + 1) // 2, depth)}


@pytest.mark.parametrize("language", ["c", "cpp", "objcpp"])
def test_what_crashes_the_parser_is_not_parsed(language: str) -> None:
    """A worker that dies takes the build with it."""
    facts = parse_text(b"void f(void) { " + b"*{" * 100_000, language)
    assert [problem.message for problem in facts.problems] == ["The file is nested too deeply to be parsed."]
    assert facts.lines.code == 1
