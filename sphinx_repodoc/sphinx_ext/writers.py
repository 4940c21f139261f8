"""Writes our pages in processes that live as long as the phase.

Sphinx forks a writer for every few hundred documents and hands it doctrees that its own process
has resolved. For that it counts as one of ``-j``, so that ``-j 2`` has one writer; each begins
with cold caches and copies the memory that it touches; and all doctrees wait in memory for their
turn. Our pages have next to nothing to resolve and their writers almost everything to do: with
Sphinx's writers ``-j 2`` takes longer than ``-j 1``.
"""

from __future__ import annotations

import inspect
import multiprocessing
import os
import threading
import time
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError
from sphinx.util import logging
from sphinx.util.build_phase import BuildPhase
from sphinx.util.display import status_iterator

from sphinx_repodoc.sphinx_ext.failures import told
from sphinx_repodoc.sphinx_ext.project import RepoProject

if TYPE_CHECKING:
    import logging as standard_logging
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

    _Records = list[standard_logging.LogRecord]

logger = logging.getLogger(__name__)

_MOST, _TASKS = 100, 8
"""Pages in a task, at most and with so many tasks for each writer: towards the end none waits long for another."""
_LOOK = 0.5
"""Seconds between two looks of a writer at whether the build is still there."""
_WITH_TAGS = "tags" in inspect.signature(BuildEnvironment.get_and_resolve_doctree).parameters
"""New in Sphinx 9, which warns when they are not given."""
_inherited: list[Builder] = []
"""In a writer, what it got when it was forked: it could not be sent."""


def on_write_started(app: Sphinx, builder: Builder) -> None:
    """Let our pages be written by as many processes as ``-j`` says, after the documents of the user.

    What another shard writes is left to it.
    """
    project = app.project
    if not isinstance(project, RepoProject):
        return
    project.write_failures.listen()
    # where all versions of Sphinx decide how to write
    write_others, write_all = builder._write_parallel, builder._write_serial  # noqa: SLF001

    def write_serial(docnames: Sequence[str]) -> None:
        docnames = [docname for docname in docnames if project.is_written(docname)]
        with told(app, "pages cannot be written"):
            _begin(app, project, docnames)
            write_all(docnames)
        app.emit("repodoc-pages-written", builder)

    def write_parallel(docnames: Sequence[str], nproc: int) -> None:
        docnames = [docname for docname in docnames if project.is_written(docname)]
        others = [docname for docname in docnames if not project.is_page(docname)]
        with told(app, "pages cannot be written"):
            _begin(app, project, docnames)
            if others:
                write_others(others, nproc)
            _write_pages(app, builder, [docname for docname in docnames if project.is_page(docname)])
        app.emit("repodoc-pages-written", builder)

    builder._write_parallel = write_parallel  # type: ignore[method-assign] # noqa: SLF001
    builder._write_serial = write_serial  # type: ignore[method-assign] # noqa: SLF001


def _begin(app: Sphinx, project: RepoProject, docnames: Sequence[str]) -> None:
    """Before anything is written, take it out of the record of what is."""
    if docnames:
        project.written = project.written.without(docnames, project)
        project.written.save(app)


def _write_pages(app: Sphinx, builder: Builder, docnames: Sequence[str]) -> None:
    """Write pages; meanwhile do here what Sphinx keeps together in one process: the search index."""
    if not docnames:
        return
    first, *rest = docnames
    doctree = _serialize(builder, first)
    builder.phase = BuildPhase.WRITING
    builder.write_doc(first, doctree)  # fills caches before the writers are forked
    builder.phase = BuildPhase.RESOLVING
    size = min(_MOST, -(-len(rest) // (app.parallel * _TASKS))) or 1
    tasks = [rest[start : start + size] for start in range(0, len(rest), size)]
    progress = status_iterator(tasks, "writing repository pages... ", "darkgreen", len(tasks), app.verbosity)
    with _forked(builder, app.parallel) as pool:
        waiting = {pool.submit(_write_task, task) for task in tasks}
        for task in tasks:
            for docname in task:
                _serialize(builder, docname)
            waiting = _finish(waiting, progress, timeout=0)
        while waiting:
            waiting = _finish(waiting, progress)
    next(progress, None)  # ends its line


@contextmanager
def _forked(builder: Builder, writers: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(writers, context, initializer=_start_writer, initargs=(builder, os.getpid()))
    try:
        yield pool
    except BrokenProcessPool as error:
        message = "a process that writes pages was ended from outside, for example for lack of memory"
        raise SphinxError(message) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _start_writer(builder: Builder, parent: int) -> None:
    """Keep what was inherited; end with the build, even one that is killed and can tell nobody."""
    _inherited.append(builder)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _finish(
    waiting: set[Future[_Records]], progress: Iterator[object], timeout: float | None = None
) -> set[Future[_Records]]:
    """Take what is done; gives what is not."""
    done, waiting = wait(waiting, timeout, FIRST_COMPLETED)
    for future in done:
        for record in future.result():
            logger.handle(record)
        next(progress)
    return waiting


def _write_task(docnames: Sequence[str]) -> _Records:
    """Write some pages; gives what there was to say, in the form in which Sphinx sends it between processes."""
    (builder,) = _inherited
    collector = logging.LogCollector()
    with collector.collect():
        for docname in docnames:
            with logging.suppress_logging():  # the main process resolves it too, and says what is wrong
                builder.phase = BuildPhase.RESOLVING
                doctree = _resolve(builder, docname)
            builder.phase = BuildPhase.WRITING
            builder.write_doc(docname, doctree)
    logging.convert_serializable(collector.logs)
    return collector.logs


def _serialize(builder: Builder, docname: str) -> nodes.document:
    """What of writing a document has to be done in the main process."""
    doctree = _resolve(builder, docname)
    builder.write_doc_serialized(docname, doctree)
    return doctree


def _resolve(builder: Builder, docname: str) -> nodes.document:
    tags: dict[str, Any] = {"tags": builder.tags} if _WITH_TAGS else {}
    return builder.env.get_and_resolve_doctree(docname, builder, **tags)
