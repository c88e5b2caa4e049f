"""`kehoach directory import`, `export`: an office as a sheet; `template`, `found`: many offices at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection

from service.settings import read_settings
from service.words.dates import day_words
from service.words.refusals import sentences_of
from workflows.actions.desk import Desk
from workflows.actions.founding.found import begin_founding, carry_on, look_at_offices
from workflows.actions.founding.judge import ERROR, NEW, THERE
from workflows.actions.organising.import_directory import import_directory, rehearse_import
from workflows.errors import Refused
from workflows.papers.directory_xlsx import write_directory
from workflows.papers.founding_xlsx import template_csv, template_xlsx
from workflows.papers.read_sheet import read_sheet
from workflows.plans import founding_sheet
from workflows.plans.directory_sheet import COLUMNS, read_lines
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens.directory_rows import directory_rows

from .answers import answer, leave, verb_app
from .installation import OPERATOR, now, opened

app = verb_app("Danh bạ tổ chức: nhập từ tệp (import), xuất ra tệp (export), thành lập cơ quan (template, found).")
Office = Annotated[str, typer.Option("--office", help="Tên cơ quan; bỏ trống khi chỉ có một", metavar="TÊN")]


@app.command("import")
def take(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv theo mẫu", metavar="TỆP")],
    office: Office = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem từng dòng, không lưu")] = False,
) -> None:
    """Nhập mọi dòng của tệp, hoặc không dòng nào khi còn dòng lỗi."""
    lines = read_lines(read_sheet(file.read_bytes(), file.name, list(COLUMNS.values())))
    with opened(read_settings()) as database:
        desk = Desk(database, now(), OPERATOR)
        with database.read() as connection:
            office_id = _office(connection, office)
        outcome = rehearse_import(desk, office_id, lines)
        wrong = outcome.count("error")
        if not (dry_run or wrong):
            outcome = import_directory(desk, office_id, lines, file.name)
    counts = {status: outcome.count(status) for status in ("new", "changed", "unchanged", "error")}
    told = [
        {"line": each.line.number, "status": each.status, "problems": sentences_of(each.problems)}
        for each in outcome.results
    ]
    answer({"kept": not (dry_run or wrong), **counts, "lines": told})
    leave(1 if wrong else 0)


@app.command("export")
def give(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx để ghi; không ghi đè", metavar="TỆP")], office: Office = ""
) -> None:
    """Ghi danh bạ ra tệp theo mẫu, để sửa rồi nhập lại."""
    with opened(read_settings()) as database, database.read() as connection:
        at = now()
        rows = directory_rows(connection, _office(connection, office), local_day(at))
    texts = [{key: value if isinstance(value, str) else day_words(value) for key, value in row.items()} for row in rows]
    with file.open("xb") as sheet:
        sheet.write(write_directory(texts, at))
    answer({"file": str(file), "rows": len(rows)})


@app.command("template")
def blank(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv để ghi; không ghi đè", metavar="TỆP")],
) -> None:
    """Ghi tệp mẫu để điền các cơ quan cần thành lập (found), có cách điền và một dòng ví dụ."""
    sheet = template_csv() if file.suffix.lower() == ".csv" else template_xlsx(now())
    with file.open("xb") as kept:
        kept.write(sheet)
    answer({"file": str(file)})


@app.command("found")
def found(
    file: Annotated[Path, typer.Argument(help="Tệp .xlsx hoặc .csv theo mẫu (template)", metavar="TỆP")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem từng dòng, không tạo gì")] = False,
) -> None:
    """Thành lập mọi cơ quan của tệp mà dòng không lỗi; cơ quan đã có không bị tạo lần nữa."""
    lines = founding_sheet.read_lines(read_sheet(file.read_bytes(), file.name, list(founding_sheet.COLUMNS.values())))
    with opened(read_settings()) as database:
        desk = Desk(database, now(), OPERATOR)
        judged = look_at_offices(desk, lines)
        if not dry_run and any(each.is_new for each in judged):
            founding_id = begin_founding(desk, lines, file.name)
            while carry_on(desk, founding_id):
                pass
    counts = {status: sum(each.status == status for each in judged) for status in (NEW, THERE, ERROR)}
    told = [
        {"line": each.line.number, "status": each.status, "problems": sentences_of(each.problems)} for each in judged
    ]
    answer({"kept": not dry_run, **counts, "lines": told})
    leave(1 if counts[ERROR] else 0)


def _office(connection: Connection, name: str) -> int:
    found = directory.offices(connection)
    if name:
        found = [each for each in directory.bodies_called(connection, name) if each.kind == "office"]
    if len(found) != 1:
        raise Refused("SHEET_NO_OFFICE", name=name)
    return found[0].id
