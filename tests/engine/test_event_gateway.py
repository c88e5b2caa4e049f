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


def test_the_history_says_that_the_gateway_and_its_event_were_passed() -> None:
    play = Play(MESSAGES, process(RACE, "s g", "g c a e", "g r b e", "g t e"))
    play.message("tin-1", x=1)
    told = [
        (event["event"], event["element"], event["kind"])
        for event in play.adapter.store.history(play.case)
        if event["event"] in {"NodeLeft", "NodePassed"} and event["element"] in {"g", "c"}
    ]
    assert told == [
        ("NodeLeft", "g", "eventBasedGateway"),
        ("NodePassed", "c", "intermediateCatchEvent"),
    ]
    assert play.vars == {"x": 1} and play.waiting == ["a"]


def test_a_timer_wins_and_brings_no_data() -> None:
    play = Play(MESSAGES, process(RACE, "s g", "g c a e", "g r b e", "g t e")).advance("P1D")
    assert play.state == "completed" and play.visited["t"] == 1 and play.vars == {}


def test_outputs_of_the_event_that_wins_are_mapped() -> None:
    output = '<zeebe:output source="= x + 1" target="kq"/>'
    out = f"<extensionElements><zeebe:ioMapping>{output}</zeebe:ioMapping></extensionElements>"
    body = RACE.replace('<intermediateCatchEvent id="c">', f'<intermediateCatchEvent id="c">{out}')
    play = Play(MESSAGES, process(body, "s g", "g c a e", "g r b e", "g t e"), x=100)
    play.message("tin-1", x=1)
    assert play.vars == {"x": 100, "kq": 2}


def test_a_signal_a_condition_and_a_boundary_outside() -> None:
    catching = (
        '<intermediateCatchEvent id="c"><signalEventDefinition signalRef="sg"/></intermediateCatchEvent>'
        '<intermediateCatchEvent id="k"><conditionalEventDefinition><condition>${x &gt; 1}</condition>'
        "</conditionalEventDefinition></intermediateCatchEvent>"
    )
    text = process(BORDER + nodes("eventBasedGateway", "g") + users("a", "b") + catching, "s g", "g c a e", "g k b e")
    root = '<signal id="sg" name="hieu"/>'
    assert Play(root, text, x=2).waiting == ["b"]
    play = Play(root, text, x=1)
    assert play.waiting == ["g"] and play.set(x=3).waiting == ["b"]
    assert Play(root, text, x=1).signal("hieu", y=1).waiting == ["a"]


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
