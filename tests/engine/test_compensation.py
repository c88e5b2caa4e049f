"""Compensation and transactions (semantics.md EK1 to EK6, SX1, SX2)."""

from .building import BORDER, Play, process, users


def undoable(name: str, kind: str = "userTask", inner: str = "") -> str:
    return (
        f'<{kind} id="{name}">{inner}</{kind}><userTask id="bo_{name}" isForCompensation="true"/>'
        f'<boundaryEvent id="cb_{name}" attachedToRef="{name}"><compensateEventDefinition/></boundaryEvent>'
        f'<association id="as_{name}" sourceRef="cb_{name}" targetRef="bo_{name}"/>'
    )


def throw(ref: str = "", name: str = "ct") -> str:
    given = f'activityRef="{ref}"' if ref else ""
    return f'<intermediateThrowEvent id="{name}"><compensateEventDefinition {given}/></intermediateThrowEvent>'


def test_dependent_activities_are_undone_in_reverse_order_and_the_thrower_waits() -> None:
    play = Play(process(BORDER + undoable("a") + undoable("b") + throw() + users("z"), "s a b ct z e"))
    play.done("a").done("b")
    assert play.waiting == ["bo_b"]
    assert play.done("bo_b").waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["z"]
    assert play.done("z").state == "completed" and play.ended == ["a", "b", "bo_b", "bo_a", "z"]


def test_independent_activities_are_undone_together() -> None:
    body = BORDER + '<parallelGateway id="p"/><parallelGateway id="j"/>' + undoable("a") + undoable("b") + throw()
    play = Play(process(body, "s p", "p a j", "p b j", "j ct e")).done("b").done("a")
    assert play.waiting == ["bo_a", "bo_b"]
    assert play.done("bo_a").done("bo_b").state == "completed"


def test_only_completed_activities_only_the_named_one_and_only_once() -> None:
    body = BORDER + undoable("a") + undoable("b") + undoable("c") + throw("a") + throw("", "ct2") + users("z")
    play = Play(process(body, "s a b ct ct2 z e", "s c e")).done("a").done("b")
    assert play.waiting == ["bo_a", "c"]
    play.done("bo_a")
    assert play.waiting == ["bo_b", "c"]
    assert play.done("bo_b").waiting == ["c", "z"]


def test_nothing_to_undo() -> None:
    assert Play(process(BORDER + throw() + users("z"), "s ct z e")).waiting == ["z"]


def test_each_instance_of_a_multi_instance_is_undone_once_in_reverse_with_its_data() -> None:
    multi = '<multiInstanceLoopCharacteristics camunda:collection="${ds}" camunda:elementVariable="pt"/>'
    play = Play(process(BORDER + undoable("a", inner=multi) + throw(), "s a ct e"), ds=["x", "y"]).done("a").done("a")
    assert play.waiting == ["bo_a"] and play.task("bo_a")["vars"]["pt"] == "y"
    play.done("bo_a")
    assert play.task("bo_a")["vars"]["pt"] == "x"
    assert play.done("bo_a").state == "completed"


def sub(body: str, *pairs: str, kind: str = "subProcess", inner: str = "") -> str:
    links = "".join(
        f'<sequenceFlow id="x{at}" sourceRef="{pair.split()[0]}" targetRef="{pair.split()[1]}"/>'
        for at, pair in enumerate(pairs)
    )
    return f'<{kind} id="sp">{inner}<startEvent id="s2"/>{body}{links}</{kind}>'


def test_default_compensation_of_a_sub_process_undoes_what_is_inside() -> None:
    body = BORDER + sub(undoable("a") + undoable("b"), "s2 a", "a b") + throw() + users("z")
    play = Play(process(body, "s sp ct z e")).done("a").done("b")
    assert play.waiting == ["bo_b"]
    assert play.done("bo_b").waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["z"] and play.visited["sp"] == 1


def test_compensation_event_sub_process_runs_instead_with_the_variables_as_at_completion() -> None:
    handler = (
        '<subProcess id="ce" triggeredByEvent="true"><startEvent id="cs"><compensateEventDefinition/></startEvent>'
        '<userTask id="thay"/><sequenceFlow id="y1" sourceRef="cs" targetRef="thay"/></subProcess>'
    )
    local = (
        "<extensionElements><camunda:inputOutput>"
        '<camunda:inputParameter name="v">${goc}</camunda:inputParameter></camunda:inputOutput>'
        "</extensionElements>"
    )
    body = BORDER + sub(undoable("a") + handler, "s2 a", inner=local) + users("giua") + throw() + users("z")
    play = Play(process(body, "s sp giua ct z e"), goc=1).done("a").done("giua", goc=2)
    assert play.waiting == ["thay"] and play.task("thay")["vars"]["v"] == 1
    assert play.done("thay").waiting == ["z"]


