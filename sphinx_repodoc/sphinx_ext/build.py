"""What happens when, in one build: each function here answers one event of Sphinx.

``builder-inited``      facts are brought up to date, pages become known
``env-get-outdated``    pages whose digest changed are out of date
``env-before-read-docs``  our pages are held back from the parallel reader
``env-updated``         and read now, in this process; pages to write again are named
``build-finished``      what was written is noted down
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging
from sphinx.util.display import status_iterator

from sphinx_repodoc.analyze.analyzers import load_analyzers
from sphinx_repodoc.analyze.repository import RepositoryOptions, update_repository
from sphinx_repodoc.core.codec import DamagedError
from sphinx_repodoc.core.names import PageKind
from sphinx_repodoc.core.scan import ScanOptions
from sphinx_repodoc.core.store import Store, companions, is_damage, remove_store, roll_back
from sphinx_repodoc.pages.bounds import check_readme
from sphinx_repodoc.sphinx_ext.by_name import enter_pages, forget_pages
from sphinx_repodoc.sphinx_ext.collector import set_aside, take_back
from sphinx_repodoc.sphinx_ext.contents import pages_in_toctrees, share_contents, without_contents
from sphinx_repodoc.sphinx_ext.failures import store_path, told
from sphinx_repodoc.sphinx_ext.healing import damaged_doctrees, drop_if_damaged, left_over, make_room, seal
from sphinx_repodoc.sphinx_ext.locate import find_address, find_root
from sphinx_repodoc.sphinx_ext.mentions import find_mentions, outdated_mentions
from sphinx_repodoc.sphinx_ext.project import RepoProject, make_stub
from sphinx_repodoc.sphinx_ext.report import WarningKind, report_update, warn, warn_problem
from sphinx_repodoc.sphinx_ext.repository import Repository
from sphinx_repodoc.sphinx_ext.seal import clear_place
from sphinx_repodoc.sphinx_ext.shards import find_shard
from sphinx_repodoc.sphinx_ext.toctree import warn_of_large_toctrees
from sphinx_repodoc.sphinx_ext.uses import outdated_users
from sphinx_repodoc.sphinx_ext.written import (
    WrittenPages,
    delete_document,
    delete_output,
    drop_damaged_outputs,
    find_suffixes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinx_repodoc.analyze.analyzers import Analyzer
    from sphinx_repodoc.analyze.repository import Update

    _StartStage = Callable[[str, int], Callable[[int], None]]

logger = logging.getLogger(__name__)


def on_builder_inited(app: Sphinx) -> None:
    """Bring the facts up to date and announce a page for each file and folder."""
    root = find_root(app.config, Path(app.confdir))
    if not root.is_dir():
        warn(WarningKind.ROOT, f"repodoc_root is not a folder: {root}")
        return
    set_aside()
    store = store_path(app)
    with told(app, "the facts of the repository cannot be stored"):
        lost = drop_damaged_outputs(app)
        update = _update_facts(app, root, store)
        repository = Repository(
            root, store, app.config.repodoc_prefix, find_address(app.config, root), find_suffixes(app)
        )
        shard = find_shard(app.config, app.builder.name, repository.names.folders)
        stub = make_stub(Path(app.doctreedir))
        # in a real toctree every page is listed, and the other makes labels of the titles of all that is read
        read_all = app.config.repodoc_toctree or "sphinx.ext.autosectionlabel" in app.extensions
        project = RepoProject(app.project, repository, stub, shard, read_all=read_all)
        project.known_by_name = forget_pages(app, project)
        project.has_lost_outputs = lost
    project.former = frozenset(name for name, known in app.env.metadata.items() if "repodoc" in known)
    app.project = app.env.project = project
    report_update(update, repository.docname(PageKind.FOLDER) or "")
    if app.config.repodoc_warn_problems:
        _warn_problems(repository)


def _update_facts(app: Sphinx, root: Path, path: Path) -> Update:
    """Bring the store up to date; one that turns out to be damaged is made anew."""
    options, progress = _options(app, root), _progress(app)
    journal, *unused = companions(path)
    clear_place(journal)
    for each in unused:
        clear_place(each)
        each.unlink(missing_ok=True)  # SQLite would read them
    roll_back(path)
    if drop_if_damaged(app, path):
        remove_store(path)
    update = _update_store(path, options, progress)
    seal(app, path)
    return update


def _update_store(path: Path, options: RepositoryOptions, progress: _StartStage) -> Update:
    try:
        with closing(Store.open_to_write(path)) as store:
            return update_repository(store, options, progress)
    except (sqlite3.Error, DamagedError) as error:
        if not is_damage(error):
            raise
        logger.info("the facts in %s are damaged (%s) and are made anew", path, error)
        remove_store(path)
        with closing(Store.open_to_write(path)) as store:
            return update_repository(store, options, progress)


def _options(app: Sphinx, root: Path) -> RepositoryOptions:
    config = app.config
    return RepositoryOptions(
        root=root,
        scan=ScanOptions(
            include=tuple(config.repodoc_include),
            exclude=tuple(config.repodoc_exclude),
            max_size=config.repodoc_max_size,
            outputs=(Path(app.outdir).resolve(), Path(app.doctreedir).resolve()),
        ),
        time_limit=float(config.repodoc_time_limit),
        history=config.repodoc_history,
        show_authors=config.repodoc_show_authors,
        workers=max(1, app.parallel),
        analyzers=_analyzers(app),
        check=check_readme,
        coverage=tuple(config.repodoc_coverage),
    )


def _analyzers(app: Sphinx) -> tuple[Analyzer, ...]:
    analyzers, wrong = load_analyzers(app.config.repodoc_analyzers)
    for message in wrong:
        warn(WarningKind.ANALYZER, message)
    return tuple(analyzers)


def _progress(app: Sphinx) -> _StartStage:
    """Show a stage as Sphinx shows its own."""

    def start(stage: str, total: int) -> Callable[[int], None]:
        steps = status_iterator(range(total), f"{stage} files... ", "purple", total, app.verbosity)

        def advance(count: int) -> None:
            for _ in range(count):
                next(steps, None)

        return advance

    return start


def _warn_problems(repository: Repository) -> None:
    for path in repository.all_files():
        for problem in (*repository.store.file(path).problems, *repository.file_relations(path).unchecked):
            warn_problem(path, str(repository.root / path), problem)


def on_env_get_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], _changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Pages that show other facts than when they were read, and documents that use such pages."""
    project = app.project
    if not isinstance(project, RepoProject):
        return ()
    for docname in removed:
        if "repodoc" in env.metadata.get(docname, {}):
            Path(app.doctreedir, f"{docname}.doctree").unlink(missing_ok=True)
            delete_output(app.builder, docname)
    pages = project.repository.pages
    for docname in left_over(app) - pages.keys() - env.found_docs:
        delete_document(app.builder, docname)
    outdated = {
        docname
        for docname, page in pages.items()
        if docname not in added
        and project.is_read(docname)
        and env.metadata.get(docname, {}).get("repodoc") != page.digest
    }
    if project.known_by_name != {docname for docname in project.by_name if project.is_page(docname)}:
        outdated |= env.glob_toctrees  # as Sphinx does when it sees documents come and go
    return outdated | outdated_users(env, project.repository) | damaged_doctrees(app, env, removed)


