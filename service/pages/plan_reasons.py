"""What a visitor may do with a plan now, and, asked for, why not: the same reasons that the verb itself would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from service.auth.actor import standing_for
from service.auth.visit import Visit
from service.words import history_words, vi
from service.words.refusals import sentences_of
from workflows.actions.consulting.submission_gate import against_submitting
from workflows.actions.desk import Work
from workflows.engine.rights import may_act
from workflows.store import consultation
from workflows.store.screens.plan_page import PlanTop

SIGN = "ky"
MOST = 6


@dataclass(frozen=True)
class Deed:
    """Something that is done with a plan: its name, the page where it is done, and why it cannot be done now."""

    name: str
    path: str
    reasons: Sequence[str]


def deeds_of(visit: Visit, connection: Connection, top: PlanTop) -> list[Deed]:
    """The open steps of the plan for this visitor, and its signature where that is not reached yet."""
    deeds = []
    for step in top.steps[:MOST]:
        standing = standing_for(connection, visit.person, step.task, visit.now)
        name = vi.FORM_VERB.get(step.task.form or "", step.task.name)
        reasons = sentences_of(may_act(step.task, standing.actor))
        deeds.append(Deed(name, f"/viec/{step.task.id}", reasons))
    if top.plan.status in ("draft", "routing") and top.plan.number is None and not _signs_now(top):
        deeds.append(Deed(vi.FORM_VERB[SIGN], "", _against_signature(visit, connection, top)))
    unique: dict[tuple[str, bool], Deed] = {}
    for each in deeds:
        unique.setdefault((each.name, not each.reasons), each)
    return list(unique.values())


def _signs_now(top: PlanTop) -> bool:
    return any(step.task.form == SIGN for step in top.steps)


def _against_signature(visit: Visit, connection: Connection, top: PlanTop) -> list[str]:
    """Where the plan is instead, which bodies have not answered, and what the signature's own gate says."""
    if top.plan.case_id is None:
        return [history_words.NOT_STARTED]
    said = []
    if top.steps:
        held = top.steps[0].held
        said.append(history_words.WHERE_NOW.format(top.steps[0].task.name, ", ".join(held.people or held.bodies)))
    round_ = consultation.latest_round(connection, top.plan.id)
    if round_ is not None and round_.closed_at is None:
        silent = [each.body_name for each in consultation.opinions_of(connection, round_.id) if each.outcome is None]
        if silent:
            said.append(history_words.SILENT.format(len(silent), ", ".join(silent)))
    gate = against_submitting(Work(connection, visit.now, visit.person), top.plan.id)
    return [*said, *sentences_of(gate)]
