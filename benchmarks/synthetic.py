"""Writes made-up repositories: the same files for the same number, on every machine.

Half of the files are Python modules in packages nested three deep that import
each other, a quarter are C headers and sources, the rest documents and data.
About 20 files share a folder and a file has about 40 lines, whatever the number
of files, so that only the number differs between two sizes.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

QUICK = 200
"""Files that show in seconds that a script works."""
PER_FOLDER = 20
_WIDTH = 8
"""Folders in a folder."""
_WORDS = (
    "account", "batch", "buffer", "cache", "channel", "client", "cluster", "column", "command", "config",
    "cursor", "device", "digest", "event", "filter", "frame", "graph", "handler", "header", "index",
    "layout", "ledger", "lexer", "message", "metric", "module", "node", "offset", "order", "packet",
    "parser", "policy", "probe", "query", "queue", "record", "region", "request", "resource", "result",
    "route", "sample", "schema", "session", "shard", "signal", "socket", "source", "stream", "table",
    "target", "task", "tensor", "token", "trace", "vector", "window", "worker",
)  # fmt: skip


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let the user name a repository or have one made up."""
    parser.add_argument("path", type=Path, nargs="?", help="the repository")
    parser.add_argument("--quick", action="store_true", help="a made-up repository")
    parser.add_argument("--files", type=int, default=QUICK, help="of the made-up repository")


def find_repository(parser: argparse.ArgumentParser, options: argparse.Namespace, folder: Path) -> Path:
    """The repository that was named, or one made up in a folder.

    :raises SystemExit: when neither was asked for.
    """
    if options.path:
        return Path(options.path).resolve()
    if not options.quick:
        parser.error("name a repository, or give --quick")
    write_repository(folder / "made-up", options.files)
    return folder / "made-up"


