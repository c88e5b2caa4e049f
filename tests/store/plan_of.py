"""A plan for tests: only the columns that a row must have."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from tests.store.office import NOW, Office
from workflows.store import plans


def add_plan(connection: Connection, office: Office, **more: Any) -> int:
    """A draft of the commune's culture unit."""
    row = {
        "office_id": office.commune,
        "drafting_unit_id": office.culture,
        "title": "Kế hoạch chuyển đổi số",
        "fold": "ke hoach chuyen doi so",
        "status": "draft",
        "version": 1,
        "signer_role": "chu_tich",
        "consulted": [{"body": office.front, "mandatory": True}],
        "added_recipients": [],
        "created_at": NOW,
        **more,
    }
    return plans.add_plan(connection, row)
