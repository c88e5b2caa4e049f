"""The demo: the offices of five real plans, each plan carried into this year and left at another step of its life."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from pathlib import Path
from random import Random

from sqlalchemy import Connection

from notifications.channels.memory import MemoryChannel
from service.auth.passwords import hash_password
from service.simulation.one_plan import draft_and_start
from service.simulation.people import People
from service.simulation.year import Year
from workflows.actions import Desk, deploy_library
from workflows.engine.actor import CLOCK
from workflows.engine.calendar import VIETNAM, Calendar
from workflows.plans.names import fold
from workflows.plans.period_shift import carry_forward
from workflows.plans.read_text import read_text
from workflows.store import accounts, clockwork, directory
from workflows.store.database import Database
from workflows.store.directory import Body
from workflows.store.screens.security import MAIL_CODES
from workflows.store.signing import CHECK_ADDRESS

from .found_office import Office, found_office
from .signing import set_up_signing

SEED = 2026
LATE = 0.25
SIGNING_SINCE = timedelta(days=60)


@dataclass(frozen=True)
class Shown:
    """One plan of the demo: its file, when it was drafted, its first year counted from this one, where it rests.

    `moved` replaces names: three of the five plans are moved into the example province, word for word otherwise.
    """

    file: str
    drafted: timedelta
    first_year: int
    rests_at: str | None
    moved: Mapping[str, str] = field(default_factory=dict)


# The step at which a plan rests is left to whoever looks at the demo; the others go on by themselves up to now.
PLANS = (
    Shown("000_duc_phong.txt", timedelta(days=300), 0, None),
    Shown("001_duc_tan.txt", timedelta(days=290), 0, None),
    Shown(
        "004_loc_ha.txt",
        timedelta(days=14),
        1,
        "cap_so",
        {"Lộc Hà": "Mộ Đức", "LỘC HÀ": "MỘ ĐỨC", "Hà Tĩnh": "Quảng Ngãi", "HÀ TĨNH": "QUẢNG NGÃI"},
    ),
    Shown(
        "003_bac_kan.txt",
        timedelta(days=12),
        1,
        "trinh_ky",
        {"Bắc Kạn": "Quảng Ngãi", "BẮC KẠN": "QUẢNG NGÃI"},
    ),
    Shown(
        "002_hong_phong.txt",
        timedelta(days=4),
        1,
        "lay_y_kien",
        {"Hồng Phong": "Đức Phong", "Cao Lộc": "Mộ Đức", "Lạng Sơn": "Quảng Ngãi", "LẠNG SƠN": "QUẢNG NGÃI"},
    ),
)
_COMMUNES = ("UBND xã Đức Phong", "UBND xã Đức Tân")
# Which offices stand behind a group of offices.
MEMBERS: Mapping[str, tuple[str, ...]] = {
    "ubnd các xã, thị trấn": _COMMUNES,
    "ubnd các xã, phường, thị trấn": _COMMUNES,
    "ubnd các huyện, thành phố, thị xã": ("UBND huyện Mộ Đức",),
    "ubnd các huyện, thành phố": ("UBND huyện Mộ Đức",),
}


@dataclass(frozen=True)
class SignIn:
    """Somebody who can sign in to the demo."""

    login: str
    password: str
    name: str
    title: str
    body: str


def fill(database: Database, now: datetime, password: str, base_url: str, keys: Path | None = None) -> list[SignIn]:
    """Fill an empty database with the province as it would be now; the people worth signing in as, chairmen first.

    With `keys`, a folder for them, the offices have signed digitally since two months ago.
    """
    earliest = now - max(plan.drafted for plan in PLANS) - timedelta(days=7)
    deploy_library(Desk(database, earliest, CLOCK))
    founded: dict[str, Office] = {}
    with database.write() as connection:
        clockwork.seed_calendar(connection, range(earliest.year - 1, now.year + 5))
        for plan in PLANS:
            founded[plan.file] = found_office(
                connection, read_text(text_of(plan)), {fold(name): who for name, who in MEMBERS.items()}
            )
    people = People(Random(SEED), LATE, Calendar())
    year = Year(database, people, MemoryChannel(), base_url)
    planned: dict[datetime, Callable[[Desk], None]] = {}
    for plan in PLANS:
        at = _working_morning(now - plan.drafted)
        planned[at] = partial(_start, plan=plan, office=founded[plan.file], people=people, this_year=now.year)
    if keys is not None:
        since = _working_morning(now - SIGNING_SINCE)
        planned[since] = partial(_begin_to_sign, keys=keys, password=password, base_url=base_url)
    year.run(earliest, now, planned)
    with database.write() as connection:
        _give_codes(connection)
    return _accounts(database, password, now)


def text_of(plan: Shown) -> str:
    """The text of one of the five real plans, in the example province."""
    text = (files("service.demo") / "plans" / plan.file).read_text(encoding="utf-8")
    for there, here in plan.moved.items():
        text = text.replace(there, here)
    return text


def _start(desk: Desk, plan: Shown, office: Office, people: People, this_year: int) -> None:
    """The office drafts this year's plan from the real one."""
    text = text_of(plan)
    text = carry_forward(text, read_text(text), this_year + plan.first_year)
    plan_id = draft_and_start(desk.database, office, text, desk.now)
    if plan.rests_at is not None:
        people.held.add((plan_id, plan.rests_at))
        people.brisk.add(plan_id)


