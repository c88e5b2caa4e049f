"""What a body sees that was asked for its opinion and answers after the round is closed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.errors import NotFound
from workflows.store import consultation, plans

from .labels import body_names

SILENT = (None, "khong_co_y_kien")


@dataclass(frozen=True)
class LateSeen:
    """The plan, its text as it is now, the latest round, and the line of the body in it."""

    plan: plans.Plan
    version: plans.PlanVersion
    office: str
    unit: str
    round: consultation.Round
    opinion: consultation.Opinion

    @property
    def answered(self) -> bool:
        """Whether the body was heard in this round, in time or late."""
        return self.opinion.outcome not in SILENT

    @property
    def after_closing(self) -> bool:
        """Whether it was heard after the round was closed."""
        given, closed = self.opinion.given_at, self.round.closed_at
        return self.answered and given is not None and closed is not None and given > closed


def late_seen(connection: Connection, plan_id: int, body_id: int) -> LateSeen:
    """The body's line in the latest round; NotFound when it was not asked."""
    plan = plans.plan(connection, plan_id)
    round_ = consultation.latest_round(connection, plan_id)
    asked = consultation.opinions_of(connection, round_.id) if round_ is not None else []
    opinion = next((each for each in asked if each.body_id == body_id), None)
    if round_ is None or opinion is None:
        raise NotFound("opinion", plan=plan_id, body=body_id)
    names = body_names(connection, [plan.office_id, plan.drafting_unit_id])
    return LateSeen(
        plan,
        plans.current_version(connection, plan_id),
        names.get(plan.office_id, ""),
        names.get(plan.drafting_unit_id, ""),
        round_,
        opinion,
    )
