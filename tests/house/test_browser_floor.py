"""The browser floor (ux.md PERF-01): Chrome and Edge 109, Firefox 115, Safari and iOS 15.4 get all that we send."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "service" / "static"
# What one of the three lacks, by the pattern that betrays it.
STYLE = {
    "nesting": r"^\s*&|\{[^{}@]*\{",
    ":has()": r":has\(",
    "container queries": r"@container|container-(?:type|name)",
    "light-dark()": r"light-dark\(",
    "color-mix() and relative colours": r"color-mix\(|(?:rgb|hsl|oklch)\(from ",
    "subgrid": r"subgrid",
    "ranges in media queries": r"@media[^{]*[<>]=?",
    "text-wrap": r"text-wrap",
    "popover and inert": r"popover|\[inert",
    "scopes, anchors and the like": r"@scope|@starting-style|anchor\(|field-sizing|@property|linear\(",
}
SCRIPT = {
    "copying array methods": r"\.(?:toSorted|toReversed|toSpliced|with)\(",
    "grouping": r"\b(?:Object|Map)\.groupBy\(",
    "popover and inert": r"\.showPopover|\.inert\b|togglePopover",
    "newer statics": r"Promise\.withResolvers|Array\.fromAsync|URL\.canParse|AbortSignal\.any|Intl\.Segmenter",
    "lookbehind and the v flag": r"\(\?<[=!]|/[a-z]*v[a-z]*[,;)]",
    "iterator and set methods": r"\.(?:isSubsetOf|intersection|difference|drop|take)\(",
    "import maps and top-level await": r"importmap|^await ",
    "view transitions": r"startViewTransition",
}
# Words that people see must not depend on the language of the browser (VI-02).
BY_BROWSER = r"toLocaleDateString|Intl\.DateTimeFormat|toLocaleString"


def without_remarks(path: Path) -> str:
    """What the browser reads; rules of media queries are taken out of their braces, so that only nesting nests."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE) if path.suffix == ".js" else text


def flat(style: str) -> str:
    """The style sheet with the insides of @media and @page blanked where they only hold rules."""
    return re.sub(r"@(?:media|page|supports)[^{]*\{|@bottom-center\s*\{", "\n", style)


@pytest.mark.parametrize("name", STYLE)
def test_no_style_that_an_old_browser_lacks(name: str) -> None:
    for sheet in sorted(STATIC.glob("*.css")):
        text = without_remarks(sheet)
        read = flat(text) if name == "nesting" else text
        assert not re.search(STYLE[name], read, re.MULTILINE), sheet.name


@pytest.mark.parametrize("name", SCRIPT)
def test_no_script_that_an_old_browser_lacks(name: str) -> None:
    for script in sorted(STATIC.glob("*.js")):
        assert not re.search(SCRIPT[name], without_remarks(script), re.MULTILINE), script.name


def test_no_day_is_written_by_the_browser() -> None:
    for script in sorted(STATIC.glob("*.js")):
        assert not re.search(BY_BROWSER, without_remarks(script)), script.name


@pytest.mark.parametrize(
    ("name", "faulty"),
    [
        ("nesting", ".a { .b { color: red } }"),
        ("nesting", ".a {\n  &:hover { color: red }\n}"),
        (":has()", "p:has(a) { color: red }"),
        ("ranges in media queries", "@media (width >= 40rem) { p { color: red } }"),
    ],
)
def test_the_patterns_see_what_they_are_for(name: str, faulty: str) -> None:
    assert re.search(STYLE[name], flat(faulty) if name == "nesting" else faulty, re.MULTILINE)
