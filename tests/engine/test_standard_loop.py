"""Standard loops (semantics.md ML1, ML2)."""

from .building import BORDER, Play, process, users


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
