"""Names that say what a file is for: the data of :mod:`~sphinx_repodoc.analyze.roles`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A name, or a path from the root when it has a slash, that a tool or a custom gives a meaning."""

    role: str
    pattern: str
    """Glob; ``*`` in a path does not cross a slash."""
    clause: str = ""
    """Who reads or writes files of this name."""


def _rows(role: str, table: str) -> tuple[NamedFile, ...]:
    rows = (line.strip().partition(" ") for line in table.strip().splitlines())
    return tuple(NamedFile(role, pattern, clause.strip()) for pattern, _, clause in rows)


NAMED_FILES = (
    *_rows(
        "configuration",
        """
        pyproject.toml      which the tools of a Python project read
        setup.cfg           which setuptools and other Python tools read
        tox.ini             which tox reads
        noxfile.py          which nox runs
        pytest.ini          which pytest reads
        .coveragerc         which coverage reads
        mypy.ini            which mypy reads
        .mypy.ini           which mypy reads
        pyrightconfig.json  which Pyright reads
        ruff.toml           which Ruff reads
        .ruff.toml          which Ruff reads
        .flake8             which Flake8 reads
        .pylintrc           which Pylint reads
        .isort.cfg          which isort reads
        py.typed            which tells type checkers that the package has type hints (PEP 561)
        .pre-commit-config.yaml which pre-commit reads
        .pre-commit-hooks.yaml which pre-commit reads
        .editorconfig       which editors read
        .gitignore          which Git reads
        .gitattributes      which Git reads
        .gitmodules         which Git reads
        .git-blame-ignore-revs which git blame reads
        .mailmap            which Git reads
        .dockerignore       which Docker reads
        .clang-format       which clang-format reads
        .clang-tidy         which clang-tidy reads
        .clangd             which clangd reads
        .prettierrc*        which Prettier reads
        .prettierignore     which Prettier reads
        .eslintrc*          which ESLint reads
        .eslintignore       which ESLint reads
        eslint.config.*     which ESLint reads
        .stylelintrc*       which Stylelint reads
        .babelrc            which Babel reads
        babel.config.*      which Babel reads
        jest.config.*       which Jest reads
        vitest.config.*     which Vitest reads
        tsconfig.json       which the TypeScript compiler reads
        tsconfig.*.json     which the TypeScript compiler reads
        .npmrc              which npm reads
        .npmignore          which npm reads
        .nvmrc              which nvm reads
        rustfmt.toml        which rustfmt reads
        clippy.toml         which Clippy reads
        rust-toolchain      which rustup reads
        rust-toolchain.toml which rustup reads
        deny.toml           which cargo-deny reads
        .golangci.yml       which golangci-lint reads
        .golangci.yaml      which golangci-lint reads
        codecov.yml         which Codecov reads
        .codecov.yml        which Codecov reads
        renovate.json       which Renovate reads
        CODEOWNERS          which code forges read
        .github/dependabot.yml which Dependabot reads
        .github/ISSUE_TEMPLATE/* which GitHub offers to those who open an issue
        .github/ISSUE_TEMPLATE.md which GitHub offers to those who open an issue
        .github/PULL_REQUEST_TEMPLATE.md which GitHub offers to those who open a pull request
        .github/pull_request_template.md which GitHub offers to those who open a pull request
        .github/FUNDING.yml which GitHub reads
        .vscode/*           which Visual Studio Code reads
        .devcontainer/*     which development containers are made from
        .tx/config          which the Transifex client reads
        """,
    ),
    *_rows(
        "build",
        """
        setup.py            which setuptools runs
        MANIFEST.in         which setuptools reads
        requirements.txt    which pip installs from
        requirements-*.txt  which pip installs from
        requirements_*.txt  which pip installs from
        environment.yml     which conda makes an environment from
        Pipfile             which Pipenv reads
        meson.build         which Meson reads
        meson_options.txt   which Meson reads
        CMakeLists.txt      which CMake reads
        CMakePresets.json   which CMake reads
        *.cmake             which CMake reads
        *.cmake.in          which CMake fills in
        Makefile            which make reads
        makefile            which make reads
        GNUmakefile         which GNU make reads
        Makefile.am         which Automake reads
        Makefile.in         which configure fills in
        make.bat            a batch file
        *.mk                which make includes
        configure.ac        which Autoconf reads
        BUILD               which Bazel reads
        BUILD.bazel         which Bazel reads
        WORKSPACE           which Bazel reads
        WORKSPACE.bazel     which Bazel reads
        MODULE.bazel        which Bazel reads
        *.bzl               which Bazel loads
        TARGETS             which Buck reads
        BUCK                which Buck reads
        SConstruct          which SCons runs
        conanfile.txt       which Conan reads
        conanfile.py        which Conan runs
        vcpkg.json          which vcpkg reads
        Cargo.toml          which Cargo reads
        go.mod              which Go reads
        go.work             which Go reads
        package.json        which npm and other JavaScript tools read
        pnpm-workspace.yaml which pnpm reads
        lerna.json          which Lerna reads
        Gruntfile.js        which Grunt runs
        gulpfile.js         which gulp runs
        webpack.config.*    which webpack runs
        rollup.config.*     which Rollup runs
        vite.config.*       which Vite runs
        pom.xml             which Maven reads
        build.gradle        which Gradle runs
        build.gradle.kts    which Gradle runs
        settings.gradle     which Gradle runs
        settings.gradle.kts which Gradle runs
        gradlew             which starts Gradle
        gradlew.bat         which starts Gradle
        Gemfile             which Bundler reads
        Rakefile            which Rake runs
        composer.json       which Composer reads
        Package.swift       which the Swift package manager reads
        *.csproj            which MSBuild reads
        *.sln               which Visual Studio reads
        Dockerfile          which Docker builds an image from
        Dockerfile.*        which Docker builds an image from
        *.dockerfile        which Docker builds an image from
        Containerfile       which Podman builds an image from
        docker-compose.yml  which Docker Compose reads
        docker-compose.*.yml which Docker Compose reads
        compose.yaml        which Docker Compose reads
        *.spec.in           which rpmbuild is given
        justfile            which just reads
        """,
    ),
    *_rows(
        "CI",
        """
        .github/workflows/*.yml which GitHub Actions runs
        .github/workflows/*.yaml which GitHub Actions runs
        .github/actions/*/action.yml which GitHub Actions runs
        .gitlab-ci.yml      which GitLab CI runs
        .travis.yml         which Travis CI runs
        .circleci/config.yml which CircleCI runs
        .cirrus.yml         which Cirrus CI runs
        .buildkite/*.yml    which Buildkite runs
        azure-pipelines.yml which Azure Pipelines runs
        appveyor.yml        which AppVeyor runs
        .appveyor.yml       which AppVeyor runs
        Jenkinsfile         which Jenkins runs
        bitbucket-pipelines.yml which Bitbucket Pipelines runs
        .readthedocs.yaml   which Read the Docs builds from
        .readthedocs.yml    which Read the Docs builds from
        readthedocs.yml     which Read the Docs builds from
        """,
    ),
    *_rows(
        "generated",
        """
        uv.lock             which uv writes
        poetry.lock         which Poetry writes
        pdm.lock            which PDM writes
        Pipfile.lock        which Pipenv writes
        pylock.toml         which Python installers write (PEP 751)
        Cargo.lock          which Cargo writes
        go.sum              which Go writes
        package-lock.json   which npm writes
        npm-shrinkwrap.json which npm writes
        yarn.lock           which Yarn writes
        pnpm-lock.yaml      which pnpm writes
        Gemfile.lock        which Bundler writes
        composer.lock       which Composer writes
        flake.lock          which Nix writes
        PKG-INFO            which Python build tools write
        *.min.js            the custom for minified scripts
        *.min.css           the custom for minified style sheets
        *.mo                which msgfmt compiles from a .po file
        """,
    ),
    *_rows(
        "licence",
        """
        LICENSE
        LICENSE.*
        LICENSE-*
        LICENCE
        LICENCE.*
        COPYING
        COPYING.*
        NOTICE
        NOTICE.*
        UNLICENSE
        LICENSES/*          where REUSE keeps licence texts
        """,
    ),
    *_rows(
        "documentation",
        """
        README
        README.*
        CHANGELOG
        CHANGELOG.*
        CHANGES
        CHANGES.*
        HISTORY.*
        NEWS
        NEWS.*
        RELEASE_NOTES.*
        CONTRIBUTING
        CONTRIBUTING.*
        CODE_OF_CONDUCT.*
        SECURITY.*
        SUPPORT.*
        GOVERNANCE.*
        AUTHORS
        AUTHORS.*
        CONTRIBUTORS
        CONTRIBUTORS.*
        MAINTAINERS
        MAINTAINERS.*
        INSTALL
        INSTALL.*
        CITATION.cff        which code forges read
        """,
    ),
)

