"""Boundary events (semantics.md EB1 to EB5)."""

from .building import BORDER, Play, process, refused, users
from .elements import M, boundary, catch, duration


def test_interrupting_boundary_cancels_the_activity_with_all_inside() -> None:
    sub = (
        f'<subProcess id="a"><startEvent id="s2"/>{users("u1", "u2")}{catch("w", "timer", duration("P9D"))}'
        '<sequenceFlow id="g1" sourceRef="s2" targetRef="u1"/><sequenceFlow id="g2" sourceRef="s2" targetRef="u2"/>'
        '<sequenceFlow id="g3" sourceRef="s2" targetRef="w"/></subProcess>'
    )
    play = Play(process(BORDER + sub + boundary("timer", duration("P1D")) + users("x"), "s a e", "b x e"))
    assert play.waiting == ["u1", "u2", "w"]
    play.advance("P1D")
    assert play.waiting == ["x"] and play.look()["timers"] == []
    with refused("NOT_WAITING"):
        play.done("u1")
    assert not play.visited["a"] and play.visited["b"] == 1
    assert play.done("x").state == "completed"


def test_non_interrupting_message_boundary_fires_again_and_again() -> None:
    play = Play(M, process(BORDER + users("a", "x") + boundary("message", interrupting=False), "s a e", "b x e"))
    play.message("tin", n=1)
    play.message("tin", n=2)
    assert play.waiting == ["a", "x", "x"] and play.vars == {"n": 2}
    play.done("a")
    assert play.waiting == ["x", "x"]
    with refused("NO_MATCH"):
        play.message("tin")


def test_boundary_of_a_multi_instance_fires_once_for_the_whole() -> None:
    multi = (
        '<userTask id="a"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>'
        "</multiInstanceLoopCharacteristics></userTask>"
    )
    play = Play(process(BORDER + multi + users("x") + boundary("timer", duration("P1D")), "s a e", "b x e"))
    assert len(play.look()["timers"]) == 1
    assert play.done("a").advance("P2D").waiting == ["x"]
