"""Slips of form in an issued document: where, what was printed, what it should read (NĐ 30/2020 Điều 18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from workflows.errors import Reason, Refused

from .normalise import squeeze

MOST_SLIPS, LONGEST_WORDS = 50, 1000


@dataclass(frozen=True)
class Slip:
    """One slip: its page, line or place, the words as printed, and the right words."""

    place: str
    printed: str
    right: str

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> Slip:
        """What `to_json` wrote."""
        return cls(kept["place"], kept["printed"], kept["right"])

    def to_json(self) -> dict[str, str]:
        """As it is kept with the register."""
        return asdict(self)

    def told(self) -> str:
        """In one line: "Mục I: “năm 2023” sửa lại là “năm 2024”"."""
        return f"{self.place}: “{self.printed}” sửa lại là “{self.right}”"


def checked_slips(rows: Sequence[Sequence[str]], document: str) -> tuple[Slip, ...]:
    """The rows of the table (place, printed, right) as slips; rows without any word are left out.

    Refused with every row that is wrong, counted from 1: SLIP_INCOMPLETE, SLIP_UNCHANGED, SLIP_TOO_LONG, and
    SLIP_NOT_PRINTED when the words do not stand in the document; NO_SLIPS, TOO_MANY_SLIPS for the whole.
    """
    printed_words = squeeze(document).casefold()
    slips, faults = [], []
    for number, row in enumerate(rows, 1):
        slip = Slip(*(squeeze(each) for each in row))
        if not any((slip.place, slip.printed, slip.right)):
            continue
        slips.append(slip)
        code = _fault(slip, printed_words)
        if code:
            facts = {"field": "dinh_chinh", "row": number, "words": slip.printed[:80], "most": LONGEST_WORDS}
            faults.append(Reason(code, facts))
    if faults:
        raise Refused.because(faults)
    if not slips:
        raise Refused("NO_SLIPS", field="dinh_chinh")
    if len(slips) > MOST_SLIPS:
        raise Refused("TOO_MANY_SLIPS", field="dinh_chinh", most=MOST_SLIPS)
    return tuple(slips)


def _fault(slip: Slip, document: str) -> str:
    if not (slip.place and slip.printed and slip.right):
        return "SLIP_INCOMPLETE"
    if max(map(len, (slip.place, slip.printed, slip.right))) > LONGEST_WORDS:
        return "SLIP_TOO_LONG"
    if slip.printed == slip.right:
        return "SLIP_UNCHANGED"
    return "" if slip.printed.casefold() in document else "SLIP_NOT_PRINTED"
