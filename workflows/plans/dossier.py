"""Hồ sơ: the documents of the life of a plan in the order of time (NĐ 30/2020/NĐ-CP Phụ lục VI)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from .dates import format_short
from .official_document import Block, OfficialDocument, Table, Text
from .plan_matter import PlanMatter, paper_of


@dataclass(frozen=True)
class Piece:
    """One document of the file: what it is, its day, its number, who made it, and the hash of its bytes or text.

    `pdf` are its pages in the printed file; without them it is listed and kept in the system. `text` is its content
    where it is words.
    """

    kind: str
    title: str
    day: date
    by: str
    sha256: str
    cited: str = ""
    pdf: bytes | None = None
    text: str = ""


def in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces by their days; those of one day in the order in which they were given."""
    return sorted(pieces, key=lambda piece: piece.day)


def index_paper(matter: PlanMatter, pieces: Sequence[Piece], pages: Sequence[int | None]) -> OfficialDocument:
    """Mục lục văn bản trong hồ sơ: each document with its day, number and the page on which it begins."""
    rows = tuple(
        (
            str(at),
            piece.cited,
            format_short(piece.day),
            f"{piece.kind}: {piece.title}",
            piece.by,
            "" if page is None else str(page),
            f"SHA-256 {piece.sha256[:8]}…",
        )
        for at, (piece, page) in enumerate(zip(pieces, pages, strict=True), start=1)
    )
    header = ("TT", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu", "Tác giả", "Trang", "Ghi chú")
    body: list[Block] = [
        Text(f"Hồ sơ: {matter.title}."),
        Table(header, rows, shares=(0.06, 0.14, 0.14, 0.28, 0.14, 0.08, 0.16)),
        Text(
            "Văn bản không có số trang được lưu trong hệ thống; bản gốc điện tử đã ký số giữ nguyên từng byte, "
            "mã SHA-256 đầy đủ ghi trong tệp XML kèm theo./."
        ),
    ]
    name = "MỤC LỤC VĂN BẢN TRONG HỒ SƠ"
    paper = paper_of(matter.unit, matter, symbol="", type_name=name, subject=matter.title, body=body)
    return replace(paper, draft=False)
