"""Registered functions: called by name inside the command or by run_jobs, tried again, and never in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from importlib.metadata import EntryPoint
from typing import Any

import pytest

from tests.engine.building import BORDER, file, process, users
from workflows.actions import Desk, complete_task, deploy_definition, start_process
from workflows.actions.functions import BpmnError, Call, Functions, slow
from workflows.actions.incidents import retry_incident
from workflows.actions.load_functions import load_functions
from workflows.actions.run_jobs import run_jobs
from workflows.engine import Actor
from workflows.engine.actor import CLOCK
from workflows.errors import BadDefinition, Refused
from workflows.store.database import Database
from workflows.store.tables.worklist import incidents

from .field import Field
from .small_office import stored

CALLS = '<serviceTask id="j" camunda:class="vn.gov.TinhPhi"/>'
CAUGHT = '<boundaryEvent id="b" attachedToRef="j"><errorEventDefinition errorRef="A"/></boundaryEvent>'
WORK = file('<error id="A" errorCode="HONG"/>', process(BORDER + CALLS + CAUGHT + users("u", "v"), "s j u e", "b v e"))


class Office(Field):
    """A field whose desks know one function, and what it was called with."""

    def __init__(self, database: Database, answer: Any, *, is_slow: bool = False) -> None:
        super().__init__(database)
        self.answer, self.calls = answer, list[Call]()

        def called(call: Call) -> Mapping[str, Any] | None:
            self.calls.append(call)
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

        self.functions = Functions({"vn.gov.TinhPhi": slow(called) if is_slow else called})
        deploy_definition(self.desk(), WORK)

    def desk(self, by: Actor = CLOCK) -> Desk:
        return replace(super().desk(by), functions=self.functions)

    def begin(self) -> int:
        return start_process(self.desk(), "P", {"dien_tich": {"m2": 12}}, "hs:1")

    def codes(self) -> list[str]:
        return [row.code for row in stored(self.database, incidents)]


def test_a_quick_function_runs_inside_the_command(database: Database) -> None:
    office = Office(database, {"phi": 5000})
    case = office.begin()
    (call,) = office.calls
    assert (call.function, call.case_id, call.business_key, call.now) == ("vn.gov.TinhPhi", case, "hs:1", office.now)
    assert dict(call.variables) == {"dien_tich": {"m2": 12}}
    with pytest.raises(TypeError):
        call.variables["phi"] = 1  # type: ignore[index]
    assert (office.waiting(case), office.state(case).process_variables()["phi"]) == (["u"], 5000)


def test_what_a_function_does_to_its_copy_stays_there(memory: Database) -> None:
    office = Office(memory, None)
    case = office.begin()
    office.calls[0].variables["dien_tich"]["m2"] = 99
    assert office.state(case).process_variables() == {"dien_tich": {"m2": 12}}


def test_a_bpmn_error_takes_the_way_of_that_error(memory: Database) -> None:
    office = Office(memory, BpmnError("HONG", "không tính được", {"vi_sao": "thiếu"}))
    case = office.begin()
    assert (office.waiting(case), office.state(case).process_variables()["vi_sao"]) == (["v"], "thiếu")


@pytest.mark.parametrize("wrong", [ValueError("mạng đứt"), 5, {"x": object()}, {1: 2}, {"x": float("nan")}])
def test_a_failure_undoes_nothing_and_is_tried_again_with_growing_pauses(memory: Database, wrong: Any) -> None:
    office = Office(memory, wrong)
    case = office.begin()
    assert (office.waiting(case), len(office.calls)) == (["j"], 1)
    for pause, calls in ((0.5, 1), (1, 2), (5, 2), (6, 3)):
        office.now += timedelta(minutes=pause)
        run_jobs(office.desk())
        assert len(office.calls) == calls
    assert office.codes() == ["JOB_FAILED"]
    assert run_jobs(office.desk()).found == 0
    office.answer = {"phi": 1}
    (incident,) = stored(memory, incidents)
    assert "TinhPhi" in incident.message
    retry_incident(office.desk(), case, incident.incident_id)
    run_jobs(office.desk())
    assert (office.waiting(case), office.codes()) == (["u"], [])


def test_a_slow_function_waits_for_the_sweep(database: Database) -> None:
    office = Office(database, {"phi": 1}, is_slow=True)
    case = office.begin()
    assert (office.calls, office.waiting(case)) == ([], ["j"])
    swept = run_jobs(office.desk())
    assert (swept.found, swept.done, office.waiting(case)) == (1, 1, ["u"])


def test_a_function_listens_to_a_persons_task(memory: Database) -> None:
    office = Office(memory, {"phi": 7})
    heard = '<extensionElements><camunda:taskListener event="complete" class="vn.gov.TinhPhi"/></extensionElements>'
    body = f'{BORDER}<userTask id="a">{heard}</userTask>' + users("u")
    deploy_definition(office.desk(), file(process(body, "s a u e", key="Q", prefix="q")))
    case = start_process(office.desk(), "Q", {}, None)
    complete_task(office.desk(), office.job(case, "a").id, {"so": 3})
    assert dict(office.calls[0].variables) == {"so": 3}
    assert (office.waiting(case), office.state(case).process_variables()) == (["u"], {"so": 3, "phi": 7})


def test_a_function_that_is_gone_leaves_its_job_open(memory: Database) -> None:
    office = Office(memory, {"phi": 1})
    office.functions = Functions()
    case = office.begin()
    assert (office.waiting(case), office.calls) == (["j"], [])
    with pytest.raises(BadDefinition, match="UNSUPPORTED_ATTRIBUTE"):
        deploy_definition(office.desk(), WORK)


REGISTRY = {"vn.gov.TinhPhi": lambda call: None}
NO_REGISTRY = 5


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, "kehoach.functions")


def test_functions_come_from_installed_packages_and_a_setting() -> None:
    here = f"{__name__}:REGISTRY"
    loaded = load_functions(here, [point("gui_tin", f"{__name__}:Office.begin")])
    assert loaded.names == ("gui_tin", "vn.gov.TinhPhi")
    assert load_functions("", []).names == ()


@pytest.mark.parametrize(
    ("setting", "name", "value", "code"),
    [
        ("khong.co:REGISTRY", "a", "os:getcwd", "FUNCTIONS_NOT_LOADED"),
        (f"{__name__}:NO_REGISTRY", "a", "os:getcwd", "FUNCTIONS_NOT_LOADED"),
        ("", "a", "khong.co:f", "FUNCTIONS_NOT_LOADED"),
        ("", "a", f"{__name__}:NO_REGISTRY", "FUNCTIONS_NOT_LOADED"),
        (f"{__name__}:REGISTRY", "vn.gov.TinhPhi", "os:getcwd", "FUNCTION_TWICE"),
        ("", "mo_vong", "os:getcwd", "FUNCTION_NAME_TAKEN"),
    ],
)
def test_what_cannot_be_loaded_stops_the_start(setting: str, name: str, value: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        load_functions(setting, [point(name, value)])
    assert refused.value.code == code
