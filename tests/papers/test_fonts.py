"""The font of documents: found with all of Vietnamese, or refused with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont

from workflows.errors import Refused
from workflows.papers.fonts import FAMILIES, VIETNAMESE, find_font
from workflows.papers.words_in_font import fitted


def test_this_machine_has_a_font_with_all_of_vietnamese() -> None:
    font = find_font()
    assert font.family in {family for family, _ in FAMILIES}
    assert font.characters >= VIETNAMESE


def test_a_machine_without_fonts_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        find_font([tmp_path])
    assert refused.value.code == "NO_FONT"


def test_a_font_without_vietnamese_is_refused(tmp_path: Path) -> None:
    good = find_font()
    names = next(names for _, names in FAMILIES if (good.folder / names[0]).exists())
    for name in names[1:]:
        shutil.copy(good.folder / name, tmp_path / name)
    with TTFont(good.folder / names[0]) as latin:
        narrowed = subset.Subsetter()
        narrowed.populate(unicodes=range(0x20, 0x100))
        narrowed.subset(latin)
        latin.save(tmp_path / names[0])
    with pytest.raises(Refused) as refused:
        find_font([tmp_path])
    assert refused.value.code == "FONT_NOT_VIETNAMESE"
    assert refused.value.facts["missing"] >= 90


def test_words_are_fitted_to_the_font() -> None:
    characters = find_font().characters
    assert fitted("Ủy ban nhân dân – “Ế”", characters) == "Ủy ban nhân dân – “Ế”"
    assert fitted("\uf0b7 mục\x00\x1f 😀", characters) == "• mục □"
    assert fitted("a" * 60, characters).replace("\u200b", "") == "a" * 60
    assert "\u200b" in fitted("a" * 60, characters)
