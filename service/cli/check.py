"""`kehoach check FILE`: what is wrong in a process (BPMN) or a decision (DMN), where, and what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from service.settings import read_settings
from workflows.actions.load_functions import load_functions
from workflows.bpmn.dmn import is_dmn, read_decisions
from workflows.bpmn.draw import draw
from workflows.bpmn.model import Definition
from workflows.bpmn.read import read
from workflows.bpmn.steps import Step, step_list
from workflows.errors import BadDefinition, Finding

from .answers import answer, verb_app

app = verb_app("Kiểm tra một tệp quy trình BPMN hoặc quyết định DMN.")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="Tệp .bpmn hoặc .dmn", metavar="TỆP")],
    svg: Annotated[Path | None, typer.Option("--svg", help="Vẽ sơ đồ quy trình ra tệp này", metavar="TỆP.svg")] = None,
    steps: Annotated[bool, typer.Option("--steps", help="In bảng các bước của quy trình")] = False,
) -> None:
    """In mọi lỗi và cảnh báo cùng lúc: mã, phần tử, dòng, việc cần làm. Mã thoát 1 khi có lỗi."""
    data = file.read_bytes()
    if is_dmn(data) and (svg or steps):
        raise typer.BadParameter("--svg và --steps chỉ dùng cho quy trình BPMN")
    functions = load_functions(read_settings().functions)
    definition = None
    try:
        if is_dmn(data):
            findings = read_decisions(data).warnings
        else:
            definition = read(data, functions)
            findings = definition.warnings
    except BadDefinition as bad:
        findings = bad.findings
    told: dict[str, Any] = {"file": str(file), "findings": [_facts(each) for each in findings]}
    if definition is not None:
        told["functions"] = called_functions(definition)
        told |= _drawn(definition, svg) if svg else {}
        if steps:
            told["steps"] = {each.id: _rows(step_list(definition, each.id)) for each in definition.processes}
    answer(told)
    if any(not each.warning for each in findings):
        raise typer.Exit(1)


def called_functions(definition: Definition) -> list[str]:
    """The names that the file calls in place of code."""
    nodes = [node for process in definition.processes for node in process.walk()]
    heard = {each.function for node in nodes for each in node.listeners}
    return sorted(heard | {node.job.topic for node in nodes if node.job is not None and node.job.by_name})


def _drawn(definition: Definition, file: Path) -> dict[str, object]:
    """The first process as SVG; a second one needs a file of its own, whose name says which it is."""
    written = {}
    for number, process in enumerate(definition.processes):
        place = file if number == 0 else file.with_stem(f"{file.stem}-{process.id}")
        place.write_text(draw(definition, process.id), encoding="utf-8")
        written[process.id] = str(place)
    return {"svg": written}


def _facts(finding: Finding) -> dict[str, object]:
    return {
        "level": "warning" if finding.warning else "error",
        "code": finding.code,
        "element": finding.element,
        "line": finding.line,
        "message": finding.message,
    }


def _rows(steps: Sequence[Step]) -> list[dict[str, object]]:
    return [
        {
            "element": each.element,
            "name": each.name,
            "kind": each.kind_name,
            "lane": each.lane,
            "depth": each.depth,
            "next": [{"flow": way.name, "step": way.target_name} for way in each.next],
        }
        for each in steps
    ]
