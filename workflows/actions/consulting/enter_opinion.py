"""Nhập thay: a clerk enters for a body the opinion that came on paper, with its number, its day and its scan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from workflows.actions.act_on_task import hand_in
from workflows.actions.desk import Desk, Work
from workflows.actions.give_late_opinion import require_still_heard, words_of
from workflows.actions.opinions import Entry, record_opinion
from workflows.errors import NotFound, Refused
from workflows.store import consultation, plans, worklist
from workflows.store.plans import Plan

from .opinion_paper import OpinionPaper
from .running_round import FORM

LONGEST_NUMBER = 60


@dataclass(frozen=True)
class OnPaper:
    """What the clerk reads off the paper; `number` is "15/MTTQ-BTT"."""

    outcome: str
    words: str
    number: str
    on: date | None


def enter_opinion(desk: Desk, plan_id: int, body_id: int, paper: OnPaper, scan: OpinionPaper | None) -> None:
    """Keep the opinion as that of the body, marked as entered by the clerk; late ones are kept as late.

    Only văn thư of the office that asks. Refused with FIELD_REQUIRED for number, day and scan, and as an opinion that
    the body gives itself.
    """
    entry = _entry(paper, desk.now.date() if paper.on is None else paper.on)
    if scan is None:
        raise Refused("FIELD_REQUIRED", field="tep_cong_van")
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        if f"van_thu@{plan.office_id}" not in work.by.groups:
            raise Refused("NOT_YOURS", office=plan.office_id)
        task = _open_task_of(work, plan, body_id)
        if task is None:
            round_ = require_still_heard(work, plan, body_id)
            words = words_of(paper.outcome, paper.words, round_.mode, has_paper=True)
            record_opinion(work, round_, body_id, paper.outcome, words, (scan,), entry)
            return
        # The clerk acts for the body by what the body has signed; exclusions hold for both of them.
        by = replace(work.by, channel="paper", groups=work.by.groups | {f"can_bo@{body_id}"})
        fields = {"ket_qua": paper.outcome, "noi_dung": paper.words}
        current = plans.version(work.connection, plan.id, plan.version)
        hand_in(replace(work, by=by), task, fields, seen_hash=current.content_hash, papers=(scan,), entry=entry)


def _entry(paper: OnPaper, on: date) -> Entry:
    number = paper.number.strip()
    if not number:
        raise Refused("FIELD_REQUIRED", field="so_cong_van")
    if len(number) > LONGEST_NUMBER:
        raise Refused("TOO_LONG", field="so_cong_van", most=LONGEST_NUMBER)
    if paper.on is None:
        raise Refused("FIELD_REQUIRED", field="ngay_cong_van")
    return Entry(number, on)


def _open_task_of(work: Work, plan: Plan, body_id: int) -> str | None:
    """The id of the task in which this body is asked now; None after the round is closed."""
    round_ = consultation.latest_round(work.connection, plan.id)
    if round_ is None:
        raise NotFound("round", plan=plan.id)
    for task in worklist.open_tasks_of(work.connection, plan_id=plan.id):
        if task.form == FORM and task.variables.get("co_quan_hoi") == body_id:
            return task.id
    return None
