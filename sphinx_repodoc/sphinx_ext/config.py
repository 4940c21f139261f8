"""The options: each declared once, checked once.

Registration, checking and the reference page of the documentation go through
:data:`OPTIONS`. A bad value gives one warning and the default.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from sphinx_repodoc.sphinx_ext.report import WarningKind, warn
from sphinx_repodoc.sphinx_ext.shards import NAME, PART

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx
    from sphinx.config import Config

FILE_SECTIONS = (
    "header",
    "purpose",
    "overview",
    "structure",
    "complexity",
    "architecture",
    "dependencies",
    "patterns",
    "performance",
    "security",
    "testing",
    "related",
    "notes",
    "cross-references",
    "source",
)
"""Sections of a file page, in their order."""


_OWN_PARTS = re.compile(r"(?:sphinx(?!\.ext\.)|sphinx_repodoc)(?:\..*)?|sphinx\.ext\.?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of conf.py."""

    name: str
    default: Any
    types: tuple[type, ...]
    help: str
    expects: str
    """What a valid value is, for the warning and the reference."""
    is_valid: Callable[[Any], bool] = lambda _value: True
    rebuild: Literal["env", "html", ""] = "env"
    """``env`` when a change shows on pages; ``""`` when the facts themselves tell which pages it touches."""


def _is_strings(value: Any) -> bool:
    return all(isinstance(item, str) for item in value)


def _is_prefix(value: Any) -> bool:
    is_docname = re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*", value)
    return bool(is_docname) and value not in {"genindex", "search"}  # pages of Sphinx, folders in dirhtml


def _is_positive(value: Any) -> bool:
    return not isinstance(value, bool) and 0 < value <= sys.maxsize


def _is_place(value: Any) -> bool:
    """Whether a text can be a path: no system has names with this character."""
    return "\0" not in value


def _is_places(value: Any) -> bool:
    return _is_strings(value) and all(map(_is_place, value))


def _is_extensions(value: Any) -> bool:
    """Whether no name is that of Sphinx's own parts or of this package: without pages they cannot work."""
    return _is_strings(value) and not any(_OWN_PARTS.fullmatch(name) for name in value)


def _is_sections(value: Any) -> bool:
    return _is_strings(value) and set(value) <= set(FILE_SECTIONS)


def _is_shards(value: Any) -> bool:
    return all(
        isinstance(name, str)
        and NAME.fullmatch(name)
        and isinstance(paths, (list, tuple))
        and _is_strings(paths)
        for name, paths in value.items()
    )


