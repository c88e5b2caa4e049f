"""Nhập danh bạ: a dry run by line, then all or nothing; done twice it changes nothing."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.actions.small_office import everything, refused
from tests.stories.cast import Cast
from workflows.actions.organising.import_directory import Outcome, import_directory, rehearse_import
from workflows.errors import Refused
from workflows.papers.directory_xlsx import write_directory
from workflows.papers.read_sheet import read_sheet
from workflows.plans.directory_sheet import COLUMNS, Line, read_lines
from workflows.store import directory, organisation
from workflows.store.screens.directory_rows import directory_rows


def lines(*rows: dict[str, str]) -> list[Line]:
    """Rows by column, through a CSV file as people make it."""
    used = [key for key in COLUMNS if any(key in row for row in rows)]
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([COLUMNS[key] for key in used])
    writer.writerows([[row.get(key, "") for key in used] for row in rows])
    return read_lines(read_sheet(text.getvalue().encode(), "danh-ba.csv"))


NEW = (
    {
        "don_vi": "Phòng Kinh tế, Hạ tầng",
        "loai": "Đơn vị",
        "truc_thuoc": "Khối chuyên môn",
        "thuoc_nhom": "Nhóm phòng",
    },
    {"don_vi": "Khối chuyên môn", "hop_thu": "khoi@anbinh.vn", "hoat_dong_tu": "01/07/2025"},
    {"don_vi": "Đảng ủy xã", "loai": "Cơ quan Đảng"},
    {"don_vi": "Nhóm phòng", "loai": "Nhóm"},
    {
        "don_vi": "Phòng Kinh tế, Hạ tầng",
        "chuc_danh": "TRƯỞNG PHÒNG",
        "dung_dau": "x",
        "ho_ten": "Lê Thị Hoa",
        "email": "hoa@anbinh.vn",
        "giu_tu": "01/01/2024",
    },
)


def statuses(outcome: Outcome) -> list[str]:
    return [each.status for each in outcome.results]


def test_a_dry_run_says_it_all_and_keeps_nothing(cast: Cast) -> None:
    before = everything(cast.database)
    outcome = rehearse_import(cast.desk("quan_tri"), cast.office.id, lines(*NEW))
    assert statuses(outcome) == ["new", "new", "new", "new", "new"], [each.problems for each in outcome.results]
    assert everything(cast.database) == before


def test_it_is_kept_whole_and_twice_is_once(cast: Cast) -> None:
    desk = cast.desk("quan_tri")
    import_directory(desk, cast.office.id, lines(*NEW), "danh-ba.csv")
    before = everything(cast.database)
    again = import_directory(desk, cast.office.id, lines(*NEW), "danh-ba.csv")
    assert statuses(again) == ["unchanged"] * 5
    assert everything(cast.database) == before
    with cast.database.read() as connection:
        unit = directory.find_body(connection, cast.office.id, "Phòng Kinh tế, Hạ tầng", cast.now.date())
        assert unit is not None
        assert [each.name for each in directory.holders_of(connection, f"thu_truong@{unit.id}", cast.now.date())] == [
            "Lê Thị Hoa"
        ]
        assert directory.body(connection, unit.parent_id or 0).name == "Khối chuyên môn"
        (told, *_) = organisation.changes_of(connection, cast.office.id, 1)
    assert (told.change, told.facts["new"], told.by) == ("imported", 5, cast.actor("quan_tri").name)


def test_what_differs_is_changed_and_an_empty_cell_changes_nothing(cast: Cast) -> None:
    desk = cast.desk("quan_tri")
    import_directory(desk, cast.office.id, lines(*NEW), "danh-ba.csv")
    changed = lines(
        {"don_vi": "khối chuyên môn", "hop_thu": "moi@anbinh.vn"},
        {"don_vi": "Đảng ủy xã", "hoat_dong_den": "01/01/2024", "thay_bang": "Khối chuyên môn"},
        {"don_vi": "Nhóm phòng"},
    )
    assert statuses(import_directory(desk, cast.office.id, changed, "b.csv")) == ["changed", "changed", "unchanged"]
    with cast.database.read() as connection:
        found = {each.name: each for each in directory.bodies_of(connection, cast.office.id)}
    assert found["Khối chuyên môn"].email == "moi@anbinh.vn"
    assert found["Đảng ủy xã"].successor_id == found["Khối chuyên môn"].id
    assert found["Khối chuyên môn"].valid_from is not None


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([{"don_vi": "A", "truc_thuoc": "B"}, {"don_vi": "B", "truc_thuoc": "A"}], "SHEET_CYCLE", "B2"),
        ([{"don_vi": "A", "truc_thuoc": "Không có"}], "SHEET_UNKNOWN_BODY", "B2"),
        ([{"don_vi": "A", "thuoc_nhom": "Nhóm lạ"}], "SHEET_UNKNOWN_GROUP", "B2"),
        ([{"don_vi": "A", "hop_thu": "a@x"}, {"don_vi": "A", "hop_thu": "b@x"}], "SHEET_CONTRADICTS", "B3"),
        ([{"don_vi": "A", "chuc_danh": "X", "ho_ten": "Ba"}] * 2, "SHEET_TWICE", "B3"),
        ([{"don_vi": "A", "ho_ten": "Ba"}], "SHEET_NO_POST", "B2"),
        ([{"don_vi": "A", "hoat_dong_tu": "31/02/2025"}], "SHEET_DATE", "B2"),
        ([{"don_vi": "=A1&B1", "hop_thu": "x"}], "SHEET_FORMULA", "A2"),
        ([{"don_vi": "A", "loai": "Xí nghiệp"}], "SHEET_WORD", "B2"),
        ([{"don_vi": "A", "chuc_danh": "X", "vai_tro": "Vua"}], "SHEET_WORD", "C2"),
        ([{"don_vi": "", "hop_thu": "x@y"}], "SHEET_NO_BODY", "A2"),
        ([{"don_vi": "A", "thay_bang": "B"}], "SHEET_NO_END", "B2"),
        ([{"don_vi": "A", "ma_dinh_danh": "12"}], "BAD_ORGAN_CODE", "A2"),
        ([{"don_vi": "A" * 301, "hop_thu": "a@x"}], "TOO_LONG", "A2"),
    ],
)
def test_a_wrong_line_names_its_cell_and_nothing_is_kept(
    cast: Cast, rows: list[dict[str, str]], code: str, place: str
) -> None:
    good = {"don_vi": "Phòng mới"}
    outcome = rehearse_import(cast.desk("quan_tri"), cast.office.id, lines(*rows, good))
    problems = [problem for each in outcome.results for problem in each.problems]
    assert (code, place) in [(problem.code, problem.facts["place"]) for problem in problems]
    assert outcome.results[-1].status == "new"
    with refused(cast.database, "SHEET_ERRORS"):
        import_directory(cast.desk("quan_tri"), cast.office.id, lines(*rows, good), "a.csv")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tên;Số\nA;1\n", "SHEET_NO_COLUMN"),
        ("Cơ quan, đơn vị;Lương\nA;1\n", "SHEET_COLUMN"),
        ("Cơ quan, đơn vị;Hộp thư;Hộp thư\nA;1;2\n", "SHEET_COLUMN_TWICE"),
    ],
)
def test_a_heading_that_nobody_knows_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        read_lines(read_sheet(text.encode(), "a.csv"))
    assert caught.value.code == code


def test_two_people_of_one_name_are_told_apart_by_their_address(cast: Cast) -> None:
    desk = cast.desk("quan_tri")
    both = [{"don_vi": "A", "chuc_danh": f"X{n}", "ho_ten": "Lê Ba", "email": f"ba{n}@x.vn"} for n in (1, 2)]
    import_directory(desk, cast.office.id, lines(*both), "a.csv")
    third = {"don_vi": "A", "chuc_danh": "X3", "ho_ten": "lê ba"}
    outcome = rehearse_import(desk, cast.office.id, lines(third))
    assert [problem.code for problem in outcome.results[0].problems] == ["SHEET_SEVERAL_PEOPLE"]
    outcome = rehearse_import(desk, cast.office.id, lines(third | {"email": "BA1@x.vn"}))
    assert statuses(outcome) == ["new"]


def test_only_an_administrator_of_the_office(cast: Cast) -> None:
    with refused(cast.database, "NOT_YOURS"):
        import_directory(cast.desk("van_thu"), cast.office.id, lines(*NEW), "a.csv")


def test_what_was_exported_is_read_again_and_changes_nothing(cast: Cast) -> None:
    with cast.database.read() as connection:
        rows = directory_rows(connection, cast.office.id, cast.now.date())
    texts = [
        {key: value if isinstance(value, str) else f"{value:%d/%m/%Y}" for key, value in row.items()} for row in rows
    ]
    content = write_directory(texts, cast.now)
    outcome = rehearse_import(cast.desk("quan_tri"), cast.office.id, read_lines(read_sheet(content, "a.xlsx")))
    assert len(outcome.results) == len(rows) > 20
    wrong = [(each.line.number, each.status, each.what, each.problems) for each in outcome.results]
    assert {status for _, status, _, _ in wrong} == {"unchanged"}, [each for each in wrong if each[1] != "unchanged"]