PROSE = frozenset({"markdown", "rst", "asciidoc", "textile", "org"})
"""Languages that documents are written in."""
PROSE_NAMED_SUFFIXES = frozenset(
    {"", ".md", ".markdown", ".rst", ".txt", ".adoc", ".asciidoc", ".org", ".cff"}
)
"""``HISTORY.py`` is a program: the customary names hold for these suffixes only."""

DATA = {
    ".csv": "comma-separated values",
    ".tsv": "tab-separated values",
    ".json": "JSON",
    ".jsonl": "JSON Lines",
    ".ndjson": "JSON Lines",
    ".geojson": "GeoJSON",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".xml": "XML",
    ".toml": "TOML",
    ".sql": "SQL",
    ".parquet": "Parquet",
    ".npy": "a NumPy array",
    ".npz": "NumPy arrays",
    ".pkl": "a Python pickle",
    ".sqlite": "an SQLite database",
    ".sqlite3": "an SQLite database",
    ".onnx": "an ONNX model",
    ".pt": "a PyTorch file",
    ".svg": "an SVG image",
}

TEST_FOLDERS = frozenset({"test", "tests", "__tests__", "spec", "specs", "testdata"})
EXAMPLE_FOLDERS = frozenset({"examples", "samples", "demos"})
TOP_EXAMPLE_FOLDERS = frozenset({"example", "sample", "demo"})
"""Deeper down these words are as likely the thing a package is about."""
BENCHMARK_FOLDERS = frozenset({"benchmarks", "benches", "asv_bench"})
TOP_BENCHMARK_FOLDERS = frozenset({"benchmark", "bench"})
DOC_FOLDERS = frozenset({"docs", "doc", "documentation"})
TEMPLATE_FOLDERS = frozenset({"templates"})
VENDOR_FOLDERS = frozenset(
    {"vendor", "vendored", "_vendor", "third_party", "third-party", "thirdparty", "node_modules"}
    | {"bower_components"}
)


