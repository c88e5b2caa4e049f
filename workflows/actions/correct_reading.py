"""Put one thing right that the reader got wrong, or take such a correction back; the reading must be confirmed anew."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.errors import NotFound, Refused, Stale
from workflows.plans.correction import DEEDS, KINDS, Correction, at_item, checked, corrected, shown
from workflows.plans.document import PlanDocument
from workflows.plans.read_text import read_text
from workflows.store import corrections, plans

from .desk import Desk, Work
from .drafters import require_drafter
from .import_plan import described

LONGEST_WORDS = 5_000


def correct_reading(  # noqa: PLR0917 - which item of which version, what is done to it, and the words
    desk: Desk, plan_id: int, seen_version: int, kind: str, deed: str, number: int, words: Mapping[str, str]
) -> None:
    """Set, drop or add an item of the current version's reading; `number` is its place there, from 0.

    Words that are as the page showed them change nothing. For the drafting unit, while the plan is a draft. Stale when
    the person looked at another version; BAD_FIELD, NO_SUCH_ITEM, FIELD_REQUIRED, TOO_LONG, TIME_NOT_UNDERSTOOD,
    PERIOD_NOT_UNDERSTOOD and DUE_NOT_UNDERSTOOD for what cannot be carried out.
    """
    known_kind = next((each for each in KINDS if each == kind), None)
    known_deed = next((each for each in DEEDS if each == deed), None)
    if known_kind is None or known_deed is None:
        raise Refused("BAD_FIELD", field="viec", value=f"{kind}/{deed}")
    for name, value in words.items():
        if len(value) > LONGEST_WORDS:
            raise Refused("TOO_LONG", field=name, most=LONGEST_WORDS)
    with desk.open() as work:
        document = _draft(work, plan_id, seen_version)
        anchor, nth = at_item(document, known_kind, number) if known_deed != "add" and kind != "head" else ("", 0)
        before = shown(document, known_kind, number) if known_deed != "add" else {}
        if known_deed == "set" and all(before.get(name) == value for name, value in words.items()):
            return
        new = {name: value for name, value in words.items() if before.get(name) != value}
        correction = Correction(known_kind, known_deed, anchor, nth, new)
        checked(document, correction)
        corrections.add_correction(work.connection, plan_id, correction, before, work.now, work.by.name)
        _read_again(work, plan_id)


def withdraw_correction(desk: Desk, plan_id: int, seen_version: int, correction_id: int) -> None:
    """Take a correction back: the reader's own words stand again; NotFound when this plan has no such correction."""
    with desk.open() as work:
        _draft(work, plan_id, seen_version)
        if not corrections.drop_correction(work.connection, plan_id, correction_id):
            raise NotFound("correction", id=correction_id)
        _read_again(work, plan_id)


def with_corrections(work: Work, plan_id: int, document: PlanDocument) -> PlanDocument:
    """A fresh reading with everything that people have put right so far."""
    made = corrections.corrections_of(work.connection, plan_id)
    return corrected(document, [each.correction for each in made]) if made else document


def _draft(work: Work, plan_id: int, seen_version: int) -> PlanDocument:
    """The reading of the draft that the person looked at."""
    plan = plans.plan(work.connection, plan_id, lock=True)
    require_drafter(work.by, plan.drafting_unit_id)
    if plan.status != "draft":
        raise Refused("NOT_A_DRAFT", plan=plan_id, status=plan.status)
    current = plans.version(work.connection, plan_id, plan.version)
    if plan.version != seen_version:
        raise Stale(what="plan", by=current.made_by, at=current.made_at, version=current.version)
    return current.document


def _read_again(work: Work, plan_id: int) -> None:
    current = plans.current_version(work.connection, plan_id)
    document = with_corrections(work, plan_id, read_text(current.text))
    plans.change_reading(work.connection, plan_id, current.version, document)
    plans.change_plan(work.connection, plan_id, confirmed_at=None, **described(document))
