"""Boxes on a page for marks: fitted into the places of the document, and the seal over the signature's left third."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from workflows.errors import Refused
from workflows.papers import signature_places as of_document
from workflows.papers.signature_places import MILLIMETRE, SEAL_DIAMETER

# The agency's seal covers about a third of the signature, on its left (NĐ 30/2020 Phụ lục I mục II.8).
COVERED = 1 / 3
RIGHT_MARGIN, ABOVE = 15 * MILLIMETRE, 5 * MILLIMETRE
MOST_LEVELS = 50


@dataclass(frozen=True)
class Place:
    """A box on a page: `page` counts from 0; points from the lower left corner of the page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Points from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points from bottom to top."""
        return self.top - self.bottom

    def fitted(self, width: float, height: float) -> Place:
        """The largest box with these proportions that fits inside, in the middle of it."""
        scale = min(self.width / width, self.height / height)
        return self.centred(width * scale, height * scale)

    def centred(self, width: float, height: float) -> Place:
        """A box of this size around the middle of this one."""
        x, y = (self.left + self.right) / 2, (self.bottom + self.top) / 2
        return Place(self.page, x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def moved(self, right: float) -> Place:
        """The same box, moved to the right by so many points."""
        return Place(self.page, self.left + right, self.bottom, self.right + right, self.top)


def signer_place(pdf: bytes) -> Place:
    """The room between position and name on a document of ours, or NO_SIGNATURE_PLACE."""
    found = of_document.signature_places(pdf).signer
    return Place(found.page, *found.box)


def seal_over(signature: Place, width: float = SEAL_DIAMETER, height: float = SEAL_DIAMETER) -> Place:
    """The box of a seal of this real size (points) that covers about a third of the signature on its left."""
    centred = signature.centred(width, height)
    return centred.moved(signature.left + signature.width * COVERED - centred.right)


def corner_for_text(content: bytes, width: float, height: float) -> Place:
    """The box of a text-only mark: top right of the first page, on the right margin, above the text.

    Refused with PAGE_UNFIT for a first page that is turned (/Rotate) or has no size: the mark would lie on its side.
    """
    left, bottom, right, top = _first_page(content)
    edge, roof = right - RIGHT_MARGIN, top - ABOVE
    if edge - width < left or roof - height < bottom:
        raise Refused("PAGE_UNFIT", why="small")
    return Place(0, edge - width, roof - height, edge, roof)


def _first_page(content: bytes) -> tuple[float, float, float, float]:
    """The visible box of the first page in its own points; sizes may stand on a node above the page (ISO 32000)."""
    try:
        node = PdfFileReader(BytesIO(content), strict=False).find_page_for_modification(0)[0].get_object()
        known: dict[str, Any] = {}
        for _ in range(MOST_LEVELS):  # a hostile tree may bite its own tail
            known = {name: node[name] for name in ("/CropBox", "/MediaBox", "/Rotate") if name in node} | known
            if "/Parent" not in node:
                break
            node = node["/Parent"]
        box = [float(each) for each in known.get("/CropBox") or known["/MediaBox"]]
        turned = int(known.get("/Rotate", 0)) % 360
    except (PdfError, KeyError, TypeError, ValueError) as damage:
        raise Refused("PAGE_UNFIT", why="damaged") from damage
    if turned or len(box) != 4:
        raise Refused("PAGE_UNFIT", why="turned")
    return min(box[0], box[2]), min(box[1], box[3]), max(box[0], box[2]), max(box[1], box[3])
