"""The lines of Nơi nhận after the issue: filtered, sent again, another way, on paper, confirmed by hand, chased."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import update

from tests.pages.conftest import House, Stage
from workflows.actions import SWEEPS
from workflows.store import issuing
from workflows.store.distributing import unconfirmed
from workflows.store.issuing import Recipient
from workflows.store.tables.issuing import recipients


def lines_of(house: House, channel: str) -> list[Recipient]:
    with house.cast.database.read() as connection:
        found = issuing.recipients_of(connection, "plan", house.cast.plan_id)
    return [each for each in found if each.channel == channel]


def line(house: House, recipient_id: int) -> Recipient:
    with house.cast.database.read() as connection:
        return issuing.recipient(connection, recipient_id)


def test_the_tab_is_filtered_and_goes_into_a_worksheet(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/noi-nhan")
    assert browser.get(f"{house.plan}/noi-nhan?trang_thai=da_tiep_nhan").text.count("Không có dòng nào như vậy") == 1
    sent = browser.get(f"{house.plan}/noi-nhan?trang_thai=da_gui&qua=mail")
    assert lines_of(house, "mail")[0].body_name in sent.text
    sheet = next(each for each in sent.links if "tai-ve" in each)
    rows = list(load_workbook(BytesIO(browser.http.get(sheet).content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert sum(row[3] == "thư điện tử" for row in rows) == len(lines_of(house, "mail"))
    assert browser.get(f"{house.plan}/noi-nhan?trang_thai='--&qua=x").text.count("dòng.") >= 1
    assert page.h1


def test_sent_again_there_is_a_new_letter_and_the_old_link_is_dead(stage: Stage) -> None:
    house = stage("in_force")
    house.letters()
    (first, *_) = lines_of(house, "mail")
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/noi-nhan")
    house.letters()
    before = len(house.cast.channel.letters)
    again = browser.submit(page, f"/noi-nhan/{first.id}/gui-lai")
    assert "gửi lại" in again.text
    assert line(house, first.id).status == "chua_gui"
    house.letters()
    assert len(house.cast.channel.letters) == before + 1
    assert line(house, first.id).status == "da_gui"


def test_another_way_and_on_paper_with_the_receipt_entered_by_hand(stage: Stage) -> None:
    house = stage("in_force")
    (first, *_) = lines_of(house, "mail")
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/noi-nhan")
    form = next(
        each
        for each in page.forms
        if each.action == f"/noi-nhan/{first.id}/cach-gui" and each.filled()["kenh_gui"] == "paper"
    )
    page = browser.send(page, form)
    assert line(house, first.id).channel == "paper"
    assert first.body_name in browser.get(f"{house.plan}/so-giao").text
    page = browser.submit(page, f"/noi-nhan/{first.id}/giao")
    assert line(house, first.id).status == "da_gui"
    browser.submit(page, f"/noi-nhan/{first.id}/xac-nhan", {"nguoi_nhan": "Lê Văn Tư, ký sổ"})
    assert line(house, first.id).received_by == "Lê Văn Tư, ký sổ"
    late = browser.http.post(f"/noi-nhan/{first.id}/gui-lai", data=page.form("/dang-xuat").filled())
    assert late.status_code == 422
    assert "đã ở trạng thái" in late.text


def test_a_way_that_does_not_reach_the_body_is_refused(stage: Stage) -> None:
    house = stage("in_force")
    (first, *_) = lines_of(house, "mail")
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/noi-nhan")
    form = next(
        each
        for each in page.forms
        if each.action == f"/noi-nhan/{first.id}/cach-gui" and each.filled()["kenh_gui"] == "edxml"
    )
    assert "không gửi được qua cách này" in browser.send(page, form, status=422).text
    assert line(house, first.id) == first


def test_only_the_clerks_of_the_office_do_it(stage: Stage) -> None:
    house = stage("in_force")
    (first, *_) = lines_of(house, "mail")
    browser = house.browser("chu_tich")
    token = browser.get("/viec").form("/dang-xuat").filled()
    for deed in ("gui-lai", "cach-gui", "giao", "xac-nhan"):
        assert browser.http.post(f"/noi-nhan/{first.id}/{deed}", data=token).status_code == 403
    assert line(house, first.id) == first


def test_lines_on_paper_keep_no_reminder_from_those_behind_them(stage: Stage) -> None:
    house = stage("in_force")
    (first, *_) = lines_of(house, "mail")
    with house.cast.database.write() as connection:
        connection.execute(update(recipients).where(recipients.c.id == first.id).values(channel="paper"))
    house.cast.now += timedelta(days=1)
    done = SWEEPS["chase_receipts"](house.cast.clock, 1)
    assert done.done == done.found == len(lines_of(house, "mail")) > 1


def test_who_did_not_confirm_is_listed_and_asked_once_a_working_day(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    assert "Mọi nơi nhận đã xác nhận" in browser.get("/so-van-ban/chua-xac-nhan").text
    house.cast.now += timedelta(days=1)
    browser = house.browser("van_thu")
    listed = browser.get("/so-van-ban/chua-xac-nhan")
    assert f"({len([each for each in lines_of(house, 'mail') if each.status == 'da_gui'])})" in listed.h1
    done = SWEEPS["chase_receipts"](house.cast.clock, 500).done
    assert done == len(lines_of(house, "mail"))
    assert SWEEPS["chase_receipts"](house.cast.clock, 500).done == 0
    house.letters()
    asked = [each for each in house.cast.channel.letters if each.subject.startswith("[Chưa xác nhận]")]
    assert len(asked) >= done
    assert browser.http.get("/so-van-ban/chua-xac-nhan/tai-ve").content.startswith(b"PK")
    for _ in range(12):
        house.cast.now += timedelta(days=1)
        SWEEPS["chase_receipts"](house.cast.clock, 500)
    with house.cast.database.read() as connection:
        assert {each.reminders for each in unconfirmed(connection, house.cast.now)} == {5}
