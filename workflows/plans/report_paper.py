"""Báo cáo of a cycle as a document: the words of the office, then each unit's figures and the totals they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from .consolidation import Given, Total, totals_of
from .dates import format_short
from .normalise import squeeze
from .numbering import report_symbol, unit_symbol
from .official_document import Block, Heading, OfficialDocument, Table, Text
from .paragraphs import marker_of
from .plan_matter import PlanMatter, paper_of
from .report_form import Line, figures_in, written

NOT_REPORTED = "Chưa báo cáo"
_LONGEST_HEADING = 120
_WIDE = 4  # figures that fit beside the names of the units; more stand below one another


@dataclass(frozen=True)
class Figures:
    """What stands below the words of a report: the lines, the units with what they gave, the days they sent it."""

    form: Sequence[Line]
    given: Sequence[Given]
    sent: Mapping[int, date] = field(default_factory=dict)


def report(
    matter: PlanMatter, words: str, figures: Figures, *, about: str, receivers: Sequence[str]
) -> OfficialDocument:
    """The report with this period or matter (`about`: "năm 2026"); a unit that gave no figure is named as such."""
    body: list[Block] = [_block(line) for line in words.splitlines() if line.strip()]
    if figures.given:
        body += [Text("Tổng hợp số liệu của các cơ quan, đơn vị:"), *_tables(figures)]
    return paper_of(
        matter.office,
        matter,
        symbol=report_symbol(matter.office.name),
        type_name="BÁO CÁO",
        subject=f"Kết quả thực hiện Kế hoạch {matter.about} ({about})",
        body=body,
        recipients=(*(f"{each};" for each in receivers), f"Lưu: VT, {unit_symbol(matter.unit.name)}."),
    )


def _tables(figures: Figures) -> list[Block]:
    lines, totals = figures_in(figures.form), totals_of(figures.form, figures.given)
    if len(lines) <= _WIDE:
        rows = [
            (str(at), each.unit, _sent(figures, each), *(_figure(line, each) for line in lines))
            for at, each in enumerate(figures.given, start=1)
        ]
        rows.append(("", "Tổng", "", *(_total(total) for total in totals)))
        return [Table(("TT", "Đơn vị", "Ngày gửi", *(_head(line) for line in lines)), tuple(rows))]
    units = [(str(at), each.unit, _sent(figures, each)) for at, each in enumerate(figures.given, start=1)]
    sums = [
        (str(at), total.line.label, total.line.unit, _total(total), "; ".join(total.missing) or "không")
        for at, total in enumerate(totals, start=1)
    ]
    header = ("TT", "Nội dung", "Đơn vị tính", "Tổng", NOT_REPORTED)
    return [Table(("TT", "Đơn vị", "Ngày gửi"), tuple(units)), Table(header, tuple(sums))]


def _head(line: Line) -> str:
    return f"{line.label} ({line.unit})" if line.unit else line.label


def _sent(figures: Figures, each: Given) -> str:
    day = figures.sent.get(each.body_id)
    return format_short(day) if day else "Chưa gửi"


def _figure(line: Line, each: Given) -> str:
    value = (each.figures or {}).get(line.key)
    return NOT_REPORTED if value is None else written(value)


def _total(total: Total) -> str:
    of = f"{total.reported}/{total.asked} đơn vị đã báo cáo"
    return f"{written(total.figure)} ({of})" if total.figure is not None else of


def _block(line: str) -> Block:
    """A line of a report as its author typed it: a short numbered one is a heading."""
    words = squeeze(line)
    kind, _, _ = marker_of(words)
    if kind in ("roman", "number") and len(words) <= _LONGEST_HEADING and not words.endswith((".", ";", ",")):
        return Heading(words, 1 if kind == "roman" else 2)
    return Text(words)
