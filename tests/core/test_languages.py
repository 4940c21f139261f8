from __future__ import annotations

import pytest
from pygments.lexers import get_lexer_by_name

from sphinx_repodoc.core.languages import LANGUAGES, Family, identify_language, language

BY_NAME = {
    "python": "a.py a.pyi a.pyw a.wsgi SConstruct wscript a.py-tpl a.py.in",
    "cython": "a.pyx a.pxd",
    "javascript": "a.js a.jsx a.mjs a.cjs a.js.j2",
    "typescript": "a.ts a.mts a.cts a.d.ts",
    "tsx": "a.tsx",
    "go": "a.go",
    "gomod": "go.mod go.work",
    "gosum": "go.sum",
    "rust": "a.rs",
    "java": "a.java",
    "c": "a.c a.h a.h.in",
    "cpp": "a.cpp a.cc a.cxx a.hpp a.hh a.hxx a.C a.ipp a.tpp a.inl",
    "cuda": "a.cu a.cuh",
    "objc": "a.m",
    "objcpp": "a.mm",
    "csharp": "a.cs",
    "kotlin": "a.kt build.gradle.kts",
    "swift": "a.swift",
    "scala": "a.scala build.sbt",
    "ruby": "a.rb Gemfile Rakefile a.gemspec",
    "php": "a.php",
    "lua": "a.lua",
    "r": "a.r a.R",
    "perl": "a.pl a.pm",
    "verilog": "a.v",
    "bash": "a.sh a.bash a.zsh .bashrc .zshrc a.bats",
    "fish": "a.fish",
    "powershell": "a.ps1",
    "batch": "a.bat",
    "cmake": "CMakeLists.txt a.cmake a.cmake.in",
    "make": "Makefile makefile GNUmakefile Makefile.am Makefile.win a.mk Kbuild",
    "dockerfile": "Dockerfile Dockerfile.dev a.Dockerfile Containerfile",
    "gn": "BUILD.gn a.gni .gn",
    "just": "justfile Justfile .justfile a.just",
    "dotenv": ".env .env.local .env.example a.env",
    "starlark": "BUILD BUILD.bazel WORKSPACE a.bzl",
    "groovy": "Jenkinsfile build.gradle",
    "sql": "a.sql",
    "proto": "a.proto",
    "json": "a.json Pipfile.lock .babelrc a.geojson a.jsonl",
    "jupyter": "a.ipynb",
    "yaml": "a.yml a.yaml .clang-format .pre-commit-config.yaml",
    "toml": "a.toml Pipfile Cargo.lock uv.lock",
    "ini": "a.ini setup.cfg tox.ini .gitmodules .editorconfig .coveragerc",
    "xml": "a.xml a.svg a.csproj a.plist",
    "html": "a.html a.htm",
    "css": "a.css",
    "markdown": "a.md README.md a.markdown a.mdx",
    "rst": "a.rst a.rst.txt README.rst",
    "text": "a.txt README LICENSE LICENSE.txt requirements.txt MANIFEST.in CHANGELOG",
    "csv": "a.csv",
    "diff": "a.diff a.patch",
    "po": "a.po a.pot",
    "gitignore": ".gitignore .dockerignore",
    "haskell": "a.hs",
    "fortran": "a.f90 a.f",
    "asm": "a.s a.S a.asm",
    "png": "a.png",
    "gzip": "a.tar.gz",
    "mo": "a.mo",
    "": "a.unknownsuffix somefile .py.d/file",
}


@pytest.mark.parametrize(
    ("name", "path"), [(name, path) for name, paths in BY_NAME.items() for path in paths.split()]
)
def test_names_tell_the_language(name: str, path: str) -> None:
    """Suffixes and well-known names decide when there is nothing to read."""
    assert identify_language(path) == name
    assert identify_language(f"some/folder.c/{path}") == name


def test_suffix_wins_over_the_stem() -> None:
    """A module about Makefiles is no Makefile."""
    assert identify_language("makefile.py") == "python"
    assert identify_language("Dockerfile.md") == "markdown"


