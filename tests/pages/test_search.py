"""/tim: one box, without marks, numbers as people write them, only what the person may see, hits set off."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from service.words.found_words import flat, passage_set_off, set_off
from tests.pages.conftest import House, Stage
from workflows.store import accounts, directory
from workflows.store.accounts import account_of
from workflows.store.screens.search import wanted_of

from .conftest import PASSWORD
from .page_client import Browser


@pytest.fixture
def house(stage: Stage) -> House:
    return stage("in_force")


def links(browser: Browser, typed: str, kind: str = "") -> list[str]:
    page = browser.get("/tim?" + "&".join(["tu=" + typed.replace(" ", "+").replace('"', "%22"), f"loai={kind}"]))
    return [each for each in page.links if each.startswith(("/ke-hoach/", "/to-chuc/", "/bao-cao/", "/so-van-ban"))]


def came_in(browser: Browser, typed: str) -> list[str]:
    """The lines of the register of what came in that are found."""
    return [each for each in links(browser, typed, "incoming") if each.startswith("/so-van-ban-den/")]


@pytest.mark.parametrize(
    "typed",
    ["cai cach", "CAI CACH", "cải cách", unicodedata.normalize("NFD", "cải cách"), "Cải  cách", '"cai cach"'],
)
def test_marks_and_case_do_not_matter(house: House, typed: str) -> None:
    browser = house.browser("van_thu")
    found = set(links(browser, typed))
    assert house.plan in found
    assert found == set(links(browser, "cai cach"))


def test_a_document_is_found_by_its_number_as_people_write_it(house: House) -> None:
    browser = house.browser("van_thu")
    page = browser.get(house.plan)
    number = page.text.partition("/KH-UBND")[0].split()[-1].lstrip("0")
    for typed in (f"{number}/KH-UBND", f"{number} kh ubnd", f"{number}/kh-ubnd", number):
        assert house.plan in links(browser, typed, "plan"), typed
        assert any(each.startswith(house.plan) for each in links(browser, typed, "document")), typed


@pytest.mark.parametrize("typed", ["tr. 16/11", '"', '""', "NEAR(", "a* OR b", "-", "%", "_", "'; DROP", "(((", "\\"])
def test_nothing_that_is_typed_is_a_query_language(house: House, typed: str) -> None:
    house.browser("van_thu").http.get("/tim", params={"tu": typed}).raise_for_status()


def test_quotes_mean_the_phrase_and_no_hit_says_what_was_looked_for(house: House) -> None:
    browser = house.browser("van_thu")
    assert wanted_of("“Đức Tân” 16/KH-UBND").parts == ("duc tan", "16", "kh", "ubnd")
    assert links(browser, "cach cai") != []
    page = browser.get("/tim?tu=%22cach+cai%22")
    assert "Không tìm thấy" in page.text
    page = browser.get("/tim?tu=khong+co+gi+the&loai=duty")
    assert "Tìm ở mọi loại" in page.text
    assert "Thử bớt từ" in page.text


def test_chips_count_each_kind_and_hits_are_set_off_with_their_marks(house: House) -> None:
    page = house.browser("van_thu").get("/tim?tu=ke+hoach")
    assert "Kế hoạch (1)" in page.text
    page = house.browser("van_thu").get("/tim?tu=cai+cach")
    assert any(f"<mark>{word}</mark>" in page.html for word in ("cải", "Cải", "CẢI"))
    assert "Nhiệm vụ (0)" not in house.browser("van_thu").get("/tim?tu=tuyen+truyen").text


def test_what_came_in_is_found_without_marks_by_those_of_the_office_alone(house: House) -> None:
    clerk = house.browser("van_thu")
    typed = {
        "co_quan_ban_hanh": "Sở Nội vụ", "so_ky_hieu_den": "12/SNV-CCHC", "ngay": "1/7/2022",
        "trich_yeu": "Công văn góp ý về chữ ký số", "nguoi_ky": "Lê Văn Tám",
    }  # fmt: skip
    clerk.submit(clerk.get("/so-van-ban-den/moi"), "/so-van-ban-den/moi", typed)
    for words in ("chu ky so", "Chữ ký số", "12/SNV-CCHC", "so noi vu"):
        (link,) = came_in(clerk, words)
        assert "góp ý về chữ ký số" in clerk.get(link).text
    front = house.browser("thu_truong", house.cast.office.front_id)
    assert came_in(front, "chu ky so") == []
    assert front.http.get(link).status_code == 404


def test_a_stranger_finds_nothing_of_another_office(house: House) -> None:
    with house.cast.database.write() as connection:
        person = directory.add_person(connection, "Người Lạ")
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        directory.hold(connection, directory.add_post(connection, office, "van_thu", "Văn thư"), person)
        known = account_of(connection, int(next(iter(house.logins))))
        assert known is not None
        accounts.add_account(connection, person, "la", known.password_hash)
    stranger = Browser(house.app)
    stranger.sign_in("la", PASSWORD)
    assert "Không tìm thấy" in stranger.get("/tim?tu=cai+cach").text
    assert "Không tìm thấy" in stranger.get("/tim?tu=ruom+ra").text
    assert "Ủy ban nhân dân xã Khác" in stranger.get("/tim?tu=xa+khac").text
    assert Browser(house.app).get("/tim?tu=a", status=401).h1 == "Đăng nhập"


@pytest.mark.parametrize(
    "typed", ["thủ tục rườm rà", "thu tuc ruom ra", '"rườm rà, chồng chéo"', "rườm tham nhũng chéo"]
)
def test_a_word_of_the_text_leads_to_its_place(house: House, typed: str) -> None:
    browser = house.browser("van_thu")
    page = browser.get("/tim?" + urlencode({"tu": typed}))
    assert "trong văn bản kế hoạch" in page.text
    assert "<mark>rườm</mark>" in page.html or "<mark>rườm rà" in page.html
    (link,) = [each for each in page.links if each.startswith(house.plan) and each.endswith("#cho-tim")]
    plan = browser.get(link.partition("#")[0])
    assert plan.html.count('id="cho-tim"') == 1
    paragraph = plan.html.partition('id="cho-tim"')[2].partition("</p>")[0]
    assert Markup(paragraph.partition(">")[2]).striptags().startswith("- Việc rà soát, đánh giá quá trình thực hiện")
    assert "<mark>" in paragraph
    assert "cho-tim" not in browser.get(house.plan + "?" + urlencode({"tim": "xyzzy"})).html


def test_words_of_a_text_are_escaped_where_they_are_set_off() -> None:
    drawn = passage_set_off("a <script> & <b>hoà</b>", ["script", "hoa"])
    assert drawn == "a &lt;<mark>script</mark>&gt; &amp; &lt;b&gt;<mark>hoà</mark>&lt;/b&gt;"


@given(st.text(max_size=80), st.text(max_size=8))
def test_setting_off_escapes_everything_and_loses_nothing(text: str, part: str) -> None:
    whole = unicodedata.normalize("NFC", " ".join(text.split()))
    assert len(flat(whole)) == len(whole)
    drawn = set_off(text, [part] if part else [])
    assert isinstance(drawn, Markup)
    bare = str(drawn).replace("<mark>", "").replace("</mark>", "")
    assert Markup(bare).unescape() == whole
