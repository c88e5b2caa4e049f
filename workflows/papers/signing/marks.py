"""How a signature looks on the page: a picture in its real colours, or a few lines of text, as a one-page PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils.reader import PdfFileReader

from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused

# The words come by sys.inputs, so that nothing in them is ever read as typst; a millimetre above keeps the accents.
_TEXT = """
#set page(width: auto, height: auto, margin: (top: 1mm, rest: 0.3mm), fill: none)
#set text(font: ("Times New Roman", "Tinos", "Libertinus Serif"), size: 10pt, fill: black, lang: "vi")
#set par(leading: 0.45em)
#align(right, sys.inputs.words.split("\\n").join(linebreak()))
"""
_PICTURE = """
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image("mark.png", width: float(sys.inputs.width) * 1pt)
"""
LARGEST_PICTURE = 1024 * 1024
MOST_PIXELS = 4_000_000
LONGEST_BESIDE_TIME = 60


@dataclass(frozen=True)
class Picture:
    """A checked PNG with its width and height in pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Mark:
    """The look of a signature as a one-page PDF of this size in points."""

    pdf: bytes
    width: float
    height: float


def read_picture(png: bytes, colour: str) -> Picture:
    """The picture of a signature ("blue") or of a seal ("red"), on transparent ground (NĐ 30/2020 Phụ lục I mục II.8).

    BAD_PICTURE, with `why`: not_png, too_large, not_transparent, not_blue, not_red.
    """
    if len(png) > LARGEST_PICTURE:
        raise Refused("BAD_PICTURE", why="too_large")
    try:
        with Image.open(BytesIO(png), formats=["PNG"]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Refused("BAD_PICTURE", why="too_large")
            small = opened.convert("RGBA").resize((64, 64))
            size = opened.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("BAD_PICTURE", why="not_png") from error
    raw = small.tobytes()
    pixels = list(zip(raw[0::4], raw[1::4], raw[2::4], raw[3::4], strict=True))
    inked = [pixel for pixel in pixels if pixel[3] > 64]
    if not inked or len(inked) > len(pixels) * 9 // 10:
        raise Refused("BAD_PICTURE", why="not_transparent")
    red, blue = (sum(pixel[channel] for pixel in inked) for channel in (0, 2))
    if (colour == "blue" and blue <= red) or (colour == "red" and red <= blue):
        raise Refused("BAD_PICTURE", why=f"not_{colour}")
    return Picture(png, *size)


def picture_mark(picture: Picture, width: float) -> Mark:
    """The picture alone, so many points wide."""
    height = width * picture.height / picture.width
    return Mark(_typeset(_PICTURE, {"width": f"{width:.3f}"}, picture.png), width, height)


def text_mark(lines: Sequence[str]) -> Mark:
    """Lines of text, Times New Roman 10, black, no picture, set to the right."""
    pdf = _typeset(_TEXT, {"words": "\n".join(lines)})
    width, height = _size(pdf)
    return Mark(pdf, width, height)


def time_line(at: datetime) -> str:
    """Day, month, year, hour, minute, second and time zone by ISO 8601: "05-02-2024 09:00:00 +07:00"."""
    here = at.astimezone(VIETNAM)
    return f"{here:%d-%m-%Y %H:%M:%S} {here.isoformat()[-6:]}"


def words_and_time(words: str, at: datetime) -> list[str]:
    """The lines of a mark without a picture, such as "16/KH-UBND; 05-02-2024 09:00:00 +07:00"; long words stand above.

    An appendix in a file of its own carries số và ký hiệu of its document, a copy its form and the copying agency.
    """
    return [words, time_line(at)] if len(words) > LONGEST_BESIDE_TIME else [f"{words}; {time_line(at)}"]


def _typeset(source: str, inputs: dict[str, str], png: bytes | None = None) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder) / "mark.typ"
        main.write_text(source, encoding="utf-8")
        if png is not None:
            (Path(folder) / "mark.png").write_bytes(png)
        try:
            made = typst.compile(str(main), root=folder, sys_inputs=inputs, format="pdf", pdf_tags=False)
        except typst.TypstError as error:
            raise Refused("BAD_PICTURE", why="not_png") from error
    assert isinstance(made, bytes), "a mark is one page"
    return made


def _size(pdf: bytes) -> tuple[float, float]:
    """Width and height of the one page."""
    box = [float(each) for each in PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"][0]["/MediaBox"]]
    return box[2] - box[0], box[3] - box[1]
