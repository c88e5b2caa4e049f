"""Event-based gateways (semantics.md GE1 to GE3)."""

import pytest

from .building import BORDER, Play, nodes, process, refused, users

MESSAGES = '<message id="m1" name="tin-1"/><message id="m2" name="tin-2"/>'
RACE = (
    BORDER
    + nodes("eventBasedGateway", "g")
    + users("a", "b")
    + (
        '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="m1"/></intermediateCatchEvent>'
        '<receiveTask id="r" messageRef="m2"/>'
        '<intermediateCatchEvent id="t"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>'
        "</intermediateCatchEvent>"
    )
)


def test_event_gateway_first_event_wins() -> None:
    play = Play(MESSAGES, process(RACE, "s g", "g c a e", "g r b e", "g t e"))
    assert play.waiting == ["g"]
    play.message("tin-2", x=1)
    assert play.waiting == ["b"] and play.vars == {"x": 1} and play.ended == ["r"]
    assert play.look()["timers"] == []
    with refused("NO_MATCH"):
        play.message("tin-1")
    assert play.visited["g"] == play.visited["r"] == 1 and not play.visited["c"]


@pytest.mark.parametrize(
    "more",
    [
        "<standardLoopCharacteristics loopMaximum='2'/>",
        "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>",
    ],
)
def test_a_repeated_receive_task_behind_the_gateway_is_refused(more: str) -> None:
    body = RACE.replace(
        '<receiveTask id="r" messageRef="m2"/>', f'<receiveTask id="r" messageRef="m2">{more}</receiveTask>'
    )
    with refused("BAD_EVENT_GATEWAY"):
        Play(MESSAGES, process(body, "s g", "g c a e", "g r b e", "g t e"))


def test_a_receive_task_behind_the_gateway_has_no_boundary_events() -> None:
    border = '<boundaryEvent id="n" attachedToRef="r"><messageEventDefinition messageRef="m1"/></boundaryEvent>'
    with refused("BAD_EVENT_GATEWAY"):
        Play(MESSAGES, process(RACE + border, "s g", "g c a e", "g r b e", "g t e", "n e"))
