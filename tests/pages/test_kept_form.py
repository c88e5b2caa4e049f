"""What is typed into a long form outlives the session: kept on the server, offered on its page, gone when handed in."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from tests.actions.small_office import stored
from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.page_client import Browser
from tests.stories.cast import plan_text
from workflows.actions.keep_form import keep_form
from workflows.store import own_desk
from workflows.store.own_desk import MOST_DRAFTS
from workflows.store.tables.plans import plans

NEW = "/ke-hoach/moi"


def drafter(house: House) -> Browser:
    return house.browser("can_bo", house.cast.office.drafting_unit_id)


def keep(browser: Browser, page_path: str, **fields: str) -> int:
    token = browser.get("/viec").form("/dang-xuat").filled()
    return browser.http.post("/toi/nhap", data=token | {"noi": page_path} | fields).status_code


def test_kept_offered_refilled_and_forgotten_when_handed_in(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    text = plan_text("000_duc_phong.txt")
    assert keep(browser, NEW, van_ban=text) == 204
    page = drafter(house).get(NEW)  # another session: the first one ended
    assert "Có nội dung nhập dở" in page.text and not page.form(NEW).filled()["van_ban"]
    page = browser.get(f"{NEW}?nhap=co")
    assert page.form(NEW).filled()["van_ban"].strip() == text.strip()
    browser.submit(page, NEW)
    assert "Có nội dung nhập dở" not in browser.get(NEW).text


def test_what_is_stamped_as_a_state_secret_is_kept_nowhere(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    secret = "TỐI MẬT\n" + plan_text("000_duc_phong.txt")
    assert keep(browser, NEW, van_ban=secret) == 422
    page = browser.submit(browser.get(NEW), NEW, {"van_ban": secret}, status=422)
    assert "Văn bản đóng dấu độ mật “Tối mật”" in page.text
    assert "Có nội dung nhập dở" not in browser.get(NEW).text
    assert stored(house.cast.database, plans) == []


def test_it_is_nobody_elses_and_can_be_thrown_away(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    keep(browser, NEW, van_ban="KẾ HOẠCH <b>dở</b>")
    other = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    assert "Có nội dung nhập dở" not in other.get(NEW).text
    page = browser.get(NEW)
    again = browser.submit(page, "/toi/nhap/bo")
    assert again.h1 == "Tạo kế hoạch" and "Có nội dung nhập dở" not in again.text


def test_only_pages_of_ours_and_only_so_much(stage: Stage) -> None:
    browser = drafter(stage("empty"))
    for place in ("", "//elsewhere.example", "https://elsewhere.example/a", "/viec?x=1", "/" + "a" * 300):
        assert keep(browser, place, van_ban="x") == 422, place
    assert keep(browser, NEW, **{f"o{number}": "x" for number in range(401)}) == 422


def test_the_oldest_of_too_many_gives_way(stage: Stage) -> None:
    house = stage("empty")
    desk, person = house.cast.clock, int(house.login("chu_tich").removeprefix("u"))
    for number in range(MOST_DRAFTS + 1):
        keep_form(replace(desk, now=desk.now + timedelta(seconds=number)), person, f"/trang/{number}", {"o": "x"})
    with house.cast.database.read() as connection:
        kept = [own_desk.form_of(connection, person, f"/trang/{number}") for number in (0, 1, MOST_DRAFTS)]
    assert [each is not None for each in kept] == [False, True, True]


def test_a_form_sent_after_the_session_ended_comes_back_filled(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    page = browser.get(NEW)
    browser.http.cookies.delete("phien")
    sign_in = browser.submit(page, NEW, {"van_ban": "KẾ HOẠCH dở dang"}, status=401)
    assert "Nội dung vừa nhập vẫn còn" in sign_in.text

    login = house.login("can_bo", house.cast.office.drafting_unit_id)
    resumed = browser.submit(sign_in, "/dang-nhap", {"ten_dang_nhap": login, "mat_khau": PASSWORD})
    back = browser.submit(resumed, NEW)
    assert back.form(NEW).filled()["van_ban"] == "KẾ HOẠCH dở dang"


def test_a_file_that_was_chosen_must_be_chosen_again_and_that_is_said(stage: Stage) -> None:
    house = stage("empty")
    browser = drafter(house)
    page = browser.get(NEW)
    browser.http.cookies.delete("phien")
    upload = {"tep": ("kế hoạch.txt", plan_text("001_duc_tan.txt").encode(), "text/plain")}
    sign_in = browser.submit(page, NEW, files=upload, status=401)
    assert "kế hoạch.txt" in sign_in.text and "chọn lại" in sign_in.text
