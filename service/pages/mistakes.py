"""What is wrong with a form: the field and the sentence, for the summary on top and the place itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service.words.refusals import sentence_of
from workflows.errors import Reason, Refused

# Refusals that speak of a field without naming it.
_FIELD_OF: Mapping[str, str] = {
    "WRONG_PASSWORD": "mat_khau",
    "BAD_CODE": "ma",
    "CODE_NEEDED": "ma",
    "REASON_REQUIRED": "ly_do",
    "NOT_A_PLAN": "van_ban",
    "NO_TASKS": "van_ban",
    "EMPTY": "van_ban",
    "CODE_WRONG": "ma",
    "SIGN_CODE_WRONG": "ma_ky",
    "TOO_MANY_CODES": "ma_ky",
    "STEP_UP_NEEDED": "ma_ky",
    "NO_WAY_TO_CONFIRM": "ma_ky",
    "PASSKEY_WRONG": "ma_ky",
    "MAIL_CODES_OFF": "ma_ky",
    "MAIL_CODE_LIMIT": "ma_ky",
    "BAD_ORGAN_CODE": "ma_dinh_danh",
    "ORGAN_CODE_TAKEN": "ma_dinh_danh",
}


@dataclass(frozen=True)
class Mistake:
    """One thing to correct; without a field it concerns the whole form."""

    field: str
    sentence: str

    @classmethod
    def empty(cls, field: str) -> Mistake:
        """A field that must be filled in was left empty."""
        return cls(field, sentence_of(Reason("FIELD_REQUIRED", {"field": field})))


def mistakes_of(refused: Refused) -> list[Mistake]:
    """Every reason of a refusal as a mistake of the form that was sent."""
    return [Mistake(_field(reason), sentence_of(reason)) for reason in refused.reasons]


def _field(reason: Reason) -> str:
    if "field" in reason.facts:
        return str(reason.facts["field"])
    return "tep" if "filename" in reason.facts else _FIELD_OF.get(reason.code, "")
