"""The questions that are put to a book, kept in the address of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from service.auth.visit import Visit
from service.whole_number import whole_number
from service.words.dates import read_day
from service.words.refusals import sentence_of
from workflows.errors import Reason
from workflows.store.local_days import local_day
from workflows.store.screens.book_query import BookQuery

from .mistakes import Mistake

FIELDS = ("nam", "loai", "tim", "nguoi_ky", "noi_nhan", "tu_ngay", "den_ngay", "tu_so", "den_so", "tinh_trang")
LONGEST = 200
YEARS = range(1945, 10_000)


@dataclass(frozen=True)
class Shown:
    """What was asked, as it was typed, the same as a query, and what of it could not be understood."""

    year: int
    typed: Mapping[str, str]
    query: BookQuery
    wrong: list[Mistake] = field(default_factory=list)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the year is asked."""
        return any(value for name, value in self.typed.items() if name != "nam")

    def address(self, path: str, **more: object) -> str:
        """The same questions at another page of the book."""
        asked = {name: value for name, value in self.typed.items() if value} | {"nam": self.year}
        return f"{path}?{urlencode(asked | {name: str(value) for name, value in more.items()})}"


def shown_of(visit: Visit, office_ids: frozenset[int]) -> Shown:
    """The questions in the address of this request; what cannot be understood is said and not asked."""
    params = visit.request.query_params
    typed = {name: params.get(name, "").strip()[:LONGEST] for name in FIELDS}
    wrong: list[Mistake] = []
    year = whole_number(typed["nam"])
    if year is None or year not in YEARS:
        year = local_day(visit.now).year
    typed["nam"] = str(year)
    query = BookQuery(
        office_ids,
        year,
        typed["loai"],
        typed["tim"],
        typed["nguoi_ky"],
        typed["noi_nhan"],
        _day(typed, "tu_ngay", wrong),
        _day(typed, "den_ngay", wrong),
        whole_number(typed["tu_so"]),
        whole_number(typed["den_so"]),
        typed["tinh_trang"],
        whole_number(params.get("truoc", "")),
    )
    return Shown(year, typed, query, wrong)


def _day(typed: Mapping[str, str], name: str, wrong: list[Mistake]) -> date | None:
    if not typed[name]:
        return None
    day = read_day(typed[name])
    if day is None:
        wrong.append(Mistake(name, sentence_of(Reason("BAD_DATE", {"value": typed[name]}))))
    return day
