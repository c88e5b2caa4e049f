"""Fonts from before Unicode, told by their names: .VnTime and its kin hold TCVN3, VNI-Times and its kin VNI."""

from __future__ import annotations

import re
from typing import Literal

from .legacy_text import from_tcvn3, from_vni

Encoding = Literal["tcvn3", "tcvn3-capitals", "vni"]
_TCVN3 = re.compile(r"\.?vn[a-z0-9 ]", re.IGNORECASE)
_VNI = re.compile(r"vni[- ]", re.IGNORECASE)


def font_encoding(name: str | None) -> Encoding | None:
    """What the letters of a font of this name really are, None for Unicode; ".VnTimeH" shows all as capitals."""
    if not name or name[0] not in ".vV":
        return None
    if _VNI.match(name):
        return "vni"
    if name[0] == "." and _TCVN3.match(name):
        return "tcvn3-capitals" if name.split(",")[0].split("-")[0].endswith("H") else "tcvn3"
    return None


def from_legacy_font(text: str, encoding: Encoding) -> str:
    """Text written with such a font as Unicode."""
    if encoding == "vni":
        return from_vni(text)
    modern = from_tcvn3(text)
    return modern.upper() if encoding == "tcvn3-capitals" else modern