@pytest.mark.parametrize(
    ("path", "head", "name"),
    [
        ("a.h", b"#ifndef A\n#define A\nint f(int class_);\n#endif\n", "c"),
        ("a.h", b"/* namespace x { class Y; std::string } */\nstruct s { int x; };\n", "c"),
        ("a.h", b'// template<T>\nconst char *s = "a::b";\n', "c"),
        ("a.h", b"namespace x {\nint f();\n}\n", "cpp"),
        ("a.h", b"template <typename T>\nT f(T);\n", "cpp"),
        ("a.h", b"class A;\n", "cpp"),
        ("a.h", b"int f(std::string s);\n", "cpp"),
        ("a.h", b"//===- a.h - A -*- C++ -*-===//\n", "cpp"),
        ("a.h", b"#import <Foundation/Foundation.h>\n@interface A : NSObject\n@end\n", "objc"),
        ("a.m", b"function y = f(x)\n% help\ny = x;\nend\n", "matlab"),
        ("a.h", b"@class A;\nnamespace b { class C; }\n", "objcpp"),
        ("a.h", b"// @interface A\nnamespace b { class C; }\n", "cpp"),
        ("a.m", b'#import "a.h"\n@implementation A\n@end\n', "objc"),
        ("a.m", b"// Only a remark: x = 1\n", "objc"),
        ("a.m", b"x = linspace(0, 1);\nplot(x)\n", "matlab"),
        ("a.m", b"classdef A < handle\n  properties\n", "matlab"),
        ("a.m", b"f = @(x) x.^2;\ny(1) = f(2);\n", "matlab"),
        ("a.v", b"Require Import List.\nTheorem t : True.\n", "coq"),
        ("a.v", b"module m(input a);\nendmodule\n", "verilog"),
        ("a.ts", b'<?xml version="1.0"?>\n<!DOCTYPE TS>\n', "xml"),
        ("a.ts", b"export const x: number = 1;\n", "typescript"),
        ("a.inc", b"<?php echo 1;\n", "php"),
        ("a.inc", b"#define X 1\n", "c"),
        ("a.inc", b"some words\n", "text"),
        ("a.pl", b"parent(a, b).\nparent(b, c).\nq(X) :- parent(X, _).\n", "prolog"),
        ("a.pl", b"#!/usr/bin/perl\nuse strict;\n", "perl"),
        ("a.cfg", b"# c\n[section]\nkey = 1\n", "ini"),
        ("a.conf", b"listen 80;\n", "text"),
        ("a.lock", b'version = 1\n[[package]]\nname = "x"\n', "toml"),
        ("a.js.map", b'{"version":3}', "json"),
        ("a.txt", b"Title\n=====\n\n.. note:: Look.\n", "rst"),
        ("README", b".. _label:\n\nTitle\n=====\n", "rst"),
        ("a.txt", b"Fixed (:ticket:`24605`).\n", "rst"),
        ("a.txt", b"Say a:b:`c` or ::`d`.\n", "text"),
        ("a.txt", b"Some .. dots:: here\n", "text"),
        ("a.mo", b"\xde\x12\x04\x95\0\0\0\0", "mo"),
        ("a.mo", b"model M\nend M;\n", "modelica"),
        ("a.1", b'.\\" comment\n.TH A 1\n', "groff"),
    ],
)
def test_content_decides_between_languages_of_one_suffix(path: str, head: bytes, name: str) -> None:
    """What only one of the candidates can hold settles it; comments and strings do not."""
    assert identify_language(path, head) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b"#!/bin/sh", "bash"),
        (b"#!/usr/bin/env bash", "bash"),
        (b"#!/usr/bin/env python3.12", "python"),
        (b"#! /usr/bin/python -u", "python"),
        (b"#!/usr/bin/env -S uv run --script", "python"),
        (b"#!/usr/bin/env -S LC_ALL=C perl -w", "perl"),
        (b"#!/usr/local/bin/node", "javascript"),
        (b"#!/usr/bin/env Rscript", "r"),
        (b"#!/usr/bin/awk -f", "awk"),
        (b"#!/opt/own/thing", ""),
        (b"#!", ""),
        (b"#!\xff\xfe", ""),
    ],
)
def test_interpreter_line_tells_the_language_of_a_script(line: bytes, name: str) -> None:
    """Names without a known suffix leave it to the first line, executable or not."""
    assert identify_language("bin/tool", line + b"\ncode\n") == name
    assert identify_language("bin/tool", line + b"\r\ncode\r\n", executable=True) == name


def test_interpreter_line_does_not_overrule_a_name() -> None:
    """A Python module with an odd first line is a Python module."""
    assert identify_language("a.py", b"#!/bin/sh\n", executable=True) == "python"
    assert identify_language("configure.txt", b"#!/bin/sh\n", executable=True) == "bash"


def test_mode_line_and_beginning_tell_nameless_files() -> None:
    """Editors' modes and unmistakable first words are the last evidence."""
    assert identify_language("vector", b"// -*- C++ -*-\n") == "cpp"
    assert identify_language("thing", b"# vim: set ft=ruby :\n") == "ruby"
    assert identify_language("thing", b"# -*- coding: utf-8 -*-\n") == ""
    assert identify_language("page", b"<!DOCTYPE html>\n") == "html"


def test_every_language_has_a_lexer_and_a_title() -> None:
    """Each row of the table can be highlighted."""
    for name, row in LANGUAGES.items():
        assert row.name == name == name.lower()
        assert row.title
        get_lexer_by_name(language(name).lexer)


def test_languages_that_pygments_alone_knows_have_its_title() -> None:
    """Their lexer is the name itself."""
    name = identify_language("a.kk")
    assert name == "koka"
    assert language(name).title == "Koka"
    get_lexer_by_name(language(name).lexer)


def test_families() -> None:
    """Each language is of one kind, and unknown ones are plain text."""
    assert language("cpp").title == "C++"
    assert language("python").is_code
    assert language("yaml").is_data
    assert language("png").is_binary
    assert language("").family is Family.TEXT
    assert not language("never heard of").is_code
    assert language("never heard of").lexer == "text"


@pytest.mark.parametrize(
    "path", ["", ".", "..", "~", "a/", ".in", ".txt", "x.in.in.in", "\n", "a\udcff.py", "a." + "x" * 300]
)
def test_odd_names_have_an_answer(path: str) -> None:
    """No name makes identification fail."""
    assert isinstance(identify_language(path, b"\0\xff"), str)
