"""`kehoach verify-log`: every event of every case is as it was written, or which is not."""

from __future__ import annotations

import dataclasses

import typer

from service.settings import read_settings
from workflows.store.log_proof import prove_log

from .answers import answer, verb_app
from .installation import opened

app = verb_app("Chứng minh nhật ký chưa bị sửa.")


@app.command()
def verify_log() -> None:
    """Tính lại chuỗi băm của mọi hồ sơ và so với các điểm chốt; mã thoát 1 khi có chỗ khác."""
    with opened(read_settings()) as database, database.read() as connection:
        proof = prove_log(connection)
    answer({"intact": proof.intact, **dataclasses.asdict(proof)})
    if not proof.intact:
        raise typer.Exit(1)
