"""The register of what comes in (NĐ 30/2020 Điều 22): by number of arrival, who handles it, what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workflows.errors import NotFound
from workflows.plans.names import fold

from . import document_files
from .file_words import forget_file_words
from .local_days import local_day
from .tables.books import incoming
from .tables.issuing import document_files as file_rows

SUBJECT = "incoming"
# What a line may answer.
PLAN, ROUND, CYCLE = "plan", "round", "cycle"
ENTERED, ASSIGNED, IN_PROCESS, DONE, RECALLED = "da_vao_so", "da_giao", "dang_xu_ly", "da_xu_ly", "da_thu_hoi"


@dataclass(frozen=True)
class Incoming:
    """One line of the register of what comes in; `came_at` is when it reached the office."""

    id: int
    office_id: int
    year: int
    number: int
    arrived_on: date
    issuer: str
    issuer_fold: str
    issuer_body_id: int | None
    cited: str
    document_on: date
    title: str
    signer: str | None
    copies: int
    note: str | None
    subject: str | None
    subject_id: int | None
    plan_id: int | None
    lead_body_id: int | None
    coop: tuple[int, ...]
    due_on: date | None
    direction: str | None
    status: str
    fold: str
    came_at: datetime
    entered_at: datetime
    entered_by: str
    recalled_at: datetime | None
    recall_reason: str | None

    @property
    def days_late(self) -> int:
        """By how many days the receipt was confirmed late (Điều 21.2c: the same day); 0 when it was not."""
        return max((local_day(self.entered_at) - local_day(self.came_at)).days, 0)


def enter(connection: Connection, values: Mapping[str, Any]) -> int:
    """Enter a line; its id."""
    words = (values["cited"], values["title"], values["issuer"], values.get("signer") or "")
    row = {**values, "issuer_fold": fold(values["issuer"]), "fold": fold(" ".join(words))}
    return int(connection.execute(insert(incoming).values(row).returning(incoming.c.id)).scalar_one())


def line(connection: Connection, incoming_id: int, *, lock: bool = False) -> Incoming:
    """A line, or NotFound; with `lock` nobody else can change it until the transaction ends."""
    wanted = select(incoming).where(incoming.c.id == incoming_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("incoming", id=incoming_id)
    return line_of_row(row._mapping)


def change(connection: Connection, incoming_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the line."""
    connection.execute(update(incoming).where(incoming.c.id == incoming_id).values(**values))


def alike(connection: Connection, office_id: int, cited: str, issuer: str, year: int) -> list[Incoming]:
    """Lines of the same number, symbol and issuer, dated in the same year (NĐ 30/2020 Phụ lục VI), oldest first."""
    wanted = (
        select(incoming)
        .where(
            incoming.c.office_id == office_id,
            incoming.c.issuer_fold == fold(issuer),
            incoming.c.cited == cited,
            incoming.c.document_on.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(incoming.c.id)
    )
    return [line_of_row(row._mapping) for row in connection.execute(wanted)]


def answers_to(connection: Connection, plan_id: int) -> Sequence[Incoming]:
    """What came in about a plan, its rounds and its cycles, in the order of arrival."""
    wanted = select(incoming).where(incoming.c.plan_id == plan_id).order_by(incoming.c.id)
    return [line_of_row(row._mapping) for row in connection.execute(wanted)]


def destroy_files(connection: Connection, incoming_id: int) -> int:
    """Destroy the bytes and words of the files, names and hashes stay (NĐ 30/2020 Điều 18); how many they were."""
    mine = (file_rows.c.subject == SUBJECT, file_rows.c.subject_id == incoming_id)
    forget_file_words(connection, list(connection.scalars(select(file_rows.c.id).where(*mine))))
    return connection.execute(update(file_rows).where(*mine).values(content=b"", role="destroyed")).rowcount


def files_of(connection: Connection, incoming_id: int) -> Sequence[document_files.DocumentFile]:
    """The files that came with the document."""
    return document_files.files_of(connection, SUBJECT, incoming_id)


def line_of_row(values: Mapping[Any, Any]) -> Incoming:
    """A row of the table as a line."""
    fields = {name: values[name] for name in Incoming.__dataclass_fields__ if name != "coop"}
    return Incoming(**fields, coop=tuple(values["coop"]))
