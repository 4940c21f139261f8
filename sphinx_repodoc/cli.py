"""The command line: facts of a repository, and its documentation without a conf.py."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import sphinx_repodoc
from sphinx_repodoc import checks
from sphinx_repodoc.analyze.analyzers import load_analyzers
from sphinx_repodoc.analyze.export import iter_facts
from sphinx_repodoc.analyze.findings import iter_unchecked
from sphinx_repodoc.analyze.report import FORMATS
from sphinx_repodoc.analyze.repository import RepositoryOptions, update_repository
from sphinx_repodoc.analyze.work import TopicFindings
from sphinx_repodoc.core import codec
from sphinx_repodoc.core.findings import Topic
from sphinx_repodoc.core.problems import RepodocError
from sphinx_repodoc.core.process import safe_python
from sphinx_repodoc.core.scan import ScanOptions
from sphinx_repodoc.core.store import Store
from sphinx_repodoc.merge.site import MergeError, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sphinx_repodoc.analyze.analyzers import Analyzer
    from sphinx_repodoc.analyze.repository import Update

_INDEX = """\
{title}
{line}

Every file, folder and name of this repository, and how they hang together.

.. toctree::
   :maxdepth: 1
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options, rest = _parser().parse_known_args(arguments)
    if rest and options.command not in {"build", "serve"}:
        _parser().error(f"unrecognized arguments: {' '.join(rest)}")
    if options.command == "merge":
        return _merge(options)
    root = Path(options.path)
    if not root.is_dir():
        sys.stderr.write(f"sphinx-repodoc: not a folder: {root}\n")
        return 2
    try:
        run: dict[str, Callable[[Path, argparse.Namespace], int]] = {
            "facts": _facts,
            "check": _check,
            "build": partial(_build, rest=rest),
            "serve": partial(_serve, rest=rest),
        }
        return run[options.command](root.resolve(), options)
    except RepodocError as error:
        sys.stderr.write(f"sphinx-repodoc: {error}\n")
        return 2
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="sphinx-repodoc", description=__doc__)
    parser.add_argument("--version", action="version", version=f"%(prog)s {sphinx_repodoc.__version__}")
    commands = parser.add_subparsers(dest="command", required=True)
    facts = commands.add_parser("facts", help="print the facts of every file as JSON Lines")
    build = commands.add_parser(
        "build",
        help="build the documentation of a folder that needs no conf.py",
        epilog="Other options, such as -W, -n, -q or -D name=value, are passed on to sphinx-build.",
    )
    serve = commands.add_parser(
        "serve",
        help="build the documentation, show it in a browser, and build again what changes",
        epilog="Other options, such as -n or -D name=value, are passed on to sphinx-build.",
    )
    check = commands.add_parser(
        "check",
        help="print what rules find in the files",
        epilog="The exit status is 1 when something was found and 2 when an analyzer failed, be it on one file.",
    )
    check.add_argument("--format", choices=tuple(FORMATS), default="text", help="default: text")
    check.add_argument(
        "--topic",
        action="append",
        choices=[topic.value for topic in Topic],
        help="only rules of this topic; may be repeated (default: all but pattern)",
    )
    join = commands.add_parser(
        "merge",
        help="join the outputs of all shards into one site",
        epilog="The exit status is 1 when they do not belong together, or links between them lead nowhere.",
    )
    join.add_argument("out", metavar="OUT", type=Path, help="folder of the site; new or empty")
    join.add_argument(
        "shards", metavar="SHARD", type=Path, nargs="+", help="output of sphinx-build with repodoc_shard"
    )
    for command in (facts, build, serve, check):
        command.add_argument("path", metavar="PATH", help="the repository")
        command.add_argument(
            "--include", action="append", default=[], metavar="PATTERN", help="only such files"
        )
        command.add_argument(
            "--exclude", action="append", default=[], metavar="PATTERN", help="no such files"
        )
    for command in (facts, build, serve, check, join):
        command.add_argument(
            "-j", "--jobs", default="auto", type=checks.jobs, help="processes to use (default: one a core)"
        )
    for command in (build, serve):
        command.add_argument(
            "-o", "--output", type=Path, metavar="OUT", help="output folder (default: ./NAME-docs)"
        )
        command.add_argument("-b", "--builder", default="html", help="builder of Sphinx (default: html)")
        command.add_argument("--theme", default="alabaster", help="HTML theme (default: alabaster)")
    serve.add_argument("--docs", type=Path, metavar="DIR", help="build this folder, which has a conf.py")
    serve.add_argument("--host", default="127.0.0.1", help="name to serve on (default: 127.0.0.1)")
    serve.add_argument(
        "--port", type=checks.port, default=8000, help="port to serve on; 0 for a free one (default: 8000)"
    )
    serve.add_argument("--open-browser", action="store_true", help="show the front page in the browser")
    return parser


