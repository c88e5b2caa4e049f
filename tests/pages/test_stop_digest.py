"""The end of a digest with one POST, by a person or by a mail program (RFC 8058)."""

from __future__ import annotations

from hashlib import sha256

from tests.pages.conftest import House, Stage
from tests.pages.page_client import Browser
from workflows.store import preferences, secret_addresses

TOKEN = "s" * 43


def reader(house: House) -> int:
    person = int(house.login("chu_tich").removeprefix("u"))
    with house.cast.database.write() as connection:
        preferences.keep_times(connection, person, "07:30", None)
        hashed = sha256(TOKEN.encode()).hexdigest()
        kind = secret_addresses.UNSUBSCRIBE
        secret_addresses.add_secret_address(connection, hashed, person, kind, "", house.cast.now)
    return person


def digest_at(house: House, person: int) -> object:
    with house.cast.database.read() as connection:
        return preferences.preferences(connection, person, None).digest_at


def test_a_mail_program_ends_it_with_one_post_and_looking_does_not(stage: Stage) -> None:
    house = stage("drafting")
    person, program = reader(house), Browser(house.app)
    page = program.http.get(f"/thoi-nhan/{TOKEN}")
    assert page.status_code == 200 and "Bấm nút để thôi nhận" in page.text
    assert page.headers["referrer-policy"] == "no-referrer"
    assert digest_at(house, person) is not None
    answer = program.http.post(f"/thoi-nhan/{TOKEN}", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and "không nhận thư tổng hợp nữa" in answer.text
    assert digest_at(house, person) is None


def test_a_secret_that_is_none_changes_nothing(stage: Stage) -> None:
    house = stage("drafting")
    person, program = reader(house), Browser(house.app)
    for secret in ("x" * 43, "%00", "lich"):
        assert program.http.post(f"/thoi-nhan/{secret}", data={}).status_code == 404
    assert digest_at(house, person) is not None
