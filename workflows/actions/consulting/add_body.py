"""Hỏi thêm một cơ quan: ask one more body while the round runs."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from workflows.actions.body_reach import can_be_reached
from workflows.actions.desk import Desk
from workflows.actions.handle import handle
from workflows.actions.reasons import reason_in
from workflows.engine.commands import AddInstance
from workflows.errors import Refused
from workflows.store import clockwork, consultation, directory, plans
from workflows.store.plans import Consulted
from workflows.store.round_changes import ADDED, note_change

from .running_round import move_deadlines, require_head, running_round


def add_body(desk: Desk, plan_id: int, body_id: int, reason: str, *, mandatory: bool = False) -> None:
    """Ask this body too, for as many working days as the others had, counted from now.

    Only the head of the drafting unit. ALREADY_ASKED, NO_HOLDER for a body that nobody speaks for, ROUND_CLOSED.
    """
    words = reason_in(reason)
    with desk.open() as work:
        running = running_round(work, plan_id)
        plan, round_ = running.plan, running.round
        require_head(work, plan)
        body = directory.body(work.connection, body_id)
        if running.opinion(body_id) is not None or body_id == plan.drafting_unit_id:
            raise Refused("ALREADY_ASKED", field="co_quan", body=body.name)
        if not can_be_reached(work.connection, body, work.today):
            raise Refused("NO_HOLDER", field="co_quan", group=f"thu_truong@{body_id}", body=body.name)
        consultation.ask_body(work.connection, round_.id, body_id, body.name)
        asked = {each.body_id: each for each in consultation.opinions_of(work.connection, round_.id)}[body_id]
        calendar = clockwork.calendar_of(work.connection, plan.office_id)
        own = calendar.add_working_days(work.now, round_.working_days or plan.opinion_days)
        consultation.change_opinion(work.connection, asked.id, deadline=own if own > round_.deadline else None)
        others = [each for each in plan.consulted if each.body_id != body_id]
        consulted = [*others, Consulted(body_id, mandatory)]
        _remember(work.connection, plan.id, consulted)
        if mandatory:
            mandatory_now = [*round_.mandatory, body_id]
            consultation.change_round(work.connection, round_.id, mandatory=mandatory_now)
        note_change(work.connection, round_.id, ADDED, body_id, work.now, work.by.name, words)
        first = next(iter(running.tasks.values()))
        handle(work, first.case_id, AddInstance(first.element, body_id, words))
        fresh = running_round(work, plan_id)
        move_deadlines(work, replace(fresh, round=round_), words)


def _remember(connection: Connection, plan_id: int, consulted: list[Consulted]) -> None:
    """The next round asks them again."""
    rows = [{"body": each.body_id, "mandatory": each.mandatory} for each in consulted]
    plans.change_plan(connection, plan_id, consulted=rows)
