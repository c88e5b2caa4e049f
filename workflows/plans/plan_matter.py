"""What the papers around a plan have in common: who issues them, which plan they are about, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .dates import format_long
from .letterhead import letterhead_of
from .numbering import body_symbol, format_number, unit_symbol
from .official_document import Appendix, Block, OfficialDocument


@dataclass(frozen=True)
class Sender:
    """A body that issues papers: its name, the body above it, its place, and its block as lines (signature_block)."""

    name: str
    superior: str | None
    place: str
    block: Sequence[str]


@dataclass(frozen=True)
class PlanMatter:
    """A plan as its papers speak of it; `number` and `issued_on` are None until it is issued."""

    title: str
    office: Sender
    unit: Sender
    day: date
    number: int | None = None
    symbol: str | None = None
    issued_on: date | None = None

    @property
    def called(self) -> str:
        """ "Kế hoạch số 16/KH-UBND ngày 20 tháng 02 năm 2024 …", or "dự thảo Kế hoạch …" before it is issued."""
        if self.number is None or self.symbol is None or self.issued_on is None:
            return f"dự thảo Kế hoạch {self.about}"
        return f"Kế hoạch số {self.notation} {format_long(self.issued_on)} của {self.office.name} {self.about}"

    @property
    def notation(self) -> str:
        """The number and symbol of the issued plan."""
        return format_number(self.number, self.symbol) if self.number and self.symbol else ""

    @property
    def about(self) -> str:
        """The title as it continues a sentence: "tuyên truyền cải cách hành chính …"."""
        title = self.title.removeprefix("Về việc ").removeprefix("về việc ")
        first, _, rest = title.partition(" ")
        # An abbreviation or a title in capitals stays; any other begins in lower case within a sentence.
        return title if first.isupper() else f"{first[:1].lower()}{first[1:]} {rest}".strip()


def paper_of(
    sender: Sender,
    matter: PlanMatter,
    *,
    symbol: str,
    type_name: str | None,
    subject: str,
    body: Sequence[Block],
    recipients: Sequence[str] = (),
    addressed_to: Sequence[str] = (),
    appendices: Sequence[Appendix] = (),
) -> OfficialDocument:
    """A paper of this sender about the plan, still without number and day."""
    block = [line for line in sender.block if line]
    return OfficialDocument(
        letterhead=letterhead_of(sender.name, sender.superior),
        symbol=symbol,
        number=None,
        place=sender.place,
        day=None,
        type_name=type_name,
        subject=subject,
        body=tuple(body),
        signature=tuple(block[:-1]),
        signer=block[-1] if block else "",
        recipients=tuple(recipients),
        addressed_to=tuple(addressed_to),
        appendices=tuple(appendices),
        draft=True,
        year=matter.day.year,
        month=matter.day.month,
        written_on=matter.day,
    )


def letter_symbol(matter: PlanMatter) -> str:
    """The symbol of a công văn: the issuing body and the unit that drafts it, "UBND-VHXH" (mục II.3)."""
    return f"{body_symbol(matter.office.name)}-{unit_symbol(matter.unit.name)}"
