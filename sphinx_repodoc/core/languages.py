"""Which language a file is written in, by its name and its first bytes.

``identify`` knows most names, Pygments the rest, and the tables of
:mod:`~sphinx_repodoc.core.language_table` what both have wrong. Called once for
each file that is read; nothing of it depends on other files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from identify import extensions, interpreters
from identify.identify import tags_from_filename
from pygments.lexers import get_all_lexers

from sphinx_repodoc.core import language_table
from sphinx_repodoc.core.language_content import BY_SUFFIX, guess, mode_line, refine_text
from sphinx_repodoc.core.language_table import TEMPLATES, read_pairs

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = 32_768
"""Bytes at the beginning of a file that tell its language."""


class Family(StrEnum):
    """What kind of thing is written in a language."""

    CODE = "code"
    """Programs, scripts, build rules, queries, schemas."""
    MARKUP = "markup"
    """Documents, templates and style sheets."""
    DATA = "data"
    """Configuration and records."""
    TEXT = "text"
    BINARY = "binary"
    """Formats that are no text; a text may still bear such a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language or format."""

    name: str
    title: str
    """As people write it: ``C++``."""
    lexer: str = "text"
    """Alias of its Pygments lexer; in the table, of the alternatives in the order of preference."""
    family: Family = Family.TEXT

    @property
    def is_code(self) -> bool:
        return self.family is Family.CODE

    @property
    def is_data(self) -> bool:
        return self.family is Family.DATA

    @property
    def is_binary(self) -> bool:
        return self.family is Family.BINARY


def _rows(table: str, family: Family) -> dict[str, Language]:
    rows = (row.split("|") for row in table.strip().splitlines())
    return {name: Language(name=name, title=title, lexer=lexer, family=family) for name, title, lexer in rows}


C_FAMILY = frozenset({"c", "cpp", "cuda", "objc", "objcpp"})
"""Languages with the preprocessor of C: the macros of the whole repository decide how each file is parsed."""

LANGUAGES: Mapping[str, Language] = {
    **_rows(language_table.CODE, Family.CODE),
    **_rows(language_table.MARKUP, Family.MARKUP),
    **_rows(language_table.DATA, Family.DATA),
    **_rows(language_table.TEXT, Family.TEXT),
    **_rows(language_table.BINARY, Family.BINARY),
}
"""Languages of our own table. Those that only Pygments knows are not in it."""

_TAGS = read_pairs(language_table.TAGS)
_NAMES = read_pairs(language_table.NAMES)
_SUFFIXES = read_pairs(language_table.SUFFIXES)
_INTERPRETERS = read_pairs(language_table.INTERPRETERS)
_GENERIC = ("json", "xml", "python", "cpp", "bash", "text")
"""When tags name several languages, the one that comes last here yields to the others."""
_BUILD_FILE = re.compile(
    r"(?i:(?P<make>gnumakefile|makefile|kbuild)|(?P<dockerfile>dockerfile|containerfile)|(?P<groovy>jenkinsfile)"
    r"|(?P<just>\.?justfile)|(?P<dotenv>\.env))"
    r"(?:(?!.*\.(?:py|md|txt|rst|cmake|json|ya?ml)$)[._-].*)?",
    re.DOTALL,
)
_UNKNOWN = Language(name="", title="Unknown")


@cache
def language(name: str) -> Language:
    """Record of a name that :func:`identify_language` gave; text of an unknown language for others."""
    known = LANGUAGES.get(name)
    if known is not None:
        return replace(known, lexer=_pygments().known_lexer(known.lexer))
    title = _pygments().titles.get(name)
    return Language(name=name, title=title, lexer=name, family=Family.CODE) if title else _UNKNOWN


def identify_language(path: str, head: bytes = b"", executable: bool = False) -> str:
    """Name of the language in lower case; empty when nothing tells.

    :param path: only its last component counts.
    :param head: the first bytes (:data:`HEAD` are enough); without them suffixes that
        several languages share give the commonest.
    :param executable: believe the interpreter line more than a vague name.
    """
    name = path.rpartition("/")[2]
    found = _by_name(name, head)
    if found in {"text", ""} or executable:
        told = _by_interpreter(head)
        if told and (found in {"text", ""} or found not in LANGUAGES):
            return told
    if found in {"text", ""}:
        found = _by_mode(head) or found or guess(head)
    if found == "text":
        return refine_text(head)
    return "" if found not in LANGUAGES and b"\0" in head else found


def _by_name(name: str, head: bytes) -> str:
    name = name.rstrip("~") or name  # the backup of an editor
    return _by_whole_name(name) or _by_suffixes(name, head) or _by_tags(name) or _pygments().find(name)


def _by_whole_name(name: str) -> str:
    if name in _NAMES:
        return _NAMES[name]
    built = _BUILD_FILE.fullmatch(name)
    if built is not None:
        return str(built.lastgroup)
    return _by_tags(name) if name in extensions.NAMES else ""


def _by_suffixes(name: str, head: bytes) -> str:
    stem, dot, written = name.rpartition(".")
    suffix = written.lower()
    if not dot:
        return ""
    if suffix in BY_SUFFIX:
        return _by_content(suffix, head)
    if suffix in TEMPLATES and stem:
        inner = _by_name(stem, head)
        if inner not in {"", "text"}:
            return inner
    if suffix == "txt" and "." in stem:
        inner = _by_suffix(stem.rpartition(".")[2])
        if inner in {"rst", "markdown", "asciidoc"}:
            return inner
    return _by_suffix(written)


def _by_content(suffix: str, head: bytes) -> str:
    if suffix in {"h", "inl"} and "c++" in mode_line(head):
        return "cpp"
    return BY_SUFFIX[suffix](head)


@cache
def _by_suffix(suffix: str) -> str:
    for form in (suffix, suffix.lower()):
        if form in _SUFFIXES:
            return _SUFFIXES[form]
    return _by_tags(f"x.{suffix}") or _pygments().suffixes.get(suffix.lower(), "")


def _by_tags(name: str) -> str:
    tags: set[str] = tags_from_filename(name)
    found = {_TAGS.get(tag, tag) for tag in tags - {"text", "binary"}}
    known = sorted(
        found & LANGUAGES.keys(), key=lambda each: (_GENERIC.index(each) if each in _GENERIC else -1, each)
    )
    if known:
        return known[0]
    if "binary" in tags:
        return "binary"
    return next((alias for alias in sorted(found) if alias in _pygments().titles), "")


def _by_interpreter(head: bytes) -> str:
    if not head.startswith(b"#!"):
        return ""
    line = head[2:].split(b"\n", 1)[0][:300].decode("utf-8", "replace")
    words = line.replace("\\", "/").split()
    while words and words[0].rpartition("/")[2] == "env":
        words = [
            word for word in words[1:] if "=" not in word and (not word.startswith("-") or word[:2] == "-S")
        ]
        words = [word.removeprefix("-S").removeprefix("-split-string=") for word in words if word != "-S"]
    if not words:
        return ""
    program = words[0].rpartition("/")[2].lower().removesuffix(".exe")
    for form in (program, program.rstrip("0123456789.-"), program.partition("-")[0]):
        if form in _INTERPRETERS:
            return _INTERPRETERS[form]
        tags: set[str] = interpreters.INTERPRETERS.get(form, set())
        found = sorted(
            {_TAGS.get(tag, tag) for tag in tags} & LANGUAGES.keys(), key=lambda each: each == "bash"
        )
        if found:
            return found[0]
    return ""


def _by_mode(head: bytes) -> str:
    mode = mode_line(head)
    mode = {"c++": "cpp", "shell-script": "bash", "sh": "bash", "zsh": "bash", "makefile": "make"}.get(
        mode, mode
    )
    return mode if mode in LANGUAGES or mode in _pygments().titles else ""


class _Pygments:
    """Pygments' table of file names, without importing its lexers."""

    def __init__(self) -> None:
        self.titles: dict[str, str] = {}
        self.suffixes: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.lexers: set[str] = set()
        ours = {
            row.lexer.split()[0]: row.name
            for row in reversed(list(LANGUAGES.values()))
            if row.lexer != "text"
        }
        for title, aliases, patterns, _types in get_all_lexers(plugins=False):
            if not aliases:
                continue
            self.lexers.update(aliases)
            name = next((ours[alias] for alias in aliases if alias in ours), aliases[0].lower())
            self.titles.setdefault(aliases[0].lower(), title)
            for pattern in patterns:
                if not set(pattern) & set("*?["):
                    self.names.setdefault(pattern, name)
                elif re.fullmatch(r"\*\.[\w+-]+", pattern):
                    self.suffixes.setdefault(pattern[2:].lower(), name)

    def known_lexer(self, choices: str) -> str:
        return next((alias for alias in choices.split() if alias in self.lexers), "text")

    def find(self, name: str) -> str:
        return self.names.get(name) or self.suffixes.get(
            name.rpartition(".")[2].lower() if "." in name else "", ""
        )


@cache
def _pygments() -> _Pygments:
    return _Pygments()
