"""Tokens are cancelled here and started there, in the scopes where they belong."""

from __future__ import annotations

import pytest

from workflows.engine import commands as cmd
from workflows.engine import event_from_json, replay, state_to_json

from .building import BORDER, Play, flows, nodes, process, refused, users

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
