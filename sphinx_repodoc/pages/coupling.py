"""How a file, a folder or the repository hangs together: fan-in, fan-out, instability, layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.findings import Topic
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.pages import parts
from sphinx_repodoc.pages.blocks import Item, Para, Ref
from sphinx_repodoc.pages.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.measures import Coupling, FindingCount, Layer
    from sphinx_repodoc.analyze.model import FileRelations
    from sphinx_repodoc.pages.blocks import Blocks, Inlines
    from sphinx_repodoc.pages.data import PageData

NOUNS = {
    Topic.PATTERN: "pattern",
    Topic.PERFORMANCE: "needless cost",
    Topic.SECURITY: "possible danger",
    Topic.MISTAKE: "possible mistake",
}
"""What one place of a topic is."""


def instability(fan_in: int, fan_out: int) -> str:
    """Share of the fan-out: 0.00 rests on nothing, 1.00 has nothing that rests on it."""
    return f"{fan_out / (fan_in + fan_out):.2f}"


def file_coupling(relations: FileRelations) -> Blocks:
    """Count the files at the other ends of imports that are run on loading."""
    fan_in = sum(not end.when for end in relations.imported_by)
    fan_out = sum(not end.when for end in relations.imports)
    if not fan_in + fan_out:
        return ()
    text = f"Fan-in {fan_in:,}, fan-out {fan_out:,}: instability {instability(fan_in, fan_out)}."
    return (Para((text,)),)


def folder_coupling(coupling: Coupling | None) -> Blocks:
    """What binds a folder to the files outside of it."""
    if coupling is None:
        return ()
    verb = "imports" if coupling.fan_in == 1 else "import"
    fan = (
        f"{count(coupling.fan_in, 'file')} outside {verb} from it (fan-in), and it imports "
        f"{count(coupling.fan_out, 'file')} outside (fan-out): "
        f"instability {instability(coupling.fan_in, coupling.fan_out)}."
    )
    sentences = [fan]
    if coupling.dependants > coupling.fan_in:
        sentences.append(f"{coupling.dependants:,} files outside depend on it, through other files too.")
    if coupling.layer >= 0:
        sentences.append(layer_sentence(coupling))
    return tuple(Para((sentence,)) for sentence in sentences)


def layer_sentence(coupling: Coupling) -> str:
    """Where a folder stands among the folders."""
    if coupling.in_cycle:
        rest = (
            f", with its import cycle with {count(coupling.in_cycle, 'other folder')} counted as one folder"
        )
    else:
        rest = ""
    if not coupling.layer:
        return f"Layer 0 among the folders: its own files import from no other folder{rest}."
    steps = count(coupling.layer, "step")
    return (
        f"Layer {coupling.layer} among the folders: the longest chain of imports below it has {steps}{rest}."
    )


def build_layers(data: PageData, path: str) -> Blocks:
    """Show the layers of the import graph: how long the chains of imports below files are."""
    if path:
        return ()
    layers = data.book().layers
    if len(layers) < 2:  # noqa: PLR2004 (one layer is no order)
        return ()
    files = count(sum(layer.files for layer in layers), "file")
    head = (
        f"{files} in {count(len(layers), 'layer')}: a file stands above all that it imports on loading, and "
        "files that import each other stand in one layer."
    )
    rows = [
        (
            (f"{layer.number:,}",),
            (f"{layer.files:,}",),
            parts.number(layer.in_cycles),
            _top(layer),
        )
        for layer in layers
    ]
    return (
        Para((head,)),
        *parts.folded_table(("Layer", "Files", "In cycles", "Most depended on"), rows, (0, 1, 2)),
    )


def _top(layer: Layer) -> Inlines:
    return parts.join((parts.file_ref(file.path), f" ({file.count:,})") for file in layer.top)


def finding_items(counts: Sequence[FindingCount]) -> tuple[Item, ...]:
    """Count what rules found, with links to all places of the topic in the repository."""
    return tuple(Item(_count(each)) for each in counts)


def findings_cell(counts: Sequence[FindingCount]) -> Inlines:
    """Say the same in one line."""
    return parts.join((_link(each),) for each in counts)


def _count(each: FindingCount) -> Inlines:
    return (_link(each), f" in {count(each.files, 'file')}")


def _link(each: FindingCount) -> Ref:
    text = count(each.places, NOUNS[Topic(each.topic)])
    return Ref(PageKind.FINDINGS, each.topic, text, code=False)
