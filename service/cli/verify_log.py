"""`kehoach verify-log`: every event, and what stands beside the log, is as it was written, or which is not."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from notifications.seal_log import outside
from service.settings import read_settings
from workflows.papers.signing.seal_key import is_signed
from workflows.store.beside.compare_rows import covered_since, lines_of_rows
from workflows.store.beside_log import compare_beside
from workflows.store.checkpoints import roots
from workflows.store.log_proof import prove_log

from .answers import answer, verb_app
from .installation import opened
from .log_sentences import TO_DO, UNREADABLE, sentences_of

app = verb_app("Chứng minh nhật ký chưa bị sửa.")


@app.command()
def verify_log(
    former: Annotated[list[str] | None, typer.Option("--key", help="Khóa công khai đã dùng trước đây.")] = None,
) -> None:
    """Tính lại chuỗi băm của mọi hồ sơ và mọi dòng dữ liệu, so với các điểm chốt và các tệp đã gửi ra ngoài.

    Mã thoát 1 khi có chỗ khác; said nêu từng chỗ và việc phải làm.
    """
    settings = read_settings()
    places = outside(**settings.outside)
    keys = {places.key.public, *(former or ())}
    with opened(settings) as database, database.read() as connection:
        try:
            told = look(connection, keys, places.folder)
        except (ValueError, TypeError) as failure:  # a day that is none, JSON that is none
            told = {"intact": False, "said": [UNREADABLE.format(value=failure), TO_DO]}
    answer({**told, "key": places.key.public})
    if not told["intact"]:
        raise typer.Exit(1)


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


def lost_outside(connection: Connection, folder: Path) -> list[str]:
    """The files kept outside whose checkpoint is not in the database any more, or not as it was."""
    kept = roots(connection)
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return [file.name for file in files if json.loads(file.read_text(encoding="utf-8")).get("root") not in kept]
