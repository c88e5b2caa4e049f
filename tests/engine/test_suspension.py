"""A suspended case stands still; resumed, it goes on where it stood."""

import pytest

from workflows.engine import commands as cmd
from workflows.engine import event_from_json, replay, state_to_json

from .building import BORDER, Play, nodes, process, refused, users

WAIT = (
    '<boundaryEvent id="b" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
    "<timeCycle>R3/PT1H</timeCycle></timerEventDefinition></boundaryEvent>"
)
BODY = BORDER + users("a", "r") + WAIT + nodes("endEvent", "e2")


def tell(play: Play, command: cmd.Command) -> Play:
    play.adapter._command(play.case, command)
    return play


def suspended() -> Play:
    return tell(Play(process(BODY, "s a e", "b r e2")), cmd.SuspendCase("chờ thanh tra"))


@pytest.mark.parametrize(
    "command",
    [cmd.CompleteTask("1"), cmd.ClaimTask("1"), cmd.SetVariables({"x": 1}), cmd.SuspendCase("lần nữa")],
    ids=lambda command: type(command).__name__,
)
def test_a_suspended_case_refuses_everything_else(command: cmd.Command) -> None:
    play = suspended()
    before = play.look()
    with refused("CASE_SUSPENDED"):
        tell(play, command)
    assert play.look() == before


def test_what_came_due_meanwhile_happens_after_the_resumption() -> None:
    play = suspended().advance("PT3H")
    assert play.waiting == ["a"]
    tell(play, cmd.ResumeCase())
    assert play.waiting == ["a", "r", "r", "r"]
    with refused("NOT_SUSPENDED"):
        tell(play, cmd.ResumeCase())


def test_a_suspended_case_can_be_cancelled_and_is_not_suspended_then() -> None:
    play = tell(suspended(), cmd.CancelCase("thôi"))
    state = play.adapter.store.state(play.case)
    assert (state.status, state.suspended, play.waiting) == ("cancelled", False, [])
    with refused("NOT_WAITING"):
        tell(play, cmd.ResumeCase())


def test_the_history_gives_the_snapshot() -> None:
    play = suspended()
    for command in (cmd.ResumeCase(), cmd.SuspendCase("lần hai")):
        state = play.adapter.store.state(play.case)
        history = replay(map(event_from_json, play.adapter.store.history(play.case)))
        assert state_to_json(history) == state_to_json(state)
        assert history.suspended == isinstance(command, cmd.ResumeCase)
        tell(play, command)
