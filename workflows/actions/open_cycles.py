"""Report cycles open by themselves: the units are asked, with their day and the office's day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from workflows.engine.calendar import Calendar
from workflows.errors import Stale
from workflows.store import clockwork, directory, plans, reporting, submitting, telling
from workflows.store.directory import Body
from workflows.store.shard import EVERY_OFFICE, Shard

from .desk import Desk, Swept, Work
from .one_by_one import many_at_once
from .reports.take_in import gap_row
from .start_cases import Start, start_cases

TOGETHER = 500  # cycles of one transaction
LATE_OPENING_DAYS = 2


def open_cycles(desk: Desk, limit: int = 500, shard: Shard = EVERY_OFFICE) -> Swept:
    """Open the cycles whose day has come, oldest first, some hundred a transaction; twice is once.

    Where one of them cannot be opened, each of its transaction is opened alone. Several may sweep at once: what one
    has claimed the others leave to it.
    """
    clock = desk.as_clock()
    with desk.database.read() as connection:
        due = reporting.cycles_to_open(connection, Calendar().local_day(desk.now), limit, shard)
    portions = [due[at : at + TOGETHER] for at in range(0, len(due), TOGETHER)]
    swept = sum((many_at_once(clock, portion, _open_many, open_cycle) for portion in portions), Swept())
    if swept.failed:
        _tell_failed(clock, due)
    return swept


def _tell_failed(desk: Desk, due: Sequence[reporting.Cycle]) -> None:
    """The clerks hear once a day of each cycle that could not be opened."""
    with desk.open() as work:
        for cycle in due:
            if reporting.cycle(work.connection, cycle.id).opened_at is None:
                telling.tell(
                    work.connection,
                    "cycle_failed",
                    f"cycle-failed:{cycle.id}:{work.today.isoformat()}",
                    work.now,
                    office_id=cycle.office_id,
                    plan_id=cycle.plan_id,
                    data={"cycle_id": cycle.id},
                )


def open_cycle(work: Work, cycle: reporting.Cycle) -> None:
    """Open one cycle: each unit in office has a submission and a task; Stale when somebody else opened it."""
    if not _open_many(work, [cycle]):
        raise Stale(cycle=cycle.id)


def _open_many(work: Work, found: Sequence[reporting.Cycle]) -> int:
    """Open these cycles but those that somebody else opened; how many it were.

    What nobody must overlook is told to the clerks: a unit that is no more, a cycle that opens after its days.
    """
    claimed = reporting.claim_cycles(work.connection, [cycle.id for cycle in found])
    mine = [cycle for cycle in found if cycle.id in claimed]
    around = _Around(work, mine)
    submitting.add_submissions(work.connection, [row for cycle in mine for row in around.submissions(cycle)])
    case_ids = start_cases(work, "bao_cao", [around.start(cycle) for cycle in mine])
    opened = {cycle.id: (case, around.form(cycle)) for cycle, case in zip(mine, case_ids, strict=True)}
    reporting.note_opened(work.connection, opened, work.now)
    telling.tell_many(work.connection, [row for cycle in mine for row in around.gaps(cycle)])
    return len(mine)


class _Around:
    """What stands around cycles that open: rules, plans, bodies and calendars, each read once for all of them."""

    def __init__(self, work: Work, cycles: Sequence[reporting.Cycle]) -> None:
        self._work, self._today = work, work.today
        self._rules = reporting.rules_by_id(work.connection, {cycle.rule_id for cycle in cycles})
        self._plans = plans.who_drafts_and_signs(work.connection, {cycle.plan_id for cycle in cycles})
        named = {each for rule in self._rules.values() for each in (*rule.units, rule.focal_body_id)}
        drafting = {unit for unit, _ in self._plans.values()}
        self._bodies = directory.bodies_by_id(work.connection, named | drafting)
        self._calendars = clockwork.calendars_of(work.connection, {cycle.office_id for cycle in cycles})
        self._asked = {rule.id: self._in_office(rule.units) for rule in self._rules.values()}
        self._last = lru_cache(maxsize=None)(_last_instants)

    def form(self, cycle: reporting.Cycle) -> Sequence[Mapping[str, Any]] | None:
        """The form of the rule, which the cycle keeps as it is when it opens."""
        return self._rules[cycle.rule_id].form

    def submissions(self, cycle: reporting.Cycle) -> list[dict[str, Any]]:
        """What is waited for of each unit; one that is no more stands there as such."""
        units, gone = self._units(cycle)
        return [_row(cycle, unit, submitting.NOT_YET) for unit in units] + [
            _row(cycle, unit, submitting.GONE) for unit in gone
        ]

    def start(self, cycle: reporting.Cycle) -> Start:
        """The case that asks the units."""
        rule, (drafting, signer) = self._rules[cycle.rule_id], self._plans[cycle.plan_id]
        focal, _ = self._in_office([rule.focal_body_id, drafting])
        calendar = self._calendars[cycle.office_id]
        units, cutoff, office = self._last(self._today, cycle.unit_due, cycle.office_due, calendar)
        variables = {
            "ky": cycle.id,
            "ke_hoach": cycle.plan_id,
            "co_quan": cycle.office_id,
            "dau_moi": focal[0].id if focal else rule.focal_body_id,
            "don_vi": [unit.id for unit in self._units(cycle)[0]],
            "nguoi_ky": signer,
            "han_don_vi": units,
            "chot_so_lieu": cutoff,
            "han_co_quan": office,
        }
        return Start(variables, f"bao_cao:{cycle.id}", cycle.office_id, cycle.plan_id)

    def gaps(self, cycle: reporting.Cycle) -> list[dict[str, Any]]:
        """What the clerks must hear: units that nobody followed, a cycle that opens after its days, days of nobody."""
        found = []
        _, gone = self._units(cycle)
        if gone:
            names = "; ".join(unit.name for unit in gone)
            what = f"đơn vị không còn hoạt động và không có đơn vị kế thừa: {names}"
            found.append(gap_row(self._work, cycle, "gone", what))
        if self._today > cycle.unit_due:
            what = f"kỳ mở sau hạn của đơn vị ({cycle.unit_due:%d/%m/%Y})"
            found.append(gap_row(self._work, cycle, "late", what))
        rule = self._rules[cycle.rule_id]
        if rule.has_no_day:
            what = f"kế hoạch không nêu ngày nộp; hạn của đơn vị tạm đặt là ngày {cycle.unit_due:%d/%m/%Y}"
            found.append(gap_row(self._work, cycle, "no_day", what, once=f"rule:{rule.id}:no_day"))
        return found

    def _units(self, cycle: reporting.Cycle) -> tuple[list[Body], list[Body]]:
        return self._asked[cycle.rule_id]

    def _in_office(self, body_ids: Sequence[int]) -> tuple[list[Body], list[Body]]:
        """Each body or whichever followed it, two that were merged being one; and those that nobody followed."""
        there, gone = {}, {}
        for body_id in body_ids:
            named = self._bodies[body_id]
            found = directory.in_office(self._work.connection, named, self._today)
            if found is None:
                gone[named.id] = named
            else:
                there[found.id] = found
        return list(there.values()), list(gone.values())


def _row(cycle: reporting.Cycle, unit: Body, status: str) -> dict[str, Any]:
    row = {"cycle_id": cycle.id, "body_id": unit.id, "body_name": unit.name}
    return {**row, "status": status, "figures": {}, "late": False}


def _last_instants(today: date, unit_due: date, office_due: date, calendar: Calendar) -> tuple[str, str, str]:
    """Until when the units, late units and the office have time; of few days in thousands of cycles."""
    days = (unit_due, _cutoff(today, unit_due, office_due, calendar), office_due)
    units, cutoff, office = (calendar.end_of(day).isoformat() for day in days)
    return units, cutoff, office


def _cutoff(today: date, unit_due: date, office_due: date, calendar: Calendar) -> date:
    """The last day for late units: the working day before the office's own day, never before the units' day.

    A cycle that opens late (the clock stood still) still leaves its units LATE_OPENING_DAYS working days.
    """
    before = calendar.local_day(calendar.add_working_days(calendar.end_of(office_due), -1))
    from_now = calendar.local_day(calendar.add_working_days(calendar.end_of(today), LATE_OPENING_DAYS))
    missed = from_now if today > unit_due else unit_due
    return max(before, unit_due, missed)
