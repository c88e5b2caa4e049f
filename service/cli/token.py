"""`kehoach token create|list|revoke`: the tokens with which machines use /api/v1; a secret is shown once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Annotated

import typer

from service.settings import read_settings
from workflows.actions.api_tokens import Scopes, create_token, revoke_token
from workflows.actions.desk import Desk
from workflows.store.api_tokens import ApiToken, all_tokens

from .answers import answer, verb_app
from .installation import OPERATOR, now, opened

app = verb_app("Mã truy cập của máy: tạo, liệt kê, thu hồi.")
PREFIX = "kh_"


@app.command()
def create(  # noqa: PLR0917 - the options of the command
    name: Annotated[str, typer.Argument(help="Tên để nhận ra mã, mỗi máy một tên", metavar="TÊN")],
    topic: Annotated[list[str] | None, typer.Option(help="Chủ đề việc tự động được lấy; * là mọi chủ đề")] = None,
    message: Annotated[list[str] | None, typer.Option(help="Tên tin được gửi; * là mọi tin")] = None,
    signal: Annotated[list[str] | None, typer.Option(help="Tên tín hiệu được phát; * là mọi tín hiệu")] = None,
    admin: Annotated[bool, typer.Option("--admin", help="Được đưa quy trình vào dùng và chăm sóc hồ sơ")] = False,
    office: Annotated[int | None, typer.Option(help="Số của cơ quan; bỏ trống: mọi cơ quan")] = None,
    days: Annotated[int, typer.Option(help="Số ngày hiệu lực, nhiều nhất 730")] = 365,
) -> None:
    """Tạo một mã và in bí mật của nó, chỉ lần này; cơ sở dữ liệu chỉ giữ dấu băm."""
    secret = PREFIX + secrets.token_urlsafe(32)
    scopes = Scopes(topic or [], message or [], signal or [], admin)
    with opened(read_settings()) as database:
        desk = Desk(database, now(), OPERATOR)
        made = create_token(desk, name, secret, scopes, office_id=office, lasts=timedelta(days=days))
    answer({"token": _told(made), "secret": secret})


@app.command(name="list")
def list_tokens() -> None:
    """Mọi mã đã tạo: cho việc gì, của cơ quan nào, còn hiệu lực không, dùng lần cuối khi nào."""
    instant = now()
    with opened(read_settings()) as database, database.read() as connection:
        found = all_tokens(connection)
    answer({"tokens": [{**_told(each), "good": each.is_good(instant)} for each in found]})


@app.command()
def revoke(name: Annotated[str, typer.Argument(help="Tên của mã", metavar="TÊN")]) -> None:
    """Thu hồi một mã, có hiệu lực ngay và không lấy lại được."""
    with opened(read_settings()) as database:
        answer({"token": _told(revoke_token(Desk(database, now(), OPERATOR), name))})


def _told(token: ApiToken) -> dict[str, object]:
    return {
        "name": token.name,
        "scopes": token.scopes,
        "office": token.office_id,
        "created_at": token.created_at,
        "created_by": token.created_by,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "last_used_at": token.last_used_at,
    }
