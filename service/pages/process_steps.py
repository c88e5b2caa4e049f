"""The step table at work: one step with who, until when and what follows; added, moved, taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from starlette.responses import Response

from service.auth.policy import Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import process_words, vi
from workflows.actions.designing import draft_process
from workflows.actions.designing.keepers import process_office
from workflows.actions.designing.publish_process import findings_of
from workflows.actions.desk import Work
from workflows.actions.set_escalation import TARGETS
from workflows.bpmn.editing.steps import StepFields
from workflows.bpmn.editing.table import Row, due_of, ladder_text
from workflows.bpmn.editing.ways import Way
from workflows.errors import NotFound, Refused
from workflows.store import directory
from workflows.store.directory.groups import ROLES
from workflows.store.screens.labels import body_names

from .mistakes import Mistake, mistakes_of
from .process_drafts import KEEPER, PLACE, bodies_in, draft_of, edited, names_of, revision_of, rows_in

pages = Pages()
MOST_DAYS = 250
NEW_GROUPS = (1, 2, 3)
_LEVEL = re.compile(r"([+-]?\d{1,3}) ?:? ?(.+)")


@pages.get(f"{PLACE}/{{draft_id}}/buoc/{{element}}", KEEPER)
def one_step(visit: Guest, draft_id: int, element: str) -> Response:
    """The form of one step."""
    return _step_page(visit, draft_id, element)


@pages.post(f"{PLACE}/{{draft_id}}/buoc/{{element}}", KEEPER)
def set_step(visit: Guest, draft_id: int, element: str) -> Response:
    """Write what the form says of the step."""
    row = _row(visit, draft_id, element)
    try:
        fields = _fields(visit, row)
        draft_process.set_step(visit.desk(), draft_id, revision_of(visit), element, fields)
    except Refused as refused:
        if isinstance(refused, NotFound) or refused.code == "NOT_PROCESS_KEEPER":
            raise
        return _step_page(visit, draft_id, element, visit.form.fields, mistakes_of(refused), status_of(refused))
    return visit.go(f"{PLACE}/{draft_id}?xong=da_ghi#buoc-{element}")


@pages.post(f"{PLACE}/{{draft_id}}/them", KEEPER)
def add(visit: Guest, draft_id: int) -> Response:
    """A new step on a flow; a step of people is then filled in."""
    sent, kind = visit.form, visit.form.text("loai") or "userTask"
    made: list[str] = []
    answer = edited(visit, draft_id, lambda revision: made.append(draft_process.add_step(
        visit.desk(), draft_id, revision, sent.text("vao"), kind, sent.text("ten")
    )))  # fmt: skip
    return visit.go(f"{PLACE}/{draft_id}/buoc/{made[0]}") if made and kind == "userTask" else answer


@pages.post(f"{PLACE}/{{draft_id}}/doi", KEEPER)
def move(visit: Guest, draft_id: int) -> Response:
    """A step to another flow."""
    sent = visit.form
    return edited(visit, draft_id, lambda revision: draft_process.move_step(
        visit.desk(), draft_id, revision, sent.text("buoc"), sent.text("vao")))  # fmt: skip


@pages.post(f"{PLACE}/{{draft_id}}/bo", KEEPER)
def remove(visit: Guest, draft_id: int) -> Response:
    """A step away; the change can be undone."""
    sent = visit.form
    return edited(visit, draft_id, lambda revision: draft_process.remove_step(
        visit.desk(), draft_id, revision, sent.text("buoc")))  # fmt: skip


@pages.post(f"{PLACE}/{{draft_id}}/duong/{{flow}}", KEEPER)
def set_way(visit: Guest, draft_id: int, flow: str) -> Response:
    """Where a flow leads, when, and what it is called."""
    way = _way(visit)
    return edited(visit, draft_id, lambda revision: draft_process.set_way(
        visit.desk(), draft_id, revision, flow, way))  # fmt: skip


@pages.post(f"{PLACE}/{{draft_id}}/them-duong", KEEPER)
def add_way(visit: Guest, draft_id: int) -> Response:
    """One more flow out of a step."""
    way, source = _way(visit), visit.form.text("tu")
    return edited(visit, draft_id, lambda revision: draft_process.add_way(
        visit.desk(), draft_id, revision, source, way))  # fmt: skip


@pages.post(f"{PLACE}/{{draft_id}}/bo-duong", KEEPER)
def remove_way(visit: Guest, draft_id: int) -> Response:
    """A flow away."""
    flow = visit.form.text("duong")
    return edited(visit, draft_id, lambda revision: draft_process.remove_way(
        visit.desk(), draft_id, revision, flow))  # fmt: skip


def _way(visit: Visit) -> Way:
    sent = visit.form
    return Way(sent.text("toi"), sent.text("ten_duong"), sent.text("dieu_kien"), sent.has("mac_dinh"))


def _fields(visit: Visit, row: Row) -> StepFields:
    """What the form says, as a file says it; what the form does not know of the step stays."""
    sent = visit.form
    kept = tuple(group for group in row.groups if group in sent.many.get("nhom", ()))
    new = tuple(
        f"{role}@{place}"
        for number in NEW_GROUPS
        if (role := sent.text(f"chuc_danh-{number}")) and (place := sent.text(f"noi-{number}"))
    )
    known = set(ROLES) | {"${nguoi_ky}"}
    if any(group.partition("@")[0] not in known for group in new):
        raise Refused("UNKNOWN_CHOICE", field="chuc_danh-1")
    return StepFields(
        sent.text("ten"), sent.text("mo_ta"), tuple(dict.fromkeys((*kept, *new))), _due(visit, row),
        ladder_text(read_ladder(sent.text("nhac"))), sent.text("bieu_mau"), tuple(sent.many.get("khac", ())),
    )  # fmt: skip


def _due(visit: Visit, row: Row) -> str:
    typed = visit.form.text("so_ngay")
    if not typed:
        return row.due if row.due and row.days is None and visit.form.has("giu_han") else ""
    days = whole_number(typed) or 0
    if not 1 <= days <= MOST_DAYS:
        raise Refused("BAD_DAYS", field="so_ngay", most=MOST_DAYS)
    return due_of(days)


def read_ladder(text: str) -> list[tuple[int, str]]:
    """`-2 người giữ, +1 thủ trưởng` as levels; BAD_LADDER."""
    words = {name: target for target, name in process_words.TARGET.items()} | {each: each for each in TARGETS}
    levels = []
    for part in filter(None, (" ".join(each.split()) for each in text.replace(";", ",").split(","))):
        found = _LEVEL.fullmatch(part)
        target = words.get(found[2].lower()) if found else None
        if found is None or target is None:
            raise Refused("BAD_LADDER", field="nhac")
        levels.append((int(found[1]), target))
    return sorted(levels)


def _row(visit: Visit, draft_id: int, element: str) -> Row:
    return next((row for row in _rows(visit, draft_id) if row.node.id == element), None) or _no_step(element)


def _no_step(element: str) -> Row:
    raise NotFound("step", id=element)


def _rows(visit: Visit, draft_id: int) -> list[Row]:
    known = draft_of(visit, draft_id)
    with visit.web.database.read() as connection:
        definition, _ = findings_of(Work(connection, visit.now, visit.person, functions=visit.web.functions), known)
    return rows_in(definition, known)


def _step_page(  # noqa: PLR0917 - the form as it was sent, and what is wrong with it
    visit: Visit,
    draft_id: int,
    element: str,
    typed: Mapping[str, str] | None = None,
    wrong: Sequence[Mistake] = (),
    status: int = 200,
) -> Response:
    known, rows = draft_of(visit, draft_id), _rows(visit, draft_id)
    row = next((each for each in rows if each.node.id == element), None)
    if row is None:
        raise NotFound("step", id=element)
    with visit.web.database.read() as connection:
        names = body_names(connection, bodies_in(rows))
        own = process_office(connection)
        bodies = directory.bodies_of(connection, own) if own is not None else []
    places = [*process_words.PLACE.items(), *((str(each.id), each.name) for each in bodies if not each.valid_to)]
    roles = [(each, vi.ROLE[each]) for each in ROLES]
    return visit.page(
        "process_step.html", status, draft=known, place=f"{PLACE}/{draft_id}", row=row, rows=rows,
        names=names_of(rows), bodies=names, places=places, roles=roles, forms=vi.FORM_VERB, new_groups=NEW_GROUPS,
        typed=typed if typed is not None else _typed(row), wrong=list(wrong), said=process_words,
        others=[each for each in rows if each.is_human and each.node.id != element],
        ticked=visit.form.many.get("khac", ()) if typed is not None else row.exclude,
        chosen=visit.form.many.get("nhom", ()) if typed is not None else row.groups,
    )  # fmt: skip


def _typed(row: Row) -> dict[str, str]:
    return {
        "ten": row.node.name or "",
        "mo_ta": row.node.documentation or "",
        "so_ngay": str(row.days) if row.days is not None else "",
        "nhac": process_words.ladder_words(row.ladder),
        "bieu_mau": row.form,
        "giu_han": "co",
    }
