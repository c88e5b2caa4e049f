"""The design system: colours that can be read, features that old browsers have, files that stay small and at home."""

from __future__ import annotations

import re
from gzip import compress

import pytest

from service.templating import FOLDER, STATIC
from tests.pages.conftest import Stage

CSS, NIGHT = ((STATIC / name).read_text(encoding="utf-8") for name in ("kehoach.css", "dark.css"))
PAIRS = (
    ("ink", "paper"), ("ink", "ground"), ("ink-soft", "paper"), ("ink-soft", "ground"), ("accent", "paper"),
    ("accent", "ground"), ("on-accent", "accent"), ("on-accent", "accent-deep"), ("on-seal", "seal"),
    ("on-seal", "seal-deep"),
    ("late", "paper"), ("late", "ground"), ("late", "late-ground"), ("today", "paper"), ("done", "paper"),
    ("ink", "late-ground"), ("ink", "today-ground"), ("ink", "done-ground"), ("ink", "added"), ("ink", "removed"),
    ("accent-deep", "accent-ground"), ("ink", "accent-ground"), ("ink-soft", "head"), ("ink-soft", "accent-ground"),
    ("on-brand", "brand"), ("on-brand", "brand-deep"), ("on-brand-soft", "brand-deep"), ("on-brand-soft", "brand"),
    ("brand", "on-brand"), ("brand-ink", "on-brand-soft"), ("late", "paper"), ("today", "today-ground"),
    ("done", "done-ground"),
)  # fmt: skip


def theme(dark: bool) -> dict[str, str]:
    """The colours of a theme by name."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", NIGHT if dark else CSS))


def brightness(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(dark: bool, text: str, ground: str) -> None:
    colours = theme(dark)
    light, deep = sorted((brightness(colours[text]), brightness(colours[ground])), reverse=True)
    assert (light + 0.05) / (deep + 0.05) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("name", ["focus", "line-strong"])
def test_edges_and_focus_can_be_seen(dark: bool, name: str) -> None:
    colours = theme(dark)
    light, deep = sorted((brightness(colours[name]), brightness(colours["paper"])), reverse=True)
    assert (light + 0.05) / (deep + 0.05) >= 3


def test_no_capitals_and_no_hyphens_are_made_of_text() -> None:
    for sheet in sorted(STATIC.glob("*.css")):
        assert not re.search(r"text-transform:\s*uppercase|hyphens", sheet.read_text(encoding="utf-8")), sheet.name


def test_templates_hold_no_style_script_or_stranger() -> None:
    for template in sorted((FOLDER / "templates").rglob("*.html")):
        text = template.read_text(encoding="utf-8")
        assert not re.search(r"<style|\sstyle=|<script(?! src=)|\son\w+=|https?://", text), template.name


def test_static_files_are_small_and_kept_for_ever_under_their_mark(stage: Stage) -> None:
    browser = stage("drafting").browser()
    page = browser.get("/dang-nhap")
    addresses = [each for each in page.addresses if each.startswith("/static/") and ".png" not in each]
    weight = len(compress(page.html.encode()))
    for address in addresses:
        response = browser.http.get(address)
        assert "immutable" in response.headers["cache-control"]
        weight += len(compress(response.content))
    assert weight < 25_000


def test_an_icon_has_a_size_of_its_own_wherever_it_stands(stage: Stage) -> None:
    shown = stage("drafting").browser("chu_tich").http.get("/thiet-ke").text
    icons = re.findall(r"<svg [^>]*>(?=<path d=)", shown[shown.index("<main") : shown.index("</main>")])
    assert icons
    assert [each for each in icons if 'width="1em" height="1em"' not in each] == []
