"""Sự cố: what failed without a person to tell, for administrators: tried again, or closed with a reason."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import telling_words
from service.words.incident_words import incident_sentence
from workflows.actions.definitions import StoredDefinitions
from workflows.actions.incidents import resolve_incident, retry_incident
from workflows.actions.list_incidents import list_incidents
from workflows.actions.look_at_case import look_at_case
from workflows.errors import Refused
from workflows.store.channel_states import all_channel_states
from workflows.store.deliveries import count_waiting
from workflows.store.screens import case_diagram

from .diagrams import diagram_of
from .mistakes import Mistake, mistakes_of

pages = Pages()
ADMINISTRATOR = role("quan_tri")


@dataclass(frozen=True)
class Sent:
    """The incident whose form was sent, what was typed, and what is wrong with it."""

    case_id: int = 0
    incident_id: str = ""
    typed: str = ""
    wrong: tuple[Mistake, ...] = ()


@pages.get("/su-co", ADMINISTRATOR)
def incidents(visit: Guest, xong: str = "") -> Response:
    """Every open incident of the own offices, oldest first."""
    return _page(visit, Sent(), done=xong if xong in ("thu_lai", "giai_quyet") else "")


@pages.post("/su-co/{case_id}/{incident_id}/thu-lai", ADMINISTRATOR)
def retry(visit: Guest, case_id: int, incident_id: str) -> Response:
    """Thử lại: do again what failed; if it fails again the page says why, and the incident stays."""
    try:
        retry_incident(visit.desk(), case_id, incident_id)
    except Refused as refused:
        wrong = tuple(Mistake("", each.sentence) for each in mistakes_of(refused))
        return _page(visit, Sent(case_id, incident_id, "", wrong), status_of(refused))
    visit.web.nudge()
    return visit.go("/su-co?xong=thu_lai")


@pages.post("/su-co/{case_id}/{incident_id}/giai-quyet", ADMINISTRATOR)
def resolve(visit: Guest, case_id: int, incident_id: str) -> Response:
    """Giải quyết: close it without another try, for a reason that stays in the history."""
    reason = visit.form.text("ly_do")
    if visit.form.has("xem_lai"):
        return _page(visit, Sent(case_id, incident_id, reason))
    try:
        resolve_incident(visit.desk(), case_id, incident_id, reason)
    except Refused as refused:
        at_form = f"-{case_id}-{incident_id}"
        wrong = tuple(Mistake(each.field and each.field + at_form, each.sentence) for each in mistakes_of(refused))
        return _page(visit, Sent(case_id, incident_id, reason, wrong), status_of(refused))
    return visit.go("/su-co?xong=giai_quyet")


@pages.get("/ho-so/{case_id}", ADMINISTRATOR)
def case(visit: Guest, case_id: int, vua: str = "") -> Response:
    """One case, also one that belongs to no plan: its diagram with the way so far, what it waits for, its data."""
    seen = look_at_case(visit.desk(), case_id)
    with visit.web.database.read() as connection:
        runs_on = case_diagram.diagram_of(connection, case_id)
        definition = StoredDefinitions(connection).load(str(runs_on.definition_id))
        marks = case_diagram.marks_of(connection, case_id, definition, runs_on.process)
    return visit.page("case.html", seen=seen, diagram=diagram_of(definition, runs_on.process, marks), whole=bool(vua))


def _page(visit: Visit, sent: Sent, status: int = 200, done: str = "") -> Response:
    found = list_incidents(visit.desk())
    shown = [(each, incident_sentence(each.incident.code, each.incident.message)) for each in found]
    with visit.web.database.read() as connection:
        failing = [each for each in all_channel_states(connection) if each.failing_since is not None]
        waiting = count_waiting(connection)
    return visit.page(
        "incidents.html",
        status=status,
        found=shown,
        sent=sent,
        done=done,
        failing=failing,
        waiting=waiting,
        telling=telling_words,
    )
