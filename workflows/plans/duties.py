"""What a plan lays on bodies: a duty for each task or task row, and the rules by which they report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count

from .bodies import split_bodies
from .budget import budget_of
from .document import PlanDocument
from .document_parts import Due, Json, Report
from .names import body_key
from .report_periods import rhythms_named
from .task import Task, TaskRow
from .time_shapes import Continuous, TimeShape, times_to_json

EVERY = ("year", "half", "quarter", "month")
TASK, ESTIMATE = "nhiem_vu", "du_toan"
NO_TIME, NO_LEAD = "thoi_han", "chu_tri"
_APART = re.compile(r"#\d+")
# "Các phòng, đơn vị", "các cơ quan, đơn vị được giao nhiệm vụ": whoever leads a duty is meant, in that group or not.
_EVERYBODY = re.compile(
    r"\b(?:co quan|don vi)(?: dia phuong)?"
    r"(?: (?:co )?lien quan| duoc (?:giao|phan cong)\b.*| chu tri\b.*| thuc hien\b.*)?$"
)


@dataclass(frozen=True)
class Duty:
    """One task, or one product row of it: who leads, who helps, when, with what result, and its line in the plan.

    `time` is empty where its words were not understood, or where a task of a list or table has none. What running text
    lays on somebody without a word about time ("Công an xã tham mưu giữ vững an ninh") holds as long as the plan.
    """

    no: str
    title: str
    leads: tuple[str, ...]
    coop: tuple[str, ...]
    lead_raw: str | None
    coop_raw: str | None
    time_raw: str | None
    time: tuple[TimeShape, ...]
    products: tuple[str, ...]
    line: int
    budget_raw: str | None = None
    kind: str = TASK

    @property
    def unclear(self) -> str | None:
        """What a person has to settle before anything can open: NO_TIME, NO_LEAD; None when both are known."""
        if not self.leads:
            return NO_LEAD
        return None if self.time else NO_TIME

    def time_json(self) -> Json | list[Json] | None:
        """The time as plan.schema.md has it."""
        return times_to_json(self.time)


@dataclass(frozen=True)
class ReportRule:
    """One report cycle: units report to the office (through `via`), the office to its parent; two dates, one rule.

    `assumed` says that the plan names no day: then the year of NĐ 09/2019/NĐ-CP holds (15/12 to 14/12). `only` are
    the keys of the periods where the plan names some ("quý III/2023"), empty for every one.
    """

    every: str
    units: tuple[str, ...]
    via: str | None
    parent: str | None
    unit_due: Due | None
    office_due: Due | None
    assumed: bool
    line: int | None
    kind: str = "periodic"
    only: tuple[str, ...] = ()

    def unit_due_json(self) -> Json | None:
        """The units' due date, {"month", "day", "rel"}, or None."""
        return self.unit_due.to_json() if self.unit_due else None

    def office_due_json(self) -> Json | None:
        """The office's due date, {"month", "day", "rel"}, or None."""
        return self.office_due.to_json() if self.office_due else None


def duties_of(document: PlanDocument) -> tuple[Duty, ...]:
    """The duties in the order of the plan; a task with several rows gives one for each ("2.1", "2.2").

    What the plan says of its estimate (dự toán) with a day of its own is a duty, too, behind the others ("KP1").
    """
    tasks = tuple(_numbered(duty for task in document.tasks for duty in _duties(task)))
    return (*tasks, *_estimates(document, tasks))


def report_rules_of(document: PlanDocument) -> tuple[ReportRule, ...]:
    """One rule for each rhythm of reporting; a plan without any gets the yearly one, assumed."""
    periodic = [report for report in document.reports if report.kind == "periodic" and not _elsewhere(report, document)]
    focal = _focal_units(periodic, document)
    upward = [report for report in periodic if _goes_up(report, focal, document)]
    inward = [report for report in periodic if report not in upward]
    rhythms = list(dict.fromkeys(every for report in (*inward, *upward) for every in _rhythms(report, document)))
    rules = [_rule(every, inward, upward, document) for every in rhythms]
    if "year" in rhythms:  # then the second half is the year's report (NĐ 09/2019/NĐ-CP Điều 12)
        rules = [replace(rule, every="six") if rule.every == "half" else rule for rule in rules]
    return tuple(rules) or (ReportRule("year", _all_leads(document), None, None, None, None, True, None),)


def number_in_document(no: str) -> str:
    """The number as the document prints it: "#2" tells tasks of one number apart and is no word for people."""
    return _APART.sub("", no)


def _numbered(duties: Iterable[Duty]) -> Iterator[Duty]:
    """Sections of a plan may each count from 1; a number that comes again says so: "3", "3 (2)"."""
    taken: set[str] = set()
    for duty in duties:
        names = chain([duty.no], (f"{duty.no} ({times})" for times in count(2)))
        no = next(name for name in names if name not in taken)
        taken.add(no)
        yield duty if no == duty.no else replace(duty, no=no)


def _duties(task: Task) -> list[Duty]:
    if len(task.rows) > 1:
        return [_row_duty(task, row, number) for number, row in enumerate(task.rows, start=1)]
    return [
        Duty(
            task.no,
            task.title,
            task.lead,
            task.coop,
            task.lead_raw,
            task.coop_raw,
            task.time_raw,
            _time_of(task),
            task.products,
            task.first_line,
            task.budget_raw,
        )
    ]


