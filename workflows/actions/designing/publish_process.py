"""A draft becomes a version: proposed with a note by one person, published by another (four eyes)."""

from __future__ import annotations

from workflows.actions.deploy import deploy_checked
from workflows.actions.desk import Desk, Work
from workflows.actions.prove_doable import require_doable
from workflows.actions.reasons import reason_in
from workflows.bpmn.model import Definition
from workflows.bpmn.read import look
from workflows.errors import BadDefinition, Finding, Refused
from workflows.store import process_drafts
from workflows.store.process_drafts import Draft

from .design_checks import design_findings
from .draft_process import open_draft


def propose_draft(desk: Desk, draft_id: int, revision: int, note: str) -> None:
    """Put a draft forward with a note on what is new; DRAFT_HAS_ERRORS, REASON_REQUIRED, and as `open_draft` says."""
    with desk.open() as work:
        known = open_draft(work, draft_id, revision)
        said = reason_in(note, "ghi_chu")
        _require_sound(work, known)
        proposed = {"status": "proposed", "note": said, "proposed_by": work.by.person, "proposed_name": work.by.name}
        process_drafts.set_state(work.connection, known, {**proposed, "proposed_at": work.now})


def take_back_proposal(desk: Desk, draft_id: int, revision: int) -> None:
    """Back to work: whoever proposed it, or whoever should confirm it and does not."""
    with desk.open() as work:
        known = open_draft(work, draft_id, revision)
        if known.status != "proposed":
            raise Refused("NOT_PROPOSED")
        back = {"status": "open", "proposed_by": None, "proposed_name": None, "proposed_at": None}
        process_drafts.set_state(work.connection, known, back)


def publish_draft(desk: Desk, draft_id: int, revision: int) -> int:
    """Make a proposed draft the next version; its number. Running cases stay on theirs.

    SAME_PERSON when whoever proposed it would confirm it; NOT_PROPOSED; DRAFT_HAS_ERRORS when somebody can act no more.
    """
    with desk.open() as work:
        known = open_draft(work, draft_id, revision)
        if known.status != "proposed":
            raise Refused("NOT_PROPOSED")
        if known.proposed_by is None or known.proposed_by == work.by.person:
            raise Refused("SAME_PERSON")
        definition = _require_sound(work, known)
        by = f"{known.proposed_name}; {work.by.name}"
        versions = dict(deploy_checked(work, definition, known.xml, by=by))
        ended = {
            "status": "published",
            "published_version": versions[known.key],
            "ended_by": work.by.name,
            "ended_at": work.now,
        }
        process_drafts.set_state(work.connection, known, ended)
        return versions[known.key]


def findings_of(work: Work, known: Draft) -> tuple[Definition | None, list[Finding]]:
    """What is wrong with a draft, or worth a thought: the checks of every file, who can act, and what a table hides."""
    try:
        definition, found = look(known.xml.encode(), work.functions)
    except BadDefinition as bad:
        return None, list(bad.findings)
    findings = list(found)
    for process in definition.processes:
        findings += design_findings(process, definition.diagram)
        if not any(not each.warning for each in found):
            findings += require_doable(work, process)
    return definition, findings


def _require_sound(work: Work, known: Draft) -> Definition:
    definition, findings = findings_of(work, known)
    errors = [each for each in findings if not each.warning]
    if errors or definition is None:
        raise Refused("DRAFT_HAS_ERRORS", count=len(errors), first=errors[0].message if errors else "")
    return definition
