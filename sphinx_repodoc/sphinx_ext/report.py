"""The only place that speaks to the log: a summary of problems, and typed warnings.

A problem of a file is told by its page and counted in the summary. A warning is
for what the author of the documentation can mend.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx_repodoc.analyze.repository import Update
    from sphinx_repodoc.core.problems import Problem

logger = logging.getLogger("sphinx_repodoc")

TYPE = "repodoc"


class WarningKind(StrEnum):
    """Warnings about the documentation itself. The value is the subtype: ``repodoc.config``."""

    CONFIG = "config"
    """An option of conf.py has a value that it cannot have. The default is used."""
    ROOT = "root"
    """The folder to document does not exist or cannot be read. Nothing is documented."""
    CLASH = "clash"
    """A document of the user lies where a page of ours would. The user's document is kept."""
    REFERENCE = "reference"
    """A role names a file, folder, line or symbol that the repository does not have."""
    AMBIGUOUS = "ambiguous"
    """A role names a symbol that several files define. It links to the first of them."""
    ANALYZER = "analyzer"
    """An analyzer is missing, failed, or was stopped. The sections that it fills are left out."""
    COVERAGE = "coverage"
    """A report of test coverage named in ``repodoc_coverage`` cannot be read."""
    SHARD = "shard"
    """``repodoc_shard`` names no shard, or ``repodoc_shards`` no folder of the repository."""
    TOCTREE = "toctree"
    """A toctree of a document lists hundreds of our pages, so that themes render them for every page."""
    DIRECTIVE = "directive"
    """A directive names a file or folder that the repository does not have. It shows nothing."""


def warn(kind: WarningKind, message: str, *, location: Any = None) -> None:
    """Give a warning of type ``repodoc`` whose subtype is the kind."""
    logger.warning(message, type=TYPE, subtype=kind.value, location=location)


def warn_problem(path: str, location: str, problem: Problem) -> None:
    """Give the warning for a problem of a file, at its own line."""
    place = f"{location}:{problem.line}" if problem.line else location
    logger.warning("%s: %s", path, problem.message, type=TYPE, subtype=problem.kind.value, location=place)


def report_update(update: Update, index: str) -> None:
    """Say in one line what the facts cost, and in one more what is wrong with files.

    :param index: docname of the page that lists the problems.
    """
    logger.info(
        "repository: %d files, %d parsed, %d removed%s",
        update.files,
        update.parsed,
        update.removed,
        "" if update.analyzed else ", nothing to analyze",
    )
    if update.without_git:
        logger.info("repository: git is not used, so there are no dates or authors: %s", update.without_git)
    for message in update.failures():
        warn(WarningKind.ANALYZER, message)
    for path, reason in update.unread.items():
        warn(WarningKind.COVERAGE, f"the coverage report {path!r} was not read: {reason}")
    if update.problems:
        counts = ", ".join(f"{kind} {count}" for kind, count in update.problems.items())
        logger.info("repository: files with problems, listed on '%s': %s", index, counts)
