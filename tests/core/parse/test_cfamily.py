"""C, C++ and CUDA beyond the golden files: macros, conditionals, offsets, bad input."""

from __future__ import annotations

import pytest

from sphinx_repodoc.core.model import MarkerKind, Visibility
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.cfamily import blank_macros, learn_macros
from sphinx_repodoc.core.parse.cfamily.lexer import lex
from sphinx_repodoc.core.problems import ProblemKind


def _found(text: str, language: str = "cpp", **options: frozenset[str]) -> list[tuple[str, str]]:
    facts = parse_text(text.encode(), language, **options)
    return [(symbol.kind, symbol.qualname) for symbol in facts.symbols if symbol.kind != "macro"]


# Macros.


@pytest.mark.parametrize(
    ("definition", "learnt"),
    [
        ("#define API", "API"),
        ('#define API __attribute__((visibility("default")))', "API"),
        ("#  define API /* nothing */", "API"),
        ("#define API __declspec(dllexport) inline", "API"),
        ('#define API extern "C"', "API"),
        ("#define API [[nodiscard]]", "API"),
        ("#define API \\\n  inline", "API"),
        ("#define FORMAT(a, b) __attribute__((format(printf, a, b)))", "FORMAT()"),
        ("#define FUNC(type) __attribute__((x)) type", "FUNC(*)"),
        ("#define OPTION(type, name, n) name = type + n", "OPTION(=1)"),
        ("#define ITEM(name, ...) name,", "ITEM(=0)"),
    ],
)
def test_attributes_are_learnt(definition: str, learnt: str) -> None:
    """What stands for nothing, for an attribute, or is around a type is learnt, with how it is used."""
    assert learn_macros(definition.encode() + b"\n") == {learnt}


@pytest.mark.parametrize(
    "text",
    [
        "#define SIZE 4",
        '#define NAME "inline"',
        "#define TYPE unsigned long",
        "#define CALL(x) f(x)",
        "#define GLUE(x) name_ ## x",
        "#define EQUAL(x, y) x == y",
        "#define FIXED(x, y) z = x",
        "#define OPEN namespace a {",
        "#define int",
        "// #define API",
        'const char *s = "#define API";',
        "#ifndef GUARD_H\n#define GUARD_H\n#endif",
        "",
    ],
)
def test_values_are_not_learnt(text: str) -> None:
    """Constants, types, code, keywords, include guards and what only looks like a definition are kept."""
    assert learn_macros(text.encode()) == frozenset()


def test_a_macro_made_of_a_learnt_one_is_learnt() -> None:
    assert learn_macros(b"#define LOW inline\n#define HIGH LOW\n") == {"LOW", "HIGH"}


def test_blanking_keeps_every_offset() -> None:
    """Spaces take the place of what goes, to the byte."""
    text = b"class API X {};\nFUNC(int) f();\nint g() FORMAT(1, 2);\n"
    blanked = blank_macros(text, frozenset({"API", "FUNC(*)", "FORMAT()"}))
    assert blanked == b"class     X {};\n     int  f();\nint g()             ;\n"


