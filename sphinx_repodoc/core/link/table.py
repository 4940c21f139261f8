"""The one table of languages whose imports lead somewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_repodoc.core.languages import C_FAMILY
from sphinx_repodoc.core.link.c import make_c_linker
from sphinx_repodoc.core.link.cmake import make_cmake_linker
from sphinx_repodoc.core.link.cython import make_cython_linker
from sphinx_repodoc.core.link.dotnet import make_dotnet_linker
from sphinx_repodoc.core.link.fortran import make_fortran_linker
from sphinx_repodoc.core.link.gn import make_gn_linker
from sphinx_repodoc.core.link.go import make_go_linker
from sphinx_repodoc.core.link.groovy import make_groovy_linker
from sphinx_repodoc.core.link.haskell import make_haskell_linker
from sphinx_repodoc.core.link.julia import make_julia_linker
from sphinx_repodoc.core.link.jvm import LANGUAGES as JVM_LANGUAGES
from sphinx_repodoc.core.link.jvm import make_java_linker
from sphinx_repodoc.core.link.lua import make_lua_linker
from sphinx_repodoc.core.link.perl import make_perl_linker
from sphinx_repodoc.core.link.php import make_php_linker
from sphinx_repodoc.core.link.python import make_python_linker
from sphinx_repodoc.core.link.r import make_r_linker
from sphinx_repodoc.core.link.ruby import make_ruby_linker
from sphinx_repodoc.core.link.rust import make_rust_linker
from sphinx_repodoc.core.link.script import make_script_linker
from sphinx_repodoc.core.link.shell import make_shell_linker
from sphinx_repodoc.core.link.simple import MAKERS
from sphinx_repodoc.core.link.starlark import make_starlark_linker
from sphinx_repodoc.core.link.swift import make_swift_linker
from sphinx_repodoc.core.link.tex import make_tex_linker
from sphinx_repodoc.core.link.web import COMPONENTS, STYLES, TEMPLATES, make_web_linker
from sphinx_repodoc.core.link.xml import make_xml_linker

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx_repodoc.core.link.index import Index, Linker

LINKERS: Mapping[str, Callable[[Index], Linker]] = {
    **MAKERS,
    **dict.fromkeys(C_FAMILY, make_c_linker),
    **dict.fromkeys(JVM_LANGUAGES, make_java_linker),
    **dict.fromkeys(("javascript", "typescript", "tsx"), make_script_linker),
    **dict.fromkeys((*COMPONENTS, *STYLES, *TEMPLATES), make_web_linker),
    "bash": make_shell_linker,
    "cmake": make_cmake_linker,
    "csharp": make_dotnet_linker,
    "cython": make_cython_linker,
    "fortran": make_fortran_linker,
    "gn": make_gn_linker,
    "go": make_go_linker,
    "groovy": make_groovy_linker,
    "haskell": make_haskell_linker,
    "julia": make_julia_linker,
    "jupyter": make_python_linker,
    "literate-haskell": make_haskell_linker,
    "lua": make_lua_linker,
    "make": make_shell_linker,
    "perl": make_perl_linker,
    "php": make_php_linker,
    "python": make_python_linker,
    "r": make_r_linker,
    "ruby": make_ruby_linker,
    "rust": make_rust_linker,
    "starlark": make_starlark_linker,
    "swift": make_swift_linker,
    "tex": make_tex_linker,
    "xml": make_xml_linker,
    "xsl": make_xml_linker,
}
"""Language to what makes its linker. Imports of any other language are unknown."""
