"""Opinions in a consultation round: given in time, late, or not at all."""

from __future__ import annotations

from workflows.errors import NotFound, Refused
from workflows.store import consultation
from workflows.store.consultation import Opinion, Round

from .desk import Work


def record_opinion(work: Work, round_: Round, body_id: int, outcome: str, words: str) -> None:
    """Keep what this body said; after the deadline it is kept and marked late."""
    opinion = opinion_of(work, round_, body_id)
    consultation.change_opinion(
        work.connection,
        opinion.id,
        outcome=outcome,
        text=words or None,
        given_at=work.now,
        given_by=work.names,
        late=work.now > round_.deadline,
    )


def opinion_of(work: Work, round_: Round, body_id: int) -> Opinion:
    """This body's line in the round, or NotFound when it was not asked."""
    for opinion in consultation.opinions_of(work.connection, round_.id):
        if opinion.body_id == body_id:
            return opinion
    raise NotFound("opinion", body=body_id, round=round_.no)


def require_unanswered(opinion: Opinion) -> None:
    """Refuse a second opinion of the same body in the same round; silence is not an answer."""
    if opinion.outcome not in (None, "khong_co_y_kien"):
        raise Refused("ALREADY_ANSWERED", body=opinion.body_name, by=opinion.given_by, at=opinion.given_at)
