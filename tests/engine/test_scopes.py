"""Embedded sub-processes, call activities, ad-hoc sub-processes (semantics.md S, SC, SA)."""

from .building import BORDER, Play, file, process, refused, users


def sub(body: str, *pairs: str, kind: str = "subProcess", extra: str = "") -> str:
    links = "".join(
        f'<sequenceFlow id="x{at}" sourceRef="{pair.split()[0]}" targetRef="{pair.split()[1]}"/>'
        for at, pair in enumerate(pairs)
    )
    return f'<{kind} id="sp" {extra}>{body}{links}</{kind}>'


def test_sub_process_completes_when_its_last_token_is_gone() -> None:
    play = Play(
        process(BORDER + sub('<startEvent id="s2"/>' + users("a", "b"), "s2 a", "s2 b") + users("z"), "s sp z e")
    )
    assert play.done("a").waiting == ["b"]
    assert play.done("b").waiting == ["z"] and play.visited["sp"] == 1


def test_sub_process_without_start_event_and_empty_sub_process() -> None:
    assert Play(process(BORDER + sub(users("a", "b"), "a b"), "s sp e")).waiting == ["a"]
    assert Play(process(BORDER + sub(""), "s sp e")).state == "completed"


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


def adhoc(inner: str = "", extra: str = "", condition: str = "") -> str:
    done = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    return sub(users("a", "b", "c") + done + inner, "b c", kind="adHocSubProcess", extra=extra)


def test_adhoc_activities_start_when_somebody_says_so() -> None:
    play = Play(process(BORDER + adhoc() + users("z"), "s sp z e"))
    assert play.waiting == []
    with refused("NOT_ENABLED"):
        play.adapter.activate(play.case, "sp", ["c"])
    play.adapter.activate(play.case, "sp", ["a", "b", "a"])
    assert play.waiting == ["a", "a", "b"]
    play.done("b")
    assert play.waiting == ["a", "a", "c"]
    play.done("a").done("a").done("c")
    assert play.state == "active"
    play.adapter.activate(play.case, "sp", [])
    assert play.waiting == ["z"]


def test_adhoc_completion_condition_cancels_or_waits() -> None:
    play = Play(process(BORDER + adhoc(condition="${xong}") + users("z"), "s sp z e"), xong=False)
    play.adapter.activate(play.case, "sp", ["a", "b"])
    assert play.done("a", xong=True).waiting == ["z"]
    text = process(
        BORDER + adhoc(extra='cancelRemainingInstances="false"', condition="${xong}") + users("z"), "s sp z e"
    )
    other = Play(text, xong=False)
    other.adapter.activate(other.case, "sp", ["a", "b"])
    assert other.done("a", xong=True).waiting == ["b"]
    assert other.done("b").done("c").waiting == ["z"]


def test_sequential_adhoc_takes_one_at_a_time() -> None:
    play = Play(process(BORDER + adhoc(extra='ordering="Sequential"'), "s sp e"))
    with refused("NOT_ENABLED"):
        play.adapter.activate(play.case, "sp", ["a", "b"])
    play.adapter.activate(play.case, "sp", ["a"])
    with refused("NOT_ENABLED"):
        play.adapter.activate(play.case, "sp", ["b"])


def test_zeebe_adhoc_starts_its_elements_at_entry() -> None:
    zeebe = '<extensionElements><zeebe:adHoc activeElementsCollection="= ds"/></extensionElements>'
    play = Play(process(BORDER + adhoc(zeebe) + users("z"), "s sp z e"), ds=["a", "b"])
    assert play.waiting == ["a", "b"]
    play.done("a").done("b").done("c")
    assert play.waiting == ["z"]
    with refused("NOT_ENABLED"):
        Play(process(BORDER + adhoc(zeebe), "s sp e"), ds=["khong"])


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