def _facts(root: Path, options: argparse.Namespace) -> int:
    with _updated_store(root, options) as (store, _):
        for facts in iter_facts(store):
            sys.stdout.write(json.dumps(facts, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    return 0


def _check(root: Path, options: argparse.Namespace) -> int:
    analyzers, wrong = load_analyzers()
    topics = options.topic or [topic.value for topic in Topic if topic is not Topic.PATTERN]
    with _updated_store(root, options, tuple(analyzers)) as (store, update):
        texts = store.relations("work")
        unchecked = [*iter_unchecked(store, [each.name for each in analyzers])]
    found = [codec.loads(TopicFindings, texts[topic]) for topic in topics if topic in texts]
    rules = [rule for each in found for rule in each.rules]
    sys.stdout.write(FORMATS[options.format](rules))
    sys.stdout.flush()
    failures = [*wrong, *update.failures(), *(f"{path}: {problem.message}" for path, problem in unchecked)]
    for message in failures:
        sys.stderr.write(f"sphinx-repodoc: {message}\n")
    return 2 if failures else int(bool(rules))


def _merge(options: argparse.Namespace) -> int:
    try:
        with safe_python():
            merged = merge(options.out, options.shards, _workers(options))
    except MergeError as error:
        faults = str(error).splitlines()
    else:
        faults = [*merged.dead_links]
        for path in merged.different:
            sys.stderr.write(
                f"sphinx-repodoc: warning: {path} differs between shards; that of the main one is taken\n"
            )
    for message in faults:
        sys.stderr.write(f"sphinx-repodoc: {message}\n")
    return int(bool(faults))


@contextmanager
def _updated_store(
    root: Path, options: argparse.Namespace, analyzers: tuple[Analyzer, ...] = ()
) -> Iterator[tuple[Store, Update]]:
    """A store of the repository as it is now, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="sphinx-repodoc-") as folder:
        store = Store.open_to_write(Path(folder, "facts.sqlite"))
        scan = ScanOptions(include=tuple(options.include), exclude=tuple(options.exclude))
        how = RepositoryOptions(
            root=root, scan=scan, history=False, workers=_workers(options), analyzers=analyzers
        )
        update = update_repository(store, how)
        if update.without_git:
            sys.stderr.write(f"sphinx-repodoc: git is not used: {update.without_git}\n")
        yield store, update
        store.close()


def _workers(options: argparse.Namespace) -> int:
    return (os.cpu_count() or 1) if options.jobs == "auto" else int(options.jobs)


def _build(root: Path, options: argparse.Namespace, rest: Sequence[str]) -> int:
    from sphinx.cmd.build import main as sphinx_build  # noqa: PLC0415 (facts need no Sphinx)

    output = _output(root, options)
    if not _names_extensions(rest):
        checks.check_builder(options.builder, options.theme)
    status = sphinx_build(_without_conf(root, output, options, rest))
    front = output / "index.html"
    if status == 0 and front.exists():
        sys.stdout.write(f"The documentation is {front}\n")
    return int(status)


def _serve(root: Path, options: argparse.Namespace, rest: Sequence[str]) -> int:
    try:
        from sphinx_repodoc.live.server import serve  # noqa: PLC0415 (facts need neither Sphinx nor a server)
    except ModuleNotFoundError as error:
        if error.name in {"sphinx", "docutils"} or str(error.name).startswith("sphinx_repodoc"):
            raise
        sys.stderr.write(
            f"sphinx-repodoc: serve needs sphinx-autobuild ({error}): pip install sphinx-autobuild\n"
        )
        return 2
    checks.check_address(options.host, options.port)
    output = _output(root, options)
    folders = [root]
    if options.docs:
        docs = options.docs.resolve()
        if not (docs / "conf.py").is_file():
            sys.stderr.write(f"sphinx-repodoc: there is no conf.py in {docs}\n")
            return 2
        arguments = [*_common(output, options), *rest, str(docs), str(output)]
        folders += [] if docs.is_relative_to(root) else [docs]
    else:
        if not _names_extensions(rest):
            checks.check_builder(options.builder, options.theme)
        arguments = _without_conf(root, output, options, rest)
    return serve(
        arguments, folders, [output], host=options.host, port=options.port, browser=options.open_browser
    )


def _names_extensions(rest: Sequence[str]) -> bool:
    """Whether options of Sphinx load extensions, which may bring builders and themes with them."""
    return any("extensions=" in argument for argument in rest)


def _output(root: Path, options: argparse.Namespace) -> Path:
    return checks.prepare_output(root, Path(options.output or f"{root.name or 'repository'}-docs"))


def _without_conf(root: Path, output: Path, options: argparse.Namespace, rest: Sequence[str]) -> list[str]:
    """Arguments of ``sphinx-build`` for a repository without a conf.py, whose root document we write."""
    name = root.name or "repository"
    source = output / ".repodoc-source"
    _write_if_changed(source / "index.rst", _INDEX.format(title=name, line="=" * (2 * len(name))))
    return [
        "-C", "-D", "extensions=sphinx_repodoc", "-D", f"project={name}", "-D", f"html_theme={options.theme}",
        "-D", f"html_title={name}", "-D", f"repodoc_root={root}",
        *_of_a_book(name, options), *_common(output, options), *rest, str(source), str(output),
    ]  # fmt: skip


def _of_a_book(name: str, options: argparse.Namespace) -> list[str]:
    """What every book has to say of itself."""
    return ["-D", f"copyright=the authors of {name}", "-D", "version=0"] if options.builder == "epub" else []


def _common(output: Path, options: argparse.Namespace) -> list[str]:
    return [
        "-b", options.builder, "-j", str(options.jobs), "-d", str(output / ".doctrees"),
        *_patterns("include", options.include), *_patterns("exclude", options.exclude),
    ]  # fmt: skip


def _patterns(name: str, patterns: Sequence[str]) -> list[str]:
    return ["-D", f"repodoc_{name}={','.join(patterns)}"] if patterns else []


def _write_if_changed(path: Path, text: str) -> None:
    """Sphinx reads again what was written again."""
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    sys.exit(main())
