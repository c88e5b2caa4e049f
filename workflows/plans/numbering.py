"""Numbers and symbols of documents (NĐ 30/2020 Điều 15 and Phụ lục I mục II.3): "Số: 05/KH-UBND"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .normalise import low, plain, squeeze

_SYMBOL = r"(?P<symbol>[A-ZĐ][\w&.]*(?:\s?[-/]\s?[A-ZĐ][\w&.]*){0,4})"
_NUMBER_LINE = re.compile(
    rf"(?:Số|SỐ|số|So)\s*[:.]?\s*(?P<number>\d{{1,5}}|[.…_\s]*?)\s*(?P<join>[/-])\s*(?:\d{{4}}\s*/\s*)?{_SYMBOL}"
)


@dataclass(frozen=True)
class NumberLine:
    """A number line as it stands, its number (None when still blank) and its symbol."""

    raw: str
    number: int | None
    symbol: str


def parse_number_line(line: str) -> NumberLine | None:
    """Reads "Số: 16 /KH-UBND" or "Số:  /KH-UBND"; None for any other line."""
    found = _NUMBER_LINE.match(line.strip())
    if found is None:
        return None
    digits = found["number"].strip()
    number = int(digits) if digits.isdigit() else None
    symbol = re.sub(r"\s*([-/])\s*", r"\1", found["symbol"]).rstrip(".")
    return NumberLine(squeeze(found.group()), number, symbol)


def format_number(number: int, symbol: str) -> str:
    """ "05/KH-UBND": numbers below 10 get a zero (NĐ 30 Phụ lục I)."""
    if number < 1:
        raise ValueError("numbers in the register start at 1")
    return f"{number:02d}/{symbol}"


def number_line(number: int | None, symbol: str) -> str:
    """The line "Số: 05/KH-UBND", or with room for a number that is not yet given."""
    return f"Số:     /{symbol}" if number is None else f"Số: {format_number(number, symbol)}"


def body_symbol(body_name: str) -> str:
    """The letters of a body in a symbol: "UBND" for any Ủy ban nhân dân, "SNV" for Sở Nội vụ."""
    if plain(body_name).startswith(("uy ban nhan dan", "ubnd")):
        return "UBND"
    words = [word for word in re.split(r"[\s,–-]+", low(body_name)) if word and word != "và"]
    return "".join(word[0] for word in words).upper() or "CQ"


def unit_symbol(unit_name: str) -> str:
    """The letters of a drafting unit in a symbol: "VHXH" for "Bộ phận Văn hóa - Xã hội xã" (mục II.3)."""
    name = re.sub(r"^(?:phong|bo phan|ban|to)\s", lambda found: "\0" * len(found[0]), plain(unit_name))
    name = re.sub(r"\s(?:xa|phuong|huyen|tinh|dac khu|thi tran|quan)$", lambda found: "\0" * len(found[0]), name)
    kept = "".join(letter for letter, mark in zip(unit_name, name, strict=True) if mark != "\0")
    return body_symbol(kept) if kept.strip() else body_symbol(unit_name)


def plan_symbol(body_name: str) -> str:
    """The symbol of a plan of this body: "KH-UBND" for any Ủy ban nhân dân, "KH-SNV" for Sở Nội vụ."""
    return f"KH-{body_symbol(body_name)}"


def report_symbol(body_name: str) -> str:
    """The symbol of a report of this body, such as "BC-UBND"."""
    return f"BC-{body_symbol(body_name)}"
