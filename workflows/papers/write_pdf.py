"""An official document as PDF/A in the layout of NĐ 30/2020 Phụ lục I; the same document gives the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from workflows.engine.calendar import VIETNAM
from workflows.plans.official_document import Block, OfficialDocument, Table

from .fonts import DocumentFont
from .table_widths import LANDSCAPE, PORTRAIT, column_shares, is_narrow
from .words_in_font import fitted

TEMPLATE = Path(__file__).with_name("official.typ")
STANDARD = "a-2a"
_NOON = time(12)  # the same day in every zone that a reader may show
_UNKNOWN = date(1970, 1, 1)  # PDF/A demands a date


@dataclass(frozen=True)
class CheckMark:
    """Where the document can be checked, printed on its first page: the address, and its QR code as SVG."""

    address: str
    svg: str


def pdf_bytes(document: OfficialDocument, font: DocumentFont, check: CheckMark | None = None) -> bytes:
    """The document as PDF/A-2a with the font embedded; about 20 to 70 ms, the first one in a process 100 ms more.

    The date of the document (of a draft: of its text) is the date of the file. Every text has an answer: a character
    that the font lacks is printed as a box (words_in_font), a word too long for its line is broken.
    """
    day = document.day or document.written_on or _UNKNOWN
    made = typst().compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=[font.folder],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_paper(document, font, check), ensure_ascii=False)},
        pdf_standards=[STANDARD],
        timestamp=datetime.combine(day, _NOON, VIETNAM),
    )
    return bytes(made)


@cache
def typst() -> Any:  # noqa: ANN401 - a module
    """The compiler, loaded when the first document is made: the pages start without its 60 MB."""
    return import_module("typst")


def _paper(document: OfficialDocument, font: DocumentFont, check: CheckMark | None) -> Mapping[str, Any]:
    """What the template reads; every word fitted to the font."""
    head = document.letterhead
    shape = {
        "font": font.family,
        "title": " ".join(filter(None, (document.type_name, document.subject))),
        "author": " ".join(head.agency),
        "draft": document.draft,
        "only_appendices": document.only_appendices,
        "parent": [_unparted(line) for line in head.parent],
        "agency": [_unparted(line) for line in head.agency],
        "number_line": document.number_line,
        "date_line": document.date_line,
        "type_name": document.type_name or "",
        "subject": document.subject,
        "addressed_to": document.addressed_to,
        "body": [_block(block) for block in document.body],
        "signature": document.signature,
        "signer": document.signer,
        "recipients": document.recipients,
        "appendices": [
            {
                **asdict(appendix),
                "body": [_block(block, LANDSCAPE if appendix.landscape else PORTRAIT) for block in appendix.body],
            }
            for appendix in document.appendices
        ],
    }
    return {key: _fitted(value, font) for key, value in shape.items()} | {"check": asdict(check) if check else {}}


def _block(block: Block, room: float = PORTRAIT) -> Mapping[str, Any]:
    if not isinstance(block, Table):
        return asdict(block)
    shares = block.shares or column_shares(block, room)
    return {**asdict(block), "shares": shares, "narrow": [is_narrow(block, at) for at in range(len(shares))]}


def _fitted(value: Any, font: DocumentFont) -> Any:  # noqa: ANN401 - a value of JSON
    match value:
        case str():
            return fitted(value, font.characters)
        case dict():
            return {key: _fitted(each, font) for key, each in value.items()}
        case list() | tuple():
            return [_fitted(each, font) for each in value]
        case _:
            return value


def _unparted(name: str) -> str:
    """The name of a body with the two words of its committee on one line."""
    return re.sub(r"\b(ỦY|UỶ|Ủy|Uỷ) (?=BAN\b|Ban\b|ban\b)", "\\1\u00a0", name)
