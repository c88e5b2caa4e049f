"""The order of Vietnamese words as dictionaries and offices have it, as a key of plain characters.

Letters go a ă â b c d đ e ê … o ô ơ … u ư; only where all letters are the same do tones decide (ngang, huyền, hỏi, ngã,
sắc, nặng: the order of CLDR's `vi`, which Intl.Collator has), and last small letters before capitals. A key holds
a-z and 0-9 only, and figures sort before letters in every collation, so that any database sorts them alike.
"""

from __future__ import annotations

import unicodedata

from workflows.letters import composed

# The seven letters of their own stand behind the plain letter; a plain letter is followed by "a", so that "â" > "az".
_OWN = {"ă": "ab", "â": "ac", "đ": "db", "ê": "eb", "ô": "ob", "ơ": "oc", "ư": "ub"}
_MARKS_OF_LETTERS = {"\u0306", "\u0302", "\u031b"}  # ă, â ê ô, ơ ư
_LEVEL = "1"  # no tone, and a small letter
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
_SPACE, _END = "0", "00"  # spaces are single, so that a word is over before another letter comes
_STROKED = frozenset("đĐðÐ")
LONGEST = 120  # letters that count


def order_key(words: str) -> str:
    """The key by which names of things are sorted; equal words have equal keys, however they are encoded."""
    letters, tones, cases = [], [], []
    text = composed(" ".join(words.split()))[:LONGEST]
    for each in text:
        base, tone = _parted(each)
        if not base:
            continue
        letters.append(base)
        tones.append(tone)
        cases.append(_LEVEL if each == each.lower() else "2")
    return "".join((*letters, _END, *tones, *cases))


def person_key(name: str) -> str:
    """The key by which people are sorted: the given name, which stands last, then the family name and those between.

    "Nguyễn Văn An" comes before "Lê Thị Bình"; of two who are called An the family name decides.
    """
    *before, given = name.split() or [""]
    return f"{order_key(given)}{_END}{order_key(' '.join(before))}"


def _parted(character: str) -> tuple[str, str]:
    """A letter as its place in the alphabet, and its tone; nothing for what is neither letter nor figure nor space."""
    if character.isspace():
        return _SPACE, _LEVEL
    if character in _STROKED:
        return _OWN["đ"], _LEVEL
    base, tone = "", _LEVEL
    for part in unicodedata.normalize("NFD", character.lower()):
        if part in _TONES:
            tone = _TONES[part]
        elif part in _MARKS_OF_LETTERS:
            base = composed(base + part)
        elif not unicodedata.combining(part):
            base += part
    if base in _OWN:
        return _OWN[base], tone
    if base.isascii() and base.isalpha():
        return f"{base}a", tone
    if base.isdecimal() and base.isascii():
        return f"1{base}", tone
    return "", _LEVEL
