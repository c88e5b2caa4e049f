"""Everything the page of one consultation round shows; every number on it is counted from rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from workflows.engine.calendar import Calendar
from workflows.errors import NotFound
from workflows.plans.consultation import SILENCE, silence_is_consent, still_missing
from workflows.store import clockwork, consultation, directory, due_requests, opinion_parts, plans, worklist
from workflows.store.consultation import Opinion, Round
from workflows.store.due_requests import DueRequest
from workflows.store.opinion_parts import OpinionPaper, Point
from workflows.store.round_changes import RoundChange, changes_of
from workflows.store.tables.telling import action_links
from workflows.store.tables.worklist import tasks


@dataclass(frozen=True)
class Line:
    """One body of the round: its opinion, its deadline, what came with it, and whether it has opened the request."""

    opinion: Opinion
    kind: str
    mandatory: bool
    deadline: datetime
    seen: bool
    points: Sequence[Point]
    papers: Sequence[OpinionPaper]
    requests: Sequence[DueRequest]
    silence_counts: bool

    @property
    def state(self) -> str:
        """bo | tra_loi | muon | im_lang | da_xem | chua_xem."""
        if self.opinion.dropped_at is not None:
            return "bo"
        if self.opinion.answered:
            return "muon" if self.opinion.late else "tra_loi"
        if self.opinion.outcome == SILENCE:
            return "im_lang"
        return "da_xem" if self.seen else "chua_xem"


@dataclass(frozen=True)
class RoundSeen:
    """A round with its lines, its history and what is still missing for its rule."""

    plan: plans.Plan
    round: Round
    rounds: Sequence[Round]
    lines: Sequence[Line]
    changes: Sequence[RoundChange]
    names: Mapping[int, str]
    missing_mandatory: int
    missing_others: int
    calendar: Calendar
    addable: Sequence[directory.Body]

    @property
    def asked(self) -> list[Line]:
        """Those who are asked still."""
        return [line for line in self.lines if line.state != "bo"]

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """How many said what; the empty outcome is those who have not answered yet."""
        found: dict[str, int] = {}
        for line in self.asked:
            key = line.opinion.outcome or ""
            found[key] = found.get(key, 0) + 1
        return list(found.items())

    @property
    def late(self) -> int:
        """How many answered after their deadline."""
        return sum(line.opinion.late for line in self.asked)


def round_seen(connection: Connection, plan_id: int, number: int) -> RoundSeen:
    """The round with this number; NotFound when the plan has none."""
    found = consultation.rounds_of(connection, plan_id)
    round_ = next((each for each in found if each.no == number), None)
    if round_ is None:
        raise NotFound("round", plan=plan_id, no=number)
    plan = plans.plan(connection, plan_id)
    everybody = consultation.everybody_asked(connection, round_.id)
    asked = [each for each in everybody if each.dropped_at is None]
    changes = changes_of(connection, round_.id)
    bodies = directory.bodies_by_id(connection, [each.body_id for each in everybody])
    answered = [each.body_id for each in asked if each.answered]
    missing_mandatory, missing_others = still_missing(round_.mandatory, round_.others_needed, answered)
    addable = [
        body
        for body in directory.bodies_of(connection, plan.office_id)
        if body.kind not in {"office", "group"}
        if body.id not in {each.body_id for each in asked} | {plan.drafting_unit_id}
    ]
    return RoundSeen(
        plan,
        round_,
        found,
        _lines(connection, round_, everybody, bodies),
        changes,
        {body.id: body.name for body in bodies.values()},
        missing_mandatory,
        missing_others,
        clockwork.calendar_of(connection, plan.office_id),
        addable,
    )


def _lines(
    connection: Connection, round_: Round, everybody: Sequence[Opinion], bodies: Mapping[int, directory.Body]
) -> list[Line]:
    ids = [each.id for each in everybody]
    points = opinion_parts.points_of(connection, ids)
    papers = opinion_parts.papers_of(connection, ids)
    asked_by = _task_ids(connection, round_)
    seen = _opened(connection, [task for found in asked_by.values() for task in found])
    requests = due_requests.requests_of(connection, [task for found in asked_by.values() for task in found])
    return [
        Line(
            opinion,
            bodies[opinion.body_id].kind,
            opinion.body_id in round_.mandatory,
            opinion.deadline or round_.deadline,
            any(task in seen for task in asked_by.get(opinion.body_id, ())),
            points.get(opinion.id, []),
            papers.get(opinion.id, []),
            [each for each in requests if each.task_id in asked_by.get(opinion.body_id, ())],
            silence_is_consent(bodies[opinion.body_id].kind, allowed=True, legal_basis=round_.silence_basis),
        )
        for opinion in everybody
    ]


def _task_ids(connection: Connection, round_: Round) -> dict[int, list[str]]:
    """The tasks in which each body was asked in this round; a later round opens later ones."""
    plan = plans.plan(connection, round_.plan_id)
    after = [each.opened_at for each in consultation.rounds_of(connection, plan.id) if each.no == round_.no + 1]
    found: dict[int, list[str]] = {}
    for task in worklist.tasks_of_case(connection, plan.case_id or 0):
        until = after[0] if after else None
        if task.form == "gop_y" and task.opened_at >= round_.opened_at and (until is None or task.opened_at < until):
            found.setdefault(int(task.variables["co_quan_hoi"]), []).append(task.id)
    return found


def _opened(connection: Connection, task_ids: Sequence[str]) -> set[str]:
    """Tasks that somebody took, or for which a code was asked on the page: only opening that page leads there."""
    claimed = select(tasks.c.id).where(tasks.c.id.in_(task_ids), tasks.c.assignee.is_not(None))
    coded = select(action_links.c.task_id).where(
        action_links.c.task_id.in_(task_ids), action_links.c.code_hash.is_not(None)
    )
    return {*connection.scalars(claimed), *connection.scalars(coded)}
