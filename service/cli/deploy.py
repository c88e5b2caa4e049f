"""`kehoach deploy FILE.bpmn`: the office's own routing as the next version; plans that are under way keep theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.settings import read_settings
from workflows.actions.deploy import deploy_definition
from workflows.actions.desk import Desk
from workflows.engine.actor import CLOCK

from .answers import answer, verb_app
from .installation import now, opened

app = verb_app("Đưa một quy trình BPMN vào dùng.")


@app.command()
def deploy(file: Annotated[Path, typer.Argument(help="Tệp .bpmn", metavar="TỆP")]) -> None:
    """Kiểm tra rồi đưa vào dùng làm phiên bản mới; kế hoạch đang chạy giữ phiên bản cũ."""
    with opened(read_settings()) as database:
        deployed = deploy_definition(Desk(database, now(), CLOCK), file.read_bytes())
    answer({"file": str(file), "deployed": [{"process": key, "version": version} for key, version in deployed]})
