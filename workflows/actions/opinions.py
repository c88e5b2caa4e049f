"""Opinions in a consultation round: given in time, late, or not at all; by the body or entered from its paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.errors import NotFound, Refused
from workflows.store import consultation, plans, telling
from workflows.store.consultation import Opinion, Round

from .consulting.opinion_paper import OpinionPaper, keep_papers
from .desk import Work


@dataclass(frozen=True)
class Entry:
    """Where an opinion stands that came on paper: the number and day of the body's công văn."""

    number: str
    on: date


def record_opinion(  # noqa: PLR0917 - what was said, and how it came
    work: Work,
    round_: Round,
    body_id: int,
    outcome: str,
    words: str,
    papers: tuple[OpinionPaper, ...] = (),
    entry: Entry | None = None,
) -> None:
    """Keep what this body said; after its deadline it is kept and marked late."""
    opinion = opinion_of(work, round_, body_id)
    consultation.change_opinion(
        work.connection,
        opinion.id,
        outcome=outcome,
        text=words or None,
        given_at=work.now,
        given_by=opinion.body_name if entry else work.names,
        late=work.now > (opinion.deadline or round_.deadline),
        version=plans.plan(work.connection, round_.plan_id).version if round_.closed_at else round_.version,
        entered_by=work.names if entry else None,
        paper_number=entry.number if entry else None,
        paper_on=entry.on if entry else None,
    )
    keep_papers(work, opinion.id, papers)
    if round_.closed_at is not None and words:
        _tell_the_drafter(work, round_, opinion)


def opinion_of(work: Work, round_: Round, body_id: int) -> Opinion:
    """This body's line in the round, or NotFound when it was not asked, or is no more."""
    for opinion in consultation.opinions_of(work.connection, round_.id):
        if opinion.body_id == body_id:
            return opinion
    raise NotFound("opinion", body=body_id, round=round_.no)


def require_unanswered(opinion: Opinion) -> None:
    """Refuse a second opinion of the same body in the same round; silence is not an answer."""
    if opinion.answered:
        raise Refused("ALREADY_ANSWERED", body=opinion.body_name, by=opinion.given_by, at=opinion.given_at)


def _tell_the_drafter(work: Work, round_: Round, opinion: Opinion) -> None:
    """Words that come when the answers may be written already have to be answered before the signature."""
    telling.tell(
        work.connection,
        "late_opinion_came",
        f"late-opinion:{opinion.id}",
        work.now,
        plan_id=round_.plan_id,
        data={"body": opinion.body_name},
    )
