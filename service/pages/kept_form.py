"""What was typed into a long form that belongs to no task: kept from time to time, and given back on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from workflows.actions.keep_form import drop_form, keep_form
from workflows.errors import Refused
from workflows.store import own_desk

from .filled_in import of_the_form
from .sign_in import own_path

pages = Pages()


@pages.post("/toi/nhap", PERSON)
def keep(visit: Guest) -> Response:
    """For the script of a form: keep what is typed; `noi` is the path of its page. Nothing is shown."""
    keep_form(visit.desk(), visit.person_id, _place(visit), of_the_form(visit.form))
    return Response(status_code=204)


@pages.post("/toi/nhap/bo", PERSON)
def drop(visit: Guest) -> Response:
    """Begin the form anew."""
    place = _place(visit)
    drop_form(visit.desk(), visit.person_id, place)
    return visit.go(place)


def kept_on(visit: Visit, place: str) -> dict[str, Any]:
    """What a page shows of what was typed into its form before: `kept` with its instant, and the fields as `refilled`
    once the person asked for them (`?nhap=co`)."""
    with visit.web.database.read() as connection:
        kept = own_desk.form_of(connection, visit.person_id, place)
    wanted = visit.request.query_params.get("nhap") == "co"
    refilled: Mapping[str, str] = kept.fields if kept is not None and wanted else {}
    return {"kept": kept, "kept_place": place, "refilled": refilled}


def handed_in(visit: Visit, place: str) -> None:
    """What was kept of the form is handed in now and needs keeping no more."""
    with visit.web.database.read() as connection:
        kept = own_desk.form_of(connection, visit.person_id, place)
    if kept is not None:
        drop_form(visit.desk(), visit.person_id, place)


def _place(visit: Visit) -> str:
    """The page that the form stands on; only one of our own, without its query."""
    said = visit.form.text("noi")
    if not said or own_path(said) != said or "?" in said:
        raise Refused("BAD_FIELD", field="noi", value=said[:40])
    return said
