"""Answer one opinion outside its step: split it into points, answer a late one before the signature."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.actions.desk import Desk, Work
from workflows.actions.drafters import require_drafter
from workflows.actions.forms.filing import LONGEST_FIELD
from workflows.actions.unsigned import require_unsigned
from workflows.errors import Refused
from workflows.store import consultation, opinion_parts, plans
from workflows.store.consultation import Opinion

from .dispositions import answer

MOST_POINTS = 40


def split_opinion(desk: Desk, opinion_id: int, points: str) -> None:
    """Split an opinion into the points that it makes, one a line; a single line puts it together again.

    Only the drafting unit, and only before it is answered (ALREADY_DISPOSED) and signed (ALREADY_SIGNED).
    """
    texts = [line.strip() for line in points.splitlines() if line.strip()]
    if not texts:
        raise Refused("FIELD_REQUIRED", field="cac_diem")
    if len(points) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field="cac_diem", most=LONGEST_FIELD)
    if len(texts) > MOST_POINTS:
        raise Refused("TOO_MANY_POINTS", field="cac_diem", most=MOST_POINTS)
    with desk.open() as work:
        opinion = _opinion_to_answer(work, opinion_id)
        opinion_parts.put_points(work.connection, opinion.id, texts if len(texts) > 1 else [])


def answer_opinion(desk: Desk, opinion_id: int, fields: Mapping[str, str]) -> None:
    """Say what becomes of an opinion, above all of one that came after tiếp thu was done.

    OPINION_UNANSWERED and EXPLANATION_REQUIRED name each field; ALREADY_DISPOSED, ALREADY_SIGNED, NOT_YOURS.
    """
    with desk.open() as work:
        opinion = _opinion_to_answer(work, opinion_id)
        if any(len(value) > LONGEST_FIELD for value in fields.values()):
            raise Refused("TOO_LONG", field=f"giai_trinh_{opinion_id}", most=LONGEST_FIELD)
        reasons = answer(work, opinion, lambda name: fields.get(name, "").strip())
        if reasons:
            raise Refused.because(reasons)


def _opinion_to_answer(work: Work, opinion_id: int) -> Opinion:
    opinion = consultation.opinion_by_id(work.connection, opinion_id)
    round_ = consultation.round_by_id(work.connection, opinion.round_id)
    plan = plans.plan(work.connection, round_.plan_id, lock=True)
    require_drafter(work.by, plan.drafting_unit_id)
    if not opinion.text:
        raise Refused("NOTHING_TO_ANSWER", body=opinion.body_name)
    if opinion.disposition is not None:
        raise Refused("ALREADY_DISPOSED", body=opinion.body_name, by=opinion.disposed_by, at=opinion.disposed_at)
    require_unsigned(work.connection, plan.id)
    return opinion
