"""What will come to a person's bodies by itself: duties and report cycles that open soon."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, or_, select

from workflows.plans.duties import number_in_document
from workflows.store.directory.groups import HEAD, PERSON, is_group, parse_group
from workflows.store.tables.plans import duties, occurrences, plans
from workflows.store.tables.reporting import cycles, report_rules

AHEAD = timedelta(days=30)
MOST = 100


@dataclass(frozen=True)
class Opening:
    """A duty or a report cycle that opens on a day: `what` names it, `key` its period."""

    kind: str  # nhiem_vu | ky_bao_cao
    plan_id: int
    what: str
    key: str
    opens_on: date
    due_on: date | None


def openings(connection: Connection, groups: Collection[str], today: date) -> list[Opening]:
    """What opens after today and within `AHEAD`, in order of days: duties that these people's bodies lead, and report
    cycles that their bodies gather."""
    bodies = _bodies(groups)
    window = (today, today + AHEAD)
    led = (
        select(duties.c.plan_id, duties.c.no, duties.c.title, occurrences.c.key, occurrences.c.opens_on)
        .add_columns(occurrences.c.due_on)
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .join(plans, plans.c.id == duties.c.plan_id)
        .where(occurrences.c.opens_on > window[0], occurrences.c.opens_on <= window[1])
        .where(occurrences.c.body_id.in_(bodies), occurrences.c.opened_at.is_(None))
        .where(occurrences.c.passed_over.is_(None), plans.c.status == "in_force")
        .order_by(occurrences.c.opens_on, occurrences.c.id)
        .limit(MOST)
    )
    gathered = (
        select(cycles.c.plan_id, cycles.c.key, cycles.c.opens_on, cycles.c.unit_due, plans.c.title)
        .join(plans, plans.c.id == cycles.c.plan_id)
        .join(report_rules, report_rules.c.id == cycles.c.rule_id)
        .where(cycles.c.opens_on > window[0], cycles.c.opens_on <= window[1], cycles.c.opened_at.is_(None))
        .where(or_(report_rules.c.focal_body_id.in_(bodies), cycles.c.office_id.in_(bodies)))
        .where(report_rules.c.ended_at.is_(None), plans.c.status == "in_force")
        .order_by(cycles.c.opens_on, cycles.c.id)
        .limit(MOST)
    )
    found = [
        Opening(
            "nhiem_vu", row.plan_id, f"{number_in_document(row.no)}. {row.title}", row.key, row.opens_on, row.due_on
        )
        for row in connection.execute(led)
    ]
    found += [
        Opening("ky_bao_cao", row.plan_id, row.title, row.key, row.opens_on, row.unit_due)
        for row in connection.execute(gathered)
    ]
    return sorted(found, key=lambda each: (each.opens_on, each.plan_id, each.what))


def _bodies(groups: Collection[str]) -> set[int]:
    """The bodies for whose duties these people answer: where they are officers or heads."""
    own = [parse_group(key) for key in groups if is_group(key) and not key.startswith(f"{PERSON}@")]
    return {body_id for role, body_id in own if role in ("can_bo", HEAD)}
