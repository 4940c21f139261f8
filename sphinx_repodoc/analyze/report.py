"""Findings for other programs: lines of text, JSON, and SARIF.

SARIF is the Static Analysis Results Interchange Format 2.1.0 of OASIS, which forges read.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sphinx_repodoc
from sphinx_repodoc.core.findings import Topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx_repodoc.analyze.work import RulePlaces
    from sphinx_repodoc.core.findings import Rule

_LEVELS = {
    Topic.PATTERN: "none",
    Topic.PERFORMANCE: "note",
    Topic.SECURITY: "warning",
    Topic.MISTAKE: "warning",
}


def _iter_places(rules: Sequence[RulePlaces]) -> Iterator[tuple[str, int, str, Rule]]:
    """(path, line, what is said of it, rule), by path and line."""
    places = [
        (path, line, text or found.rule.title, found.rule)
        for found in rules
        for path, line, text in found.places
    ]
    return iter(sorted(places, key=lambda place: (place[0], place[1], place[3].id, place[2])))


def to_text(rules: Sequence[RulePlaces]) -> str:
    """One line a place, as compilers print it: ``path:line: text [rule]``."""
    return "".join(f"{path}:{line}: {text} [{rule.id}]\n" for path, line, text, rule in _iter_places(rules))


def to_json(rules: Sequence[RulePlaces]) -> str:
    """An array with one object a place."""
    rows = [
        {
            "path": path,
            "line": line,
            "rule": rule.id,
            "topic": rule.topic.value,
            "tool": rule.tool,
            "text": text,
        }
        for path, line, text, rule in _iter_places(rules)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def to_sarif(rules: Sequence[RulePlaces]) -> str:
    """A log of one run, with paths relative to the root of the repository."""
    run = {
        "tool": {
            "driver": {
                "name": "sphinx-repodoc",
                "version": sphinx_repodoc.__version__,
                "rules": [_sarif_rule(found.rule) for found in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"ROOT": {"description": {"text": "The root of the repository."}}},
        "results": [
            {
                "ruleId": rule.id,
                "level": _LEVELS[rule.topic],
                "message": {"text": text},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": quote(path), "uriBaseId": "ROOT"},
                            "region": {"startLine": line},
                        }
                    }
                ],
            }
            for path, line, text, rule in _iter_places(rules)
        ],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.topic]},
        "properties": {"tags": [rule.topic.value, rule.tool, *rule.references]},
    }
    if rule.why:
        described["fullDescription"] = {"text": " ".join(filter(None, (rule.why, rule.instead)))}
    if rule.url:
        described["helpUri"] = rule.url
    return described


FORMATS = {"text": to_text, "json": to_json, "sarif": to_sarif}
"""Name of a format to what writes it."""
