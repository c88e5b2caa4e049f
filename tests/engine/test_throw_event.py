"""Intermediate throw and end events (semantics.md E, G5)."""

from .building import BORDER, Play, nodes, process


def test_none_intermediate_throw_passes() -> None:
    assert Play(process(BORDER + nodes("intermediateThrowEvent", "moc"), "s moc e")).visited["moc"] == 1


def test_message_end_event_as_a_job() -> None:
    end = '<endEvent id="x"><messageEventDefinition camunda:type="external" camunda:topic="gui"/></endEvent>'
    play = Play(process(BORDER + end, "s x"))
    assert play.waiting == ["x"]
    assert play.done("x").state == "completed"