def _begin_to_sign(desk: Desk, keys: Path, password: str, base_url: str) -> None:
    """From here on documents are signed digitally, and say where they can be checked."""
    set_up_signing(desk.database, keys, password, desk.now, desk.now)
    with desk.open() as work:
        # Nobody who tries the demo has a key or an app yet; the codes are seen on /hop-thu.
        clockwork.set_setting(work.connection, MAIL_CODES, True, now=work.now, by=None)
        clockwork.set_setting(work.connection, CHECK_ADDRESS, base_url, now=work.now, by=None)


def _working_morning(moment: datetime) -> datetime:
    """08:00 on that day, or on the Monday after when it is a weekend."""
    day: date = moment.astimezone(VIETNAM).date()
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return datetime.combine(day, time(8, 0), VIETNAM)


def _give_codes(connection: Connection) -> None:
    """Invented organisation codes, so that what is issued from now on goes between the offices by exchange."""
    for number, office in enumerate(directory.offices(connection), 1):
        directory.give_code(connection, office.id, f"000.{number:02d}.00.X99")


def _accounts(database: Database, password: str, now: datetime) -> list[SignIn]:
    """Everybody may sign in with the demo's password; the login says the post and the office."""
    digest = hash_password(password)
    found: list[SignIn] = []
    with database.write() as connection:
        for office in directory.offices(connection):
            for body in directory.bodies_of(connection, office.id):
                found += _accounts_of(connection, body, password, digest, now)
            found += _accounts_of(connection, office, password, digest, now)
    ranks = {"chu_tich": 0, "pho_chu_tich": 1, "van_thu": 2, "the_thuc": 3}
    return sorted(found, key=lambda one: (ranks.get(one.login.split(".")[0], 9), one.login))


def _accounts_of(connection: Connection, body: Body, password: str, digest: str, now: datetime) -> list[SignIn]:
    today = now.astimezone(VIETNAM).date()
    found = []
    for holder in directory.holders_of(connection, directory.group("thanh_vien", body.id), today):
        if accounts.account_of(connection, holder.person_id) is None:
            login = f"{holder.role}.{fold(body.short_name or body.name).replace(' ', '-')}"
            if accounts.account_by_login(connection, login) is not None:
                login = f"{login}-{body.id}"
            accounts.add_account(connection, holder.person_id, login, digest)
            found.append(SignIn(login, password, holder.name, holder.title, body.name))
    return found
