"""The pages of copies and of appendices: who sees them, what is typed wrong, what is given out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from service.demo.signing import set_up_signing
from tests.actions.small_office import START
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Page
from tests.pages.test_step_up import with_app
from tests.papers.signing.house import letter
from workflows.actions.make_copy import copy_signers
from workflows.actions.register_incoming import Arrival, register_incoming
from workflows.papers.edxml_model import Attachment
from workflows.store import document_files


def signer(house: House) -> str:
    with house.cast.database.read() as connection:
        return copy_signers(connection, house.cast.office.id, house.cast.now.date())[0].key


def test_the_clerk_copies_an_issued_plan_and_gives_it_out(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/van-ban")
    assert f"{house.plan}/ban-sao" in page.links
    page = browser.get(f"{house.plan}/ban-sao")
    typed = {"hinh_thuc_sao": "SY", "nguoi_ky": signer(house), "noi_nhan": "- Phòng Tài chính;\n- Công an xã."}
    page = browser.submit(page, f"{house.plan}/ban-sao", typed)
    assert "01/SY-UBND" in page.text
    assert "Phòng Tài chính; Công an xã" in page.text
    assert "in ra, ký và đóng dấu" in page.text
    given = browser.http.get("/ban-sao/1")
    assert (given.status_code, given.content[:5]) == (200, b"%PDF-")
    assert 'filename="sao-y-01-sy-ubnd.pdf"' in given.headers["content-disposition"]
    assert "01/SY-UBND" in browser.get("/so-van-ban").text


def test_what_is_typed_wrong_is_kept_and_said(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/ban-sao")
    typed = {"hinh_thuc_sao": "TrS", "nguoi_ky": signer(house), "trang": "3-99"}
    page = browser.submit(page, f"{house.plan}/ban-sao", typed, status=422)
    assert "“3-99” không phải là các trang của văn bản" in page.text
    sent = page.form(f"{house.plan}/ban-sao").filled()
    assert (sent["trang"], sent["hinh_thuc_sao"]) == ("3-99", "TrS")
    assert "bản sao" not in browser.get("/so-van-ban").text


def test_copies_are_of_the_office_and_made_by_its_clerk(stage: Stage) -> None:
    house = stage("in_force")
    clerk = house.browser("van_thu")
    page = clerk.get(f"{house.plan}/ban-sao")
    clerk.submit(page, f"{house.plan}/ban-sao", {"nguoi_ky": signer(house)})
    chairman = house.browser("chu_tich").get(f"{house.plan}/ban-sao")
    assert not [form for form in chairman.forms if form.action == f"{house.plan}/ban-sao"]
    house.browser().http.post("/dang-xuat")
    assert house.browser().http.get("/ban-sao/1").status_code in (302, 303, 401, 200)
    assert b"%PDF" not in house.browser().http.get("/ban-sao/1").content
    stage("numbering").browser("van_thu").get(f"{house.plan}/ban-sao", status=404)


def test_what_came_in_is_copied_from_the_file_that_is_chosen(stage: Stage) -> None:
    house = stage("in_force")
    today = house.cast.now.date()
    files = (Attachment("cong van.pdf", "application/pdf", letter()), Attachment("bang.xlsx", "", b"PK"))
    line = register_incoming(
        house.cast.desk("van_thu"),
        house.cast.office.id,
        Arrival("Sở Nội vụ", "12/CV-SNV", today, "Hướng dẫn", today, files=files),
    )
    browser = house.browser("van_thu")
    assert f"/so-van-ban-den/{line}/ban-sao" in browser.get(f"/so-van-ban-den/{line}").links
    page = browser.get(f"/so-van-ban-den/{line}/ban-sao")
    with house.cast.database.read() as connection:
        pdf, sheet = document_files.files_of(connection, "incoming", line)
    typed = {"hinh_thuc_sao": "SL", "nguoi_ky": signer(house)}
    refused = browser.submit(page, page.path, typed | {"tep": str(sheet.id)}, status=422)
    assert "“bang.xlsx” không phải là tệp PDF" in refused.text
    page = browser.submit(page, page.path, typed | {"tep": str(pdf.id)})
    assert "01/SL-UBND" in page.text


def appendix_page(house: House) -> Page:
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    return browser.get(f"{house.plan}/van-ban")


def test_the_drafters_add_and_take_away_an_appendix(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get(f"{house.plan}/van-ban")
    page = browser.submit(page, f"{house.plan}/phu-luc", status=422)
    bad = {"tep": ("bieu.docx", b"PK\x03\x04")}
    page = browser.submit(page, f"{house.plan}/phu-luc", files=bad, status=422)
    assert "Tệp không phải là PDF đọc được." in page.text
    page = browser.submit(page, f"{house.plan}/phu-luc", files={"tep": ("Biểu 01.pdf", letter())})
    assert "Biểu 01.pdf" in page.text
    page = browser.submit(page, f"{house.plan}/phu-luc/1/bo")
    assert "Phụ lục đã bỏ" in page.text
    for step in ("issuing", "in_force"):
        page = appendix_page(stage(step))
        assert not [form for form in page.forms if form.action.endswith("/phu-luc")]


def test_where_the_agency_signs_digitally_the_clerk_confirms_each_copy(stage: Stage, tmp_path: Path) -> None:
    house = stage("in_force")
    set_up_signing(house.cast.database, tmp_path / "keys", "mật khẩu kho khóa", START - timedelta(days=30), START)
    totp = with_app(house, "van_thu")
    browser = house.browser("van_thu")
    address = f"{house.plan}/ban-sao"
    page = browser.get(address)
    typed = {"hinh_thuc_sao": "SY", "nguoi_ky": signer(house), "noi_nhan": "- Công an xã."}
    page = browser.submit(page, address, typed, status=422)
    assert "Chưa có mã xác nhận" in page.text
    page = browser.submit(page, address, typed | {"ma_ky": "000000"}, status=422)
    assert page.form(address).filled()["noi_nhan"] == "- Công an xã."
    page = browser.submit(page, address, typed | {"ma_ky": totp.at(house.cast.now)})
    assert "01/SY-UBND" in page.text
    assert "đang chờ ký số" in page.text
