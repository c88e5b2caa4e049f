"""The link of a letter: looking changes nothing, a scanner decides nothing, and no link is a dead end."""

from __future__ import annotations

import re
from datetime import timedelta

from notifications.deliver import deliver
from notifications.links import make_link
from service.auth.form_tokens import FIELD, token_of_link
from tests.pages.conftest import PASSWORD, House, Stage
from tests.stories.cast import BASE_URL
from workflows.store import directory, plans
from workflows.store.links import find_link
from workflows.store.tables.telling import action_links, outbox

TOKEN = "linkToken0123456789abcdefgh"


def link_for(house: House, element: str, *, role: str = "", body: bool = False) -> str:
    """A new link to the open task at this step, for its holder or for its body."""
    task = house.cast.open(element)[0]
    found_role, body_id = directory.parse_group(task.groups[0])
    with house.cast.database.write() as connection:
        holder = directory.holders_of(connection, f"{role or found_role}@{body_id}", house.cast.now.date())[0]
        version = plans.current_version(connection, house.cast.plan_id)
        whom = {"body_id": body_id} if body else {"person_id": holder.person_id}
        return make_link(
            connection,
            token=TOKEN,
            now=house.cast.now,
            task_id=task.id,
            version=version.version,
            content_hash=version.content_hash,
            due=task.due,
            **whom,
        )


