"""Call activities (semantics.md SC1 to SC6)."""

from typing import Any

import pytest

from workflows.engine import Context, Limits, State, decide
from workflows.engine import commands as cmd

from .building import BORDER, Play, file, process, reasons, refused, users
from .desk import AN, NOW, Desk


def child(body: str, *chains: str, key: str = "Con") -> str:
    return process('<startEvent id="cs"/><endEvent id="ce"/>' + body, *chains, key=key, prefix=f"c{key}")


def call(inner: str = "", element: str = "Con", extra: str = "") -> str:
    return (
        f'<callActivity id="goi" calledElement="{element}" {extra}>'
        f"<extensionElements>{inner}</extensionElements></callActivity>"
    )


def test_call_maps_nothing_by_default() -> None:
    play = Play(child(users("a"), "cs a ce"), process(BORDER + call() + users("z"), "s goi z e"), x=1)
    assert "x" not in play.task("a")["vars"]
    assert play.adapter.count("Con") == 1
    play.done("a", y=2)
    assert play.waiting == ["z"] and play.vars == {"x": 1} and play.adapter.count("Con") == 0


def test_call_with_all_variables_expressions_and_business_key() -> None:
    inner = (
        '<camunda:in variables="all"/><camunda:in sourceExpression="${x + 1}" target="y"/><camunda:in '
        'businessKey="#{execution.processBusinessKey}"/><camunda:out variables="all"/>'
    )
    wait = '<receiveTask id="r" messageRef="m"/>'
    play = Play(
        '<message id="m" name="tin"/>', child(wait, "cs r ce"), process(BORDER + call(inner), "s goi e"), key="K", x=1
    )
    play.message("tin", "K", kq=5)
    assert play.state == "completed" and play.vars == {"x": 1, "y": 2, "kq": 5}


def test_zeebe_call_propagates_by_default() -> None:
    body = (
        '<callActivity id="goi"><extensionElements><zeebe:calledElement processId="= ten" {}/>'
        "</extensionElements></callActivity>"
    )
    wanted = process(BORDER + body.format('propagateAllChildVariables="true"'), "s goi e")
    play = Play(child(users("a"), "cs a ce"), wanted, ten="Con", x=1)
    assert play.task("a")["vars"]["x"] == 1
    assert play.done("a", y=2).vars["y"] == 2
    closed = process(
        BORDER + body.format('propagateAllChildVariables="false" propagateAllParentVariables="false"'), "s goi e"
    )
    other = Play(child(users("a"), "cs a ce"), closed, ten="Con", x=1)
    assert "x" not in other.task("a")["vars"]
    assert "y" not in other.done("a", y=2).vars


def test_cancelling_the_call_cancels_the_child() -> None:
    timer = (
        '<boundaryEvent id="b" attachedToRef="goi"><timerEventDefinition><timeDuration>P1D</timeDuration>'
        "</timerEventDefinition>"
        "</boundaryEvent>"
    )
    play = Play(child(users("a"), "cs a ce"), process(BORDER + call() + timer + users("z"), "s goi e", "b z e"))
    assert play.advance("P2D").waiting == ["z"] and play.adapter.count("Con") == 0


def test_errors_and_terminate_in_the_child() -> None:
    root = '<error id="A" errorCode="A"/>'
    failing = child('<endEvent id="x"><errorEventDefinition errorRef="A"/></endEvent>', "cs x")
    catcher = '<boundaryEvent id="b" attachedToRef="goi"><errorEventDefinition errorRef="A"/></boundaryEvent>'
    assert Play(root, failing, process(BORDER + call() + catcher + users("z"), "s goi e", "b z e")).waiting == ["z"]
    ending = child(users("a", "b") + '<endEvent id="x"><terminateEventDefinition/></endEvent>', "cs a x", "cs b ce")
    play = Play(ending, process(BORDER + call() + users("z", "y"), "s goi z e", "s y e")).done("a")
    assert play.waiting == ["y", "z"] and play.state == "active"


def test_unknown_process_and_endless_calls_are_refused() -> None:
    with refused("CALLED_ELEMENT_NOT_FOUND"):
        Play(process(BORDER + call(element="Khong"), "s goi e"))
    with refused("CALL_DEPTH_EXCEEDED"):
        Play(process(BORDER + call(element="${'P'}"), "s goi e"))
    with refused("CALL_CYCLE"):
        Play(process(BORDER + call(element="P"), "s goi e"))