def test_macros_of_other_files_are_used() -> None:
    """A lower-case name is taken for a macro only when a definition says so."""
    text = "class exported_class thing : public base {};\nwrapped(int) f(int a);\n"
    macros = frozenset({"exported_class", "wrapped(*)"})
    assert _found(text, macros=macros) == [("class", "thing"), ("function", "f")]
    assert ("function", "f") not in _found(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("class SOME_API Name {};", [("class", "Name")]),
        ("class SOME_API Name;", []),
        ("struct Name PACKED { int a; };", [("struct", "Name"), ("field", "Name::a")]),
        ("enum class SOME_API Name : int { A };", [("enum", "Name"), ("enumerator", "Name::A")]),
        ("SOME_API int f();", [("function", "f")]),
        ("SOME_API Type *f();", [("function", "f")]),
        ("SOME_API std::vector<int> f();", [("function", "f")]),
        ("int SOME_CALL f(int a) SOME_ATTR;", [("function", "f")]),
        ("SOME_FUNC(int) f(int a);", [("function", "f")]),
        ("DEPRECATED(1.2) SOME_FUNC(int) f(int a);", [("function", "f")]),
        ('SOME_TEXT("a") int f();', [("function", "f")]),
        ("DEFINE_FLAG(int, a, 256 << 10);\nint f();", [("function", "f")]),
        ("BEGIN_NAMESPACE\nint f();\nEND_NAMESPACE\n", [("function", "f")]),
        ("class A {\n  Q_OBJECT\n public:\n  A();\n};", [("class", "A"), ("constructor", "A::A")]),
        ("struct A {\n  Object_HEAD\n  int a;\n};", [("struct", "A"), ("field", "A::a")]),
        ("template <typename T, ENABLE_IF(!x<T>())>\nint f(T t) { }", [("function", "f")]),
        ("int(max)(int a, int b);", [("function", "max")]),
    ],
)
def test_unknown_macros_do_no_harm(text: str, found: list[tuple[str, str]]) -> None:
    """Attribute macros that nobody defined here are told by their place."""
    assert _found(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("HANDLE f(HANDLE a);", [("function", "f")]),
        ("static UINT f(void);", [("function", "f")]),
        ("struct POINT origin;", [("variable", "origin")]),
        ("struct POINT f(void);", [("function", "f")]),
        ("enum { ONE, TWO };", [("enumerator", "ONE"), ("enumerator", "TWO")]),
        ("enum {\n  LAST\n};", [("enumerator", "LAST")]),
        ("class PCRE { PCRE(int a); };", [("class", "PCRE"), ("constructor", "PCRE::PCRE")]),
        ("int FOO(int a);", [("function", "FOO")]),
        ("DWORD const x = 1;", [("variable", "x")]),
        ("template <class T> T FOO(T a) { }", [("function", "FOO")]),
    ],
)
def test_names_in_capitals_stay(text: str, found: list[tuple[str, str]]) -> None:
    """Types, functions, enumerators and classes may be written like macros."""
    assert _found(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("struct A {\n  BIT(a);\n  BIT(b); /* c */\n};", [("struct", "A")]),
        ("class A {\n public:\n  SOME_TYPE(A, b::c)\n};\nint f();", [("class", "A"), ("function", "f")]),
        (
            "class A {\n protected:\n  DEFAULTS({1, B(c())}, {2, B()})\n  int f();\n};",
            [("class", "A"), ("method", "A::f")],
        ),
        (
            "struct A {\n  ARG(int, a) = 1;\n  ARG(B, b) = {2, c(3)};\n  A();\n};",
            [("struct", "A"), ("constructor", "A::A")],
        ),
        ("struct A {\n  Object_HEAD struct B *b;\n};", [("struct", "A"), ("field", "A::b")]),
        ("struct A {\n  Object_HEAD\n  FIELDS(a)\n  B *b;\n};", [("struct", "A"), ("field", "A::b")]),
        (
            "int f();\nBEGIN_LIST\n  ITEM(a)\n  ITEM(b)\nEND_LIST\nint g();",
            [("function", "f"), ("function", "g")],
        ),
        (
            "int f(int a)\nBody(a)\n\nstatic int g(void)\nOtherBody()\n",
            [("function", "f"), ("function", "g")],
        ),
        ("typedef int(CALL *a)(int b);\nint f(void (CALL *g)(void));", [("type", "a"), ("function", "f")]),
        ("B C = { 1 };", [("variable", "C")]),
        ("int f() { }\nB C = { 1 };", [("function", "f"), ("variable", "C")]),
        ("struct { int a; } b ATTR = { 1 };", [("variable", "b"), ("field", "b::a")]),
    ],
)
def test_macros_for_members_and_bodies_do_no_harm(text: str, found: list[tuple[str, str]]) -> None:
    """They stand for members, for the body of a function, for a calling convention: nothing is made of them."""
    assert _found(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("void f(int a);", [("function", "f")]),
        ("static B *f(void) { }", [("function", "f")]),
        ("struct B f(void);", [("function", "f")]),
        ("int a f(b);", [("variable", "a")]),
        ("int g() f(b);", [("function", "g")]),
    ],
)
def test_a_function_may_have_the_name_of_a_macro(text: str, found: list[tuple[str, str]]) -> None:
    """``#define f(x)`` in one configuration, ``void f(int)`` in the other; elsewhere it is the macro."""
    assert _found(text, "c", macros=frozenset({"f()"})) == found


