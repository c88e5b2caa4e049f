"""`kehoach sso link|unlink|list`: which account of the provider of OpenID Connect is whose here."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import Connection

from service.auth.sign_in import login_name
from service.settings import Settings, read_settings
from workflows.errors import Refused
from workflows.store import accounts, elsewhere

from .answers import answer, verb_app
from .installation import OPERATOR, now, opened

app = verb_app("Tài khoản đăng nhập dùng chung (OpenID Connect): gắn, gỡ, liệt kê.")
Login = Annotated[str, typer.Argument(help="Tên đăng nhập ở đây", metavar="TÊN")]


@app.command()
def link(
    login: Login, subject: Annotated[str, typer.Argument(help="Mã người dùng (sub) ở nơi đăng nhập", metavar="SUB")]
) -> None:
    """Gắn một tài khoản dùng chung với một người; người ấy có quyền gì vẫn theo chức danh ở đây."""
    settings = _with_provider()
    with opened(settings) as database, database.write() as connection:
        person_id = _person(connection, login)
        elsewhere.link(connection, settings.oidc_issuer, subject, person_id, OPERATOR.name, now())
    answer({"linked": {"login": login_name(login), "subject": subject, "issuer": settings.oidc_issuer}})


@app.command()
def unlink(login: Login) -> None:
    """Gỡ tài khoản dùng chung của một người; các phiên đang mở của người ấy kết thúc."""
    settings = _with_provider()
    with opened(settings) as database, database.write() as connection:
        person_id = _person(connection, login)
        gone = elsewhere.unlink(connection, settings.oidc_issuer, person_id)
        if gone:
            accounts.end_sessions_of(connection, person_id, now())
    answer({"unlinked": gone, "login": login_name(login)})


@app.command(name="list")
def list_accounts() -> None:
    """Mọi tài khoản đã gắn: của ai, ai gắn, từ khi nào."""
    settings = _with_provider()
    with opened(settings) as database, database.read() as connection:
        found = elsewhere.outside_accounts_of(connection, settings.oidc_issuer)
    answer(
        {
            "accounts": [
                {"login": each.login, "subject": each.subject, "by": each.linked_by, "at": each.linked_at}
                for each in found
            ]
        }
    )


def _with_provider() -> Settings:
    settings = read_settings()
    if not settings.oidc_issuer:
        raise Refused("NO_PROVIDER")
    return settings


def _person(connection: Connection, login: str) -> int:
    account = accounts.account_by_login(connection, login_name(login))
    if account is None:
        raise Refused("NO_SUCH_LOGIN", login=login)
    return account.person_id
