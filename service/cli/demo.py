"""What `kehoach serve --demo` adds: an example province in a folder of its own, and who may sign in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from notifications.channels.mime import mail_of
from notifications.smtp_post_office import KEPT, PostOffice
from service.settings import PREFIX, Settings
from workflows.errors import Refused
from workflows.store.database import Database, open_memory
from workflows.store.deliveries import Letter, deliveries_with
from workflows.store.screens.sign_in import DemoAccount, demo_accounts

from .installation import now

_EARLIER = re.compile(r"http://127\.0\.0\.1:\d+(?=/)")
FOLDER = Path("data/demo")
SHOWN = 6
# Who is worth signing in as first: those who sign, number and draft.
FIRST = ("chu_tich", "pho_chu_tich", "van_thu")


def given(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings that the demo brings along: it has a folder of its own."""
    return {"demo": True, **({} if environ.get(f"{PREFIX}DATA_DIR") else {"data_dir": FOLDER})}


def prepare(settings: Settings, *, fresh: bool) -> None:
    """Fill the province, unless an earlier demo has; it appears whole or not at all, never in an office's database."""
    if settings.database_url:
        raise Refused("DEMO_IS_EMBEDDED")
    place = settings.data_dir / "kehoach.sqlite3"
    if fresh:
        place.unlink(missing_ok=True)
    if place.exists():
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    filling = place.with_suffix(".filling")
    filling.unlink(missing_ok=True)
    print("Đang dựng tỉnh mẫu từ năm kế hoạch thật…", flush=True)
    # In a process of its own: what a year of plans and signatures takes of memory, the pages do not keep.
    child = get_context("spawn").Process(
        target=_fill, args=(filling, now(), settings.demo_password, settings.base_url, settings.data_dir / "keys")
    )
    child.start()
    child.join()
    if child.exitcode:
        raise Refused("DEMO_NOT_FILLED")
    filling.replace(place)


def _fill(file: Path, instant: datetime, password: str, base_url: str, keys: Path) -> None:
    from service.demo.province import fill  # noqa: PLC0415 - brings the libraries of signing, for this process alone

    database = open_memory()  # thousands of small transactions, none of which needs to outlive a crash
    try:
        fill(database, instant, password, base_url, keys)
        _save(database, file)
    finally:
        database.close()


def _save(database: Database, file: Path) -> None:
    pooled = database.engine.raw_connection()
    try:
        assert pooled.driver_connection is not None, "a database in memory has one connection"
        pooled.driver_connection.execute("VACUUM INTO ?", (str(file.absolute()),))
        file.chmod(0o600)
    finally:
        pooled.close()


def hang_letters(settings: Settings, database: Database, office: PostOffice) -> None:
    """Show the letters that have gone out until now; what is sent from now on comes by SMTP."""
    with database.read() as connection:
        newest_first = deliveries_with(connection, "sent", KEPT)
    for delivery in reversed(newest_first):
        if delivery.letter.channel == "mail":
            letter = _at(settings.base_url, delivery.letter)
            mail = mail_of(letter, settings.mail_from, "Quản lý kế hoạch")
            office.take(settings.mail_from, [letter.address], mail.as_bytes())


def _at(base_url: str, letter: Letter) -> Letter:
    """The letter with its links leading to the address at which this demo runs today."""
    text, html = (_EARLIER.sub(base_url, part) for part in (letter.text, letter.html))
    return replace(letter, text=text, html=html)


def welcome(settings: Settings, database: Database) -> str:
    """Some accounts of the demo and where its letters are, to be printed."""
    with database.read() as connection:
        accounts = demo_accounts(connection, now())
    ranked = sorted(accounts, key=_rank)
    width = max((len(one.login) for one in ranked[:SHOWN]), default=0)
    lines = [f"    {one.login:<{width}}  {one.name}, {one.title}" for one in ranked[:SHOWN]]
    return "\n".join(
        [
            f"  Đăng nhập (mật khẩu chung: {settings.demo_password}):",
            *lines,
            f"  Thư đã gửi: {settings.base_url}/hop-thu",
        ]
    )


def _rank(account: DemoAccount) -> int:
    return next((rank for rank, role in enumerate(FIRST) if account.login.startswith(role)), len(FIRST))
