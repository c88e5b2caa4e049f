"""The consolidated report: a large change is said beside its figure, and a new text never replaces the edited one."""

from __future__ import annotations

import re

import pytest

from tests.pages.conftest import House, Stage, instant
from tests.pages.test_forms import decide
from workflows.plans.report_form import DEFAULT_FORM
from workflows.store.tables.reporting import cycles

EDITED = "Báo cáo tổng hợp đã được sửa tay."
FIGURES = {"noi_dung": "Kết quả tốt.", "hoan_thanh": "12", "dang_lam": "0", "cham": "0"}


@pytest.fixture
def sent(stage: Stage) -> House:
    """Every unit has sent 12, a year after each had sent 10."""
    house = stage("in_force")
    house.cast.wait(instant(2022, 11, 1))
    units = house.cast.open("nop_bao_cao")
    for unit in units:
        decide(house, unit, FIGURES)
    before = [
        {"body": at, "unit": str(at), "figures": {"hoan_thanh": 10}, "coverage": None, "sent": None}
        for at, _ in enumerate(units)
    ]
    with house.cast.database.write() as connection:
        row = connection.execute(cycles.select().where(cycles.c.opened_at.is_not(None))).one()
        earlier = {name: value for name, value in row._mapping.items() if name not in ("id", "case_id")}
        summary = {"form": [line.to_json() for line in DEFAULT_FORM], "units": before}
        connection.execute(cycles.insert().values({**earlier, "key": "2021", "summary": summary}))
    return house


def test_a_change_at_or_above_the_offices_own_threshold_is_said_beside_the_figure(sent: House) -> None:
    clerk = sent.browser("van_thu")
    cycle = next(link for link in clerk.get("/bao-cao").links if re.fullmatch(r"/bao-cao/\d+", link))
    assert "tăng 20% thay đổi lớn (từ 20% trở lên)" in re.sub(r"\s+", " ", clerk.get(cycle).text)
    chairman = sent.browser("chu_tich")
    page = chairman.get("/quy-dinh")
    wrong = chairman.submit(page, "/quy-dinh/nguong-thay-doi", {"nguong": "nhiều"}, status=422)
    assert "Hãy nhập số phần trăm nguyên từ 1 đến 1000" in wrong.text
    assert "25%" in chairman.submit(wrong, "/quy-dinh/nguong-thay-doi", {"nguong": "25 %"}).text
    assert not [form for form in clerk.get("/quy-dinh").forms if form.action == "/quy-dinh/nguong-thay-doi"]
    calm = clerk.get(cycle).text
    assert "tăng 20%" in calm and "thay đổi lớn" not in calm
    assert "Số liệu báo cáo thay đổi từ bao nhiêu phần trăm thì nêu" in chairman.get("/thiet-lap/thay-doi").text


def test_consolidating_again_shows_the_difference_and_asks_before_it_replaces_anything(sent: House) -> None:
    (task,) = sent.cast.open("tong_hop")
    decide(sent, task, {"noi_dung": EDITED})
    (check,) = sent.cast.open("kiem_tra_noi_dung_bao_cao")
    decide(sent, check, {"ket_qua": "tra_lai", "ly_do": "Đề nghị bổ sung số liệu quý IV."})
    (again,) = sent.cast.open("tong_hop")
    browser = sent.browser(again.groups[0].partition("@")[0], int(again.groups[0].partition("@")[2]))
    path = f"/viec/{again.id}"
    page = browser.get(path)
    assert page.form(path).filled()["noi_dung"].strip() == EDITED
    assert "[bớt] Báo cáo tổng hợp đã được sửa tay." in page.text
    merged = browser.get(f"{path}?ghep=moi")
    assert "TÌNH HÌNH GỬI BÁO CÁO" in merged.form(path).filled()["noi_dung"]
    assert "chưa ghi gì" in merged.text
    assert browser.get(path).form(path).filled()["noi_dung"].strip() == EDITED, "looking has changed nothing"
    browser.submit(merged, path, {"noi_dung": merged.form(path).filled()["noi_dung"]})
    with sent.cast.database.read() as connection:
        report = connection.execute(cycles.select().where(cycles.c.key == "2022")).one().report
    assert report.startswith("I. TÌNH HÌNH GỬI BÁO CÁO")
