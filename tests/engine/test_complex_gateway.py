"""Complex gateways (semantics.md GC1, GC2)."""

from .building import BORDER, Play, nodes, process, users

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
