"""Lấy số trước: văn thư takes the next number before there is a document for it."""

from __future__ import annotations

import re

from workflows.errors import Refused

from .desk import Desk
from .forms.filing import LONGEST_FIELD
from .outgoing_line import enter_line, require_clerk

# Kind of document and body, in capitals (NĐ 30/2020 Phụ lục I mục II.3).
SYMBOL = re.compile(r"[A-ZĐ]{1,6}(-[A-ZĐ0-9]{1,12}){1,3}")


def reserve_number(desk: Desk, office_id: int, symbol: str, title: str) -> int:
    """Take the next number of the series (such as "KH-UBND") for today; the id of its line in the register."""
    if SYMBOL.fullmatch(symbol) is None:
        raise Refused("BAD_FIELD", field="ky_hieu", value=symbol[:40])
    if not title.strip():
        raise Refused("FIELD_REQUIRED", field="trich_yeu")
    if len(title) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field="trich_yeu", most=LONGEST_FIELD)
    with desk.open() as work:
        require_clerk(work, office_id)
        line, _ = enter_line(work, office_id, symbol, work.today, {"title": title.strip(), "status": "reserved"})
        return line