def test_call_of_an_older_version() -> None:
    play = Play(
        child(users("a"), "cs a ce"),
        process(BORDER + call(extra='camunda:calledElementBinding="deployment"'), "s goi e"),
        start=False,
    )
    play.adapter.deploy({"y.bpmn": file(child(users("moi"), "cs moi ce"))})
    case = play.adapter.start("P", {}, None)
    assert play.look(case)["waiting"] == ["a"]


def test_restart_keeps_a_called_process_and_its_multi_instance() -> None:
    inner = '<camunda:in source="ds" target="ds"/>'
    body = (
        '<userTask id="a">'
        '<multiInstanceLoopCharacteristics camunda:collection="${ds}" camunda:elementVariable="pt"/></userTask>'
    )
    play = Play(child(body, "cs a ce"), process(BORDER + call(inner), "s goi e"), ds=[1, 2])
    play.adapter.restart(play.clock)
    play.done("a")
    play.adapter.restart(play.clock)
    assert play.done("a").state == "completed"


def history(play: Play, kind: str) -> list[dict[str, Any]]:
    return [event for event in play.adapter.store.history(play.case) if event["event"] == kind]


def test_what_is_called_is_told_with_its_data_and_key() -> None:
    inner = (
        '<camunda:in source="x" target="y"/><camunda:in sourceExpression="${y + 1}" target="z"/>'
        '<camunda:in businessKey="${ma}"/>'
    )
    value = "<extensionElements><flowable:value>5</flowable:value></extensionElements>"
    data = f'<dataObject id="d" name="han">{value}</dataObject>'
    play = Play(child(users("a") + data, "cs a ce"), process(BORDER + call(inner), "s goi e"), x=1, y=7, ma=12)
    (called,) = history(play, "CaseCalled")
    assert called["variables"] == {"han": 5, "y": 1, "z": 2} and called["business_key"] == "12"
    assert (called["process"], called["definition"]) == ("Con", "1")
    assert play.done("a").vars == {"x": 1, "y": 7, "ma": 12}


def test_a_called_process_and_its_root_leave_as_such() -> None:
    play = Play(child(users("a"), "cs a ce"), process(BORDER + call() + users("z"), "s goi z e")).done("a")
    left = [(event["element"], event["kind"], event.get("body", False)) for event in history(play, "NodeLeft")]
    assert left == [("a", "userTask", False), ("Con", "process", True), ("goi", "callActivity", False)]
    assert play.visited["Con"] == 0 and play.visited["goi"] == 1


@pytest.mark.parametrize("text", ["#{execution.processBusinessKey}", "${ execution.processBusinessKey }"])
def test_a_key_goes_through_several_calls(text: str) -> None:
    inner = f'<camunda:in businessKey="{text}"/>'
    low = child('<receiveTask id="r" messageRef="m"/>', "cs r ce", key="Duoi")
    low = low.replace('"cs"', '"ds"').replace('"ce"', '"de"')
    middle = child(call(inner, element="Duoi").replace('"goi"', '"goi2"'), "cs goi2 ce", key="Con")
    top = process(BORDER + call('<camunda:in businessKey="${ma}"/>'), "s goi e")
    play = Play('<message id="m" name="tin"/>', low, middle, top, key="K", ma="L")
    with refused("NO_MATCH"):
        play.message("tin", "K")
    play.message("tin", "L")
    assert play.state == "completed"


def test_without_a_key_of_its_own_a_called_process_has_none() -> None:
    receive = child('<receiveTask id="r" messageRef="m"/>', "cs r ce")
    for inner in ("", '<camunda:in businessKey="${ma}"/>'):
        play = Play('<message id="m" name="tin"/>', receive, process(BORDER + call(inner), "s goi e"), key="K", ma=None)
        with refused("NO_MATCH"):
            play.message("tin", "K")
        play.message("tin")
        assert play.state == "completed"


def test_results_are_mapped_from_the_called_process() -> None:
    inner = (
        '<camunda:out source="kq" target="a"/><camunda:out sourceExpression="${kq + 1}" target="b"/>'
        '<camunda:out source="khong" target="c"/>'
    )
    text = child('<scriptTask id="t" camunda:resultVariable="kq"><script>${41}</script></scriptTask>', "cs t ce")
    assert Play(text, process(BORDER + call(inner), "s goi e")).vars == {"a": 41, "b": 42, "c": None}
    out = '<camunda:outputParameter name="d">${a + kq}</camunda:outputParameter>'
    mapped = f"{inner}<camunda:inputOutput>{out}</camunda:inputOutput>"
    assert Play(text, process(BORDER + call(mapped), "s goi e")).vars == {"d": 82}


