"""Lua's ``require`` to files, by the folders that Lua, rocks and editors look in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.dotted import Dotted, make_dotted_linker
from sphinx_repodoc.core.link.index import read_requirements
from sphinx_repodoc.core.link.paths import PathRule
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx_repodoc.core.link.index import Index, Linker

_RULE = PathRule(
    suffixes=(".lua", ".tl", ".luau"),
    indexes=("init.lua",),
    above=True,
    roots=("lua", "src", "lib"),
    anywhere=True,
    only_below_roots=True,
)
# Of Lua 5.1 to 5.4 and of LuaJIT
_MODULES = """
    bit bit32 coroutine debug ffi io jit jit.opt jit.p jit.profile jit.util jit.v math os package string
    string.buffer table table.clear table.new utf8
"""
STANDARD_MODULES = frozenset(_MODULES.split())


def _names(module: str) -> Iterator[str]:
    yield module.lower()
    yield module.partition(".")[0].lower()


def _rock_names(rock: str) -> list[str]:
    """A rock is often called after the language: ``luasocket`` and ``lua-cjson`` hold ``socket`` and ``cjson``."""
    name = rock.lower()
    bare = name.removeprefix("lua-").removeprefix("lua").removesuffix(".lua").removesuffix("-lua")
    known = {"luafilesystem": "lfs", "penlight": "pl", "luasec": "ssl"}
    return list(dict.fromkeys(filter(None, (name, bare.lstrip("-"), known.get(name, "")))))


_DOTTED = Dotted(
    separator=".",
    paths=frozenset({"dofile", "loadfile"}),
    standard=STANDARD_MODULES.__contains__,
    names=_names,
)


def make_lua_linker(index: Index) -> Linker:
    requirements = read_requirements(index.manifests, Ecosystem.ROCK, _rock_names)
    return make_dotted_linker(index, _DOTTED, _RULE, requirements, Ecosystem.ROCK)
