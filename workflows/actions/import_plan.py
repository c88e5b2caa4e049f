"""Take a plan document in as a draft: read, kept as version 1, and left for a person to confirm."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.plans.document import PlanDocument
from workflows.plans.names import fold
from workflows.plans.read_text import read_text
from workflows.store import plans

from .desk import Desk

SHORTEST_TITLE = 3


def import_plan(desk: Desk, *, office_id: int, drafting_unit_id: int, text: str) -> int:
    """Keep the text and what was understood of it; the id of the new draft.

    EMPTY when there is no text, NOT_A_PLAN when nothing of a plan was found in it; nothing is written then.
    """
    document = read_plan(text)
    with desk.open() as work:
        title = document.title or ""
        plan_id = plans.add_plan(
            work.connection,
            {
                "office_id": office_id,
                "drafting_unit_id": drafting_unit_id,
                "title": title,
                "fold": fold(title),
                "period_from": document.period.first if document.period else None,
                "period_to": document.period.last if document.period else None,
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
            },
        )
        plans.add_version(work.connection, plan_id, 1, document, text, work.now, work.by.name, None)
        return plan_id


def read_plan(text: str) -> PlanDocument:
    """The reading of a text that must be a plan."""
    if not text.strip():
        raise Refused("EMPTY")
    document = read_text(text)
    if not _is_plan(document) or len(document.title or "") < SHORTEST_TITLE:
        raise Refused("NOT_A_PLAN", doc_type=document.doc_type)
    return document


def _is_plan(document: PlanDocument) -> bool:
    """It says that it is one and has a part, a task or an addressee; or it has both of these without saying so."""
    if document.doc_type is None:
        return bool(document.tasks and document.recipients)
    return "KẾ HOẠCH" in document.doc_type and bool(document.tasks or document.recipients or document.sections)


def _signer_role(document: PlanDocument) -> str:
    """Who signs by the look of the signature block: a deputy where it says KT."""
    return "pho_chu_tich" if (document.signer.authority or "").startswith("KT") else "chu_tich"