def test_macros_declare_enumerators() -> None:
    """A learnt one the argument that it names, others nothing; calls in values are none of them."""
    text = "enum E { A = f(1, G(2)), OPTION(int, B, (3, 4)), LIST(a)\nLIST(b) C ATTR(5), OPTION(int, D) };"
    assert _found(text, "c", macros=frozenset({"OPTION(=1)"})) == [
        ("enum", "E"),
        *(("enumerator", f"E::{name}") for name in "ABCD"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("struct A f() const { }", [("function", "f")]),
        ("void f(A<B> (*g)());", [("function", "f")]),
        ("A f(1);", [("variable", "f")]),
        ("Abc (*f)(int);\nAbc (*g)(void);", [("variable", "f"), ("variable", "g")]),
        (
            "typedef int f(int);\nf a, *b;\nstatic f c;",
            [("type", "f"), ("function", "a"), ("variable", "b"), ("function", "c")],
        ),
        ("typedef int (*f)(int);\nf a;", [("type", "f"), ("variable", "a")]),
        (
            "template <typename T, ENABLE_IF({1})> void f();\ntemplate <typename T, ENABLE_IF(a(b))> void g();",
            [("function", "f"), ("function", "g")],
        ),
    ],
)
def test_declarations_that_look_like_others(text: str, found: list[tuple[str, str]]) -> None:
    """Functions that look like types, variables that look like calls."""
    assert _found(text) == found


# Conditionals.


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        ("#ifdef _WIN32", 4),
        ("#ifndef _WIN32", 2),
        ("#if defined(_WIN32) || defined __CYGWIN__", 4),
        ("#if !(defined(_MSC_VER) && A)", 2),
        ("#if defined(_MSC_VER) && A", 4),
        ("#if _MSC_VER >= 1900", 4),
        ("#if _MSC_VER < 1900", 2),
        ("#if defined(_WIN32) || A", 2),
        ("#ifdef A", 2),
        ("#if A(_WIN32)", 2),
        ("#if " + "(" * 100 + "_WIN32" + ")" * 100, 2),
    ],
)
def test_of_two_heads_that_of_most_readers_counts(condition: str, line: int) -> None:
    """The first, unless its condition names a platform that is not theirs."""
    facts = parse_text(f"{condition}\nint f(int a) {{\n#else\nint f() {{\n#endif\n}}\n".encode(), "c")
    assert [(symbol.name, symbol.line) for symbol in facts.symbols] == [("f", line)]


def test_of_unfinished_branches_one_counts() -> None:
    text = "#ifdef _UNICODE\nint g();\nint f(char *a)\n#else\nint f(int a)\n#endif\n{\n}\n"
    facts = parse_text(text.encode(), "c")
    assert [(symbol.name, symbol.line) for symbol in facts.symbols] == [("g", 2), ("f", 5)]


def test_both_branches_are_read() -> None:
    assert _found("#ifdef A\nint a();\n#else\nint b();\n#endif\n") == [("function", "a"), ("function", "b")]


def test_dead_code_is_none() -> None:
    """Neither symbols nor imports nor words come out of ``#if 0``; its other branch is read."""
    facts = parse_text(b'#if 0\n#include "a.h"\nint dead();\n#else\nint live();\n#endif\n', "c")
    assert [symbol.name for symbol in facts.symbols] == ["live"]
    assert facts.imports == ()
    assert "dead" not in facts.words


def test_branches_that_open_a_brace_each_are_read_once() -> None:
    """Otherwise everything behind them would lie in a function that never ends."""
    text = "#ifdef A\nint f(int a) {\n#else\nint f() {\n#endif\n  return 1;\n}\nint after();\n"
    assert _found(text) == [("function", "f"), ("function", "after")]


def test_extern_c_is_transparent() -> None:
    text = '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void);\n#ifdef __cplusplus\n}\n#endif\n'
    assert _found(text, "c") == [("function", "f")]


