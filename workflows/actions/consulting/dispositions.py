"""Tiếp thu, tiếp thu một phần, giải trình: what becomes of an opinion, as a whole or point by point."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workflows.actions.desk import Work
from workflows.errors import Reason
from workflows.plans.consultation import DISPOSITIONS, EXPLAINED, disposition_of
from workflows.store import consultation, opinion_parts
from workflows.store.consultation import Opinion

Fields = Callable[[str], str]


def unanswered(work: Work, plan_id: int) -> list[Opinion]:
    """The opinions in words, of every round, that nothing was said about yet."""
    return [
        opinion
        for round_ in consultation.rounds_of(work.connection, plan_id)
        for opinion in consultation.opinions_of(work.connection, round_.id)
        if opinion.text and opinion.disposition is None
    ]


def answer(work: Work, opinion: Opinion, text: Fields) -> list[Reason]:
    """Write what the fields say about the opinion, or give the reasons why it is still unanswered.

    Fields are `xu_ly_<opinion>` and `giai_trinh_<opinion>`; of an opinion in points `xu_ly_d<point>` and
    `giai_trinh_d<point>` for each.
    """
    points = opinion_parts.points_of(work.connection, [opinion.id]).get(opinion.id, [])
    keys = [f"d{point.id}" for point in points] or [str(opinion.id)]
    reasons = [reason for key in keys for reason in _reasons(opinion, key, text)]
    if reasons:
        return reasons
    done = {"disposed_at": work.now, "disposed_by": work.names}
    for point in points:
        values = {
            "disposition": text(f"xu_ly_d{point.id}"),
            "disposition_text": text(f"giai_trinh_d{point.id}") or None,
        }
        opinion_parts.change_point(work.connection, point.id, **values, **done)
    whole = disposition_of([text(f"xu_ly_{key}") for key in keys])
    words = _together([text(f"giai_trinh_{key}") for key in keys])
    consultation.change_opinion(work.connection, opinion.id, disposition=whole, disposition_text=words, **done)
    return []


def reasons_for(opinions: Iterable[Opinion]) -> list[Reason]:
    """One reason an opinion, for whoever wants to go on without an answer."""
    return [Reason("OPINION_UNANSWERED", {"field": f"xu_ly_{each.id}", "body": each.body_name}) for each in opinions]


def _reasons(opinion: Opinion, key: str, text: Fields) -> list[Reason]:
    choice = text(f"xu_ly_{key}")
    if choice not in DISPOSITIONS:
        return [Reason("OPINION_UNANSWERED", {"field": f"xu_ly_{key}", "body": opinion.body_name})]
    if choice in EXPLAINED and not text(f"giai_trinh_{key}"):
        return [Reason("EXPLANATION_REQUIRED", {"field": f"giai_trinh_{key}", "body": opinion.body_name})]
    return []


def _together(words: Sequence[str]) -> str | None:
    if len(words) == 1:
        return words[0] or None
    return "\n".join(f"{no}. {each}" for no, each in enumerate(words, start=1) if each) or None
