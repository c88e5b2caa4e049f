"""Compensation (semantics.md EK1 to EK6)."""

from typing import Any

from .building import BORDER, Play, process, users
from .elements import started, undoable


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


def test_default_compensation_of_a_sub_process_undoes_what_is_inside() -> None:
    body = BORDER + started(undoable("a") + undoable("b"), "s2 a", "a b") + throw() + users("z")
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
    body = BORDER + started(undoable("a") + handler, "s2 a", inner=local) + users("giua") + throw() + users("z")
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
    text = process(BORDER + started(undoable("a") + handler, "s2 a") + throw() + users("z"), "s sp ct z e")
    play = Play(text).done("a")
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


def test_restart_in_the_middle_of_compensation() -> None:
    play = Play(process(BORDER + undoable("a") + undoable("b") + throw(), "s a b ct e")).done("a").done("b")
    play.adapter.restart(play.clock)
    play.done("bo_b")
    play.adapter.restart(play.clock)
    assert play.done("bo_a").state == "completed"


def history(play: Play, *kinds: str) -> list[dict[str, Any]]:
    return [event for event in play.adapter.store.history(play.case) if event["event"] in kinds]


def test_a_throw_that_does_not_wait_goes_on_at_once() -> None:
    event = '<compensateEventDefinition waitForCompletion="false"/>'
    body = BORDER + undoable("a") + f'<intermediateThrowEvent id="ct">{event}</intermediateThrowEvent>' + users("z")
    play = Play(process(body, "s a ct z e")).done("a")
    assert play.waiting == ["bo_a", "z"]
    assert play.done("z").state == "active"
    assert play.done("bo_a").state == "completed" and play.visited["ct"] == 1
    left = [event for event in history(play, "NodeLeft") if event["element"] == "ct"]
    assert [(event["kind"], event.get("body", False)) for event in left] == [("intermediateThrowEvent", True)]


def test_a_throw_that_waits_is_left_once() -> None:
    play = Play(process(BORDER + undoable("a") + throw() + users("z"), "s a ct z e")).done("a").done("bo_a")
    left = [event for event in history(play, "NodeLeft") if event["element"] == "ct"]
    assert [(event["kind"], event.get("body", False)) for event in left] == [("intermediateThrowEvent", False)]
    assert play.visited["ct"] == 1 and play.visited["bo_a"] == 1


def test_dependent_handlers_wait_for_all_that_came_after() -> None:
    fork = '<parallelGateway id="p"/><parallelGateway id="j"/>'
    body = BORDER + fork + undoable("a") + undoable("b") + undoable("c") + throw() + users("z")
    play = Play(process(body, "s a p b j", "p c j", "j ct z e")).done("a").done("b").done("c")
    assert play.waiting == ["bo_b", "bo_c"]
    assert play.done("bo_c").waiting == ["bo_b"]
    assert play.done("bo_b").waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["z"]


def test_a_handler_is_not_compensated_itself() -> None:
    again = undoable("a").replace('<userTask id="bo_a" isForCompensation="true"/>', "")
    inner = '<subProcess id="bo_a" isForCompensation="true"><startEvent id="q"/>' + undoable("k")
    inner += '<sequenceFlow id="gq" sourceRef="q" targetRef="k"/></subProcess>'
    body = BORDER + again + inner + throw() + throw("", "ct2") + users("z")
    play = Play(process(body, "s a ct ct2 z e")).done("a")
    assert play.waiting == ["k"]
    assert play.done("k").waiting == ["z"]


def test_a_handler_has_borders_of_its_own() -> None:
    timer = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
    border = f'<boundaryEvent id="tb" attachedToRef="bo_a" cancelActivity="false">{timer}</boundaryEvent>'
    multi = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    for inner in ("", multi):
        body = BORDER + undoable("a", inner=inner) + border + throw() + users("x")
        play = Play(process(body, "s a ct e", "tb x"))
        while "a" in play.waiting:
            play.done("a")
        assert play.advance("PT1H").waiting == ["bo_a", "x"]


def test_a_sub_process_that_is_undone_again_and_again_by_rounds() -> None:
    multi = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    body = BORDER + started(undoable("a") + undoable("b"), "s2 a", "a b", inner=multi) + throw("sp") + users("z")
    play = Play(process(body, "s sp ct z e"))
    for task in ("a", "a", "b", "b"):
        play.done(task)
    for task in ("bo_b", "bo_a", "bo_b", "bo_a"):
        assert play.waiting == [task]
        play.done(task)
    assert play.waiting == ["z"]


def test_the_bodies_of_handlers_are_not_counted_as_steps() -> None:
    play = Play(process(BORDER + started(undoable("a"), "s2 a") + throw() + users("z"), "s sp ct z e"))
    play.done("a").done("bo_a")
    assert play.visited["sp"] == 1 and play.visited["bo_a"] == 1 and play.waiting == ["z"]
    entered = [(event["element"], event.get("role")) for event in history(play, "NodeEntered")]
    assert ("sp", "handler") in entered and ("bo_a", "handler") in entered


def test_a_named_activity_that_was_never_completed_is_nothing_to_undo() -> None:
    body = BORDER + undoable("a") + undoable("b") + throw("b") + users("z")
    assert Play(process(body, "s a ct z e", "z b")).done("a").waiting == ["z"]
