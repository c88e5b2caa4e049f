"""What a plan says is settled by its signature; whoever comes later is told who signed and when."""

from __future__ import annotations

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store import issuing


def require_unsigned(connection: Connection, plan_id: int) -> None:
    """Refused(ALREADY_SIGNED) with `by` and `at` once the signature stands on the plan (NĐ 30/2020 Điều 11)."""
    for approval in issuing.standing_approvals(connection, "plan", plan_id):
        if approval.role == "ky":
            raise Refused("ALREADY_SIGNED", plan=plan_id, by=approval.person_name, at=approval.at)
