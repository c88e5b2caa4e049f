"""Change the text of a draft: a new version, which voids the approvals of the old one and tells who gave them."""

from __future__ import annotations

from workflows.errors import Refused, Stale
from workflows.store import plans

from .desk import Desk
from .drafters import require_drafter
from .source_file import SourceFile, keep_source
from .versions import keep_new_version


def revise_plan(
    desk: Desk, plan_id: int, text: str, note: str, *, seen_version: int, source: SourceFile | None = None
) -> int:
    """Keep `text` as the next version; the number of the version that is current afterwards.

    Only the drafting unit may; Stale when somebody else made a version after `seen_version`; ALREADY_SIGNED afterwards,
    NOT_RUNNING for a plan that was stopped; and what `keep_new_version` refuses.
    """
    with desk.open() as work:
        plan = plans.plan(work.connection, plan_id, lock=True)
        require_drafter(work.by, plan.drafting_unit_id)
        if plan.status in ("closed", "stopped"):
            raise Refused("NOT_RUNNING", plan=plan_id, status=plan.status)
        if plan.version != seen_version:
            latest = plans.version(work.connection, plan_id, plan.version)
            raise Stale(what="plan", by=latest.made_by, at=latest.made_at, version=latest.version)
        version = keep_new_version(work, plan_id, text, note or None)
        keep_source(work, plan_id, source)
        return version
