"""Files of offices that were confirmed, line by line: what is still to be made, what was made, what was taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from workflows.errors import NotFound, Reason

from .many_rows import update_many
from .tables.founding import founding_lines, foundings

WAITING, MADE, THERE, REFUSED, UNDONE, WORKED = "waiting", "made", "there", "refused", "undone", "worked"


@dataclass(frozen=True)
class Founding:
    """One confirmed file; `running` until its last line is done."""

    id: int
    file: str
    made_at: datetime
    made_by: str
    writer_id: int | None
    running: bool | None
    undone_at: datetime | None
    undone_by: str | None


@dataclass(frozen=True)
class FoundingLine:
    """One line of it: how far it is, and which office and person came of it."""

    founding_id: int
    number: int
    status: str
    texts: Mapping[str, str]
    office_id: int | None
    person_id: int | None
    problems: Sequence[Reason]


def add_founding(  # noqa: PLR0917 - one row and its lines
    connection: Connection,
    file: str,
    lines: Mapping[int, Mapping[str, str]],
    now: datetime,
    by: str,
    writer: int | None,
) -> int:
    """Keep a file with its lines, all of them waiting, and return its id; an IntegrityError where another one runs."""
    row = {"file": file, "made_at": now, "made_by": by, "writer_id": writer, "running": True}
    founding_id = int(connection.execute(insert(foundings).values(row).returning(foundings.c.id)).scalar_one())
    rows = [
        {"founding_id": founding_id, "number": number, "status": WAITING, "texts": dict(texts)}
        for number, texts in lines.items()
    ]
    connection.execute(insert(founding_lines), rows)
    return founding_id


def founding(connection: Connection, founding_id: int, *, lock: bool = False) -> Founding:
    """This file; NotFound. With `lock` nobody else carries it on before the transaction ends."""
    wanted = select(foundings).where(foundings.c.id == founding_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("founding", id=founding_id)
    return Founding(**row._mapping)


def running_founding(connection: Connection) -> int | None:
    """The file that is not done yet, if there is one."""
    found: int | None = connection.scalar(select(foundings.c.id).where(foundings.c.running.is_(True)))
    return found


def last_foundings(connection: Connection, most: int) -> list[tuple[Founding, Mapping[str, int]]]:
    """The newest files, each with how many of its lines stand how."""
    rows = connection.execute(select(foundings).order_by(foundings.c.id.desc()).limit(most))
    found = [Founding(**row._mapping) for row in rows]
    counts: dict[int, dict[str, int]] = {each.id: {} for each in found}
    wanted = select(founding_lines.c.founding_id, founding_lines.c.status, func.count().label("lines"))
    wanted = wanted.where(founding_lines.c.founding_id.in_(counts)).group_by(
        founding_lines.c.founding_id, founding_lines.c.status
    )
    for row in connection.execute(wanted):
        counts[row.founding_id][row.status] = int(row.lines)
    return [(each, counts[each.id]) for each in found]


def lines_of(connection: Connection, founding_id: int) -> list[FoundingLine]:
    """The lines of a file in its order."""
    wanted = select(founding_lines).where(founding_lines.c.founding_id == founding_id)
    return [_line(row._mapping) for row in connection.execute(wanted.order_by(founding_lines.c.number))]


def settle(connection: Connection, founding_id: int, lines: Sequence[Mapping[str, Any]]) -> None:
    """Write how lines stand now: `number`, `status`, `office_id`, `person_id`, `problems` of each."""
    rows = [
        {"was_founding_id": founding_id, "was_number": each["number"]}
        | {name: each[name] for name in ("status", "office_id", "person_id", "problems")}
        for each in lines
    ]
    update_many(connection, founding_lines, rows)


def finish(connection: Connection, founding_id: int) -> None:
    """Nothing of it waits any more."""
    connection.execute(update(foundings).where(foundings.c.id == founding_id).values(running=None))


def mark_undone(connection: Connection, founding_id: int, now: datetime, by: str) -> None:
    """It was taken back, as far as nobody had worked in its offices."""
    connection.execute(update(foundings).where(foundings.c.id == founding_id).values(undone_at=now, undone_by=by))


def _line(row: Mapping[Any, Any]) -> FoundingLine:
    problems = [Reason(each["code"], each["facts"]) for each in row["problems"] or ()]
    return FoundingLine(**{**row, "problems": problems})
