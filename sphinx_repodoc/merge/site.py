"""Verifies the outputs of shards against each other, and copies them into one."""

from __future__ import annotations

import filecmp
import shutil
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.merge import manifest, search
from sphinx_repodoc.merge.links import dead_links
from sphinx_repodoc.merge.manifest import Manifest, ManifestError, find_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

INVENTORY = "objects.inv"
_HEAD_LINES = 4
_JOINED = frozenset({search.FILENAME, INVENTORY, ".buildinfo"})
"""What is joined, or names the machine."""
_NOT_SITE = frozenset({".doctrees", ".repodoc-source"})
"""What builds keep in their output when they are given no other place."""


class MergeError(Exception):
    """Outputs cannot be joined; its text says why, a line for each reason."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What there is to say of a site that was written."""

    dead_links: tuple[str, ...]
    """A sentence for each."""
    different: tuple[str, ...]
    """Files that are no pages and that the shards wrote differently; those of the main one were taken."""


def merge(out: Path, folders: Sequence[Path], jobs: int) -> Merged:
    """Join the outputs of all shards.

    :param out: does not exist or is empty.
    :raise MergeError: before anything is written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        message = f"{out} is there already, and not an empty folder"
        raise MergeError(message)
    manifests = _load(folders)
    indexes = [index for index in map(_load_index, manifests) if index is not None]
    inventories = [inventory for inventory in map(_inventory, manifests) if inventory is not None]
    out.mkdir(parents=True, exist_ok=True)
    different = {path for folder in manifests for path in _copy(folder, out)}  # the main one is the first
    _join_inventories(inventories, out)
    if indexes:
        (out / search.FILENAME).write_text(search.dumps(search.merge_indexes(indexes)), "utf-8")
    owners = {path: each.shard for each in manifests.values() for path in each.pages.values()}
    return Merged(tuple(dead_links(out, owners, jobs)), tuple(sorted(different)))


def _load(folders: Sequence[Path]) -> dict[Path, Manifest]:
    """Manifests of outputs that belong together, the main one first."""
    try:
        manifests = {folder: Manifest.load(folder) for folder in folders}
    except ManifestError as error:
        raise MergeError(str(error)) from error
    faults = find_faults({str(folder): each for folder, each in manifests.items()})
    faults = faults or [*_missing_files(manifests)]
    if faults:
        raise MergeError("\n".join(faults))
    order = next(iter(manifests.values())).shards
    return dict(sorted(manifests.items(), key=lambda item: order.index(item[1].shard)))


def _missing_files(manifests: Mapping[Path, Manifest]) -> Iterator[str]:
    """Pages without their file, and files of pages that another shard has written."""
    for folder, each in manifests.items():
        for docname, path in each.pages.items():
            if not (folder / path).is_file():
                yield f"the page {docname!r} is missing: {folder / path}"
        for other in manifests.values():
            if other is each:
                continue
            for docname, path in other.pages.items():
                if (folder / path).exists():
                    yield f"the page {docname!r} of the shard {other.shard!r} is also in {folder}"


def _join_inventories(inventories: Sequence[tuple[bytes, list[bytes]]], out: Path) -> None:
    """Add to the inventory of the main shard what extensions have found in pages of others, which is seldom any."""
    known = {line: None for _, lines in inventories for line in lines}
    if inventories and len(known) > len(inventories[0][1]):
        head = inventories[0][0]
        (out / INVENTORY).write_bytes(head + zlib.compress(b"\n".join(known) + b"\n", 9))


def _inventory(folder: Path) -> tuple[bytes, list[bytes]] | None:
    """Head and lines of an inventory; none when the site has none."""
    path = folder / INVENTORY
    try:
        *head, body = path.read_bytes().split(b"\n", _HEAD_LINES)
        return b"".join(line + b"\n" for line in head), zlib.decompress(body).splitlines()
    except FileNotFoundError:
        return None
    except zlib.error as error:
        message = f"{path} is not an inventory: {error}"
        raise MergeError(message) from error


def _load_index(folder: Path) -> search.Index | None:
    """The search index of an output; none when the site has none."""
    path = folder / search.FILENAME
    try:
        return search.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, search.IndexFormatError) as error:
        message = f"{path} is not a search index: {error}"
        raise MergeError(message) from error


def _copy(folder: Path, out: Path) -> Iterator[str]:
    """Copy what is not there yet; gives the paths of what is, and says something else."""
    for source in sorted(folder.rglob("*")):
        path = source.relative_to(folder)
        target = out / path
        if path.parts[0] in _NOT_SITE or path.name == manifest.FILENAME or source.is_dir():
            continue
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
        elif path.as_posix() not in _JOINED and not filecmp.cmp(source, target, shallow=False):
            yield path.as_posix()
