"""What Ruby files require, load and promise to load."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import STANDARD, UNKNOWN, Found, folder_of, read_requirements, take_names
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem, RouteKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index, Linker, Requirements
    from sphinx_repodoc.core.model import File, Import

_ROOTS = ("lib", "spec", "test")
_NEAR = PathRule(suffixes=(".rb", ".rake"), roots=_ROOTS)
_FAR = PathRule(suffixes=(".rb",), roots=_ROOTS, anywhere=True, only_below_roots=True)
# Of Ruby 3.4, with those that became gems of their own
_STDLIB = """
    abbrev base64 benchmark bigdecimal bundler cgi coverage csv date debug delegate did_you_mean digest
    digest/md5 digest/sha1 digest/sha2 drb English enumerator erb error_highlight etc expect fcntl fiber fiddle fileutils
    find forwardable getoptlong io/console io/nonblock io/wait ipaddr irb json logger matrix mkmf monitor
    mutex_m net/ftp net/http net/imap net/pop net/protocol net/smtp nkf objspace observer open-uri open3
    openssl optionparser optparse ostruct pathname pp prettyprint prime prism pstore psych pty racc
    rake random/formatter rational rbconfig rdoc readline reline resolv resolv-replace rinda ripper rss
    ruby2_keywords rubygems securerandom set shellwords singleton socket stringio strscan syntax_suggest
    syslog tempfile test/unit thread time timeout tmpdir tracer tsort un unicode_normalize uri weakref
    webrick win32ole yaml zlib continuation complex bundled_gems
"""
STANDARD_FEATURES = frozenset(_STDLIB.split())


@dataclass(slots=True)
class RubyLinker:
    """Files beside the importing one, on the load path of its gem, and of other gems of this repository."""

    requirements: Requirements
    near: PathFinder
    far: PathFinder

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(folder_of(file.entry.path), each) for each in file.facts.imports])

    def _link(self, folder: str, wanted: Import) -> Found:
        feature = wanted.module
        if "#{" in feature:
            return UNKNOWN
        if wanted.form == "require_relative":
            return self.near.found(folder, feature if feature.startswith(".") else f"./{feature}")
        near = self.near.found(folder, feature)
        if near.origin is Origin.HERE:
            return take_names(wanted, near.whole) if near.whole else near
        if feature in STANDARD_FEATURES or feature.partition("/")[0] in STANDARD_FEATURES:
            # Much of the standard library is a gem too, which may be required in another version.
            required = self.requirements.explain(folder, _names(feature))
            return required if required.origin is Origin.THIRD_PARTY else STANDARD
        far = self.far.found(folder, feature)
        if far.origin is Origin.HERE:
            return take_names(wanted, far.whole) if far.whole else far
        return self.requirements.explain(folder, _names(feature))


def _names(feature: str) -> Iterator[str]:
    """Yield what the gem may be called that has a file: ``rspec/core`` is in ``rspec-core``."""
    parts = feature.split("/")
    for end in range(len(parts), 0, -1):
        yield "-".join(parts[:end])
    yield parts[0].replace("_", "").replace("-", "")


def _gem_names(gem: str) -> list[str]:
    """``active_support`` is in ``activesupport``, ``dotenv/load`` also in ``dotenv-rails``."""
    return [gem, gem.removesuffix("-rails").removesuffix("-ruby"), gem.replace("_", "").replace("-", "")]


def make_ruby_linker(index: Index) -> Linker:
    sources = tuple(
        dict.fromkeys(
            route.target.rpartition("/")[2]
            for route in index.manifests.routes_of(Ecosystem.RUBY, RouteKind.SOURCE)
            if route.target
        )
    )
    roots = tuple(dict.fromkeys((*_ROOTS, *sources)))
    return RubyLinker(
        requirements=read_requirements(
            index.manifests, Ecosystem.RUBY, lambda gem: dict.fromkeys(_gem_names(gem))
        ),
        near=PathFinder(index, _NEAR.with_roots(roots)),
        far=PathFinder(index, _FAR.with_roots(roots)),
    )
