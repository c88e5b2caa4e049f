"""`kehoach check FILE.bpmn`: what is wrong in a process definition, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from workflows.bpmn.check import check as findings_of

from .answers import answer, verb_app

app = verb_app("Kiểm tra một tệp quy trình BPMN.")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="Tệp .bpmn", metavar="TỆP")]) -> None:
    """In mọi lỗi và cảnh báo cùng lúc: mã, phần tử, dòng, việc cần làm. Mã thoát 1 khi có lỗi."""
    findings = findings_of(file.read_bytes())
    answer({"file": str(file), "findings": findings})
    if any(not finding.warning for finding in findings):
        raise typer.Exit(1)
