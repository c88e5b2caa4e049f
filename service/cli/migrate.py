"""`kehoach migrate PROCESS --to VERSION`: bring running cases to another version, or say what that would meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from service.settings import read_settings
from service.words.refusals import sentence_of
from workflows.actions.desk import Desk
from workflows.actions.migrate_case import migrate_all, migration_report
from workflows.engine.actor import CLOCK
from workflows.engine.migration_check import forbids
from workflows.errors import Reason

from .answers import answer, verb_app
from .installation import now, opened

app = verb_app("Chuyển các hồ sơ đang chạy sang phiên bản khác của quy trình.")


@app.command()
def migrate(  # noqa: PLR0917 - the options of the command
    process: Annotated[str, typer.Argument(help="Mã quy trình, ví dụ ke_hoach", metavar="QUY_TRÌNH")],
    to: Annotated[int, typer.Option("--to", help="Chuyển sang phiên bản này")],
    source: Annotated[int | None, typer.Option("--from", help="Chỉ những hồ sơ theo phiên bản này")] = None,
    mapped: Annotated[
        list[str] | None, typer.Option("--map", help="cũ=mới: mã bước hoặc đường đi đã đổi tên", metavar="CŨ=MỚI")
    ] = None,
    reason: Annotated[str, typer.Option(help="Lý do, ghi vào lịch sử từng hồ sơ")] = "Chuyển phiên bản quy trình",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem trước, không ghi gì")] = False,
) -> None:
    """Chuyển từng hồ sơ; hồ sơ nào chưa chuyển được thì nói rõ vì sao. Mã thoát 1 khi còn hồ sơ như vậy."""
    mapping = _mapping(mapped or [])
    with opened(read_settings()) as database:
        if dry_run:
            with database.read() as connection:
                report = migration_report(connection, process, source, to, now=now(), mapping=mapping)
            told = [_told(each.case_id, each.business_key, each.may_go, each.findings) for each in report]
        else:
            desk = Desk(database, now(), CLOCK)
            results = migrate_all(desk, process, to, reason=reason, from_version=source, mapping=mapping)
            told = [_told(each.case_id, each.business_key, each.done, each.findings) for each in results]
    stuck = sum(not each["migrated"] for each in told)
    answer({"process": process, "to": to, "dry_run": dry_run, "cases": told, "not_migrated": stuck})
    if stuck:
        raise typer.Exit(1)


def _mapping(pairs: Sequence[str]) -> dict[str, str]:
    mapping = {}
    for pair in pairs:
        old, equals, new = pair.partition("=")
        if not (old and equals and new):
            raise typer.BadParameter(f"“{pair}” không đúng dạng cũ=mới.")
        mapping[old] = new
    return mapping


def _told(case_id: int, business_key: str | None, migrated: bool, findings: Sequence[Reason]) -> dict[str, Any]:
    """One case; in a dry run `migrated` says whether it would be."""
    said = [
        {
            "level": "error" if forbids(each) else "notice",
            "code": each.code,
            "element": each.facts.get("element"),
            "message": sentence_of(each),
        }
        for each in findings
    ]
    return {"case": case_id, "business_key": business_key, "migrated": migrated, "findings": said}
