"""Chế độ báo cáo of a plan: who reports what to whom by when, set by hand; reports on a matter or at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import report_words
from service.words.dates import day_words, read_day
from workflows.actions.reports.keepers import keeps_rules
from workflows.actions.reports.open_once import OnceEntry, open_once
from workflows.actions.reports.set_rule import Reporters, RuleEntry, end_rule, set_rule
from workflows.errors import NotFound, Reason, Refused
from workflows.plans.report_entry import due_in, due_words, form_in, form_words
from workflows.plans.report_form import Line, form_of
from workflows.plans.report_periods import periods_words, rhythms_named
from workflows.store import plans, reporting
from workflows.store.local_days import local_day
from workflows.store.screens import report_rules as screen

from .mistakes import Mistake, mistakes_of
from .plan import open_plan, plan_tab

pages = Pages()
RULES = "/ke-hoach/{plan_id}/che-do-bao-cao"
DUES = ("han_don_vi", "han_co_quan")


@pages.get(RULES, PERSON)
def rules(visit: Guest, plan_id: int) -> Response:
    """Every rule of the plan, with where it comes from and when it opens next."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        return plan_tab(
            visit,
            opened,
            "bao-cao",
            template="report_rules.html",
            rules=screen.rules_seen(connection, plan_id),
            unasked=screen.unasked(connection, plan_id),
            keeps=keeps_rules(visit.person.groups, opened.top.plan),
            due_words=due_words,
            report_words=report_words,
            periods_words=periods_words,
        )


@pages.get(RULES + "/moi", PERSON)
def new_rule(visit: Guest, plan_id: int) -> Response:
    """An empty rule."""
    return _form(visit, plan_id, "moi", {"chu_ky": "year"}, [])


@pages.post(RULES + "/moi", PERSON)
def add_rule(visit: Guest, plan_id: int) -> Response:
    """Keep a rule that the plan does not have."""
    return _do(visit, plan_id, "moi", lambda: set_rule(visit.desk(), plan_id, _rule(visit), visit.form.text("ly_do")))


@pages.get(RULES + "/mot-lan", PERSON)
def new_report(visit: Guest, plan_id: int) -> Response:
    """A report on one matter, or at once: opens today unless said otherwise."""
    today = day_words(local_day(visit.now))
    return _form(visit, plan_id, "mot-lan", {"loai": "chuyen_de", "mo_ngay": today, "den_ngay": today}, [])


@pages.post(RULES + "/mot-lan", PERSON)
def ask_report(visit: Guest, plan_id: int) -> Response:
    """Ask for the report."""
    return _do(
        visit, plan_id, "mot-lan", lambda: open_once(visit.desk(), plan_id, _once(visit), visit.form.text("ly_do"))
    )


@pages.get(RULES + "/{rule_id}", PERSON)
def one_rule(visit: Guest, plan_id: int, rule_id: int) -> Response:
    """The rule as it stands, to be changed."""
    with visit.web.database.read() as connection:
        rule = reporting.rule(connection, rule_id)
    if rule.plan_id != plan_id or not rule.is_periodic or rule.ended_at is not None:
        raise NotFound("report_rule", id=rule_id)
    typed = {
        "chu_ky": rule.every,
        "dau_moi": str(rule.focal_body_id),
        "cap_tren": str(rule.parent_body_id or ""),
        "han_don_vi": due_words(rule.unit_due),
        "han_co_quan": due_words(rule.office_due),
        "ngay_chot": str(rule.cutoff_day or ""),
        "chi_ky": periods_words(rule.only),
        "bieu": form_words(form_of(rule.form)) if rule.form else "",
    }
    return _form(visit, plan_id, str(rule_id), typed, [str(unit) for unit in rule.units])


@pages.post(RULES + "/{rule_id}", PERSON)
def change_rule(visit: Guest, plan_id: int, rule_id: int) -> Response:
    """Change the rule; open cycles stay as they opened."""
    reason = visit.form.text("ly_do")
    return _do(
        visit, plan_id, str(rule_id), lambda: set_rule(visit.desk(), plan_id, _rule(visit), reason, rule_id=rule_id)
    )


@pages.post(RULES + "/{rule_id}/bo", PERSON)
def take_back(visit: Guest, plan_id: int, rule_id: int) -> Response:
    """Take the rule back."""
    return _do(visit, plan_id, str(rule_id), lambda: end_rule(visit.desk(), plan_id, rule_id, visit.form.text("ly_do")))


