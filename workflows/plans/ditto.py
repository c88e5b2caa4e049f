"""Words that stand for the words above them: "nt", "-nt-", "như trên", a quotation mark."""

from __future__ import annotations

import re

from .normalise import plain

_DITTO = re.compile(r"(?:\"|''|-?\s?nt\s?-?|nhu tren|//|-\"-)[\s.]*$")


def is_ditto(words: str) -> bool:
    """Whether the words repeat what stands above."""
    return _DITTO.match(plain(words).strip(" ()")) is not None
