"""Phụ lục in a file of its own: the drafting unit adds and takes away, until the plan is signed."""

from __future__ import annotations

from pathlib import PurePath

from workflows.errors import NotFound, Refused
from workflows.papers.media_types import PDF
from workflows.papers.signing.confined_verify import NO_TRUST, verdict_on
from workflows.store import document_files, plans

from .desk import Desk, Work
from .drafters import require_drafter
from .unsigned import require_unsigned
from .versions import void_approvals

APPENDIX, WITHDRAWN = "appendix", "withdrawn"
MOST_APPENDICES = 20
LONGEST_NAME = 120


def keep_appendix(desk: Desk, plan_id: int, name: str, content: bytes) -> int:
    """Keep a PDF as an appendix of the plan; the id of the file. It changes the draft, so approvals are void.

    Refused: NOT_YOURS, ALREADY_SIGNED, NOT_RUNNING, TOO_MANY_APPENDICES, SAME_APPENDIX; APPENDIX_UNFIT (`unfit`): what
    is no PDF, carries a signature already, hides something, or has a first page without room for the agency's mark.
    """
    unfit = _unfit(desk, content)
    if unfit:
        raise Refused("APPENDIX_UNFIT", field="tep", filename=name[:LONGEST_NAME], unfit=unfit)
    with desk.open() as work:
        plan = _open_draft(work, plan_id)
        there = document_files.files_of(work.connection, "plan", plan_id, APPENDIX)
        if len(there) >= MOST_APPENDICES:
            raise Refused("TOO_MANY_APPENDICES", field="tep", most=MOST_APPENDICES)
        called = f"{PurePath(name).stem[:LONGEST_NAME] or 'Phụ lục'}.pdf"
        file_id = document_files.keep_file(
            work.connection, "plan", plan_id, APPENDIX, called, PDF, content, work.now, desk.by.name
        )
        if document_files.file_facts(work.connection, file_id).sha256 in {each.sha256 for each in there}:
            raise Refused("SAME_APPENDIX", field="tep", filename=called)
        void_approvals(work, plan, plan.version, f"{plan.version}:phu_luc:{file_id}")
        return file_id


def withdraw_appendix(desk: Desk, plan_id: int, file_id: int) -> None:
    """Take an appendix away; the file stays with the plan as one that was withdrawn (NĐ 30/2020 Phụ lục VI)."""
    with desk.open() as work:
        plan = _open_draft(work, plan_id)
        there = document_files.files_of(work.connection, "plan", plan_id, APPENDIX)
        if file_id not in {each.id for each in there}:
            raise NotFound("document_file", id=file_id)
        document_files.change_role(work.connection, file_id, WITHDRAWN)
        void_approvals(work, plan, plan.version, f"{plan.version}:bo_phu_luc:{file_id}")


def _open_draft(work: Work, plan_id: int) -> plans.Plan:
    plan = plans.plan(work.connection, plan_id, lock=True)
    require_drafter(work.by, plan.drafting_unit_id)
    if plan.status in ("closed", "stopped"):
        raise Refused("NOT_RUNNING", plan=plan_id, status=plan.status)
    require_unsigned(work.connection, plan_id)
    if plan.number is not None:
        raise Refused("ALREADY_SIGNED", plan=plan_id)
    return plan


def _unfit(desk: Desk, content: bytes) -> str:
    """Why the agency could not sign this file; empty when it can."""
    if not content.startswith(b"%PDF-"):
        return "not_pdf"
    verdict = verdict_on(content, NO_TRUST, desk.now)
    if verdict["faults"]:
        return str(verdict["faults"][0]["code"])
    if verdict["state"] != "unsigned":
        return "signed" if verdict["signatures"] else "not_pdf"
    from workflows.papers.signing.places import corner_for_text  # noqa: PLC0415 - its libraries cost a second

    try:
        corner_for_text(content, 1, 1)
    except Refused as refused:
        return str(refused.facts["why"])
    return ""
