"""A small real office with a real plan, brought to several steps of its life once, and copied for each test."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import Connection, select

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from service.app import create_app
from service.settings import Settings
from tests.nightly import NIGHTLY
from tests.pages.page_client import Browser, Page
from tests.shelf import Files, Server, Shelf
from tests.stories.cast import BASE_URL, Cast, day, plan_text
from workflows.engine.calendar import VIETNAM
from workflows.store import accounts, clockwork, consultation, directory
from workflows.store.database import Database
from workflows.store.screens.security import MAIL_CODES
from workflows.store.tables.directory import people

PASSWORD = "Mật khẩu thử 2026"
START = day(2022, 7, 18)


@dataclass
class House:
    """The application over an office at one step of its plan's life; `cast.now` is the clock of everybody."""

    app: FastAPI
    cast: Cast
    logins: dict[str, str]
    letters_sent: int = 0

    @property
    def plan(self) -> str:
        """The address of the plan's page."""
        return f"/ke-hoach/{self.cast.plan_id}"

    def browser(self, role: str = "", body_id: int | None = None, *, remember: bool = False) -> Browser:
        """A browser, signed in as whoever holds this role."""
        browser = Browser(self.app)
        if role:
            browser.enter(self.login(role, body_id), PASSWORD, remember)
        return browser

    def login(self, role: str, body_id: int | None = None) -> str:
        """The sign-in name of whoever holds this role."""
        with self.cast.database.read() as connection:
            group = directory.group(role, body_id or self.cast.office.id)
            holders = directory.holders_of(connection, group, self.cast.now.astimezone(VIETNAM).date())
        return self.logins[str(holders[0].person_id)]

    def letters(self) -> None:
        """Everything that is to be told leaves."""
        self.letters_sent += 1
        numbers = count(self.letters_sent * 10**6)
        deliver(
            self.cast.database,
            self.cast.now,
            self.cast.channel,
            base_url=BASE_URL,
            tokens=lambda: f"{next(numbers):022x}",
        )

    def sign_code(self, browser: Browser, page: Page, address: str) -> str:
        """The code that comes by mail when the person asks for one on this page."""
        browser.submit(page, address, {"xin_ma": "co"})
        self.letters()
        letter = [each for each in self.cast.channel.letters if each.subject.startswith("[Mã ký]")][-1]
        found = re.search(r"mã xác nhận của .* là (\d{6})", letter.text)
        assert found, letter.text
        return found.group(1)

    def task(self, element: str) -> str:
        """The address of the decision page of the one open task at this step."""
        (task,) = self.cast.open(element)
        return f"/viec/{task.id}"


Stage = Callable[[str], House]


@dataclass(frozen=True)
class Stages:
    """The office at each step, and who is who there."""

    shelf: Shelf
    casts: dict[str, Cast]

    def open(self, name: str, folder: Path) -> Cast:
        """A copy of the office at this step, for one test to do with as it likes."""
        return replace(self.casts[name], database=self.shelf.copy(name, folder), channel=MemoryChannel())


@pytest.fixture(scope="session")
def stages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """The office brought from step to step: in files, at night on PostgreSQL with its wall between offices."""
    shelf: Shelf
    if NIGHTLY:
        shelf = Server(request.getfixturevalue("postgres"))
    else:
        shelf = Files(request.getfixturevalue("sqlite_template"), tmp_path_factory.mktemp("stages"))
    database = shelf.begin()
    cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), START)
    open_accounts(cast)
    with database.write() as connection:
        clockwork.set_setting(connection, MAIL_CODES, True, now=START, by=None)
    kept: dict[str, Cast] = {}

    def keep(name: str) -> None:
        cast.now += timedelta(hours=1)
        shelf.keep(name)
        kept[name] = replace(cast)

    keep("empty")
    cast.import_and_start()
    keep("drafting")
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    keep("checking")
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    keep("consulting")
    first, *rest = cast.open("lay_y_kien")
    cast.do(first, {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": "Đề nghị bổ sung kinh phí cho tuyên truyền ở thôn."})
    for task in rest:
        if task.id in {one.id for one in cast.open("lay_y_kien")}:
            cast.do(task, {"ket_qua": "nhat_tri"})
    keep("answering")
    (answering,) = cast.open("tiep_thu")
    cast.do(answering, {"lay_lai": "khong"} | _dispositions(cast))
    keep("signing")
    cast.act("trinh_ky", {"ket_qua": "ky"})
    keep("numbering")
    cast.act("cap_so", {})
    keep("issuing")
    cast.act("phat_hanh", {})
    cast.sweep()
    keep("in_force")
    database.close()
    return Stages(shelf, kept)


@pytest.fixture
def stage(stages: Stages, tmp_path: Path) -> Iterator[Stage]:
    """The application over a fresh copy of the office at the named step."""
    opened: list[Database] = []

    def build(name: str, **settings: object) -> House:
        cast = stages.open(name, tmp_path)
        opened.append(cast.database)
        return house_of(cast, tmp_path, **settings)

    yield build
    for database in opened:
        database.close()


def house_of(cast: Cast, folder: Path, **settings: object) -> House:
    """The application over this office."""
    numbers = count()
    app = create_app(
        Settings(**{"base_url": "http://testserver", "data_dir": folder, **settings}),  # type: ignore[arg-type]
        cast.database,
        lambda: cast.now,
        lambda: f"{next(numbers):06d}{'t' * 26}",
    )
    return House(app, cast, _logins(cast.database))


def _dispositions(cast: Cast) -> dict[str, str]:
    with cast.database.read() as connection:
        found = [
            opinion
            for each in consultation.rounds_of(connection, cast.plan_id)
            for opinion in consultation.opinions_of(connection, each.id)
        ]
    return {f"xu_ly_{opinion.id}": "tiep_thu" for opinion in found if opinion.text}


def open_accounts(cast: Cast) -> None:
    """Let everybody of the office sign in with the one password."""
    # A hash says itself what it cost: this one is cheap, for hundreds of tests sign in.
    kept = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with cast.database.write() as connection:
        for person_id in _people(connection):
            accounts.add_account(connection, person_id, f"u{person_id}", kept)


def _people(connection: Connection) -> list[int]:
    return list(connection.scalars(select(people.c.id)))


def _logins(database: Database) -> dict[str, str]:
    with database.read() as connection:
        return {str(person_id): f"u{person_id}" for person_id in _people(connection)}


def instant(year: int, month: int, number: int) -> datetime:
    """Nine in the morning of a day in Việt Nam."""
    return day(year, month, number)
