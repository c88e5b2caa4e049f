"""From a plan's reading to what it lays on bodies: its duties and report rules, as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.errors import Reason, Refused
from workflows.plans.document import PlanDocument
from workflows.plans.duties import NO_LEAD, TASK, Duty, ReportRule, duties_of, report_rules_of
from workflows.store import directory, plans, reporting
from workflows.store.plans import Plan

from .desk import Work


def lay_down(work: Work, plan: Plan, document: PlanDocument) -> None:
    """Lay the duties and report rules of this document down, in place of those of an earlier text.

    Refused with all reasons at once: NO_TASKS, and UNKNOWN_BODY for each leading body that nobody answers to.
    """
    duties = duties_of(document)
    reasons = [] if duties else [Reason("NO_TASKS", {"plan": plan.id})]
    reasons += _unknown_leads(work, plan, duties)
    if reasons:
        raise Refused.because(reasons)
    plans.forget_duties(work.connection, plan.id)
    reporting.forget_rules(work.connection, plan.id)
    for duty in duties:
        plans.add_duty(work.connection, {"plan_id": plan.id, **_duty_columns(work, plan, duty)})
    for rule in report_rules_of(document):
        reporting.add_rule(work.connection, {"plan_id": plan.id, **_rule_columns(work, plan, rule, duties)})


def _unknown_leads(work: Work, plan: Plan, duties: Sequence[Duty]) -> list[Reason]:
    names = dict.fromkeys(name for duty in duties if duty.kind == TASK for name in duty.leads)
    return [
        Reason("UNKNOWN_BODY", {"name": name})
        for name in names
        if directory.find_body(work.connection, plan.office_id, name, work.today) is None
    ]


def _duty_columns(work: Work, plan: Plan, duty: Duty) -> Mapping[str, Any]:
    leads = _bodies(work, plan, duty.leads)
    return {
        "no": duty.no,
        "title": duty.title,
        "lead_raw": duty.lead_raw,
        "leads": leads,
        "coop": _bodies(work, plan, duty.coop),
        "time_raw": duty.time_raw,
        "time": duty.time_json(),
        "products": list(duty.products),
        "first_line": duty.line,
        "budget_raw": duty.budget_raw,
        "kind": duty.kind,
        "unclear": duty.unclear if any(each["body"] for each in leads) else NO_LEAD,
    }


def _bodies(work: Work, plan: Plan, names: Sequence[str]) -> list[dict[str, Any]]:
    """Each name with the bodies that it means today: a group leads and helps through its members."""
    found: list[dict[str, Any]] = []
    for name in names:
        body = directory.find_body(work.connection, plan.office_id, name, work.today)
        members = directory.expand_group(work.connection, body.id, work.today) if body else []
        found += [{"raw": name, "body": member.id} for member in members] or [{"raw": name, "body": None}]
    return found


def _rule_columns(work: Work, plan: Plan, rule: ReportRule, duties: Sequence[Duty]) -> Mapping[str, Any]:
    asked = _bodies(work, plan, rule.units)
    if any(item["body"] is None for item in asked):  # a name that means nobody here: whoever leads a duty is asked
        asked += _bodies(work, plan, [name for duty in duties for name in duty.leads])
    units = [item["body"] for item in asked if item["body"] and item["body"] != plan.office_id]
    focal = directory.find_body(work.connection, plan.office_id, rule.via, work.today) if rule.via else None
    office = directory.body(work.connection, plan.office_id)
    parent = directory.find_body(work.connection, plan.office_id, rule.parent, work.today) if rule.parent else None
    return {
        "every": rule.every,
        "only": list(rule.only) or None,
        "units": list(dict.fromkeys(units)),
        "focal_body_id": focal.id if focal else plan.drafting_unit_id,
        "parent_body_id": parent.id if parent else office.parent_id,
        "unit_due": rule.unit_due_json(),
        "office_due": rule.office_due_json(),
        "assumed": rule.assumed,
        "line": rule.line,
    }
