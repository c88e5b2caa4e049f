"""Take a plan document in as a draft: read, kept as version 1, and left for a person to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.errors import NotFound, Refused
from workflows.plans.document import PlanDocument
from workflows.plans.names import fold
from workflows.plans.read_text import read_text
from workflows.store import directory, plans

from .desk import Desk, Work
from .drafters import require_drafter
from .source_file import SourceFile, keep_source
from .state_secrets import require_no_secret

SHORTEST_TITLE = 3
LONGEST_TEXT = 500_000  # characters; the longest plans of a province have a fifth of that


def import_plan(
    desk: Desk, *, office_id: int, drafting_unit_id: int, text: str, source: SourceFile | None = None
) -> int:
    """Keep the text, what was understood of it and the file that it came from; the id of the new draft.

    EMPTY when there is no text, TOO_LONG, STATE_SECRET, NOT_A_PLAN when nothing of a plan was found in it, NOT_YOURS
    for whoever is not of the drafting unit, NotFound for a unit that is not the office's; nothing is written then.
    """
    document = read_plan(text)
    require_drafter(desk.by, drafting_unit_id)
    with desk.open() as work:
        if directory.body(work.connection, drafting_unit_id).office_id != office_id:
            raise NotFound("body", id=drafting_unit_id, office=office_id)
        plan_id = add_draft(work, office_id, drafting_unit_id, text, document)
        keep_source(work, plan_id, source)
        return plan_id


def add_draft(work: Work, office_id: int, drafting_unit_id: int, text: str, document: PlanDocument) -> int:
    """Keep a text that was read as version 1 of a new draft of this unit; its id."""
    facts = {
        "office_id": office_id,
        "drafting_unit_id": drafting_unit_id,
        **described(document),
        "status": "draft",
        "version": 1,
        "signer_role": _signer_role(document),
        "consulted": [],
        "others_needed": 0,
        "opinion_days": 5,
        "mode": "gop_y",
        "added_recipients": [],
        "created_at": work.now,
        "created_by": work.by.name,
    }
    plan_id = plans.add_plan(work.connection, facts)
    plans.add_version(work.connection, plan_id, 1, document, text, work.now, work.by.name, None)
    return plan_id


def read_plan(text: str) -> PlanDocument:
    """The reading of a text that must be a plan, and no state secret (STATE_SECRET with its grade)."""
    if not text.strip():
        raise Refused("EMPTY")
    if len(text) > LONGEST_TEXT:
        raise Refused("TOO_LONG", field="van_ban", most=LONGEST_TEXT)
    require_no_secret(text)
    document = read_text(text)
    if not _is_plan(document) or len(document.title or "") < SHORTEST_TITLE:
        raise Refused("NOT_A_PLAN", doc_type=document.doc_type)
    return document


def described(document: PlanDocument) -> Mapping[str, Any]:
    """The columns of a plan that its text decides."""
    title = document.title or ""
    return {
        "title": title,
        "fold": fold(title),
        "period_from": document.period.first if document.period else None,
        "period_to": document.period.last if document.period else None,
    }


def _is_plan(document: PlanDocument) -> bool:
    """It says that it is one and has a part, a task or an addressee; or it has both of these without saying so."""
    if document.doc_type is None:
        return bool(document.tasks and document.recipients)
    return "KẾ HOẠCH" in document.doc_type and bool(document.tasks or document.recipients or document.sections)


def _signer_role(document: PlanDocument) -> str:
    """Who signs by the look of the signature block: a deputy where it says KT."""
    return "pho_chu_tich" if (document.signer.authority or "").startswith("KT") else "chu_tich"
