"""Tokens: start, fork, implicit merge, end, conditional flows (semantics.md G1 to G10)."""

import pytest

from workflows.engine import Context, Limits, State, decide
from workflows.engine import commands as cmd

from .building import BORDER, Play, nodes, process, reasons, refused, users
from .desk import AN, NOW, Desk


def test_no_start_event_starts_everything_without_incoming_flow() -> None:
    play = Play(process(users("a", "b", "c") + '<userTask id="h" isForCompensation="true"/>', "a c"))
    assert play.waiting == ["a", "b"]
    play.done("a").done("c").done("b")
    assert play.state == "completed"


def test_several_unconditional_flows_fork() -> None:
    play = Play(process(BORDER + users("a", "b"), "s a e", "s b e"))
    assert play.waiting == ["a", "b"]


def test_a_task_with_several_incoming_flows_runs_once_per_token() -> None:
    play = Play(process(BORDER + nodes("parallelGateway", "g") + users("a"), "s g", "g a", "g a e", prefix="x"))
    assert play.waiting == ["a", "a"]


def test_conditional_flows_of_an_activity_are_an_inclusive_split() -> None:
    body = BORDER + '<userTask id="a" default="f3_a_d"/>' + users("b", "c", "d", "u")
    chains = ("s a", "a [${x > 1}] b", "a [${x > 2}] c", "a d", "a u")
    assert Play(process(body, *chains), x=3).done("a").waiting == ["b", "c", "u"]
    assert Play(process(body, *chains), x=2).done("a").waiting == ["b", "u"]
    assert Play(process(body, *chains), x=0).done("a").waiting == ["d", "u"]


def test_no_flow_taken_is_an_error_and_changes_nothing() -> None:
    play = Play(process(BORDER + users("a", "b"), "s a [${x > 1}] b e"), x=0)
    with refused("NO_OUTGOING_FLOW"):
        play.done("a", y=1)
    assert play.waiting == ["a"] and play.vars == {"x": 0}


def test_a_loop_back_makes_new_instances() -> None:
    play = Play(process(BORDER + users("a") + '<exclusiveGateway id="g" default="f1_g_e"/>', "s a g [${x}] a", "g e"))
    play.done("a", x=True).done("a", x=True).done("a", x=False)
    assert play.state == "completed" and play.visited["a"] == 3


def test_completing_twice_is_refused() -> None:
    play = Play(process(BORDER + users("a", "b"), "s a b e"))
    play.done("a")
    with refused("NOT_WAITING"):
        play.done("a")
    with refused("NOT_WAITING"):
        play.done("nope")
    play.done("b")
    with refused("NOT_WAITING"):
        play.done("b")


def test_one_token_ending_leaves_the_others() -> None:
    play = Play(
        process('<startEvent id="s"/><endEvent id="e1"/><endEvent id="e2"/>' + users("a", "b"), "s a e1", "s b e2")
    )
    assert play.done("a").state == "active"
    assert play.done("b").state == "completed"
    assert play.visited["e1"] == play.visited["e2"] == 1


def test_step_limit() -> None:
    body = BORDER + '<exclusiveGateway id="g" default="f1_g_t"/><task id="t"/>'
    with refused("LIMIT_EXCEEDED"):
        Play(process(body, "s g", "g t g", "g [${1 > 2}] e"))


@pytest.mark.parametrize("kind", ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "task"])
def test_every_flow_that_a_token_goes_over_is_told(kind: str) -> None:
    plain = Play(process(BORDER + f'<{kind} id="x"/>', "s x e"))
    assert plain.adapter.flows == {("P", "f0_s_x"), ("P", "f0_x_e")}
    if kind != "parallelGateway":
        body = BORDER + f'<{kind} id="x" default="f1_x_b"/>' + users("a", "b")
        assert Play(process(body, "s x [${n > 1}] a", "x b"), n=2).adapter.flows == {("P", "f0_s_x"), ("P", "f0_x_a")}
        assert Play(process(body, "s x [${n > 1}] a", "x b"), n=1).adapter.flows == {("P", "f0_s_x"), ("P", "f1_x_b")}


def test_no_flow_taken_names_its_element() -> None:
    for kind in ("exclusiveGateway", "inclusiveGateway", "task"):
        text = process(BORDER + f'<{kind} id="x"/>' + users("a", "b"), "s x [${n > 1}] a", "x [${n > 2}] b")
        assert reasons(lambda text=text: Play(text, n=0)) == [("NO_OUTGOING_FLOW", {"element": "x"})]


def test_an_element_without_a_way_on_ends_its_token() -> None:
    for kind in ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway", "task"):
        assert Play(process('<startEvent id="s"/>' + f'<{kind} id="x"/>', "s x")).state == "completed"


def test_the_step_limit_is_that_of_the_context() -> None:
    body = BORDER + "".join(f'<task id="t{at}"/>' for at in range(5))
    desk = Desk(process(body, "s t0 t1 t2 t3 t4 e"))

    def started(most: int) -> str:
        few = Context(NOW, limits=Limits(steps=most))
        return decide(desk.definitions, State(), cmd.StartCase("d", "P"), AN, few).state.status

    assert started(7) == "completed"
    assert reasons(lambda: started(6)) == [("LIMIT_EXCEEDED", {"element": "t4", "limit": "steps", "most": 6})]
