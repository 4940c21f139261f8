from __future__ import annotations

import pytest

from sphinx_repodoc.core.owners import parse_codeowners

RULES = """\
# Comment
*                @everyone
*.js             @js        # and why
/build/logs/     @builds
docs/*           docs@example.org
apps/            @apps @org/more
/docs/           @doctocat
**/logs          @logs
/scripts/run     @run
/apps/github
sp\\ ace/         @space
/src/**/gen/*.py @gen
*.tar.gz         @archives
"""


@pytest.mark.parametrize(
    ("path", "owners", "line"),
    [
        ("README", ("@everyone",), 2),
        ("a/b.js", ("@js",), 3),
        ("build/logs/x/y.txt", ("@logs",), 8),
        ("build/other", ("@everyone",), 2),
        ("docs/a.md", ("@doctocat",), 7),
        ("x/apps/y/z.c", ("@apps", "@org/more"), 6),
        ("apps", ("@everyone",), 2),
        ("deep/logs", ("@logs",), 8),
        ("scripts/run", ("@run",), 9),
        ("scripts/run/x", ("@run",), 9),
        ("x/scripts/run", ("@everyone",), 2),
        ("apps/github/x", (), 10),
        ("q/sp ace/x", ("@space",), 11),
        ("src/a/b/gen/x.py", ("@gen",), 12),
        ("src/gen/x.py", ("@gen",), 12),
        ("gen/x.py", ("@everyone",), 2),
        ("a.tar.gz", ("@archives",), 13),
        ("apps/", ("@apps", "@org/more"), 6),
    ],
)
def test_last_rule_that_matches_decides(path: str, owners: tuple[str, ...], line: int) -> None:
    """Patterns are those of ignore files; a rule without owners takes them away."""
    assert parse_codeowners(RULES).owners_of(path) == (owners, line)


def test_star_behind_a_folder_takes_its_files_only() -> None:
    """Unlike in ignore files, ``docs/*`` does not reach into the folders of ``docs``."""
    rules = parse_codeowners("docs/* @docs\n/a*/* @a\n")
    assert rules.owners_of("docs/a.md") == (("@docs",), 1)
    assert rules.owners_of("docs/more/a.md") == ((), 0)
    assert rules.owners_of("abc/x") == (("@a",), 2)
    assert rules.owners_of("abc/x/y") == ((), 0)


def test_sections_of_gitlab_add_up() -> None:
    """Each section decides for itself; its default owners stand in for missing ones."""
    rules = parse_codeowners(
        "* @all\n\n[Docs] @writers\n*.md\n/special.md @one\n\n^[Database][2] @dba @all\n*.sql\n\n[DOCS]\n*.rst\n"
    )
    assert rules.owners_of("a.py") == (("@all",), 1)
    assert rules.owners_of("a.md") == (("@all", "@writers"), 4)
    assert rules.owners_of("special.md") == (("@all", "@one"), 5)
    assert rules.owners_of("x/y.sql") == (("@all", "@dba"), 8)
    assert rules.owners_of("a.rst") == (("@all", "@writers"), 11)


def test_broken_lines_are_passed_over() -> None:
    """Neither bad patterns nor odd bytes disturb the rest."""
    rules = parse_codeowners("! @x\n\n\\ @x\n/ @root\n" + "*a" * 40 + " @slow\r\n*.py @py\r\n\ufffd\0 @odd")
    assert rules.owners_of("x.py") == (("@py",), 6)
    assert rules.owners_of("a" * 200) == (("@root",), 4)
    assert [rule.line for rule in rules.rules] == [3, 4, 6, 7]


def test_no_rules_name_nobody() -> None:
    """An empty file is no error."""
    assert parse_codeowners("").owners_of("a") == ((), 0)
    assert parse_codeowners("# nothing\n\n").rules == ()
