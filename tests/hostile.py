"""Texts that no language expects, and a process to read them in that may crash or hang.

Helper of the tests; as a command it is the long run over all of it:
``python tests/hostile.py [LANGUAGE ...]``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import select
import subprocess
import sys
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from sphinx_repodoc.core import codec
from sphinx_repodoc.core.languages import C_FAMILY
from sphinx_repodoc.core.model import Facts
from sphinx_repodoc.core.parse import parse_text
from sphinx_repodoc.core.parse.grammars import GRAMMARS
from sphinx_repodoc.core.parse.scanners import SCANNED
from sphinx_repodoc.core.pool import MEMORY, limit_memory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import BufferedReader, BufferedWriter

CASES = Path(__file__).parent / "core" / "parse" / "cases"
LANGUAGES = tuple(sorted({*GRAMMARS, *SCANNED, *C_FAMILY}))
"""All that have a parser or a scanner."""
LIMIT = 1.0
"""Seconds for the parser ..."""
_LENIENCE = 4.0
"""... and of CPU time for everything else that is done to a text of a megabyte."""
_PATIENCE = 120.0
"""Seconds of wall time after which a process is given up: the machine may be busy."""
_OPENINGS = r"""
    ( [ { < - ! + ~ * & ? : ; , . @ # $ % ^ | \ / = > _ ' " ` a( a[ a{ a< a. a:: a-> a? a?b: (a, [a, {a: {a:{
    [[ {{ {% <% <?php <a> <a <!-- <![CDATA[ </ &a ${ $( $(( `${ #{ "#{ "${ "$( f'{ f"{x: /* /** (* {- --[[ [=[
    =begin\n ''' ``` ~~~ r#" R"( @" $" <<A\n <<-A\n %( %w[ if\n if(a) if(a){ else else\n do\n begin\n case\n
    try\n try{ for(;;) while(a) switch(a){ function(){ function\sa(){ fn\sa(){ func\sa(){ def\sa\n def\sa():
    class\sA{ class\sA\n class\sA: namespace\sa{ module\sA\n struct{ struct\sa{ enum\sa{ interface\sA{ template<
    lambda: a=> a-> ->a =>{ not\s await\s yield\s new\s return\s typeof\s let\sa= var\sa= a= a:=\s a\nif #if\n
    #ifdef\sa\n #define\sa\s \\n a\\n -\s *\s ?\s >\s 1.\s #\s ##\sa\n ... select( SELECT\s( select\s*\sfrom(
    case\swhen\s if( foreach(a) a;\n a:\n\s a:\n [a]( ![ ![a]( [a]: ** __ ~~ == ++ -- && || :: ?. ?? // é \t \n
    \r \s \0 \n@a\n #[a] [<a>] @a(\n !!! a! a!{ 1.. ..= 'a\s :a\s a:\s a\s= {\n }\n ) ] } */ end\n fi\n done\n
"""
"""What nests in some language, and other things to repeat, with spaces and line feeds escaped."""
_MISPLACED = (
    ")",
    "]",
    "}",
    "(",
    "[",
    "{",
    "((([",
    '"',
    "'",
    "`",
    "/*",
    "*/",
    "end",
    "<<<<<<< ours",
    "\x00",
    "\ufffd",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One text to read as one language."""

    language: str
    name: str
    text: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of it."""

    failure: str = ""
    """What went wrong; empty when nothing did."""
    seconds: float = 0.0
    """Of CPU time."""
    memory: int = 0
    """The most bytes that the process has had so far."""
    ended: bool = False
    """The process ended for want of memory. Within a build the file gets a problem then, and no facts."""


def openings() -> list[bytes]:
    """What nests in some language, and other things to repeat."""
    escapes = {"\\n": "\n", "\\t": "\t", "\\r": "\r", "\\s": " ", "\\0": "\0"}
    texts = (re.sub(r"\\[ntrs0]", lambda match: escapes[match[0]], text) for text in _OPENINGS.split())
    return [*dict.fromkeys(text.encode() for text in texts), b'"""', b"\xff", b"\x80"]


def samples(language: str) -> list[bytes]:
    """The texts of the golden cases of a language."""
    return [path.read_bytes() for path in sorted((CASES / language).rglob("*.case"))]


def nested(language: str, depth: int) -> Iterator[Input]:
    """Whatever may nest, ``depth`` times, alone and within a file."""
    sample = b"\n".join(samples(language))
    for opening in openings():
        yield Input(language=language, name=f"{opening!r} x {depth}", text=opening * depth)
        if len(opening) == 1 and (closing := dict(zip(b"([{<", b")]}>", strict=True)).get(opening[0])):
            text = sample + b"\nx = " + opening * depth + b"1" + bytes([closing]) * depth + b"\n" + sample
            yield Input(language=language, name=f"{opening!r} x {depth}, closed", text=text)


def indented(language: str, depth: int) -> Iterator[Input]:
    """Lines, each deeper than the one before."""
    for line in (b"a:", b"a", b"- a", b"if a:", b"if a", b"* a", b"<a>", b"begin", b"# a"):
        text = b"".join(b" " * level + line + b"\n" for level in range(depth))
        yield Input(language=language, name=f"{line!r} indented {depth} times", text=text)


def mislabelled(language: str) -> Iterator[Input]:
    """The cases of all other languages."""
    for path in sorted(CASES.rglob("*.case")):
        name = path.relative_to(CASES).as_posix()
        if not name.startswith(f"{language}/"):
            yield Input(language=language, name=name, text=path.read_bytes())


def mixed(language: str, chance: random.Random, count: int) -> Iterator[Input]:
    """Files of two languages in one: what a merge or a generator leaves behind."""
    others = sorted(CASES.rglob("*.case"))
    for own in samples(language):
        lines = own.splitlines(keepends=True)
        for path in chance.sample(others, count):
            at = chance.randrange(len(lines) + 1)
            text = b"".join([*lines[:at], path.read_bytes(), *lines[at:]])
            yield Input(language=language, name=f"{path.name} at line {at + 1}", text=text)


def broken(language: str, chance: random.Random, count: int) -> Iterator[Input]:
    """Cases that are cut off, or have bytes too few, too many, or others."""
    for number, text in enumerate(samples(language)):
        for _ in range(count):
            at, other = sorted(chance.randrange(len(text) + 1) for _ in range(2))
            noise = chance.randbytes(chance.randrange(1, 9))
            word = chance.choice(_MISPLACED).encode()
            for name, changed in (
                ("cut off", text[:at]),
                ("without its beginning", text[at:]),
                ("with a gap", text[:at] + text[other:]),
                ("twice the middle", text[:other] + text[at:]),
                ("with noise", text[:at] + noise + text[at:]),
                ("with NULs", text[:at] + b"\0" * len(noise) + text[at:]),
                ("with a sign", text[:at] + word + text[at:]),
                ("in one line", text[:at].replace(b"\n", b" ") + text[at:]),
                ("without white space", b"".join(text[:at].split()) + text[at:]),
                ("backwards", text[at:other][::-1]),
            ):
                yield Input(language=language, name=f"case {number} {name} ({at}-{other})", text=changed)


def noise(language: str, chance: random.Random, size: int) -> Iterator[Input]:
    """Bytes, characters and signs at random."""
    yield Input(language=language, name="random bytes", text=chance.randbytes(size))
    characters = "".join(
        chr(chance.choice((chance.randrange(1, 0xD800), chance.randrange(128)))) for _ in range(size)
    )
    yield Input(language=language, name="random characters", text=characters.encode())
    signs = bytes(chance.choice(b"()[]{}<>'\"`#/*-+=:;,.!?@$%&|\\~^_ \n\tab01") for _ in range(size))
    yield Input(language=language, name="random signs", text=signs)
    words = sorted({word for text in samples(language) for word in re.findall(rb"\w+|[^\w\s]+|\s+", text)})
    shuffled = b"".join(chance.choice(words) for _ in range(size // 4)) if words else b""
    yield Input(language=language, name="random words", text=shuffled)


def large(language: str, size: int) -> Iterator[Input]:
    """Long and wide: many lines, and one line, of what is in the cases."""
    sample = b"\n".join(samples(language)) or b"a\n"
    yield Input(language=language, name=f"{size} bytes", text=(sample + b"\n") * (size // len(sample)))
    line = b" ".join(sample.split()) + b" "
    yield Input(language=language, name=f"{size} bytes in one line", text=line * (size // len(line)))
    for filling in (
        b"a",
        b" ",
        b"\n",
        b"a ",
        b"a\n",
        b"a;",
        b"a,",
        b"0",
        b"\xc3\xa9",
        b"\0",
        b"# a\n",
        b"// a\n",
        b'"a" ',
    ):
        yield Input(
            language=language, name=f"{size} bytes of {filling!r}", text=filling * (size // len(filling))
        )


def check(facts: Facts, text: bytes) -> None:
    """Raise where facts contradict themselves or the text."""
    last = facts.lines.total
    assert last == text.count(b"\n") + (text != b"" and not text.endswith(b"\n"))
    lines = [one.line for one in (*facts.imports, *facts.notes, *facts.markers)]
    lines += [line for one in facts.symbols for line in (one.line, one.end_line)]
    assert all(1 <= line <= last for line in lines), "a line outside of the file"
    assert all(0 <= one.line <= max(last, 1) for one in facts.problems), "a problem outside of the file"
    assert 0 <= facts.doc_line <= last
    for index, symbol in enumerate(facts.symbols):
        assert symbol.name, f"symbol {index} has no name"
        assert symbol.line <= symbol.end_line, f"{symbol.name} ends before it begins"
        assert -1 <= symbol.parent < index, f"{symbol.name} has a parent behind it"
    assert codec.loads(Facts, codec.dumps(facts)) == facts, "the store changes the facts"


def _work() -> None:
    """Read what comes, one text after the other, until nothing does."""
    limit_memory(MEMORY)
    while header := sys.stdin.buffer.readline():
        language, size = header.decode().split()
        text = sys.stdin.buffer.read(int(size))
        start = time.process_time()
        failure = ""
        try:
            check(parse_text(text, language, time_limit=LIMIT), text)
        except MemoryError:
            os.abort()
        except Exception:  # noqa: BLE001 (whatever it is, it is what is looked for)
            failure = traceback.format_exc(limit=-3)
        seconds = time.process_time() - start
        if not failure and seconds > LIMIT + _LENIENCE:
            failure = "too long"
        sys.stdout.write(json.dumps({"failure": failure, "seconds": seconds, "memory": _peak()}) + "\n")
        sys.stdout.flush()


def _peak() -> int:
    import resource  # noqa: PLC0415 (not on Windows)

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Reader:
    """A process that reads hostile texts; another one takes its place when it ends."""

    def __init__(self) -> None:
        self._process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, __file__, "--work"]
        return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def read(self, one: Input) -> Result:
        given, answers = (
            cast("BufferedWriter", self._process.stdin),
            cast("BufferedReader", self._process.stdout),
        )
        given.write(f"{one.language} {len(one.text)}\n".encode() + one.text)
        given.flush()
        if not select.select([answers], [], [], _PATIENCE)[0]:
            result = Result(failure="the process hangs", seconds=_PATIENCE)
        elif line := answers.readline():
            return Result(**json.loads(line))
        else:
            result = self._bury()
        self.close()
        self._process = self._start()
        return result

    def _bury(self) -> Result:
        """What the process died of."""
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        memory = usage.ru_maxrss * 1024
        if memory > MEMORY // 2:
            return Result(ended=True, memory=memory, seconds=usage.ru_utime)
        return Result(failure=f"the process ended with {self._process.returncode}", memory=memory)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def _all(language: str, chance: random.Random) -> Iterator[Input]:
    yield from mislabelled(language)
    yield from broken(language, chance, 30)
    yield from mixed(language, chance, 10)
    yield from noise(language, chance, 50_000)
    yield from nested(language, 10_000)
    yield from indented(language, 1_000)
    yield from large(language, 1_000_000)
    sample = b"\n".join(samples(language)) or b"a\n"
    times = 100_000 // (sample.count(b"\n") + 1) + 1
    yield Input(language=language, name="100,000 lines", text=(sample + b"\n") * times)
    line = b" ".join(sample.split()) + b" "
    yield Input(language=language, name="10 MB in one line", text=line * (10_000_000 // len(line)))


def _run(language: str, seed: int) -> int:
    """Read all texts as one language, print what happened, and return how many failed."""
    reader = Reader()
    failed = ended = count = memory = 0
    slowest: list[tuple[float, str]] = []
    for one in _all(language, random.Random(seed)):  # noqa: S311 (the same each time)
        result = reader.read(one)
        count += 1
        ended += result.ended
        memory = max(memory, result.memory)
        slowest = sorted([*slowest, (result.seconds, one.name)])[-3:]
        if result.failure:
            failed += 1
            print(f"FAILED {language}: {one.name}: {result.failure.strip()}", flush=True)
        if result.ended:
            print(f"{language}: {one.name} took all memory", flush=True)
    reader.close()
    shown = ", ".join(f"{name} {seconds:.1f} s" for seconds, name in reversed(slowest))
    print(
        f"{language}: {count} texts, {failed} failed, {ended} took all memory; slowest: {shown}", flush=True
    )
    return failed


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.work:
        _work()
        return 0
    return 1 if sum(_run(language, arguments.seed) for language in arguments.languages) else 0


if __name__ == "__main__":
    sys.exit(main())
