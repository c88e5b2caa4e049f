"""Báo cáo chuyên đề, đột xuất: a report on one matter, asked for by hand, with its own window and days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from workflows.actions.desk import Desk, Work
from workflows.actions.open_cycles import open_cycle
from workflows.actions.reasons import reason_in
from workflows.errors import Reason, Refused
from workflows.plans.report_form import Line, faults_of
from workflows.store import reporting

from .set_rule import Reporters, against_reporters, changed_now, open_plan, reporter_columns

THEMATIC, AT_ONCE = "chuyen_de", "dot_xuat"
LONGEST_TITLE = 300


@dataclass(frozen=True)
class OnceEntry:
    """One report as it is asked for; all days are last days, `opens_on` the first on which the units are asked."""

    kind: str
    title: str
    reporters: Reporters
    window_from: date
    window_to: date
    opens_on: date
    unit_due: date
    office_due: date
    form: Sequence[Line] = field(default_factory=tuple)


def open_once(desk: Desk, plan_id: int, entry: OnceEntry, reason: str) -> int:
    """Ask for the report; the id of its cycle, which opens now or by itself on its day.

    Refused with all reasons: NOT_YOURS, PLAN_OVER, NOT_IN_FORCE, BAD_FIELD, DAYS_IN_WRONG_ORDER, UNIT_GONE, FORM_FAULT.
    """
    with desk.open() as work:
        plan = open_plan(work, plan_id)
        said = reason_in(reason)
        if plan.status != "in_force":
            raise Refused("NOT_IN_FORCE", plan=plan_id, status=plan.status)
        reasons = [*_bad_fields(entry), *_bad_days(work, entry)]
        reasons += [*against_reporters(work, entry.reporters), *faults_of(entry.form)]
        if reasons:
            raise Refused.because(reasons)
        rule = {
            "plan_id": plan.id,
            "every": "once",
            "kind": entry.kind,
            "title": entry.title.strip(),
            **reporter_columns(entry.reporters, entry.form),
            "assumed": False,
            **changed_now(work, said),
        }
        rule_id = reporting.add_rule(work.connection, rule)
        row = {
            "rule_id": rule_id,
            "plan_id": plan.id,
            "office_id": plan.office_id,
            "key": f"{entry.window_to:%Y-%m-%d}",
            "window_from": entry.window_from,
            "window_to": entry.window_to,
            "opens_on": entry.opens_on,
            "unit_due": entry.unit_due,
            "office_due": entry.office_due,
            "last": False,
            "title": entry.title.strip(),
        }
        reporting.add_cycles(work.connection, [row])
        cycle = reporting.same_period(work.connection, rule_id, str(row["key"]))
        assert cycle is not None
        if entry.opens_on <= work.today:
            open_cycle(work.as_clock(), cycle)
        return cycle.id


def _bad_fields(entry: OnceEntry) -> list[Reason]:
    found = [] if entry.kind in (THEMATIC, AT_ONCE) else [Reason("BAD_FIELD", {"field": "loai", "value": entry.kind})]
    if not entry.title.strip():
        found.append(Reason("FIELD_REQUIRED", {"field": "ten_bao_cao"}))
    if len(entry.title) > LONGEST_TITLE:
        found.append(Reason("TOO_LONG", {"field": "ten_bao_cao", "most": LONGEST_TITLE}))
    return found


def _bad_days(work: Work, entry: OnceEntry) -> list[Reason]:
    """The days must follow one another, and the units' day must not be over."""
    order = (
        ("tu_ngay", entry.window_from, "den_ngay", entry.window_to),
        ("mo_ngay", entry.opens_on, "han_don_vi", entry.unit_due),
        ("han_don_vi", entry.unit_due, "han_co_quan", entry.office_due),
        ("hom_nay", work.today, "han_don_vi", entry.unit_due),
    )
    return [
        Reason("DAYS_IN_WRONG_ORDER", {"field": second, "earlier": first, "first": one, "second": other})
        for first, one, second, other in order
        if one > other
    ]
