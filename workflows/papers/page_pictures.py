"""The pages of a PDF as pictures, as a scanner would make them: 200 dpi, in colour (NĐ 30/2020 Phụ lục I)."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import pypdfium2

from workflows.errors import Refused
from workflows.plans.copies import MOST_PAGES, read_pages

DOTS_PER_INCH = 200
LARGEST_SIDE = 1190.6  # points: a page of A2 stands for the largest that an office scans
_QUALITY = 85


@dataclass(frozen=True)
class PagePicture:
    """One page: its size in points and its picture as JPEG."""

    width: float
    height: float
    jpeg: bytes


def page_pictures(data: bytes, filename: str, pages: str) -> list[PagePicture]:
    """The pages that `pages` names (read_pages), as people see them, signatures and seals included.

    Refused: NOT_A_DOCUMENT, ENCRYPTED, BAD_PAGES, TOO_COMPLEX for more than 100 pages or larger ones than A2.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as damage:
        code = "ENCRYPTED" if "password" in str(damage).lower() else "NOT_A_DOCUMENT"
        raise Refused(code, filename=filename, reason="damaged") from damage
    try:
        wanted = read_pages(pages, len(document))
        if not 1 <= len(wanted) <= MOST_PAGES:
            raise Refused("TOO_COMPLEX", filename=filename)
        document.init_forms()  # marks of signatures are form fields: without this nobody would see them
        return [_picture(document[number], filename) for number in wanted]
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage, filename: str) -> PagePicture:
    width, height = page.get_size()
    if not 0 < max(width, height) <= LARGEST_SIDE:
        raise Refused("TOO_COMPLEX", filename=filename)
    image = page.render(scale=DOTS_PER_INCH / 72, may_draw_forms=True).to_pil().convert("RGB")
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, dpi=(DOTS_PER_INCH, DOTS_PER_INCH))
    page.close()
    return PagePicture(width, height, out.getvalue())
