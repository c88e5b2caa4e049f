"""`kehoach simulate PLAN`: a plan's whole life on a virtual clock, in seconds."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from service.simulation.one_plan import Simulated, simulate_plan
from service.words.dates import time_words
from workflows.engine.calendar import VIETNAM
from workflows.papers.read_file import read_file

from .answers import answer, verb_app

DATES = ["%Y-%m-%d", "%d/%m/%Y"]

app = verb_app("Cho một kế hoạch sống hết thời kỳ trên đồng hồ ảo.")


@app.command()
def simulate(  # noqa: PLR0917 - the options of the command
    plan: Annotated[Path, typer.Argument(help="Tệp kế hoạch (.docx, .pdf, .txt …)", metavar="TỆP")],
    first: Annotated[datetime | None, typer.Option("--from", formats=DATES, help="Ngày bắt đầu")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=DATES, help="Ngày kết thúc")] = None,
    late: Annotated[float, typer.Option(min=0, max=1, help="Tỷ lệ việc làm muộn, từ 0 đến 1")] = 0.2,
    seed: Annotated[int, typer.Option(help="Hạt giống: cùng số thì cùng kết quả")] = 1,
    no_letters: Annotated[bool, typer.Option("--no-letters", help="Không viết thư: nhanh gấp ba")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON")] = False,
) -> None:
    """Việc gì xảy ra khi nào, ai được báo; cùng --seed thì cùng kết quả đến từng chữ."""
    text = read_file(plan.read_bytes(), plan.name)
    simulated = simulate_plan(text, first and first.date(), last and last.date(), late, seed, letters=not no_letters)
    if as_json:
        answer(_as_json(simulated, late, seed))
    else:
        _print(simulated)


def _as_json(simulated: Simulated, late: float, seed: int) -> dict[str, Any]:
    """The fields that docs/howto/simulate-a-plan.md explains; every instant as the offices' clocks show it."""
    found = {
        "plan": simulated.title,
        "from": simulated.first,
        "to": simulated.last,
        "late": late,
        "seed": seed,
        "life": simulated.life,
        "duties": simulated.duties,
        "cycles": simulated.cycles,
        "reviews": simulated.reviews,
        "steps": simulated.steps,
        "happened": simulated.happened,
        "told": simulated.told,
        "summary": dict(simulated.summary),
    }
    return {name: _local(value) for name, value in found.items()}


def _local(value: Any) -> Any:  # noqa: ANN401 - whatever a record holds
    """The same with every instant in the offices' own time."""
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).isoformat()
    if isinstance(value, list | tuple):
        return [_local(each) for each in value]
    if is_dataclass(value):
        return {each.name: _local(getattr(value, each.name)) for each in fields(value)}
    return value


def _print(simulated: Simulated) -> None:
    print(f"KẾ HOẠCH: {simulated.title}\n")
    lines = [(one.at, f"{time_words(one.at)}  {one.text} – {one.who}") for one in simulated.happened]
    lines += [(one.at, f"                    → thư cho {one.name}: {one.subject}") for one in simulated.told]
    for _, line in sorted(lines, key=lambda pair: pair[0]):
        print(line)
    totals = simulated.summary
    print(
        f"\nTổng kết: {totals['done']} việc, {totals['late']} việc muộn, {totals['duties']} lần nhiệm vụ hoàn thành, "
        f"{totals['reports']} báo cáo đã gửi, {totals['letters']} thư."
    )
