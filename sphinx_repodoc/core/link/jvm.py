"""Java, Kotlin, Scala and Groovy imports to the files of classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import (
    STANDARD,
    Found,
    Named,
    by_folder,
    folder_of,
    nearest,
    read_requirements,
    under,
)
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

_JAVA_STANDARD = ("java.", "jdk.", "sun.", "com.sun.", "org.w3c.dom.", "org.xml.sax.")
_JAVAX = """
    accessibility annotation.processing crypto imageio lang.model management naming net print rmi script
    security.auth security.cert security.sasl sound sql swing tools transaction.xa xml.catalog xml.crypto
    xml.datatype xml.namespace xml.parsers xml.stream xml.transform xml.validation xml.xpath
"""
_JAVA_MODULES = (*_JAVA_STANDARD, *(f"javax.{name}." for name in _JAVAX.split()))
_JAVA_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "com.fasterxml.jackson.core": ("com.fasterxml.jackson",),
    "com.google.guava": ("com.google.common",),
    "com.google.truth": ("com.google.common.truth",),
    "commons-io": ("org.apache.commons.io",),
    "commons-lang": ("org.apache.commons.lang",),
    "junit": ("junit", "org.junit"),
    "org.projectlombok": ("lombok",),
    "org.springframework.boot": ("org.springframework",),
}
"""Maven group to the packages of its artifacts, where its name does not say so."""
_JAVA_SUFFIXES = (".java", ".kt", ".scala", ".groovy")


@dataclass(slots=True)
class JavaLinker:
    """Classes by the package path that ends in their file; of several, the nearest."""

    index: Index
    requirements: Requirements
    packages: Mapping[str, tuple[str, ...]]
    """Folder to the classes directly in it."""
    _cache: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        dotted = wanted.module.removesuffix(".*")
        starred = dotted != wanted.module or any(each.name == "*" for each in wanted.names)
        parts = dotted.split(".")
        # ``a.b.C.Inner`` and static members lie in the file of the class around them.
        for end in range(len(parts), 1, -1):
            files = self.files_of(folder, ".".join(parts[:end]))
            if files:
                name = parts[end - 1]
                return Found(origin=Origin.HERE, named=(Named(name, name, files),))
        whole = self.package_of(folder, dotted) if starred else ()
        if whole:
            return Found(origin=Origin.HERE, whole=whole)
        if f"{dotted}.".startswith(_JAVA_MODULES):
            return STANDARD
        return self.requirements.explain(folder, (".".join(parts[:end]) for end in range(len(parts), 1, -1)))

    def files_of(self, folder: str, dotted: str) -> tuple[str, ...]:
        """Find the file of a class; none when several are equally near."""
        key = (folder, dotted)
        found = self._cache.get(key)
        if found is None:
            ending = dotted.replace(".", "/")
            name = ending.rpartition("/")[2]
            paths = [
                path
                for suffix in _JAVA_SUFFIXES
                for path in self.index.by_name.get(name + suffix, ())
                if f"/{path}".endswith(f"/{ending}{suffix}")
            ]
            near = nearest(folder, paths)
            found = self._cache[key] = tuple(near) if len(near) == 1 else ()
        return found

    def package_of(self, folder: str, dotted: str) -> tuple[str, ...]:
        """List the classes of the nearest folder that ends in a package path."""
        ending = "/" + dotted.replace(".", "/")
        homes = [home for home in self.packages if f"/{home}".endswith(ending)]
        near = nearest(folder, [under(home, "-") for home in homes])
        return self.packages[folder_of(near[0])] if len(near) == 1 else ()


def java_packages(artifact: str) -> tuple[str, ...]:
    """Name the packages of an artifact: those below its group, unless it is known to differ."""
    group = artifact.partition(":")[0]
    return _JAVA_PACKAGES.get(group, (group,))


def make_java_linker(index: Index) -> Linker:
    requirements = read_requirements(index.manifests, Ecosystem.MAVEN, java_packages)
    packages = by_folder(path for path in index.files if path.endswith(_JAVA_SUFFIXES))
    return JavaLinker(index, requirements, packages)