def test_looking_changes_nothing(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser()
    for _ in range(3):
        response = browser.http.get(path)
        assert browser.http.head(path).status_code == 200
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"
    with house.cast.database.read() as connection:
        link = find_link(connection, connection.execute(action_links.select()).one().token_hash)
    assert link is not None
    assert link.state(house.cast.now) == "usable"
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_a_stranger_sees_no_draft_and_is_asked_who_they_are(stage: Stage) -> None:
    house = stage("checking")
    page = house.browser().get(link_for(house, "kiem_tra_the_thuc"))
    assert "MỤC ĐÍCH, YÊU CẦU" not in page.text
    assert any(link.startswith("/dang-nhap?tiep_tuc=") for link in page.links)


def test_a_stranger_who_posts_decides_nothing(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser()
    sent = {FIELD: token_of_link(TOKEN), "ket_qua": "dat", "da_xem": house.cast.seen_hash()}
    assert browser.http.post(path, data=sent).status_code == 200
    assert house.cast.waiting_at() == {"kiem_tra_the_thuc"}


def test_signed_in_through_the_link_one_lands_on_the_decision(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    browser = house.browser()
    asked = browser.get(path)
    sign_in = browser.get(next(link for link in asked.links if link.startswith("/dang-nhap?")))
    typed = {"ten_dang_nhap": house.login("the_thuc"), "mat_khau": PASSWORD}
    page = browser.submit(sign_in, "/dang-nhap", typed)
    done = browser.submit(page, path, {"ket_qua": "dat"})
    assert done.path == f"{path}/ket-qua"
    again = browser.submit(page, path, {"ket_qua": "dat"})
    assert again.h1 == done.h1
    assert house.cast.waiting_at() == {"lay_y_kien"}


def test_a_known_device_decides_without_signing_in_again(stage: Stage) -> None:
    house = stage("checking")
    browser = house.browser("the_thuc", remember=True)
    browser.submit(browser.get("/viec"), "/dang-xuat")
    path = link_for(house, "kiem_tra_the_thuc")
    browser.submit(browser.get(path), path, {"ket_qua": "dat"})
    assert house.cast.waiting_at() == {"lay_y_kien"}


def test_signing_on_a_known_device_still_asks_for_a_proof(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("chu_tich", remember=True)
    browser.submit(browser.get("/viec"), "/dang-xuat")
    path = link_for(house, "trinh_ky")
    page = browser.submit(browser.get(path), path, {"ket_qua": "ky"}, status=422)
    browser.submit(page, path, {"ket_qua": "ky", "ma_ky": house.sign_code(browser, page, path)})
    assert house.cast.waiting_at() == {"cap_so"}


def test_a_forwarded_link_gives_no_right(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    page = house.browser("van_thu").get(path, status=403)
    assert "Liên kết này gửi cho" in page.text
    assert "Không có gì được ghi lại" in page.text


def test_a_body_without_account_types_a_code(stage: Stage) -> None:
    house = stage("consulting")
    path = link_for(house, "lay_y_kien", body=True)
    browser = house.browser()
    page = browser.get(path)
    assert "MỤC ĐÍCH, YÊU CẦU" in page.text
    refused = browser.submit(page, path, {"ket_qua": "nhat_tri"}, status=422)
    assert "nhập mã xác nhận" in refused.text
    told = browser.submit(page, f"{path}/gui-ma")
    assert "Đã gửi mã xác nhận" in told.text
    code = code_of(house)
    other = "000000" if code != "000000" else "111111"
    wrong = browser.submit(page, path, {"ket_qua": "nhat_tri", "ma": other}, status=422)
    assert "còn 4 lần thử" in wrong.text
    typed = {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": "Bổ sung kinh phí.", "ho_ten": "Trần Thị Hoa, Chủ tịch"}
    done = browser.submit(page, path, typed | {"ma": code})
    assert "nhất trí và có ý kiến" in done.h1
    drafter = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    assert "Trần Thị Hoa, Chủ tịch" in drafter.get(f"{house.plan}/y-kien").text


def test_a_body_without_account_asks_for_a_later_day_with_its_code(stage: Stage) -> None:
    house = stage("consulting")
    path = link_for(house, "lay_y_kien", body=True)
    asking = f"{path}/xin-lui-han"
    browser = house.browser()
    assert asking in browser.get(path).links
    page = browser.get(asking)
    due = house.cast.open("lay_y_kien")[0].due
    assert due is not None
    typed = {
        "han_moi": f"{due + timedelta(days=4):%d/%m/%Y}",
        "ly_do": "Chờ hội nghị ban thường trực",
        "ho_ten": "Bà Hoa",
    }
    refused = browser.submit(page, asking, typed, status=422)
    assert "nhập mã xác nhận" in refused.text
    assert refused.form(asking).filled()["ly_do"] == typed["ly_do"]
    told = browser.submit(refused, asking, typed | {"gui_ma": "co"})
    done = browser.submit(told, asking, typed | {"ma": code_of(house)})
    assert "Bà Hoa" in done.text
    assert house.cast.open("lay_y_kien")[0].due == due, "somebody decides first"
    stranger = house.browser("van_thu").http.get(link_for_person(house) + "/xin-lui-han")
    assert "Gửi đề nghị" not in stranger.text


def link_for_person(house: House) -> str:
    """Another link, made for a person, which nobody else may use."""
    task = house.cast.open("lay_y_kien")[0]
    person = int(house.cast.actor("chu_tich").person or 0)
    version = 1
    with house.cast.database.write() as connection:
        content = plans.current_version(connection, house.cast.plan_id).content_hash
        return make_link(
            connection,
            token=TOKEN[::-1],
            now=house.cast.now,
            task_id=task.id,
            version=version,
            content_hash=content,
            due=task.due,
            person_id=person,
        )


def code_of(house: House) -> str:
    numbers = iter(range(1000))
    deliver(
        house.cast.database,
        house.cast.now,
        house.cast.channel,
        base_url=BASE_URL,
        tokens=lambda: f"{next(numbers):022x}",
    )
    letters = [letter for letter in house.cast.channel.letters if re.search(r"\b\d{6}\b", letter.subject + letter.text)]
    found = re.search(r"\b\d{3} ?\d{3}\b", letters[-1].text)
    assert found, letters[-1].text
    return found.group(0).replace(" ", "")


def test_an_expired_link_has_a_way_on(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    house.cast.now += timedelta(days=30)
    browser = house.browser()
    page = browser.get(path, status=410)
    assert "hết hạn" in page.text
    sent = browser.submit(page, f"{path}/gui-lai")
    assert sent.h1 == "Đã gửi lại liên kết"
    browser.submit(page, f"{path}/gui-lai")
    with house.cast.database.read() as connection:
        kinds = [row.kind for row in connection.execute(outbox.select())]
    assert kinds.count("new_link") == 1


def test_a_forged_link_says_so(stage: Stage) -> None:
    page = stage("checking").browser().get(f"/x/{'f' * 30}", status=404)
    assert "không đúng hoặc đã bị sửa" in page.text


def test_a_used_link_shows_what_came_of_it(stage: Stage) -> None:
    house = stage("checking")
    path = link_for(house, "kiem_tra_the_thuc")
    house.cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    page = house.browser().get(path, status=410)
    assert "đã được xử lý lúc" in page.text