def on_env_before_read_docs(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Hold our pages back: the parallel reader ships the whole environment with each chunk.

    What the environment has of them goes now, as of all documents when Sphinx reads in parallel: at each such event
    some extensions drop what they have not yet found a use for, of documents that were read before.
    """
    project = app.project
    if isinstance(project, RepoProject):
        project.docnames |= project.by_name
        with told(app, "documents cannot be read"):
            make_room(app, docnames)
        project.late = [docname for docname in docnames if project.is_page(docname)]
        docnames[:] = [docname for docname in docnames if not project.is_page(docname)]
        _forget(app, env, project.late)


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Read the pages held back; return those that this builder must write."""
    project = app.project
    if not isinstance(project, RepoProject):
        return ()
    project.mentions = find_mentions(env, project.repository)
    outdated = outdated_mentions(env, project.repository, project.mentions)
    mine = (docname for docname in outdated if project.is_page(docname) and project.is_written(docname))
    late = sorted({*project.late, *mine, *_listed(env, project)})
    _forget(app, env, set(late) - set(project.late))
    project.late = []
    with told(app, "pages of the repository cannot be read"):
        make_room(app, late)
        _read_late(app, late)
        warn_of_large_toctrees(env, project)
        enter_pages(env, project)
        share_contents(env, project)
        if late:
            set_aside(collect=True)  # before writers are forked
        project.written = WrittenPages.load(app)
        for docname in project.written.pages.keys() - project.repository.pages.keys() - env.all_docs.keys():
            delete_output(app.builder, docname)
        gone = project.written.documents.keys() - env.all_docs.keys()
        for docname in gone:
            delete_document(app.builder, docname)
        # a build of another shard may have left its pages here; and its index, which is made anew when something is written
        others = [delete_output(app.builder, name) for name in env.all_docs if not project.is_written(name)]
    # older versions of Sphinx make nothing anew when there is nothing to write
    again = [app.config.root_doc] if gone or any(others) or project.has_lost_outputs else []
    outdated_outputs = {*project.written.outdated(env, project), *_missing_outputs(app.builder, project)}
    return [*again, *late, *(outdated_outputs - set(late))]


def _missing_outputs(builder: Builder, project: RepoProject) -> Iterator[str]:
    """Our pages that the builder finds missing or older than its templates.

    Sphinx asks it before it discovers documents, when none of our pages is among them.
    """
    answer = builder.get_outdated_docs()  # a text from builders that write all documents into one file
    for docname in () if isinstance(answer, str) else answer:
        if project.is_page(docname) and project.is_written(docname):
            yield docname


def _listed(env: BuildEnvironment, project: RepoProject) -> set[str]:
    """Pages in toctrees of the user of which less is known: Sphinx asks for their contents, and opens them for numbers."""
    listed = pages_in_toctrees(env, project)
    by_name = listed & project.by_name
    project.by_name -= by_name
    return by_name | without_contents(env, listed)


def _read_late(app: Sphinx, docnames: Sequence[str]) -> None:
    if not docnames:
        return  # an empty progress display would say that something is read
    message = "reading repository pages... "
    for docname in status_iterator(docnames, message, "purple", len(docnames), app.verbosity):
        app.builder.read_doc(docname, _cache=False)


def _forget(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    for docname in docnames:
        app.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)


def on_doctree_resolved(app: Sphinx, _doctree: nodes.document, docname: str) -> None:
    """Note what is about to be written, whoever writes it."""
    if isinstance(app.project, RepoProject):
        app.project.resolved.add(docname)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Note what was written, so that a build that is cut short is made good by the next."""
    take_back()
    project = app.project
    if not isinstance(project, RepoProject):
        return
    project.write_failures.stop()
    if exception is not None or project.write_failures.happened:
        return
    written = project.written.renewed(app, project)
    if written != project.written:
        with told(app, "the build cannot note what it wrote"):
            written.save(app)
