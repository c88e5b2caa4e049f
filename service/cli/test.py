"""`kehoach test FILE…`: scenarios of a process played on the engine alone, and which of its paths they passed over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from service.process_tests.coverage import Coverage, Covered, Passed
from service.process_tests.driver import Driver
from service.process_tests.scenario import BadScenario, Scenario, Told, play, read_scenario
from service.process_tests.words import coverage_lines, step_words
from service.settings import read_settings
from workflows.actions.load_functions import load_functions

from .answers import answer, verb_app
from .main import REFUSED, WRONG_USE

app = verb_app("Chạy thử quy trình theo các tệp kịch bản và đo độ bao phủ.")
Played = list[tuple[Scenario, list[Told]]]


@app.command()
def test(
    files: Annotated[list[Path], typer.Argument(help="Các tệp kịch bản .json", metavar="TỆP…")],
    as_json: Annotated[bool, typer.Option("--json", help="In JSON")] = False,
) -> None:
    """Mỗi bước đúng hay sai, rồi những bước và đường nối chưa kịch bản nào đi qua. Mã thoát 1 khi có kịch bản sai."""
    try:
        scenarios = [read_scenario(file) for file in files]
    except BadScenario as bad:
        answer({"error": {"code": "BAD_SCENARIO", "message": str(bad)}})
        raise typer.Exit(WRONG_USE) from bad
    functions = load_functions(read_settings().functions)
    coverage, played = Coverage(), []
    for scenario in scenarios:
        driver = Driver(functions)
        played.append((scenario, list(play(scenario, driver))))
        coverage.add(driver)
    covered = coverage.of_each_process()
    if as_json:
        answer(_as_json(played, covered))
    else:
        _print(played, covered)
    if any(told.wrong for _, steps in played for told in steps):
        raise typer.Exit(REFUSED)


def _as_json(played: Played, covered: list[Covered]) -> dict[str, Any]:
    return {
        "scenarios": [
            {
                "file": str(scenario.path),
                "title": scenario.title,
                "passed": _all_right(steps),
                "steps": [_step(told) for told in steps],
                "not_played": len(scenario.steps) - steps[-1].number,
            }
            for scenario, steps in played
        ],
        "coverage": [
            {"process": each.process, "name": each.name, "nodes": _share(each.nodes), "flows": _share(each.flows)}
            for each in covered
        ],
    }


def _step(told: Told) -> dict[str, Any]:
    return {"number": told.number, "step": step_words(told.step), "passed": not told.wrong, "wrong": told.wrong}


def _share(passed: Passed) -> dict[str, Any]:
    return {"percent": passed.percent, "passed": passed.passed, "missing": passed.missing}


def _print(played: Played, covered: list[Covered]) -> None:
    for scenario, steps in played:
        print(f"{'ĐÚNG' if _all_right(steps) else 'SAI'}  {scenario.title} ({scenario.path})")
        for told in steps:
            print(f"  {told.number:>3}. {'sai ' if told.wrong else 'đúng'}  {step_words(told.step)}")
            for sentence in told.wrong:
                print(f"             {sentence}")
        left = len(scenario.steps) - steps[-1].number
        if left and not _all_right(steps):
            print(f"       còn {left} bước không chạy")
        print()
    right = sum(_all_right(steps) for _, steps in played)
    print(f"{right}/{len(played)} kịch bản đúng\n")
    for each in covered:
        print("\n".join(coverage_lines(each)))


def _all_right(steps: list[Told]) -> bool:
    return not any(told.wrong for told in steps)
