"""An addressee confirms that the document arrived; looking and downloading confirm nothing."""

from __future__ import annotations

from notifications.links import make_link
from tests.pages.conftest import House, Stage
from tests.pages.test_link import code_of
from workflows.store import issuing
from workflows.store.issuing import Recipient

TOKEN = "receiptToken0123456789abcdef"


def recipient_of(house: House) -> Recipient:
    with house.cast.database.write() as connection:
        lines = issuing.recipients_of(connection, "plan", house.cast.plan_id)
        found = next(each for each in lines if each.status != "luu" and each.body_id is not None)
        make_link(connection, token=TOKEN, now=house.cast.now, recipient_id=found.id, body_id=found.body_id)
    return found


def test_looking_confirms_nothing(stage: Stage) -> None:
    house = stage("in_force")
    recipient = recipient_of(house)
    page = house.browser().get(f"/x/{TOKEN}")
    assert page.path == f"/nhan/{TOKEN}"
    assert "01/KH-UBND" in page.h1
    document = house.browser().http.get(f"/nhan/{TOKEN}/van-ban")
    assert document.headers["content-disposition"].startswith("attachment")
    assert document.content.startswith(b"%PDF-")
    with house.cast.database.read() as connection:
        assert issuing.recipient(connection, recipient.id).received_at is None


def test_a_name_is_needed_and_one_confirmation_is_kept(stage: Stage) -> None:
    house = stage("in_force")
    recipient = recipient_of(house)
    browser = house.browser()
    page = browser.get(f"/nhan/{TOKEN}")
    assert "Chưa nhập" in browser.submit(page, f"/nhan/{TOKEN}", status=422).text
    no_code = browser.submit(page, f"/nhan/{TOKEN}", {"nguoi_nhan": "Lê Văn Tư, văn thư"}, status=422)
    assert "nhập mã xác nhận" in no_code.text
    browser.submit(page, f"/nhan/{TOKEN}/gui-ma")
    code = code_of(house)
    browser.submit(page, f"/nhan/{TOKEN}", {"nguoi_nhan": "Lê Văn Tư, văn thư", "ma": code})
    browser.submit(page, f"/nhan/{TOKEN}", {"nguoi_nhan": "Người khác", "ma": code})
    with house.cast.database.read() as connection:
        assert issuing.recipient(connection, recipient.id).received_by == "Lê Văn Tư, văn thư"
    shown = house.browser("van_thu").get(f"{house.plan}/noi-nhan")
    assert "Lê Văn Tư, văn thư" in shown.text


def test_a_forged_receipt_link_says_so(stage: Stage) -> None:
    stage("in_force").browser().get(f"/nhan/{'z' * 30}", status=404)


def test_the_people_of_the_office_download_the_same_bytes(stage: Stage) -> None:
    house = stage("in_force")
    recipient_of(house)
    outside = house.browser().http.get(f"/nhan/{TOKEN}/van-ban")
    inside = house.browser("van_thu").http.get(f"{house.plan}/van-ban/phat-hanh")
    assert inside.content == outside.content