# Scopes and kinds.


def test_what_lies_in_an_anonymous_namespace_is_private() -> None:
    """It has no name outside, so the namespace is no scope either."""
    facts = parse_text(b"namespace a { namespace { int f() { } } int g(); }", "cpp")
    assert [(symbol.qualname, symbol.visibility) for symbol in facts.symbols] == [
        ("a", Visibility.PUBLIC),
        ("a::f", Visibility.PRIVATE),
        ("a::g", Visibility.PUBLIC),
    ]


def test_a_definition_out_of_its_class_belongs_to_it() -> None:
    """It has the visibility of its declaration and the class as parent, when the file has them."""
    facts = parse_text(b"class A { void f(); };\nvoid A::f() { }\nvoid B::g() { }\n", "cpp")
    method, other = facts.symbols[2:]
    assert (method.kind, method.qualname, method.parent) == ("method", "A::f", 0)
    assert method.visibility is Visibility.PRIVATE
    assert (other.kind, other.qualname, other.parent) == ("method", "B::g", -1)


def test_types_in_functions_are_local() -> None:
    facts = parse_text(b"int f() { struct A { int a; }; int b; { enum B { C }; } }", "cpp")
    assert [(symbol.qualname, symbol.local) for symbol in facts.symbols] == [
        ("f", False),
        ("f::A", True),
        ("f::A::a", True),
        ("f::B", True),
        ("f::B::C", True),
    ]


def test_headers_of_c_may_be_cplusplus() -> None:
    """The suffix says C for both."""
    assert _found("class A { public: int f(); };", "c") == [("class", "A"), ("method", "A::f")]


def test_words_of_cplusplus_are_names_in_c() -> None:
    assert _found("int new(int class, int *template);", "c") == [("function", "new")]


def test_main_marks_an_entry_point() -> None:
    """The definition does, a declaration or a method of that name does not."""
    text = b"int main(void);\nstruct A { int main() { return 0; } };\nint main()\n{\n  return 1;\n}\n"
    markers = parse_text(text, "cpp").markers
    assert [(marker.kind, marker.line) for marker in markers] == [(MarkerKind.MAIN, 3)]


def test_lines_are_those_of_the_file() -> None:
    """What is taken out before the parse moves nothing."""
    filler = "// comment {\n" * 50 + "#define X \\\n  {\n" * 20
    body = "int f()\n{\n" + '  if (a) { b("}"); }\n' * 30 + "}\n"
    facts = parse_text(f"{filler}{body}\n\n{filler}int g();\n".encode(), "c")
    lines = [
        (symbol.name, symbol.line, symbol.end_line) for symbol in facts.symbols if symbol.kind == "function"
    ]
    assert lines == [("f", 91, 123), ("g", 216, 216)]


def test_signatures_show_the_source() -> None:
    """Macros and strings are as written, comments and directives are not."""
    text = (
        b'API /* no */ const char *f(int a, // no\n#if A\n  int b\n#endif\n  ) ATTR { }\nchar *s = "text";\n'
    )
    assert [symbol.signature for symbol in parse_text(text, "c").symbols] == [
        "const char *f(int a, int b ) ATTR",
        'char *s = "text"',
    ]


# Comments.


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("/** Does it.\n * @param a no */\nint f(int a);", "Does it."),
        ("/// \\brief Does it.\n///\n/// More.\nint f();", "Does it."),
        ("// Plain words.\nint f();", "Plain words."),
        ("/* Before a template. */\ntemplate <class T>\nAPI void f();", "Before a template."),
        ("int f(); // behind", ""),
        ("int f(); ///< Behind.", "Behind."),
        ("int a; // the other\nint f();", ""),
        ("int a; ///< The other.\nint f();", ""),
        ("// Far away.\n\nint f();", ""),
        ("// Of the file.\n#include <a.h>\nint f();", ""),
        ("//////////\nint f();", ""),
    ],
)
def test_comments_document_what_they_touch(text: str, doc: str) -> None:
    symbols = parse_text(text.encode(), "cpp").symbols
    assert next(symbol.doc for symbol in symbols if symbol.name == "f") == doc