def test_what_cannot_be_called_is_named() -> None:
    missing = [("CALLED_ELEMENT_NOT_FOUND", {"element": "goi", "process": "Khong"})]
    assert reasons(lambda: Play(process(BORDER + call(element="Khong"), "s goi e"))) == missing
    assert reasons(lambda: Play(process(BORDER + call(element="${ten}"), "s goi e"), ten="Khong")) == missing
    message = '<startEvent id="ms"><messageEventDefinition messageRef="m"/></startEvent><endEvent id="me"/>'
    only = process(message, "ms me", key="Con", prefix="c")
    assert reasons(lambda: Play('<message id="m" name="tin"/>', only, process(BORDER + call(), "s goi e"))) == [
        ("CALLED_ELEMENT_NOT_FOUND", {"element": "goi", "process": "Con"})
    ]


def test_calls_are_only_so_deep() -> None:
    down = call('<camunda:in sourceExpression="${n - 1}" target="n"/>', element="${'P'}")
    gate = '<exclusiveGateway id="g" default="f0_g_a"/>'
    text = process(BORDER + users("a") + gate + down, "s g a e", "g [${n > 0}] goi e")
    desk = Desk(text, n=0)
    deep = Context(NOW, limits=Limits(call_depth=3))

    def started(number: int) -> State:
        return decide(desk.definitions, State(), cmd.StartCase("d", "P", {"n": number}), AN, deep).state

    assert len(started(3).homes) == 4
    assert reasons(lambda: started(4)) == [("CALL_DEPTH_EXCEEDED", {"element": "goi", "most": 3})]


@pytest.mark.parametrize(("version", "task"), [("1", "mot"), ("2", "hai"), ("${so}", "hai")])
def test_a_version_may_be_asked_for(version: str, task: str) -> None:
    extra = f'camunda:calledElementBinding="version" camunda:calledElementVersion="{version}"'
    play = Play(child(users("mot"), "cs mot ce"), start=False)
    play.adapter.deploy({"2.bpmn": file(child(users("hai"), "cs hai ce"))})
    play.adapter.deploy({"3.bpmn": file(process(BORDER + call(extra=extra), "s goi e"))})
    case = play.adapter.start("P", {"so": 2}, None)
    assert play.look(case)["waiting"] == [task]


LOCAL = (
    "<camunda:inputOutput><camunda:inputParameter name='rieng'>${x + 1}</camunda:inputParameter></camunda:inputOutput>"
)


def test_local_mappings_see_and_leave_only_what_the_call_activity_holds() -> None:
    inward = '<camunda:in variables="all" local="true"/>' + LOCAL
    outward = '<camunda:out source="kq" target="kq" local="true"/><camunda:out source="so" target="so"/>'
    play = Play(child(users("a"), "cs a ce"), process(BORDER + call(inward + outward) + users("z"), "s goi z e"), x=1)
    assert play.task("a")["vars"] == {"rieng": 2}
    assert play.done("a", kq=1, so=2).vars == {"x": 1, "so": 2}


def test_a_local_variable_that_is_not_there_arrives_as_null() -> None:
    inward = '<camunda:in source="x" target="y" local="true"/><camunda:in source="rieng" target="r" local="true"/>'
    play = Play(child(users("a"), "cs a ce"), process(BORDER + call(inward + LOCAL), "s goi e"), x=1)
    assert play.task("a")["vars"] == {"y": None, "r": 2}


def test_all_results_may_stay_with_the_call_activity() -> None:
    kept = '<camunda:out variables="all" local="true"/>'
    play = Play(child(users("a"), "cs a ce"), process(BORDER + call(kept) + users("z"), "s goi z e"), x=1)
    assert play.done("a", y=2).vars == {"x": 1}


def test_local_results_come_back_while_a_condition_is_watched_elsewhere() -> None:
    inner = '<camunda:out source="y" target="ben_trong" local="true"/>'
    watch = (
        '<userTask id="w"/><boundaryEvent id="b" attachedToRef="w" cancelActivity="false"><conditionalEventDefinition>'
        "<condition>${x == 9}</condition></conditionalEventDefinition></boundaryEvent>"
        '<parallelGateway id="g"/><userTask id="z"/><userTask id="khi"/>'
    )
    body = process(BORDER + watch + call(inner), "s g w e", "g goi z e", "b khi e")
    play = Play(child(users("a"), "cs a ce"), body, x=1)
    play.done("a", y=2)
    assert play.waiting == ["w", "z"] and "ben_trong" not in play.vars
