"""Whether a document is stamped as a state secret, which may not be kept here (Luật Bảo vệ bí mật nhà nước 2025)."""

from __future__ import annotations

import re

from workflows.letters import composed

# The stamp stands above the title; no plan's head is longer.
HEAD_LINES = 40
# Below the title "mật" is a word among others.
_TITLE = re.compile(r"\s*(?:kế hoạch|quyết định|báo cáo|tờ trình|thông báo|chương trình|đề án)\b")
_CELLS = re.compile(r"\t|\s{3,}|\|")
_STAMP = re.compile(r"[\[(]?\s*(?:(?:độ|mức độ|dấu) mật\s*:\s*)?(tuyệt mật|tối mật|mật)\s*[\])]?")


def secrecy_stamp(text: str) -> str | None:
    """The grade that the document is stamped with above its title, "Mật", "Tối mật" or "Tuyệt mật"; None for none."""
    for line in text.splitlines()[:HEAD_LINES]:
        lowered = composed(line).lower()
        if _TITLE.match(lowered):
            return None
        stamps = (_STAMP.fullmatch(cell.strip()) for cell in _CELLS.split(lowered))
        grade = next((stamp[1] for stamp in stamps if stamp is not None), None)
        if grade is not None:
            return grade.capitalize()
    return None
