"""Who may act on a task and start a case (DESIGN 7; semantics.md H9, H10)."""

from typing import Any

import pytest

from workflows.engine import CLOCK, Actor, may_act, may_claim
from workflows.engine import commands as cmd
from workflows.engine import events as ev
from workflows.engine.state import Task

from .building import BORDER, process, reasons, refused, users
from .desk import AN, BINH, Desk

SIGN = (
    '<userTask id="ky" camunda:candidateGroups="chu_tich@3" kehoach:exclude="soan"/>'
    '<userTask id="soan" kehoach:escalation="-2:nguoi_giu +1:thu_truong"/>'
)


def test_only_candidates_may_act_and_exclusion_beats_every_grant() -> None:
    desk = Desk(process(BORDER + SIGN, "s soan ky e"))
    desk.do(cmd.CompleteTask(desk.task("soan")), BINH)
    with refused("EXCLUDED"):
        desk.do(cmd.CompleteTask(desk.task("ky")), BINH)
    with refused("NOT_A_CANDIDATE"):
        desk.do(cmd.CompleteTask(desk.task("ky")), AN)
    with refused("EXCLUDED"):
        desk.do(
            cmd.CompleteTask(desk.task("ky")), Actor("cuong", on_behalf_of="binh", groups=frozenset({"chu_tich@3"}))
        )
    desk.do(cmd.CompleteTask(desk.task("ky")), Actor("dung", groups=frozenset({"chu_tich@3"})))
    assert desk.state.status == "completed"


def test_escalation_levels_and_rounds_travel_with_the_task() -> None:
    desk = Desk(process(BORDER + SIGN, "s soan ky e"))
    opened = next(event for event in desk.events if isinstance(event, ev.TaskOpened))
    assert opened.escalation == ((-2, "nguoi_giu"), (1, "thu_truong")) and opened.round == 1


def test_claim_release_reassign() -> None:
    desk = Desk(process(BORDER + SIGN, "s ky e", "soan e"))
    task = desk.task("ky")
    desk.do(cmd.ClaimTask(task), BINH)
    with refused("HELD_BY_ANOTHER"):
        desk.do(cmd.CompleteTask(task), Actor("dung", groups=frozenset({"chu_tich@3"})))
    desk.do(cmd.ReleaseTask(task), BINH)
    with refused("NOT_CLAIMED"):
        desk.do(cmd.ReleaseTask(task), BINH)
    desk.do(cmd.ReassignTask(task, "dung"), AN)
    assert desk.state.tasks[task].assignee == "dung"
    desk.do(cmd.CompleteTask(task), Actor("dung"))


def test_who_may_start() -> None:
    text = process(BORDER + users("a"), "s a e").replace(
        "<process ", '<process camunda:candidateStarterGroups="van_thu@3" '
    )
    Desk(text, by=AN)
    with refused("NOT_A_STARTER"):
        Desk(text, by=BINH)


def why(actor: Actor, **task: Any) -> list[tuple[str, dict[str, Any]]]:
    return [(reason.code, dict(reason.facts)) for reason in may_act(Task("1", "ky", **task), actor)]


DUNG = Actor("dung", groups=frozenset({"van_thu@3", "chu_tich@3"}))
NOBODY = Actor(None)


def test_a_task_without_holder_and_candidates_is_open_to_everybody_who_is_signed_in() -> None:
    assert why(DUNG) == []
    assert why(NOBODY) == [("NOT_SIGNED_IN", {})]


@pytest.mark.parametrize(
    ("task", "candidate"),
    [
        ({"candidate_groups": ("chu_tich@3",)}, DUNG),
        ({"candidate_users": ("dung",)}, DUNG),
        ({"candidate_users": ("dung",), "candidate_groups": ("khac",)}, DUNG),
        ({"candidate_users": ("khac",), "candidate_groups": ("van_thu@3",)}, DUNG),
        ({"candidate_users": ("binh",)}, Actor("cuong", on_behalf_of="binh")),
        ({"candidate_groups": ("khac",)}, Actor("quan", groups=frozenset({"*"}))),
        ({"assignee": "dung", "candidate_users": ("khac",)}, DUNG),
        ({"assignee": "binh"}, Actor("cuong", on_behalf_of="binh")),
    ],
)
def test_grants_add_up(task: dict[str, Any], candidate: Actor) -> None:
    assert why(candidate, **task) == []


