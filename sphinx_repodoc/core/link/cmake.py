"""CMake's includes, subdirectories and packages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinx_repodoc.core.link.index import HERE, STANDARD, UNKNOWN, Found, folder_of, required_at, under
from sphinx_repodoc.core.link.paths import PathFinder, PathRule
from sphinx_repodoc.core.link.shell import behind_variable
from sphinx_repodoc.core.linked import Origin
from sphinx_repodoc.core.manifests import Ecosystem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx_repodoc.core.link.index import Index, Linker
    from sphinx_repodoc.core.model import File, Import

_RULE = PathRule(suffixes=(".cmake", ".cmake.in"), above=True, roots=("cmake", "CMake"), anywhere=True)
_HERE = ("${CMAKE_CURRENT_SOURCE_DIR}/", "${CMAKE_CURRENT_LIST_DIR}/")
_LIST = "CMakeLists.txt"
# Of CMake 3.25, without those for packages of one system
_MODULES = """
    AddFileDependencies BundleUtilities CMakeAddFortranSubdirectory CMakeDependentOption
    CMakeExpandImportedTargets CMakeFindDependencyMacro CMakeFindFrameworks CMakeFindPackageMode
    CMakeForceCompiler CMakeGraphVizOptions CMakePackageConfigHelpers CMakeParseArguments
    CMakePrintHelpers CMakePrintSystemInformation CMakePushCheckState CMakeVerifyManifest CPack
    CPackComponent CPackIFW CPackIFWConfigureFile CSharpUtilities CTest CTestCoverageCollectGCOV
    CTestScriptMode CTestUseLaunchers Documentation ExternalData ExternalProject FeatureSummary FetchContent
    FindPackageHandleStandardArgs FindPackageMessage FortranCInterface GNUInstallDirs
    GenerateExportHeader GetPrerequisites GoogleTest InstallRequiredSystemLibraries ProcessorCount
    SelectLibraryConfigurations TestBigEndian TestCXXAcceptsFlag UseEcos UseJava UsePkgConfig UseSWIG
    WriteBasicConfigVersionFile WriteCompilerDetectionHeader
"""
STANDARD_MODULES = frozenset(_MODULES.split())
_CHECKS = "Check"


@dataclass(slots=True)
class CMakeLinker:
    """Files by path or name of a module, lists of folders, and packages that this repository may hold itself."""

    finder: PathFinder
    projects: Mapping[str, str]
    """Name of a project in lower case to the file that declares it."""

    def __call__(self, file: File) -> tuple[Found, ...]:
        return tuple([self._link(file.entry.path, each) for each in file.facts.imports])

    def _link(self, path: str, wanted: Import) -> Found:
        folder, module = folder_of(path), wanted.module
        if wanted.form == "add_subdirectory":
            written = _beside(module)
            return UNKNOWN if written is None else self.finder.found(folder, under(written, _LIST))
        if wanted.form == "include":
            return self._include(folder, module)
        project = self.projects.get(module.lower())
        if project and project != path:
            return Found(origin=Origin.HERE, whole=(project,))
        finds = self.finder.find(folder, f"Find{module}.cmake")
        return Found(origin=Origin.HERE, whole=(finds,)) if finds else required_at(path, wanted)

    def _include(self, folder: str, module: str) -> Found:
        written = _beside(module)
        if written is None:
            return UNKNOWN
        found = self.finder.found(folder, written)
        if found is UNKNOWN and (module in STANDARD_MODULES or module.startswith(_CHECKS)):
            return STANDARD
        return HERE if found is UNKNOWN and written.startswith("./") else found


def _beside(written: str) -> str | None:
    """Count a path from the folder of the file, where a variable says so; from any, where another does."""
    for variable in _HERE:
        if written.startswith(variable):
            rest = written.removeprefix(variable)
            return None if "$" in rest else f"./{rest}"
    return behind_variable(written)


def make_cmake_linker(index: Index) -> Linker:
    native = [each for each in index.manifests.packages if each.ecosystem is Ecosystem.NATIVE]
    return CMakeLinker(PathFinder(index, _RULE), {each.name.lower(): each.path for each in reversed(native)})
