"""Plans and their versions, duties and occurrences."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from workflows.errors import NotFound
from workflows.plans.document import PlanDocument
from workflows.plans.document_parts import Period
from workflows.plans.names import fold

from .driver import Reading, read_rows
from .many_rows import among, update_many
from .plan_words import keep_words
from .suspending import goes_on
from .tables.plans import duties, occurrences, plan_versions, plans

# What is looked for in the words of a plan, besides its text.
_SEARCHED = frozenset(("version", "title", "number", "symbol"))


@dataclass(frozen=True)
class Consulted:
    """A body that is asked for its opinion; without a mandatory one's answer a round is not complete."""

    body_id: int
    mandatory: bool


@dataclass(frozen=True)
class Plan:
    """One plan of an office; the years are those of its period, `version` is the current draft."""

    id: int
    office_id: int
    drafting_unit_id: int
    title: str
    period_from: int | None
    period_to: int | None
    status: str
    version: int
    confirmed_at: datetime | None
    signer_role: str
    consulted: tuple[Consulted, ...]
    others_needed: int
    opinion_days: int
    mode: str
    mode_reason: str | None
    outcome_policy: str
    added_recipients: tuple[str, ...]
    number: int | None
    symbol: str | None
    issued_on: date | None
    case_id: int | None
    created_at: datetime
    created_by: str | None

    def years(self, today: date) -> Period:
        """The years of the plan; this year for one that names none."""
        first = self.period_from or today.year
        return Period(first, self.period_to or first)


@dataclass(frozen=True)
class VersionStamp:
    """What is known of a version without reading it."""

    version: int
    content_hash: str
    made_by: str | None
    made_at: datetime


@dataclass(frozen=True)
class PlanVersion:
    """One version of a plan's text; approvals are bound to `content_hash`, the SHA-256 of the text."""

    plan_id: int
    version: int
    content_hash: str
    text: str
    document: PlanDocument
    made_at: datetime
    made_by: str | None
    note: str | None


@dataclass(frozen=True)
class Duty:
    """What a plan lays on bodies; the body of a lead is None while nobody in the directory answers to the name."""

    id: int
    plan_id: int
    no: str
    title: str
    lead_raw: str | None
    leads: tuple[Mapping[str, Any], ...]
    coop: tuple[Mapping[str, Any], ...]
    time_raw: str | None
    time: Any
    products: tuple[str, ...]
    kind: str = "nhiem_vu"
    budget_raw: str | None = None
    unclear: str | None = None


@dataclass(frozen=True)
class DueOccurrence:
    """A time at which a duty falls due, not yet opened."""

    id: int
    duty: Duty
    office_id: int
    body_id: int
    key: str
    opens_on: date
    due_on: date | None


def content_hash(text: str) -> str:
    """The SHA-256 of a text as UTF-8, in hexadecimal: what approvals and signatures are bound to."""
    return sha256(text.encode()).hexdigest()


