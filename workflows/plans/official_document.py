"""An official document as data: the parts that NĐ 30/2020 Phụ lục I lays out, whatever file it becomes.

Whoever lays it out (workflows/papers) decides millimetres and fonts; what stands where in the law is decided here by
name. Words are plain text: nothing in them is markup.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from .dates import format_long
from .numbering import format_number, number_line

TextStyle = Literal["text", "basis", "centre", "form"]


@dataclass(frozen=True)
class Text:
    """One paragraph: running text, a legal basis (italic), a centred line, or a line of a form (no indent)."""

    words: str
    style: TextStyle = "text"
    kind: Literal["text"] = "text"


@dataclass(frozen=True)
class Heading:
    """The heading of a part; 1 is "I. MỤC ĐÍCH", 2 "1. Mục đích", 3 "a) Công tác chỉ đạo" (not bold)."""

    words: str
    level: int
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True)
class Table:
    """A table: its header cells, repeated on each page, and its rows, each as wide as the header.

    `groups` are the places (from 0) of rows that head the rows below them: their words span the columns behind the
    first. `shares` are the widths of the columns in parts of the whole; empty: by content.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    groups: tuple[int, ...] = ()
    shares: tuple[float, ...] = ()
    kind: Literal["table"] = "table"


Block = Text | Heading | Table


@dataclass(frozen=True)
class Letterhead:
    """Who issues, as lines in capitals: the superior body (may be absent) and the issuing body (mục II.2)."""

    agency: tuple[str, ...]
    parent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Appendix:
    """A phụ lục: on pages of its own, numbered on its own, tied to the document by "(Kèm theo …)"."""

    title: str
    attached_to: str
    body: tuple[Block, ...]
    label: str = "Phụ lục"
    landscape: bool = False


@dataclass(frozen=True)
class OfficialDocument:
    """Everything that is printed, in the order of the law's diagram; None and empty mean that it is not there.

    `type_name` is None for a công văn, whose `subject` then stands as "V/v …" under the number. `signature` are lines
    in capitals over the place for the signature, `signer` the name below it. `draft` prints "DỰ THẢO".
    """

    letterhead: Letterhead
    symbol: str
    number: int | None
    place: str
    day: date | None
    type_name: str | None
    subject: str
    body: tuple[Block, ...]
    signature: tuple[str, ...] = ()
    signer: str = ""
    recipients: tuple[str, ...] = ()
    addressed_to: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    draft: bool = False
    only_appendices: bool = False  # an appendix in a file of its own: no head, no signature
    year: int | None = None  # printed in the date line while the day is not known
    month: int | None = None
    written_on: date | None = None  # the day of the text, for the file's own date while `day` is not known

    @property
    def number_line(self) -> str:
        """ "Số: 05/KH-UBND", or with room for the number; nothing for a paper that takes none (no symbol)."""
        return "" if not self.symbol else number_line(self.number, self.symbol)

    @property
    def date_line(self) -> str:
        """ "Đức Tân, ngày 05 tháng 02 năm 2026", or with room for the day."""
        if self.day is not None:
            words = format_long(self.day)
        else:
            month = "     " if self.month is None else f"{self.month:02d}" if self.month < 3 else str(self.month)
            words = f"ngày      tháng {month} năm {self.year or '        '}".rstrip()
        return f"{self.place}, {words}" if self.place else words

    @property
    def notation(self) -> str:
        """How the document is cited: "16/KH-UBND", or with room for the number."""
        return f"      /{self.symbol}" if self.number is None else format_number(self.number, self.symbol)
