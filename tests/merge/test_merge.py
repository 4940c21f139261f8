"""Joining outputs without building them: indexes, manifests, links."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from sphinx_repodoc.merge import search
from sphinx_repodoc.merge.manifest import FILENAME, Manifest, ManifestError, find_faults
from sphinx_repodoc.merge.site import MergeError, merge

if TYPE_CHECKING:
    from pathlib import Path

STATE = {"commit": "abc", "configuration": "1"}


def index_of(docname: str, kind: str, **parts: Any) -> search.Index:
    """Give the index of one document with an object of one kind, which is its first."""
    objects = {"objects": {"a": [[0, 0, 1, "", docname]]}, "objtypes": {"0": f"x:{kind}"}}
    names = {"objnames": {"0": ["x", kind, kind.title()]}}
    lists = {"docnames": [docname], "filenames": [f"{docname}.rst"], "titles": [docname.upper()]}
    return search.empty_index(65) | lists | objects | names | parts


def test_indexes_are_numbered_anew() -> None:
    """Documents by their names, types by who has them; what both have is joined, what nobody has is left out."""
    first = index_of(
        "b",
        "class",
        terms={"all": 0, "dead": []},
        alltitles={"T": [[0, None]]},
        indexentries={"e": [[0, "i", True]]},
    )
    second = index_of(
        "a", "func", terms={"all": [0], "one": 0}, titleterms={"b": 0}, alltitles={"T": [[0, "t"]]}
    )
    third = search.empty_index(65)
    found = search.merge_indexes([first, second, third])
    assert found["docnames"] == ["a", "b"]
    assert (found["filenames"], found["titles"]) == (["a.rst", "b.rst"], ["A", "B"])
    assert found["terms"] == {"all": [0, 1], "one": 0}
    assert found["titleterms"] == {"b": 0}
    assert found["alltitles"] == {"T": [[0, "t"], [1, None]]}
    assert found["indexentries"] == {"e": [[1, "i", True]]}
    kinds = {where: found["objtypes"][str(kind)] for where, kind, *_ in found["objects"]["a"]}
    assert kinds == {0: "x:func", 1: "x:class"}
    assert {names[1] for names in found["objnames"].values()} == {"class", "func"}
    assert search.loads(search.dumps(found)) == json.loads(json.dumps(found))


@pytest.mark.parametrize(
    "text", ["", "Search.setIndex({})", 'Search.setIndex({"docnames":[],"new":1})', "{}"]
)
def test_another_format_of_the_index_is_told(text: str) -> None:
    """A part that is not known could hold numbers of documents."""
    with pytest.raises(search.IndexFormatError):
        search.loads(text)


def manifest(shard: str, pages: dict[str, str], **parts: Any) -> Manifest:
    known: dict[str, Any] = {"shards": ("main", "b"), "state": STATE, "total": 2}
    return Manifest(shard=shard, pages=pages, **known | parts)


def write_shard(folder: Path, said: Manifest, text: str = "<a href='a.html#x'>a</a>") -> Path:
    """Write the output of a shard: its pages, a file of all, and an inventory-free index."""
    for docname, path in said.pages.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
        index = search.empty_index(65) | {"docnames": [docname], "filenames": [docname], "titles": [docname]}
        (folder / search.FILENAME).write_text(search.dumps(index), "utf-8")
    said.save(folder)
    return folder


@pytest.mark.parametrize(
    ("other", "fault"),
    [
        (
            manifest("b", {"b": "b.html"}, state=STATE | {"commit": "def"}),
            "another commit than one: def, not abc",
        ),
        (manifest("b", {"b": "b.html"}, total=3), "other shards or pages"),
        (manifest("main", {"b": "b.html"}), "'main' is there twice"),
        (manifest("b", {"a": "a.html"}), "the page 'a' is there twice"),
        (manifest("b", {}), "of 2 pages, 1 are in no shard"),
    ],
)
def test_what_does_not_belong_together_is_told(other: Manifest, fault: str) -> None:
    """By names that people know."""
    first = manifest("main", {"a": "a.html"})
    assert find_faults({"one": first, "two": manifest("b", {"b": "b.html"})}) == []
    assert fault in "\n".join(find_faults({"one": first, "two": other}))


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2}', '{"format": 1}', '{"format": 1, "shards": [], "x": 1}']
)
def test_a_manifest_that_cannot_be_read_is_told(tmp_path: Path, text: str) -> None:
    """Whatever is in its place."""
    (tmp_path / FILENAME).write_text(text, "utf-8")
    with pytest.raises(ManifestError, match=FILENAME):
        Manifest.load(tmp_path)


def test_pages_files_and_links_are_joined(tmp_path: Path) -> None:
    """Links are looked at in all places where HTML may hold them, and files that differ are named."""
    first = write_shard(
        tmp_path / "1", manifest("main", {"a": "a.html"}), '<p ID="x"><a name=y></a><script>"<a>"</script>'
    )
    links = "".join(
        f'<a class="c" href="{where}">' for where in ("../a.html#x", "../a.html#y", "../a.html#%78", "#no")
    )
    dead = '<a title="<" href="../a.html#z"><a href="gone.html"><a href="http://x/a.html#z"><a href="//[x">'
    second = write_shard(
        tmp_path / "2", manifest("b", {"d/b": "d/b.html"}), f"<!-- <a href='q.html'> --><h1>{links}{dead}"
    )
    (first / "sitemap.xml").write_text("a", "utf-8")
    (second / "sitemap.xml").write_text("b", "utf-8")
    (second / "only.txt").write_text("b", "utf-8")
    for folder, lines in ((first, b"all\nmine\n"), (second, b"all\nits\n")):
        (folder / "objects.inv").write_bytes(b"1\n2\n3\n4\n" + zlib.compress(lines))
    merged = merge(tmp_path / "out", [second, first], 1)
    assert merged.different == ("sitemap.xml",)
    assert (tmp_path / "out/sitemap.xml").read_text("utf-8") == "a"
    assert (tmp_path / "out/only.txt").read_text("utf-8") == "b"
    assert not (tmp_path / "out" / FILENAME).exists()
    assert merged.dead_links == (
        "d/b.html links to '../a.html#z': the page has no such place",
        "d/b.html links to 'gone.html': there is no such page",
    )
    head, body = (tmp_path / "out/objects.inv").read_bytes().split(b"4\n", 1)
    assert (head, sorted(zlib.decompress(body).split())) == (b"1\n2\n3\n", [b"all", b"its", b"mine"])
    index = search.loads((tmp_path / "out" / search.FILENAME).read_text("utf-8"))
    assert index["docnames"] == ["a", "d/b"]
    with pytest.raises(MergeError, match="is there already"):
        merge(tmp_path / "out", [second, first], 1)
