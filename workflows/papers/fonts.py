"""The font of official documents, found on the machine at run time: nothing is shipped (docs/decisions/0019).

NĐ 30/2020 Phụ lục I asks for Times New Roman in Vietnamese. That font is proprietary; Tinos (fonts-croscore,
OFL) has the same metrics. Either will do, whichever the machine has; a PDF embeds what it uses.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from workflows.errors import Refused

# Family as the layout names it, and its files: regular, bold, italic, bold italic.
FAMILIES = (
    ("Tinos", ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")),
    ("Times New Roman", ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")),
    (
        "Times New Roman",
        (
            "Times_New_Roman.ttf",
            "Times_New_Roman_Bold.ttf",
            "Times_New_Roman_Italic.ttf",
            "Times_New_Roman_Bold_Italic.ttf",
        ),
    ),
)
# All letters with tones (Unicode block Latin Extended Additional) and the letters with horn, breve and bar.
VIETNAMESE = frozenset(range(0x1EA0, 0x1EFA)) | frozenset(map(ord, "ĂăÂâĐđÊêÔôƠơƯưÀàÁáÃãÈèÉéÌìÍíĨĩÒòÓóÕõÙùÚúŨũÝý"))


@dataclass(frozen=True)
class DocumentFont:
    """A font with full Vietnamese: its family, the folder with its files, and every character that it has."""

    family: str
    folder: Path
    characters: frozenset[int]


def find_font(folders: Sequence[Path] | None = None) -> DocumentFont:
    """The first family with all four styles and all of Vietnamese in these folders (default: where systems keep fonts).

    Refused with NO_FONT when no family is there, FONT_NOT_VIETNAMESE (`family`, `file`, `missing`) when one is there
    but lacks letters of Vietnamese.
    """
    return _find(tuple(folders) if folders is not None else font_folders())


def font_folders() -> tuple[Path, ...]:
    """Where this system keeps fonts, most personal first (XDG base directories, Debian, Windows, macOS)."""
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    windows = os.environ.get("WINDIR")
    named = [f"{home}/fonts", "~/.fonts", *(f"{each}/fonts" for each in shared if each)]
    named += [f"{windows}/Fonts"] if windows else ["/Library/Fonts"]
    return tuple(Path(each).expanduser() for each in named)


@cache
def _find(folders: tuple[Path, ...]) -> DocumentFont:
    lacking: Refused | None = None
    files = {path.name: path for path in _files(folders)}
    for family, names in FAMILIES:
        if not all(name in files for name in names):
            continue
        try:
            sets = {name: _characters(files[name]) for name in names}
        except (_font_tools().TTLibError, OSError) as damage:
            lacking = Refused("FONT_NOT_VIETNAMESE", family=family, file=str(damage)[:120], missing=len(VIETNAMESE))
            continue
        worst = min(names, key=lambda name: len(sets[name] & VIETNAMESE))
        if not sets[worst] >= VIETNAMESE:
            missing = len(VIETNAMESE - sets[worst])
            lacking = Refused("FONT_NOT_VIETNAMESE", family=family, file=worst, missing=missing)
            continue
        return DocumentFont(family, files[names[0]].parent, frozenset.intersection(*sets.values()))
    raise lacking or Refused("NO_FONT")


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    wanted = {name for _, names in FAMILIES for name in names}
    for folder in reversed(folders):
        for place, _, names in os.walk(folder):
            yield from (Path(place, name) for name in names if name in wanted)


def _characters(file: Path) -> frozenset[int]:
    with _font_tools().TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


def _font_tools() -> Any:  # noqa: ANN401 - a module
    """The reader of fonts, loaded when the first document is made: the pages start without it."""
    return import_module("fontTools.ttLib")
