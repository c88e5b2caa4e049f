"""`kehoach organ-code NAME CODE`: under which code a body takes part in the electronic exchange."""

from __future__ import annotations

from typing import Annotated

import typer

from service.settings import read_settings
from workflows.errors import NotFound, Refused
from workflows.store import directory

from .answers import answer, verb_app
from .installation import opened

app = verb_app("Ghi mã định danh của một cơ quan để gửi nhận văn bản điện tử.")


@app.command()
def organ_code(
    name: Annotated[str, typer.Argument(help="Tên cơ quan như trong danh bạ", metavar="CƠ_QUAN")],
    code: Annotated[str, typer.Argument(help="Mã 13 ký tự, ví dụ 000.00.16.H56", metavar="MÃ")],
) -> None:
    """Ghi mã cho cơ quan có tên này; mã đã cấp cho cơ quan khác bị từ chối."""
    with opened(read_settings()) as database, database.write() as connection:
        found = directory.bodies_called(connection, name)
        if not found:
            raise NotFound("body", name=name)
        if len(found) > 1:
            raise Refused("SEVERAL_BODIES", name=name, ids=[each.id for each in found])
        directory.give_code(connection, found[0].id, code)
    answer({"body": found[0].name, "id": found[0].id, "organ_code": code})
