"""Tokens are cancelled here and started there, in the scopes where they belong."""

from __future__ import annotations

from typing import Any

import pytest

from workflows.engine import commands as cmd
from workflows.engine import event_from_json, replay, state_to_json

from .building import BORDER, Play, flows, nodes, process, reasons, refused, users

HOUR = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
FORK = nodes("parallelGateway", "p", "j")
MULTI = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality></multiInstanceLoopCharacteristics>"


def moved(play: Play, cancel: str = "", start: str = "") -> Play:
    play.adapter._command(play.case, cmd.MoveTokens(tuple(cancel.split()), tuple(start.split()), "nhập nhầm"))
    state = play.adapter.store.state(play.case)
    assert state_to_json(replay(map(event_from_json, play.adapter.store.history(play.case)))) == state_to_json(state)
    return play


def sub(name: str, inner: str, *chains: str, kind: str = "subProcess") -> str:
    border = f'<startEvent id="{name}s"/><endEvent id="{name}e"/>'
    return f'<{kind} id="{name}">{border}{inner}{flows(*chains, prefix=name)}</{kind}>'


def test_a_token_is_taken_back_with_everything_that_waited() -> None:
    boundary = f'<boundaryEvent id="b" attachedToRef="y">{HOUR}</boundaryEvent>'
    play = Play(process(BORDER + users("x", "y") + boundary, "s x y e", "b e")).done("x")
    moved(play, "y", "x")
    assert (play.waiting, play.look()["timers"]) == (["x"], [])
    assert play.done("x").done("y").state == "completed"
    (event,) = [event for event in play.adapter.store.history(play.case) if event["event"] == "TokensMoved"]
    assert (event["reason"], event["cancel"], event["start"]) == ("nhập nhầm", ["y"], ["x"])


def test_all_reasons_are_told_and_nothing_changes() -> None:
    play = Play(process(BORDER + users("x", "y") + sub("sp", users("u"), "sps u spe"), "s x y sp e"))
    before = play.look()
    for cancel, start, code in [
        ("", "", "NOTHING_TO_MOVE"),
        ("khong", "x", "NOT_FOUND"),
        ("y", "x", "NOT_OPEN"),
        ("99", "x", "NOT_OPEN"),
        ("x", "khong", "NOT_FOUND"),
        ("x", "P", "NOT_FOUND"),
        ("x", "u", "WRONG_SCOPE"),
        ("x", "", "NOTHING_LEFT"),
        ("0", "x", "NOTHING_LEFT"),
    ]:
        with refused(code):
            moved(play, cancel, start)
    with pytest.raises(Exception, match=r"NOT_OPEN.*NOT_FOUND.*WRONG_SCOPE"):
        moved(play, "y", "khong u")
    assert play.look() == before


def test_what_follows_its_activity_cannot_be_started() -> None:
    boundary = f'<boundaryEvent id="b" attachedToRef="x">{HOUR}</boundaryEvent>'
    play = Play(process(BORDER + users("x") + boundary, "s x e", "b e"))
    with refused("NOT_STARTABLE"):
        moved(play, "x", "b")


def test_a_scope_that_is_emptied_is_cancelled_not_left() -> None:
    play = Play(process(BORDER + users("z") + sub("sp", users("u"), "sps u spe"), "s sp z e"))
    moved(play, "u", "z")
    assert (play.waiting, play.visited["sp"]) == (["z"], 0)
    assert play.done("z").state == "completed"


def test_inside_an_open_scope_tokens_move_without_leaving_it() -> None:
    play = Play(process(BORDER + users("z") + sub("sp", users("u", "v"), "sps u v spe"), "s sp z e"))
    assert moved(play, "u", "v").waiting == ["v"]
    assert play.done("v").waiting == ["z"]


def test_joins_stay_consistent() -> None:
    inclusive = '<inclusiveGateway id="i"/><inclusiveGateway id="k"/>'
    play = Play(process(BORDER + inclusive + users("x", "y", "z"), "s i x k z e", "i y k"))
    assert play.done("x").waiting == ["y"]
    assert moved(play, "y").waiting == ["z"]
    play = Play(process(BORDER + FORK + users("x", "y", "z"), "s p x j z e", "p y j")).done("x")
    assert moved(play, "y", "y").done("y").waiting == ["z"]


def test_tokens_that_a_join_holds_can_be_taken() -> None:
    play = Play(process(BORDER + FORK + users("x", "y", "z"), "s p x j z e", "p y j")).done("x")
    assert moved(play, "j y", "z").done("z").state == "completed"
    with refused("NOT_WAITING"):
        moved(play, "j", "z")


