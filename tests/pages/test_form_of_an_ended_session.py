"""A form that comes back after its session ended writes nothing, whoever handles it, until it is sent once more."""

from __future__ import annotations

from pathlib import Path

from tests.actions.small_office import founded
from tests.pages.conftest import PASSWORD, House, house_of, open_accounts
from tests.pages.page_client import Browser
from workflows.store import secret_addresses
from workflows.store.database import Database
from workflows.store.secret_addresses import CALENDAR

EVERYWHERE = "/toi/bao-mat/thoat-het"


def addresses(house: House, person_id: int) -> int:
    with house.cast.database.read() as connection:
        return len(secret_addresses.secret_addresses_of(connection, person_id, CALENDAR))


def test_a_handler_that_writes_by_itself_writes_nothing_before_the_second_press(
    memory: Database, tmp_path: Path
) -> None:
    cast = founded(memory)
    open_accounts(cast)
    house = house_of(cast, tmp_path)
    login = house.login("chu_tich")
    with memory.write() as connection:
        secret_addresses.add_secret_address(connection, "h" * 64, int(login[1:]), CALENDAR, "điện thoại", cast.now)
    browser = Browser(house.app)
    browser.sign_in(login, PASSWORD)
    sent = browser.get("/toi/bao-mat").form(EVERYWHERE).filled()
    shown = browser.http.post(EVERYWHERE, data={**sent, "ca_dia_chi": "co", "xem_lai": "co"})
    assert (shown.status_code, "Gửi nội dung này" in shown.text) == (200, True)
    assert browser.http.get("/toi").status_code == 200
    assert addresses(house, int(login[1:])) == 1
    assert browser.http.post(EVERYWHERE, data={**sent, "ca_dia_chi": "co"}).status_code == 303
    assert browser.http.get("/toi").status_code == 401
    assert addresses(house, int(login[1:])) == 0
