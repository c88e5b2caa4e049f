"""What silence means in an office: its own regulation that makes it consent, or (by default) nothing of the kind."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from .clockwork import set_setting, setting

KEY = "im_lang_dong_y"


def silence_basis(connection: Connection, office_id: int) -> str | None:
    """The regulation by which this office counts silence as consent; None: silence is recorded, and is no consent."""
    basis: str | None = setting(connection, KEY, office_id)
    return basis


def set_silence_basis(connection: Connection, office_id: int, basis: str | None, now: datetime, by: str) -> None:
    """Set or take away the office's regulation; rounds that are open keep the one that they began with."""
    set_setting(connection, KEY, basis, now=now, by=by, office_id=office_id)
