"""Rules of a consultation round: outcomes, completeness, what silence means, phản biện xã hội (Luật MTTQ Điều 36)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

Outcome = Literal["nhat_tri", "nhat_tri_co_y_kien", "khong_nhat_tri", "khong_co_y_kien"]
OUTCOMES: tuple[Outcome, ...] = ("nhat_tri", "nhat_tri_co_y_kien", "khong_nhat_tri", "khong_co_y_kien")
SILENCE: Outcome = "khong_co_y_kien"
# The draft goes to the Mặt trận at least so many days before it is submitted (Luật MTTQ 75/2015 Điều 36).
PHAN_BIEN_DAYS = 15
# Bodies that act by their own law or statute: no regulation of the executive turns their silence into consent.
NEVER_SILENT_CONSENT = frozenset({"mat_tran", "dang"})

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
    return allowed and bool(legal_basis and legal_basis.strip()) and kind not in NEVER_SILENT_CONSENT


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


def needs_reply(outcomes: Sequence[Outcome]) -> bool:
    """Whether any opinion has to be accepted or explained (bảng tiếp thu, giải trình)."""
    return any(outcome in ("nhat_tri_co_y_kien", "khong_nhat_tri") for outcome in outcomes)
