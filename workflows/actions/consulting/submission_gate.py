"""What keeps a draft from being submitted and signed: opinions without an answer, an unfinished phản biện xã hội."""

from __future__ import annotations

from workflows.actions.desk import Work
from workflows.engine.calendar import VIETNAM
from workflows.errors import Reason
from workflows.plans.consultation import against_submission
from workflows.store import consultation, directory

from .dispositions import reasons_for, unanswered


def against_submitting(work: Work, plan_id: int) -> list[Reason]:
    """Every reason why the draft may not go on to its signature now; empty when nothing stands against it."""
    return [*reasons_for(unanswered(work, plan_id)), *against_phan_bien(work, plan_id)]


def against_phan_bien(work: Work, plan_id: int) -> list[Reason]:
    """The 15 days since the draft went to the Mặt trận, and its answer (Luật MTTQ 75/2015 Điều 36)."""
    round_ = consultation.latest_round(work.connection, plan_id)
    if round_ is None or round_.mode != "phan_bien":
        return []
    asked = consultation.opinions_of(work.connection, round_.id)
    bodies = directory.bodies_by_id(work.connection, [each.body_id for each in asked])
    front = [each.outcome for each in asked if bodies[each.body_id].kind == "front"]
    return against_submission(round_.opened_at.astimezone(VIETNAM).date(), work.today, front)
