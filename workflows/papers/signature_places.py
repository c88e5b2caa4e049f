"""Where the signatures stand on a PDF that this program laid out: read from the file itself, so it needs no database.

The template writes the place between position and name into the keywords of the PDF ("chu-ky=page,left,top,width,
height", points from the upper left corner); they are part of the frozen bytes, survive incremental signing, and nobody
has to lay the document out again to know them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2

from workflows.errors import Refused

MILLIMETRE = 72 / 25.4
SEAL_DIAMETER = 36 * MILLIMETRE  # the round seal of state bodies, real size
SIGNATURE_WIDTH = 50 * MILLIMETRE

_KEYWORD = re.compile(r"chu-ky=(\d+),([\d.]+),([\d.]+),([\d.]+),([\d.]+)")


@dataclass(frozen=True)
class Place:
    """A box on a page: `page` counts from 0; `box` is (x1, y1, x2, y2) in points from the lower left corner."""

    page: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class SignaturePlaces:
    """Where the signer's picture and the agency's seal belong (NĐ 30/2020 Phụ lục I mục II.7, II.8).

    `signer` is centred between position and name; `agency` is the real size of the seal and covers about a third of the
    signer's picture on its left. The two overlap on purpose.
    """

    signer: Place
    agency: Place


def signature_places(pdf: bytes) -> SignaturePlaces:
    """The places on a PDF of ours. Refused with NO_SIGNATURE_PLACE for any other file, or one without a signature."""
    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as damage:
        raise Refused("NO_SIGNATURE_PLACE") from damage
    try:
        found = _KEYWORD.search(document.get_metadata_dict().get("Keywords", ""))
        if found is None or not 1 <= int(found[1]) <= len(document):
            raise Refused("NO_SIGNATURE_PLACE")
        page = int(found[1]) - 1
        paper_height = float(document.get_page_size(page)[1])
    finally:
        document.close()
    left, top, width, height = (float(found[at]) for at in range(2, 6))
    signer = _centred(left + width / 2, paper_height - top - height / 2, min(width, SIGNATURE_WIDTH), height)
    seal_right = signer[0] + (signer[2] - signer[0]) / 3
    middle = (signer[1] + signer[3]) / 2
    seal = _centred(seal_right - SEAL_DIAMETER / 2, middle, SEAL_DIAMETER, SEAL_DIAMETER)
    return SignaturePlaces(Place(page, signer), Place(page, seal))


def _centred(x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
    return (round(x - width / 2, 2), round(y - height / 2, 2), round(x + width / 2, 2), round(y + height / 2, 2))
