"""What the output of a shard says of itself, in a file among its pages."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FILENAME = "repodoc-shard.json"
"""Without a dot in front: services that keep outputs between jobs leave out hidden files."""
_FORMAT = 1


class ManifestError(Exception):
    """A folder is not the output of a shard."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One shard, and all that the others must agree with."""

    shard: str
    shards: tuple[str, ...]
    """Of all; the first has the pages of the whole and the user's documents."""
    state: Mapping[str, str]
    """What it was built from: a name that people know to a value or digest."""
    pages: Mapping[str, str]
    """Docname of each page that it wrote to the path of its file."""
    total: int
    """Pages of all shards."""

    def save(self, folder: Path) -> None:
        text = json.dumps({"format": _FORMAT, **asdict(self)}, indent=1, sort_keys=True)
        (folder / FILENAME).write_text(f"{text}\n", "utf-8")

    @classmethod
    def load(cls, folder: Path) -> Manifest:
        """:raise ManifestError: with a sentence for the user."""
        path = folder / FILENAME
        try:
            record = json.loads(path.read_text("utf-8"))
        except OSError as error:
            message = f"{folder} is not the output of a shard: {FILENAME}: {error.strerror or error}"
            raise ManifestError(message) from error
        except ValueError as error:
            message = f"{path} cannot be read: {error}"
            raise ManifestError(message) from error
        if not isinstance(record, dict) or record.pop("format", None) != _FORMAT:
            message = f"{path} was written by another version of sphinx-repodoc"
            raise ManifestError(message)
        try:
            return cls(**record | {"shards": tuple(record["shards"])})
        except (LookupError, TypeError) as error:
            message = f"{path} is not complete: {error}"
            raise ManifestError(message) from error


def find_faults(manifests: Mapping[str, Manifest]) -> list[str]:
    """Why outputs cannot be joined: a sentence each; none when they can.

    :param manifests: of each folder, by its name.
    """
    (first_folder, first), *others = manifests.items()
    faults = []
    for folder, other in others:
        for what in sorted(first.state.keys() | other.state.keys()):
            mine, its = first.state.get(what, "none"), other.state.get(what, "none")
            if mine != its:
                faults.append(
                    f"{folder} was built from another {what} than {first_folder}: {its}, not {mine}"
                )
        if (other.shards, other.total) != (first.shards, first.total):
            faults.append(f"{folder} was built with other shards or pages than {first_folder}")
    if faults:
        return faults  # what follows would repeat them
    given: dict[str, str] = {}
    for folder, manifest in manifests.items():
        if manifest.shard in given:
            faults.append(
                f"the shard {manifest.shard!r} is there twice: {given[manifest.shard]} and {folder}"
            )
        given.setdefault(manifest.shard, folder)
    faults += [f"the shard {name!r} is missing" for name in first.shards if name not in given]
    return faults or _page_faults(manifests, first.total)


def _page_faults(manifests: Mapping[str, Manifest], total: int) -> list[str]:
    owners: dict[str, str] = {}
    faults = []
    for folder, manifest in manifests.items():
        for docname in manifest.pages:
            if docname in owners:
                faults.append(f"the page {docname!r} is there twice: in {owners[docname]} and {folder}")
            owners[docname] = folder
    if len(owners) != total:
        faults.append(f"of {total} pages, {total - len(owners)} are in no shard")
    return faults