@pytest.mark.parametrize(
    ("text", "doc"),
    [
        ("// Of the file.\n\n#include <a.h>\n", "Of the file."),
        ("#ifndef A_H\n#define A_H\n/* Of the file. */\n\nint a;\n#endif\n", "Of the file."),
        ("#pragma once\n// Of the file.\n#include <a.h>\n", "Of the file."),
        ("/* Copyright 2024 A. */\n\n// Of the file.\n\nint a;\n", "Of the file."),
        ("// Of a.\nint a;\n", ""),
        ("int a;\n// Later.\n", ""),
    ],
)
def test_the_leading_comment_is_about_the_file(text: str, doc: str) -> None:
    assert parse_text(text.encode(), "c").doc == doc


# Tokens.


def test_literals_and_comments_are_told_apart() -> None:
    """Each may hold what looks like the beginning of another."""
    text = b"""'"' "'" "/*" // "x
/* ' */ R"(")" R"a()")a" u8R"(/*)" 1'000'0 "\\"" '\\'' x"""
    tokens = lex(text)
    assert [text[start:end] for start, end in tokens.strings] == [
        b"""'"'""",
        b'''"'"''',
        b'"/*"',
        b'"(")"',
        b'"a()")a"',
        b'"(/*)"',
        b'"\\""',
        b"'\\''",
    ]
    assert [text[start:end] for start, end in tokens.comments] == [b'// "x', b"/* ' */"]


def test_words_are_those_of_the_code() -> None:
    """Neither comments nor strings nor names of included files are names that the code uses."""
    text = b'#include "included.h"\n#define A used(1) /* no1 */ "no2"\nint x = y; // no3\n#error no4 don\'t\n'
    assert parse_text(text, "c").words == {"A", "used", "y"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("int f(void) { double beta = 1; return beta + gamma(beta); }", "gamma"),
        ("int f(double beta, char *name) { return beta * *name; }", ""),
        ("int f() { T *p = q; T& r = *p; for (auto e : list) use(e, r); }", "T list q use"),
        ("int f() { int beta; } int g() { return beta(1); }", "beta"),
        ("int f() { T beta = math::beta(1); }", "T math math::beta ::beta"),
        ("int f() { return limits<T>::beta + a::b::gamma; }", "T a a::b b::gamma ::b ::gamma limits"),
        ("namespace m = a::b;\nint f() { return m::beta; }", "a a::b ::b beta m"),
        ("int f() { return x.beta() + p->gamma; }", "p x"),
        ("int f() { return std::max(a, b) + std::chrono::now(); }", "a b std"),
        ("int f() { return beta * gamma; }", "beta gamma"),
        ("int f() { else beta(1); return gamma; }", "beta gamma"),
        ("int f() { BEGIN\n  beta(1);\n}", "BEGIN beta"),
        ("struct a; class b;\nstruct c *d(e);", "c d e"),
        ("struct a; int f(struct a *p);", "a"),
        ("class x { friend class a; int n GUARDED(m); };", "GUARDED a m n x"),
        ("class a : public b, public c { a() : n(beta) { n = 1; } int n; };", "a b beta c n"),
        ("#define beta(x) gamma(x)\nint f(T) { return beta(1); }", "T beta gamma x"),
        ("int f(int n) { struct pair { T left; }; pair p; return p.left + n; }", "T pair"),
        ("v<int> beta; int f() { v<int> gamma(3); return a > delta; }", "a delta v"),
    ],
)
def test_bound_words_name_nothing_elsewhere(text: str, words: str) -> None:
    """Locals, parameters, members and forward declarations are no uses of what other files define."""
    assert parse_text(text.encode(), "cpp").words == set(words.split())


# Bad input.


