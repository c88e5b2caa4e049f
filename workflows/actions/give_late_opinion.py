"""A body answers after the round is closed: the opinion is kept and marked late, as long as the plan is not signed."""

from __future__ import annotations

from workflows.errors import NotFound, Refused
from workflows.plans.authority import Matter
from workflows.store import consultation, plans
from workflows.store.consultation import Round
from workflows.store.plans import Plan

from .consulting.opinion_paper import OpinionPaper
from .desk import Desk, Work
from .forms.filing import LONGEST_FIELD
from .forms.opinion import ON_PAPER, outcome_in
from .lent_authority import require_lent_authority
from .opinions import opinion_of, record_opinion, require_unanswered
from .unsigned import require_unsigned


def give_late_opinion(  # noqa: PLR0917 - what was said, and how it came
    desk: Desk,
    plan_id: int,
    body_id: int,
    outcome: str,
    text: str,
    papers: tuple[OpinionPaper, ...] = (),
) -> None:
    """Keep the late opinion of the body that the actor speaks for, with or without an account.

    ROUND_OPEN while the round still waits (then the body answers its task), ALREADY_ANSWERED, ALREADY_SIGNED, and
    NOT_RUNNING for a plan that was stopped.
    """
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        require_lent_authority(work, asked_of(plan_id, body_id))
        round_ = require_late_opinion(work, plan, body_id)
        words = words_of(outcome, text, round_.mode, has_paper=bool(papers))
        record_opinion(work, round_, body_id, outcome, words, papers)


def words_of(outcome: str, text: str, mode: str, *, has_paper: bool) -> str:
    """What was said besides the outcome; BAD_FIELD, FIELD_REQUIRED, TOO_LONG."""
    outcome_in(outcome, mode)
    if len(text) > LONGEST_FIELD:
        raise Refused("TOO_LONG", field="noi_dung", most=LONGEST_FIELD)
    words = text.strip()
    if outcome == "nhat_tri" or words:
        return words
    if has_paper:
        return ON_PAPER
    raise Refused("FIELD_REQUIRED", field="noi_dung")


def require_late_opinion(work: Work, plan: Plan, body_id: int) -> Round:
    """The closed round in which this body may still be heard by the actor's mouth; Refused as the verb says."""
    if not frozenset(speakers_for(body_id)) & work.by.groups:
        raise Refused("NOT_YOURS", body=body_id)
    return require_still_heard(work, plan, body_id)


def require_still_heard(work: Work, plan: Plan, body_id: int) -> Round:
    """The closed round in which this body may still be heard, whoever brings its words."""
    round_ = consultation.latest_round(work.connection, plan.id)
    if round_ is None:
        raise NotFound("round", plan=plan.id)
    require_unsigned(work.connection, plan.id)
    if plan.status != "routing":
        raise Refused("NOT_RUNNING", plan=plan.id, status=plan.status)
    if round_.closed_at is None:
        raise Refused("ROUND_OPEN", plan=plan.id, deadline=round_.deadline)
    require_unanswered(opinion_of(work, round_, body_id))
    return round_


def asked_of(plan_id: int, body_id: int) -> Matter:
    """The opinion of this body as something that its people may give, also by delegation."""
    return Matter(speakers_for(body_id), plan_id, form="gop_y")


def speakers_for(body_id: int) -> tuple[str, ...]:
    """The groups of which anybody may speak for this body."""
    return tuple(f"{role}@{body_id}" for role in ("thanh_vien", "can_bo", "thu_truong"))
