"""C, C++, CUDA and Objective-C includes to files.

The include path is not in the source, so it is learned from it: an include that
can only mean one file says which folder it is relative to, and that is a vote
for the folder, counted for every folder above the including file. An include
that could mean several files means the one with most votes, counted as near as
there are any. A tie stays unresolved: no link is better than a wrong one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.languages import C_FAMILY
from sphinx_repodoc.core.link.index import (
    STANDARD,
    UNKNOWN,
    Found,
    ancestors,
    folder_of,
    read_requirements,
    resolve,
    under,
)
from sphinx_repodoc.core.link.swift import STANDARD_MODULES
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Requirements
    from sphinx_repodoc.core.model import File, Import

TEMPLATE = ".in"
"""Ending of what a header is made of when the project is configured."""
_BESIDE = ("", "include", "inc", "src")
"""Folders beside or above a file that builds put on the include path."""

# ISO/IEC 9899:2024, 7.1.2
_C = """
    assert.h complex.h ctype.h errno.h fenv.h float.h inttypes.h iso646.h limits.h locale.h math.h
    setjmp.h signal.h stdalign.h stdarg.h stdatomic.h stdbit.h stdbool.h stdckdint.h stddef.h stdint.h
    stdio.h stdlib.h stdnoreturn.h string.h tgmath.h threads.h time.h uchar.h wchar.h wctype.h
"""
# ISO/IEC 14882:2023, tables 24 and 25, with those that were removed and those that are drafted
_CPP = """
    algorithm any array atomic barrier bit bitset cassert ccomplex cctype cerrno cfenv cfloat charconv
    chrono cinttypes ciso646 climits clocale cmath codecvt compare complex concepts condition_variable
    contracts coroutine csetjmp csignal cstdalign cstdarg cstdbool cstddef cstdint cstdio cstdlib cstring
    ctgmath ctime cuchar cwchar cwctype debugging deque exception execution expected filesystem flat_map
    flat_set format forward_list fstream functional future generator hazard_pointer initializer_list
    inplace_vector iomanip ios iosfwd iostream istream iterator latch limits linalg list locale map mdspan
    memory memory_resource mutex new numbers numeric optional ostream print queue random ranges ratio rcu
    regex scoped_allocator semaphore set shared_mutex simd source_location span spanstream sstream stack
    stacktrace stdexcept stdfloat stop_token streambuf string string_view strstream syncstream system_error
    text_encoding thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray
    variant vector version
"""
# POSIX.1-2024, and what every Unix adds to it
_POSIX = """
    aio.h arpa/inet.h cpio.h devctl.h dirent.h dlfcn.h endian.h fcntl.h fmtmsg.h fnmatch.h ftw.h glob.h
    grp.h iconv.h langinfo.h libgen.h libintl.h monetary.h mqueue.h ndbm.h net/if.h netdb.h netinet/in.h
    netinet/tcp.h nl_types.h poll.h pthread.h pwd.h regex.h sched.h search.h semaphore.h spawn.h stropts.h
    strings.h sys/ipc.h sys/mman.h sys/msg.h sys/resource.h sys/select.h sys/sem.h sys/shm.h sys/socket.h
    sys/stat.h sys/statvfs.h sys/time.h sys/times.h sys/types.h sys/uio.h sys/un.h sys/utsname.h sys/wait.h
    syslog.h tar.h termios.h trace.h ulimit.h unistd.h utime.h utmpx.h wordexp.h sys/param.h sys/ioctl.h
    sys/file.h alloca.h malloc.h memory.h getopt.h err.h sys/cdefs.h
