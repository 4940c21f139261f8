"""The command by which tox runs the tests, made runnable without tox."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.model import Evidence
from sphinx_repodoc.analyze.paths import folder_of, join_path, name_of
from sphinx_repodoc.core.manifests.text import iter_ini

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx_repodoc.analyze.context import Context
    from sphinx_repodoc.core.manifests import TestEvidence

_POSARGS = re.compile(r"\{posargs(?::([^{}]*))?\}")
_TEST_ENV = re.compile(r"testenv|(?:py|tests?)[\w.-]*")
_PYTEST = re.compile(r"(?:^|[\s/])(?:pytest|py\.test)(?:\s|$)")
_SUBSTITUTIONS = (("{envpython}", "python"), ("{envbindir}/", ""), ("{toxinidir}/", ""), ("{tox_root}/", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class ToxCommand:
    """One line of ``commands``."""

    text: str
    home: str
    """The folder tox changes to."""
    is_pytest: bool
    labels: bool
    """It runs a script that takes Django's test labels."""
    evidence: Evidence


def find_tox_command(facts: Sequence[TestEvidence], context: Context) -> ToxCommand | None:
    """First command of a test environment that runs tests; ``tox`` itself where it is no plain command.

    :param facts: commands of one manifest's folder, in source order.
    """
    tests = [fact for fact in facts if _TEST_ENV.fullmatch(fact.name) and "test" in fact.command.lower()]
    if not tests:
        return None
    fact = next((fact for fact in tests if _PYTEST.search(fact.command)), tests[0])
    folder = folder_of(fact.path)
    change = _change_folder(fact, context)
    text = _plain_command(fact.command)
    if text is None or change is None:
        proof = Evidence(text=f"{name_of(fact.path)} runs {fact.command}", path=fact.path, line=fact.line)
        return ToxCommand(text="tox", home=folder, is_pytest=False, labels=False, evidence=proof)
    home = join_path(folder, change) if change else folder
    where = f" in {home}/" if change else ""
    proof = Evidence(text=f"{name_of(fact.path)} runs {fact.command}{where}", path=fact.path, line=fact.line)
    return ToxCommand(
        text=text,
        home=home,
        is_pytest=bool(_PYTEST.search(fact.command)),
        labels=_takes_labels(text, home, context) and "{posargs" in fact.command,
        evidence=proof,
    )


def _plain_command(command: str) -> str | None:
    """The command without the substitutions of tox; ``None`` when one of them has no plain meaning."""
    text = command.lstrip("-! ")
    for written, meant in _SUBSTITUTIONS:
        text = text.replace(written, meant)
    text = " ".join(_POSARGS.sub(lambda match: match[1] or "", text).split())
    return None if "{" in text or text.endswith("\\") else text


def _change_folder(fact: TestEvidence, context: Context) -> str | None:
    """The folder that the environment changes to, relative to that of its manifest."""
    if not fact.path.endswith((".ini", ".cfg")):
        return ""
    found = {
        value.section: value.value
        for value in iter_ini(context.read(fact.path) or "")
        if value.key in {"changedir", "change_dir"}
    }
    folder = found.get(f"testenv:{fact.name}", found.get("testenv", ""))
    for written in ("{toxinidir}", "{tox_root}"):
        folder = folder.replace(written, "")
    folder = folder.strip("/")
    return None if "{" in folder or ".." in folder else folder


def _takes_labels(command: str, home: str, context: Context) -> bool:
    """Whether the command is a script of this repository that speaks of ``test_labels``."""
    for word in command.split():
        script = context.files.get(join_path(home, word.removeprefix("./")))
        if script is not None and word.endswith(".py"):
            return "test_labels" in script.facts.words
    return False
