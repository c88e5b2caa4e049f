"""What was restored sends nothing and gives no number until somebody has said what the copy does not know."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from notifications.smtp_post_office import PostOffice
from tests.conftest import ON_POSTGRES
from tests.databases import SqliteTemplate
from workflows.store.database import Database
from workflows.store.deliveries import send_dead_again

from .command import Ended, kehoach
from .kept_house import MESSAGE, SYMBOL, give_number, keep_house, letters, lines, now, year


class Restored:
    """An installation that was restored from a copy; the first one gave a third number after the copy was made."""

    def __init__(self, folder: Path, url: str, mail: int) -> None:
        self.folder, self.url, self.mail = folder, url, mail
        self.office = 0

    def run(self, *words: str | Path) -> Ended:
        mail = {"smtp_host": "127.0.0.1", "smtp_port": str(self.mail), "smtp_security": "none"}
        return kehoach(*words, data_dir=self.folder, database_url=self.url, **mail)

    def opened(self) -> closing[Database]:
        return closing(Database(self.url))

    def end(self, last: int, letters: str = "hold") -> Ended:
        return self.run(
            "quarantine", "end", "--letters", letters, "--number", f"{self.office}:{SYMBOL}:{year()}={last}"
        )


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    office = PostOffice()
    office.start()
    yield office
    office.stop()


@pytest.fixture(params=["file", ON_POSTGRES])
def restored(
    request: pytest.FixtureRequest, sqlite_template: SqliteTemplate, tmp_path: Path, post_office: PostOffice
) -> Iterator[Restored]:
    copy = tmp_path / "copy"

    def made(here: str, there: str) -> Restored:
        with closing(Database(here)) as first:
            office = keep_house(first)
            assert kehoach("backup", copy, data_dir=tmp_path, database_url=here).code == 0
            assert give_number(first, office.commune) == 3
        again = Restored(tmp_path, there, post_office.port)
        again.office = office.commune
        assert again.run("restore", copy).code == 0
        return again

    if request.param == "file":
        yield made(sqlite_template.file(tmp_path / "first.sqlite3"), f"sqlite:///{tmp_path / 'second.sqlite3'}")
        return
    server = request.getfixturevalue("postgres")
    with server.clean_database() as here, server.new_database() as there:
        yield made(here, there)


def test_nothing_leaves_and_nothing_starts_until_it_is_ended(restored: Restored, post_office: PostOffice) -> None:
    for words in (("web", "--port", "1"), ("serve", "--no-prefect"), ("worker",)):
        ended = restored.run(*words)
        codes = [each["code"] for each in ended.answer["error"].get("reasons", [])]
        assert ended.code == 1 and ("QUARANTINE" in codes or words == ("worker",)), words
    swept = restored.run("sweep")
    assert {each["done"] for each in swept.answer.values()} == {0}
    with restored.opened() as database:
        assert letters(database) == [(MESSAGE, "pending")]
    assert post_office.letters == ()
    told = restored.run("quarantine").answer
    assert (told["quarantine"], told["letters_waiting"]) == (True, 1)
    assert [(each["series"], each["last"]) for each in told["last_numbers"]] == [(SYMBOL, 2)]
    assert "kehoach quarantine end" in told["to_do"]


def test_the_lost_number_is_kept_and_the_letter_held(restored: Restored, post_office: PostOffice) -> None:
    unsaid = restored.run("quarantine", "end", "--letters", "hold")
    assert (unsaid.code, unsaid.answer["error"]["code"]) == (1, "NUMBERS_UNCHECKED")
    assert f"{restored.office}:{SYMBOL}:{year()}=2" in unsaid.answer["error"]["message"]
    assert restored.end(1).answer["error"]["code"] == "NUMBER_KNOWN"
    ended = restored.end(3)
    assert (ended.code, ended.answer["letters_held"]) == (0, 1)
    assert restored.run("sweep").code == 0
    with restored.opened() as database:
        assert lines(database) == [(1, "reserved"), (2, "reserved"), (3, "given_up")]
        assert give_number(database, restored.office) == 4
        assert letters(database) == [(MESSAGE, "dead")]
        assert post_office.letters == ()
        with database.write() as connection:
            assert send_dead_again(connection, now()) == 1
        assert restored.run("sweep").code == 0
        assert letters(database) == [(MESSAGE, "sent")]
    assert restored.run("quarantine").answer == {"quarantine": False}
    assert restored.end(4).answer["error"]["code"] == "NO_QUARANTINE"


def test_letters_that_surely_never_left_may_go(restored: Restored) -> None:
    assert restored.end(3, "send").answer["letters_held"] == 0
    assert restored.run("sweep").code == 0
    with restored.opened() as database:
        assert letters(database) == [(MESSAGE, "sent")]
