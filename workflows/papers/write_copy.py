"""A copy as PDF/A: the pages as pictures at their own size, and the sheet with form, number, signer (Điều 25)."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time
from pathlib import Path

from workflows.engine.calendar import VIETNAM
from workflows.plans.copies import FORMS, CopySheet
from workflows.plans.letterhead import letterhead_of

from .fonts import DocumentFont
from .page_pictures import PagePicture
from .words_in_font import fitted
from .write_pdf import CheckMark, typst

TEMPLATE = Path(__file__).with_name("copy.typ")
STANDARD = "a-2b"  # pictures have no structure that PDF/A-2a could tell
_NOON = time(12)


def copy_bytes(
    pictures: Sequence[PagePicture], sheet: CopySheet, source: str, font: DocumentFont, check: CheckMark | None = None
) -> bytes:
    """The copy of `source` ("16/KH-UBND"); the same pictures and sheet give the same bytes."""
    lines = [line for line in sheet.block if line]
    words = {
        "font": font.family,
        "title": f"{FORMS[sheet.form]} {source}",
        "page_words": f"{source}, trang",
        "form": FORMS[sheet.form].upper(),
        "agency": letterhead_of(sheet.office).agency,
        "number_line": sheet.number_line,
        "date_line": sheet.date_line,
        "block": lines[:-1],
        "signer": lines[-1] if lines else "",
        "recipients": sheet.recipients,
    }
    known = {name: _fitted(value, font) for name, value in words.items()}
    with tempfile.TemporaryDirectory(prefix="kehoach-") as folder:
        pages = []
        for number, each in enumerate(pictures, 1):
            Path(folder, f"{number}.jpg").write_bytes(each.jpeg)
            pages.append({"width": each.width, "height": each.height, "file": f"/{number}.jpg"})
        paper = known | {"pages": pages, "check": asdict(check) if check else {}}
        made = typst().compile(
            TEMPLATE.read_bytes(),
            root=folder,
            font_paths=[font.folder],
            ignore_system_fonts=True,
            sys_inputs={"copy": json.dumps(paper, ensure_ascii=False)},
            pdf_standards=[STANDARD],
            timestamp=datetime.combine(sheet.day, _NOON, VIETNAM),
        )
    return bytes(made)


def _fitted(value: str | Sequence[str], font: DocumentFont) -> str | list[str]:
    if isinstance(value, str):
        return fitted(value, font.characters)
    return [fitted(each, font.characters) for each in value]