def test_a_repeated_step_is_cancelled_as_a_whole() -> None:
    play = Play(process(BORDER + f'<userTask id="m">{MULTI}</userTask>' + users("z"), "s m z e"))
    (first, *_) = play.adapter.store.state(play.case).tasks
    with refused("ONE_ROUND"):
        moved(play, first, "z")
    assert moved(play, "m", "z").waiting == ["z"]
    assert moved(play, "z", "m").waiting == ["m", "m", "m"]


def test_a_scope_that_is_open_several_times_is_named() -> None:
    play = Play(process(BORDER + sub("sp", MULTI + users("u", "v"), "sps u v spe"), "s sp e"))
    state = play.adapter.store.state(play.case)
    with refused("WRONG_SCOPE"):
        moved(play, "", "v")
    (first, *_) = [task.id for task in state.tasks.values()]
    with refused("ONE_ROUND"):
        moved(play, first)
    moved(play, first, f"v@{state.instances[first].parent}")
    assert play.waiting == ["u", "u", "v"]
    play = Play(process(BORDER + sub("sp", MULTI + users("u", "v"), "sps u v spe") + users("z"), "s sp z e"))
    assert moved(play, "u", "z").waiting == ["z"]


def test_a_called_process_goes_with_its_call_and_tokens_move_inside_it() -> None:
    called = process(
        BORDER.replace('"s"', '"qs"').replace('"e"', '"qe"') + users("u", "v"), "qs u v qe", key="Q", prefix="q"
    )
    play = Play(called, process(BORDER + '<callActivity id="c" calledElement="Q"/>' + users("z"), "s c z e"))
    assert moved(play, "u", "v").waiting == ["v"]
    assert moved(play, "v", "z").waiting == ["z"]
    assert play.done("z").state == "completed"


def test_an_adhoc_sub_process_stays_open_without_steps() -> None:
    adhoc = f'<adHocSubProcess id="ah">{users("u")}</adHocSubProcess>'
    play = Play(process(BORDER + adhoc + users("z"), "s ah z e"))
    play.adapter.activate(play.case, "ah", ["u"])
    moved(play, "u")
    play.adapter.activate(play.case, "ah", ["u"])
    assert play.waiting == ["u"]


def test_a_handler_that_is_cancelled_is_no_longer_waited_for() -> None:
    undo = (
        '<boundaryEvent id="cb" attachedToRef="x"><compensateEventDefinition/></boundaryEvent>'
        '<userTask id="h" isForCompensation="true"/>'
        '<association id="a1" sourceRef="cb" targetRef="h"/>'
        '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
    )
    play = Play(process(BORDER + users("x", "z") + undo, "s x t z e")).done("x")
    assert play.waiting == ["h"]
    with refused("NOT_STARTABLE"):
        moved(play, "t", "h")
    assert moved(play, "h").waiting == ["z"]


def test_an_incident_about_what_is_gone_is_closed() -> None:
    catch = f'<intermediateCatchEvent id="t">{HOUR}</intermediateCatchEvent><exclusiveGateway id="g"/>'
    play = Play(process(BORDER + catch + users("u"), "s t g [${x > 1}] u e"), x=0).advance("PT1H")
    assert play.incidents == [("NO_OUTGOING_FLOW", "g")]
    assert (moved(play, "t", "u").waiting, play.adapter.store.state(play.case).incidents) == (["u"], {})


def told(play: Play) -> list[dict[str, Any]]:
    return play.adapter.store.history(play.case)


def test_each_reason_names_what_it_is_about() -> None:
    hour = f'<boundaryEvent id="b" attachedToRef="x">{HOUR}</boundaryEvent>'
    play = Play(
        process(
            BORDER + users("x", "y") + hour + sub("sp", MULTI + users("u"), "sps u spe"), "s x e", "s sp e", "b y e"
        )
    )
    state = play.adapter.store.state(play.case)
    scopes = [place.id for place in state.instances.values() if place.element == "sp" and place.role == "activity"]
    assert reasons(lambda: moved(play, "y 99 khong", "b lac u u@77")) == [
        ("NOT_OPEN", {"element": "y"}),
        ("NOT_OPEN", {"element": "99"}),
        ("NOT_FOUND", {"what": "element", "element": "khong"}),
        ("NOT_STARTABLE", {"element": "b"}),
        ("NOT_FOUND", {"what": "element", "element": "lac"}),
        ("WRONG_SCOPE", {"element": "u", "count": 3, "scopes": scopes}),
        ("WRONG_SCOPE", {"element": "u", "count": 0, "scopes": []}),
    ]
    assert reasons(lambda: moved(play)) == [("NOTHING_TO_MOVE", {})]
    assert reasons(lambda: moved(play, "0")) == [("NOTHING_LEFT", {})]
    assert reasons(lambda: moved(play, "x sp")) == [("NOTHING_LEFT", {})]
    (task, *_) = [task.id for task in state.tasks.values() if task.element == "u"]
    assert reasons(lambda: moved(play, task)) == [("ONE_ROUND", {"element": "sp"})]


