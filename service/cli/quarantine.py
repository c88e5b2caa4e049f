"""`kehoach quarantine [end]`: what a restored copy does not know, and letting the house go on."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from notifications.deliver import address
from service.clock.sweeping import token
from service.settings import read_settings
from workflows.actions.desk import Desk
from workflows.actions.end_quarantine import Letters, Series, catch_up, end_quarantine
from workflows.actions.load_functions import load_functions
from workflows.engine.actor import CLOCK
from workflows.store import quarantine
from workflows.store.database import Database

from .answers import answer, verb_app
from .installation import now, opened
from .start_sentences import AFTER_RESTORE, HELD, LOST_NUMBER, LOST_TITLE

app = verb_app("Cách ly sau phục hồi: xem những gì bản sao lưu không biết, kết thúc cách ly (end).")
NUMBER = re.compile(r"(\d{1,9}):(.{1,60}):(\d{4})=(\d{1,6})")


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Không nêu việc gì thì cho xem tình trạng."""
    if context.invoked_subcommand is None:
        with opened(read_settings()) as database:
            answer(report(database))


@app.command()
def end(
    letters: Annotated[
        Letters, typer.Option(help="hold: giữ mọi thư đang chờ, có thể đã gửi; send: gửi hết, cùng mã thư như trước")
    ],
    number: Annotated[
        list[str] | None,
        typer.Option(help="Số cuối cùng đã cấp thật, mỗi dãy số một lần: MÃ_CƠ_QUAN:DÃY_SỐ:NĂM=SỐ", metavar="SỐ"),
    ] = None,
) -> None:
    """Kết thúc cách ly: giữ các số đã cấp sau bản sao lưu, giữ hoặc gửi thư, rồi cho chạy lại bình thường."""
    settings = read_settings()
    last = dict(_read(each) for each in number or ())
    words = (LOST_TITLE, LOST_NUMBER, HELD)
    with opened(settings) as database:
        desk = Desk(database, now(), CLOCK, load_functions(settings.functions))
        if letters == "hold" and report(database)["quarantine"]:
            catch_up(desk, settings.sweep_rows)
            while address(database, now(), base_url=settings.base_url, tokens=token):
                pass
        ended = end_quarantine(desk, letters, last, words)
    kept = [{**vars(series), "numbers": list(lost)} for series, lost in ended.kept.items() if lost]
    answer({"quarantine": False, "numbers_kept": kept, "letters_held": ended.held})


def report(database: Database) -> dict[str, object]:
    """Whether the database is in quarantine, and what has to be looked at before it may go on."""
    with database.read() as connection:
        state = quarantine.quarantine_of(connection)
        if state is None:
            return {"quarantine": False}
        return {
            "quarantine": True,
            "restored_at": state.restored_at,
            "copy_ends_at": state.copy_ends_at,
            "last_numbers": quarantine.last_numbers(connection),
            "letters_waiting": quarantine.count_unsent(connection),
            "to_do": AFTER_RESTORE,
        }


def _read(said: str) -> tuple[Series, int]:
    found = NUMBER.fullmatch(said)
    if found is None:
        raise typer.BadParameter(f"“{said}” không có dạng MÃ_CƠ_QUAN:DÃY_SỐ:NĂM=SỐ, ví dụ 3:KH-UBND:2026=57")
    office, series, year, last = found.groups()
    return Series(int(office), series, int(year)), int(last)
