"""The cycles of a rule over the period of its plan: laid down when the plan is issued, and anew when a rule changes."""

from __future__ import annotations

from workflows.actions.desk import Work
from workflows.plans.cycles import CUTOFF_DAY, plan_cycles
from workflows.store import clockwork, reporting
from workflows.store.plans import Plan


def lay_cycles(work: Work, plan: Plan, rule: reporting.Rule) -> int:
    """Lay down what the office is still to report by this rule, leaving opened cycles as they are; how many.

    The last of those that are there is the rule's last.
    """
    if not rule.is_periodic:
        return 0
    reporting.forget_unopened(work.connection, rule.id, None if rule.ended_at else work.today)
    if rule.ended_at is not None:
        return 0
    calendar = clockwork.calendar_of(work.connection, plan.office_id)
    there = {cycle.key for cycle in reporting.cycles_of_plan(work.connection, plan.id) if cycle.rule_id == rule.id}
    planned = plan_cycles(
        rule.every,
        rule.unit_due,
        rule.office_due,
        plan.years(work.today),
        calendar,
        rule.cutoff_day or CUTOFF_DAY,
        rule.only,
    )
    wanted = [cycle for cycle in planned if cycle.office_due >= work.today and cycle.key not in there]
    reporting.add_cycles(
        work.connection,
        [{"rule_id": rule.id, "plan_id": plan.id, "office_id": plan.office_id, **cycle.columns()} for cycle in wanted],
    )
    return len(wanted)