"""
STANDARD_HEADERS = frozenset(f"{_C} {_CPP} {_POSIX}".split())


@dataclass(slots=True)
class CLinker:
    """Resolves the includes of one file after another; what it caches holds for all of them."""

    index: Index
    requirements: Requirements
    votes: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """(folder of the including files, root) to how many includes below the folder mean a file under it."""
    own: frozenset[str] = frozenset()
    """First folders of includes that lead to files of the repository: what is missing there is generated."""
    _candidates: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _cache: dict[tuple[str, str, bool], Found] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        folder = folder_of(file.entry.path)
        return tuple([self.link(folder, each) for each in file.facts.imports])

    def link(self, folder: str, wanted: Import) -> Found:
        key = (folder, wanted.module, is_quoted(wanted))
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._find(*key)
        return found

    def _find(self, folder: str, header: str, quoted: bool) -> Found:
        standard = header in STANDARD_HEADERS
        path = self.beside(folder, header) if quoted else None
        if path is None and (quoted or not standard):
            # Only what is quoted may hide a standard header, and only from near.
            path = self._above(folder, header) if standard else self._choose(folder, header)
        if path is not None:
            return Found(origin=Origin.HERE, whole=(path,))
        if standard:
            return STANDARD
        first, inner, _ = header.partition("/")
        if inner and first in self.own:
            return UNKNOWN
        library = first.partition(".")[0]
        found = self.requirements.explain(folder, (library.lower(),))
        is_framework = not quoted and library in STANDARD_MODULES and header != f"{library}.h"
        return STANDARD if is_framework and found.origin is Origin.UNKNOWN else found

    def beside(self, folder: str, header: str) -> str | None:
        """Look where a quoted include is looked for first."""
        path = resolve(folder, header)
        if path is None or path in self.index.files:
            return path
        return path + TEMPLATE if path + TEMPLATE in self.index.files else None

    def _choose(self, folder: str, header: str) -> str | None:
        candidates = self.candidates(header)
        if len(candidates) < 2:  # noqa: PLR2004
            return candidates[0] if candidates else None
        return self._above(folder, header) or self._most_voted(folder, header)

    def _above(self, folder: str, header: str) -> str | None:
        """Look in the folders above and in those beside them that are on most include paths."""
        candidates = self.candidates(header)
        if candidates:
            clean = clean_header(header)
            for up in ancestors(folder):
                for name in _BESIDE:
                    path = under(under(up, name), clean)
                    for each in (path, path + TEMPLATE):
                        if each in candidates:
                            return each
        return None

    def candidates(self, header: str) -> tuple[str, ...]:
        """List the files whose path ends in an include as written."""
        found = self._candidates.get(header)
        if found is None:
            clean = clean_header(header)
            name = clean.rpartition("/")[2]
            found = tuple(
                path
                for suffix in ("", TEMPLATE)
                for path in self.index.by_name.get(name + suffix, ())
                if f"/{path}".endswith(f"/{clean}{suffix}")
            )
            self._candidates[header] = found
        return found

    def first_folders(self) -> frozenset[str]:
        """Where the includes begin that lead to files, of those that candidates were listed for."""
        return frozenset(
            header.partition("/")[0] for header, found in self._candidates.items() if found and "/" in header
        )

    def _most_voted(self, folder: str, header: str) -> str | None:
        """Choose the candidate with most votes, as near as there are any; none when it is a tie."""
        # A header stands before its template of the same folder, as it does among the candidates.
        roots = {root_of(path, header): path for path in reversed(self.candidates(header))}
        for up in ancestors(folder):
            ranked = sorted(((self.votes.get((up, root), 0), root) for root in roots), reverse=True)
            if ranked[0][0] > ranked[1][0]:
                return roots[ranked[0][1]]
        return None


def is_quoted(wanted: Import) -> bool:
    return "<" not in wanted.form and wanted.form != "@import"


def clean_header(header: str) -> str:
    """Drop what an include as written climbs out of: ``../a/./b.h`` ends in ``a/b.h``."""
    parts: list[str] = []
    for part in header.split("/"):
        if part == "..":
            del parts[-1:]
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def root_of(path: str, header: str) -> str:
    """Cut an include as written off the path it means."""
    return path.removesuffix(TEMPLATE)[: -len(clean_header(header))].rstrip("/")


def make_c_linker(index: Index) -> CLinker:
    """Index the headers and count the votes for include roots."""
    requirements = read_requirements(index.manifests, Ecosystem.NATIVE, lambda name: [name.lower()])
    linker = CLinker(index, requirements)
    linker.votes = _count_votes(linker)
    linker.own = linker.first_folders()
    return linker


def _count_votes(linker: CLinker) -> Mapping[tuple[str, str], int]:
    by_folder: Counter[tuple[str, str]] = Counter()
    for file in linker.index.of_language(*sorted(C_FAMILY)):
        folder = folder_of(file.entry.path)
        for wanted in file.facts.imports:
            found = linker.candidates(wanted.module)
            if len(found) != 1 or wanted.module in STANDARD_HEADERS:
                continue
            if not (is_quoted(wanted) and linker.beside(folder, wanted.module)):
                by_folder[folder, root_of(found[0], wanted.module)] += 1
    votes: Counter[tuple[str, str]] = Counter()
    for (folder, root), count in by_folder.items():
        for up in ancestors(folder):
            votes[up, root] += count
    return votes
