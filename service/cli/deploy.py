"""`kehoach deploy FILE`: the office's own routing as the next version; plans that are under way keep theirs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from service.settings import read_settings
from workflows.actions.deploy import deploy_definition
from workflows.actions.deploy_decision import deploy_decision
from workflows.actions.desk import Desk
from workflows.actions.load_functions import load_functions
from workflows.bpmn.dmn import is_dmn
from workflows.engine.actor import CLOCK

from .answers import answer, verb_app
from .installation import now, opened

app = verb_app("Đưa một quy trình BPMN hoặc quyết định DMN vào dùng.")


@app.command()
def deploy(file: Annotated[Path, typer.Argument(help="Tệp .bpmn hoặc .dmn", metavar="TỆP")]) -> None:
    """Kiểm tra rồi đưa vào dùng làm phiên bản mới; kế hoạch đang chạy giữ phiên bản cũ."""
    data = file.read_bytes()
    what, deploy_file = ("decision", deploy_decision) if is_dmn(data) else ("process", deploy_definition)
    settings = read_settings()
    functions = load_functions(settings.functions)
    with opened(settings) as database:
        deployed = deploy_file(Desk(database, now(), CLOCK, functions), data)
    answer({"file": str(file), "deployed": [{what: key, "version": version} for key, version in deployed]})
