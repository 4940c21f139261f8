from __future__ import annotations

import codecs

import pytest

from sphinx_repodoc.core.problems import ProblemKind
from sphinx_repodoc.core.text import decode, is_binary


def kinds(data: bytes, language: str = "") -> list[ProblemKind]:
    return [problem.kind for problem in decode(data, language).problems]


def test_utf8_is_kept_without_a_problem() -> None:
    """Valid UTF-8 comes back byte for byte."""
    data = "größe 🦊\n".encode()
    assert decode(data).text == data
    assert decode(data).encoding == "utf-8"
    assert kinds(data) == []


def test_line_ends_become_newlines() -> None:
    r"""``\r\n`` and a lone ``\r`` end lines; ``\r\n`` is one line end, not two."""
    assert decode(b"a\r\nb\rc\n\r\n").text == b"a\nb\nc\n\n"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_marks_name_the_encoding(mark: bytes, encoding: str) -> None:
    """A mark is obeyed, removed, and no problem."""
    decoded = decode(mark + "ä = 1\r\n".encode(encoding))
    assert decoded.text == "ä = 1\n".encode()
    assert decoded.encoding == encoding
    assert decoded.problems == ()


def test_a_mark_that_lies_is_not_believed() -> None:
    """Bytes that only begin like UTF-16 are decoded in another way, without an error."""
    assert kinds(codecs.BOM_UTF16_LE + b"abc") != []


@pytest.mark.parametrize(
    "head",
    [
        "# -*- coding: latin-1 -*-\n",
        "#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\n",
        "\n# coding=latin-1\n",
    ],
)
def test_python_coding_cookie_is_honoured(head: str) -> None:
    """A cookie on one of the first two lines decides for Python, without a problem."""
    decoded = decode(f"{head}x = 'é'\n".encode("latin-1"), "python")
    assert decoded.text.decode().endswith("x = 'é'\n")
    assert decoded.encoding == "iso8859-1"
    assert decoded.problems == ()


def test_cookie_decides_even_when_the_bytes_are_utf8() -> None:
    """Python reads the file as the cookie says, so its strings are what the cookie makes them."""
    data = "# coding: latin-1\nx = 'é'\n".encode()
    assert decode(data, "python").text.decode().endswith("x = 'Ã©'\n")
    assert decode(data, "ruby").text == data


@pytest.mark.parametrize(
    "name", ["no-such-encoding", "hex", "rot13", "idna", "punycode", "unicode_escape", "undefined", "utf-16"]
)
def test_cookies_that_name_no_encoding_are_ignored(name: str) -> None:
    """Unknown names, codecs that are no encodings, and names that do not fit fall back to UTF-8."""
    data = f"# coding: {name}\nx = '\\d'\n".encode()
    assert decode(data, "python").text == data
    assert decode(data, "python").encoding == "utf-8"


def test_cookie_behind_code_is_no_cookie() -> None:
    """PEP 263 wants a blank or comment line before a cookie on the second line."""
    data = "import os\n# coding: latin-1\nx = 'é'\n".encode()
    assert decode(data, "python").text == data


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ('<?xml version="1.0" encoding="iso-8859-1"?>\n<a>é</a>\n', "iso8859-1"),
        ('msgid ""\n"Content-Type: text/plain; charset=ISO-8859-2\\n"\nmsgstr "ąę"\n', "iso8859-2"),
        ("# encoding: windows-1251\nputs 'привет'\n", "cp1251"),
    ],
)
def test_declared_encodings_are_used_when_the_text_is_not_utf8(text: str, encoding: str) -> None:
    """XML, gettext and Emacs style declarations are believed without a problem."""
    decoded = decode(text.encode(encoding))
    assert decoded.text == text.encode()
    assert decoded.encoding == encoding
    assert decoded.problems == ()


@pytest.mark.parametrize("padding", ["", "x = 1  # plain\n" * 5000])
@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("# Loïc Estève\n", "iso8859-1"),
        ("/* “größe” übrig */\n", "cp1252"),
        ("# Привет мир, это комментарий\n", "cp1251"),
        ("// コメントです。日本語のテスト\n", "cp932"),
    ],
)
def test_guessed_encodings_are_right_and_named(text: str, encoding: str, padding: str) -> None:
    """What declares nothing is guessed, however much ASCII surrounds it, and the problem names the guess."""
    decoded = decode((padding + text).encode(encoding))
    assert decoded.text == (padding + text).encode()
    assert decoded.encoding == encoding
    assert [problem.kind for problem in decoded.problems] == [ProblemKind.NOT_UTF8]
    assert encoding in decoded.problems[0].message


def test_bytes_that_fit_nothing_are_replaced() -> None:
    """U+FFFD stands for what no encoding explains, and the rest is kept."""
    data = b"start \x81\x8d\x8f\x90\x9d\xff\xfe\xfa\x81\x98 end\n" * 3
    decoded = decode(data)
    assert [problem.kind for problem in decoded.problems] == [ProblemKind.UNDECODABLE]
    assert decoded.text.decode().startswith("start \ufffd")


def test_lone_surrogates_do_not_survive() -> None:
    """UTF-7 can spell a lone surrogate, which is no UTF-8."""
    text = decode(b"# coding: utf-7\nx = '+2AA-'\n", "python").text.decode()
    assert text.endswith("x = '\ufffd'\n")


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\xff", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xe9" * 70_000]
)
def test_any_bytes_give_utf8(data: bytes) -> None:
    """Nothing makes decoding fail."""
    decode(data).text.decode()
    decode(data, "python").text.decode()


def test_binary_by_nul_byte() -> None:
    """A NUL byte anywhere says binary."""
    assert is_binary(b"abc\0def")
    assert is_binary(b"a" * 20_000 + b"\0")
    assert not is_binary(b"abc def\n")
    assert not is_binary(b"")


def test_utf16_is_text_in_spite_of_its_nul_bytes() -> None:
    """The mark explains them; a mark with something else behind it does not."""
    assert not is_binary(codecs.BOM_UTF16_LE + "text".encode("utf-16-le"))
    assert not is_binary(codecs.BOM_UTF32_BE + "text".encode("utf-32-be"))
    assert is_binary(codecs.BOM_UTF16_LE + b"\0\0\xd8\0\xd8\0\0")


def test_binary_without_nul_bytes() -> None:
    """Compressed data shows by its control characters, a PDF by its first line."""
    assert is_binary(bytes(range(1, 256)) * 4)
    assert is_binary(b"%PDF-1.4\nplain")


def test_odd_text_is_not_binary() -> None:
    """A few control characters, escape sequences and foreign encodings are text."""
    assert not is_binary("# Größe\n".encode("latin-1"))
    assert not is_binary(b"\x1b[31mred\x1b[0m\f\n")
    assert not is_binary(b"a\x01b\x02c\x03\n")
    assert not is_binary("日本語".encode("shift_jis") * 40)


def test_head_that_ends_inside_a_character_is_text() -> None:
    """The first bytes of a file may cut a character in two."""
    assert not is_binary(("\x01" + "é" * 6000).encode()[:8192])
