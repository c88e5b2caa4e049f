"""Business rule tasks: a decision of the deployed set is made at once, any other is a job (semantics.md T5)."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.bpmn.dmn_file import dmn, literal, table
from workflows.bpmn.dmn import read_decisions
from workflows.bpmn.read import read
from workflows.engine import CLOCK, Actor, Context, DefinitionSet, State, decide, replay
from workflows.engine import commands as cmd
from workflows.errors import BadDefinition, Refused

from .building import BORDER, file, process

API = Actor(person=None, name="API", channel="api", groups=frozenset({"*"}))
WORKER = Actor(person=None, name="w", channel="worker", groups=frozenset({"*"}))
NOW = Context(datetime(2026, 1, 5, 1, tzinfo=UTC))
SIGNER = table(['"xa" => "chu_tich"', '"tinh" => "pho_chu_tich"'], ("cap",), ("nguoi_ky",), key="nguoi_ky")
MANY = table(["< 10 => 1", "< 20 => 2"], outputs=("so",), hit="RULE ORDER", key="nhieu")
TWO = table(["- => 1 | 2"], outputs=("a", "b"), key="hai")


def rule(attributes: str, inner: str = "", before: str = "") -> str:
    task = f'<businessRuleTask id="r" {attributes}>{inner}</businessRuleTask>'
    return process(BORDER + before + task, "s u r e" if before else "s r e")


def asked(**attributes: str) -> str:
    return " ".join(f'camunda:{name}="{value}"' for name, value in attributes.items())


def deployed(text: str, *decisions: str) -> DefinitionSet:
    definitions = DefinitionSet()
    definitions.add("1", read(file(text)))
    for decision in decisions:
        definitions.add_decisions("1", read_decisions(dmn(decision)))
    return definitions


def run(definitions: DefinitionSet, **variables: Any) -> State:
    decision = decide(definitions, State(), cmd.StartCase("1", "P", variables), API, NOW)
    assert replay(decision.events) == decision.state
    return decision.state


@pytest.mark.parametrize(
    ("decision", "mapping", "value"),
    [
        ("nguoi_ky", "singleEntry", "chu_tich"),
        ("nguoi_ky", "singleResult", {"nguoi_ky": "chu_tich"}),
        ("nguoi_ky", "collectEntries", ["chu_tich"]),
        ("nguoi_ky", "resultList", [{"nguoi_ky": "chu_tich"}]),
        ("nhieu", "collectEntries", [1, 2]),
        ("nhieu", "resultList", [{"so": 1}, {"so": 2}]),
        ("hai", "singleResult", {"a": 1, "b": 2}),
        ("tong", "singleEntry", 8),
    ],
)
def test_camunda_7_maps_the_result(decision: str, mapping: str, value: Any) -> None:
    text = rule(asked(decisionRef=decision, mapDecisionResult=mapping, resultVariable="kq"))
    state = run(deployed(text, SIGNER, MANY, TWO, literal("tong", "x + 1")), cap="xa", x=7)
    assert (state.status, state.process_variables()["kq"]) == ("completed", value)


def test_without_a_mapping_it_is_the_list_of_results() -> None:
    state = run(deployed(rule(asked(decisionRef="nhieu", resultVariable="kq")), MANY), x=15)
    assert state.process_variables()["kq"] == [{"so": 2}]


@pytest.mark.parametrize("mapping", ["singleEntry", "singleResult"])
def test_no_result_is_null(mapping: str) -> None:
    text = rule(asked(decisionRef="nguoi_ky", mapDecisionResult=mapping, resultVariable="kq"))
    assert run(deployed(text, SIGNER), cap="khac").process_variables()["kq"] is None


@pytest.mark.parametrize(
    ("decision", "mapping"), [("nhieu", "singleEntry"), ("hai", "singleEntry"), ("hai", "collectEntries")]
)
def test_more_than_one_result_where_one_is_asked_for(decision: str, mapping: str) -> None:
    text = rule(asked(decisionRef=decision, mapDecisionResult=mapping, resultVariable="kq"))
    with pytest.raises(Refused) as caught:
        run(deployed(text, MANY, TWO), x=1)
    assert (caught.value.code, caught.value.facts["problem"], caught.value.facts["element"]) == (
        "DECISION_ERROR",
        "NOT_SINGLE",
        "r",
    )


def test_camunda_8_keeps_the_value_itself() -> None:
    called = (
        '<extensionElements><zeebe:calledDecision decisionId="hai" resultVariable="kq"/>'
        '<zeebe:ioMapping><zeebe:output source="=kq.a + kq.b" target="tong"/></zeebe:ioMapping></extensionElements>'
    )
    variables = run(deployed(rule("", called), TWO), x=1).process_variables()
    assert variables["tong"] == 3
    assert "kq" not in variables


def test_an_output_mapping_sees_the_result_of_camunda_7() -> None:
    mapped = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='cap'>${noi}</camunda:inputParameter>"
        "<camunda:outputParameter name='ai'>${decisionResult}</camunda:outputParameter></camunda:inputOutput>"
        "</extensionElements>"
    )
    text = rule(asked(decisionRef="nguoi_ky", mapDecisionResult="singleEntry"), mapped)
    assert run(deployed(text, SIGNER), noi="tinh").process_variables() == {"noi": "tinh", "ai": "pho_chu_tich"}


@pytest.mark.parametrize("attributes", [asked(decisionRef="nguoi_ky"), asked(type="external", topic="nguoi_ky")])
def test_a_decision_that_is_not_deployed_and_an_external_task_are_jobs(attributes: str) -> None:
    others = () if "decisionRef" in attributes else (SIGNER,)
    state = run(deployed(rule(attributes), *others), cap="xa")
    (task,) = state.tasks.values()
    assert (task.element, task.kind) == ("r", "job")


def test_which_version_is_meant() -> None:
    def answer(number: int, tag: str = "") -> str:
        mark = f' camunda:versionTag="{tag}"' if tag else ""
        return literal("kq", str(number)).replace("<decision ", f"<decision{mark} ")

    def values(**attributes: str) -> Any:
        text = rule(asked(decisionRef="kq", mapDecisionResult="singleEntry", resultVariable="kq", **attributes))
        definitions = deployed(text)
        for home, number, tag in (("1", 1, ""), ("2", 2, "moi"), ("3", 3, "")):
            definitions.add_decisions(home, read_decisions(dmn(answer(number, tag))))
        return run(definitions).process_variables().get("kq", "job")

    assert values() == 3
    assert values(decisionRefBinding="latest") == 3
    assert values(decisionRefBinding="deployment") == 1
    assert values(decisionRefBinding="version", decisionRefVersion="2") == 2
    assert values(decisionRefBinding="version", decisionRefVersion="${2 + 2}") == "job"
    assert values(decisionRefBinding="versionTag", decisionRefVersionTag="moi") == 2
    assert values(decisionRefBinding="versionTag", decisionRefVersionTag="cu") == "job"


@pytest.mark.parametrize(
    ("attributes", "code"),
    [
        (asked(decisionRef="d", decisionRefBinding="newest"), "UNSUPPORTED_ATTRIBUTE"),
        (asked(decisionRef="d", decisionRefBinding="version"), "UNSUPPORTED_ATTRIBUTE"),
        (asked(decisionRef="d", mapDecisionResult="firstOne"), "UNSUPPORTED_ATTRIBUTE"),
        (asked(decisionRef=""), "DANGLING_REFERENCE"),
        (asked(decisionRef="${d"), "EXPRESSION_ERROR"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused_at_deployment(attributes: str, code: str) -> None:
    with pytest.raises(BadDefinition) as caught:
        read(file(rule(attributes)))
    assert {(finding.code, finding.element) for finding in caught.value.findings} == {(code, "r")}


def test_a_contradiction_is_refused_to_a_person_and_is_an_incident_for_the_clock() -> None:
    before = '<serviceTask id="u" camunda:type="external" camunda:topic="t"/>'
    definitions = deployed(rule(asked(decisionRef="kq"), before=before), table(["- => 1", "- => 2"], key="kq"))
    state = run(definitions, x=1)
    (task,) = state.tasks
    with pytest.raises(Refused) as caught:
        decide(definitions, state, cmd.CompleteTask(task, {}), API, NOW)
    facts = caught.value.facts
    assert (facts["element"], facts["decision"], facts["rules"]) == ("r", "kq", ("kq_1", "kq_2"))
    kept = decide(definitions, state, cmd.CompleteTask(task, {}), WORKER, NOW).state
    assert [(item.code, item.element) for item in kept.incidents.values()] == [("DECISION_ERROR", "r")]
    assert task in kept.tasks


def test_decisions_see_the_clock_of_the_case() -> None:
    text = rule(asked(decisionRef="nay", mapDecisionResult="singleEntry", resultVariable="kq"))
    state = run(deployed(text, literal("nay", "date(now())")))
    assert state.process_variables()["kq"] == "2026-01-05"
    assert CLOCK.is_unattended


def test_what_is_wrong_with_a_decision_is_told_whole() -> None:
    text = rule(asked(decisionRef="nhieu", mapDecisionResult="singleEntry", resultVariable="kq"))
    with pytest.raises(Refused) as caught:
        run(deployed(text, MANY), x=1)
    facts = dict(caught.value.facts)
    assert facts.pop("rules")
    assert facts == {
        "element": "r",
        "decision": "nhieu",
        "problem": "NOT_SINGLE",
        "message": "Quyết định cho nhiều hơn một kết quả, không lấy singleEntry được.",
    }


def test_a_result_that_nobody_asked_for_is_written_nowhere() -> None:
    assert run(deployed(rule(asked(decisionRef="nguoi_ky")), SIGNER), cap="xa").process_variables() == {"cap": "xa"}
