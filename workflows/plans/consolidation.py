"""Many units' figures as one: sums that say how many units they hold, and what of them goes up to the next level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .normalise import low
from .report_form import APART, FIGURE, MEAN, Line, figures_in, kept

FLAGGED = Decimal("0.2")  # a change of a fifth against the period before is pointed out by default


@dataclass(frozen=True)
class Given:
    """What one unit gave: its figures by line, None where it sent no report; `coverage` where it consolidated others.

    `coverage` maps a line to (units that gave the figure, units asked) below the unit.
    """

    body_id: int
    unit: str
    figures: Mapping[str, int | str] | None
    coverage: Mapping[str, Sequence[int]] | None = None


@dataclass(frozen=True)
class Total:
    """One line over all units: the figure (None: no unit gave one, or figures that are not joined), who is missing.

    `reported` of `asked` units gave it, or where these consolidated others, units of the lowest level.
    """

    line: Line
    figure: Decimal | None
    reported: int
    asked: int
    missing: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether every unit that was asked is in the figure."""
        return self.reported == self.asked


@dataclass(frozen=True)
class Compared:
    """A total beside the same of the year before and the target; `change` is a share of the year before.

    A change of the share `flagged` or more, up or down, is to be looked at.
    """

    total: Total
    before: Decimal | None
    change: Decimal | None
    flagged: Decimal = FLAGGED

    @property
    def is_flagged(self) -> bool:
        """Whether the change is large enough to be looked at."""
        return self.change is not None and abs(self.change) >= self.flagged

    @property
    def reached(self) -> bool | None:
        """Whether the target of the line is reached; None without a target or a figure."""
        if self.total.line.target is None or self.total.figure is None:
            return None
        return self.total.figure >= self.total.line.target


def totals_of(form: Sequence[Line], given: Sequence[Given]) -> tuple[Total, ...]:
    """Each figure line over all units; what nobody gave stays None and is never counted as zero."""
    return tuple(_total(line, given) for line in figures_in(form))


def _total(line: Line, given: Sequence[Given]) -> Total:
    found = [Decimal(str(each.figures[line.key])) for each in given if each.figures and line.key in each.figures]
    missing = tuple(each.unit for each in given if not each.figures or line.key not in each.figures)
    reported = asked = 0
    for each in given:
        has = bool(each.figures) and line.key in (each.figures or {})
        below = (each.coverage or {}).get(line.key)
        reported += (below[0] if below else 1) if has else 0
        asked += below[1] if below else 1
    return Total(line, _joined(line, found), reported, asked, missing)


def _joined(line: Line, found: Sequence[Decimal]) -> Decimal | None:
    if not found or line.join == APART:
        return None
    if line.join == MEAN:
        return (sum(found, Decimal(0)) / len(found)).quantize(Decimal("0.01"))
    return sum(found, Decimal(0))


def compared(
    totals: Sequence[Total], before: Mapping[str, int | str], flagged: Decimal = FLAGGED
) -> tuple[Compared, ...]:
    """Each total beside the year before; a figure that was not reported then is not compared."""
    return tuple(_compared(total, before.get(total.line.key), flagged) for total in totals)


def _compared(total: Total, before: int | str | None, flagged: Decimal) -> Compared:
    earlier = None if before is None else Decimal(str(before))
    if earlier is None or total.figure is None or not earlier:
        return Compared(total, earlier, None, flagged)
    return Compared(total, earlier, (total.figure - earlier) / abs(earlier), flagged)


def summary_json(form: Sequence[Line], given: Sequence[Given], sent: Mapping[int, str | None]) -> dict[str, Any]:
    """What a report was consolidated from, to be frozen with it: the lines, each unit's figures, the totals."""
    return {
        "form": [line.to_json() for line in form],
        "units": [
            {
                "body": each.body_id,
                "unit": each.unit,
                "figures": None if each.figures is None else dict(each.figures),
                "coverage": None if each.coverage is None else dict(each.coverage),
                "sent": sent.get(each.body_id),
            }
            for each in given
        ],
    }


def given_in(summary: Mapping[str, Any]) -> list[Given]:
    """The units of a frozen summary."""
    return [Given(each["body"], each["unit"], each["figures"], each["coverage"]) for each in summary["units"]]


def carried_up(
    totals: Sequence[Total], above: Sequence[Line]
) -> tuple[dict[str, int | str], dict[str, list[int]], list[str]]:
    """The totals as figures of the form of the level above, how many units each holds, and what does not fit.

    A line is the same one by its words and its unit; figures in another unit are named and not carried.
    """
    figures: dict[str, int | str] = {}
    coverage: dict[str, list[int]] = {}
    misfits: list[str] = []
    by_label = {low(total.line.label): total for total in totals}
    for line in above:
        total = by_label.get(low(line.label))
        if line.kind != FIGURE or total is None:
            continue
        if low(total.line.unit) != low(line.unit):
            misfits.append(f"{line.label} ({total.line.unit or 'không đơn vị'}, cấp trên cần {line.unit or 'không'})")
        else:
            coverage[line.key] = [total.reported, total.asked]
            if total.figure is not None:
                figures[line.key] = kept(total.figure)
    return figures, coverage, misfits
