"""Sổ văn bản đến: entered by hand or from an envelope, handled, asked back; printed and kept as a worksheet."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Page
from workflows.actions.exchanging.recall_requests import ask_back
from workflows.actions.exchanging.take import take_envelope
from workflows.papers.edxml_model import Attachment, Envelope, Organ, SignedBy, document_id
from workflows.papers.edxml_write import write_envelope
from workflows.store import directory

US, PEER = "000.12.30.H56", "000.00.30.H56"
NEW = "/so-van-ban-den/moi"
TYPED = {
    "co_quan_ban_hanh": "Sở Nội vụ",
    "so_ky_hieu_den": "12/SNV-CCHC",
    "ngay": "1/7/2022",
    "trich_yeu": "Công văn góp ý dự thảo kế hoạch",
    "nguoi_ky": "Lê Văn Tám",
}


def with_envelope(house: House) -> str:
    """An envelope of another office lies at the door; its document's id."""
    cast = house.cast
    day = cast.now.date()
    with cast.database.write() as connection:
        directory.give_code(connection, cast.office.id, US)
        office = directory.body(connection, cast.office.id)
    called = document_id(PEER, day, "31/UBND-NC")
    envelope = Envelope(
        Organ(PEER, "UBND tỉnh <b>"),
        (Organ(US, office.name),),
        called,
        "31",
        "UBND-NC",
        "",
        day,
        "Công văn",
        "Góp ý kế hoạch",
        SignedBy("KT.", "PHÓ CHỦ TỊCH", "Phan Thị Ký"),
        attachments=(Attachment("công văn 31.pdf", "application/pdf", b"%PDF-1.7 x"),),
    )
    take_envelope(cast.clock, write_envelope(envelope), PEER)
    return called


def enter(house: House, **typed: str) -> Page:
    browser = house.browser("van_thu")
    return browser.submit(browser.get(NEW), NEW, TYPED | typed)


def test_a_paper_document_is_entered_found_and_handled(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    page = browser.get(NEW)
    answers = f"plan:{house.cast.plan_id}"
    line = browser.submit(
        page, NEW, TYPED | {"tra_loi": answers}, files={"tep": ("gop y.pdf", b"%PDF-1.4", "application/pdf")}
    )
    assert "Văn bản đến số 01: 12/SNV-CCHC" in line.h1
    assert "gop y.pdf" in line.text
    (file,) = [link for link in line.links if "/tep/" in link]
    got = browser.http.get(file)
    assert (got.content, got.headers["content-disposition"].split(";")[0]) == (b"%PDF-1.4", "attachment")
    assert "12/SNV-CCHC" in browser.get(f"{house.plan}/noi-nhan").text

    giao = f"{line.path}/giao"
    wrong = browser.submit(line, giao, {"han": "31/2/2022", "y_kien_chi_dao": "Tham mưu"}, status=422)
    assert wrong.title.startswith("Lỗi:")
    assert wrong.form(giao).filled()["y_kien_chi_dao"] == "Tham mưu"
    unit = str(house.cast.office.drafting_unit_id)
    due = house.cast.now + timedelta(days=2)
    done = browser.submit(wrong, giao, {"chu_tri": unit, "han": f"{due:%d/%m/%Y}"})
    assert "Đã giao xử lý" in done.text
    head = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    sent = head.get(line.path).form(f"{line.path}/tinh-trang").filled() | {"tinh_trang": "da_xu_ly"}
    assert head.http.post(f"{line.path}/tinh-trang", data=sent).status_code == 303
    assert "Đã xử lý xong" in head.get(line.path).text

    found = browser.get("/so-van-ban-den?nam=2022&tim=gop+y+snv")
    assert "12/SNV-CCHC" in found.text
    assert "Xóa bộ lọc" in browser.get("/so-van-ban-den?nam=2022&noi_nhan=so+tai+chinh").text


def test_a_duplicate_has_to_be_confirmed(stage: Stage) -> None:
    house = stage("in_force")
    enter(house)
    browser = house.browser("van_thu")
    again = browser.submit(browser.get(NEW), NEW, TYPED | {"co_quan_ban_hanh": "SỞ NỘI VỤ"}, status=422)
    assert "số đến 01/2022" in again.text
    assert again.form(NEW).filled()["trich_yeu"] == TYPED["trich_yeu"]
    entered = browser.submit(again, NEW, {"trung": "co"})
    assert "Văn bản đến số 02" in entered.h1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"ngay": "31/2/2022"}, "không phải là một ngày có thật"),
        ({"ngay": ""}, "Chưa nhập Ngày văn bản"),
        ({"ngay_den": "1/1/2030"}, "chưa tới"),
        ({"ngay_den": "1/1/2022"}, "trước ngày của văn bản"),
        ({"so_ban": "x"}, "Số lượng bản"),
        ({"trich_yeu": " "}, "Chưa nhập Trích yếu"),
    ],
)
def test_a_mistake_keeps_what_was_typed(stage: Stage, typed: dict[str, str], words: str) -> None:
    browser = stage("in_force").browser("van_thu")
    page = browser.submit(browser.get(NEW), NEW, TYPED | typed, status=422)
    assert words in page.text
    assert page.form(NEW).filled()["nguoi_ky"] == TYPED["nguoi_ky"]


