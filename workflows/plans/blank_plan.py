"""A plan with nothing in it but its parts: what a drafter fills in instead of remembering NĐ 30/2020 Phụ lục III."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .numbering import unit_symbol

_DOTS = "…"


@dataclass(frozen=True)
class Upper:
    """A plan of an upper level that is to be carried out: what it is called, its subject, the titles of its parts."""

    called: str
    about: str
    parts: Sequence[str] = ()


def blank_plan(office: str, unit: str, place: str, day: date, upper: Upper | None = None) -> str:
    """The text of a plan of this office, drafted by this unit in the year of `day`; with `upper` it carries that out.

    What is to be filled in stands as "…"; duties have the four lines that are read out of a plan: who leads, who
    helps, by when, what comes of it.
    """
    year = day.year
    about = f"Triển khai thực hiện {upper.called}" if upper else f"{_DOTS} năm {year}"
    bases = [f"Căn cứ {upper.called};"] if upper else [f"Căn cứ {_DOTS};"]
    parts = [each for each in (upper.parts if upper else ()) if each]
    work = [f"Nội dung theo các phần của kế hoạch cấp trên: {'; '.join(parts)}.", ""] if parts else []
    lines = [
        office.upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số:      /KH-UBND",
        f"{place or _DOTS}, ngày      tháng      năm {year}",
        "",
        "KẾ HOẠCH",
        about,
        "",
        *bases,
        f"Xét đề nghị của {unit}, {office} ban hành Kế hoạch như sau:",
        "",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        f"- {_DOTS}",
        "2. Yêu cầu",
        f"- {_DOTS}",
        "",
        "II. NỘI DUNG, NHIỆM VỤ",
        *work,
        f"1. {_DOTS}",
        f"- Đơn vị chủ trì: {_DOTS}",
        f"- Đơn vị phối hợp: {_DOTS}",
        f"- Thời gian thực hiện: {_DOTS}/{year}",
        f"- Sản phẩm: {_DOTS}",
        "",
        "III. TỔ CHỨC THỰC HIỆN",
        f"1. {unit}: theo dõi, đôn đốc, tổng hợp việc thực hiện Kế hoạch.",
        f"2. Các đơn vị báo cáo kết quả thực hiện về {unit} trước ngày 15 tháng 11 năm {year} để tổng hợp, báo cáo.",
        "",
        "Nơi nhận:",
        "- Các đơn vị có tên trong Kế hoạch;",
        f"- Lưu: VT, {unit_symbol(unit)}.",
        "",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ]
    return "\n".join(lines)
