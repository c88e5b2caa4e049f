"""Ad-hoc sub-processes (semantics.md SA1 to SA4)."""

import pytest

from workflows.engine import commands as cmd

from .building import BORDER, Play, process, reasons, refused, users
from .desk import Desk
from .elements import sub, undoable


def adhoc(inner: str = "", extra: str = "", condition: str = "") -> str:
    done = f"<completionCondition>{condition}</completionCondition>" if condition else ""
    return sub("sp", users("a", "b", "c") + done + inner, "b c", kind="adHocSubProcess", attributes=extra)


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


def test_what_cannot_be_activated_is_named() -> None:
    play = Play(process(BORDER + adhoc() + users("z"), "s sp z e"))
    assert reasons(lambda: play.adapter.activate(play.case, "sp", ["a", "c"])) == [("NOT_ENABLED", {"element": "c"})]
    assert play.waiting == []
    sequential = Play(process(BORDER + adhoc(extra='ordering="Sequential"'), "s sp e"))
    sequential.adapter.activate(sequential.case, "sp", ["a"])
    assert reasons(lambda: sequential.adapter.activate(sequential.case, "sp", ["b"])) == [
        ("NOT_ENABLED", {"element": "b"})
    ]
    sequential.done("a").adapter.activate(sequential.case, "sp", ["b"])
    assert sequential.waiting == ["b"]


def test_a_sequential_one_is_busy_while_a_token_waits_inside() -> None:
    inner = '<parallelGateway id="j"/>' + users("a", "b")
    order = 'ordering="Sequential"'
    play = Play(process(BORDER + sub("sp", inner, "a j", "b j", kind="adHocSubProcess", attributes=order), "s sp e"))
    play.adapter.activate(play.case, "sp", ["a"])
    play.done("a")
    assert reasons(lambda: play.adapter.activate(play.case, "sp", ["b"])) == [("NOT_ENABLED", {"element": "b"})]


@pytest.mark.parametrize("value", ["a", 7, None, {"a": 1}])
def test_a_collection_of_elements_that_is_no_list_is_refused(value: object) -> None:
    zeebe = '<extensionElements><zeebe:adHoc activeElementsCollection="= ds"/></extensionElements>'
    assert reasons(lambda: Play(process(BORDER + adhoc(zeebe), "s sp e"), ds=value)) == [
        ("EXPRESSION_ERROR", {"element": "sp", "message": "Danh sách bước cần mở phải là danh sách."})
    ]


def test_an_empty_collection_is_over_at_once_unless_a_condition_says_when() -> None:
    zeebe = '<extensionElements><zeebe:adHoc activeElementsCollection="= ds"/></extensionElements>'
    assert Play(process(BORDER + adhoc(zeebe) + users("z"), "s sp z e"), ds=[]).waiting == ["z"]
    waits = Play(process(BORDER + adhoc(zeebe, condition="${xong}") + users("z"), "s sp z e"), ds=["a"], xong=False)
    assert waits.done("a", xong=False).waiting == []
    waits.adapter.activate(waits.case, "sp", ["b"])
    assert waits.waiting == ["b"]


def test_a_condition_that_cannot_be_told_is_refused_at_the_sub_process() -> None:
    play = Play(process(BORDER + adhoc(condition="${khong}") + users("z"), "s sp z e"))
    play.adapter.activate(play.case, "sp", ["a"])
    ((code, facts),) = reasons(lambda: play.done("a"))
    assert (code, facts["element"]) == ("EXPRESSION_ERROR", "sp")


def test_saying_that_nothing_more_comes_by_a_command_of_its_own() -> None:
    desk = Desk(process(BORDER + adhoc() + users("z"), "s sp z e"))
    desk.do(cmd.ActivateElements("sp", ("a",)))
    desk.do(cmd.FinishAdhoc("sp"))
    assert [task.element for task in desk.state.tasks.values()] == ["a"]
    desk.do(cmd.CompleteTask(desk.task("a")))
    assert desk.task("z")


def test_a_handler_that_took_over_ends_the_sub_process() -> None:
    start = '<startEvent id="hs"><messageEventDefinition messageRef="m"/></startEvent>'
    handling = sub("h", start + users("hx"), "hs hx", attributes='triggeredByEvent="true"')
    play = Play('<message id="m" name="tin"/>', process(BORDER + adhoc(handling) + users("z"), "s sp z e"))
    play.adapter.activate(play.case, "sp", ["a"])
    play.message("tin")
    assert play.waiting == ["hx"]
    assert play.done("hx").waiting == ["z"]


def test_what_was_done_inside_is_undone_and_then_it_is_over() -> None:
    throw = '<intermediateThrowEvent id="ct"><compensateEventDefinition/></intermediateThrowEvent>'
    inner = sub("sp", undoable("a"), kind="adHocSubProcess")
    play = Play(process(BORDER + inner + throw + users("z"), "s sp ct z e"))
    play.adapter.activate(play.case, "sp", ["a"])
    play.done("a").adapter.activate(play.case, "sp", [])
    assert play.waiting == ["bo_a"]
    assert play.done("bo_a").waiting == ["z"]


def test_the_instances_of_a_repeated_one_are_found_and_not_their_body() -> None:
    loop = "<multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>"
    play = Play(process(BORDER + adhoc(loop) + users("z"), "s sp z e"))
    for _ in range(2):
        play.adapter.activate(play.case, "sp", ["a"])
        play.done("a").adapter.activate(play.case, "sp", [])
    assert play.waiting == ["z"]


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
