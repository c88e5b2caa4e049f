"""Letters in one form: composed (NFC), in a time that grows with the text, and nothing among them that is not seen.

Putting the marks of one letter in order takes the square of their number, and somebody who sends a million of them
holds a process for hours. No writing has more than a few, so longer runs are parted first as Unicode says (UAX #15,
13.1, Stream-Safe Text Format): nothing is lost, and what follows is in order by itself.
"""

from __future__ import annotations

import re
import unicodedata

# What turns the writing round, and what stands in a text without being seen: an approver would read other words than
# are signed, and ten of them would be a reason. Those that join the parts of one picture stay.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0001-\U000e007f]")
MOST_MARKS = 30
JOINER = "\u034f"  # combining grapheme joiner: not seen, and no mark itself
# Only in here can there be more marks than that in a row: the first of them is U+0300.
_STRETCH = re.compile(f"[\u0300-\U0010ffff]{{{MOST_MARKS + 1},}}")
_TWO_MARKS = "\u0f73\u0f75\u0f81"  # letters of their own that come apart into marks alone


def composed(text: str) -> str:
    """The text in NFC; a letter with more than thirty marks gets a joiner after each thirty."""
    if unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", _STRETCH.sub(_parted, text))


def seen(text: str) -> str:
    """The text without marks that nobody sees and without those that change the order in which it is read."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def _parted(stretch: re.Match[str]) -> str:
    kept, marks = [], 0
    for letter in stretch[0]:
        is_mark = unicodedata.combining(letter) > 0 or letter in _TWO_MARKS
        marks = marks + 1 if is_mark else 0
        if marks > MOST_MARKS:
            kept.append(JOINER)
            marks = 1
        kept.append(letter)
    return "".join(kept)
