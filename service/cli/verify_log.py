"""`kehoach verify-log`: every event, and what stands beside the log, is as it was written, or which is not."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from notifications.seal_log import outside
from service.settings import read_settings
from workflows.actions.desk import Desk
from workflows.actions.rebuild_rows import rebuild_rows
from workflows.errors import Refused
from workflows.papers.signing.seal_key import is_signed
from workflows.store.beside.compare_rows import covered_since, lines_of_rows
from workflows.store.beside_log import compare_beside
from workflows.store.checkpoints import roots
from workflows.store.database import Database
from workflows.store.log_proof import prove_log

from .answers import answer, verb_app
from .installation import OPERATOR, now, opened
from .log_sentences import FOLLOWS, TO_DO, UNREADABLE, sentences_of

# The key of a row that follows from events begins with the number of its case.
CASE_OF_ROW = re.compile(r"\d+")
OF_CASE = frozenset({"STATE", "CASE", "REVISION"})
app = verb_app("Chứng minh nhật ký chưa bị sửa.")


@app.command()
def verify_log(
    former: Annotated[list[str] | None, typer.Option("--key", help="Khóa công khai đã dùng trước đây.")] = None,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Dựng lại theo các sự kiện những dòng suy ra được")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem sẽ dựng lại những dòng nào")] = False,
) -> None:
    """Tính lại chuỗi băm của mọi hồ sơ và mọi dòng dữ liệu, so với các điểm chốt và các tệp đã gửi ra ngoài.

    Mã thoát 1 khi có chỗ khác; said nêu từng chỗ và việc phải làm. --rebuild ghi lại việc, hẹn giờ, chỗ chờ tin và nhắc
    hạn đúng như các sự kiện, và để lại dấu vết trong lịch sử của từng hồ sơ.
    """
    settings = read_settings()
    places = outside(**settings.outside)
    keys = {places.key.public, *(former or ())}
    with opened(settings) as database:
        told = _looked_at(database, keys, places.folder)
        if rebuild:
            rows = rebuild_all(Desk(database, now(), OPERATOR), told, dry_run=dry_run)
            told = {
                **(told if dry_run else _looked_at(database, keys, places.folder)),
                "rebuilt": rows,
                "dry_run": dry_run,
            }
    answer({**told, "key": places.key.public})
    if not told["intact"]:
        raise typer.Exit(1)


def _looked_at(database: Database, keys: Collection[str], folder: Path) -> dict[str, Any]:
    with database.read() as connection:
        try:
            return look(connection, keys, folder)
        except (ValueError, TypeError) as failure:  # a day that is none, JSON that is none
            return {"intact": False, "said": [UNREADABLE.format(value=failure), TO_DO]}


def look(connection: Connection, keys: Collection[str], folder: Path) -> dict[str, Any]:
    """Everything that was looked at and found."""
    proof = prove_log(connection, is_signed, keys)
    lost, beside = lost_outside(connection, folder), compare_beside(connection)
    return {
        **dataclasses.asdict(proof),
        "rows": lines_of_rows(connection),
        "rows_covered_since": covered_since(connection),
        "beside": [dataclasses.asdict(each) for each in beside],
        "intact": proof.intact and not lost and not beside,
        "lost": lost,
        "said": sentences_of(connection, proof, beside, lost),
    }


def rebuild_all(desk: Desk, told: Mapping[str, Any], *, dry_run: bool) -> list[str]:
    """Write anew what follows from events, in each case of which nothing else is wrong; the rows that these were.

    LOG_NOT_INTACT where the log itself was touched: nothing is to be made of it.
    """
    if told.get("breaks", [True]) or told["checkpoint_breaks"] or told["lost"]:
        raise Refused("LOG_NOT_INTACT")
    wrong: dict[int, set[str]] = {}
    for each in told["beside"]:
        number = CASE_OF_ROW.match(each["about"].partition(" ")[2])
        if each["code"] in FOLLOWS | OF_CASE and number is not None:
            wrong.setdefault(int(number[0]), set()).add(each["code"])
    return [
        row
        for case_id, codes in sorted(wrong.items())
        if codes <= FOLLOWS
        for row in rebuild_rows(desk, case_id, dry_run=dry_run)
    ]


def lost_outside(connection: Connection, folder: Path) -> list[str]:
    """The files kept outside whose checkpoint is not in the database any more, or not as it was."""
    kept = roots(connection)
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return [file.name for file in files if json.loads(file.read_text(encoding="utf-8")).get("root") not in kept]
