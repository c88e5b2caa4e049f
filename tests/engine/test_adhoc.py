"""Ad-hoc sub-processes (semantics.md SA1 to SA4)."""

from .building import BORDER, Play, process, refused, sub, users


def adhoc(inner: str = "", extra: str = "", condition: str = "") -> str:
    done = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    return sub(users("a", "b", "c") + done + inner, "b c", kind="adHocSubProcess", extra=extra)


def test_adhoc_activities_start_when_somebody_says_so() -> None:
    play = Play(process(BORDER + adhoc() + users("z"), "s sp z e"))
    assert play.waiting == []
    with refused("NOT_ENABLED"):
        play.adapter.activate(play.case, "sp", ["c"])
    play.adapter.activate(play.case, "sp", ["a", "b", "a"])
    assert play.waiting == ["a", "a", "b"]
    play.done("b")
    assert play.waiting == ["a", "a", "c"]
    play.done("a").done("a").done("c")
    assert play.state == "active"
    play.adapter.activate(play.case, "sp", [])
    assert play.waiting == ["z"]


def test_adhoc_completion_condition_cancels_or_waits() -> None:
    play = Play(process(BORDER + adhoc(condition="${xong}") + users("z"), "s sp z e"), xong=False)
    play.adapter.activate(play.case, "sp", ["a", "b"])
    assert play.done("a", xong=True).waiting == ["z"]
    text = process(
        BORDER + adhoc(extra='cancelRemainingInstances="false"', condition="${xong}") + users("z"), "s sp z e"
    )
    other = Play(text, xong=False)
    other.adapter.activate(other.case, "sp", ["a", "b"])
    assert other.done("a", xong=True).waiting == ["b"]
    assert other.done("b").done("c").waiting == ["z"]


def test_sequential_adhoc_takes_one_at_a_time() -> None:
    play = Play(process(BORDER + adhoc(extra='ordering="Sequential"'), "s sp e"))
    with refused("NOT_ENABLED"):
        play.adapter.activate(play.case, "sp", ["a", "b"])
    play.adapter.activate(play.case, "sp", ["a"])
    with refused("NOT_ENABLED"):
        play.adapter.activate(play.case, "sp", ["b"])


def test_zeebe_adhoc_starts_its_elements_at_entry() -> None:
    zeebe = '<extensionElements><zeebe:adHoc activeElementsCollection="= ds"/></extensionElements>'
    play = Play(process(BORDER + adhoc(zeebe) + users("z"), "s sp z e"), ds=["a", "b"])
    assert play.waiting == ["a", "b"]
    play.done("a").done("b").done("c")
    assert play.waiting == ["z"]
    with refused("NOT_ENABLED"):
        Play(process(BORDER + adhoc(zeebe), "s sp e"), ds=["khong"])


SEQUENTIAL = 'ordering="Sequential"'
ENTRY = '<extensionElements><zeebe:adHoc activeElementsCollection="= ds"/></extensionElements>'


def test_a_sequential_adhoc_starts_its_elements_one_after_the_other() -> None:
    play = Play(process(BORDER + adhoc(ENTRY, SEQUENTIAL) + users("z"), "s sp z e"), ds=["b", "a"])
    assert play.waiting == ["b"]
    assert play.done("b").waiting == ["c"]
    play.adapter.restart(play.clock)
    assert play.done("c").waiting == ["a"]
    assert play.done("a").waiting == ["z"]
    with refused("NOT_ENABLED"):
        Play(process(BORDER + adhoc(ENTRY, SEQUENTIAL), "s sp e"), ds=["a", "khong"])


def test_the_condition_empties_the_queue_of_a_sequential_adhoc() -> None:
    text = process(BORDER + adhoc(ENTRY, SEQUENTIAL, "= xong") + users("z"), "s sp z e")
    assert Play(text, ds=["a", "b"], xong=False).done("a", xong=True).waiting == ["z"]


def test_nothing_more_starts_once_the_condition_is_true() -> None:
    text = process(BORDER + adhoc("", 'cancelRemainingInstances="false"', "${xong}") + users("z"), "s sp z e")
    play = Play(text, xong=False)
    play.adapter.activate(play.case, "sp", ["a", "b"])
    play.done("a", xong=True)
    with refused("NOT_ENABLED"):
        play.adapter.activate(play.case, "sp", ["a"])
    assert play.done("b").done("c").waiting == ["z"]
