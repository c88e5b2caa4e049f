"""Gateways (semantics.md GX1 to GC2)."""

import pytest

from .building import BORDER, Play, nodes, process, refused, users


def test_exclusive_takes_the_first_true_flow_in_file_order() -> None:
    body = BORDER + '<exclusiveGateway id="g" default="f1_g_a"/>' + users("a", "b", "c")
    chains = ("s g", "g a", "g [${x > 1}] b", "g [${x > 0}] c")
    assert Play(process(body, *chains), x=2).waiting == ["b"]
    assert Play(process(body, *chains), x=1).waiting == ["c"]
    assert Play(process(body, *chains), x=0).waiting == ["a"]


def test_exclusive_without_true_flow_fails() -> None:
    body = BORDER + nodes("exclusiveGateway", "g") + users("a", "b")
    with refused("NO_OUTGOING_FLOW"):
        Play(process(body, "s g", "g [${x > 1}] a e", "g [${x > 2}] b e"), x=0)


def test_null_condition_is_an_error() -> None:
    body = BORDER + nodes("exclusiveGateway", "g") + users("a", "b")
    with refused("EXPRESSION_ERROR"):
        Play(process(body, "s g", "g [= y] a e", "g [= true] b e"), x=0)
    with refused("EXPRESSION_ERROR"):
        Play(process(body, "s g", "g [${y}] a e", "g [${true}] b e"), x=0)


def test_parallel_join_needs_a_token_on_every_flow_and_keeps_surplus() -> None:
    body = BORDER + nodes("parallelGateway", "g", "j") + nodes("exclusiveGateway", "m") + users("a", "b", "c", "z")
    play = Play(process(body, "s g", "g a m", "g b m", "m j", "g c j", "j z e"))
    play.done("a").done("b")
    assert play.waiting == ["c"]
    play.done("c")
    assert play.waiting == ["z"]
    assert play.done("z").state == "active"


def test_parallel_gateway_joins_then_splits() -> None:
    body = BORDER + nodes("parallelGateway", "g", "j") + users("a", "b", "c", "d")
    play = Play(process(body, "s g", "g a j", "g b j", "j c e", "j d e")).done("a")
    assert play.waiting == ["b"]
    assert play.done("b").waiting == ["c", "d"]


def test_parallel_split_ignores_conditions() -> None:
    body = BORDER + nodes("parallelGateway", "g") + users("a", "b")
    assert Play(process(body, "s g", "g [${false}] a e", "g b e")).waiting == ["a", "b"]


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


COMPLEX = (
    BORDER
    + nodes("parallelGateway", "p")
    + users("a", "b", "c", "z")
    + ('<complexGateway id="j"><activationCondition>${activationCount >= 2}</activationCondition></complexGateway>')
)


def test_complex_join_fires_at_the_count_absorbs_the_rest_and_resets() -> None:
    play = Play(process(COMPLEX, "s p", "p a j", "p b j", "p c j", "j z e"))
    play.done("a")
    assert play.waiting == ["b", "c"]
    play.done("b")
    assert play.waiting == ["c", "z"]
    play.done("c")
    assert play.waiting == ["z"]
    assert play.done("z").state == "completed"
    assert play.visited["z"] == 1


def test_complex_reset_sends_a_token_only_where_the_condition_asks_for_it() -> None:
    play = Play(process(COMPLEX + users("y"), "s p", "p a j", "p b j", "p c j", "j z e", "j [${!waitingForStart}] y e"))
    play.done("a").done("b")
    assert play.waiting == ["c", "z"]
    play.done("c")
    assert play.waiting == ["y", "z"]
