"""Names of pages: a path of the repository to a docname, and anchors to symbols.

A docname mirrors its path (``repo/pkg/mod.py``). What a path may hold and a
docname, a URL or a Windows file name may not is escaped with ``~``, reversibly:
``~`` and two hexadecimal digits for a byte, and a final ``~`` behind a
name that would collide with one of our own pages.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx_repodoc.core.model import Symbol


class PageKind(StrEnum):
    """The kinds of pages. The key of a page is its kind and a path."""

    FILE = "file"
    FILE_KEYWORDS = "file-keywords"
    FOLDER = "folder"
    """Of the root too: the global index, whose path is empty."""
    FOLDER_DOC = "folder-doc"
    FOLDER_KEYWORDS = "folder-keywords"
    KEYWORD_INDEX = "keyword-index"
    """The path is empty for the entrance, else the letters its keywords begin with."""
    BOOK = "book"
    BOOK_PART = "book-part"
    """The path is the top-level folder."""
    GLOSSARY = "glossary"
    FILE_REFERENCE = "file-reference"
    FINDINGS = "findings"
    """The path is empty for the overview, else the topic of the rules."""
    NOTES = "notes"
    COVERAGE = "coverage"


WHOLE_KINDS = (
    PageKind.KEYWORD_INDEX,
    PageKind.BOOK,
    PageKind.GLOSSARY,
    PageKind.FILE_REFERENCE,
    PageKind.FINDINGS,
    PageKind.NOTES,
    PageKind.COVERAGE,
)
"""Pages about the whole repository, in the order in which they are offered."""


@dataclass(frozen=True, slots=True)
class PageKey:
    """What a link points to, before it is a docname."""

    kind: PageKind
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suffixes:
    """What is appended to docnames, besides what Sphinx's own builders append."""

    html: str = ".html"
    """``html_file_suffix`` of Sphinx."""
    builder: str = ""
    """That of the builder at work."""


