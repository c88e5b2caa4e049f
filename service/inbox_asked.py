"""What the address of the inbox asks for; the list, its feed and a saved filter all mean the same by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from workflows.plans.names import fold

from .words import dates, inbox_words, vi

LONGEST_WORDS = 100
# Until when something is due, by the key in the address: days of the office from today, 0 its end.
_DAYS = {"hom_nay": 0, "tuan": 7}


@dataclass(frozen=True)
class Asked:
    """Behind which task the page begins, and what narrows the list: a step, words of the plan, a due date."""

    after: str | None = None
    form: str = ""
    words: str = ""
    due: str = ""  # tre | hom_nay | tuan

    @property
    def query(self) -> str:
        """What narrows the list, as it stands in an address."""
        given = {"tim": self.words, "buoc": self.form, "han": self.due}
        return urlencode({name: value for name, value in given.items() if value})

    @property
    def folded(self) -> str:
        """The words as titles are kept to be searched."""
        return fold(self.words)

    def until(self, now: datetime) -> datetime | None:
        """The instant before which something must be due to be listed."""
        if not self.due:
            return None
        if self.due == "tre":
            return now
        return dates.end_of_day(dates.local_day(now) + timedelta(days=_DAYS[self.due])) + timedelta(seconds=1)


EVERYTHING = Asked()


def asked_of(given: Mapping[str, str]) -> Asked:
    """What these fields of an address ask for; what means nothing is left out."""
    form, due = given.get("buoc", ""), given.get("han", "")
    return Asked(
        given.get("sau", "")[:40] or None,
        form if form in vi.FORM_VERB else "",
        " ".join(given.get("tim", "").split())[:LONGEST_WORDS],
        due if due in inbox_words.DUE_FILTER else "",
    )
