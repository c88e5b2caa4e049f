"""Terminate end events (semantics.md EX1, EX2)."""

import pytest

from .building import BORDER, Play, process, users


@pytest.mark.parametrize("kind", ["embedded", "process"])
def test_terminate(kind: str) -> None:
    end = '<endEvent id="t"><terminateEventDefinition/></endEvent>'
    if kind == "process":
        play = Play(process(BORDER + users("a", "b") + end, "s a t", "s b e")).done("a")
        assert play.state == "terminated" and play.waiting == []
        return
    sub = (
        f'<subProcess id="sp">'
        f'<startEvent id="s2"/>{users("a", "b")}{end}<sequenceFlow id="g1" sourceRef="s2" targetRef="a"/>'
        '<sequenceFlow id="g2" sourceRef="s2" targetRef="b"/>'
        '<sequenceFlow id="g3" sourceRef="a" targetRef="t"/></subProcess>'
    )
    play = Play(process(BORDER + sub + users("z"), "s sp z e")).done("a")
    assert play.waiting == ["z"] and play.visited["sp"] == 1


def test_terminate_all_ends_the_root() -> None:
    end = '<endEvent id="t"><terminateEventDefinition flowable:terminateAll="true"/></endEvent>'
    sub = (
        f'<subProcess id="sp"><startEvent id="s2"/>{end}<sequenceFlow id="g1" sourceRef="s2" targetRef="t"/>'
        f"</subProcess>"
    )
    assert Play(process(BORDER + sub + users("z"), "s sp z e")).state == "terminated"