def test_a_compensation_event_sub_process_may_undo_what_its_sub_process_holds() -> None:
    handler = (
        '<subProcess id="ce" triggeredByEvent="true"><startEvent id="cs"><compensateEventDefinition/></startEvent>'
        + throw("", "trong")
        + '<userTask id="sau"/><sequenceFlow id="y1" sourceRef="cs" targetRef="trong"/>'
        '<sequenceFlow id="y2" sourceRef="trong" targetRef="sau"/></subProcess>'
    )
    play = Play(process(BORDER + sub(undoable("a") + handler, "s2 a") + throw() + users("z"), "s sp ct z e")).done("a")
    assert play.waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["sau"]
    assert play.done("sau").waiting == ["z"]


def test_a_throw_in_an_event_sub_process_also_undoes_what_was_done_there() -> None:
    handler = (
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><messageEventDefinition messageRef="m"/>'
        "</startEvent>" + undoable("c") + throw("", "trong") + '<sequenceFlow id="h1" sourceRef="hs" targetRef="c"/>'
        '<sequenceFlow id="h2" sourceRef="c" targetRef="trong"/></subProcess>'
    )
    play = Play('<message id="m" name="tin"/>', process(BORDER + undoable("a") + users("b") + handler, "s a b e"))
    play.done("a").message("tin")
    assert play.done("c").waiting == ["bo_a", "bo_c"]
    assert play.done("bo_c").done("bo_a").state == "completed"


def test_compensation_end_event_and_throw_from_an_event_sub_process() -> None:
    end = '<endEvent id="ck"><compensateEventDefinition/></endEvent>'
    play = Play(process(BORDER + undoable("a") + end, "s a ck")).done("a")
    assert play.waiting == ["bo_a"]
    assert play.done("bo_a").state == "completed"
    handler = (
        '<subProcess id="h" triggeredByEvent="true"><startEvent id="hs"><errorEventDefinition/></startEvent>'
        '<endEvent id="hc"><compensateEventDefinition/></endEvent>'
        '<sequenceFlow id="h1" sourceRef="hs" targetRef="hc"/></subProcess>'
    )
    failing = '<error id="A" errorCode="A"/>', '<endEvent id="x"><errorEventDefinition errorRef="A"/></endEvent>'
    other = (
        Play(failing[0], process(BORDER + undoable("a") + users("q") + failing[1] + handler, "s a q x"))
        .done("a")
        .done("q")
    )
    assert other.waiting == ["bo_a"]
    assert other.done("bo_a").state == "completed"


CANCEL = '<endEvent id="huy"><cancelEventDefinition/></endEvent>'
CAUGHT = '<boundaryEvent id="cb" attachedToRef="sp"><cancelEventDefinition/></boundaryEvent>'


def test_cancel_stops_the_work_undoes_it_and_leaves_by_the_boundary() -> None:
    body = (
        BORDER
        + sub(undoable("a") + users("b", "c") + CANCEL, "s2 a", "a b", "b huy", "s2 c", kind="transaction")
        + CAUGHT
        + users("z")
    )
    play = Play(process(body, "s sp e", "cb z e")).done("a").done("b")
    assert play.waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["z"]
    assert play.visited["sp"] == 0 and play.visited["cb"] == 1 and play.visited["huy"] == 1


def test_a_transaction_that_ends_normally_is_a_sub_process() -> None:
    body = BORDER + sub(users("a"), "s2 a", kind="transaction") + users("z")
    assert Play(process(body, "s sp z e")).done("a").waiting == ["z"]


def test_hazard_leaves_without_compensation() -> None:
    end = '<endEvent id="x"><errorEventDefinition errorRef="A"/></endEvent>'
    body = (
        BORDER
        + sub(undoable("a") + end, "s2 a", "a x", kind="transaction")
        + users("z")
        + ('<boundaryEvent id="b" attachedToRef="sp"><errorEventDefinition/></boundaryEvent>')
    )
    assert Play('<error id="A" errorCode="A"/>', process(body, "s sp e", "b z e")).done("a").waiting == ["z"]


def test_restart_in_the_middle_of_compensation() -> None:
    play = Play(process(BORDER + undoable("a") + undoable("b") + throw(), "s a b ct e")).done("a").done("b")
    play.adapter.restart(play.clock)
    play.done("bo_b")
    play.adapter.restart(play.clock)
    assert play.done("bo_a").state == "completed"