def write_repository(root: Path, files: int) -> Path:
    """Write a repository with this many files and commit it, where git is there.

    :return: a Python module in the middle, with a function whose body can be edited.
    """
    makers: tuple[Callable[[random.Random, list[str], int], str], ...]
    makers = (_module, _module, _header, _module, _document, _module, _source, _module, _header, _data)
    suffixes = (".py", ".py", ".h", ".py", ".md", ".py", ".c", ".py", ".h", ".json")
    modules: list[str] = []
    headers: list[str] = []
    for number in range(files - 1):
        folder = _folder(number // PER_FOLDER)
        chance = random.Random(number)  # noqa: S311 (the same numbers every time are what is wanted)
        place = number % len(makers)
        suffix = suffixes[place]
        name = "__init__" if number % PER_FOLDER == 0 else f"{_WORDS[number % len(_WORDS)]}_{number}"
        known = headers if suffix in {".h", ".c"} else modules
        _write(root / folder / f"{name}{suffix}", makers[place](chance, known[-400:], number))
        if suffix == ".py" and name != "__init__":
            modules.append(f"{folder}/{name}".replace("/", "."))
        elif suffix == ".h":
            headers.append(f"{folder}/{name}{suffix}")
    _write(root / "pyproject.toml", '[project]\nname = "made-up"\n\n[tool.pytest.ini_options]\n')
    _commit(root)
    return root / f"{modules[len(modules) // 2].replace('.', '/')}.py"


def write_docs(folder: Path, conf: str) -> Path:
    """Write ``docs`` below a folder; gives it."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "conf.py").write_text(conf, "utf-8")
    (docs / "index.rst").write_text("Made up\n=======\n\nNothing is here.\n", "utf-8")
    return docs


def write_documents(folder: Path, pages: int) -> Path:
    """Write this many documents of a title and a paragraph.

    :return: one in the middle.
    """
    paths = [folder / _folder(number // PER_FOLDER) / f"page_{number}.rst" for number in range(pages)]
    for number, path in enumerate(paths):
        title = f"Page {number}"
        _write(path, f":orphan:\n\n{title}\n{'=' * len(title)}\n\n{_sentence(random.Random(number))}\n")  # noqa: S311
    return paths[pages // 2]


def find_module(root: Path, pattern: re.Pattern[str] = re.compile("")) -> Path:
    """The Python module of median size among those that :func:`edit_body` can change and that have this pattern."""
    found = [
        path
        for path in sorted(root.rglob("*.py"))
        if not path.is_symlink()
        and "\n    return " in (text := path.read_text("utf-8", "replace"))
        and pattern.search(text)
    ]
    if not found:
        message = f"no module with a function in {root}"
        raise ValueError(message)
    return sorted(found, key=lambda path: (path.stat().st_size, path))[len(found) // 2]


def edit_body(path: Path, statement: str = "pass") -> None:
    """Insert a line into the first function of a module, so that all lines below it move."""
    lines = path.read_text("utf-8").splitlines(keepends=True)
    for number, line in enumerate(lines):
        indent = line[: len(line) - len(line.lstrip())]
        if indent and line.strip().startswith("return"):
            lines.insert(number, f"{indent}{statement}\n")
            path.write_text("".join(lines), "utf-8")
            return
    message = f"no function that returns in {path}"
    raise ValueError(message)


def edit_document(path: Path) -> None:
    path.write_text(path.read_text("utf-8") + "\nMore.\n", "utf-8")


def _folder(number: int) -> str:
    """Folders in the shape of a tree: each holds up to eight others."""
    names = []
    while number:
        number, place = divmod(number - 1, _WIDTH)
        names.append(f"{_WORDS[place * 7 % len(_WORDS)]}{place}")
    return "/".join(["made", *reversed(names)])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _commit(root: Path) -> None:
    identity = {
        f"GIT_{who}_{what}": "made@example.org"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    dates = {f"GIT_{who}_DATE": "2024-01-01T00:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Make it up"]):
        try:
            subprocess.run(
                ["git", *arguments], cwd=root, env={**os.environ, **identity, **dates, **apart}, check=True
            )
        except FileNotFoundError:
            return  # without history, then


def _sentence(chance: random.Random) -> str:
    return f"The {' '.join(chance.choices(_WORDS, k=12))}."


def _module(chance: random.Random, modules: list[str], number: int) -> str:
    used = sorted(chance.sample(modules, min(3, len(modules))))
    first, second = chance.sample(_WORDS, 2)
    lines = [f'"""{_sentence(chance)}"""', "", "import os", "from pathlib import Path", ""]
    lines += [f"from {name} import make_{name.rpartition('_')[2]}" for name in used]
    lines += [
        "", "", f"class {first.title()}{number}:", f'    """{_sentence(chance)}"""', "",
        f"    def __init__(self, {second}: int, path: Path) -> None:", f"        self.{second} = {second}",
        "        self.path = path", "", f"    def read_{first}(self, limit: int = 10) -> str:",
        f'        """{_sentence(chance)}"""', f"        if self.{second} > limit:",
        "            # TODO: say which one", f'            raise ValueError("too many {second}s")',
        "        return self.path.read_text()[:limit]", "",
        f"    def count_{second}(self) -> int:", f"        return self.{second} + len(os.sep)", "", "",
        f"def make_{number}({second}: int) -> {first.title()}{number}:", f'    """{_sentence(chance)}"""',
        *[f"    other = make_{name.rpartition('_')[2]}({second})" for name in used[:1]],
        f'    return {first.title()}{number}({second}, Path("{first}"))',
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _header(chance: random.Random, headers: list[str], number: int) -> str:
    used = chance.sample(headers, min(2, len(headers)))
    first, second = chance.sample(_WORDS, 2)
    lines = [
        f"/* {_sentence(chance)} */",
        f"#ifndef {first.upper()}_{number}_H",
        f"#define {first.upper()}_{number}_H",
        "",
    ]
    lines += ["#include <stddef.h>", *[f'#include "{path}"' for path in used], ""]
    lines += [
        f"#define {second.upper()}_{number}_MAX {chance.randrange(1000)}",
        "",
        f"struct {first}_{number} {{",
    ]
    lines += [f"    int {word};" for word in chance.sample(_WORDS, 6)]
    lines += [
        "};",
        "",
        f"enum {second}_{number} {{ {first.upper()}_{number}_ON, {first.upper()}_{number}_OFF }};",
        "",
    ]
    for word in chance.sample(_WORDS, 6):
        lines += [
            f"/* {_sentence(chance)} */",
            f"int {word}_{number}(struct {first}_{number} *self, size_t length);",
        ]
    return "\n".join([*lines, "", "#endif"]) + "\n"


def _source(chance: random.Random, headers: list[str], number: int) -> str:
    used = chance.sample(headers, min(3, len(headers)))
    lines = [f"/* {_sentence(chance)} */", "#include <stdio.h>", *[f'#include "{path}"' for path in used], ""]
    for word in chance.sample(_WORDS, 4):
        lines += [
            f"/* {_sentence(chance)} */", f"static int {word}_{number}(int value)", "{", "    int total = 0;",
            "    for (int i = 0; i < value; i++) {", "        total += i;", "    }", "    return total;", "}", "",
        ]  # fmt: skip
    return "\n".join(lines)


def _document(chance: random.Random, modules: list[str], number: int) -> str:
    lines = [f"# Notes {number}", ""]
    for name in chance.sample(modules, min(3, len(modules))):
        lines += [f"## {_sentence(chance)[:-1]}", "", f"See `{name.replace('.', '/')}.py`.", ""]
    for _ in range(5):
        lines += [_sentence(chance), _sentence(chance), ""]
    return "\n".join(lines)


def _data(chance: random.Random, _known: list[str], number: int) -> str:
    rows = ",\n".join(f'  "{word}_{number}": {chance.randrange(1000)}' for word in chance.sample(_WORDS, 36))
    return f"{{\n{rows}\n}}\n"
