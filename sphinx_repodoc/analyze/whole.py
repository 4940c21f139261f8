"""Facts that need more than one file, computed once a build."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinx_repodoc.analyze.architecture import find_architecture
from sphinx_repodoc.analyze.attributes import apply_attributes
from sphinx_repodoc.analyze.book import make_book
from sphinx_repodoc.analyze.cargo import find_cargo_tests
from sphinx_repodoc.analyze.concepts import find_used_symbols
from sphinx_repodoc.analyze.context import make_context
from sphinx_repodoc.analyze.coupling import find_layers
from sphinx_repodoc.analyze.coverage import find_coverage
from sphinx_repodoc.analyze.declared_tests import find_declared_tests
from sphinx_repodoc.analyze.files import FileInputs, find_file_relations
from sphinx_repodoc.analyze.findings import Findings, add_own
from sphinx_repodoc.analyze.folders import FolderInputs, find_folders
from sphinx_repodoc.analyze.named import find_named
from sphinx_repodoc.analyze.ownership import find_ownership
from sphinx_repodoc.analyze.related import find_related
from sphinx_repodoc.analyze.roles import find_roles
from sphinx_repodoc.analyze.runners import find_runners
from sphinx_repodoc.analyze.tests_of import find_tests
from sphinx_repodoc.analyze.usage import Usage
from sphinx_repodoc.analyze.work import find_work

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sphinx_repodoc.analyze.model import Book, FileRelations, FolderRelations, History
    from sphinx_repodoc.analyze.work import WorkLists
    from sphinx_repodoc.core.coverage import Report
    from sphinx_repodoc.core.linked import Links
    from sphinx_repodoc.core.manifests import Manifests
    from sphinx_repodoc.core.model import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """What all analyses found in one repository."""

    files: Mapping[str, FileRelations]
    """By path, sorted."""
    folders: Mapping[str, FolderRelations]
    """By path, sorted; the root is the empty string."""
    book: Book
    work: WorkLists


def analyze(
    files: Sequence[File],
    links: Links,
    manifests: Manifests,
    history: Mapping[str, History],
    read: Callable[[str], str | None],
    *,
    findings: Findings | None = None,
    reports: Sequence[Report] = (),
) -> Analysis:
    """Find everything that the pages show beyond the text of single files.

    :param history: path to what git says of it; empty when git says nothing.
    :param read: gives the text of a file of the repository, or ``None``.
    :param findings: what analyzers found in single files.
    :param reports: of test coverage, that are not among the files.
    """
    context = make_context(files, links, manifests, history, read)
    found = add_own(findings or Findings(), context.files)
    cargo_tests = find_cargo_tests(context)
    roles = apply_attributes(context, find_roles(context, find_declared_tests(context, cargo_tests)))
    architecture = find_architecture(context)
    tests = find_tests(context, roles)
    runner = find_runners(context, cargo_tests)
    ownership = find_ownership(context)
    used = find_used_symbols(context)
    coverage = find_coverage(context, roles, reports)
    relations = find_file_relations(
        context,
        FileInputs(
            roles=roles,
            architecture=architecture,
            tests=tests,
            runnable=frozenset(tests.runnable),
            runner=runner,
            ownership=ownership,
            related=find_related(context, roles, tests),
            findings=found,
            coverage=coverage,
            usage=Usage(context, roles),
            named=find_named(context),
        ),
    )
    return Analysis(
        files=relations,
        folders=find_folders(
            context,
            FolderInputs(
                roles=roles,
                architecture=architecture,
                tests=tests,
                runner=runner,
                ownership=ownership,
                used=used,
                coverage=coverage,
                files=relations,
            ),
        ),
        book=replace(make_book(context, roles, used), layers=find_layers(context, architecture)),
        work=find_work(context, relations, coverage.reports),
    )