def _rule(visit: Visit) -> RuleEntry:
    form = visit.form
    lines, reasons = form_in(form.text("bieu"))
    dues = {name: due_in(form.text(name)) for name in DUES}
    reasons += [Reason(due.code, {**due.facts, "field": name}) for name, due in dues.items() if isinstance(due, Reason)]
    cutoff = form.text("ngay_chot")
    day = whole_number(cutoff, 3)
    if cutoff and day is None:
        reasons.append(Reason("BAD_FIELD", {"field": "ngay_chot", "value": cutoff[:20]}))
    only = rhythms_named([form.text("chi_ky")], None)
    if form.text("chi_ky") and set(only) != {form.text("chu_ky")}:
        reasons.append(Reason("BAD_FIELD", {"field": "chi_ky", "value": form.text("chi_ky")[:40]}))
    if reasons:
        raise Refused.because(reasons)
    unit_due, office_due = (None if isinstance(due, Reason) else due for due in dues.values())
    return RuleEntry(
        form.text("chu_ky"), _reporters(visit), unit_due, office_due, day, lines, only.get(form.text("chu_ky"), ())
    )


def _once(visit: Visit) -> OnceEntry:
    form = visit.form
    lines, reasons = form_in(form.text("bieu"))
    days: dict[str, date] = {}
    for name in ("tu_ngay", "den_ngay", "mo_ngay", *DUES):
        day = read_day(form.text(name)) if form.text(name) else None
        if day is None:
            code = "BAD_DATE" if form.text(name) else "FIELD_REQUIRED"
            reasons.append(Reason(code, {"field": name, "value": form.text(name)[:40]}))
        else:
            days[name] = day
    if reasons:
        raise Refused.because(reasons)
    return OnceEntry(
        form.text("loai"),
        form.text("ten_bao_cao"),
        _reporters(visit),
        window_from=days["tu_ngay"],
        window_to=days["den_ngay"],
        opens_on=days["mo_ngay"],
        unit_due=days["han_don_vi"],
        office_due=days["han_co_quan"],
        form=lines,
    )


def _reporters(visit: Visit) -> Reporters:
    form = visit.form
    return Reporters(
        [_id(each, "don_vi") for each in form.many.get("don_vi", ())],
        _id(form.text("dau_moi"), "dau_moi"),
        _id(form.text("cap_tren"), "cap_tren") if form.text("cap_tren") else None,
    )


def _id(typed: str, field: str) -> int:
    number = whole_number(typed)
    if number is None:
        raise Refused("FIELD_REQUIRED" if not typed else "BAD_FIELD", field=field, value=typed[:40])
    return number


def _do(visit: Visit, plan_id: int, which: str, verb: Callable[[], object]) -> Response:
    units = list(visit.form.many.get("don_vi", ()))
    if visit.form.has("xem_lai"):
        return _form(visit, plan_id, which, visit.form.fields, units)
    try:
        verb()
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _form(visit, plan_id, which, visit.form.fields, units, mistakes_of(refused), 422)
    visit.web.nudge()
    return visit.go(f"/ke-hoach/{plan_id}/che-do-bao-cao")


def _form(  # noqa: PLR0917 - what a form gives back
    visit: Visit,
    plan_id: int,
    which: str,
    typed: Mapping[str, Any],
    units: list[str],
    wrong: list[Mistake] | None = None,
    status: int = 200,
) -> Response:
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        plan = plans.plan(connection, plan_id)
        if not keeps_rules(visit.person.groups, plan):
            raise Refused("NOT_YOURS", plan=plan_id)
        return plan_tab(
            visit,
            opened,
            "bao-cao",
            status,
            template="report_rule_form.html",
            which=which,
            typed=typed,
            chosen=set(units),
            choices=screen.choices(connection, plan, local_day(visit.now)),
            wrong=wrong or [],
            rhythms=report_words.RHYTHM,
            kinds=[each for each in report_words.RULE_KIND.items() if each[0] != "dinh_ky"],
            example=_EXAMPLE,
        )


_TAKEN, _IN_TIME, _WISHES = report_words.EXAMPLE_LINES
_EXAMPLE = form_words(
    [
        Line("d1", _TAKEN[0], unit=_TAKEN[1], whole=True),
        Line("d2", _IN_TIME[0], unit=_IN_TIME[1], join="trung_binh", required=False),
        Line("d3", _WISHES[0], kind="chu"),
    ]
)
