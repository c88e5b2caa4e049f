"""deploy_decision: a DMN file becomes the next version; business rule tasks ask it over the real store."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.small_office import stored
from tests.bpmn.dmn_file import dmn, literal, table
from tests.engine.building import BORDER, file, process
from workflows.actions import Desk, deploy_decision, deploy_definition, deploy_together, start_process
from workflows.engine import State, state_from_json
from workflows.engine.actor import CLOCK
from workflows.errors import BadDefinition
from workflows.store.cases import load_case
from workflows.store.database import Database
from workflows.store.tables.decisions import decisions
from workflows.store.tables.processes import definitions

from .small_office import START

SIGNER = table(['"xa" => "chu_tich"'], ("cap",), ("nguoi_ky",), key="nguoi_ky")


def asking(binding: str = "latest", **more: str) -> bytes:
    attributes = {"decisionRef": "nguoi_ky", "mapDecisionResult": "singleEntry", "resultVariable": "kq", **more}
    written = " ".join(f'camunda:{name}="{value}"' for name, value in attributes.items())
    rule = f'<businessRuleTask id="r" camunda:decisionRefBinding="{binding}" {written}/>'
    return file(process(BORDER + rule, "s r e"))


def played(database: Database, **variables: Any) -> State:
    case = start_process(Desk(database, START, CLOCK), "P", variables, None)
    with database.read() as connection:
        return state_from_json(load_case(connection, case, lock=False).state)


def test_versions_side_by_side(database: Database) -> None:
    desk = Desk(database, START, CLOCK)
    assert deploy_decision(desk, dmn(SIGNER)) == [("nguoi_ky", 1)]
    assert deploy_decision(desk, dmn(SIGNER)) == [("nguoi_ky", 1)]
    assert deploy_decision(desk, dmn(literal("nguoi_ky", '"moi"'), literal("khac", "1"))) == [
        ("nguoi_ky", 2),
        ("khac", 1),
    ]
    assert [(row.key, row.version, row.name, row.deployed_at) for row in stored(database, decisions)] == [
        ("nguoi_ky", 1, "nguoi_ky", START),
        ("nguoi_ky", 2, "nguoi_ky", START),
        ("khac", 1, "khac", START),
    ]
    for wanted, value in ((asking(), "moi"), (asking("version", decisionRefVersion="1"), "chu_tich")):
        deploy_definition(desk, wanted)
        assert played(database, cap="xa").process_variables()["kq"] == value
    deploy_definition(desk, asking("version", decisionRefVersion="3"))
    assert [task.kind for task in played(database, cap="xa").tasks.values()] == ["job"]


def test_deployed_together_and_asked_by_deployment(database: Database) -> None:
    desk = Desk(database, START, CLOCK)
    both = [asking("deployment"), dmn(SIGNER)]
    assert deploy_together(desk, both) == [("P", 1), ("nguoi_ky", 1)]
    deploy_decision(desk, dmn(literal("nguoi_ky", '"moi"')))
    assert played(database, cap="xa").process_variables()["kq"] == "chu_tich"


def test_a_tag(memory: Database) -> None:
    desk = Desk(memory, START, CLOCK)
    tagged = dmn(SIGNER).replace(b"<decision ", b'<decision camunda:versionTag="cu" ')
    deploy_decision(desk, tagged)
    deploy_decision(desk, dmn(literal("nguoi_ky", '"moi"')))
    deploy_definition(desk, asking("versionTag", decisionRefVersionTag="cu"))
    assert played(memory, cap="xa").process_variables()["kq"] == "chu_tich"


@pytest.mark.parametrize(
    ("xml", "code"), [(asking(), "NOT_DMN"), (b"<a", "XML_MALFORMED"), (dmn(literal("a", "1 +")), "EXPRESSION_ERROR")]
)
def test_a_bad_file_leaves_nothing(memory: Database, xml: bytes, code: str) -> None:
    with pytest.raises(BadDefinition) as caught:
        deploy_decision(Desk(memory, START, CLOCK), xml)
    assert caught.value.code == code
    assert stored(memory, decisions) == []


def test_a_bad_decision_refuses_the_process_that_came_with_it(memory: Database) -> None:
    with pytest.raises(BadDefinition):
        deploy_together(Desk(memory, START, CLOCK), [asking(), dmn(table(["< => 1"]))])
    assert stored(memory, definitions) == []
