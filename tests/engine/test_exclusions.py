"""Who may not act because of what was done before: over the whole case, for the actor and for whom they act."""

from __future__ import annotations

import pytest

from workflows.engine import CLOCK, Actor
from workflows.engine import commands as cmd
from workflows.engine import events as ev

from .building import BORDER, flows, process, refused, users
from .desk import AN, BINH, Desk

CUONG = Actor("cuong", groups=frozenset({"chu_tich@3"}))
ADMIN = Actor("an", groups=frozenset({"*"}))
MULTI = "<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>{}</multiInstanceLoopCharacteristics>"


def test_an_administrator_and_a_worker_with_a_name_are_excluded_like_everybody() -> None:
    desk = Desk(process(BORDER + users("a") + '<userTask id="b" kehoach:exclude="a"/>', "s a b e"))
    desk.do(cmd.CompleteTask(desk.task("a")), AN)
    for actor in (ADMIN, Actor("an", channel="worker", groups=frozenset({"*"})), Actor("binh", on_behalf_of="an")):
        assert "EXCLUDED" in [code for code, _ in desk.refuses(cmd.CompleteTask(desk.task("b")), actor)]
        assert "EXCLUDED" in [code for code, _ in desk.refuses(cmd.ClaimTask(desk.task("b")), actor)]
    desk.do(cmd.CompleteTask(desk.task("b")), BINH)


def test_whom_one_acted_for_counts_as_well() -> None:
    desk = Desk(process(BORDER + users("a") + '<userTask id="b" kehoach:exclude="a"/>', "s a b e"))
    desk.do(cmd.CompleteTask(desk.task("a")), Actor("binh", on_behalf_of="cuong"))
    assert desk.state.tasks[desk.task("b")].excluded == ("binh", "cuong")
    assert desk.refuses(cmd.CompleteTask(desk.task("b")), CUONG) == [("EXCLUDED", {"person": "cuong"})]


def test_a_sub_process_knows_what_was_done_outside_and_the_outside_what_was_done_in_it() -> None:
    inner = (
        f'<startEvent id="ss"/><endEvent id="se"/><userTask id="b" kehoach:exclude="a"/>{flows("ss b se", prefix="g")}'
    )
    sub = f'<subProcess id="sub">{inner}</subProcess>'
    desk = Desk(process(BORDER + users("a") + sub + '<userTask id="c" kehoach:exclude="b"/>', "s a sub c e"))
    desk.do(cmd.CompleteTask(desk.task("a")), AN)
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(desk.task("b")), AN)
    desk.do(cmd.CompleteTask(desk.task("b")), BINH)
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(desk.task("c")), BINH)


def test_a_called_process_knows_what_was_done_in_its_caller_and_the_other_way_round() -> None:
    call = '<callActivity id="goi" calledElement="Q"/>'
    after = '<userTask id="c" kehoach:exclude="Q#b"/>'
    caller = process(BORDER + users("a") + call + after, "s a goi c e")
    called_border = '<startEvent id="qs"/><endEvent id="qe"/>'
    called = process(called_border + '<userTask id="b" kehoach:exclude="P#a"/>', "qs b qe", key="Q", prefix="q")
    desk = Desk(caller, called)
    desk.do(cmd.CompleteTask(desk.task("a")), AN)
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(desk.task("b")), AN)
    desk.do(cmd.CompleteTask(desk.task("b")), BINH)
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(desk.task("c")), BINH)
    desk.do(cmd.CompleteTask(desk.task("c")), AN)
    assert desk.state.status == "completed"


def test_what_is_done_beside_an_open_task_excludes_from_it_at_once_and_takes_it_out_of_the_hands() -> None:
    fork = '<parallelGateway id="p"/><parallelGateway id="j"/>'
    second = '<userTask id="b" camunda:candidateGroups="chu_tich@3" kehoach:exclude="a"/>'
    desk = Desk(process(BORDER + fork + users("a") + second, "s p a j e", "p b j"))
    desk.do(cmd.ClaimTask(desk.task("b")), BINH)
    told = desk.do(cmd.CompleteTask(desk.task("a")), BINH)
    task = desk.task("b")
    assert [event for event in told if isinstance(event, ev.PersonsExcluded | ev.TaskAssigned)] == [
        ev.PersonsExcluded(task, "b", ("binh",)),
        ev.TaskAssigned(task, "b", None, "released"),
    ]
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(task), BINH)
    desk.do(cmd.CompleteTask(task), CUONG)
    assert desk.state.status == "completed"