def test_an_envelope_is_entered_with_its_files(stage: Stage) -> None:
    house = stage("in_force")
    with_envelope(house)
    browser = house.browser("van_thu")
    page = browser.get("/so-van-ban-den")
    assert "Chờ tiếp nhận" in page.text
    assert "31/UBND-NC" in page.text
    (way,) = [link for link in page.links if "phong_bi=" in link]
    form = browser.get(way)
    assert form.form(NEW).filled()["nguoi_ky"] == "Phan Thị Ký"
    line = browser.submit(form, NEW)
    assert "công văn 31.pdf" in line.text
    assert "Chờ tiếp nhận" not in browser.get("/so-van-ban-den").text


def test_an_envelope_that_waits_a_day_is_shown_late_and_may_be_returned(stage: Stage) -> None:
    house = stage("in_force")
    with_envelope(house)
    house.cast.now += timedelta(days=2)
    browser = house.browser("van_thu")
    page = browser.get("/so-van-ban-den")
    assert "chậm 2 ngày" in page.text
    (action,) = [form.action for form in page.forms if form.action.endswith("/tra-lai")]
    short = browser.submit(page, action, {"ly_do": "sai"}, status=422)
    assert short.form(action).filled()["ly_do"] == "sai"
    done = browser.submit(short, action, {"ly_do": "Gửi nhầm cơ quan nhận"})
    assert "Chờ tiếp nhận" not in done.text


def test_a_late_receipt_and_a_recall_stay_visible(stage: Stage) -> None:
    house = stage("in_force")
    called = with_envelope(house)
    house.cast.now += timedelta(days=3)
    browser = house.browser("van_thu")
    (way,) = [link for link in browser.get("/so-van-ban-den").links if "phong_bi=" in link]
    line = browser.submit(browser.get(way), NEW)
    assert "xác nhận tiếp nhận chậm 3 ngày" in line.text
    with house.cast.clock.open() as work:
        ask_back(work, house.cast.office.id, PEER, called, "Ban hành nhầm")
    page = browser.get("/so-van-ban-den")
    (action,) = [form.action for form in page.forms if form.action.endswith("/thu-hoi")]
    sent = page.form(action).filled() | {"tra_loi": "dong_y"}
    assert browser.http.post(action, data=sent).status_code == 303
    gone = browser.get(line.path)
    assert "đã được bên gửi thu hồi" in gone.text
    assert not [link for link in gone.links if "/tep/" in link]
    for link in [each for each in line.links if "/tep/" in each]:
        assert browser.http.get(link).status_code == 404


def test_another_office_sees_nothing(stage: Stage) -> None:
    house = stage("in_force")
    line = enter(house)
    office = house.cast.office
    stranger = house.browser("thu_truong", office.front_id)
    assert stranger.http.get(line.path).status_code == 404
    assert TYPED["trich_yeu"] not in stranger.get("/so-van-ban-den?nam=2022").text


def test_the_worksheet_holds_the_ten_columns_and_no_formula(stage: Stage) -> None:
    house = stage("in_force")
    enter(house, trich_yeu='=HYPERLINK("http://x";"y")', co_quan_ban_hanh="@SUM(1)")
    got = house.browser("van_thu").http.get("/so-van-ban-den/tai-ve?nam=2022")
    sheet = openpyxl.load_workbook(BytesIO(got.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells if str(cell.value).startswith(("=", "@"))] == [True, True]
    assert "Đơn vị hoặc người nhận" in [cell.value for cell in cells]
