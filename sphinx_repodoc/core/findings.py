"""What rules say of a file: which rule, where, and why the rule is there.

Found by the parser, whose rules look at the syntax tree, and by the analyzers of
:mod:`~sphinx_repodoc.analyze.analyzers`, which run other programs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """Which question a rule answers."""

    PATTERN = "pattern"
    """How the code is built: a shape with a name."""
    PERFORMANCE = "performance"
    """What costs more time or memory than it has to."""
    SECURITY = "security"
    """What an attacker may use."""
    MISTAKE = "mistake"
    """What is often not what its author meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is looked for, and why. Its texts are Markdown."""

    id: str
    """As the tool names it: ``S608``."""
    topic: Topic
    title: str
    """What is found, in a few words: ``hardcoded sql expression``."""
    tool: str
    why: str = ""
    """Why that is worth knowing, in a paragraph."""
    instead: str = ""
    """What to write instead."""
    url: str = ""
    references: tuple[str, ...] = ()
    """``CWE-89`` and the like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place that a rule is about."""

    rule: str
    line: int
    text: str = ""
    """What the rule says of this very place; empty when that is its title."""
