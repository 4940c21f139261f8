"""C, C++ and CUDA against libclang, and Universal Ctags against it on the same files.

The compiler sees one configuration, the parser all of a file: what the preprocessor leaves out is counted apart, and so are
declarations whose names only a macro writes. Forward declarations of types are no definitions here. Files with an error
of the compiler, mostly for headers of other systems, are left out.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import sysconfig
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.accuracy.engine.corpora import DebianSource, Npm, PyPI, cache_folder
from benchmarks.accuracy.engine.edges import root_of
from benchmarks.accuracy.engine.protocol import (
    TIME_LIMIT,
    Apart,
    Fact,
    Reading,
    Row,
    Unavailable,
    definitions,
)
from benchmarks.accuracy.engine.tools import AUTHORITIES, output
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.cfamily import learn_macros
from sphinx_repodoc.core.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from benchmarks.accuracy.engine.protocol import Corpus
    from sphinx_repodoc.core.model import Facts

SUFFIXES = (".c", ".cc", ".cpp", ".cu", ".cuh", ".h", ".hpp")
CLASSES = frozenset({"class", "struct", "union"})
FUNCTIONS = frozenset({"constructor", "destructor", "function", "kernel", "method", "operator"})
_LEFT_OUT = "left out by the preprocessor"
_MADE = "named by a macro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """How the files of a corpus are compiled."""

    corpus: Corpus
    language: str
    root: str
    """Folder of the corpus; ``{root}`` in the options is its path."""
    options: str
    batch: int = 1
    umbrellas: str = ""

    def folder(self, files: Sequence[Path]) -> Path:
        return root_of(files, self.root)


@cache
def _resources() -> Path:
    """The headers that belong to a compiler: the wheel of libclang has none."""
    folders = sorted(
        [*Path("/usr/lib").glob("llvm-*/lib/clang/*/include"), *Path("/usr/lib/clang").glob("*/include")]
    )
    if not folders:
        raise Unavailable("Clang and its headers are not installed.")
    return folders[-1]


def _tool() -> str:
    try:
        from clang import cindex  # noqa: PLC0415
    except ImportError as error:
        raise Unavailable("libclang is not installed.") from error
    _resources()
    ask = cindex.conf.lib.clang_getClangVersion
    ask.restype, ask.errcheck = cindex._CXString, cindex._CXString.from_result  # noqa: SLF001
    return f"libclang {str(ask()).removeprefix('clang version ')}"


def read_files(project: Project, files: Sequence[Path]) -> Iterator[Reading]:
    """What libclang says of the files. As it takes minutes, it is kept."""
    root = project.folder(files)
    places = {"root": root, "python": sysconfig.get_path("include")}
    if project.language == "cuda":
        places["cuda"] = next(CUDA.fetch(cache_folder()).rglob("cuda_runtime.h")).parent
    options = project.options.format(**places).split()
    command = [
        sys.executable,
        str(AUTHORITIES / "libclang_facts.py"),
        *options,
        "-isystem",
        str(_resources()),
    ]
    sources = "".join(path.read_text("utf-8") for path in sorted(AUTHORITIES.glob("*clang*.py")))
    texts = (f"{path} {path.stat().st_mtime_ns}" for path in files)
    said = "\n".join([sources, _tool(), str(project), *command, *texts])
    kept = cache_folder() / "read" / f"{hashlib.sha256(said.encode()).hexdigest()[:16]}.jsonl"
    if not kept.exists():
        env = os.environ | {"BATCH": str(project.batch), "UMBRELLAS": project.umbrellas}
        printed = output(command, text="".join(f"{path}\n" for path in files), env=env)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_text(printed, "utf-8")
    for line in kept.read_text("utf-8").splitlines():
        found = json.loads(line)
        made = (Apart(_MADE, first, last, kind) for kind, first, last, _ in found["made"])
        blind = (Apart(_LEFT_OUT, first, last) for first, last in found["blind"])
        yield Reading(
            path=Path(found["path"]),
            facts=Counter(Fact(*fact) for fact in found["facts"]),
            error=found.get("error", ""),
            apart=(*blind, *made),
        )


def read_with_parser(project: Project, row: Row, files: Sequence[Path]) -> Iterator[Reading]:
    """As in a build: with the macros of all files of the repository."""
    macros = _macros(project.folder(files))
    for path in files:
        text = decode(path.read_bytes(), row.language).text
        found = parse_text(text, row.language, path=path.as_posix(), time_limit=TIME_LIMIT, macros=macros)
        yield Reading(path=path, facts=Counter(row.facts(found)), has_problems=bool(found.problems))


@cache
def _macros(root: Path) -> frozenset[str]:
    files = (path for path in root.rglob("*") if path.name.endswith(SUFFIXES) and path.is_file())
    return frozenset().union(*(learn_macros(decode(path.read_bytes(), "c").text) for path in files))


def facts_of(found: Facts) -> Iterator[Fact]:
    shown = replace(found, symbols=tuple(symbol for symbol in found.symbols if not symbol.local))
    for fact in definitions(shown):
        name, kind = fact.name, fact.kind
        if kind == "operator":
            scope, sign, written = name.rpartition("::operator")
            name = f"{scope}{sign or 'operator'}{''.join(written.removeprefix('operator').split())}"
        yield fact._replace(name=name, kind="function" if kind == "kernel" else kind)
    for item in found.imports:
        yield Fact("import", item.module, item.form, item.line)


CUDA = PyPI(
    package="nvidia-cuda-runtime-cu12",
    version="12.9.79",
    tag="py3-none-manylinux2014_x86_64.manylinux_2_17_x86_64",
    unpacked="*/include/*",
)
"""Its headers: without them a compiler knows none of the types of CUDA."""
PROJECTS = (
    Project(
        corpus=DebianSource(
            package="redis", version="7.0.15", include=("*/src/*", "*/deps/*"), exclude=("*/jemalloc/*",)
        ),
        language="c",
        root="redis-7.0.15",
        options="-x c -std=gnu11 -D_GNU_SOURCE -I{root}/src -I{root}/deps/hiredis -I{root}/deps/lua/src"
        " -I{root}/deps/linenoise -I{root}/deps/hdr_histogram",
    ),
    Project(
        corpus=DebianSource(
            package="python3.11",
            version="3.11.2",
            include=tuple(
                f"*/{folder}/*" for folder in ("Include", "Modules", "Objects", "Parser", "Python")
            ),
            exclude=(
                "*/_ctypes_test*",
                "*/Lib/*",
                "*/PC/*",
                "*/Tools/*",
                "*/dl_win*",
                "*/libmpdec/examples/*",
            ),
        ),
        language="c",
        root="Python-3.11.2",
        options="-x c -std=gnu11 -D_GNU_SOURCE -DPy_BUILD_CORE -I{root}/Include -I{root}/Include/internal"
        " -I{root}/Modules/expat -I{root}/Modules/_decimal/libmpdec -I{root}/Modules -I{root}/Modules/_sqlite"
        ' -I{root}/Python -I{root} -I{python} -DCONFIG_64=1 -DANSI=1 -DHAVE_UINT128_T=1 -DVERSION="3.11"'
        ' -DVPATH="" -DPREFIX="" -DEXEC_PREFIX="" -DPYTHONPATH="" -DPLATLIBDIR="lib" -DXML_POOR_ENTROPY=1',
    ),
    Project(
        corpus=DebianSource(package="curl", version="7.88.1", include=("*/lib/*", "*/src/*", "*/include/*")),
        language="c",
        root="curl-7.88.1",
        options="-x c -std=gnu11 -D_GNU_SOURCE -DBUILDING_LIBCURL -I{root}/include -I{root}/lib -I{root}/src"
        " -include stdbool.h -DHAVE_STDBOOL_H -DHAVE_BOOL_T -DHAVE_STRUCT_TIMEVAL -DHAVE_SYS_SOCKET_H -DHAVE_NETDB_H"
        " -DHAVE_ARPA_INET_H -DHAVE_NETINET_IN_H -DHAVE_UNISTD_H -DHAVE_RECV -DHAVE_SEND -DHAVE_LONGLONG"
        " -DHAVE_SYS_TYPES_H -DHAVE_FCNTL_H -DHAVE_SOCKET -DHAVE_SELECT -DHAVE_POLL_H -DHAVE_SIGNAL_H",
    ),
    Project(
        corpus=Npm(package="better-sqlite3", version="12.4.1", include=("*/sqlite3.c", "*/sqlite3.h")),
        language="c",
        root="deps/sqlite3",
        options="-x c -std=gnu11 -D_GNU_SOURCE -I{root}",
    ),
    Project(
        corpus=PyPI(package="pybind11", version="2.13.6", include=("*/include/*",)),
        language="cpp",
        root="pybind11/include",
        options="-x c++ -std=c++17 -I{root} -I{python}",
    ),
    Project(
        corpus=PyPI(
            package="grpcio", version="1.71.0", include=("*/abseil-cpp/*",), exclude=("*test*", "*benchmark*")
        ),
        language="cpp",
        root="abseil-cpp",
        options="-x c++ -std=c++17 -I{root}",
        batch=8,
    ),
    Project(
        corpus=PyPI(
            package="torch",
            version="2.9.1",
            tag="cp311-none-macosx_11_0_arm64",
            unpacked="torch/include/*",
            include=tuple(f"torch/include/{folder}/*" for folder in ("ATen", "c10", "caffe2", "torch")),
            exclude=(
                "*/ATen/ops/*",
                *(
                    f"*/{name}/*"
                    for name in ("cuda", "cudnn", "cutlass", "hip", "miopen", "metal", "mps", "xpu")
                ),
            ),
        ),
        language="cpp",
        root="torch/include",
        options="-x c++ -std=c++20 -I{root} -I{root}/torch/csrc/api/include -I{python}",
        batch=40,
        umbrellas="torch/csrc/api/include/torch/all.h torch/extension.h ATen/ATen.h",
    ),
    Project(
        corpus=PyPI(package="lightgbm", version="4.6.0", include=("*/src/*.cu", "*/include/LightGBM/cuda/*")),
        language="cuda",
        root="lightgbm-4.6.0",
        options="-x cuda --cuda-host-only -nocudainc -nocudalib -std=c++17 -DUSE_CUDA"
        " -D__global__=__attribute__((global)) -D__device__=__attribute__((device))"
        " -D__host__=__attribute__((host)) -D__shared__=__attribute__((shared))"
        " -D__constant__=__attribute__((constant)) -D__forceinline__=inline"
        " -I{root}/include -I{root}/external_libs/fmt/include -I{root}/external_libs/fast_double_parser/include"
        " -I{root}/external_libs/eigen -I{cuda} -include cuda_runtime.h",
    ),
)


def _named(found: Iterable[Fact]) -> Iterator[Fact]:
    """Classes, and functions of all kinds."""
    for fact in found:
        if fact.kind in CLASSES:
            yield fact._replace(type="class")
        elif fact.kind in FUNCTIONS:
            yield fact._replace(type="function", kind="function")


def _read_named(project: Project, files: Sequence[Path]) -> Iterator[Reading]:
    for reading in read_files(project, files):
        apart = (
            part._replace(kind="function") if part.kind in FUNCTIONS else part
            for part in reading.apart
            if part.kind in {"", *CLASSES, *FUNCTIONS}
        )
        yield replace(reading, facts=Counter(_named(reading.facts.elements())), apart=tuple(apart))


def read_with_ctags(_row: Row, files: Sequence[Path]) -> Iterator[Reading]:
    """What Universal Ctags lists of the same files."""
    command = ["ctags", "-L", "-", "-o", "-", "--output-format=json", "--fields=+nKZ", "--sort=no"]
    command += [
        "--languages=C,C++,CUDA",
        "--map-C++=+.h",
        "--kinds-C=sufpt",
        "--kinds-C++=csufpt",
        "--kinds-CUDA=csufpt",
    ]
    printed = output(command, text="".join(f"{path}\n" for path in files))
    facts: dict[str, Counter[Fact]] = {str(path): Counter() for path in files}
    for line in printed.splitlines():
        tag = json.loads(line)
        named = re.match(r"(class|struct|union):(?:.*::)?__anon\w+$", tag.get("typeref", ""))
        if tag["kind"] == "typedef" and not named:
            continue
        kind = named[1] if named else tag["kind"] if tag["kind"] in CLASSES else "function"
        scope = re.sub(r"__anon\w+(?:::)?", "", tag.get("scope", ""))
        name = "".join(tag["name"].split()) if tag["name"].startswith("operator") else tag["name"]
        if not name.startswith("__anon"):
            qualified = "::".join(filter(None, [scope.strip(":"), name]))
            word = "class" if kind in CLASSES else "function"
            facts[tag["path"]][Fact(word, qualified, kind, tag["line"])] += 1
    for path in files:
        yield Reading(path=path, facts=facts[str(path)])


def _ctags() -> str:
    return f"{_tool()}, read by {output(['ctags', '--version']).partition(',')[0]}"


def _rows(project: Project) -> Iterator[Row]:
    yield Row(
        language=project.language,
        suffixes=SUFFIXES,
        tool=_tool,
        corpora=(project.corpus,),
        authority=partial(read_files, project),
        facts=facts_of,
        read=partial(read_with_parser, project),
    )
    named = Row(
        language=project.language,
        suffixes=SUFFIXES,
        tool=lambda: f"{_tool()}, read by this parser",
        corpora=(project.corpus,),
        authority=partial(_read_named, project),
        facts=lambda found: _named(facts_of(found)),
        read=partial(read_with_parser, project),
        measures=("class", "function"),
    )
    yield named
    yield replace(named, tool=_ctags, read=read_with_ctags, is_peer=True)


ROWS = tuple(row for project in PROJECTS for row in _rows(project))
