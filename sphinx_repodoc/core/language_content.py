"""Tells languages apart that share a suffix, by what stands at the head of the file.

One function a suffix, in one table. They look for what only one of the
candidates can hold, comments and strings left out where that matters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LITERALS = re.compile(
    rb"""//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""", re.DOTALL
)
_CPP = re.compile(
    rb"^[ \t]*(?:(?:inline[ \t]+)?namespace\b|template[ \t]*<|class[ \t]+\w|using[ \t]+[\w:]+|constexpr\b"
    rb"|(?:public|private|protected)[ \t]*:)|\w::~?\w|\benum[ \t]+class\b"
    rb"|#[ \t]*include[ \t]*<(?:c?std\w+|string|vector|map|memory|iostream|algorithm|functional|utility)>",
    re.MULTILINE,
)
_OBJC = re.compile(
    rb"^[ \t]*(?:@(?:interface|implementation|protocol|property|class|import|end)\b|#[ \t]*import\b)",
    re.MULTILINE,
)
_OBJC_ONLY = re.compile(rb"^[ \t]*@(?:interface|implementation|protocol|class|end)\b", re.MULTILINE)
_MATLAB = re.compile(
    rb"^[ \t]*(?:%|\.\.\.|(?:function|classdef|end|clear|clc|close|hold|figure|disp|fprintf)\b|[A-Za-z]\w*(?:\([^()\n]*\))?[ \t]*=[^=])",
    re.MULTILINE,
)
_CUDA = re.compile(rb"\b__(?:global|device|host)__\b")
_C = re.compile(
    rb"^[ \t]*(?:#[ \t]*(?:include|define|ifdef|ifndef|pragma|undef|if)\b|extern\b|static\b|typedef\b)",
    re.MULTILINE,
)
_MODE = re.compile(rb"-\*-[ \t]*(?:[^\n]*?\bmode:[ \t]*)?([\w+#-]+)[ \t]*(?:;[^\n]*)?-\*-", re.IGNORECASE)
_VIM_MODE = re.compile(rb"\bvim?:[^\n]*\b(?:ft|filetype|syntax)=([\w+#-]+)")
_RST = re.compile(
    rb"^\.\. (?:[\w:+-]+::(?:[ \t]|$)|_[^:\n]+:[ \t]*$)|(?<![\w:`]):[a-z][\w.+-]*:`[^`\s]", re.MULTILINE
)
"""A directive, a target, or a role: what no other markup writes so."""
_INI = re.compile(rb"^[ \t]*\[[^\]\n]+\][ \t]*$", re.MULTILINE)
_INI_KEY = re.compile(rb"^[\w.\-]+[ \t]*[=:]", re.MULTILINE)


def without_literals(head: bytes) -> bytes:
    """Head of a file of the C family without its comments and strings."""
    return _LITERALS.sub(b" ", head)


def _header(head: bytes) -> str:
    code = without_literals(head)
    if _OBJC.search(code) and not _CPP.search(code):
        return "objc"
    if _OBJC_ONLY.search(code):
        return "objcpp"
    return "cpp" if _CPP.search(code) else "c"


def _inline(head: bytes) -> str:
    return "cuda" if _CUDA.search(without_literals(head)) else "cpp"


def _m(head: bytes) -> str:
    if _OBJC.search(head) or _C.search(head):
        return "objc"
    if re.search(rb"^[ \t]*(?:%|function\b|classdef\b|end;?[ \t]*$)", head, re.MULTILINE):
        return "matlab"
    if re.search(rb"\(\*.*?\*\)|:=|\bModule\[", head):
        return "mathematica"
    return "matlab" if _MATLAB.search(without_literals(head)) else "objc"


def _v(head: bytes) -> str:
    if re.search(
        rb"^[ \t]*(?:Require|Theorem|Lemma|Definition|Fixpoint|Inductive|Proof)\b", head, re.MULTILINE
    ):
        return "coq"
    if (
        re.search(rb"^(?:pub[ \t]+)?fn[ \t]+\w|^module[ \t]+\w+[ \t]*$(?!.*;)", head, re.MULTILINE)
        and b"endmodule" not in head
    ):
        return "v"
    return "verilog"


def _inc(head: bytes) -> str:
    if b"<?php" in head:
        return "php"
    if _C.search(head):
        return _header(head)
    if re.search(
        rb"^[ \t]*(?:unit|interface|implementation|procedure|uses)\b.*;?[ \t]*$",
        head,
        re.MULTILINE | re.IGNORECASE,
    ):
        return "pascal"
    if head.lstrip().startswith(b"<"):
        return "html"
    return refine_text(head)


