"""Work on the draft of a process: begun from a version or a file, changed step by step, taken back, given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from workflows.actions.deploy import kept_text
from workflows.actions.desk import Desk, Work
from workflows.bpmn.editing import steps, ways
from workflows.bpmn.editing.document import Document, open_document, text_of
from workflows.bpmn.editing.steps import StepFields
from workflows.bpmn.editing.ways import Way
from workflows.bpmn.read import look
from workflows.errors import BadDefinition, Finding, Refused
from workflows.store import cases, process_drafts
from workflows.store.process_drafts import Draft

from .keepers import require_keeper

Result = TypeVar("Result")


def begin_draft(desk: Desk, key: str, version: int) -> int:
    """Begin a draft from this version; the open one where there is one already. NOT_PROCESS_KEEPER, NotFound."""
    with desk.open() as work:
        require_keeper(work.connection, work.by)
        known = process_drafts.open_drafts(work.connection).get(key)
        if known is not None:
            return known.id
        row = cases.definition_version(work.connection, key, version)
        return process_drafts.begin_draft(work.connection, key, version, row.xml, by=work.by.name, now=work.now)


def begin_from_file(desk: Desk, xml: bytes) -> int:
    """Begin a draft of the first process of a file: of a new process, or as the next version of a known one.

    NOT_PROCESS_KEEPER; DRAFT_IS_OPEN; BadDefinition for what is no BPMN.
    """
    text, key = _process_in(xml, None)
    with desk.open() as work:
        require_keeper(work.connection, work.by)
        if key in process_drafts.open_drafts(work.connection):
            raise Refused("DRAFT_IS_OPEN", process=key, field="tep")
        known = cases.find_definition(work.connection, key)
        base = known.version if known else None
        return process_drafts.begin_draft(work.connection, key, base, text, by=work.by.name, now=work.now)


def set_step(desk: Desk, draft_id: int, revision: int, step_id: str, fields: StepFields) -> None:
    """Write the fields of a step; refused as `editing.steps.set_step` says."""
    _edit(desk, draft_id, revision, "step", step_id, lambda document: steps.set_step(document, step_id, fields))


def add_step(  # noqa: PLR0917 - the draft as it was seen, and the new step
    desk: Desk, draft_id: int, revision: int, flow_id: str, kind: str, name: str
) -> str:
    """A new step on a flow; its id."""
    return _edit(
        desk, draft_id, revision, "add", None, lambda document: steps.add_step(document, flow_id, kind=kind, name=name)
    )


def move_step(desk: Desk, draft_id: int, revision: int, step_id: str, flow_id: str) -> None:
    """A step to another flow."""
    _edit(desk, draft_id, revision, "move", step_id, lambda document: steps.move_step(document, step_id, flow_id))


def remove_step(desk: Desk, draft_id: int, revision: int, step_id: str) -> None:
    """A step away."""
    _edit(desk, draft_id, revision, "remove", step_id, lambda document: steps.remove_step(document, step_id))


def set_way(desk: Desk, draft_id: int, revision: int, flow_id: str, way: Way) -> None:
    """Where a flow leads and when."""
    _edit(desk, draft_id, revision, "way", flow_id, lambda document: ways.set_way(document, flow_id, way))


def add_way(desk: Desk, draft_id: int, revision: int, source_id: str, way: Way) -> str:
    """One more flow out of a step; its id."""
    return _edit(
        desk, draft_id, revision, "add_way", source_id, lambda document: ways.add_way(document, source_id, way)
    )


def remove_way(desk: Desk, draft_id: int, revision: int, flow_id: str) -> None:
    """A flow away."""
    _edit(desk, draft_id, revision, "remove_way", flow_id, lambda document: ways.remove_way(document, flow_id))


def upload_file(desk: Desk, draft_id: int, revision: int, xml: bytes) -> None:
    """Replace the whole file by one from an editor, errors in it allowed; OTHER_PROCESS when it is of another one."""
    with desk.open() as work:
        known = open_draft(work, draft_id, revision)
        text, _ = _process_in(xml, known.key)
        process_drafts.change_draft(work.connection, known, text, "upload", None, by=work.by.name, now=work.now)


def undo_change(desk: Desk, draft_id: int, revision: int) -> None:
    """Take the last change back, which is itself a change; NOTHING_TO_UNDO at the beginning."""
    with desk.open() as work:
        known = open_draft(work, draft_id, revision)
        kept = process_drafts.changes_of(work.connection, draft_id)
        taken = 0
        for each in kept:  # what was undone before is not undone again
            if each.what == "undo":
                taken += 1
            elif taken:
                taken -= 1
            elif each.what == "begun":
                raise Refused("NOTHING_TO_UNDO")
            else:
                before = process_drafts.file_at(work.connection, draft_id, each.revision - 1)
                break
        process_drafts.change_draft(work.connection, known, before, "undo", None, by=work.by.name, now=work.now)


def drop_process_draft(desk: Desk, draft_id: int, revision: int) -> None:
    """Give a draft up; it stays on record."""
    with desk.open() as work:
        known = open_draft(work, draft_id, revision)
        ended = {"status": "dropped", "ended_by": work.by.name, "ended_at": work.now}
        process_drafts.set_state(work.connection, known, ended)


def open_draft(work: Work, draft_id: int, revision: int) -> Draft:
    """A draft that may still be changed, as it was seen; DRAFT_IS_OVER, and `Stale` with who changed it and when."""
    require_keeper(work.connection, work.by)
    known = process_drafts.draft(work.connection, draft_id)
    if not known.is_open:
        raise Refused("DRAFT_IS_OVER", status=known.status)
    if known.revision != revision:
        raise Refused("DRAFT_CHANGED", by=known.changed_by, at=known.changed_at)
    return known


def _edit(  # noqa: PLR0917 - the draft as it was seen, and the change
    desk: Desk, draft_id: int, revision: int, what: str, element: str | None, change: Callable[[Document], Result]
) -> Result:
    with desk.open() as work:
        known = open_draft(work, draft_id, revision)
        document = open_document(known.xml, known.key)
        result = change(document)
        text = text_of(document)
        if text == text_of(open_document(known.xml, known.key)):
            return result
        named = element or (result if isinstance(result, str) else None)
        process_drafts.change_draft(work.connection, known, text, what, named, by=work.by.name, now=work.now)
        return result


def _process_in(xml: bytes, key: str | None) -> tuple[str, str]:
    """The file as text and the process of it that is meant."""
    definition, _ = look(xml, None)
    keys = [each.id for each in definition.processes]
    if not keys:
        raise BadDefinition([Finding("NOT_EXECUTABLE", None, None, "Tệp không có quy trình nào chạy được.")])
    if key is not None and key not in keys:
        raise Refused("OTHER_PROCESS", field="tep", process=key, found=keys)
    return kept_text(xml), key or keys[0]
