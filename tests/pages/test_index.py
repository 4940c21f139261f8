"""The keyword index of the repository, and how lists of keywords are laid out."""

from __future__ import annotations

import pytest
from pages.facts import FakeData, as_text, make_file, make_symbol

from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages.blocks import Fold, Group, Items
from sphinx_repodoc.pages.data import Keyword
from sphinx_repodoc.pages.index import KEYWORD_INDEX_PARTS
from sphinx_repodoc.pages.listing import keyword_list, letters_title, name_blocks

DATA = FakeData(
    files=(
        make_file(
            "a.py",
            Facts(
                symbols=(
                    make_symbol("Beta", 1, "class"),
                    make_symbol("run", 2, "method", qualname="Beta.run", parent=0),
                    make_symbol("_alpha", 9),
                    make_symbol("1st", 11, "key"),
                )
            ),
        ),
        make_file("b.py", Facts(symbols=(make_symbol("run", 4), make_symbol("run", 8)))),
    )
)
SPLIT = FakeData(files=DATA.files, parts=(("#", 1), ("a", 1), ("b", 1), ("r", 3)))


def build(part: str, data: FakeData, path: str = "") -> str:
    builders = {found.id: found.build for found in KEYWORD_INDEX_PARTS}
    return as_text(builders[part](data, path))


def named(name: str, path: str = "a.py", kind: str = "function") -> Keyword:
    return Keyword(name=name, qualname=name, kind=kind, path=path, anchor=f"sym-{name}")


def test_small_index_is_one_page() -> None:
    """Every definition is linked; those of one name stand together, underscores do not sort."""
    assert build("letters", DATA) == ""
    assert build("header", DATA) == "6 keywords of [this repository](folder ).\n"
    assert build("keywords", DATA) == (
        "[Other signs](keyword-index #letters-~23) · [A](keyword-index #letters-a) · "
        "[B](keyword-index #letters-b) · [R](keyword-index #letters-r)\n"
        "== Other signs {#letters-~23}\n"
        "- [1st](file a.py#sym-1st) *key* a.py\n"
        "== A {#letters-a}\n"
        "- [_alpha](file a.py#sym-_alpha) *function* a.py\n"
        "== B {#letters-b}\n"
        "- [Beta](file a.py#sym-Beta) *class* a.py\n"
        "== R {#letters-r}\n"
        "- `run` — 3 definitions\n"
        "  - [Beta.run](file a.py#sym-Beta.run) *method* a.py\n"
        "  - [run](file b.py#sym-run) *function* b.py\n"
        "  - [run](file b.py#sym-run~2) *function* b.py\n"
    )


def test_entrance_of_a_split_index_links_its_pages() -> None:
    """The entrance holds numbers and no keywords."""
    assert build("keywords", SPLIT) == ""
    assert build("header", SPLIT) == "6 keywords of [this repository](folder ), on 4 pages.\n"
    assert build("letters", SPLIT) == (
        "Begin with | Keywords\n"
        "[Other signs](keyword-index #) | 1\n"
        "[A](keyword-index a) | 1\n"
        "[B](keyword-index b) | 1\n"
        "[R](keyword-index r) | 3\n"
    )


def test_page_of_a_letter_holds_its_keywords() -> None:
    """It says how many they are, and has no table of letters."""
    assert build("header", SPLIT, "r") == "3 keywords of [the whole index](keyword-index ).\n"
    assert build("letters", SPLIT, "r") == ""
    assert build("keywords", SPLIT, "r").startswith("- `run` — 3 definitions\n")


def test_single_part_with_letters_is_the_whole_index() -> None:
    """All keywords may begin with the same letter."""
    data = FakeData(files=(make_file("b.py", Facts(symbols=(make_symbol("run", 4),))),), parts=(("r", 1),))
    assert build("keywords", data) == "- [run](file b.py#sym-run) *function* b.py\n"


def test_index_of_a_repository_without_keywords_is_empty() -> None:
    """Nothing is made up."""
    data = FakeData(files=(make_file("x"),))
    assert [part.id for part in KEYWORD_INDEX_PARTS if part.build(data, "")] == []


@pytest.mark.parametrize(("definitions", "kinds"), [(20, [Items]), (21, [Items, Fold, Items])])
def test_name_with_many_definitions_is_folded(definitions: int, kinds: list[type]) -> None:
    """The fold says the true number and holds all of them; names around it keep their order."""
    keywords = [named("a"), *(named("get", f"f{number}.py") for number in range(definitions)), named("z")]
    blocks = name_blocks(keywords)
    assert [type(block) for block in blocks] == kinds
    text = as_text(blocks)
    assert f"`get` — {definitions} definitions" in text
    assert text.count("[get](") == definitions


def test_names_that_differ_by_case_are_two_names() -> None:
    """They sort together and come in turns by path, yet each is shown once."""
    text = as_text(name_blocks([named("Run", "a"), named("run", "b"), named("Run", "c")]))
    assert text.splitlines()[0] == "- `Run` — 2 definitions"
    assert text.count("- [run](") == 1


def test_longer_letters_make_finer_headings() -> None:
    """A page of a letter is divided by the next."""
    blocks = keyword_list([named("sad"), named("sea"), named("set")], PageKind.KEYWORD_INDEX, "s", 2)
    assert [block.title for block in blocks if isinstance(block, Group)] == ["Sa", "Se"]


@pytest.mark.parametrize(
    ("letters", "title"),
    [("a", "A"), ("se", "Se"), ("#", "Other signs"), ("#1", "1"), ("a ", "A"), ("# ", "# ")],
)
def test_titles_of_letters(letters: str, title: str) -> None:
    """Keywords that begin with no letter are sorted under a sign, which is no part of them."""
    assert letters_title(letters) == title
