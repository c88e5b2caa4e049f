"""Cases: start, look, correct, suspend, resume, cancel; and their incidents."""

from __future__ import annotations

from datetime import datetime

from fastapi import Response

from service.words.incident_words import incident_sentence
from workflows import actions
from workflows.actions.administration import reach
from workflows.store.running_cases import running_cases
from workflows.store.screens.case_seen import CaseSeen
from workflows.store.screens.incidents import OpenIncident, place

from .admin_shapes import (
    Case,
    Incident,
    Incidents,
    MoveTokens,
    RunningCase,
    RunningCases,
    SetVariables,
    StartCase,
    StartedCase,
    WaitingAt,
    WithReason,
)
from .demands import etag_of
from .paging import USUAL, After, Limit, page_of, place_of
from .policy import ADMIN, WITH_TAG, Call, Routes
from .shapes import AskedName, IncidentId, Number, RowId

routes = Routes("cases")
PLACE_OF_INCIDENT = (bool, datetime, int, int, str)


@routes.post("/cases", ADMIN, "start_case", status_code=201)
def start_case(caller: Call, body: StartCase) -> StartedCase:
    """Start a case; a token of one office starts it for that office unless it says otherwise."""
    office = body.office_id if body.office_id is not None else caller.token.office_id
    started = actions.start_process(
        caller.desk, body.process, body.variables, body.business_key, body.start, office_id=office
    )
    caller.web.nudge()
    return StartedCase(case_id=started)


@routes.get("/cases", ADMIN, "list_cases")
def list_cases(
    caller: Call, process: AskedName, version: Number | None = None, limit: Limit = USUAL, after: After = None
) -> RunningCases:
    """The cases of a process that are under way, of the own offices, oldest first."""
    (behind,) = place_of(after, (int,)) or (None,)
    with caller.web.database.read() as connection:
        found = running_cases(connection, process, version, offices=reach(caller.actor), after=behind, limit=limit + 1)
    shown, more = page_of(found, limit, lambda each: (each.id,))
    return RunningCases(cases=[RunningCase.model_validate(each, from_attributes=True) for each in shown], next=more)


@routes.get("/cases/{case_id}", ADMIN, "get_case", responses=WITH_TAG)
def get_case(caller: Call, case_id: RowId, response: Response) -> Case:
    """A case: its state and data, what it waits for, its incidents; the ETag is its revision."""
    seen = actions.look_at_case(caller.desk, case_id)
    response.headers["etag"] = etag_of(seen.revision)
    return _case(seen)


@routes.post("/cases/{case_id}/variables", ADMIN, "set_case_variables", status_code=204)
def set_case_variables(caller: Call, case_id: RowId, body: SetVariables) -> None:
    """Correct the data of a running case."""
    actions.set_case_variables(caller.desk, case_id, body.variables)


@routes.post("/cases/{case_id}/move", ADMIN, "move_tokens", status_code=204)
def move_tokens(caller: Call, case_id: RowId, body: MoveTokens) -> None:
    """Correct where a case stands."""
    actions.move_tokens(caller.desk, case_id, cancel=body.cancel, start=body.start, reason=body.reason)
    caller.web.nudge()


@routes.post("/cases/{case_id}/suspend", ADMIN, "suspend_case", status_code=204)
def suspend_case(caller: Call, case_id: RowId, body: WithReason) -> None:
    """Make a case stand still."""
    actions.suspend_case(caller.desk, case_id, body.reason)


@routes.post("/cases/{case_id}/resume", ADMIN, "resume_case", status_code=204)
def resume_case(caller: Call, case_id: RowId) -> None:
    """Let a suspended case go on."""
    actions.resume_case(caller.desk, case_id)


@routes.post("/cases/{case_id}/cancel", ADMIN, "cancel_case", status_code=204)
def cancel_case(caller: Call, case_id: RowId, body: WithReason) -> None:
    """End a case early; the life of a plan is ended on its page."""
    actions.cancel_case(caller.desk, case_id, body.reason)


@routes.get("/incidents", ADMIN, "list_incidents")
def list_incidents(caller: Call, limit: Limit = USUAL, after: After = None) -> Incidents:
    """The open incidents of the own offices, oldest first; those of cases that are over come last."""
    found = actions.list_incidents(caller.desk, limit + 1, place_of(after, PLACE_OF_INCIDENT))
    shown, more = page_of([each.incident for each in found], limit, place)
    return Incidents(incidents=[_incident(each) for each in shown], next=more)


@routes.post("/cases/{case_id}/incidents/{incident_id}/retry", ADMIN, "retry_incident", status_code=204)
def retry_incident(caller: Call, case_id: RowId, incident_id: IncidentId) -> None:
    """Do again what failed; refused with the reason when it fails again."""
    actions.retry_incident(caller.desk, case_id, incident_id)
    caller.web.nudge()


@routes.post("/cases/{case_id}/incidents/{incident_id}/resolve", ADMIN, "resolve_incident", status_code=204)
def resolve_incident(caller: Call, case_id: RowId, incident_id: IncidentId, body: WithReason) -> None:
    """Close an incident without another try."""
    actions.resolve_incident(caller.desk, case_id, incident_id, body.reason)


def _case(seen: CaseSeen) -> Case:
    facts = {name: getattr(seen, name) for name in Case.model_fields if name not in ("waiting", "incidents")}
    waiting = [WaitingAt.model_validate(each, from_attributes=True) for each in seen.waiting]
    return Case(**facts, waiting=waiting, incidents=[_incident(each) for each in seen.incidents])


def _incident(found: OpenIncident) -> Incident:
    facts = {name: getattr(found, name) for name in Incident.model_fields if name != "detail"}
    return Incident(**facts, detail=incident_sentence(found.code, found.message))
