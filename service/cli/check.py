"""`kehoach check FILE`: what is wrong in a process (BPMN) or a decision (DMN), where, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workflows.bpmn.dmn import is_dmn, read_decisions
from workflows.bpmn.read import read
from workflows.errors import BadDefinition, Finding

from .answers import answer, verb_app

app = verb_app("Kiểm tra một tệp quy trình BPMN hoặc quyết định DMN.")


@app.command()
def check(file: Annotated[Path, typer.Argument(help="Tệp .bpmn hoặc .dmn", metavar="TỆP")]) -> None:
    """In mọi lỗi và cảnh báo cùng lúc: mã, phần tử, dòng, việc cần làm. Mã thoát 1 khi có lỗi."""
    data = file.read_bytes()
    try:
        findings = read_decisions(data).warnings if is_dmn(data) else read(data).warnings
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
