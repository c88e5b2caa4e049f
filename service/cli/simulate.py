"""`kehoach simulate PLAN`: a plan's whole life on a virtual clock, in seconds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from service.simulation.one_plan import Simulated, simulate_plan
from service.words.dates import time_words
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
    as_json: Annotated[bool, typer.Option("--json", help="In JSON")] = False,
) -> None:
    """Việc gì xảy ra khi nào, ai được báo; cùng --seed thì cùng kết quả đến từng chữ."""
    text = read_file(plan.read_bytes(), plan.name)
    simulated = simulate_plan(text, first and first.date(), last and last.date(), late, seed)
    if as_json:
        answer(_as_json(simulated, late, seed))
    else:
        _print(simulated)


def _as_json(simulated: Simulated, late: float, seed: int) -> dict[str, Any]:
    return {
        "plan": simulated.title,
        "late": late,
        "seed": seed,
        "happened": simulated.happened,
        "told": simulated.told,
        "duties": simulated.duties,
        "summary": dict(simulated.summary),
    }


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