def add_plan(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert a plan; its versions follow by `add_version`."""
    return int(connection.execute(insert(plans).values(**values).returning(plans.c.id)).scalar_one())


def plan(connection: Connection, plan_id: int, *, lock: bool = False) -> Plan:
    """The plan, or NotFound; with `lock` nobody else can change it or its text until the transaction ends."""
    wanted = select(plans).where(plans.c.id == plan_id)
    row = connection.execute(wanted.with_for_update() if lock else wanted).one_or_none()
    if row is None:
        raise NotFound("plan", id=plan_id)
    return _plan(row)


def who_drafts_and_signs(connection: Connection, ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """The drafting unit and the role that signs, of those of these thousands of plans that there are."""
    wanted = select(plans.c.id, plans.c.drafting_unit_id, plans.c.signer_role)
    rows = connection.execute(wanted.where(among(connection, plans.c.id, ids)))
    return {plan: (unit, role) for plan, unit, role in rows}


def titles_of(connection: Connection, ids: Collection[int]) -> dict[int, str]:
    """The titles of those of these plans that there are, by id."""
    wanted = select(plans.c.id, plans.c.title).where(among(connection, plans.c.id, ids))
    return {row.id: row.title for row in connection.execute(wanted)}


def plans_on_the_way(connection: Connection, office_ids: Collection[int]) -> list[Plan]:
    """The plans of these offices that are routed and have no number yet, oldest first."""
    routed = (plans.c.status == "routing", plans.c.number.is_(None), plans.c.office_id.in_(office_ids))
    return [_plan(row) for row in connection.execute(select(plans).where(*routed).order_by(plans.c.id))]


def running_plans(connection: Connection, office_id: int, limit: int) -> list[Plan]:
    """The plans of this office that are on their way or in force, newest first."""
    running = (plans.c.office_id == office_id, plans.c.status.in_(("routing", "in_force")))
    return [
        _plan(row) for row in connection.execute(select(plans).where(*running).order_by(plans.c.id.desc()).limit(limit))
    ]


def office_of_plan(connection: Connection, plan_id: int) -> int | None:
    """The office that issues this plan; None when there is none."""
    office_id: int | None = connection.scalar(select(plans.c.office_id).where(plans.c.id == plan_id))
    return office_id


def count_plans(connection: Connection) -> int:
    """How many plans there are, in whatever state."""
    return connection.execute(select(func.count()).select_from(plans)).scalar_one()


def change_plan(connection: Connection, plan_id: int, **values: Any) -> None:  # noqa: ANN401 - column values
    """Write these columns of the plan."""
    connection.execute(update(plans).where(plans.c.id == plan_id).values(**values))
    if not _SEARCHED.isdisjoint(values):
        keep_words(connection, plan_id)


def add_version(  # noqa: PLR0917 - the facts of a version
    connection: Connection,
    plan_id: int,
    version: int,
    document: PlanDocument,
    text: str,
    at: datetime,
    by: str | None,
    note: str | None,
) -> PlanVersion:
    """Keep a version of the text and what was understood of it."""
    kept = PlanVersion(plan_id, version, content_hash(text), text, document, at, by, note)
    connection.execute(
        insert(plan_versions).values(
            plan_id=plan_id,
            version=version,
            content_hash=kept.content_hash,
            text=text,
            document=document.to_json(),
            made_at=at,
            made_by=by,
            note=note,
        )
    )
    if version == _current_number(connection, plan_id, _NUMBER):
        keep_words(connection, plan_id)
    return kept


def change_reading(connection: Connection, plan_id: int, number: int, document: PlanDocument) -> None:
    """Keep another reading of the same text; what approvals are bound to does not change."""
    connection.execute(
        update(plan_versions)
        .where(plan_versions.c.plan_id == plan_id, plan_versions.c.version == number)
        .values(document=document.to_json())
    )


def version(connection: Connection, plan_id: int, number: int) -> PlanVersion:
    """One version of the plan, or NotFound."""
    row = connection.execute(
        select(plan_versions).where(plan_versions.c.plan_id == plan_id, plan_versions.c.version == number)
    ).one_or_none()
    if row is None:
        raise NotFound("plan_version", id=plan_id, version=number)
    return _version(row)


_NUMBER, _LOCKED_NUMBER = (
    Reading("SELECT version FROM plans WHERE id = ?1", [plans.c.version.type], lock) for lock in ("", "FOR UPDATE")
)
_STAMP = Reading(
    "SELECT version, content_hash, made_by, made_at FROM plan_versions WHERE plan_id = ?1 AND version = ?2",
    [plan_versions.c[name].type for name in ("version", "content_hash", "made_by", "made_at")],
)
_TEXT = Reading("SELECT text FROM plan_versions WHERE plan_id = ?1 AND version = ?2", [plan_versions.c.text.type])


def current_stamp(connection: Connection, plan_id: int, *, lock: bool = False) -> VersionStamp:
    """Who made the current version when, and its hash, without its text; or NotFound. `lock` as for `plan`."""
    number = _current_number(connection, plan_id, _LOCKED_NUMBER if lock else _NUMBER)
    return VersionStamp(*read_rows(connection, _STAMP, (plan_id, number))[0])


def current_text(connection: Connection, plan_id: int) -> str:
    """The text of the current version, without what was understood of it; or NotFound."""
    text: str = read_rows(connection, _TEXT, (plan_id, _current_number(connection, plan_id, _NUMBER)))[0][0]
    return text


def _current_number(connection: Connection, plan_id: int, reading: Reading) -> int:
    found = read_rows(connection, reading, (plan_id,))
    if not found:
        raise NotFound("plan", id=plan_id)
    return int(found[0][0])


def versions(connection: Connection, plan_id: int) -> list[PlanVersion]:
    """All versions, oldest first."""
    rows = connection.execute(
        select(plan_versions).where(plan_versions.c.plan_id == plan_id).order_by(plan_versions.c.version)
    )
    return [_version(row) for row in rows]


def current_version(connection: Connection, plan_id: int) -> PlanVersion:
    """The version that `plans.version` names."""
    return version(connection, plan_id, plan(connection, plan_id).version)


def add_duty(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert a duty, its title also as it is searched for."""
    row = {**values, "fold": fold(values["title"])}
    return int(connection.execute(insert(duties).values(**row).returning(duties.c.id)).scalar_one())


def duties_of(connection: Connection, plan_id: int) -> list[Duty]:
    """The duties of a plan in the order of the document."""
    return [
        duty_of_row(row) for row in connection.execute(select(duties).where(duties.c.plan_id == plan_id).order_by("id"))
    ]


def forget_duties(connection: Connection, plan_id: int) -> None:
    """Take back the duties of a plan that has not started, before its reading is confirmed anew."""
    connection.execute(delete(duties).where(duties.c.plan_id == plan_id))


def add_occurrences(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the times at which duties fall due."""
    if rows:
        connection.execute(insert(occurrences), [dict(row) for row in rows])


def occurrences_to_open(connection: Connection, today: date, limit: int) -> list[DueOccurrence]:
    """Occurrences of plans in force whose day has come and which have no case yet, oldest first."""
    rows = connection.execute(
        select(
            occurrences.c.id.label("occurrence_id"),
            occurrences.c.body_id,
            occurrences.c.key,
            occurrences.c.opens_on,
            occurrences.c.due_on,
            plans.c.office_id,
            *duties.c,
        )
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .join(plans, plans.c.id == duties.c.plan_id)
        .where(
            occurrences.c.case_id.is_(None),
            occurrences.c.opens_on <= today,
            occurrences.c.passed_over.is_(None),
            plans.c.status == "in_force",
            goes_on(plans.c.office_id),
        )
        .order_by(occurrences.c.opens_on, occurrences.c.id)
        .limit(limit)
    )
    return [
        DueOccurrence(
            row.occurrence_id, duty_of_row(row), row.office_id, row.body_id, row.key, row.opens_on, row.due_on
        )
        for row in rows
    ]


def change_occurrence(connection: Connection, occurrence_id: int, **values: Any) -> int:  # noqa: ANN401 - column values
    """Write these columns of an occurrence; the number of rows changed."""
    return connection.execute(update(occurrences).where(occurrences.c.id == occurrence_id).values(**values)).rowcount


def claim_occurrences(connection: Connection, occurrence_ids: Collection[int], at: datetime) -> set[int]:
    """Take unopened occurrences for opening; those that nobody else took, and nobody is about to."""
    unopened = (among(connection, occurrences.c.id, occurrence_ids), occurrences.c.opened_at.is_(None))
    free = select(occurrences.c.id).where(*unopened).order_by(occurrences.c.id).with_for_update(skip_locked=True)
    mine = set(connection.scalars(free))
    if mine:
        update_many(connection, occurrences, [{"was_id": each, "opened_at": at} for each in sorted(mine)])
    return mine


def note_opened(connection: Connection, cases: Mapping[int, int]) -> None:
    """Note by which case each of these occurrences is carried out."""
    update_many(connection, occurrences, [{"was_id": each, "case_id": case} for each, case in cases.items()])


def _plan(row: Row[Any]) -> Plan:
    values = dict(row._mapping)
    values.pop("fold")
    consulted = tuple(Consulted(item["body"], item["mandatory"]) for item in values.pop("consulted"))
    values["added_recipients"] = tuple(values["added_recipients"])
    return Plan(consulted=consulted, **values)


def _version(row: Row[Any]) -> PlanVersion:
    values = dict(row._mapping)
    return PlanVersion(document=PlanDocument.from_json(values.pop("document")), **values)


def duty_of_row(row: Row[Any]) -> Duty:
    """A row of duties."""
    return Duty(
        row.id,
        row.plan_id,
        row.no,
        row.title,
        row.lead_raw,
        tuple(row.leads),
        tuple(row.coop),
        row.time_raw,
        row.time,
        tuple(row.products),
        row.kind,
        row.budget_raw,
        row.unclear,
    )
