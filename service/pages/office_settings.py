"""Thiết lập cơ quan: everything that an office decides for itself in one place, and every change of it on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import display_words as said
from service.words import list_words
from service.words.dates import time_words
from workflows.actions.administration import administered
from workflows.actions.set_office_face import set_emblem, set_office_address
from workflows.errors import NotFound, Refused
from workflows.store import directory, office_face, setting_changes
from workflows.store.screens import sight
from workflows.store.setting_changes import SettingChange

from .calendar import office_of
from .list_files import MOST_LINES, ListFile, list_file
from .mistakes import Mistake, mistakes_of
from .register_entry import id_of

pages = Pages()
HOME = "/thiet-lap"
CHANGES_SHOWN = 200


@pages.get(HOME, PERSON)
def show(visit: Guest, xong: str = "") -> Response:
    """The settings of the own office: what it shows of itself, and the way to all others."""
    return _page(visit, done=xong == "co")


@pages.post(f"{HOME}/dia-chi", PERSON)
def put_address(visit: Guest) -> Response:
    """Enter the lines of the address."""
    return _do(visit, lambda office: set_office_address(visit.desk(), office, visit.form.fields.get("dia_chi", "")))


@pages.post(f"{HOME}/bieu-tuong", PERSON)
def put_emblem(visit: Guest) -> Response:
    """Put a picture in use, or take it away."""
    upload = visit.form.files.get("bieu_tuong")
    if upload is None and not visit.form.has("bo_bieu_tuong"):
        return _page(visit, mistakes_of(Refused("FIELD_REQUIRED", field="bieu_tuong")), 422)
    return _do(visit, lambda office: set_emblem(visit.desk(), office, upload.content if upload else b""))


@pages.get(f"{HOME}/bieu-tuong/{{office_id}}", PERSON)
def emblem(visit: Guest, office_id: int) -> Response:
    """The picture of an office, for whoever is signed in; its address changes with it, so it may be kept."""
    with visit.web.database.read() as connection:
        kept = office_face.emblem_of(connection, office_id)
        if kept is None:
            raise NotFound("emblem", id=office_id)
        content = office_face.emblem_bytes(connection, kept.id)
    headers = {"cache-control": "private, max-age=86400", "etag": f'"{kept.sha256}"'}
    return Response(content, media_type=kept.media_type, headers=headers)


@pages.get(f"{HOME}/thay-doi", PERSON)
def changes(visit: Guest) -> Response:
    """Who changed which setting of the own offices, from what to what, newest first."""
    found, bodies = _changes(visit, CHANGES_SHOWN)
    return visit.page("setting_changes.html", found=found, bodies=bodies, said=said)


@pages.get(f"{HOME}/thay-doi/tai-ve", PERSON)
def changes_as_file(visit: Guest) -> Response:
    """The same as a file."""
    found, bodies = _changes(visit, MOST_LINES)
    rows = [
        (
            said.setting_name(each),
            said.setting_value(each.key, each.old),
            said.setting_value(each.key, each.new),
            each.by,
            time_words(each.at),
            bodies[each.office_id].name,
        )
        for each in found
    ]
    name = list_words.SETTING_CHANGES
    return list_file(visit, ListFile(name, name, list_words.CHANGE_COLUMNS, rows, [time_words(visit.now)]))


def _changes(visit: Visit, most: int) -> tuple[list[SettingChange], Mapping[int, directory.Body]]:
    with visit.web.database.read() as connection:
        offices = sight.sight_of(connection, visit.person.groups).office_ids
        found = setting_changes.setting_changes_of(connection, offices, most)
        return found, directory.bodies_by_id(connection, offices)


def _do(visit: Visit, verb: Callable[[int], None]) -> Response:
    try:
        verb(id_of(visit.form.text("co_quan_so"), "co_quan_so"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, mistakes_of(refused), 422)
    return visit.go(f"{HOME}?xong=co")


def _page(visit: Visit, wrong: list[Mistake] | None = None, status: int = 200, *, done: bool = False) -> Response:
    office_id = office_of(visit)
    roles = {group.partition("@")[0] for group in visit.person.groups}
    with visit.web.database.read() as connection:
        face = office_face.office_face(connection, office_id, directory.body(connection, office_id).name)
    return visit.page(
        "office_settings.html",
        status=status,
        face=face,
        areas=[each for each in said.OFFICE_AREA if not each[3] or roles & set(each[3])],
        may_set=office_id in administered(visit.person),
        typed={"dia_chi": visit.form.fields.get("dia_chi", "\n".join(face.address))},
        wrong=wrong or [],
        done=done,
    )
