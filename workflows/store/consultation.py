"""Consultation rounds and the opinions given in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from workflows.errors import NotFound
from workflows.plans.consultation import SILENCE
from workflows.plans.names import fold

from .tables.consultation import opinions, rounds
from .upsert import insert_or_change


@dataclass(frozen=True)
class Round:
    """One round of asking: which version was sent, who must answer, until when, whether it is closed."""

    id: int
    plan_id: int
    no: int
    version: int
    content_hash: str
    mode: str
    mandatory: tuple[int, ...]
    others_needed: int
    opened_at: datetime
    deadline: datetime
    closed_at: datetime | None
    working_days: int | None
    silence_basis: str | None


@dataclass(frozen=True)
class Opinion:
    """What one body said in a round; `outcome` is None while it is asked and "khong_co_y_kien" when it was silent."""

    id: int
    round_id: int
    body_id: int
    body_name: str
    outcome: str | None
    text: str | None
    late: bool
    given_at: datetime | None
    given_by: str | None
    disposition: str | None
    disposition_text: str | None
    disposed_at: datetime | None
    disposed_by: str | None
    deadline: datetime | None = None
    dropped_at: datetime | None = None
    entered_by: str | None = None
    paper_number: str | None = None
    paper_on: date | None = None
    version: int | None = None
    fold: str | None = None  # its text without marks

    @property
    def answered(self) -> bool:
        """Whether the body was heard, in time or late; silence is no answer."""
        return self.outcome not in (None, SILENCE)


def add_round(connection: Connection, values: Mapping[str, Any], asked: Sequence[tuple[int, str]]) -> Round:
    """Open a round and ask these bodies (id and name of that day)."""
    round_id = int(connection.execute(insert(rounds).values(**values).returning(rounds.c.id)).scalar_one())
    if asked:
        connection.execute(
            insert(opinions),
            [{"round_id": round_id, "body_id": body, "body_name": name, "late": False} for body, name in asked],
        )
    return _round(connection, rounds.c.id == round_id)


def round_by_id(connection: Connection, round_id: int) -> Round:
    """This round, or NotFound."""
    row = connection.execute(select(rounds).where(rounds.c.id == round_id)).one_or_none()
    if row is None:
        raise NotFound("round", id=round_id)
    return _as_round(row)


def latest_round(connection: Connection, plan_id: int) -> Round | None:
    """The round with the highest number."""
    row = connection.execute(
        select(rounds).where(rounds.c.plan_id == plan_id).order_by(rounds.c.no.desc()).limit(1)
    ).one_or_none()
    return None if row is None else _as_round(row)


def rounds_of(connection: Connection, plan_id: int) -> list[Round]:
    """All rounds of a plan, oldest first."""
    return [
        _as_round(row) for row in connection.execute(select(rounds).where(rounds.c.plan_id == plan_id).order_by("no"))
    ]


def change_round(connection: Connection, round_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the round."""
    connection.execute(update(rounds).where(rounds.c.id == round_id).values(**values))


def opinions_of(connection: Connection, round_id: int) -> list[Opinion]:
    """The opinions of a round in the order of asking; bodies that were dropped are asked no more."""
    return [each for each in everybody_asked(connection, round_id) if each.dropped_at is None]


def everybody_asked(connection: Connection, round_id: int) -> list[Opinion]:
    """Every body that was ever asked in a round, dropped ones included, in the order of asking."""
    rows = connection.execute(select(opinions).where(opinions.c.round_id == round_id).order_by(opinions.c.id))
    return [Opinion(**row._mapping) for row in rows]


def opinion_by_id(connection: Connection, opinion_id: int) -> Opinion:
    """This opinion, or NotFound."""
    row = connection.execute(select(opinions).where(opinions.c.id == opinion_id)).one_or_none()
    if row is None:
        raise NotFound("opinion", id=opinion_id)
    return Opinion(**row._mapping)


def ask_body(connection: Connection, round_id: int, body_id: int, name: str) -> None:
    """Ask one more body; one that had been dropped is asked again."""
    new = {"round_id": round_id, "body_id": body_id, "body_name": name, "late": False, "dropped_at": None}
    connection.execute(
        insert_or_change(connection, opinions, ("round_id", "body_id"), ("body_name", "dropped_at")).values(new)
    )


def change_opinion(connection: Connection, opinion_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the opinion, a text also as it is searched for."""
    if "text" in values:
        values["fold"] = fold(values["text"] or "")
    connection.execute(update(opinions).where(opinions.c.id == opinion_id).values(**values))


def _round(connection: Connection, condition: Any) -> Round:  # noqa: ANN401 - an SQL condition
    return _as_round(connection.execute(select(rounds).where(condition)).one())


def _as_round(row: Any) -> Round:  # noqa: ANN401 - a row
    values = dict(row._mapping)
    values["mandatory"] = tuple(values["mandatory"])
    return Round(**values)
