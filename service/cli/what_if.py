"""`kehoach what-if OFFICE`: what will be late when people are away, on a copy of the open cases that is thrown away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy import Connection

from service.settings import read_settings
from service.simulation.what_if import Assumed, Foreseen, what_if
from service.words.dates import read_day
from service.words.foresight_words import cause_words
from workflows.errors import NotFound, Refused
from workflows.store import accounts, directory
from workflows.store.local_days import local_day
from workflows.store.screens.roster import Away

from .answers import answer, verb_app
from .installation import now, opened

DATES = ["%Y-%m-%d", "%d/%m/%Y"]
AHEAD = timedelta(days=60)

app = verb_app("Nếu có người vắng hoặc ngày nghỉ thì việc nào sẽ muộn; chạy trên bản sao trong bộ nhớ.")


@app.command()
def foresee(
    office: Annotated[str, typer.Argument(help="Tên cơ quan như trong danh bạ", metavar="CƠ_QUAN")],
    until: Annotated[datetime | None, typer.Option(formats=DATES, help="Xem đến hết ngày; mặc định 60 ngày")] = None,
    absent: Annotated[
        list[str] | None, typer.Option(help="Người vắng: tên_đăng_nhập:từ_ngày:đến_ngày", metavar="VẮNG")
    ] = None,
    holiday: Annotated[list[datetime] | None, typer.Option(formats=DATES, help="Ngày nghỉ thêm")] = None,
    days: Annotated[int | None, typer.Option(help="Số ngày của mỗi bước; bỏ trống: trung bình của cơ quan")] = None,
) -> None:
    """In JSON: các việc sẽ muộn, muộn bao nhiêu, do ai; cơ sở dữ liệu chỉ được đọc, không có thư nào đi."""
    instant = now()
    with opened(read_settings()) as database:
        with database.read() as connection:
            away = tuple(_away(connection, words) for words in absent or [])
            assumed = Assumed(
                _office(connection, office),
                until.date() if until else local_day(instant) + AHEAD,
                away,
                tuple(each.date() for each in holiday or []),
                days,
            )
        answer(_told(what_if(database, assumed, instant)))


def _office(connection: Connection, name: str) -> int:
    found = [each for each in directory.bodies_called(connection, name) if each.kind == "office"]
    if not found:
        raise NotFound("body", name=name)
    if len(found) > 1:
        raise Refused("SEVERAL_BODIES", name=name, ids=[each.id for each in found])
    return found[0].id


def _away(connection: Connection, words: str) -> Away:
    login, _, days = words.partition(":")
    first, last = (_day(each) for each in days.partition(":")[::2])
    if first is None or last is None:
        raise Refused("BAD_ABSENCE", value=words)
    account = accounts.account_by_login(connection, login)
    if account is None:
        raise NotFound("person", login=login)
    return Away(account.person_id, first, last)


def _day(words: str) -> date | None:
    return read_day(words) if words else None


def _told(found: Foreseen) -> dict[str, object]:
    return {
        "office": found.office,
        "since": found.since,
        "until": found.until,
        "cases": found.cases,
        "all_cases": found.all_cases,
        "tasks": found.tasks,
        "late": [
            {
                "task": each.task_id,
                "step": each.step,
                "plan": each.plan,
                "unit": each.unit,
                "due": each.due,
                "expected": each.expected,
                "working_days_late": each.days,
                "cause": each.cause,
                "because": list(each.because),
                "message": cause_words(each.cause, each.because, each.usual, each.unit),
            }
            for each in found.late
        ],
        "stopped": list(found.stopped),
    }
