"""Thành lập từ tệp, by the page: looked at, confirmed, invited, signed in, taken back."""

from __future__ import annotations

import re

import pytest

from tests.actions.founding_file import row, table
from tests.pages.administrators import administrator
from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser, Page
from tests.pages.test_operations import keep_here
from workflows.store import directory, foundings

PAGE = "/van-hanh/thanh-lap"
ROWS = [
    row("Ủy ban nhân dân xã Tân Lập", above="UBND tỉnh Bình Minh", quan_tri="Nguyễn Thị Mới", mail="moi@a.example"),
    row("Ủy ban nhân dân tỉnh Bình Minh", "tỉnh", mail="tinh@a.example"),
    row("UBND xã Sai", "bang"),
]


@pytest.fixture
def house(stage: Stage) -> House:
    """A house whose office keeps the processes."""
    house = stage("signing")
    keep_here(house)
    return house


def upload(browser: Browser, data: bytes, name: str = "co-quan.csv", status: int = 200) -> Page:
    """The preview of a file."""
    return browser.submit(browser.get(PAGE), PAGE, files={"tep_co_quan": (name, data)}, status=status)


def confirmed(browser: Browser, page: Page) -> Page:
    """The page of the founding after "Thành lập"."""
    return browser.submit(page, PAGE, {"xac_nhan": "co"})


def test_a_file_is_looked_at_then_founded_without_its_wrong_lines(house: House) -> None:
    browser = administrator(house)
    page = upload(browser, table(ROWS).encode())
    assert "Sẽ thành lập: 2" in page.text
    assert "Lỗi, không thành lập: 1" in page.text
    assert "không dùng được “bang”" in page.text
    page = confirmed(browser, page)
    assert "Đã thành lập: 2" in page.text
    assert "Đã có, không tạo lại: 2" in upload(browser, table(ROWS).encode()).text


@pytest.mark.parametrize(
    "data",
    [
        table(ROWS).encode("utf-8-sig"),
        table(ROWS).encode("utf-16"),
        table(ROWS, ";").encode(),
    ],
    ids=["mark", "utf-16", "semicolons"],
)
def test_files_as_spreadsheets_save_them(house: House, data: bytes) -> None:
    assert "Sẽ thành lập: 2" in upload(administrator(house), data).text


def test_what_no_line_can_be_trusted_with_is_said(house: House) -> None:
    browser = administrator(house)
    many = table([row(f"UBND xã Số {number}") for number in range(1001)]).encode()
    assert "nhiều nhất 1000 trong một tệp" in upload(browser, many, status=422).text.replace("1.000", "1000")
    assert "Không tìm thấy dòng tiêu đề" in upload(browser, b"a,b\n1,2\n", status=422).text
    assert "không phải bảng tính" in upload(browser, b"\x00\x01\x02", status=422).text
    formula = table([row("UBND xã Một", hop_thu='=HYPERLINK("x")')]).encode()
    assert "là công thức" in upload(browser, formula).text


def test_who_is_invited_chooses_a_password_once(house: House) -> None:
    browser = administrator(house)
    confirmed(browser, upload(browser, table(ROWS).encode()))
    house.letters()
    (letter,) = [each for each in house.cast.channel.letters if each.address == "moi@a.example"]
    path = re.search(r"http://\S+?(/loi-moi/\S+)", letter.text)
    assert path
    guest = Browser(house.app)
    page = guest.get(path[1])
    assert "moi@a.example" in page.html
    assert "ít nhất 10 ký tự" in guest.submit(page, path[1], _twice("ngắn"), status=422).text
    assert (
        "khác nhau" in guest.submit(page, path[1], {**_twice("một câu thật dài"), "mat_khau_lai": "x"}, status=422).text
    )
    assert "dễ đoán" in guest.submit(page, path[1], _twice("nguyenthimoi"), status=422).text
    inside = guest.submit(page, path[1], _twice("một câu thật dài"))
    assert "Tân Lập" in inside.text
    assert "đã dùng" in Browser(house.app).get(path[1], status=410).text
    other = Browser(house.app)
    other.sign_in("moi@a.example", "một câu thật dài")
    assert other.get("/to-chuc").status == 200
    assert "đã có tài khoản" in browser.get(f"{PAGE}/{_newest(house)}").text


def test_an_invitation_is_sent_again_and_the_one_before_ends(house: House) -> None:
    browser = administrator(house)
    page = confirmed(browser, upload(browser, table(ROWS).encode()))
    house.letters()
    first = _invitation(house, "moi@a.example")
    again = f"{PAGE}/{_newest(house)}/moi-lai/2"
    assert "Lời mời mới đã gửi tới moi@a.example" in browser.submit(page, again).text
    house.letters()
    second = _invitation(house, "moi@a.example")
    assert first != second
    assert "hết hạn hoặc đã thay" in Browser(house.app).get(first, status=410).text
    assert Browser(house.app).get(second).status == 200


def test_it_is_taken_back_and_the_invitation_with_it(house: House) -> None:
    browser = administrator(house)
    page = confirmed(browser, upload(browser, table(ROWS).encode()))
    house.letters()
    page = browser.submit(page, f"{PAGE}/{_newest(house)}/hoan-tac")
    assert "Đã bỏ 2 cơ quan; 0 cơ quan giữ lại" in page.text
    Browser(house.app).get(_invitation(house, "moi@a.example"), status=410)
    with house.cast.database.read() as connection:
        assert not [each for each in directory.offices(connection) if "Bình Minh" in each.name]


def test_more_than_one_request_makes_is_carried_on_from_the_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.pages.founding.PORTIONS", 1)
    monkeypatch.setattr("service.pages.founding.PORTION", 1)
    browser = administrator(house)
    page = confirmed(browser, upload(browser, table(ROWS).encode()))
    assert "Đã xong 1 trong 2 dòng" in page.text
    page = browser.submit(page, f"{PAGE}/{_newest(house)}/lam-tiep")
    assert "Đã thành lập: 2" in page.text


def test_others_are_sent_away_and_the_template_is_read_again(house: House) -> None:
    house.browser("van_thu").get(PAGE, status=403)
    browser = administrator(house)
    for form in ("xlsx", "csv"):
        data = browser.http.get(f"{PAGE}/mau?dang={form}").content
        assert "Sẽ thành lập: 1" in upload(browser, data, f"mau.{form}").text


def _twice(password: str) -> dict[str, str]:
    return {"mat_khau_moi": password, "mat_khau_lai": password}


def _newest(house: House) -> int:
    with house.cast.database.read() as connection:
        return foundings.last_foundings(connection, 1)[0][0].id


def _invitation(house: House, address: str) -> str:
    letter = [each for each in house.cast.channel.letters if each.address == address][-1]
    found = re.search(r"http://\S+?(/loi-moi/\S+)", letter.text)
    assert found
    return found[1]
