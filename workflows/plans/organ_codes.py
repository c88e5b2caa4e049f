"""Organisation codes of electronic exchange: 13 characters such as "000.00.16.H56" (QĐ 20/2020/QĐ-TTg)."""

from __future__ import annotations

import re

_CODE = re.compile(r"[0-9A-Z]{3}\.[0-9A-Z]{2}\.[0-9A-Z]{2}\.[A-Z][0-9]{2}")


def is_organ_code(text: str) -> bool:
    """Whether this is written as an organisation code is."""
    return _CODE.fullmatch(text) is not None