def test_the_history_says_which_tokens_a_join_lost() -> None:
    play = Play(process(BORDER + FORK + users("x", "y", "z"), "s p x j z e", "p y j")).done("x")
    moved(play, "j", "z")
    (taken,) = [event for event in told(play) if event["event"] == "TokensTaken"]
    assert (taken["parent"], taken["element"], taken["flows"], taken["cancelled"]) == ("0", "j", ["f0_x_j"], True)
    assert play.waiting == ["y", "z"]


def test_a_scope_whose_last_token_was_held_is_cancelled_too() -> None:
    inner = nodes("parallelGateway", "p2", "j2") + users("u", "v")
    play = Play(process(BORDER + users("z") + sub("sp", inner, "sps p2 u j2 spe", "p2 v j2"), "s sp z e")).done("u")
    assert moved(play, "v").waiting == []
    assert moved(play, "j2", "z").waiting == ["z"]
    assert play.visited["sp"] == 0 and play.done("z").state == "completed"


def test_what_is_started_in_a_scope_keeps_it_open() -> None:
    inner = nodes("parallelGateway", "p2", "j2") + users("u", "v", "w")
    play = Play(process(BORDER + sub("sp", inner, "sps p2 u j2 spe", "p2 v j2", "w spe"), "s sp e")).done("u")
    assert moved(play, "j2 v", "w").waiting == ["w"]
    assert play.done("w").state == "completed" and play.visited["sp"] == 1


def test_a_called_process_is_named_by_its_call_or_its_own_root() -> None:
    called = process(BORDER.replace('"s"', '"qs"').replace('"e"', '"qe"') + users("u"), "qs u qe", key="Q", prefix="q")
    text = called, process(BORDER + '<callActivity id="c" calledElement="Q"/>' + users("z"), "s c z e")
    play = Play(*text)
    (root,) = [place.id for place in play.adapter.store.state(play.case).instances.values() if place.element == "Q"]
    assert moved(play, root, "z").waiting == ["z"]
    with refused("NOT_FOUND"):
        moved(Play(*text), "Q", "z")


def test_all_rounds_of_a_step_are_cancelled_with_their_body_once() -> None:
    play = Play(process(BORDER + f'<userTask id="m">{MULTI}</userTask>' + users("z"), "s m e", "s z e"))
    moved(play, "m")
    gone = [event["instance"] for event in told(play) if event["event"] == "NodeLeft" and event["element"] == "m"]
    assert len(gone) == len(set(gone)) == 4 and play.waiting == ["z"]


def test_the_same_step_may_be_started_twice_and_named_twice() -> None:
    play = Play(process(BORDER + users("x", "y"), "s x y e"))
    assert moved(play, "x x", "y y").waiting == ["y", "y"]


def test_an_adhoc_sub_process_that_is_done_is_cancelled_when_it_is_emptied() -> None:
    adhoc = f'<adHocSubProcess id="ah">{users("u")}</adHocSubProcess>'
    play = Play(process(BORDER + adhoc + users("z"), "s ah z e"))
    play.adapter.activate(play.case, "ah", ["u"])
    play.adapter.activate(play.case, "ah", [])
    assert moved(play, "u", "z").waiting == ["z"] and play.visited["ah"] == 0


def test_handlers_that_still_run_are_waited_for_when_one_is_cancelled() -> None:
    def undoable(name: str) -> str:
        return (
            f'<userTask id="{name}"/><userTask id="bo_{name}" isForCompensation="true"/>'
            f'<boundaryEvent id="cb_{name}" attachedToRef="{name}"><compensateEventDefinition/></boundaryEvent>'
            f'<association id="as_{name}" sourceRef="cb_{name}" targetRef="bo_{name}"/>'
        )

    throw = '<intermediateThrowEvent id="t"><compensateEventDefinition/></intermediateThrowEvent>'
    play = Play(process(BORDER + undoable("x") + undoable("y") + users("z") + throw, "s x y t z e")).done("x").done("y")
    assert play.waiting == ["bo_y"]
    assert moved(play, "bo_y").waiting == ["bo_x"]
    assert moved(play, "bo_x").waiting == ["z"]
