"""Enter what an index was in a year, with its source; what was entered before stays on record."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.errors import Reason, Refused
from workflows.plans.report_form import LONGEST_LABEL, LONGEST_UNIT, Line, read_figure
from workflows.store import indices

from .desk import Desk
from .outgoing_line import require_clerk
from .reasons import reason_in

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True)
class IndexEntry:
    """One year of an index as a person typed it; figures as offices write them, empty where there is none."""

    name: str
    unit: str
    year: str
    value: str = ""
    rank: str = ""
    target: str = ""
    source: str = ""
    rising: bool = True


def enter_index(desk: Desk, office_id: int, entry: IndexEntry) -> int:
    """Keep the year's value under the index of this name; the id of the index.

    Only văn thư of the office. Refused with all reasons: FIELD_REQUIRED, BAD_YEAR, FIGURE_…, REASON_REQUIRED.
    """
    with desk.open() as work:
        require_clerk(work, office_id)
        source = reason_in(entry.source, "nguon")
        reasons: list[Reason] = []
        name, unit = " ".join(entry.name.split())[:LONGEST_LABEL], " ".join(entry.unit.split())[:LONGEST_UNIT]
        if not name:
            reasons.append(Reason("FIELD_REQUIRED", {"field": "chi_so"}))
        if not entry.value.strip() and not entry.rank.strip() and not entry.target.strip():
            reasons.append(Reason("FIELD_REQUIRED", {"field": "gia_tri"}))
        year = entry.year.strip()
        if not (year.isascii() and year.isdecimal() and FIRST_YEAR <= int(year[:5]) <= LAST_YEAR):
            reasons.append(Reason("BAD_YEAR", {"field": "nam", "value": year[:20]}))
        figures = {
            "value": _figure(Line("gia_tri", "Giá trị", unit=unit, least=None), entry.value, reasons),
            "rank": _figure(Line("xep_hang", "Xếp hạng", whole=True), entry.rank, reasons),
            "target": _figure(Line("chi_tieu", "Chỉ tiêu", unit=unit, least=None), entry.target, reasons),
        }
        if reasons:
            raise Refused.because(reasons)
        index_id = indices.add_index(work.connection, office_id, name, unit, rising=entry.rising)
        indices.enter_value(
            work.connection,
            {
                "index_id": index_id,
                "year": int(year),
                "value": figures["value"],
                "rank": None if figures["rank"] is None else int(figures["rank"]),
                "target": figures["target"],
                "source": source,
                "entered_at": work.now,
                "entered_by": work.names,
            },
        )
        return index_id


def _figure(line: Line, typed: str, reasons: list[Reason]) -> str | None:
    """A figure as text, None for nothing typed; what is none is added to the reasons."""
    if not typed.strip():
        return None
    figure = read_figure(line, typed)
    if isinstance(figure, Reason):
        reasons.append(figure)
        return None
    return format(figure.normalize(), "f")