@pytest.mark.parametrize("starter", [AN, Actor("cuong", on_behalf_of="an")])
def test_whoever_started_or_drafted_may_not_approve(starter: Actor) -> None:
    steps = '<userTask id="soan" kehoach:draft="true"/><userTask id="duyet" kehoach:approval="true"/>'
    desk = Desk(process(BORDER + steps, "s soan duyet e"), by=starter)
    desk.do(cmd.CompleteTask(desk.task("soan")), Actor("dung", on_behalf_of="em"))
    for person in ("an", "dung", "em"):
        with refused("EXCLUDED"):
            desk.do(cmd.CompleteTask(desk.task("duyet")), Actor(person))
    desk.do(cmd.CompleteTask(desk.task("duyet")), BINH)


def test_only_the_step_itself_may_allow_to_approve_ones_own_draft() -> None:
    steps = (
        '<userTask id="soan" kehoach:draft="true"/>'
        '<userTask id="xem" kehoach:approval="true" kehoach:selfApproval="true"/>'
        '<userTask id="duyet" kehoach:approval="true"/>'
    )
    desk = Desk(process(BORDER + steps, "s soan xem duyet e"), by=CLOCK)
    desk.do(cmd.CompleteTask(desk.task("soan")), AN)
    desk.do(cmd.CompleteTask(desk.task("xem")), AN)
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(desk.task("duyet")), AN)


@pytest.mark.parametrize("sequential", ["true", "false"])
def test_a_vote_may_ask_for_different_persons_in_each_of_its_rounds(sequential: str) -> None:
    multi = MULTI.format("<completionCondition>${nrOfCompletedInstances == 2}</completionCondition>")
    multi = multi.replace(
        "<multiInstanceLoopCharacteristics>", f'<multiInstanceLoopCharacteristics isSequential="{sequential}">'
    )
    desk = Desk(
        process(BORDER + f'<userTask id="a" kehoach:distinct="true">{multi}</userTask>' + users("b"), "s a b a")
    )
    desk.do(cmd.CompleteTask(desk.task("a")), Actor("an", on_behalf_of="binh"))
    for person in (AN, BINH):
        with refused("EXCLUDED"):
            desk.do(cmd.CompleteTask(desk.task("a")), person)
    desk.do(cmd.CompleteTask(desk.task("a")), CUONG)
    desk.do(cmd.CompleteTask(desk.task("b")), AN)
    desk.do(cmd.CompleteTask(desk.task("a")), AN)  # a new round asks everybody again


@pytest.mark.parametrize(("outcome", "open_after"), [("first-reject", []), ("collect-all", ["a", "a"])])
def test_the_first_no_ends_the_round_or_all_answers_are_collected(outcome: str, open_after: list[str]) -> None:
    attributes = f'kehoach:rejected="${{kq == \'khong\'}}" kehoach:outcome="{outcome}"'
    gate = '<exclusiveGateway id="g" default="f1_g_e"/>'
    vote = f'<userTask id="a" {attributes}>{MULTI.format("")}</userTask>'
    desk = Desk(process(BORDER + vote + users("lai") + gate, "s a g [${nrOfRejectedInstances > 0}] lai e", "g e"))
    desk.do(cmd.CompleteTask(desk.task("a"), {"kq": "khong"}))
    assert [task.element for task in desk.state.tasks.values() if task.element == "a"] == open_after
    for _ in open_after:
        desk.do(cmd.CompleteTask(desk.task("a"), {"kq": "co"}))
    assert [task.element for task in desk.state.tasks.values()] == ["lai"]
