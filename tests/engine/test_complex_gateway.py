"""Complex gateways (semantics.md GC1, GC2)."""

from typing import Any

from workflows.engine import events as ev

from .building import BORDER, Play, nodes, process, reasons, users
from .desk import Desk

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


def join(condition: str = "${activationCount >= 2}", default: str = "") -> str:
    inner = f"<activationCondition>{condition.replace('<', '&lt;').replace('>', '&gt;')}</activationCondition>"
    return f'<complexGateway id="j" {default}>{inner}</complexGateway>'


def three(gateway: str, *more: str, tasks: tuple[str, ...] = (), **variables: Any) -> Play:
    body = BORDER + nodes("parallelGateway", "p") + users("a", "b", "c", "z", *tasks) + gateway
    return Play(process(body, "s p", "p a j", "p b j", "p c j", *more), **variables)


def test_a_complex_split_takes_all_true_flows_or_the_default() -> None:
    body = BORDER + users("b", "c", "d") + '<complexGateway id="j" default="f3_j_d"/>'
    text = process(body, "s j", "j [${x > 1}] b", "j [${x > 2}] c", "j d")
    assert Play(text, x=3).waiting == ["b", "c"]
    assert Play(text, x=2).waiting == ["b"]
    assert Play(text, x=0).waiting == ["d"]
    bare = process(BORDER + users("b") + '<complexGateway id="j"/>', "s j [${x > 1}] b")
    assert reasons(lambda: Play(bare, x=0)) == [("NO_OUTGOING_FLOW", {"element": "j"})]


def test_a_complex_join_of_two_flows_waits_for_its_condition() -> None:
    body = BORDER + nodes("parallelGateway", "p") + users("a", "b", "z") + join()
    play = Play(process(body, "s p", "p a j", "p b j", "j z e")).done("a")
    assert play.waiting == ["b"]
    assert play.done("b").waiting == ["z"]
    assert play.done("z").state == "completed" and play.visited["j"] == 1


def test_the_condition_sees_the_variables_and_the_phase() -> None:
    play = three(join("${waitingForStart and activationCount >= can}"), "j z e", can=3).done("a").done("b")
    assert play.waiting == ["c"]
    assert play.done("c").waiting == ["z"]


def test_the_flows_behind_the_join_have_conditions_and_a_default() -> None:
    def waiting(x: int) -> list[str]:
        gateway = join(default='default="f5_j_y"')
        return three(gateway, "j [${x > 1}] z e", "j y e", tasks=("y",), x=x).done("a").done("b").waiting

    assert waiting(2) == ["c", "z"]
    assert waiting(1) == ["c", "y"]


def test_nothing_true_behind_the_join_is_an_error() -> None:
    play = three(join(), "j [${x > 1}] z e", x=0).done("a")
    assert reasons(lambda: play.done("b")) == [("NO_OUTGOING_FLOW", {"element": "j"})]


def test_at_the_reset_no_token_goes_over_the_default() -> None:
    play = three(join(default='default="f5_j_y"'), "j [${waitingForStart}] z e", "j y e", tasks=("y",))
    assert play.done("a").done("b").waiting == ["c", "z"]
    assert play.done("c").waiting == ["z"]
    assert play.done("z").state == "completed"


def test_the_round_after_the_reset_begins_anew() -> None:
    body = BORDER + nodes("parallelGateway", "p") + users("a", "b", "z") + join() + '<exclusiveGateway id="m"/>'
    loop = '<exclusiveGateway id="q" default="f3_q_e"/>'
    play = Play(process(body + loop, "s m p a j z q", "p b j", "q [${lai}] m", "q e"), lai=True)
    for again in (True, True, False):
        assert play.waiting == ["a", "b"]
        play.done("a").done("b")
        assert play.waiting == ["z"]
        play.done("z", lai=again)
    assert play.state == "completed" and play.visited["j"] == 3


def test_a_second_token_on_a_used_flow_waits_for_the_next_round() -> None:
    gates = nodes("parallelGateway", "p") + nodes("exclusiveGateway", "m") + join()
    body = BORDER + gates + users("a", "a2", "b", "c", "z")
    play = Play(process(body, "s p", "p a m", "p a2 m", "m j", "p b j", "p c j", "j z e"))
    play.done("a").done("b")
    assert play.waiting == ["a2", "c", "z"]
    play.done("a2")
    assert play.adapter.store.state(play.case).held == {"0": {"f3_m_j": 1}}
    play.done("c")
    assert play.waiting == ["z"]
    assert play.adapter.store.state(play.case).facts == {"0": {"fired": {}}}


def test_two_joins_in_one_scope_have_rounds_of_their_own() -> None:
    second = join().replace('"j"', '"k"')
    body = BORDER + nodes("parallelGateway", "p") + users("a", "b", "c", "d", "f", "g", "y", "z") + join() + second
    text = process(body, "s p", "p a j", "p b j", "p c j", "p d k", "p f k", "p g k", "j z e", "k y e")
    play = Play(text).done("a").done("b").done("d").done("f")
    assert play.waiting == ["c", "g", "y", "z"]
    assert play.adapter.store.state(play.case).facts["0"]["fired"].keys() == {"j", "k"}
    play.done("c").done("g").done("y").done("z")
    assert play.state == "completed"


def test_the_flows_over_which_it_fires_are_told() -> None:
    body = BORDER + nodes("parallelGateway", "p") + join()
    desk = Desk(process(body, "s p j e", "p j"))
    (taken,) = [event for event in desk.events if isinstance(event, ev.FlowsTaken)]
    assert taken.flows["P"]["f0_j_e"] == 1
