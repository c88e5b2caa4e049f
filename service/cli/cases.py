"""`kehoach cases PROCESS`: the cases of a process that are under way, by version, and where each stands."""

from __future__ import annotations

from typing import Annotated

import typer

from service.settings import read_settings
from workflows.store.cases import latest_definition
from workflows.store.running_cases import running_cases

from .answers import answer, verb_app
from .installation import opened

app = verb_app("Các hồ sơ đang chạy của một quy trình.")


@app.command()
def cases(
    process: Annotated[str, typer.Argument(help="Mã quy trình, ví dụ ke_hoach", metavar="QUY_TRÌNH")],
    version: Annotated[int | None, typer.Option("--version", help="Chỉ những hồ sơ theo phiên bản này")] = None,
) -> None:
    """In từng hồ sơ đang chạy: phiên bản, khóa, đang ở bước nào, có tạm dừng không."""
    with opened(read_settings()) as database, database.read() as connection:
        newest = latest_definition(connection, process).version
        running = running_cases(connection, process, version)
    answer({"process": process, "newest": newest, "running": running})
