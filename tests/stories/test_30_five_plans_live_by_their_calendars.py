"""`kehoach simulate` of the five real plans, day by day against calendars that were made by hand from their words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from service.cli.main import run
from tests.plans.calendars import PLANS, ByHand, Rung, calendar_of

TEXTS = Path(__file__).parents[1] / "plans" / "texts"
HALF_AN_HOUR = timedelta(minutes=30)
MORNING = time(7)
WRITTEN = "001_1bcad453b853a799"  # the plan of whose letters a test speaks; the others are not written


@pytest.fixture(params=PLANS)
def lived(request: pytest.FixtureRequest) -> tuple[Mapping[str, Any], ByHand]:
    """What `simulate --json` says of a plan, and its calendar."""
    return _simulated(request.param), calendar_of(request.param)


@cache
def _simulated(plan: str) -> Mapping[str, Any]:
    printed: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("builtins.print", printed.append)
        quiet = [] if plan == WRITTEN else ["--no-letters"]
        assert run(["simulate", str(TEXTS / f"{plan}.txt"), "--late", "0.25", "--seed", "7", "--json", *quiet]) == 0
    (text,) = printed
    return dict(json.loads(text))


def test_duties_open_and_are_due_on_their_days(lived: tuple[Mapping[str, Any], ByHand]) -> None:
    """A period that was over when the plan took force is passed over; all else opens on its morning or the next."""
    said, by_hand = lived
    in_force = _at(said["life"]["in_force"]).date()
    wanted = {(each.no, each.key): each for each in by_hand.duties}
    assert {(each["no"], each["key"]) for each in said["duties"]} == set(wanted)
    for each in said["duties"]:
        entry = wanted[each["no"], each["key"]]
        assert (each["due"], each["required"]) == (entry.due and entry.due.isoformat(), entry.count)
        if entry.due is not None and entry.due < in_force:
            assert each["passed_over"] == "truoc_hieu_luc" and each["opened"] is None
            continue
        first = max(entry.opens, in_force)
        assert each["opens"] == first.isoformat()
        assert _at(each["opened"]).date() in ({first} if first > in_force else {first, first + timedelta(days=1)})
        assert each["late"] == (entry.due is not None and (each["done"] is None or _day(each["done"]) > entry.due))


def test_reports_open_are_due_and_arrive_or_are_late(lived: tuple[Mapping[str, Any], ByHand]) -> None:
    said, by_hand = lived
    wanted = [(each.key, each.units.isoformat(), each.office.isoformat()) for each in by_hand.cycles]
    assert [(each["key"], each["unit_due"], each["office_due"]) for each in said["cycles"]] == wanted
    for each in said["cycles"]:
        assert _at(each["opened"]).date() == by_hand.opens[each["key"]]
        assert each["late"] == (_day(each["sent"]).isoformat() > each["office_due"])
        assert each["number"] is not None
        for unit in each["units"]:
            assert unit["status"] == ("da_gui" if unit["sent"] else "khong_gui")
            assert unit["late"] == bool(unit["sent"] and _day(unit["sent"]).isoformat() > each["unit_due"])


def test_whoever_waits_is_reminded_on_these_days_and_no_others(lived: tuple[Mapping[str, Any], ByHand]) -> None:
    said, by_hand = lived
    seen = set()
    for step in said["steps"]:
        if step["due"] is None or step["process"] == "ke_hoach" or step["step"] in ("xac_nhan", "duyet_ra_soat"):
            continue
        if step["step"] == "cap_so_bao_cao":
            continue
        ladder = by_hand.ladders[step["step"], _at(step["due"]).date()]
        seen.add((step["step"], _at(step["due"]).date()))
        noted = {(each["level"], each["target"]): _at(each["at"]) for each in step["reminders"]}
        wanted = dict(_reached(ladder, _at(step["opened"]), _at(step["closed"]) if step["closed"] else None))
        assert noted.keys() == wanted.keys(), step
        for rung, at in wanted.items():
            assert timedelta(0) <= noted[rung] - at <= HALF_AN_HOUR, (rung, step)
    assert seen, "no step was looked at"


def test_what_was_reminded_was_written_to_people() -> None:
    """Where a day has a reminder, a letter left on it."""
    said = _simulated(WRITTEN)
    reminded = {_day(each["at"]) for step in said["steps"] for each in step["reminders"] if each["level"] == 0}
    letters = {_day(each["at"]) for each in said["told"]}
    assert reminded and reminded <= letters


def test_the_year_turns_and_the_plan_ends_with_its_file(lived: tuple[Mapping[str, Any], ByHand]) -> None:
    said, by_hand = lived
    assert {each["year"]: _day(each["opened"]) for each in said["reviews"]} == {
        year: opens for year, (opens, _) in by_hand.reviews.items()
    }
    assert all(each["proposal"] == "giu" and each["decided"] for each in said["reviews"])
    dues = {each["about"]: _day(each["due"]) for each in said["steps"] if each["step"] == "ra_soat"}
    assert dues == {f"rà soát {year}": due for year, (_, due) in by_hand.reviews.items()}
    (closing,) = [each for each in said["steps"] if each["step"] == "ket_thuc_ke_hoach"]
    last = max(_at(each["sent"]) for each in said["cycles"])
    assert by_hand.over is not None
    assert _at(closing["opened"]).date() == max(by_hand.over, last.date())
    life = said["life"]
    assert (life["status"], life["ended"]) == ("closed", closing["closed"])
    assert _at(life["archived"]) == _at(life["ended"]).replace(hour=22, minute=0, second=0, microsecond=0)


def _reached(
    ladder: tuple[Rung, ...], opened: datetime, closed: datetime | None
) -> Iterator[tuple[tuple[int, str], datetime]]:
    """The rungs of whoever had the step then, each in the morning of its day, or at once where it opened later."""
    for rung in ladder:
        morning = datetime.combine(rung.on, MORNING, opened.tzinfo)
        if morning <= opened and rung.level <= 0:
            continue
        at = max(morning, opened)
        if closed is None or closed - at > timedelta(minutes=1):
            yield (rung.level, rung.target), at


def _at(instant: str) -> datetime:
    return datetime.fromisoformat(instant)


def _day(instant: str) -> date:
    return _at(instant).date()
