"""Bản thảo quy trình: begun from a version or a file, shown as step table, picture and findings, given up or undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import quote

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import process_words
from workflows.actions.designing import draft_process
from workflows.actions.designing.keepers import require_keeper
from workflows.actions.designing.publish_process import findings_of
from workflows.actions.desk import Work
from workflows.bpmn.editing.table import Row, rows_of
from workflows.bpmn.marks import Marks
from workflows.bpmn.model import Definition
from workflows.errors import BadDefinition, Finding, NotFound, Refused
from workflows.store import process_drafts
from workflows.store.directory.groups import is_group, parse_group
from workflows.store.process_drafts import Draft
from workflows.store.screens.labels import body_names

from .attachment import process_file
from .diagrams import diagram_of
from .mistakes import Mistake, mistakes_of
from .register_entry import id_of

pages = Pages()
KEEPER = role("quan_tri")
PLACE = "/soan-quy-trinh"


@pages.post(f"{PLACE}/mo", KEEPER)
def begin(visit: Guest) -> Response:
    """Open the draft of a process, from a version where there is none yet."""
    version = id_of(visit.form.text("phien_ban"), "phien_ban")
    draft_id = draft_process.begin_draft(visit.desk(), visit.form.text("quy_trinh"), version)
    return visit.go(f"{PLACE}/{draft_id}")


@pages.get(f"{PLACE}/tu-tep", KEEPER)
def ask_file(visit: Guest) -> Response:
    """The form for a file of a new process, or of the next version of a known one."""
    _require_keeper(visit)
    return visit.page("process_file.html", wrong=[])


@pages.post(f"{PLACE}/tu-tep", KEEPER)
def begin_from_file(visit: Guest) -> Response:
    """A draft that begins with a file."""
    try:
        draft_id = draft_process.begin_from_file(visit.desk(), _file(visit))
    except (Refused, BadDefinition) as refused:
        _pass_on_if_foreign(refused)
        return visit.page("process_file.html", 422, wrong=wrong_of(refused))
    return visit.go(f"{PLACE}/{draft_id}")


@pages.get(f"{PLACE}/{{draft_id}}", KEEPER)
def show(visit: Guest, draft_id: int, vua: str = "co", xong: str = "") -> Response:
    """The draft: picture, findings, step table, file, history."""
    return draft_page(visit, draft_id, whole=bool(vua), done=xong)


@pages.get(f"{PLACE}/{{draft_id}}/tep", KEEPER)
def file(visit: Guest, draft_id: int) -> Response:
    """The BPMN file of the draft, for an editor."""
    known = draft_of(visit, draft_id)
    return process_file(known.xml, f"{known.key}-ban-thao.bpmn")


@pages.post(f"{PLACE}/{{draft_id}}/tep", KEEPER)
def upload(visit: Guest, draft_id: int) -> Response:
    """The file as an editor has changed it, in place of the draft's."""
    return edited(visit, draft_id, lambda revision: draft_process.upload_file(
        visit.desk(), draft_id, revision, _file(visit)))  # fmt: skip


@pages.post(f"{PLACE}/{{draft_id}}/hoan-tac", KEEPER)
def undo(visit: Guest, draft_id: int) -> Response:
    """The last change back."""
    return edited(visit, draft_id, lambda revision: draft_process.undo_change(visit.desk(), draft_id, revision))


@pages.post(f"{PLACE}/{{draft_id}}/bo-ban-thao", KEEPER)
def drop(visit: Guest, draft_id: int) -> Response:
    """Give the draft up; it stays on record and another can be begun."""
    known = draft_of(visit, draft_id)
    try:
        draft_process.drop_process_draft(visit.desk(), draft_id, revision_of(visit))
    except Refused as refused:
        _pass_on_if_foreign(refused)
        return draft_page(visit, draft_id, wrong=mistakes_of(refused), status=status_of(refused))
    return visit.go(f"/quy-trinh/{quote(known.key, safe='')}" if known.base_version else "/quy-trinh")


