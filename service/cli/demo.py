"""What `kehoach serve --demo` adds: an example province in a folder of its own, and who may sign in."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.demo.province import fill
from service.settings import PREFIX, Settings
from workflows.errors import Refused
from workflows.store.database import Database
from workflows.store.screens.sign_in import DemoAccount, demo_accounts

from .installation import now

FOLDER = Path("data/demo")
SHOWN = 6
# Who is worth signing in as first: those who sign, number and draft.
FIRST = ("chu_tich", "pho_chu_tich", "van_thu")


def given(environ: Mapping[str, str]) -> dict[str, Any]:
    """The settings that the demo brings along; its database is never an office's own."""
    if environ.get(f"{PREFIX}DATABASE_URL"):
        raise Refused("DEMO_IS_EMBEDDED")
    return {"demo": True, **({} if environ.get(f"{PREFIX}DATA_DIR") else {"data_dir": FOLDER})}


def prepare(settings: Settings, *, fresh: bool) -> None:
    """Fill the province, unless an earlier demo has; it appears whole or not at all."""
    place = settings.data_dir / "kehoach.sqlite3"
    if fresh:
        place.unlink(missing_ok=True)
        shutil.rmtree(settings.data_dir / "letters", ignore_errors=True)
    if place.exists():
        return
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    filling = place.with_suffix(".filling")
    filling.unlink(missing_ok=True)
    print("Đang dựng tỉnh mẫu từ năm kế hoạch thật…", flush=True)
    database = Database(f"sqlite:///{filling.absolute()}")
    try:
        database.upgrade()
        fill(database, now(), settings.demo_password, settings.base_url)
    finally:
        database.close()
    filling.replace(place)


def welcome(settings: Settings, database: Database) -> str:
    """Some accounts of the demo and where its letters are, to be printed."""
    with database.read() as connection:
        accounts = demo_accounts(connection, now())
    ranked = sorted(
        accounts, key=lambda one: next((n for n, role in enumerate(FIRST) if one.login.startswith(role)), 9)
    )
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
