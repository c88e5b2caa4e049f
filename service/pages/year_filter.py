"""The questions put to the figures, kept in the address of their page: year, office, unit, field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import Connection

from service.auth.visit import Visit
from service.whole_number import whole_number
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens import sight
from workflows.store.screens.labels import body_names
from workflows.store.screens.year_of_office import YearOfOffice, drafting_units, first_year

PAGE = "/so-lieu"


@dataclass(frozen=True)
class Shown:
    """What is asked, and what may be chosen instead."""

    asked: YearOfOffice
    years: list[int]
    offices: Mapping[int, str]
    units: Mapping[int, str]
    fields: Mapping[int, str]

    @property
    def office_id(self) -> int | None:
        """The one office that is chosen where the person belongs to several."""
        return next(iter(self.asked.office_ids)) if len(self.asked.office_ids) == 1 else None

    @property
    def narrowed(self) -> bool:
        """Whether anything but the year and the office is asked."""
        return self.asked.unit_id is not None or self.asked.field_id is not None

    def address(self, path: str = PAGE, **more: object) -> str:
        """The same questions at another page."""
        chosen = {"nam": self.asked.year, "don_vi": self.asked.unit_id, "linh_vuc": self.asked.field_id}
        if len(self.offices) > 1:
            chosen["co_quan"] = self.office_id
        kept = {name: value for name, value in (chosen | more).items() if value is not None}
        return f"{path}?{urlencode(kept)}"


def shown_of(visit: Visit, connection: Connection) -> Shown:
    """The questions in the address of this request; what cannot be chosen is not asked."""
    own = sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now).office_ids
    names = body_names(connection, own)
    chosen = _chosen(visit, "co_quan", names)
    office_ids = frozenset([chosen]) if chosen is not None else own
    today = local_day(visit.now)
    since = min(first_year(connection, office_ids) or today.year, today.year)
    years = list(range(today.year + 1, since - 1, -1))
    units = {
        each.id: each.name
        for office_id in sorted(office_ids)
        for each in directory.bodies_of(connection, office_id, today)
        if each.kind != "group"
    }
    fields = drafting_units(connection, office_ids)
    year = _chosen(visit, "nam", dict.fromkeys(years, "")) or today.year
    asked = YearOfOffice(office_ids, year, _chosen(visit, "don_vi", units), _chosen(visit, "linh_vuc", fields))
    return Shown(asked, years, names, units, fields)


def _chosen(visit: Visit, name: str, possible: Mapping[int, str]) -> int | None:
    number = whole_number(visit.request.query_params.get(name, ""))
    return number if number in possible else None
