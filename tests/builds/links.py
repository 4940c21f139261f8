"""Finds links in the outputs of builders that lead nowhere."""

from __future__ import annotations

import json
import pickle
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_SVG = "{http://www.w3.org/2000/svg}svg"
_OPF = "{http://www.idpf.org/2007/opf}"
_NEEDED = {f"{_OPF}meta", *(f"{{http://purl.org/dc/elements/1.1/}}{name}" for name in ("title", "rights"))}


class Page(HTMLParser):
    """The ids and addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids[values["id"]] += 1
        if tag == "a" and "name" in values:
            self.ids[values["name"]] += 0
        if tag == "link" and values.get("rel") in {"index", "search"}:
            return  # Sphinx writes these into the one page of singlehtml as well, which has neither
        self.addresses += [values[name] for name in ("href", "src") if name in values]


def dead_links(builder: str, out: Path) -> list[str]:
    """Links of one builder's output without a target, and ids that a page has twice."""
    return sorted(_CHECKS[builder](out)) if builder in _CHECKS else []


def _html(out: Path) -> Iterator[str]:
    pages = {_relative(path, out): Page(path.read_text("utf-8")) for path in out.rglob("*.html")}
    files = {_relative(path, out) for path in out.rglob("*")}
    yield from _check(pages, pages, lambda target: target in files, lambda name: name)


def _dirhtml(out: Path) -> Iterator[str]:
    """As a server without redirections would find them: a folder needs its slash."""
    pages = {_relative(path, out): Page(path.read_text("utf-8")) for path in out.rglob("*.html")}
    files = {_relative(path, out) for path in out.rglob("*") if path.is_file()}
    yield from _check(pages, pages, lambda target: target in files, _index)


def _serialized(read: Callable[[Path], Any], suffix: str, out: Path) -> Iterator[str]:
    """Documents whose addresses are those of folders, for a web framework to serve."""
    pages: dict[str, Page] = {}
    for path in out.rglob(f"*{suffix}"):
        body = read(path).get("body")
        if body is not None:
            name = _relative(path, out).removesuffix(suffix)
            pages[f"{name}.html" if f"/{name}".endswith("/index") else f"{name}/index.html"] = Page(body)
    copied = {_relative(path, out) for path in out.rglob("*") if path.is_file()}
    yield from _check(pages, pages, lambda target: target in pages or target in copied, _index)


def _epub(out: Path) -> Iterator[str]:
    texts = {_relative(path, out): path.read_text("utf-8") for path in out.rglob("*.xhtml")}
    pages = {name: Page(text) for name, text in texts.items()}
    package = ET.parse(out / "content.opf")  # noqa: S314 (written by ourselves)
    items = {unquote(item.attrib["href"]): item.get("properties") for item in package.iter(f"{_OPF}item")}
    yield from _check(pages, pages, lambda target: target in items, lambda name: name)
    for item in items.keys() - {_relative(path, out) for path in out.rglob("*")}:
        yield f"content.opf: no file {item}"
    for item in items:
        if any(part.startswith(".doctrees") for part in PurePosixPath(item).parts):
            yield f"content.opf: a working file {item}"
    for element in package.iter():
        if element.tag in _NEEDED and not (element.text or "").strip():
            yield f"content.opf: nothing in {element.tag}"
    for name, text in texts.items():
        holds = any(element.tag == _SVG for element in ET.fromstring(text).iter())  # noqa: S314
        if holds != (items.get(name) == "svg"):
            yield f"{name}: its drawings are not declared"


def _xml(out: Path) -> Iterator[str]:
    trees = {_relative(path, out): ET.parse(path) for path in out.rglob("*.xml")}  # noqa: S314
    assert any(tree.find(".//reference[@internal]") is not None for tree in trees.values())
    ids = {
        name: {each for element in tree.iter() for each in element.get("ids", "").split()}
        for name, tree in trees.items()
    }
    for name, tree in trees.items():
        for element in tree.iter():
            if element.get("refid", "") not in {"", *ids[name]}:
                yield f"{name}: #{element.get('refid')}"
            address = urlsplit(element.get("refuri", ""))
            if element.get("internal") not in {"1", "True"}:  # as docutils writes it now, and did before
                continue
            folder = name.rpartition("/")[0]
            target = _normal(f"{folder}/{unquote(address.path)}.xml") if address.path else name
            if target not in ids or unquote(address.fragment) not in {"", *ids[target]}:
                yield f"{name}: {element.get('refuri')}"


def _latex(out: Path) -> Iterator[str]:
    for path in out.glob("*.tex"):
        text = path.read_text("utf-8")
        labels = set(re.findall(r"\\label\{\\detokenize\{([^}]*)\}\}", text))
        links = set(re.findall(r"\\(?:hyperref\[|pageref\{|ref\{|nameref\{)\\detokenize\{([^}]*)\}", text))
        assert links
        yield from (f"{path.name}: {link}" for link in links - labels)


def _texinfo(out: Path) -> Iterator[str]:
    for path in out.glob("*.texi"):
        text = path.read_text("utf-8")
        anchors = set(re.findall(r"@anchor\{([^}]*)\}|^@node ([^,\n]*)", text, re.MULTILINE))
        known = {each for pair in anchors for each in pair}
        links = set(re.findall(r"@(?:px|x)?ref\{([^,}]*)[,}]", text))
        assert links
        yield from (f"{path.name}: {link}" for link in links - known)


def _check(
    pages: Mapping[str, Page],
    targets: Mapping[str, Page],
    exists: Callable[[str], bool],
    served: Callable[[str], str],
) -> Iterator[str]:
    assert any(page.addresses for page in pages.values())
    for name, page in pages.items():
        yield from (f"{name}: id {each} twice" for each, count in page.ids.items() if count > 1)
        for text in page.addresses:
            address = urlsplit(text)
            if address.scheme or address.netloc:
                continue
            folder = name.rpartition("/")[0]
            target = served(_normal(f"{folder}/{unquote(address.path)}")) if address.path else name
            if not exists(target) or (
                address.fragment
                and target in targets
                and unquote(address.fragment) not in targets[target].ids
            ):
                yield f"{name}: {text}"


def _index(address: str) -> str:
    return f"{address}index.html" if not address or address.endswith("/") else address


def _relative(path: Path, out: Path) -> str:
    return path.relative_to(out).as_posix()


def _normal(path: str) -> str:
    """A path without dots, with its slash at the end."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts) + ("/" if parts and path.endswith(("/", "/.", "/..")) else "")


_CHECKS: dict[str, Callable[[Path], Iterator[str]]] = {
    "html": _html,
    "dirhtml": _dirhtml,
    "singlehtml": _html,
    "json": lambda out: _serialized(lambda path: json.loads(path.read_text("utf-8")), ".fjson", out),
    "pickle": lambda out: _serialized(lambda path: pickle.loads(path.read_bytes()), ".fpickle", out),  # noqa: S301
    "epub": _epub,
    "xml": _xml,
    "latex": _latex,
    "texinfo": _texinfo,
}