def test_a_file_that_makes_no_sense_has_a_problem() -> None:
    """What stands before and behind the trouble is kept."""
    facts = parse_text(b"int a();\nstruct ( { ] ;\nint b();\n", "c")
    assert [symbol.name for symbol in facts.symbols] == ["a", "b"]
    assert [(problem.kind, problem.line) for problem in facts.problems] == [(ProblemKind.SYNTAX, 2)]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\0\xff",
        b"{" * 5_000,
        b"}" * 5_000,
        b"(" * 5_000,
        b"namespace a {" * 2_000,
        b"struct a { " * 2_000,
        b"#if A\n" * 2_000 + b"#endif\n" * 2_000,
        b"#else\n#endif\n",
        b"template <" * 2_000,
        b'R"a(' * 2_000,
        b"class A B " * 2_000,
        b"/*",
        b'"',
        b"'",
        b"#",
        b"#define",
        b"#define A(",
        b"#include",
        b"operator",
        b"A::",
        b"~",
    ],
    ids=lambda text: repr(text[:12]),
)
@pytest.mark.parametrize("language", ["c", "cpp", "cuda"])
def test_any_text_has_facts(text: bytes, language: str) -> None:
    """No text raises, and every symbol lies in the file with its parent before it."""
    facts = parse_text(text, language)
    last = text.count(b"\n") + 1
    for position, symbol in enumerate(facts.symbols):
        assert -1 <= symbol.parent < position
        assert 1 <= symbol.line <= symbol.end_line <= last


def test_comment_in_the_column_of_those_behind_code_is_about_the_line_above() -> None:
    """Its line had no place for it; one that is as deep as the definition is above it."""
    text = (
        b"struct s {\n  int (*first)(struct s *one, int two);\n                      /* The first. */\n"
        b"  int (*second)(struct s *one, int two);\n                      /* The second. */\n\n"
        b"  /* The third. */\n  int third;\n};\n"
    )
    docs = {symbol.name: symbol.doc for symbol in parse_text(text, "c").symbols}
    assert docs == {"s": "", "first": "The first.", "second": "The second.", "third": "The third."}


def test_specialization_for_many_templates_is_one_class() -> None:
    """The grammar takes ``a<b>, c<d>`` for comparisons when there are enough of them."""
    text = (
        b"template <>\nstruct normalise<policy<one<a>, two<a>, three<a>, four<a>, five<a> >,\n"
        b"  six<false>, seven<>, eight<>, nine<>, ten, ten>\n{\n  typedef policy<one<a> > type;\n};\n\nint after;\n"
    )
    facts = parse_text(text, "cpp")
    assert facts.problems == ()
    found = [(symbol.kind, symbol.qualname, symbol.line) for symbol in facts.symbols]
    assert found == [("struct", "normalise", 2), ("type", "normalise::type", 5), ("variable", "after", 8)]
    assert "six<false>" in facts.symbols[0].signature


def test_remark_on_the_line_of_a_member_is_nearer_than_a_heading_above_it() -> None:
    """But a doc comment above is about what follows."""
    text = (
        b"struct s {\n  /* other parameters */\n  int domain; /* boundary */\n  int next;\n"
        b"  /** The last. */\n  int last; /* x */\n  // alone\n  int lone;\n};\n"
    )
    docs = {symbol.name: symbol.doc for symbol in parse_text(text, "c").symbols}
    assert docs == {"s": "", "domain": "boundary", "next": "", "last": "The last.", "lone": "alone"}


@pytest.mark.parametrize(
    ("path", "visibility"), [("a.c", "private"), ("a.h", "public"), ("data.ipp", "public"), ("", "private")]
)
def test_static_hides_what_nobody_includes(path: str, visibility: str) -> None:
    """A definition is as static as its declaration."""
    text = b"static int f(int);\nint g(int);\nint f(int a) { return a; }\nstatic const int x = 1;\nint f2;\n"
    found = [(symbol.name, symbol.visibility) for symbol in parse_text(text, "c", path=path).symbols]
    assert found == [
        ("f", visibility),
        ("g", "public"),
        ("f", visibility),
        ("x", visibility),
        ("f2", "public"),
    ]


def test_heading_of_a_comment_is_not_its_text() -> None:
    """A paragraph that only announces the next one says nothing."""
    text = b"int x;\n//\n// DESCRIPTION:\n// ~~~~~~\n//\n// Tests it.\n//\nint f();\n// Data:\nint y;\n"
    assert [symbol.doc for symbol in parse_text(text, "cpp").symbols] == ["", "Tests it.", "Data:"]
