"""Which licence a text is: by sentences that only that licence has.

The identifiers are those of the SPDX list, https://spdx.org/licenses/. A text
with sentences of several licences is none of them: it may be a list of the
licences of parts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def _clauses_of_bsd(words: str) -> str:
    if "all advertising materials mentioning features" in words:
        return "BSD-4-Clause"
    return (
        "BSD-3-Clause"
        if "endorse or promote products derived from this software" in words
        else "BSD-2-Clause"
    )
