"""`kehoach sweep`: everything that is due, done once, without Prefect."""

from __future__ import annotations

import typer

from service.clock.sweeping import KINDS
from service.clock.sweeping import sweep as sweep_once
from service.settings import read_settings
from workflows.actions.desk import Desk
from workflows.actions.load_functions import load_functions
from workflows.engine.actor import CLOCK

from .answers import answer, verb_app
from .installation import now, opened

app = verb_app("Chạy một lượt mọi việc đến hạn, không cần Prefect.")


@app.command()
def sweep() -> None:
    """Mỗi loại việc chạy một lượt và được ghi lại; mã thoát 1 khi có loại gặp lỗi."""
    settings = read_settings()
    functions = load_functions(settings.functions)
    swept: dict[str, object] = {}
    with opened(settings) as database:
        for kind in KINDS:
            try:
                swept[kind] = sweep_once(Desk(database, now(), CLOCK, functions), settings, kind, "command")
            except Exception as failure:
                swept[kind] = {"error": f"{type(failure).__name__}: {failure}"}
    answer(swept)
    if any(isinstance(each, dict) for each in swept.values()):
        raise typer.Exit(1)
