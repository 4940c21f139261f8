"""Which licence a text is, or a header names: by sentences that only that licence has.

The identifiers are those of the SPDX list, https://spdx.org/licenses/. A text
with sentences of several licences is none of them: it may be a list of the
licences of parts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SENTENCES: Mapping[str, tuple[str, ...]] = {
    "AGPL-3.0": ("gnu affero general public license version 3 19 november 2007",),
    "Apache-2.0": ("apache license version 2 0 january 2004", "terms and conditions for use reproduction and distribution"),
    "BSD": ("redistribution and use in source and binary forms with or without modification are permitted",),
    "BSL-1.0": ("boost software license version 1 0 august 17th 2003",),
    "CC0-1.0": ("creative commons legal code cc0 1 0 universal",),
    "EPL-2.0": ("eclipse public license v 2 0", "any use reproduction or distribution of the program constitutes"),
    "GPL-2.0": ("gnu general public license version 2 june 1991",),
    "GPL-3.0": ("gnu general public license version 3 29 june 2007",),
    "ISC": ("permission to use copy modify and or distribute this software for any purpose with or without fee is hereby granted",),
    "LGPL-2.1": ("gnu lesser general public license version 2 1 february 1999",),
    "LGPL-3.0": ("gnu lesser general public license version 3 29 june 2007",),
    "MIT": ("permission is hereby granted free of charge to any person obtaining a copy", "the above copyright notice and this permission notice"),
    "MPL-2.0": ("mozilla public license version 2 0 1 definitions",),
    "Python-2.0": ("python software foundation license version 2",),
    "Unlicense": ("this is free and unencumbered software released into the public domain",),
    "Zlib": ("altered source versions must be plainly marked as such",),
}  # fmt: skip
"""Identifier to sentences that all have to be there: in lower case, words and numbers alone."""
_OTHER_THAN_WORDS = re.compile(r"[^a-z0-9]+")
_LONGEST = 200_000
"""Characters of a text that is read; the longest of the licences has 35,000."""


def identify_licence(text: str) -> str:
    """SPDX identifier of a whole licence; empty when it is not known, or when there are several."""
    words = _OTHER_THAN_WORDS.sub(" ", text[:_LONGEST].lower())
    found = [name for name, sentences in _SENTENCES.items() if all(each in words for each in sentences)]
    if len(found) != 1:
        return ""
    return _clauses_of_bsd(words) if found == ["BSD"] else found[0]


_HEADERS: Mapping[str, tuple[str, ...]] = {
    "Apache-2.0": ("licensed under the apache license version 2 0", "apache license version 2 0 the license"),
    "BSL-1.0": ("distributed under the boost software license version 1 0", "subject to the boost software license version 1 0"),
    "EPL-2.0": ("made available under the terms of the eclipse public license 2 0", "terms of the eclipse public license v 2 0"),
    "MIT": (
        "licensed under the mit license", "released under the mit license", "distributed under the mit license",
        "available under the mit license", "governed by an mit style license", "or the mit license", "subject to the mit license",
    ),
    "MPL-2.0": ("subject to the terms of the mozilla public license v 2 0",),
}  # fmt: skip
"""Identifier to sentences of which one is there, by which a header names a licence."""
_GNU = re.compile(
    r"gnu (?P<name>general|lesser general|library general|affero general) public license"
    r"(?: version (?P<before>\d(?: \d)?))?(?: only)?(?: as published by the free software foundation)?"
    r"(?: inc)?(?:(?: either)? version (?P<behind>\d(?: \d)?)(?: only| of the license)?)?"
)
_GNU_NAMES = {"general": "GPL", "lesser general": "LGPL", "library general": "LGPL", "affero general": "AGPL"}
_EXCEPTIONS = {
    "Classpath-exception-2.0": "subject to the classpath exception",
    "GCC-exception-3.1": "gcc runtime library exception version 3 1",
}
_OR_LATER = re.compile(r"or at your option any later version|or any later version|or later")
_FAR = 60
"""Characters behind the version in which it is said that a later one will do."""


def identify_header(lines: Iterable[tuple[int, str]]) -> tuple[str, int]:
    """SPDX expression of the licence that a header names, and the line that does; ``("", 0)`` for none or several.

    :param lines: (number, text) of a comment at the start of a file.
    """
    starts: list[tuple[int, int]] = []
    words = ""
    for number, line in lines:
        found = _OTHER_THAN_WORDS.sub(" ", line.lower()).strip()
        if found and len(words) < _LONGEST:
            starts.append((len(words), number))
            words += f"{found} "
    named = dict(_iter_named(words))
    if not named:
        whole = identify_licence(words)
        named = (
            {whole: words.find(_SENTENCES["BSD" if whole.startswith("BSD-") else whole][0])} if whole else {}
        )
    if named.keys() == {"Apache-2.0", "MIT"} and " or the mit license" in words:
        named = {"Apache-2.0 OR MIT": named["Apache-2.0"]}
    if len(named) != 1:
        return "", 0
    ((name, place),) = named.items()
    return name, max((number for start, number in starts if start <= place), default=0)


def _iter_named(words: str) -> Iterator[tuple[str, int]]:
    """(identifier, place of the sentence) of each licence that is named."""
    for name, sentences in _HEADERS.items():
        places = [place for each in sentences if (place := words.find(each)) >= 0]
        if places:
            yield name, min(places)
    for match in _GNU.finditer(words):
        version = match["before"] or match["behind"]
        if version:
            later = _OR_LATER.search(words, match.end(), match.end() + _FAR)
            number = version.replace(" ", ".") if " " in version else f"{version}.0"
            exception = next(
                (f" WITH {name}" for name, words_of in _EXCEPTIONS.items() if words_of in words), ""
            )
            name = f"{_GNU_NAMES[match['name']]}-{number}-{'or-later' if later else 'only'}"
            yield name + exception, match.start()
            return  # what follows says where to find it, or who did not warrant anything


def _clauses_of_bsd(words: str) -> str:
    if "all advertising materials mentioning features" in words:
        return "BSD-4-Clause"
    return (
        "BSD-3-Clause"
        if "endorse or promote products derived from this software" in words
        else "BSD-2-Clause"
    )