def _ts(head: bytes) -> str:
    return "xml" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "typescript"


def _pl(head: bytes) -> str:
    prolog = re.search(rb"^[ \t]*:-|^[a-z]\w*\([^\n]*\)[ \t]*(?::-|\.[ \t]*$)", head, re.MULTILINE)
    perl = re.search(rb"^#!|^[ \t]*(?:use|my|sub|package|require)\b|[$@%]\w", head, re.MULTILINE)
    return "prolog" if prolog and not perl else "perl"


def _pp(head: bytes) -> str:
    return (
        "pascal"
        if re.search(
            rb"^[ \t]*(?:unit|program|library|procedure)[ \t]+\w+", head, re.MULTILINE | re.IGNORECASE
        )
        else "puppet"
    )


def _r(head: bytes) -> str:
    return "rebol" if re.match(rb"\s*rebol\s*\[", head, re.IGNORECASE) else "r"


def _d(head: bytes) -> str:
    return "make" if re.match(rb"[^\s:]+:[^\n]*(?:\\|\.\w+)[ \t]*\r?$", head, re.MULTILINE) else "d"


def _fs(head: bytes) -> str:
    if re.search(rb"^[ \t]*(?:#version|void main|uniform|varying|precision)\b", head, re.MULTILINE):
        return "glsl"
    return "forth" if re.search(rb"^: \S+", head, re.MULTILINE) else "fsharp"


def _settings(head: bytes) -> str:
    start = head.lstrip()
    if not start:
        return "ini"
    if _INI.search(head) and (_INI_KEY.search(head) or not start.startswith((b"{", b"["))):
        return "ini"
    return "json" if start.startswith(b"{") else "text"


def _lock(head: bytes) -> str:
    if b"[[package]]" in head:
        return "toml"
    return "json" if head.lstrip().startswith(b"{") else "text"


def _map(head: bytes) -> str:
    return "json" if head.lstrip().startswith(b"{") else "text"


def _def(head: bytes) -> str:
    return "c" if _C.search(head) or re.search(rb"^[A-Z]\w*[ \t]*\(", head, re.MULTILINE) else "text"


def refine_text(head: bytes) -> str:
    """``rst`` for plain text that is written in it, as many ``.txt`` documents are."""
    return "rst" if _RST.search(head) else "text"


def _cls(head: bytes) -> str:
    return "tex" if b"\\" in head else "vbnet"


def _mo(head: bytes) -> str:
    return "modelica" if re.search(rb"^[ \t]*(?:model|package|within|class)\b", head, re.MULTILINE) else "mo"


def _asc(head: bytes) -> str:
    return "pem" if b"-----BEGIN" in head else "asciidoc"


def _spec(head: bytes) -> str:
    if re.search(rb"^(?:Name|Summary|Version):|^%\w+", head, re.MULTILINE):
        return "spec"
    return "python" if re.search(rb"\b(?:Analysis|EXE|PYZ)\(", head) else "text"


def _manual(head: bytes) -> str:
    return "groff" if re.match(rb"(?:[.']\\\"[^\n]*\n|\s)*\.(?:TH|Dd|so)\b", head) else ""


BY_SUFFIX: Mapping[str, Callable[[bytes], str]] = {
    "h": _header,
    "inl": _inline,
    "m": _m,
    "v": _v,
    "inc": _inc,
    "ts": _ts,
    "pl": _pl,
    "pp": _pp,
    "r": _r,
    "d": _d,
    "fs": _fs,
    "cfg": _settings,
    "cnf": _settings,
    "conf": _settings,
    "lock": _lock,
    "map": _map,
    "def": _def,
    "cls": _cls,
    "mo": _mo,
    "asc": _asc,
    "spec": _spec,
    **dict.fromkeys("123456789", _manual),
}
"""Suffix in lower case to the function that decides. An empty head gives the commonest language."""


def mode_line(head: bytes) -> str:
    """Mode that Emacs or Vim is told at the head of the file, in lower case."""
    lines = b"\n".join(head.split(b"\n", 2)[:2])[:1000]
    match = _MODE.search(lines) or _VIM_MODE.search(lines)
    return match[1].decode("ascii", "replace").lower() if match else ""


def guess(head: bytes) -> str:
    """Language of a file whose name says nothing, by an unmistakable beginning."""
    start = head[:400].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for prefix, language in _STARTS:
        if start.startswith(prefix):
            return language
    return ""


_STARTS = (
    (b"<?php", "php"),
    (b"<?xml", "xml"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"diff --git ", "diff"),
    (b"%!ps", "postscript"),
    (b"-----begin ", "pem"),
    (b"\\documentclass", "tex"),
)