def _estimates(document: PlanDocument, tasks: Sequence[Duty]) -> Iterator[Duty]:
    """Statements on the budget that name a day, unless the line is a task already."""
    lines = {line for task in document.tasks for line in range(task.first_line, task.last_line + 1)}
    stated = [line for line in budget_of(document) if line.time and line.who and line.line not in lines]
    for number, line in enumerate(stated, start=1):
        leads = tuple(dict.fromkeys(name for duty in tasks for name in duty.leads)) if line.by_all_leads else ()
        leads = leads or tuple(split_bodies(line.who or ""))
        yield Duty(
            f"KP{number}", line.text[:200], leads, (), line.who, None, None, line.time, (), line.line, None, ESTIMATE
        )


def _row_duty(task: Task, row: TaskRow, number: int) -> Duty:
    product = "; ".join(row.text)
    title = f"{task.title}: {product}" if product else task.title
    lead = row.lead or task.lead
    lead_raw = "; ".join(lead) or None
    coop_raw = "; ".join(row.coop) or None
    no = f"{task.no}.{number}"
    time = row.time or (() if row.time_raw else _time_of(task))
    budget = "; ".join(row.budget_raw) or task.budget_raw
    return Duty(no, title, lead, row.coop, lead_raw, coop_raw, row.time_raw, time, row.text, row.line, budget)


def _time_of(task: Task) -> tuple[TimeShape, ...]:
    """Its time; running text without any words about time holds all along."""
    told_without_time = task.kind == "narrative" and not task.time_raw
    return task.time or ((Continuous(),) if told_without_time else ())


def _elsewhere(report: Report, document: PlanDocument) -> bool:
    """Between two other authorities ("UBND các xã" to "UBND các huyện"): no report of this office."""
    sides = (report.sender, report.addressee)
    return all(side is not None and _is_authority(side, document) and not _is_office(side, document) for side in sides)


def _focal_units(reports: Sequence[Report], document: PlanDocument) -> set[str]:
    """Those through whom reports go, and those who receive reports and report on themselves."""
    senders = {body_key(report.sender) for report in reports if report.sender}
    received = {body_key(report.addressee) for report in reports if report.addressee}
    through = {body_key(report.via) for report in reports if report.via}
    own = {body_key(document.issuer.name)} if document.issuer.name else set()
    return (through | (received & senders)) - own


def _goes_up(report: Report, focal: set[str], document: PlanDocument) -> bool:
    """From the office or its focal unit, or to another authority: the consolidated report."""
    if report.sender and (_is_office(report.sender, document) or body_key(report.sender) in focal):
        return True
    addressee = report.addressee
    return addressee is not None and _is_authority(addressee, document) and not _is_office(addressee, document)


def _is_authority(name: str, document: PlanDocument) -> bool:
    """An authority of its own; to a province its sở are units."""
    heads = ("uy ban nhan dan", "bo ", "chinh phu")
    return body_key(name).startswith(heads if document.issuer.level == "tỉnh" else (*heads, "so "))


def _is_office(name: str | None, document: PlanDocument) -> bool:
    if name is None or document.issuer.name is None:
        return False
    own, other = body_key(document.issuer.name), body_key(name)
    return other == own or (own.startswith(f"{other} ") and document.issuer.level is not None)


def _rhythms(report: Report, document: PlanDocument) -> dict[str, tuple[str, ...]]:
    """How often it is asked for, each with the keys of the only periods where the words name some."""
    named = rhythms_named(report.periods, document.period)
    return named or {report.every if report.every in EVERY else "year": ()}


def _rule(every: str, inward: Sequence[Report], upward: Sequence[Report], document: PlanDocument) -> ReportRule:
    units = [report for report in inward if every in _rhythms(report, document)]
    office = [report for report in upward if every in _rhythms(report, document)]
    named = [_rhythms(report, document)[every] for report in (*units, *office)]
    only = tuple(dict.fromkeys(key for keys in named for key in keys)) if all(named) else ()
    senders = tuple(dict.fromkeys(name for report in units for name in split_bodies(report.sender or "")))
    if not senders or any(_EVERYBODY.search(body_key(name)) for name in senders):
        senders = tuple(dict.fromkeys((*senders, *_all_leads(document))))
    via = next((report.via for report in units if report.via), None) or _receiver(units, document)
    senders = tuple(name for name in senders if via is None or body_key(name) != body_key(via)) or senders
    unit_due, office_due = _first_due(units), _first_due(office)
    line = min(report.line for report in (*units, *office))
    parent = next((one.addressee for one in office if one.addressee and not _is_office(one.addressee, document)), None)
    assumed = unit_due is None and office_due is None
    return ReportRule(every, senders, via, parent, unit_due, office_due, assumed, line, only=only)


def _receiver(reports: Sequence[Report], document: PlanDocument) -> str | None:
    """The unit to which the reports are sent, when that is not the office itself."""
    return next((one.addressee for one in reports if one.addressee and not _is_office(one.addressee, document)), None)


def _first_due(reports: Sequence[Report]) -> Due | None:
    return next((report.due for report in reports if report.due is not None and report.due.names_day), None)


def _all_leads(document: PlanDocument) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for duty in duties_of(document) for name in duty.leads))