class Edit(Protocol):
    """What a form of the draft page does with the revision that it was made from."""

    def __call__(self, revision: int, /) -> object:
        """Do it; Refused or BadDefinition."""


def edited(visit: Visit, draft_id: int, change: Edit, *, back: str = "") -> Response:
    """Carry out one change and show the draft again, or say at the draft why it was not done."""
    try:
        change(revision_of(visit))
    except (Refused, BadDefinition) as refused:
        _pass_on_if_foreign(refused)
        status = status_of(refused) if isinstance(refused, Refused) else 422
        return draft_page(visit, draft_id, wrong=wrong_of(refused), status=status)
    return visit.go(f"{PLACE}/{draft_id}?xong=da_ghi{back}")


def draft_page(
    visit: Visit,
    draft_id: int,
    *,
    whole: bool = True,
    done: str = "",
    wrong: list[Mistake] | None = None,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The page of a draft, with what went wrong with the last form."""
    known = draft_of(visit, draft_id)
    with visit.web.database.read() as connection:
        work = Work(connection, visit.now, visit.person, functions=visit.web.functions)
        definition, findings = findings_of(work, known)
        rows = rows_in(definition, known)
        shown = {
            "changes": process_drafts.changes_of(connection, draft_id),
            "bodies": body_names(connection, bodies_in(rows)),
        }
    wrong_at = frozenset(each.element for each in findings if each.element and not each.warning)
    diagram = None
    if definition is not None and definition.process(known.key) is not None:
        diagram = diagram_of(definition, known.key, Marks(errors=wrong_at))
    return visit.page(
        "process_draft.html", status, draft=known, place=f"{PLACE}/{draft_id}", rows=rows, diagram=diagram,
        findings=findings, places={row.node.id for row in rows}, whole=whole, done=done, wrong=wrong or [],
        typed=typed or {}, said=process_words, names=names_of(rows), **shown,
    )  # fmt: skip


def draft_of(visit: Visit, draft_id: int) -> Draft:
    """The draft, for those who may change it."""
    with visit.web.database.read() as connection:
        require_keeper(connection, visit.person)
        return process_drafts.draft(connection, draft_id)


def rows_in(definition: Definition | None, draft: Draft) -> list[Row]:
    """The step table of the draft; empty when its file cannot be read."""
    if definition is None or definition.process(draft.key) is None:
        return []
    return rows_of(definition, draft.key)


def names_of(rows: list[Row]) -> dict[str, str]:
    """What the steps are called."""
    return {row.node.id: row.step.name for row in rows}


def bodies_in(rows: list[Row]) -> list[int]:
    """The bodies that groups of the table name."""
    return [parse_group(group)[1] for row in rows for group in row.groups if is_group(group)]


def revision_of(visit: Visit) -> int:
    """The revision of the draft from which the form was made."""
    return id_of(visit.form.text("lan_sua") or "0", "lan_sua")


def wrong_of(failed: Refused | BadDefinition) -> list[Mistake]:
    """What is wrong with a form or a file."""
    if isinstance(failed, Refused):
        return mistakes_of(failed)
    first: Finding = failed.findings[0]
    return mistakes_of(Refused("BAD_PROCESS_FILE", field="tep", first=first.message))


def _file(visit: Visit) -> bytes:
    upload_ = visit.form.files.get("tep")
    if upload_ is None:
        raise Refused("FIELD_REQUIRED", field="tep")
    return upload_.content


def _require_keeper(visit: Visit) -> None:
    with visit.web.database.read() as connection:
        require_keeper(connection, visit.person)


def _pass_on_if_foreign(refused: Exception) -> None:
    """A page of failure, rather than the draft, for whoever may not see drafts."""
    if isinstance(refused, NotFound) or (isinstance(refused, Refused) and refused.code == "NOT_PROCESS_KEEPER"):
        raise refused