FOLDER_PAGES = ("index", "doc", "sub")
ROOT_PAGES = ("keywords", "book", "glossary", "files", "findings", "notes", "coverage")
"""Docnames of the root besides the three of every folder; those split further append ``-…``."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\~#%]')
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\.|$)", re.IGNORECASE)
_OUTPUT_SUFFIX = re.compile(
    r"\.(kw|doctree|html?|xhtml|txt|xml|pseudoxml|tex|fjson|fpickle|pickle|pot|[1-8])$", re.IGNORECASE
)
_KEYWORD_SUFFIX = re.compile(r"\.kw$", re.IGNORECASE)
_LONGEST = 180
"""Bytes of a component: a file system allows 255 and builders append suffixes."""
OUTERMOST, INNERMOST = 8, 16
"""Folders above a page that are shown of a longer way: neither browsers nor templates nest as deeply as a disk."""
_LONGEST_SLUG = 120
"""Likewise, of the letters of a part of the keyword index."""
_DEEPEST = 64
"""Components of a docname that folders are nested in; below that, they begin again at the root."""
_LONGEST_FOLDER = 1500
"""Likewise, its bytes: systems allow 4096 for a path, with the output folder and the name of the file."""


def _hex(char: str) -> str:
    return "".join(f"~{byte:02X}" for byte in char.encode())


def escape_component(name: str, *, fold: bool) -> str:
    """Escape what no system allows in one component of a path.

    :param fold: a sibling differs only by case or Unicode form.
    """
    out = _UNSAFE.sub(lambda match: _hex(match[0]), name)
    if fold:
        out = "".join(c if c.isascii() and not c.isupper() else _hex(c) for c in out)
    if out.endswith((".", " ")):
        out = out[:-1] + _hex(out[-1])
    if _DEVICE.match(out):
        out = _hex(out[0]) + out[1:]
    if len(out.encode()) > _LONGEST:
        out = f"{out.encode()[:_LONGEST].decode(errors='ignore')}~{_digest(name)}"
    return out


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _is_page_of_ours(plain: str, *, root: bool) -> bool:
    """Whether a component without case is the name of a page that folders, or the root, have."""
    split = ("keywords-", "book-", "findings-", "glossary-")
    return plain in FOLDER_PAGES or (root and (plain in ROOT_PAGES or plain.startswith(split)))


def _sibling_key(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


class PageNames:
    """Docnames of every page of one repository.

    :param files: paths of all entries; folders follow from them.
    :param prefix: docname that all pages lie under.
    """

    def __init__(self, files: Iterable[str], prefix: str, suffixes: Suffixes | None = None) -> None:
        self.prefix = prefix
        suffixes = suffixes or Suffixes()
        self._front = f"index{suffixes.html}".casefold()
        self._suffixes = tuple(suffix.casefold() for suffix in (suffixes.html, suffixes.builder) if suffix)
        self._files: dict[str, str] = {}
        self._folders: dict[str, str] = {"": prefix}
        paths = sorted(files)
        folders = folders_of(paths)
        counts: dict[str, int] = {}
        for path in (*paths, *folders[1:]):
            key = _sibling_key(path)
            counts[key] = counts.get(key, 0) + 1
        self._crowded = frozenset(key for key, count in counts.items() if count > 1)
        for folder in folders[1:]:  # parents come before their children
            self._folders[folder] = self._folder_docname(folder)
        for path in paths:
            self._files[path] = self._file_docname(path)

    def _folder_docname(self, path: str) -> str:
        parent = path.rpartition("/")[0]
        above = self._folders[parent]
        if above.count("/") >= _DEEPEST or len(above.encode()) > _LONGEST_FOLDER:
            return f"{self.prefix}/~long/{_digest(path)}"  # no escaped name begins so
        escaped = self._escape(path)
        plain = escaped.casefold()
        # a folder owns a name on disk that pages beside it may need
        taken = _OUTPUT_SUFFIX.search(plain) or plain.endswith(self._suffixes)
        if taken or _is_page_of_ours(plain, root=not parent):
            escaped += "~"
        return f"{above}/{escaped}"

    def _file_docname(self, path: str) -> str:
        parent = path.rpartition("/")[0]
        escaped = self._escape(path)
        plain = escaped.casefold()
        # in dirhtml every page is a folder, but for the front page of its folder, which is a file in it
        taken = _KEYWORD_SUFFIX.search(plain) or plain == self._front or path in self._folders
        if taken or _is_page_of_ours(plain, root=not parent):
            escaped += "~"
        return f"{self._folders[parent]}/{escaped}"

    def _escape(self, path: str) -> str:
        return escape_component(path.rpartition("/")[2], fold=_sibling_key(path) in self._crowded)

    @property
    def folders(self) -> Mapping[str, str]:
        """Path of every folder, the root first as the empty string, to the docname it lies under."""
        return self._folders

    @property
    def files(self) -> Mapping[str, str]:
        """Path of every file to the docname of its page."""
        return self._files

    def docname(self, key: PageKey) -> str | None:
        """Docname of a page; ``None`` when the repository has no such file or folder."""
        kind, path = key.kind, key.path
        if kind is PageKind.FILE:
            return self._files.get(path)
        if kind is PageKind.FILE_KEYWORDS:
            page = self._files.get(path)
            return page and f"{page}.kw"
        if kind in _FOLDER_SUFFIX:
            base = self._folders.get(path)
            return base and f"{base}/{_FOLDER_SUFFIX[kind]}"
        if kind is PageKind.BOOK_PART:
            base = self._folders.get(path)
            name = base and f"{self.prefix}/book-{base[len(self.prefix) + 1 :] or '~root'}"
            return f"{name}~" if name and name.endswith("~") else name  # the page of "book-x" has one "~"
        name = _ROOT_NAME[kind]
        return f"{self.prefix}/{name}-{keyword_slug(path)}" if path else f"{self.prefix}/{name}"


_FOLDER_SUFFIX = {
    PageKind.FOLDER: "index",
    PageKind.FOLDER_DOC: "doc",
    PageKind.FOLDER_KEYWORDS: "sub",
}
_ROOT_NAME = {
    PageKind.KEYWORD_INDEX: "keywords",
    PageKind.BOOK: "book",
    PageKind.GLOSSARY: "glossary",
    PageKind.FILE_REFERENCE: "files",
    PageKind.FINDINGS: "findings",
    PageKind.NOTES: "notes",
    PageKind.COVERAGE: "coverage",
}


def folders_of(paths: Iterable[str]) -> list[str]:
    """Every folder above the given paths, sorted, the root first as the empty string."""
    found = {""}
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return sorted(found)


def way_down(folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Path and title of each folder on the way to the last; of a long way, the beginning and the end.

    What lies between is one entry, for the last folder that is left out.
    """
    path = ""
    left_out = range(OUTERMOST, len(folders) - INNERMOST)
    for depth, name in enumerate(folders):
        path = f"{path}/{name}" if path else name
        if depth not in left_out:
            yield path, f"{name}/"
        elif depth == left_out[-1]:
            yield path, f"… {name}/"


def keyword_slug(letters: str) -> str:
    """Letters of a part of the keyword index as a piece of a docname."""
    slug = "".join(c if c.isascii() and c.isalnum() else _hex(c) for c in letters)
    return slug if len(slug) <= _LONGEST_SLUG else f"{slug[:_LONGEST_SLUG]}~~{_digest(letters)}"


def symbol_anchors(symbols: Sequence[Symbol]) -> tuple[str, ...]:
    """An HTML id for each symbol: made of its qualified name, so that it survives moved lines.

    Symbols that share a qualified name (overloads, alternatives under a
    condition) are numbered in source order from the second on.
    """
    seen: dict[str, int] = {}
    anchors = []
    for symbol in symbols:
        base = "sym-" + re.sub(r"\s+", "_", symbol.qualname)
        seen[base] = number = seen.get(base, 0) + 1
        anchors.append(base if number == 1 else f"{base}~{number}")
    return tuple(anchors)