@dataclass(frozen=True, slots=True)
class _RoleTable:
    """The rows of one role, ready for look-up."""

    exact: dict[str, NamedFile]
    any_name: re.Pattern[str]
    """Matches what one of the globs on names matches: most files match none."""
    globs: tuple[tuple[re.Pattern[str], NamedFile], ...]

    def find(self, path: str, name: str) -> NamedFile | None:
        found = self.exact.get(name) or self.exact.get(path)
        if found or not self.any_name.match(f"{path}\n{name}"):
            return found
        matching = (row for glob, row in self.globs if glob.fullmatch(path if "/" in row.pattern else name))
        return next(matching, None)


@cache
def _table(role: str) -> _RoleTable:
    rows = [row for row in NAMED_FILES if row.role == role]
    globs = tuple((re.compile(_translate(row.pattern)), row) for row in rows if "*" in row.pattern)
    either = "|".join(
        glob.pattern + r"\n" if "/" in row.pattern else rf"[^\n]*\n{glob.pattern}\Z" for glob, row in globs
    )
    return _RoleTable(
        exact={row.pattern: row for row in rows if "*" not in row.pattern},
        any_name=re.compile(either or r"(?!)"),
        globs=globs,
    )


def _translate(pattern: str) -> str:
    return re.escape(pattern).replace(r"\*", "[^/]*")


def match_named_file(path: str, role: str) -> NamedFile | None:
    """First row of a role whose pattern is the name of a file, or its path where the pattern is one."""
    return _table(role).find(path, path.rpartition("/")[2])
