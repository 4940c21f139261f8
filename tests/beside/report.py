"""Writes the page of the documentation."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from beside.sample import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from beside.trial import Trial

HEAD = """\
# Other extensions and themes

<!-- Written by: python tests/beside --write docs/reference/beside.md -->

Each of these was built beside this extension, and without it, on a small repository, with `-W -n` and with `-j2` where the
extension may be used in parallel: {steps}, all in one doctree folder.
*works* means that in none of these steps there was a warning or an error that there is not without this extension, that every page of
the author's own is the same in HTML and EPUB (its style sheet and script aside), and that the pages of the repository are there.
What does not build without this extension either cannot be tested. {counts}. This page is written by

```bash
tox -e beside -- --write docs/reference/beside.md
```
"""


def write_page(path: Path, trials: Sequence[Trial]) -> None:
    """Write the table of what was tried."""
    counts = Counter(trial.outcome for trial in trials)
    words = {"works": "work", "fails": "fail", "cannot be tested": "cannot be tested"}
    told = ", ".join(f"{count} {words[outcome]}" for outcome, count in sorted(counts.items(), reverse=True))
    head = HEAD.format(
        steps=", ".join(_step(step.name) for step in STEPS), counts=f"Of {len(trials)}, {told}"
    )
    tables = [
        f"## {title}\n\n{_table(trial for trial in trials if trial.theme is theme)}\n"
        for theme, title in ((False, "Extensions"), (True, "Themes"))
    ]
    path.write_text("\n".join([head, *tables]), "utf-8")


def _step(name: str) -> str:
    words = {"edited": "a file edited", "added": "a file added", "removed": "a file removed",
             "listed last": "HTML again with this extension listed last"}  # fmt: skip
    return words.get(name, name)


def _table(trials: Iterable[Trial]) -> str:
    lines = ["| name | package | Sphinx | result | what to set or know |", "| --- | --- | --- | --- | --- |"]
    for trial in trials:
        cells = (
            f"`{trial.name}`",
            f"{trial.package} {trial.version}",
            trial.sphinx,
            trial.outcome,
            _remark(trial),
        )
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(lines)


def _remark(trial: Trial) -> str:
    setting = f"`{trial.setting.strip()}`" if trial.setting else ""
    fault = f"`{trial.faults[0][:200].replace('`', chr(39))}`" if trial.faults else ""
    serial = "serial builds only" if trial.jobs == 1 else ""
    return "; ".join(filter(None, (setting, trial.note, serial, fault)))
