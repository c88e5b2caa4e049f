"""Standard loops (semantics.md ML1, ML2)."""

import pytest

from .building import BORDER, Play, process, reasons, users


def loop(inner: str = "", attributes: str = "", kind: str = "userTask", body: str = "", extra: str = "") -> str:
    return (
        f'<{kind} id="a"{extra}>'
        f"<standardLoopCharacteristics {attributes}>{inner}</standardLoopCharacteristics>{body}</{kind}>"
    )


WHILE = "<loopCondition>${tiep}</loopCondition>"


def test_loop_tested_after_runs_at_least_once() -> None:
    play = Play(process(BORDER + loop(WHILE) + users("z"), "s a z e"), tiep=False)
    assert play.waiting == ["a"]
    play.done("a", tiep=True).done("a", tiep=False)
    assert play.waiting == ["z"] and play.visited["a"] == 2


def test_loop_tested_before_may_not_run() -> None:
    text = BORDER + loop(WHILE, 'testBefore="true"') + users("z")
    assert Play(process(text, "s a z e"), tiep=False).waiting == ["z"]
    play = Play(process(text, "s a z e"), tiep=True)
    assert play.waiting == ["a"]
    assert play.done("a", tiep=False).waiting == ["z"]


def test_loop_maximum() -> None:
    play = Play(process(BORDER + loop(WHILE, 'loopMaximum="2"') + users("z"), "s a z e"), tiep=True)
    assert play.done("a").done("a").waiting == ["z"]


def test_loop_counter_in_the_condition() -> None:
    text = loop(
        "<loopCondition>${loopCounter &lt; 3}</loopCondition>",
        kind="scriptTask",
        body="<script>${x + 1}</script>",
        extra=' camunda:resultVariable="x"',
    )
    assert Play(process(BORDER + text, "s a e"), x=0).vars["x"] == 3


def test_boundary_on_a_loop_belongs_to_the_whole() -> None:
    timer = (
        '<boundaryEvent id="b" attachedToRef="a"><timerEventDefinition><timeDuration>P1D</timeDuration>'
        "</timerEventDefinition>"
        "</boundaryEvent>"
    )
    play = Play(process(BORDER + loop(WHILE) + timer + users("z"), "s a e", "b z e"), tiep=True).done("a")
    assert len(play.look()["timers"]) == 1
    assert play.advance("P2D").waiting == ["z"]


@pytest.mark.parametrize("value", ["x", None, [1]])
def test_a_maximum_that_is_no_number_is_refused_at_the_activity(value: object) -> None:
    body = BORDER + loop(WHILE, 'loopMaximum="${n}"')
    assert reasons(lambda: Play(process(body, "s a e"), tiep=True, n=value)) == [
        ("EXPRESSION_ERROR", {"element": "a", "message": "loopMaximum phải là số nguyên."})
    ]


@pytest.mark.parametrize(("most", "rounds"), [("0", 0), ("1", 1), ("3", 3), ("${n}", 2)])
def test_the_maximum_counts_rounds(most: str, rounds: int) -> None:
    play = Play(process(BORDER + loop("", f'loopMaximum="{most}"') + users("z"), "s a z e"), n=2)
    for _ in range(rounds):
        assert play.waiting == ["a"]
        play.done("a")
    assert play.waiting == ["z"]


def test_each_round_knows_its_number_and_the_condition_the_rounds_that_are_over() -> None:
    condition = "<loopCondition>${loopCounter &lt; 2}</loopCondition>"
    for attributes in ("", 'testBefore="true"'):
        play = Play(process(BORDER + loop(condition, attributes) + users("z"), "s a z e"))
        for number in (1, 2):
            assert play.task("a")["vars"]["loopCounter"] == number
            play.done("a")
        assert play.waiting == ["z"] and play.vars == {} and play.visited["a"] == 2


def test_a_condition_sees_what_the_round_left_behind() -> None:
    io = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='y'>${0}</camunda:inputParameter>"
        "</camunda:inputOutput></extensionElements>"
    )
    body = loop("<loopCondition>${y == 1}</loopCondition>", body=io) + users("z")
    play = Play(process(BORDER + body, "s a z e")).done("a", y=1)
    assert play.waiting == ["a"]
    assert play.done("a", y=2).waiting == ["z"]


def test_a_condition_that_cannot_be_told_is_refused_at_the_activity() -> None:
    before = loop("<loopCondition>${khong}</loopCondition>", 'testBefore="true"')
    ((code, facts),) = reasons(lambda: Play(process(BORDER + before, "s a e")))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "a")
    after = Play(process(BORDER + loop("<loopCondition>${khong}</loopCondition>"), "s a e"))
    ((code, facts),) = reasons(lambda: after.done("a"))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "a")


def test_the_body_of_a_loop_is_told_as_such() -> None:
    play = Play(process(BORDER + loop("", 'loopMaximum="1"'), "s a e")).done("a")
    left = [event for event in play.adapter.store.history(play.case) if event["event"] == "NodeLeft"]
    assert [(event["kind"], event.get("body", False)) for event in left] == [("userTask", False), ("userTask", True)]
