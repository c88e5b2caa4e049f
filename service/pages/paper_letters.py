"""The letters that văn thư sends to those who have a document on paper: whom, and where each letter is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.actions.after_issue import CORRECTION, RECALL
from workflows.store import document_files, issuing
from workflows.store.untold_papers import UntoldPaper, untold_papers


@dataclass(frozen=True)
class PaperToTell:
    """One addressee to be told, and the address of the letter to print."""

    untold: UntoldPaper
    letter: str


def papers_to_tell(
    connection: Connection, *, office_ids: frozenset[int] | None = None, plan_id: int | None = None
) -> list[PaperToTell]:
    """Whom văn thư must still tell, with the letter that says it."""
    found = untold_papers(connection, office_ids=office_ids, plan_id=plan_id)
    letters = {each.relation_id: _letter(connection, each) for each in found}
    return [PaperToTell(each, letters[each.relation_id]) for each in found]


def _letter(connection: Connection, untold: UntoldPaper) -> str:
    """The kept letter of a correction, the letter of a recall, or the plan that replaces this one."""
    plan = f"/ke-hoach/{untold.subject_id}"
    if untold.relation == RECALL:
        return f"{plan}/van-ban/thu_hoi.pdf"
    if untold.by_register_id is None:
        return f"{plan}/noi-nhan"
    if untold.relation == CORRECTION:
        files = document_files.files_of(connection, "register", untold.by_register_id)
        kept = _printed(files)
        return f"{plan}/cong-van/{kept.id}" if kept else f"{plan}/van-ban/dinh_chinh.pdf"
    return f"/ke-hoach/{issuing.register_line(connection, untold.by_register_id).subject_id}/van-ban/phat-hanh"


def _printed(files: Sequence[document_files.DocumentFile]) -> document_files.DocumentFile | None:
    """The PDF where there is one, else the Word file."""
    return next((each for each in files if each.role == "pdf"), files[0] if files else None)
