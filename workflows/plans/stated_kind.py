"""What kind of document a text is where no line of its head names one: a plan that it issues, or a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .normalise import clean_line, plain
from .paragraphs import Paragraph

_ISSUES_PLAN = re.compile(
    r"\b(?:ban hanh|xay dung|de ra|lap)\s+(?:va \w+ \w+ (?:\w+ \w+ )?)?ke hoach\b|can cu (?:lap|xay dung) ke hoach"
)
_WAS_PLAN = re.compile(r"tren day la (?:noi dung )?ke hoach\b")
_FAR = 12
_MAIL_HEAD = re.compile(r"(from|to|subject|date|mime-version|sent|tu|den|chu de|nguoi gui|nguoi nhan)\s?:\s")
_ABOUT = re.compile(r"(?:v/v|ve viec)\s*:?\s+(?=\S)")


def issues_a_plan(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether one of the first paragraphs issues a plan ("UBND xã ban hành Kế hoạch …") or one of the last ends it."""
    return any(_ISSUES_PLAN.search(one.plain) for one in paragraphs[:_FAR]) or any(
        _WAS_PLAN.match(one.plain) for one in paragraphs[-_FAR:]
    )


def is_letter(lines: Sequence[str]) -> bool:
    """Whether the text is addressed ("Kính gửi: …"), as a công văn is and a plan is not (NĐ 30/2020 Phụ lục I)."""
    return any(plain(clean_line(line)).startswith("kinh gui") for line in lines[:30])


def is_mail(lines: Sequence[str]) -> bool:
    """Whether the text is an e-mail as a program stores or prints it: its first lines say from whom and about what."""
    heads = {found[1] for line in lines[:30] if (found := _MAIL_HEAD.match(plain(clean_line(line))))}
    return len(heads) >= 3


def subject_of_letter(lines: Sequence[str]) -> str | None:
    """The words behind "V/v" under the number of a letter."""
    for line in lines[:30]:
        words = clean_line(line)
        found = _ABOUT.match(plain(words))
        if found:
            return words[found.end() :].strip(" .") or None
    return None
