"""Inclusive gateways (semantics.md GI1 to GI8)."""

import pytest

from .building import BORDER, Play, nodes, process, refused, users

OR = BORDER + nodes("inclusiveGateway", "j") + users("a", "b", "c", "z")


def split(default: str = "") -> str:
    return f'<inclusiveGateway id="g" {default}/>'


@pytest.mark.parametrize(("x", "waiting"), [(3, ["a", "b"]), (2, ["a"]), (0, ["c"])])
def test_inclusive_split(x: int, waiting: list[str]) -> None:
    play = Play(
        process(OR + split('default="f3_g_c"'), "s g", "g [${x > 1}] a j", "g [${x > 2}] b j", "g c j", "j z e"), x=x
    )
    assert play.waiting == waiting
    for task in waiting:
        assert "z" not in play.waiting
        play.done(task)
    assert play.waiting == ["z"]
    assert play.done("z").state == "completed"


def test_inclusive_without_true_flow_fails() -> None:
    with refused("NO_OUTGOING_FLOW"):
        Play(process(OR + split(), "s g", "g [${x > 1}] a j", "g [${x > 2}] b j", "j z e"), x=0)


def test_inclusive_join_waits_for_a_loop_upstream() -> None:
    body = OR + split() + '<exclusiveGateway id="q" default="f4_q_j"/>'
    play = Play(process(body, "s g", "g [${true}] a j", "g [${true}] b q", "q [${again}] b", "q j", "j z e"))
    play.done("a").done("b", again=True)
    assert play.waiting == ["b"]
    assert play.done("b", again=False).waiting == ["z"]


def test_a_token_that_only_comes_back_through_the_gateway_does_not_hold_it() -> None:
    body = OR + '<exclusiveGateway id="q" default="f3_q_e"/>' + nodes("parallelGateway", "p")
    play = Play(process(body, "s p", "p a j", "j z q [${true}] j", "q e", "p c e", prefix="f"))
    assert play.waiting == ["a", "c"]
    play.done("a")
    assert play.waiting == ["c", "z"]


def test_strict_rule_a_token_with_equal_access_to_a_filled_flow_does_not_hold() -> None:
    # t can reach both incoming flows of j; one of them is filled, so t does not hold the join
    body = (
        OR
        + nodes("parallelGateway", "p")
        + '<exclusiveGateway id="m"/>'
        + '<exclusiveGateway id="q" default="f4_q_n"/>'
        + ('<exclusiveGateway id="n"/><userTask id="t"/>')
    )
    play = Play(process(body, "s p", "p a m", "m j", "p t q [${x}] m", "q n", "n j", "j z e"), x=False)
    play.done("a")
    assert play.waiting == ["t", "z"]


def test_inclusive_join_is_released_when_the_other_token_is_cancelled() -> None:
    body = (
        OR
        + nodes("parallelGateway", "p")
        + nodes("endEvent", "e2")
        + (
            '<boundaryEvent id="t" attachedToRef="b"><timerEventDefinition><timeDuration>P1D</timeDuration>'
            "</timerEventDefinition>"
            "</boundaryEvent>"
        )
    )
    play = Play(process(body, "s p", "p a j", "p b j", "t e2", "j z e"))
    play.done("a")
    assert play.waiting == ["b"]
    play.advance("P2D")
    assert play.waiting == ["z"]


def test_paths_through_boundary_events_count() -> None:
    body = (
        OR
        + nodes("parallelGateway", "p")
        + nodes("endEvent", "e2")
        + (
            '<boundaryEvent id="t" attachedToRef="b"><timerEventDefinition><timeDuration>P1D</timeDuration>'
            "</timerEventDefinition>"
            "</boundaryEvent>"
        )
    )
    play = Play(process(body, "s p", "p a j", "p b e2", "t c j", "j z e"))
    assert play.done("a").waiting == ["b"]
    assert play.advance("P2D").waiting == ["c"]
    assert play.done("c").waiting == ["z"]


def test_a_way_to_a_filled_flow_through_the_gateway_itself_does_not_count() -> None:
    # x comes to the empty flow directly, to the filled one only through j and the loop behind it: j waits for x
    gates = nodes("parallelGateway", "p") + nodes("exclusiveGateway", "m")
    body = (
        BORDER
        + gates
        + '<exclusiveGateway id="q" default="f4_q_e"/>'
        + nodes("inclusiveGateway", "j")
        + users("x", "y", "z")
    )
    play = Play(process(body, "s p", "p x j", "p y m", "m j z q [${lai}] m", "q e"), lai=False).done("y")
    assert play.waiting == ["x"]
    assert play.done("x").waiting == ["z"]
    assert play.done("z").state == "completed"


def test_tokens_at_another_join_count_where_they_are() -> None:
    gates = nodes("parallelGateway", "p", "k") + nodes("inclusiveGateway", "j")
    body = BORDER + gates + users("a", "b", "c", "z")
    play = Play(process(body, "s p", "p a j", "p b k j", "p c k", "j z e")).done("a").done("b")
    assert play.waiting == ["c"]
    assert play.done("c").waiting == ["z"]


def test_a_token_that_is_stuck_at_another_join_still_counts() -> None:
    gates = nodes("parallelGateway", "p", "k") + nodes("inclusiveGateway", "j")
    gates += '<exclusiveGateway id="q" default="f4_q_e"/>'
    body = BORDER + gates + users("a", "b", "c", "z")
    play = Play(process(body, "s p", "p a j", "p b k j", "p c q [${x}] k", "q e", "j z e"), x=False)
    assert play.done("a").done("b").done("c").waiting == []


BOUNDARY = '<boundaryEvent id="t" attachedToRef="b" cancelActivity="false">{}</boundaryEvent>'


DAY = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"


def test_a_way_through_a_boundary_event_never_releases_the_join() -> None:
    # the reminder has come over its own flow; b itself is still to come over the other one
    play = Play(process(OR + BOUNDARY.format(DAY), "s b j", "t c j", "j z e")).advance("P2D")
    assert play.waiting == ["b", "c"]
    assert play.done("c").waiting == ["b"]
    assert play.done("b").waiting == ["z"] and play.visited["j"] == 1
