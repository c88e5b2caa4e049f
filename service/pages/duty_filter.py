"""The questions that are put to the table of duties, kept in the address of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from service.auth.visit import Visit
from service.whole_number import whole_number
from service.words import duty_words
from workflows.store.local_days import local_day
from workflows.store.screens.duty_table import STATES, DutyQuery

FIELDS = ("ke_hoach", "don_vi", "phoi_hop", "trang_thai", "ky", "muon", "xep", "nguoc")
LONGEST = 40
# What is asked when nothing is: a plan of five years would fill the page with what begins in four.
THIS_YEAR = "nam"


@dataclass(frozen=True)
class Asked:
    """What was asked, as it was typed, and as a query."""

    typed: Mapping[str, str]
    query: DutyQuery

    @property
    def narrowed(self) -> bool:
        """Whether anything but the order is asked."""
        others = any(self.typed[name] for name in ("ke_hoach", "don_vi", "phoi_hop", "trang_thai", "muon"))
        return others or self.typed["ky"] != THIS_YEAR

    def address(self, path: str, **more: object) -> str:
        """The same questions at another page, some of them put otherwise ("" takes one back)."""
        asked = {**self.typed, **{name: str(value) for name, value in more.items()}}
        words = urlencode({name: value for name, value in asked.items() if value})
        return f"{path}?{words}" if words else path


def asked_of(visit: Visit) -> Asked:
    """The questions in the address of this request; what is none of ours asks nothing."""
    params = visit.request.query_params
    typed = {name: params.get(name, "").strip()[:LONGEST] for name in FIELDS}
    typed["trang_thai"] = typed["trang_thai"] if typed["trang_thai"] in STATES else ""
    typed["ky"] = typed["ky"] if typed["ky"] in duty_words.SPAN else THIS_YEAR
    typed["xep"] = typed["xep"] if typed["xep"] in duty_words.ORDER else ""
    first, last = _span(typed["ky"], local_day(visit.now))
    query = DutyQuery(
        plan_id=whole_number(typed["ke_hoach"]),
        body_id=whole_number(typed["don_vi"]),
        helper_id=whole_number(typed["phoi_hop"]),
        state=typed["trang_thai"],
        late=bool(typed["muon"]),
        first=first,
        last=last,
        order=typed["xep"] or "han",
        backwards=bool(typed["nguoc"]),
    )
    return Asked(typed, query)


def _span(name: str, today: date) -> tuple[date | None, date | None]:
    """This month, quarter or year, first and last day."""
    length = {"thang": 1, "quy": 3, "nam": 12}.get(name)
    if length is None:
        return None, None
    month = (today.month - 1) // length * length + 1
    following = date(today.year + (month + length - 1) // 12, (month + length - 1) % 12 + 1, 1)
    return date(today.year, month, 1), following - timedelta(days=1)
