"""`kehoach incidents [list|retry|resolve]`: what went wrong without a person to tell, and mending it."""

from __future__ import annotations

from typing import Annotated

import typer

from service.settings import read_settings
from service.words.incident_words import incident_sentence
from workflows.actions.desk import Desk
from workflows.actions.incidents import resolve_incident, retry_incident
from workflows.actions.list_incidents import SeenIncident, list_incidents
from workflows.actions.load_functions import load_functions

from .answers import answer, verb_app
from .installation import OPERATOR, now, opened

app = verb_app("Sự cố đang mở của các hồ sơ: xem, thử lại, giải quyết.")
CASE = Annotated[int, typer.Argument(help="Số hồ sơ", metavar="HỒ_SƠ")]
INCIDENT = Annotated[str, typer.Argument(help="Mã sự cố trong hồ sơ", metavar="SỰ_CỐ")]


@app.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Không nêu việc gì thì liệt kê."""
    if context.invoked_subcommand is None:
        list_open()


@app.command(name="list")
def list_open() -> None:
    """Mọi sự cố đang mở: hỏng gì, ở bước nào của hồ sơ nào, từ khi nào, lỗi nói gì."""
    with opened(read_settings()) as database:
        found = list_incidents(Desk(database, now(), OPERATOR))
    answer({"incidents": [_told(each) for each in found]})


@app.command()
def retry(case: CASE, incident: INCIDENT) -> None:
    """Làm lại việc đã hỏng; vẫn hỏng thì nói vì sao và sự cố còn nguyên. Mã thoát 1 khi bị từ chối."""
    settings = read_settings()
    functions = load_functions(settings.functions)
    with opened(settings) as database:
        retry_incident(Desk(database, now(), OPERATOR, functions), case, incident)
    answer({"case": case, "incident": incident, "retried": True})


@app.command()
def resolve(
    case: CASE, incident: INCIDENT, reason: Annotated[str, typer.Option(help="Lý do, ghi vào lịch sử hồ sơ")]
) -> None:
    """Đóng sự cố mà không làm lại."""
    with opened(read_settings()) as database:
        resolve_incident(Desk(database, now(), OPERATOR), case, incident, reason)
    answer({"case": case, "incident": incident, "resolved": True})


def _told(seen: SeenIncident) -> dict[str, object]:
    found = seen.incident
    return {
        "case": found.case_id,
        "incident": found.incident_id,
        "process": found.process,
        "version": found.version,
        "business_key": found.business_key,
        "office": found.office,
        "plan": found.plan,
        "element": found.element,
        "step": seen.step,
        "since": found.at,
        "code": found.code,
        "message": incident_sentence(found.code, found.message),
    }
