"""From which change on a figure of a report is pointed out: a share that an office sets, a fifth by default."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection

from .clockwork import set_setting, setting

KEY = "nguong_thay_doi"
DEFAULT_PERCENT = 20


def percent_flagged(connection: Connection, office_id: int) -> int:
    """The whole percents against the period before at which a change of this office's figures is pointed out."""
    return int(setting(connection, KEY, office_id, default=DEFAULT_PERCENT))


def share_flagged(connection: Connection, office_id: int) -> Decimal:
    """The same as a share of one."""
    return Decimal(percent_flagged(connection, office_id)) / 100


def set_percent_flagged(connection: Connection, office_id: int, percent: int, now: datetime, by: str) -> None:
    """Set it for the reports that are consolidated from now on."""
    set_setting(connection, KEY, percent, now=now, by=by, office_id=office_id)
