"""What makes the clock of an office's plans stand still: a setting, all states by default."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from workflows.plans.plan_time import STOPS, Happening, PlanTime, plan_time

from .cases import history
from .clockwork import calendar_of, set_setting, setting

KEY = "dung_dong_ho"


def stops_of(connection: Connection, office_id: int) -> tuple[str, ...]:
    """The states in which the clock stands still."""
    return tuple(setting(connection, KEY, office_id, default=list(STOPS)))


def set_stops(connection: Connection, office_id: int, stops: Sequence[str], now: datetime, by: str) -> None:
    """Set the states in which the clock of this office stands still."""
    set_setting(connection, KEY, list(stops), now=now, by=by, office_id=office_id)


def time_of_case(connection: Connection, case_id: int, office_id: int, now: datetime) -> PlanTime:
    """How long the case and its steps took by the office's calendar and setting."""
    happened = [Happening(each.at, each.type, each.data) for each in history(connection, case_id)]
    return plan_time(happened, stops_of(connection, office_id), calendar_of(connection, office_id), now)
