"""Which lines of a book are looked at: the same questions for what goes out and for what comes in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PAGE_SIZE = 50
# A whole book on paper or in a file; a year of a province's office stays below it.
WHOLE_BOOK = 20_000


@dataclass(frozen=True)
class BookQuery:
    """One year of the books of these offices, narrowed; words are compared without case and marks."""

    office_ids: frozenset[int]
    year: int
    series: str = ""
    words: str = ""
    signer: str = ""
    other_side: str = ""  # out: an addressee; in: the issuer
    first_day: date | None = None
    last_day: date | None = None
    first: int | None = None
    last: int | None = None
    status: str = ""
    before: int | None = None  # only lines entered before the one with this id


def pattern(folded: str) -> str:
    """Folded words as they stand somewhere in a column, for LIKE with the escape character "!"."""
    escaped = folded.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"
