"""Java, Kotlin, Scala and Groovy imports to the files of classes, functions and packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    HERE,
    STANDARD,
    UNKNOWN,
    Found,
    Named,
    ancestors,
    folder_of,
    read_requirements,
)
from sphinx_repodoc.core.link.namespaces import make_namespaces, packages_of, prefixes
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.link.namespaces import Namespaces
    from sphinx_repodoc.core.model import File, Import

LANGUAGES = ("java", "kotlin", "scala", "groovy")
_WILDCARDS = frozenset({"*", "_", "given"})
_BUILD_FILES = ("pom.xml", "build.gradle", "build.gradle.kts", "build.sbt", "BUILD", "BUILD.bazel")
_STANDARD = (
    *("java.", "jdk.", "sun.", "com.sun.", "org.w3c.dom.", "org.xml.sax.", "org.ietf.jgss."),
    *("kotlin.", "scala.", "groovy.", "android.", "dalvik.", "org.gradle."),
)
_JAVAX = """
    accessibility annotation.processing crypto imageio lang.model management naming net print rmi script
    security.auth security.cert security.sasl sound sql swing tools transaction.xa xml.catalog xml.crypto
    xml.datatype xml.namespace xml.parsers xml.stream xml.transform xml.validation xml.xpath
"""
_MODULES = (*_STANDARD, *(f"javax.{name}." for name in _JAVAX.split()))
_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "com.fasterxml.jackson.core": ("com.fasterxml.jackson",),
    "com.google.code.findbugs": ("javax.annotation", "edu.umd.cs.findbugs"),
    "com.google.code.gson": ("com.google.gson",),
    "com.google.dagger": ("dagger", "javax.inject"),
    "com.google.guava": ("com.google.common",),
    "com.google.truth": ("com.google.common.truth",),
    "org.apache.httpcomponents.client5": ("org.apache.hc",),
    "org.apache.httpcomponents.core5": ("org.apache.hc",),
    "commons-cli": ("org.apache.commons.cli",),
    "commons-codec": ("org.apache.commons.codec",),
    "commons-io": ("org.apache.commons.io",),
    "commons-lang": ("org.apache.commons.lang",),
    "commons-logging": ("org.apache.commons.logging",),
    "io.insert-koin": ("org.koin",),
    "junit": ("junit", "org.junit"),
    "mysql": ("com.mysql",),
    "org.codehaus.groovy": ("groovy", "org.codehaus.groovy"),
    "org.projectlombok": ("lombok",),
    "org.springframework.boot": ("org.springframework",),
    "org.springframework.cloud": ("org.springframework",),
    "org.typelevel": ("cats", "org.typelevel"),
}
"""Maven group to the packages of its artifacts, where its name does not say so."""


@dataclass(slots=True)
class JvmLinker:
    """Names by the packages that files declare; of several files, the nearest."""

    requirements: Requirements
    namespaces: Namespaces
    homes: frozenset[str]
    """Folders with a build file."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file, each) for each in file.facts.imports])

    def _link(self, file: File, wanted: Import) -> Found:
        written = wanted.module.removesuffix(".*").removeprefix("_root_.")
        starred = written != wanted.module or any(each.name in _WILDCARDS for each in wanted.names)
        names = _meanings(file, written) if file.entry.language == "scala" else (written,)
        found = (self._take(file, name, wanted, starred=starred) for name in names)
        return next((each for each in found if each is not UNKNOWN), UNKNOWN)

    def _take(self, file: File, dotted: str, wanted: Import, *, starred: bool) -> Found:
        folder, namespaces = folder_of(file.entry.path), self.namespaces
        if starred and dotted in namespaces.files:
            files = namespaces.mentioned(dotted, file.facts.words) or namespaces.files[dotted]
            return Found(origin=Origin.HERE, whole=files, named=(Named("*", "*", files),))
        each = [self._define(folder, dotted, name.name, name.alias) for name in wanted.names]
        taken = tuple(found for found in each if found) or self._define(folder, dotted, "", wanted.alias)
        if taken:
            return Found(origin=Origin.HERE, named=(taken,) if isinstance(taken, Named) else taken)
        if f"{dotted}.".startswith(_MODULES):
            return STANDARD
        if dotted in namespaces.files:
            return HERE
        return self.requirements.explain(folder, (package for package, _ in prefixes(dotted)))

    def _define(self, folder: str, dotted: str, name: str, alias: str) -> Named | None:
        """Find what a name means: ``a.b.C.Inner`` and static members lie in the file of the class around them."""
        for package, rest in prefixes(dotted):
            names = (*rest, name) if name else rest
            files = self.namespaces.define(folder, package, names[0]) if names else ()
            if files:
                bound = alias if alias and len(names) == 1 else names[0]
                return Named(names[0], bound, files) if self._are_one(files) else None
        return None

    def _are_one(self, files: tuple[str, ...]) -> bool:
        """Whether several files define one name together: overloads of a function, or a class for each platform."""
        return len(files) == 1 or len({self._home(folder_of(path)) for path in files}) == 1

    def _home(self, folder: str) -> str:
        return next((up for up in ancestors(folder) if up in self.homes), folder)


def _meanings(file: File, written: str) -> Iterator[str]:
    """Yield what a name of Scala may stand for: itself, in the packages around, or behind another import."""
    yield written
    for package, _ in reversed(packages_of(file)):
        yield f"{package}.{written}"
    head, _, rest = written.partition(".")
    for each in file.facts.imports:
        if each.module.rpartition(".")[2] == head and not each.names and each.module != written:
            yield f"{each.module}.{rest}"


def java_packages(artifact: str) -> tuple[str, ...]:
    """Name the packages of an artifact: its group, or the last name of that, unless it is known to differ."""
    group = artifact.partition(":")[0]
    return _PACKAGES.get(group, (group, group.rpartition(".")[2]))


def jvm_packages(index: Index) -> Namespaces:
    return make_namespaces(index.of_language(*LANGUAGES))


def make_java_linker(index: Index) -> Linker:
    requirements = read_requirements(index.manifests, Ecosystem.MAVEN, java_packages)
    homes = frozenset(folder_of(path) for name in _BUILD_FILES for path in index.by_name.get(name, ()))
    return JvmLinker(requirements, index.share(jvm_packages), homes)
