"""Set by hand who reports on a plan, to whom, through whom, how often, by which day and in which form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workflows.actions.automation.job import plan_key
from workflows.actions.automation.send_report import LAST_REPORT
from workflows.actions.desk import Desk, Message, Work
from workflows.actions.handle import send_message
from workflows.actions.reasons import reason_in
from workflows.errors import NotFound, Reason, Refused
from workflows.plans.cycles import MONTHS
from workflows.plans.report_form import Line, faults_of
from workflows.store import directory, plans, reporting

from .keepers import require_rule_keeper
from .lay_cycles import lay_cycles

OPEN_PLANS = ("draft", "routing", "in_force")


@dataclass(frozen=True)
class Reporters:
    """Who reports (`units`), through whom, to whom; ids of bodies. Without a parent the report stays in the office."""

    units: Sequence[int]
    focal_id: int
    parent_id: int | None


@dataclass(frozen=True)
class RuleEntry:
    """A rule as a person wrote it; dues are {"month", "day", "rel"}, None: by the end of the window (NĐ 09/2019)."""

    every: str
    reporters: Reporters
    unit_due: Mapping[str, Any] | None = None
    office_due: Mapping[str, Any] | None = None
    cutoff_day: int | None = None
    form: Sequence[Line] = field(default_factory=tuple)  # empty: the three counts of every report
    only: Sequence[str] = ()  # keys of the periods that are asked for; empty: every one


def set_rule(desk: Desk, plan_id: int, entry: RuleEntry, reason: str, rule_id: int | None = None) -> int:
    """Add a rule to a plan, or change one (`rule_id`); its id. Cycles that are open stay as they opened.

    Refused with all reasons: NOT_YOURS, PLAN_OVER, BAD_FIELD, UNIT_GONE, FORM_FAULT, REASON_REQUIRED.
    """
    with desk.open() as work:
        plan = open_plan(work, plan_id)
        said = reason_in(reason)
        reasons = [*against_reporters(work, entry.reporters), *faults_of(entry.form), *_bad_fields(entry)]
        if reasons:
            raise Refused.because(reasons)
        values = {
            "every": entry.every,
            **reporter_columns(entry.reporters, entry.form),
            "unit_due": entry.unit_due,
            "office_due": entry.office_due,
            "assumed": entry.unit_due is None and entry.office_due is None,
            "cutoff_day": entry.cutoff_day,
            "only": list(entry.only) or None,
            **changed_now(work, said),
        }
        if rule_id is None:
            rule_id = reporting.add_rule(work.connection, {"plan_id": plan.id, **values})
        else:
            require_running(work, plan.id, rule_id)
            reporting.change_rule(work.connection, rule_id, **values)
        _lay_anew(work, plan, rule_id)
        return rule_id


def end_rule(desk: Desk, plan_id: int, rule_id: int, reason: str) -> None:
    """Take a rule back: cycles that have not opened never open; the rule stays on record with the reason."""
    with desk.open() as work:
        plan = open_plan(work, plan_id)
        said = reason_in(reason)
        require_running(work, plan.id, rule_id)
        reporting.change_rule(work.connection, rule_id, ended_at=work.now, **changed_now(work, said))
        _lay_anew(work, plan, rule_id)


def open_plan(work: Work, plan_id: int) -> plans.Plan:
    """The plan, locked, for whoever keeps its rules, while it is not over (PLAN_OVER)."""
    plan = plans.plan(work.connection, plan_id, lock=True)
    require_rule_keeper(work, plan)
    if plan.status not in OPEN_PLANS:
        raise Refused("PLAN_OVER", plan=plan_id, status=plan.status)
    return plan


def require_running(work: Work, plan_id: int, rule_id: int) -> None:
    """NotFound for a rule of another plan or one that was taken back."""
    rule = reporting.rule(work.connection, rule_id)
    if rule.plan_id != plan_id or rule.ended_at is not None or not rule.is_periodic:
        raise NotFound("report_rule", id=rule_id)


def against_reporters(work: Work, reporters: Reporters) -> list[Reason]:
    """UNIT_GONE for each body that is not in office today; BAD_FIELD for a list that names one twice."""
    named = [*reporters.units, reporters.focal_id, *([reporters.parent_id] if reporters.parent_id else [])]
    found = directory.bodies_by_id(work.connection, named)
    reasons = [Reason("BAD_FIELD", {"field": "don_vi", "value": each}) for each in named if each not in found]
    for body in found.values():
        if directory.in_office(work.connection, body, work.today) != body:
            reasons.append(Reason("UNIT_GONE", {"field": "don_vi", "name": body.name}))
    if len(set(reporters.units)) != len(reporters.units):
        reasons.append(Reason("BAD_FIELD", {"field": "don_vi", "value": "trùng"}))
    return reasons


def reporter_columns(reporters: Reporters, form: Sequence[Line]) -> dict[str, Any]:
    """The columns of a rule that say who reports and in which form."""
    return {
        "units": list(reporters.units),
        "focal_body_id": reporters.focal_id,
        "parent_body_id": reporters.parent_id,
        "form": [line.to_json() for line in form] or None,
    }


def changed_now(work: Work, reason: str) -> dict[str, Any]:
    """The columns that say who changed a rule, when and why."""
    return {"changed_at": work.now, "changed_by": work.names, "reason": reason}


def _bad_fields(entry: RuleEntry) -> list[Reason]:
    checks = (
        ("chu_ky", entry.every, entry.every in MONTHS),
        ("ngay_chot", entry.cutoff_day, entry.cutoff_day is None or 1 <= entry.cutoff_day <= 31),
    )
    return [Reason("BAD_FIELD", {"field": name, "value": value}) for name, value, good in checks if not good]


def _lay_anew(work: Work, plan: plans.Plan, rule_id: int) -> None:
    """The cycles of a plan in force follow the rule at once; when no report is left to come, the plan is told."""
    if plan.status != "in_force":
        return
    before = reporting.awaits_reports(work.connection, plan.id)
    lay_cycles(work, plan, reporting.rule(work.connection, rule_id))
    if before and not reporting.awaits_reports(work.connection, plan.id):
        send_message(work.as_clock(), Message(LAST_REPORT, plan_key(plan.id), {}), ignoring=("NO_MATCH",))
