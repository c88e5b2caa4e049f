"""Embedded sub-processes (semantics.md S1, S2)."""

from .building import BORDER, Play, process, users
from .elements import sub


def test_sub_process_completes_when_its_last_token_is_gone() -> None:
    play = Play(
        process(BORDER + sub("sp", '<startEvent id="s2"/>' + users("a", "b"), "s2 a", "s2 b") + users("z"), "s sp z e")
    )
    assert play.done("a").waiting == ["b"]
    assert play.done("b").waiting == ["z"] and play.visited["sp"] == 1


def test_sub_process_without_start_event_and_empty_sub_process() -> None:
    assert Play(process(BORDER + sub("sp", users("a", "b"), "a b"), "s sp e")).waiting == ["a"]
    assert Play(process(BORDER + sub("sp", ""), "s sp e")).state == "completed"


def test_a_data_object_with_a_value_is_a_variable_of_its_sub_process() -> None:
    inner = (
        '<dataObject id="d" name="so"><extensionElements><flowable:value>5</flowable:value></extensionElements>'
        '</dataObject><startEvent id="s2"/>'
    )
    play = Play(process(BORDER + sub("sp", inner + users("a"), "s2 a") + users("z"), "s sp z e"))
    assert play.task("a")["vars"] == {"so": 5}
    assert play.done("a", so=7).vars == {}
