"""Whoever has a document on paper is told of its correction and recall by a letter, and văn thư notes that it went."""

from __future__ import annotations

import pytest

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Page
from workflows.actions.recipient_lines import change_channel, hand_over
from workflows.store import distributing, issuing

LIST = "/so-van-ban/chua-xac-nhan"
LETTER = {"ky_hieu": "UBND-VP", "trich_yeu": "Đính chính kế hoạch", "nguoi_ky": "Nguyễn Văn An"}
TABLE = {"vi_tri": ["Trang 1"], "da_in": ["KẾ HOẠCH"], "sua_lai": ["Kế hoạch tuyên truyền"]}
REASON = "Ghi nhầm tên đơn vị ở phần căn cứ"


@pytest.fixture
def house(stage: Stage) -> House:
    return stage("in_force")


def handed_over(house: House) -> issuing.Recipient:
    """The first line goes on paper, and has left."""
    (first, *_) = [each for each in lines(house) if each.channel == "mail"]
    clerk = house.cast.desk("van_thu")
    change_channel(clerk, first.id, "paper")
    hand_over(clerk, first.id)
    return first


def lines(house: House) -> list[issuing.Recipient]:
    with house.cast.database.read() as connection:
        return issuing.recipients_of(connection, "plan", house.cast.plan_id)


def correct(house: House) -> None:
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/sau-phat-hanh?viec=dinh_chinh")
    sent = page.form(f"{house.plan}/dinh-chinh").filled() | LETTER | TABLE
    assert browser.http.post(f"{house.plan}/dinh-chinh", data=sent).status_code == 303


def to_press(page: Page) -> list[str]:
    return [each.action for each in page.forms if "/bao-giay/" in each.action]


def test_the_clerk_prints_the_letter_and_notes_that_it_went(house: House) -> None:
    line = handed_over(house)
    browser = house.browser("van_thu")
    assert to_press(browser.get(LIST)) == to_press(browser.get(f"{house.plan}/noi-nhan")) == []
    correct(house)
    tab = browser.get(f"{house.plan}/noi-nhan")
    (action,) = to_press(tab)
    assert "Bản giấy cần báo (1)" in tab.text and line.body_name in tab.text
    listed = browser.get(LIST)
    (letter,) = [each for each in listed.links if "/cong-van/" in each]
    assert letter in tab.links and browser.http.get(letter).content.startswith(b"%PDF-")
    assert to_press(listed) == [action] and "Trang 1: “KẾ HOẠCH”" in listed.text
    back = browser.submit(listed, action)
    assert back.path == LIST and to_press(back) == []
    with house.cast.database.read() as connection:
        (told,) = [each for each in distributing.steps_of(connection, [line.id])[line.id] if each.step == "told"]
    assert (told.by, told.at) == (house.cast.actor("van_thu").name, house.cast.now)
    assert "gửi bản giấy báo đính chính" in browser.get(f"{house.plan}/noi-nhan").text
    again = browser.http.post(action, data=back.form("/dang-xuat").filled())
    assert again.status_code == 422 and "hoặc việc này đã được ghi" in again.text


def test_a_recall_after_a_correction_is_a_letter_of_its_own(house: House) -> None:
    handed_over(house)
    correct(house)
    leader = house.browser("chu_tich")
    page = leader.get(f"{house.plan}/sau-phat-hanh")
    leader.submit(page, f"{house.plan}/thu-hoi", {"ly_do": REASON})
    assert "Bản giấy cần báo (2)" in leader.get(f"{house.plan}/noi-nhan").text
    assert to_press(leader.get(LIST)) == []
    browser = house.browser("van_thu")
    tab = browser.get(f"{house.plan}/noi-nhan")
    correction, recall = to_press(tab)
    assert browser.http.get(f"{house.plan}/van-ban/thu_hoi.pdf").content.startswith(b"%PDF-")
    assert f"{house.plan}/van-ban/thu_hoi.pdf" in tab.links
    assert to_press(browser.submit(tab, recall)) == [correction]


def test_nobody_else_notes_it_and_only_for_what_happened(house: House) -> None:
    line = handed_over(house)
    correct(house)
    browser = house.browser("van_thu")
    (action,) = to_press(browser.get(LIST))
    leader = house.browser("chu_tich")
    assert leader.http.post(action, data=leader.get("/viec").form("/dang-xuat").filled()).status_code == 403
    token = browser.get(LIST).form("/dang-xuat").filled()
    relation = action.rpartition("/")[2]
    by_mail = next(each for each in lines(house) if each.channel == "mail")
    for recipient_id, happened in ((line.id, "99"), (by_mail.id, relation)):
        answer = browser.http.post(f"/noi-nhan/{recipient_id}/bao-giay/{happened}", data=token)
        assert answer.status_code == 422, answer.text
    assert to_press(browser.get(LIST)) == [action]


def test_what_has_not_left_is_asked_about_when_it_leaves(house: House) -> None:
    (first, *_) = [each for each in lines(house) if each.channel == "mail"]
    clerk = house.cast.desk("van_thu")
    change_channel(clerk, first.id, "paper")
    correct(house)
    browser = house.browser("van_thu")
    assert to_press(browser.get(LIST)) == []
    hand_over(house.cast.desk("van_thu"), first.id)
    assert len(to_press(browser.get(LIST))) == 1
