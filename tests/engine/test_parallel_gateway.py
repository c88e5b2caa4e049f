"""Parallel gateways (semantics.md GP1 to GP4)."""

from .building import BORDER, Play, nodes, process, users


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
