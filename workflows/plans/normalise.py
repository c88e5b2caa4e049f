"""Texts made comparable: Unicode, tone placement, dashes and slips of scanning, always character for character."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from workflows.letters import composed

_NEW_TO_OLD_TONE = {
    new + "": old
    for new, old in zip(
        ["oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ", "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"],
        ["òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe", "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"],
        strict=True,
    )
}
_NEW_TONE = re.compile("(?:" + "|".join(_NEW_TO_OLD_TONE) + r")(?!\w)")
UPPER = "".join(
    chr(code)
    for code in range(0x41, 0x1EFA)
    if chr(code).isupper() and (code < 0x5B or 0xC0 <= code < 0x1B0 or code > 0x1E9F)
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚", "'"))
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")
_SPACES = re.compile(r"[^\S\n\t]")
_EMPHASIS = re.compile(
    r"\*\*\*?|__(?=\w)|(?<=\w)__|(?<![\w*])\*(?=[^\s*][^*]*[^\s*]\*(?![\w*]))|(?<=[^\s*])\*(?![\w*])"
)
_HEADING = re.compile(r"^\s*#{1,6}\s+(?=\S)")
_LINK = re.compile(r"\[([^\[\]]{1,200})\]\([^()]{0,300}\)")


# "16.3.2026", "trước 30.4", "từ 01.5 đến 31.8" are days like those with strokes; "1.050 tỷ" and "mục 2.1" are none.
_DOTTED = re.compile(
    r"(?<![\d./])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d(?![\d/])"
    r"|(?<=thang )(?:0?[1-9]|1[0-2])\.20\d\d"
    r"|(?<=ngay )(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])(?![\d./])"
    r"|(?:(?<=truoc )|(?<=het ))(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])"
    r"(?![\d./]|\s*(?:%|ty\b|trieu|ha\b|km|tan\b))"
    r"|(?<=tu )[0-3]\d\.[01]?\d den (?:ngay )?[0-3]?\d\.[01]?\d(?![\d./])"
)


# One reading asks for the same lines many times; a bound keeps long documents out of memory.
_remembered = lru_cache(maxsize=1024)


@_remembered
def clean_line(line: str) -> str:
    """A line as people see it: NFC, Đ for the Icelandic Ð, no invisible characters, no Markdown emphasis or links."""
    line = composed(line).replace("Ð", "Đ").replace("ð", "đ")
    line = _SPACES.sub(" ", _INVISIBLE.sub("", line))
    return _HEADING.sub("", _EMPHASIS.sub("", _LINK.sub(r"\1", line))).strip(" \n\r\f\v")


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a text as they are; only line ends separate them, never a form feed or a Unicode separator."""
    return tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def low(text: str) -> str:
    """Lower case with one placement of tones and one dash; as long as `text` when that is NFC."""
    return _NEW_TONE.sub(lambda found: _NEW_TO_OLD_TONE[found.group()], _lowered(text).translate(_DASHES))


@_remembered
def plain(text: str) -> str:
    """Lower case without any marks ("Đức Tân" -> "duc tan"), as long as `text`, so that places found fit both."""
    return bare(text)


def bare(text: str) -> str:
    """The same of a text so long that it is better not remembered; where tones stood makes no difference here."""
    folded = _lowered(text).translate(_BARE)
    return _DOTTED.sub(lambda found: found[0].replace(".", "/"), folded) if "." in folded else folded


def squeeze(text: str) -> str:
    """One space for every run of white space."""
    return " ".join(text.split())


def _lowered(text: str) -> str:
    """Lower case, letter for letter."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(_lower(character) for character in text)


def _lower(character: str) -> str:
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character


def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isalpha() and base < "\x80" else character


_BARE = {code: _bare(chr(code)) for code in range(0xC0, 0x1F00)} | {ord("đ"): "d"} | _DASHES
