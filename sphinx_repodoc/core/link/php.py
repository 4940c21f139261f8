"""PHP's ``use`` to the files that define a name, and its includes to files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    Named,
    folder_of,
    read_requirements,
    under,
)
from sphinx_repodoc.core.link.namespaces import make_namespaces, prefixes
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem, RouteKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File, Import

_RULE = PathRule(above=True, anywhere=True)
_BESIDE = re.compile(
    r"(?:__DIR__|dirname\(\s*__(?P<of>FILE|DIR)__\s*(?:,\s*(?P<levels>[1-9])\s*)?\))\s*\.\s*"
)
_CONSTANT = re.compile(r"\\?[A-Z_][A-Z0-9_]*\s*\.\s*")
_LITERAL = re.compile(r"""(["'])([^"'$]*)\1""")
# What PHP and the extensions that come with it define outside of all namespaces
_CLASSES = """
    AddressInfo AllowDynamicProperties AppendIterator ArgumentCountError ArithmeticError ArrayAccess
    ArrayIterator ArrayObject AssertionError Attribute BackedEnum BadFunctionCallException
    BadMethodCallException CURLFile CachingIterator CallbackFilterIterator ClosedGeneratorException Closure
    Collator CompileError Countable DatePeriod Directory DirectoryIterator DivisionByZeroError
    DomainException EmptyIterator Error ErrorException Exception FFI Fiber FiberError FilesystemIterator
    FilterIterator GMP Generator GlobIterator Imagick InfiniteIterator InvalidArgumentException Iterator
    IteratorAggregate IteratorIterator JsonException JsonSerializable LengthException LimitIterator Locale
    LogicException Memcached MessageFormatter MultipleIterator NoRewindIterator Normalizer NumberFormatter
    OuterIterator OutOfBoundsException OutOfRangeException OverflowException Override ParentIterator
    ParseError PhpToken RangeException RecursiveIterator RegexIterator ResourceBundle ReturnTypeWillChange
    RuntimeException SeekableIterator SensitiveParameter SensitiveParameterValue Serializable Socket
    Stringable Throwable Transliterator Traversable TypeError UnderflowException UnexpectedValueException
    UnhandledMatchError UnitEnum ValueError WeakMap WeakReference ZipArchive finfo stdClass
"""
_STANDARD = frozenset(_CLASSES.split())
_FAMILIES = (
    "Date",
    "DOM",
    "Intl",
    "PDO",
    "Phar",
    "Recursive",
    "Redis",
    "Reflect",
    "Session",
    "SimpleXML",
    "Soap",
    "Spl",
    "SQLite3",
    "XML",
    "mysqli",
)
_NAMESPACES = ("BcMath\\", "Dom\\", "FFI\\", "Pdo\\", "Random\\")
_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "filp/whoops": ("whoops",),
    "laravel/framework": ("illuminate",),
    "nesbot/carbon": ("carbon",),
    "symfony/symfony": ("symfony/*",),
    "vlucas/phpdotenv": ("dotenv",),
}
"""Package of Composer to the beginning of its names, where its own name does not say so."""


@dataclass(slots=True)
class PhpLinker:
    """Names that files define, and the folders that Composer looks for them in."""

    index: Index
    requirements: Requirements
    namespaces: Namespaces
    sources: Mapping[str, tuple[str, ...]]
    """Beginning of the names of classes to the folders of their files."""
    finder: PathFinder

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        folder = folder_of(file.entry.path)
        if not wanted.form.startswith("use"):
            path = included(wanted.module)
            return UNKNOWN if path is None else self.finder.found(folder, path)
        name = wanted.module.lstrip("\\")
        namespace, _, last = name.rpartition("\\")
        files = self.namespaces.define(folder, namespace, last) or self._autoloaded(name)
        if len(files) == 1:
            return Found(origin=Origin.HERE, named=(Named(last, wanted.alias or last, files),))
        if name in self.namespaces.files:
            inside = self.namespaces.mentioned(name, file.facts.words)
            return Found(origin=Origin.HERE, whole=inside) if inside else HERE
        if _is_standard(name, wanted.form):
            return STANDARD
        return self.requirements.explain(folder, _packages_of(name))

    def _autoloaded(self, name: str) -> tuple[str, ...]:
        """Look where Composer would look for a class; files that cannot be parsed define nothing."""
        for prefix, rest in (*prefixes(name, "\\"), ("", (*name.split("\\"),))):
            for source in self.sources.get(prefix, ()) if rest else ():
                path = under(source, "/".join(rest) + ".php")
                if path in self.index.files:
                    return (path,)
        return ()


def _is_standard(name: str, form: str) -> bool:
    if "\\" in name:
        return name.startswith(_NAMESPACES)
    return form != "use" or name in _STANDARD or name.startswith(_FAMILIES)


def included(written: str) -> str | None:
    """Give the path that an include names, counted from the file where it says so; ``None`` when a run decides it."""
    beside = _BESIDE.match(written)
    if beside is None:
        constant = _CONSTANT.match(written)
        if constant is None:
            return None if "$" in written or "(" in written else written
        literal = _LITERAL.fullmatch(written, constant.end())
        return literal[2].lstrip("/") if literal else None
    literal = _LITERAL.fullmatch(written, beside.end())
    if literal is None or not literal[2].startswith("/"):
        return None
    levels = int(beside["levels"] or 1) if beside["of"] else 0
    ups = levels - (beside["of"] == "FILE")
    return "./" + "../" * ups + literal[2].lstrip("/")


def _packages_of(name: str) -> Iterator[str]:
    """Yield what the package may be called that has a name: ``symfony/httpfoundation``, any of ``symfony/``."""
    vendor, *rest = (part.lower() for part in name.split("\\"))
    yield from (f"{vendor}/{part}" for part in rest[:3])
    yield vendor
    yield f"{vendor}/*"


def _modules(package: str) -> tuple[str, ...]:
    """Give what a package may be found by: without signs, by its own name alone, and by that of its vendor."""
    bare = package.lower().replace("-", "").replace("_", "").replace(".", "")
    vendor, _, name = bare.partition("/")
    return tuple(dict.fromkeys((*_PACKAGES.get(package.lower(), ()), bare, name, f"{vendor}/*")))


def php_namespaces(index: Index) -> Namespaces:
    return make_namespaces(index.of_language("php"), "\\")


def make_php_linker(index: Index) -> Linker:
    sources: dict[str, list[str]] = {}
    for route in index.manifests.routes_of(Ecosystem.COMPOSER, RouteKind.SOURCE):
        sources.setdefault(route.name, []).append(route.target)
    return PhpLinker(
        index=index,
        requirements=read_requirements(index.manifests, Ecosystem.COMPOSER, _modules, own=False),
        namespaces=index.share(php_namespaces),
        sources={prefix: tuple(folders) for prefix, folders in sources.items()},
        finder=PathFinder(index, _RULE),
    )
