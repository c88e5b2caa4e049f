"""The office of the simulation, made once a process: its people, its keys, its plan; each world gets a copy of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from service.demo.found_office import Office
from tests.actions.small_office import PLAN, START
from tests.engine.building import BORDER, file, process
from tests.stories.cast import Cast
from tests.stories.remembered import raw
from workflows.actions import deploy_definition
from workflows.store import directory, signing
from workflows.store.database import Database, open_memory

from .database_faults import FaultyConnection, connect

YEAR = "2024"
TITLE = "Cải cách hành chính năm 2024"
KEY = "chay_thu"  # the process that a program drives
BRANCHES, LAST = ("buoc_1", "buoc_2", "buoc_3"), "ket"
SIGNERS = ("chu_tich", "pho_chu_tich")


@dataclass(frozen=True)
class Founded:
    """The office, the bytes of its database, and what had left it by then."""

    office: Office
    content: bytes
    start: datetime = START
    plans: tuple[Any, ...] = ()
    taken: tuple[Any, ...] = ()  # by the mail server
    signed: tuple[Any, ...] = ()  # by the signer
    tokens: frozenset[str] = frozenset()


def database_over(shared: FaultyConnection) -> Database:
    """One more process on this database: with a memory of its own, on the same connection of the driver."""
    database = Database("sqlite://")
    database.engine.pool._creator = lambda: shared  # its dialect, where this could be listened to, is everybody's
    return database


@cache
def founded() -> Founded:
    """The office with its calendar and its processes; its leaders and its seal have keys."""
    database = open_memory()
    cast = Cast.for_plan(database, PLAN, START)
    register_keys(database, cast.office.id)
    deploy_definition(cast.clock, definition(directory.group("thu_truong", cast.office.drafting_unit_id)))
    with raw(database) as connection:
        content = connection.serialize()
    database.close()
    return Founded(cast.office, content)


def definition(group: str) -> bytes:
    """The process of the program: three tasks at once, then one; each for this group."""
    tasks = "".join(f'<userTask id="{name}" camunda:candidateGroups="{group}"/>' for name in (*BRANCHES, LAST))
    gates = '<parallelGateway id="chia"/><parallelGateway id="gop"/>'
    ways = [f"chia {name} gop" for name in BRANCHES]
    return file(process(BORDER + tasks + gates, "s chia", *ways, f"gop {LAST} e", key=KEY))


@cache
def processes() -> tuple[FaultyConnection, tuple[Database, Database]]:
    """Two processes over one connection, for one world after another."""
    shared = connect()
    return shared, (database_over(shared), database_over(shared))


def register_keys(database: Database, office_id: int) -> None:
    """Keys without any key: what they sign is made by the signer of the simulation."""
    with database.write() as connection:
        groups = [directory.group(role, office_id) for role in SIGNERS]
        leaders = [each for group in groups for each in directory.holders_of(connection, group, START.date())]
        holders = [("person", each.person_id) for each in leaders] + [("office", office_id)]
        for holder, holder_id in holders:
            values = {"holder": holder, "holder_id": holder_id, "kind": "pkcs12", "facts": {}, "picture": b""}
            values |= {"certificate": f"{holder}:{holder_id}".encode(), "picture_mm": 40, "registered_at": START}
            signing.add_key(connection, values)
        signing.set_trust(connection, {}, START, None)


def plan_text(year: int, nth: int) -> str:
    """The text of a plan of this year that no other plan has the title of."""
    return PLAN.replace(TITLE, f"{TITLE} lần {nth}").replace(YEAR, str(year))


def title_of(year: int, nth: int) -> str:
    """The title as the reader understands it."""
    return f"{TITLE} lần {nth}".replace(YEAR, str(year))
