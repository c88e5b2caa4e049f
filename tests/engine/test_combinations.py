"""Elements inside elements: where rules meet each other."""

from .building import BORDER, Play, process, users

MULTI = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
ERROR = '<error id="A" errorCode="A"/>'


def sub(inner: str, *pairs: str, kind: str = "subProcess", name: str = "sp", attributes: str = "") -> str:
    links = "".join(
        f'<sequenceFlow id="{name}_{at}" sourceRef="{pair.split()[0]}" targetRef="{pair.split()[1]}"/>'
        for at, pair in enumerate(pairs)
    )
    return f'<{kind} id="{name}" {attributes}>{inner}{links}</{kind}>'


def handler(event: str, interrupting: str = "true") -> str:
    start = f'<startEvent id="es1" isInterrupting="{interrupting}">{event}</startEvent>'
    return sub(start + users("h"), "es1 h", name="es", attributes='triggeredByEvent="true"')


def undoable(name: str) -> str:
    return (
        f'<userTask id="{name}"/><userTask id="bo_{name}" isForCompensation="true"/>'
        f'<boundaryEvent id="cb_{name}" attachedToRef="{name}"><compensateEventDefinition/></boundaryEvent>'
        f'<association id="as_{name}" sourceRef="cb_{name}" targetRef="bo_{name}"/>'
    )


THROW = '<intermediateThrowEvent id="ct"><compensateEventDefinition/></intermediateThrowEvent>'


def zero(attributes: str = "") -> str:
    timer = "<timerEventDefinition><timeDuration>PT0S</timeDuration></timerEventDefinition>"
    return f'<boundaryEvent id="b" attachedToRef="a" {attributes}>{timer}</boundaryEvent>'


def test_an_event_sub_process_belongs_to_its_own_instance() -> None:
    timer = handler("<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>")
    body = sub(MULTI + '<startEvent id="s2"/>' + users("u") + timer, "s2 u")
    play = Play(process(BORDER + body + users("z"), "s sp z e")).done("u").advance("P2D")
    assert play.waiting == ["h"]
    assert play.done("h").waiting == ["z"] and play.visited["sp"] == 2


def test_timers_that_are_due_at_once() -> None:
    assert Play(process(BORDER + users("a", "x") + zero(), "s a e", "b x e")).waiting == ["x"]
    beside = 'cancelActivity="false"'
    assert Play(process(BORDER + users("a", "x") + zero(beside), "s a e", "b x e")).waiting == ["a", "x"]
    inner = sub('<startEvent id="q"/>' + users("k"), "q k", name="a")
    assert Play(process(BORDER + inner + users("x") + zero(beside), "s a e", "b x e")).waiting == ["k", "x"]
    child = process('<startEvent id="cs"/>' + users("k"), "cs k", key="C", prefix="c")
    call = '<callActivity id="a" calledElement="C"/>'
    assert Play(child, process(BORDER + call + users("x") + zero(beside), "s a e", "b x e")).waiting == ["k", "x"]


def test_compensation_of_a_repeated_sub_process_survives_a_restart() -> None:
    body = BORDER + sub(MULTI + '<startEvent id="s2"/>' + undoable("a"), "s2 a") + THROW + users("z")
    play = Play(process(body, "s sp ct z e")).done("a").done("a")
    play.adapter.restart(play.clock)
    assert play.done("bo_a").waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["z"]


def test_each_round_of_a_drawn_loop_is_undone() -> None:
    body = BORDER + undoable("a") + '<exclusiveGateway id="g" default="f1_g_ct"/>' + THROW
    play = Play(process(body, "s a g [${x}] a", "g ct e")).done("a", x=True).done("a", x=False)
    assert play.done("bo_a").waiting == ["bo_a"]
    assert play.done("bo_a").state == "completed"


def test_a_cancelled_transaction_in_a_multi_instance_cancels_all() -> None:
    end = '<endEvent id="h"><cancelEventDefinition/></endEvent>'
    body = sub(MULTI + '<startEvent id="s2"/>' + undoable("a") + end, "s2 a", "a h", kind="transaction")
    caught = '<boundaryEvent id="cb" attachedToRef="sp"><cancelEventDefinition/></boundaryEvent>'
    play = Play(process(BORDER + body + caught + users("z"), "s sp e", "cb z e")).done("a")
    assert play.waiting == ["a", "bo_a"]
    assert play.done("bo_a").waiting == ["z"]


def test_a_message_reaches_a_handler_inside_a_called_process() -> None:
    event = handler('<messageEventDefinition messageRef="m"/>', "false")
    child = process('<startEvent id="cs"/>' + users("k") + event, "cs k", key="C", prefix="c")
    call = '<callActivity id="a" calledElement="C"/>'
    play = Play('<message id="m" name="tin"/>', child, process(BORDER + call, "s a e"))
    play.message("tin", v=1)
    assert play.waiting == ["h", "k"]
    assert play.done("h").done("k").state == "completed" and play.vars == {}


def test_a_call_for_each_item() -> None:
    inner = '<extensionElements><camunda:in source="d" target="d"/></extensionElements>'
    each = '<multiInstanceLoopCharacteristics camunda:collection="${ds}" camunda:elementVariable="d"/>'
    call = f'<callActivity id="a" calledElement="C">{inner}{each}</callActivity>'
    child = process('<startEvent id="cs"/>' + users("k"), "cs k", key="C", prefix="c")
    play = Play(child, process(BORDER + call, "s a e"), ds=[1, 2])
    assert [task["vars"] for task in play.look()["tasks"]] == [{"d": 1}, {"d": 2}]
    assert play.done("k").done("k").state == "completed" and play.visited["a"] == 2


def test_an_error_crosses_the_call_into_a_handler_of_the_caller() -> None:
    event = handler('<errorEventDefinition errorRef="A"/>')
    end = '<endEvent id="ce"><errorEventDefinition errorRef="A"/></endEvent>'
    child = process('<startEvent id="cs"/>' + end, "cs ce", key="C", prefix="c")
    play = Play(ERROR, child, process(BORDER + '<callActivity id="a" calledElement="C"/>' + event, "s a e"))
    assert play.waiting == ["h"] and play.adapter.count("C") == 0


def test_completing_beats_the_condition_on_ones_own_border() -> None:
    condition = "<conditionalEventDefinition><condition>${v == 1}</condition></conditionalEventDefinition>"
    body = BORDER + users("a", "x", "y") + f'<boundaryEvent id="b" attachedToRef="a">{condition}</boundaryEvent>'
    assert Play(process(body, "s a y e", "b x e"), v=0).done("a", v=1).waiting == ["y"]


def test_multi_instance_inside_multi_instance() -> None:
    outer = '<multiInstanceLoopCharacteristics camunda:collection="${ds}" camunda:elementVariable="d"/>'
    inner = (
        '<userTask id="k">'
        '<multiInstanceLoopCharacteristics camunda:collection="${d}" camunda:elementVariable="y"/></userTask>'
    )
    play = Play(process(BORDER + sub(outer + '<startEvent id="q"/>' + inner, "q k"), "s sp e"), ds=[[1, 2], [3]])
    assert [task["vars"]["y"] for task in play.look()["tasks"]] == [1, 2, 3]
    assert play.done("k").done("k").done("k").state == "completed"