def test_who_may_not_act_is_told_who_may() -> None:
    task = {"candidate_groups": ("thu_truong@3", "ke_toan@3"), "candidate_users": ("binh", "an")}
    assert why(DUNG, **task) == [
        ("NOT_A_CANDIDATE", {"groups": ["ke_toan@3", "thu_truong@3"], "users": ["an", "binh"]})
    ]
    assert why(DUNG, candidate_users=("an",)) == [("NOT_A_CANDIDATE", {"groups": [], "users": ["an"]})]
    assert why(DUNG, assignee="an", **task) == [("HELD_BY_ANOTHER", {"holder": "an"})]


def test_every_reason_is_given_at_once() -> None:
    delegate = Actor("cuong", on_behalf_of="binh")
    assert why(delegate, excluded=("cuong", "an", "binh"), assignee="an") == [
        ("EXCLUDED", {"person": "binh"}),
        ("EXCLUDED", {"person": "cuong"}),
        ("HELD_BY_ANOTHER", {"holder": "an"}),
    ]
    assert why(NOBODY, candidate_users=("an",)) == [
        ("NOT_SIGNED_IN", {}),
        ("NOT_A_CANDIDATE", {"groups": [], "users": ["an"]}),
    ]


def test_the_program_itself_may_act_but_not_claim() -> None:
    assert why(CLOCK, assignee="an", excluded=("an",)) == []
    assert [reason.code for reason in may_claim(Task("1", "ky"), CLOCK)] == ["NOT_SIGNED_IN"]
    assert may_claim(Task("1", "ky"), DUNG) == ()
    assert [reason.code for reason in may_claim(Task("1", "ky", assignee="an"), DUNG)] == ["HELD_BY_ANOTHER"]


def test_who_may_start_is_told() -> None:
    text = process(BORDER + users("a"), "s a e").replace(
        "<process ", '<process camunda:candidateStarterGroups="van_thu@3" camunda:candidateStarterUsers="binh" '
    )
    Desk(text, by=Actor("binh"))
    Desk(text, by=CLOCK)
    named = {"groups": ["van_thu@3"], "users": ["binh"]}
    assert reasons(lambda: Desk(text, by=Actor("dung"))) == [("NOT_A_STARTER", named)]


def test_handing_a_task_on_keeps_the_history_of_who_held_it() -> None:
    desk = Desk(process(BORDER + SIGN, "s ky e", "soan e"))
    task = desk.task("ky")
    told = [
        *desk.do(cmd.ClaimTask(task), BINH),
        *desk.do(cmd.ReleaseTask(task), BINH),
        *desk.do(cmd.ReassignTask(task, "dung")),
        *desk.do(cmd.ReassignTask(task, None)),
    ]
    assert told == [
        ev.TaskAssigned(task, "ky", "binh", "claimed"),
        ev.TaskAssigned(task, "ky", None, "released"),
        ev.TaskAssigned(task, "ky", "dung", "reassigned"),
        ev.TaskAssigned(task, "ky", None, "reassigned"),
    ]
    assert desk.refuses(cmd.ClaimTask(task), AN)[0][0] == "NOT_A_CANDIDATE"
    assert desk.refuses(cmd.ClaimTask("99"), BINH) == [("NOT_WAITING", {"task": "99"})]


def test_releasing_what_nobody_else_could_take_is_refused() -> None:
    desk = Desk(process(BORDER + '<userTask id="a" camunda:assignee="an"/>' + users("b"), "s a e", "s b e"))
    task = desk.task("a")
    assert desk.refuses(cmd.ReleaseTask(task), AN) == [("NO_CANDIDATES", {"task": task})]
    open_to_all = desk.task("b")
    assert desk.refuses(cmd.ReleaseTask(open_to_all), AN) == [
        ("NOT_CLAIMED", {"task": open_to_all}),
        ("NO_CANDIDATES", {"task": open_to_all}),
    ]
    assert [code for code, _ in desk.refuses(cmd.ReleaseTask(task), BINH)] == ["HELD_BY_ANOTHER", "NO_CANDIDATES"]


def test_four_eyes_hold_for_reassigning_too() -> None:
    desk = Desk(process(BORDER + SIGN, "s soan ky e"))
    desk.do(cmd.CompleteTask(desk.task("soan")), BINH)
    assert desk.refuses(cmd.ReassignTask(desk.task("ky"), "binh")) == [("EXCLUDED", {"person": "binh"})]


@pytest.mark.parametrize("users", ["an", "binh"])
def test_candidates_of_either_kind_may_release(users: str) -> None:
    attribute = f'camunda:candidateUsers="{users}"' if users == "an" else 'camunda:candidateGroups="van_thu@3"'
    desk = Desk(process(BORDER + f'<userTask id="a" {attribute}/>', "s a e"))
    desk.do(cmd.ClaimTask(desk.task("a")))
    desk.do(cmd.ReleaseTask(desk.task("a")))
    assert desk.state.tasks[desk.task("a")].assignee is None
