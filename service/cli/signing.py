"""`kehoach signing …`: whom the offices trust, whose key is where, and signatures that are waited for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

from service.settings import read_settings
from workflows.actions.desk import Desk
from workflows.actions.give_up_signing import give_up_signing
from workflows.actions.register_key import NewKey, register_key, set_trust
from workflows.engine.actor import CLOCK
from workflows.errors import NotFound, Refused
from workflows.papers.signing.trust import Trust
from workflows.store import accounts
from workflows.store import signing as store
from workflows.store.database import Database

from .answers import answer, verb_app
from .installation import now, opened

app = verb_app("Ký số: tổ chức chứng thực được tin cậy, khóa của người ký và của cơ quan, chữ ký đang chờ.")


@app.command()
def trust(  # noqa: PLR0917 - the options of a command
    roots: Annotated[list[Path], typer.Argument(help="Chứng thư gốc (PEM hoặc DER)", metavar="TỆP…")],
    intermediate: Annotated[list[Path] | None, typer.Option(help="Chứng thư trung gian")] = None,
    crl: Annotated[list[Path] | None, typer.Option(help="Danh sách thu hồi (DER), khi không hỏi qua mạng")] = None,
    tsa: Annotated[str, typer.Option(help="Địa chỉ cấp dấu thời gian (RFC 3161)")] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Không hỏi tình trạng thu hồi qua mạng")] = False,
    test: Annotated[bool, typer.Option("--test", help="Chứng thư thử nghiệm, không có giá trị pháp lý")] = False,
) -> None:
    """Đặt những tổ chức chứng thực mà chữ ký được đối chiếu."""
    wanted = Trust(
        roots=tuple(der for file in roots for der in _certificates(file)),
        intermediates=tuple(der for file in intermediate or () for der in _certificates(file)),
        revocation_lists=tuple(file.read_bytes() for file in crl or ()),
        stamps={"url": tsa} if tsa else {},
        fetch=not offline,
        test=test,
    )
    with opened(read_settings()) as database:
        set_trust(Desk(database, now(), CLOCK), wanted)
    answer({"roots": len(wanted.roots), "time_stamps": bool(tsa), "fetch": wanted.fetch, "test": test})


@app.command()
def key(  # noqa: PLR0917 - the options of a command
    kind: Annotated[str, typer.Argument(help="pkcs12, pkcs11 hoặc csc", metavar="LOẠI")],
    picture: Annotated[Path, typer.Option(help="Hình chữ ký (xanh) hoặc con dấu (đỏ), .png nền trong suốt")],
    fact: Annotated[list[str], typer.Option(help="tên=giá trị, xem docs/howto/sign-documents.md")],
    person: Annotated[str, typer.Option(help="Tên đăng nhập của người ký")] = "",
    office: Annotated[int, typer.Option(help="Số của cơ quan, cho con dấu")] = 0,
    mm: Annotated[int, typer.Option(help="Bề ngang thật của hình, mm")] = 36,
) -> None:
    """Đăng ký khóa của một người hoặc một cơ quan; khóa trước đó của họ thôi dùng."""
    facts = dict(each.split("=", 1) for each in fact if "=" in each)
    with opened(read_settings()) as database:
        holder = ("office", office) if office else ("person", _person(database, person))
        new = NewKey(*holder, kind, facts, picture.read_bytes(), mm)
        key_id = register_key(Desk(database, now(), CLOCK), new)
        with database.read() as connection:
            kept = store.key(connection, key_id)
    answer({"key": key_id, "holder": kept.holder, "holder_id": kept.holder_id, "sha256": kept.certificate_sha256})


@app.command(name="waiting")
def waiting() -> None:
    """Những chữ ký đang chờ, đã thử mấy lần và vì sao chưa được."""
    with opened(read_settings()) as database, database.read() as connection:
        answer({"waiting": store.open_orders(connection)})


@app.command(name="give-up")
def give_up(
    order: Annotated[int, typer.Argument(help="Số trong danh sách kehoach signing waiting")],
    reason: Annotated[str, typer.Option(help="Lý do, ít nhất 10 ký tự")],
) -> None:
    """Thôi chờ một chữ ký; văn bản đi tiếp mà không mang chữ ký số đó."""
    with opened(read_settings()) as database:
        give_up_signing(Desk(database, now(), CLOCK), order, reason)
    answer({"order": order, "state": "given_up"})


def _person(database: Database, login: str) -> int:
    with database.read() as connection:
        account = accounts.account_by_login(connection, login)
    if account is None:
        raise NotFound("account", login=login)
    return account.person_id


def _certificates(file: Path) -> list[bytes]:
    content = file.read_bytes()
    try:
        found = (
            load_pem_x509_certificates(content) if b"-----BEGIN" in content else [load_der_x509_certificate(content)]
        )
    except ValueError as error:
        raise Refused("NOT_A_CERTIFICATE", file=str(file)) from error
    return [each.public_bytes(Encoding.DER) for each in found]
