"""A person looked at what the machine understood and confirms it: duties and report rules are laid down from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.errors import Reason, Refused
from workflows.plans.duties import Duty, ReportRule, duties_of, report_rules_of
from workflows.store import directory, plans, reporting

from .desk import Desk, Work


def confirm_reading(desk: Desk, plan_id: int) -> None:
    """Confirm the reading of the current version; nothing starts before.

    Refused with all reasons at once: NO_TASKS, and UNKNOWN_BODY for each leading body that nobody in the directory
    answers to (teach the name as an alias, or enter the unit, and confirm again).
    """
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id)
        _require_drafter(desk, plan)
        if plan.status != "draft":
            raise Refused("NOT_A_DRAFT", plan=plan_id, status=plan.status)
        document = plans.version(work.connection, plan_id, plan.version).document
        duties = duties_of(document)
        reasons = [] if duties else [Reason("NO_TASKS", {"plan": plan_id})]
        reasons += _unknown_leads(work, plan, duties)
        if reasons:
            raise Refused.because(reasons)
        if plan.confirmed_at is not None:
            plans.forget_duties(work.connection, plan_id)
            reporting.forget_rules(work.connection, plan_id)
        for duty in duties:
            plans.add_duty(work.connection, {"plan_id": plan_id, **_duty_columns(work, plan, duty)})
        for rule in report_rules_of(document):
            reporting.add_rule(work.connection, {"plan_id": plan_id, **_rule_columns(work, plan, rule)})
        plans.change_plan(work.connection, plan_id, confirmed_at=work.now)


def unknown_bodies(work: Work, plan: plans.Plan) -> list[str]:
    """The names of leading bodies that nobody in the directory answers to."""
    document = plans.version(work.connection, plan.id, plan.version).document
    return [str(reason.facts["name"]) for reason in _unknown_leads(work, plan, duties_of(document))]


def _require_drafter(desk: Desk, plan: plans.Plan) -> None:
    unit = plan.drafting_unit_id
    if not desk.by.is_system and not {f"can_bo@{unit}", f"thu_truong@{unit}"} & desk.by.groups:
        raise Refused("NOT_YOURS", unit=unit)


def _unknown_leads(work: Work, plan: plans.Plan, duties: Sequence[Duty]) -> list[Reason]:
    names = dict.fromkeys(name for duty in duties for name in duty.leads)
    return [
        Reason("UNKNOWN_BODY", {"name": name})
        for name in names
        if directory.find_body(work.connection, plan.office_id, name, work.today) is None
    ]


def _duty_columns(work: Work, plan: plans.Plan, duty: Duty) -> Mapping[str, Any]:
    return {
        "no": duty.no,
        "title": duty.title,
        "lead_raw": duty.lead_raw,
        "leads": _bodies(work, plan, duty.leads),
        "coop": _bodies(work, plan, duty.coop),
        "time_raw": duty.time_raw,
        "time": duty.time_json(),
        "products": list(duty.products),
        "first_line": duty.line,
    }


def _bodies(work: Work, plan: plans.Plan, names: Sequence[str]) -> list[dict[str, Any]]:
    """Each name with the bodies that it means today: a group leads and helps through its members."""
    found: list[dict[str, Any]] = []
    for name in names:
        body = directory.find_body(work.connection, plan.office_id, name, work.today)
        members = directory.expand_group(work.connection, body.id, work.today) if body else []
        found += [{"raw": name, "body": member.id} for member in members] or [{"raw": name, "body": None}]
    return found


def _rule_columns(work: Work, plan: plans.Plan, rule: ReportRule) -> Mapping[str, Any]:
    units = [
        item["body"] for item in _bodies(work, plan, rule.units) if item["body"] and item["body"] != plan.office_id
    ]
    focal = directory.find_body(work.connection, plan.office_id, rule.via, work.today) if rule.via else None
    office = directory.body(work.connection, plan.office_id)
    parent = directory.find_body(work.connection, plan.office_id, rule.parent, work.today) if rule.parent else None
    return {
        "every": rule.every,
        "units": list(dict.fromkeys(units)),
        "focal_body_id": focal.id if focal else plan.drafting_unit_id,
        "parent_body_id": parent.id if parent else office.parent_id,
        "unit_due": rule.unit_due_json(),
        "office_due": rule.office_due_json(),
        "assumed": rule.assumed,
        "line": rule.line,
    }
