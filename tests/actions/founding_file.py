"""Files of offices as people make them, and an operator to found them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from zlib import crc32

from tests.actions.small_office import founded
from tests.stories.cast import Cast
from workflows.actions.desk import Desk
from workflows.actions.founding.found import begin_founding, carry_on, look_at_offices
from workflows.actions.founding.judge import Judged
from workflows.engine.actor import Actor
from workflows.papers.read_sheet import read_sheet
from workflows.plans.founding_sheet import COLUMNS, Line, read_lines
from workflows.store.database import Database

OPERATOR = Actor(person=None, name="Dòng lệnh", channel="command", groups=frozenset({"*"}))


def row(name: str, level: str = "xã", above: str = "", **more: str) -> dict[str, str]:
    """A line with everything that a line must have; the administrator is called after the office."""
    mail = f"{name.rsplit(maxsplit=1)[-1].lower()}.{crc32(name.encode())}@office.example"
    mail = more.pop("mail", "".join(mark for mark in mail if mark.isascii()))
    own = {"ten_co_quan": name, "cap": level, "cap_tren": above, "quan_tri": f"Quản Trị {name}", "thu_quan_tri": mail}
    return own | more


def table(rows: Sequence[dict[str, str]], separator: str = ",") -> str:
    """The rows as CSV under their headings."""
    used = [key for key in COLUMNS if any(key in each for each in rows)]
    text = StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow([COLUMNS[key] for key in used])
    writer.writerows([[each.get(key, "") for key in used] for each in rows])
    return text.getvalue()


def lines(*rows: dict[str, str]) -> list[Line]:
    """Rows through a CSV file."""
    return read(table(rows).encode())


def read(data: bytes, name: str = "co-quan.csv") -> list[Line]:
    """The lines of a file."""
    return read_lines(read_sheet(data, name, list(COLUMNS.values())))


def operator(database: Database) -> Desk:
    """The desk of whoever works at the machine, in a house with one commune."""
    return at(founded(database))


def at(cast: Cast) -> Desk:
    """The operator's desk in this house."""
    return replace(cast.clock, by=OPERATOR)


def look(desk: Desk, *rows: dict[str, str]) -> list[Judged]:
    """What would come of these rows."""
    return look_at_offices(desk, lines(*rows))


def found(desk: Desk, *rows: dict[str, str], portion: int = 100) -> int:
    """Found these rows to the end; the id of the founding."""
    founding_id = begin_founding(desk, lines(*rows), "co-quan.csv")
    while carry_on(desk, founding_id, portion):
        pass
    return founding_id