OPTIONS: tuple[Option, ...] = (
    Option(
        name="repodoc_root",
        default=None,
        types=(str, type(None)),
        expects="a path, relative to the folder of conf.py",
        is_valid=lambda value: value is None or _is_place(value),
        rebuild="",
        help="The folder to document. By default the git work tree that holds conf.py; without git, the "
        "nearest folder above it with a project file such as pyproject.toml.",
    ),
    Option(
        name="repodoc_prefix",
        default="repo",
        types=(str,),
        expects="a docname made of letters, digits, '.', '_', '-' and '/', other than 'genindex' and 'search'",
        is_valid=_is_prefix,
        rebuild="",
        help="The docname that all pages lie under.",
    ),
    Option(
        name="repodoc_add_toctree_entry",
        default=True,
        types=(bool,),
        expects="True or False",
        help="Add the repository's front page to the toctree of the root document.",
    ),
    Option(
        name="repodoc_toctree",
        default=False,
        types=(bool,),
        expects="True or False",
        help="Give every page an entry in a real toctree below the front page. A PDF holds only such "
        "pages, and an EPUB has only them in its reading order; in HTML it makes each page slower to write, so keep it for small repositories.",
    ),
    Option(
        name="repodoc_include",
        default=[],
        types=(list, tuple),
        expects="a list of patterns",
        is_valid=_is_strings,
        rebuild="",
        help="Document only files that match one of these patterns (as in .gitignore). Empty: all.",
    ),
    Option(
        name="repodoc_exclude",
        default=[],
        types=(list, tuple),
        expects="a list of patterns",
        is_valid=_is_strings,
        rebuild="",
        help="Leave out files that match one of these patterns (as in .gitignore).",
    ),
    Option(
        name="repodoc_max_size",
        default=1_000_000,
        types=(int,),
        expects="a number of bytes above 0",
        is_valid=_is_positive,
        rebuild="",
        help="Files with more bytes are listed, but not parsed or shown.",
    ),
    Option(
        name="repodoc_time_limit",
        default=10.0,
        types=(int, float),
        expects="a number of seconds above 0",
        is_valid=_is_positive,
        rebuild="",
        help="Seconds of CPU that the parser may spend on one file. Few files come to it: steps and memory, "
        "which are the same on any machine, are limited in proportion to the size of the file.",
    ),
    Option(
        name="repodoc_sections",
        default=list(FILE_SECTIONS),
        types=(list, tuple),
        expects=f"a list of {', '.join(FILE_SECTIONS)}",
        is_valid=_is_sections,
        help="The sections of a file page, in this order. A section without facts is left out.",
    ),
    Option(
        name="repodoc_analyzers",
        default=None,
        types=(list, tuple, type(None)),
        expects="a list of names of analyzers",
        is_valid=lambda value: value is None or _is_strings(value),
        rebuild="",
        help="The analyzers that look for patterns, costs and dangers in the files. By default all that are "
        "installed; an empty list turns them off.",
    ),
    Option(
        name="repodoc_coverage",
        default=[],
        types=(list, tuple),
        expects="a list of paths",
        is_valid=_is_places,
        rebuild="",
        help="Reports of test coverage to show beside those among the files of the repository: git mostly "
        "ignores what a test run leaves behind. Paths from the root of the repository.",
    ),
    Option(
        name="repodoc_history",
        default=True,
        types=(bool,),
        expects="True or False",
        rebuild="",
        help="Show when git last saw a change of a file, in how many commits and by how many authors.",
    ),
    Option(
        name="repodoc_show_authors",
        default=False,
        types=(bool,),
        expects="True or False",
        rebuild="",
        help="Name the authors of a file, with their commits. By default they are only counted.",
    ),
    Option(
        name="repodoc_warn_problems",
        default=False,
        types=(bool,),
        expects="True or False",
        rebuild="",
        help="Give a typed warning for every problem of a file, instead of a line in the build's summary.",
    ),
    Option(
        name="repodoc_forge_url",
        default="",
        types=(str,),
        expects="an address with {path}, and {commit} and {line} if wanted",
        is_valid=lambda value: not value or "{path}" in value,
        rebuild="html",
        help="Address of a file on the web. By default it is made from the address of the clone.",
    ),
    Option(
        name="repodoc_commit",
        default="",
        types=(str,),
        expects="a commit",
        rebuild="",
        help="The commit that links to the forge name. By default Read the Docs' or git's own.",
    ),
    Option(
        name="repodoc_hide_from",
        default=["sphinx_last_updated_by_git", "sphinx_llm", "sphinx_llms_txt"],
        types=(list, tuple),
        expects="a list of names of extensions, without Sphinx itself and this one",
        is_valid=_is_extensions,
        rebuild="",
        help="Extensions that are to see only your own documents: they are not called for pages of the repository, "
        "and find none when they go through all documents. By default those that compare every page with every "
        "other, link to the source file of each or ask git about it.",
    ),
    Option(
        name="repodoc_shards",
        default={},
        types=(dict,),
        expects="a dictionary of names, made of letters, digits, '.', '_' and '-', to lists of folders",
        is_valid=_is_shards,
        rebuild="",
        help="Parts of the repository that are built apart from each other, with the folders of each; the longest "
        "path that a file lies in decides. What no part names belongs to the shard 'main'.",
    ),
    Option(
        name="repodoc_shard",
        default="",
        types=(str,),
        expects="the name of a shard, or a part such as '2/4'",
        is_valid=lambda value: not value or bool(NAME.fullmatch(value) or PART.fullmatch(value)),
        rebuild="",
        help="Write only the pages of this shard, 'main' or one of ``repodoc_shards``; or, with '2/4', of the second of "
        "four parts of about the same size. By default all pages are written.",
    ),
)


def register_options(app: Sphinx) -> None:
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, option.rebuild, types=())


def check_options(_app: Sphinx, config: Config) -> None:
    """Warn about each value that is not valid and put the default in its place."""
    for option in OPTIONS:
        value = config[option.name]
        if isinstance(value, option.types) and option.is_valid(value):
            continue
        warn(
            WarningKind.CONFIG,
            f"{option.name} must be {option.expects}, not {value!r}; the default, {option.default!r}, is used",
        )
        config[option.name] = option.default
