"""Words of another authority left in the text: another place, another level that gives the orders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from workflows.plans.document import PlanDocument
from workflows.plans.normalise import UPPER, clean_line, plain, squeeze

from .finding import PlanFinding

_LEVELS = ("xã", "phường", "thị trấn", "đặc khu", "huyện", "quận", "thị xã", "thành phố", "tỉnh")
_NAME = rf"[{UPPER}][\w'-]*(?:\s[{UPPER}][\w'-]*){{0,3}}"
_ON_GROUND = re.compile(rf"[Tt]rên địa bàn (?P<level>{'|'.join(_LEVELS)})\s+(?P<name>{_NAME})")
_ORDERS = re.compile(
    r"(?:chu tich )?(?:ubnd|uy ban nhan dan)\s+(?P<level>xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh)"
    r"\b[^,;.:]{0,40}?\s(?P<deed>yeu cau cac|yeu cau cac|giao cac|ban hanh ke hoach|xay dung ke hoach|nghiem tuc)"
)


def check_levels(document: PlanDocument, on: date) -> Iterator[PlanFinding]:
    """Places and levels that are not the issuer's, its own district's or its province's."""
    del on
    own = document.issuer
    if own.name is None:
        return
    known = plain(squeeze(f"{own.name} {own.district or ''} {own.province or ''} {document.place or ''}"))
    first_reference = {reference.line for reference in (*document.legal_bases_block, *document.references)}
    for no, raw in enumerate(document.lines, 1):
        line = clean_line(raw)
        if no in first_reference:
            continue  # the title of a document that is cited belongs to whoever issued it
        for found in _ON_GROUND.finditer(line):
            if plain(found["name"]) not in known:
                words = f"“{found.group()}” không phải địa bàn của {own.name}; có thể còn sót từ văn bản khác."
                yield PlanFinding(no, "FOREIGN_PLACE", words, "error")
        yield from _orders(no, line, document)


def _orders(no: int, line: str, document: PlanDocument) -> Iterator[PlanFinding]:
    found = _ORDERS.match(plain(line))
    level = document.issuer.level
    if found is None or level not in _LEVELS or found["level"] == plain(level):
        return
    words = (
        f"Câu này nói thay UBND {line[found.start('level') : found.end('level')]}, không phải {document.issuer.name}."
    )
    yield PlanFinding(no, "OTHER_LEVEL", words, "error")
