"""Worksheets and CSV files of any encoding as rows of text; what is none is refused."""

from __future__ import annotations

import unicodedata
from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from workflows.errors import Refused
from workflows.papers.read_sheet import LARGEST_SHEET, MOST_MARKS, MOST_ROWS, packed, read_sheet, unpacked

TEXT = "Cơ quan, đơn vị;Họ và tên\nPhòng Kinh tế của xã;Nguyễn Thị Hường\nVăn phòng Ủy ban nhân dân;Đỗ Văn Bé\n"
# The bytes of a TCVN3 (ABC) file are Latin-1 letters that only the font shows as Vietnamese.
TCVN3 = "C¬ quan, ®¬n vÞ;Hä vµ tªn\nPhßng Kinh tÕ cña x·;NguyÔn ThÞ H­êng\nV¨n phßng ñy ban nh©n d©n;§ç V¨n BÐ\n"


EXPECTED = ("Cơ quan, đơn vị", "Họ và tên")


def texts(data: bytes, name: str = "danh-ba.csv") -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read_sheet(data, name, EXPECTED)]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr] # a new book has a sheet
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """A good workbook with this as one of its parts."""
    packed_up = BytesIO()
    with ZipFile(BytesIO(workbook(["a"]))) as good, ZipFile(packed_up, "w", ZIP_DEFLATED) as bad:
        for each in {*good.namelist(), name}:
            bad.writestr(each, content if each == name else good.read(each))
    return packed_up.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_nothing_is_read_that_grows_as_it_is_read(part: str, encoding: str) -> None:
    """An entity of 280 letters named three million times: a file of 10 kB, and minutes to read it."""
    cell = "<row r='1'><c r='A1' t='inlineStr'><is><t>" + "&a;" * 1000 + "</t></is></c></row>"
    sheet = f"<!DOCTYPE worksheet [<!ENTITY a '{'b' * 280}'>]><worksheet><sheetData>{cell}</sheetData></worksheet>"
    with pytest.raises(Refused) as refused:
        read_sheet(with_part(part, sheet.encode(encoding)), "danh-ba.xlsx")
    assert refused.value.code == "NOT_A_SHEET"


def test_a_line_without_end_is_refused_before_it_is_read() -> None:
    line = b"<worksheet><sheetData><row r='1'>" + b"<c/>" * (MOST_MARKS + 1) + b"</row></sheetData></worksheet>"
    with pytest.raises(Refused) as refused:
        read_sheet(with_part("xl/worksheets/sheet1.xml", line), "danh-ba.xlsx")
    assert refused.value.code == "TOO_MANY_ROWS"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.replace("quan, đơn vị", "quan").replace(";", ",").encode(),
        TEXT.replace("\n", "\r\n").encode(),
    ],
    ids=["utf-8", "mark", "utf-16", "comma", "crlf"],
)
def test_encodings_and_separators(data: bytes) -> None:
    assert texts(data)[1:] == [["Phòng Kinh tế của xã", "Nguyễn Thị Hường"], ["Văn phòng Ủy ban nhân dân", "Đỗ Văn Bé"]]


def test_tcvn3_is_read_as_what_its_font_shows() -> None:
    assert texts(TCVN3.encode("latin-1"))[1] == ["Phòng Kinh tế của xã", "Nguyễn Thị Hường"]


def test_cp1258_with_its_loose_marks() -> None:
    """Windows-1258 has â, ă, ê, ô, ơ, ư and đ as letters, the tones as marks behind them."""
    wanted = "Cơ quan, đơn vị;Họ và tên\nPhòng Văn thư của xã;Lò Thị Mủ\n"
    loose = unicodedata.normalize("NFD", wanted)
    for mark in "\u0302\u0306\u031b":
        for vowel in "aeouAEOU":
            whole = unicodedata.normalize("NFC", vowel + mark)
            loose = loose.replace(vowel + mark, whole) if len(whole) == 1 else loose
    assert texts(loose.encode("cp1258"))[1] == ["Phòng Văn thư của xã", "Lò Thị Mủ"]


def test_cells_of_a_worksheet() -> None:
    rows = read_sheet(
        workbook(["Tên", "Ngày", "Số", "Công thức"], ["A", date(2025, 7, 1), 12.0, "=1+1"], [None]), "a.xlsx"
    )
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["Tên", "Ngày", "Số", "Công thức"],
        ["A", "01/07/2025", "12", "=1+1"],
    ]
    assert [(cell.place, cell.formula) for cell in rows[1].cells] == [
        ("A2", False),
        ("B2", False),
        ("C2", False),
        ("D2", True),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "EMPTY"),
        (b"  \n ", "EMPTY"),
        (b";;\n;;\n", "EMPTY"),
        (b"PK\x03\x04 no package", "NOT_A_SHEET"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "NOT_A_SHEET"),
        (b"\x00\x01\x02\x03binary", "NOT_A_SHEET"),
        (b'a;"b\nc', "NOT_A_SHEET"),
        (b"x" * (LARGEST_SHEET + 1), "TOO_LARGE"),
        (b"a\n" * (MOST_ROWS + 1), "TOO_MANY_ROWS"),
        (b"a\n" * 2_000_000, "TOO_MANY_ROWS"),  # refused before it is read, which took more than a minute
        (b"a," + b"x" * 200_000, "NOT_A_SHEET"),
    ],
)
def test_what_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_sheet(data, "danh-ba.csv")
    assert caught.value.code == code


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        rows = read_sheet(data, "x")
    except Refused:
        return
    again = unpacked(packed(rows))
    assert [[cell.text for cell in row.cells] for row in again] == [[cell.text for cell in row.cells] for row in rows]
