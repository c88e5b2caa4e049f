"""`kehoach check FILE.bpmn`: what is wrong in a process definition, where, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflows.bpmn.read import read
from workflows.errors import BadDefinition, Finding

from .answers import answer, verb_app

app = verb_app("Kiểm tra một tệp quy trình BPMN.")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="Tệp .bpmn", metavar="TỆP")]) -> None:
    """In mọi lỗi và cảnh báo cùng lúc: mã, phần tử, dòng, việc cần làm. Mã thoát 1 khi có lỗi."""
    try:
        findings = read(file.read_bytes()).warnings
    except BadDefinition as bad:
        findings = bad.findings
    told = [{"level": "warning" if each.warning else "error", **_facts(each)} for each in findings]
    answer({"file": str(file), "findings": told})
    if any(not each.warning for each in findings):
        raise typer.Exit(1)


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "element": finding.element,
        "line": finding.line,
        "message": finding.message,
    }
