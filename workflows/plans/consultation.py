"""Rules of a consultation round: outcomes, completeness, what silence means, phản biện xã hội (Luật MTTQ Điều 36)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

from workflows.errors import Reason

Outcome = Literal["nhat_tri", "nhat_tri_co_y_kien", "khong_nhat_tri", "khong_co_y_kien", "tu_choi"]
OUTCOMES: tuple[Outcome, ...] = ("nhat_tri", "nhat_tri_co_y_kien", "khong_nhat_tri", "khong_co_y_kien", "tu_choi")
SILENCE: Outcome = "khong_co_y_kien"
# The Mặt trận says in writing that it will not make a phản biện; an answer, and no consent.
DECLINED: Outcome = "tu_choi"
OBJECTION: Outcome = "khong_nhat_tri"
# What ends a round before its deadline: its rule is met, or also the first body that objects (asks 35).
POLICIES = ("cho_du", "dung_khi_khong_nhat_tri")
# Whom a further round asks: all, those with remarks or objections, or only those that objected.
ASKED_AGAIN = ("tat_ca", "co_y_kien", "khong_nhat_tri")
DISPOSITIONS = ("tiep_thu", "tiep_thu_mot_phan", "giai_trinh")
# Ways to deal with a remark that do not take it as it is, and therefore say why in words.
EXPLAINED = frozenset({"tiep_thu_mot_phan", "giai_trinh"})
# The draft goes to the Mặt trận at least so many days before it is submitted (Luật MTTQ 75/2015 Điều 36).
PHAN_BIEN_DAYS = 15
# Kinds of bodies (tables/directory.py) that a regulation of the executive can bind. The Mặt trận and its member
# associations, the party and the council act by their own law or statute: their silence is never consent.
BOUND_BY_THE_EXECUTIVE = frozenset({"office", "unit", "agency", "group"})

Body = TypeVar("Body", bound=Hashable)


def round_is_complete(mandatory: Collection[Body], others_needed: int, answered: Collection[Body]) -> bool:
    """Whether every mandatory body has answered and at least `others_needed` of the rest; silence is no answer."""
    others = set(answered) - set(mandatory)
    return not missing(mandatory, answered) and len(others) >= others_needed


def missing(mandatory: Collection[Body], answered: Collection[Body]) -> tuple[Body, ...]:
    """The mandatory bodies that have not answered, in their order, each once."""
    there = set(answered)
    return tuple(dict.fromkeys(body for body in mandatory if body not in there))


def silence_is_consent(kind: str, *, allowed: bool, legal_basis: str | None) -> bool:
    """Whether silence of this kind of body is consent: a setting with its legal basis, never for some kinds."""
    return allowed and bool(legal_basis and legal_basis.strip()) and kind in BOUND_BY_THE_EXECUTIVE


def consents(outcome: Outcome, kind: str, *, allowed: bool, legal_basis: str | None) -> bool:
    """Whether an outcome is consent, with or without remarks."""
    if outcome == SILENCE:
        return silence_is_consent(kind, allowed=allowed, legal_basis=legal_basis)
    return outcome in ("nhat_tri", "nhat_tri_co_y_kien")


def is_late(given_at: datetime, deadline: datetime) -> bool:
    """Whether an opinion came after the deadline; it is kept and marked."""
    return given_at > deadline


def phan_bien_submission(sent_on: date) -> date:
    """The first day on which a draft sent for phản biện xã hội may be submitted."""
    return sent_on + timedelta(days=PHAN_BIEN_DAYS)


def is_over(
    mandatory: Collection[Body], others_needed: int, outcomes: Mapping[Body, str | None], policy: str = "cho_du"
) -> bool:
    """Whether a round may end before its deadline: its rule is met, or by its policy somebody has objected."""
    if policy == "dung_khi_khong_nhat_tri" and OBJECTION in outcomes.values():
        return True
    answered = [body for body, outcome in outcomes.items() if outcome not in (None, SILENCE)]
    return round_is_complete(mandatory, others_needed, answered)


def still_missing(mandatory: Collection[Body], others_needed: int, answered: Collection[Body]) -> tuple[int, int]:
    """How many answers the rule still waits for: of mandatory bodies, and of the others."""
    others = set(answered) - set(mandatory)
    return len(missing(mandatory, answered)), max(0, others_needed - len(others))


def asked_again(choice: str, outcomes: Mapping[Body, str | None], front: Collection[Body]) -> tuple[Body, ...]:
    """Whom a further round asks of those that the last one asked; the Mặt trận is asked about every changed draft."""
    wanted = {"co_y_kien": ("nhat_tri_co_y_kien", OBJECTION), "khong_nhat_tri": (OBJECTION,)}.get(choice)
    if wanted is None:
        return tuple(outcomes)
    return tuple(body for body, outcome in outcomes.items() if outcome in wanted or body in front)


def disposition_of(points: Sequence[str]) -> str:
    """What became of an opinion as a whole, from its points: all taken, none taken, or a part of it."""
    kinds = set(points)
    return kinds.pop() if len(kinds) == 1 else "tiep_thu_mot_phan"


def against_submission(sent_on: date, today: date, front: Sequence[str | None]) -> list[Reason]:
    """Why a draft sent for phản biện xã hội may not be submitted yet (Luật MTTQ 75/2015 Điều 36).

    `front` is what each body of the Mặt trận that was asked has said; silence is no answer, declining is one.
    """
    reasons = []
    first = phan_bien_submission(sent_on)
    if today < first:
        reasons.append(Reason("PHAN_BIEN_TOO_EARLY", {"sent": sent_on, "first": first, "days": PHAN_BIEN_DAYS}))
    if not front or any(outcome in (None, SILENCE) for outcome in front):
        reasons.append(Reason("PHAN_BIEN_UNANSWERED", {"sent": sent_on}))
    return reasons
