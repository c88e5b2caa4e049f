"""/kiem-tra: anybody, without an account, learns whether a document is what was issued."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest

from notifications.channels.memory import MemoryChannel
from service.web import CHECKS
from tests.actions.signing_office import files, orders, sign, signing_office
from tests.actions.small_office import stored
from tests.databases import SqliteTemplate
from tests.pages.conftest import House, house_of, open_accounts
from tests.stories.cast import Cast
from workflows.actions.distribute import distribute
from workflows.papers.signing.check_code import spaced, typed_code
from workflows.store import clockwork, signing
from workflows.store.database import Database
from workflows.store.signing import CHECK_ADDRESS
from workflows.store.tables.issuing import issued

ADDRESS = "http://testserver"


@pytest.fixture(scope="module")
def issued_office(sqlite_template: SqliteTemplate, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """The office with its plan signed, sealed and sent."""
    folder = tmp_path_factory.mktemp("checked")
    database = Database(sqlite_template.file(folder / "office.sqlite"))
    cast = signing_office(database, folder)
    open_accounts(cast)
    with database.write() as connection:
        clockwork.set_setting(connection, CHECK_ADDRESS, ADDRESS, now=cast.now, by=None)
    cast.act("cap_so", {})
    sign(cast)
    cast.act("phat_hanh", {})
    sign(cast)
    distribute(cast.clock)
    cast.now += timedelta(hours=1)
    database.close()
    return folder / "office.sqlite", cast


@pytest.fixture
def house(issued_office: tuple[Path, Cast], tmp_path: Path) -> Iterator[House]:
    path, cast = issued_office
    shutil.copy(path, tmp_path / "office.sqlite")
    database = Database(f"sqlite:///{tmp_path / 'office.sqlite'}")
    yield house_of(replace(cast, database=database, channel=MemoryChannel()), tmp_path)
    database.close()


def code_of(house: House) -> str:
    with house.cast.database.read() as connection:
        code = signing.code_of(connection, "plan", house.cast.plan_id)
    assert code is not None
    return code


def checked(house: House, content: bytes, status: int = 200) -> str:
    browser = house.browser()
    page = browser.get("/kiem-tra")
    file = {"tep_kiem_tra": ("van-ban.pdf", content, "application/pdf")}
    return browser.submit(page, "/kiem-tra", {}, status=status, files=file).text


def test_the_sealed_file_is_told_in_words(house: House) -> None:
    said = checked(house, files(house.cast, "sealed")[0])
    assert "Chữ ký số hợp lệ, văn bản còn nguyên vẹn" in said
    assert "Đúng từng byte với bản đã ký số và phát hành." in said
    assert "Chữ ký 1: Nguyễn Văn An" in said
    assert "đúng chứng thư của Nguyễn Văn An" in said
    assert "có dấu thời gian" in said
    assert "không có giá trị pháp lý" in said
    assert "01/KH-UBND" in said


def test_other_copies_of_it_are_told_apart(house: House) -> None:
    sealed = files(house.cast, "sealed")[0]
    assert "bản chưa có chữ ký số của cơ quan" in checked(house, files(house.cast, "signed")[0])
    frozen = stored(house.cast.database, issued)[0].bytes
    unsigned = checked(house, frozen)
    assert "Tệp này không có chữ ký số" in unsigned
    assert "là bản chưa ký số" in unsigned
    changed = checked(house, sealed + b"\n% more")
    assert "Không được tin tệp này" in changed
    assert "không phải là bản đã phát hành" in changed


def test_what_is_nothing_of_ours_is_told_so(house: House) -> None:
    said = checked(house, b"%PDF-1.7 nothing")
    assert "không phải là văn bản do các cơ quan trên hệ thống này phát hành" in said
    assert "Chưa nhập Tệp PDF" in checked(house, b"", 422)


def test_the_code_leads_to_the_document(house: House) -> None:
    browser = house.browser()
    page = browser.get("/kiem-tra")
    found = browser.submit(page, "/kiem-tra/tim", {"ma_kiem_tra": spaced(code_of(house)).lower()})
    assert found.path == f"/kiem-tra/{spaced(code_of(house))}"
    assert "01/KH-UBND" in found.h1
    assert "TM. Nguyễn Văn An: đã ký số" in found.text
    assert found.headers["referrer-policy"] == "no-referrer"
    assert "Không có văn bản nào mang mã" in browser.get("/kiem-tra/AAAA-BBBB-CCCC", status=404).text
    assert "Không có văn bản nào mang mã" in browser.get("/kiem-tra/x", status=404).text


def test_codes_cannot_be_found_by_trying(house: House) -> None:
    browser = house.browser()
    for _ in range(CHECKS):
        browser.get("/kiem-tra/AAAA-BBBB-CCCC", status=404)
    page = browser.get(f"/kiem-tra/{code_of(house)}", status=429)
    assert "KH-429-TOO_MANY_CHECKS" in page.text
    house.cast.now += timedelta(minutes=11)


def test_the_qr_code_on_the_paper_is_this_address(house: House) -> None:
    text = pypdfium2.PdfDocument(files(house.cast, "sealed")[0])[0].get_textpage().get_text_range()
    assert f"{ADDRESS}/kiem-tra/{spaced(code_of(house))}" in text


def test_the_plan_page_and_the_download_show_the_signed_document(house: House) -> None:
    browser = house.browser("chu_tich")
    page = browser.get(f"/ke-hoach/{house.cast.plan_id}")
    assert "Đã có chữ ký số của người có thẩm quyền và của cơ quan." in page.text
    assert "không có giá trị pháp lý" in page.text
    assert f"/kiem-tra/{spaced(code_of(house))}" in page.links
    sent = browser.http.get(f"/ke-hoach/{house.cast.plan_id}/van-ban/phat-hanh")
    assert sent.content == files(house.cast, "sealed")[0]


def test_codes_as_people_type_them() -> None:
    assert typed_code(" abcd-efgh ijkl ") == "ABCDEFGHIJKL"
    assert typed_code("ABCD-EFGH-0187") == "ABCDEFGHOIB7"
    assert typed_code("ABCD") is None
    assert typed_code("ABCD-EFGH-IJK9") is None


def test_orders_are_done(house: House) -> None:
    assert {role: order.state for role, order in orders(house.cast).items()} == {"ky": "done", "co_quan": "done"}
