"""User tasks: who may do them, until when, with which form (semantics.md H1 to H12)."""

from typing import Any

import pytest

from workflows.engine import commands as cmd

from .building import BORDER, Play, process, reasons, refused
from .desk import AN, BINH, Desk
from .elements import one


def user(attributes: str = "", inner: str = "") -> str:
    return f'<userTask id="a" {attributes}><extensionElements>{inner}</extensionElements></userTask>'


def test_zeebe_attributes() -> None:
    inner = (
        '<zeebe:assignmentDefinition assignee="= nguoi" candidateGroups="= nhom" candidateUsers="an, binh"/>'
        '<zeebe:taskSchedule dueDate="2026-01-08T08:00:00+07:00" followUpDate="= nhac"/>'
        '<zeebe:priorityDefinition priority="70"/>'
        '<zeebe:formDefinition formKey="mau"/>'
    )
    task = one(user(inner=inner), nguoi="ct", nhom=["g1", "g2"], nhac="2026-01-06T01:00:00Z").task("a")
    assert (
        task["assignee"] == "ct"
        and task["candidateGroups"] == ["g1", "g2"]
        and task["candidateUsers"] == ["an", "binh"]
    )
    assert task["due"] == "2026-01-08T01:00:00+00:00" and task["followUp"] == "2026-01-06T01:00:00+00:00"
    assert task["priority"] == 70 and task["formKey"] == "mau"


@pytest.mark.parametrize("prefix", ["camunda", "activiti", "flowable"])
def test_the_camunda_family(prefix: str) -> None:
    task = one(
        user(f'{prefix}:candidateGroups="${{nhom}}, g3" {prefix}:dueDate="${{ngay_lam_viec(2)}}"'), nhom="g1"
    ).task("a")
    assert task["candidateGroups"] == ["g1", "g3"] and task["due"] == "2026-01-07T16:59:59+00:00"
    assert task["priority"] == 50


def test_candidate_groups_as_composite_text_and_list() -> None:
    assert one(user('camunda:candidateGroups="can_bo@${don_vi}"'), don_vi=12).task("a")["candidateGroups"] == [
        "can_bo@12"
    ]
    assert one(user('camunda:candidateUsers="${ds}"'), ds=["x", "y"]).task("a")["candidateUsers"] == ["x", "y"]


@pytest.mark.parametrize(
    ("text", "persons", "groups"),
    [
        ("user(an), group(van_thu), ke_toan", ["an"], ["van_thu", "ke_toan"]),
        ("user(${ai}), group( ${nhom} )", ["binh"], ["g1", "g2"]),
        ("${nhom}, phong_${so}", [], ["g1", "g2", "phong_7"]),
        ("= nhom", [], ["g1", "g2"]),
        ("user(), group( )", [], []),
    ],
)
def test_potential_owner(text: str, persons: list[str], groups: list[str]) -> None:
    owner = (
        f"<potentialOwner><resourceAssignmentExpression><formalExpression>{text}</formalExpression>"
        "</resourceAssignmentExpression></potentialOwner>"
    )
    task = one(f'<userTask id="a">{owner}</userTask>', ai="binh", nhom=["g1", "g2"], so=7).task("a")
    assert task["candidateUsers"] == persons and task["candidateGroups"] == groups


def test_name_may_hold_an_expression_and_bad_dates_are_refused() -> None:
    assert one('<userTask id="a" name="Duyệt ${so}"/>', so=5).task("a")["name"] == "Duyệt 5"
    with refused("EXPRESSION_ERROR"):
        one(user('camunda:dueDate="ngày mai"'))


def opened(play: Play, element: str = "a") -> list[dict[str, Any]]:
    return [
        event
        for event in play.adapter.store.history(play.case)
        if event["event"] == "TaskOpened" and event["element"] == element
    ]


def test_everything_about_a_task_is_told_when_it_is_opened() -> None:
    attributes = (
        'name="Duyệt ${so}" camunda:assignee="${ai}" camunda:candidateUsers="an" camunda:candidateGroups="g" '
        'camunda:dueDate="PT1H" camunda:followUpDate="PT30M" camunda:priority="${uu_tien}" camunda:formKey="mau_${so}" '
        'kehoach:escalation="-1:nguoi_giu +2:thu_truong"'
    )
    inner = (
        '<camunda:properties><camunda:property name="mau" value="đỏ"/></camunda:properties>'
        '<camunda:inputOutput><camunda:inputParameter name="v">${so}</camunda:inputParameter></camunda:inputOutput>'
    )
    play = one(user(attributes, inner), so=7, ai="binh", uu_tien=90)
    (event,) = opened(play)
    assert event == {
        "event": "TaskOpened",
        "task_id": event["task_id"],
        "element": "a",
        "name": "Duyệt 7",
        "assignee": "binh",
        "candidate_users": ["an"],
        "candidate_groups": ["g"],
        "due": "2026-01-05T02:00:00+00:00",
        "follow_up": "2026-01-05T01:30:00+00:00",
        "priority": 90,
        "form_key": "mau_7",
        "variables": {"v": 7},
        "escalation": [[-1, "nguoi_giu"], [2, "thu_truong"]],
        "properties": {"mau": "đỏ"},
        "order": 1,
    }


def test_a_task_about_which_nothing_is_said() -> None:
    (event,) = opened(one('<userTask id="a"/>'))
    assert event == {"event": "TaskOpened", "task_id": event["task_id"], "element": "a", "order": 1}


def test_each_round_of_a_step_is_counted_and_remembered_for_four_eyes() -> None:
    sign = '<userTask id="ky" kehoach:exclude="a, b"/><userTask id="b"/>'
    gate = '<exclusiveGateway id="g" default="f1_g_b"/>'
    play = Play(process(BORDER + user() + sign + gate, "s a g [${x}] a", "g b ky e"))
    play.done("a", x=True).done("a", x=False)
    assert [(event.get("round", 1), event["remembered"]) for event in opened(play)] == [(1, True), (2, True)]
    (second,) = opened(play, "b")
    assert second["remembered"] and "excluded" not in second


def test_who_did_the_steps_before_is_excluded_each_once() -> None:
    sign = '<userTask id="ky" kehoach:exclude="a b"/><userTask id="b"/>'
    desk = Desk(process(BORDER + user() + sign, "s a b ky e"))
    desk.do(cmd.CompleteTask(desk.task("a")), AN)
    desk.do(cmd.CompleteTask(desk.task("b")), AN)
    assert desk.state.tasks[desk.task("ky")].excluded == ("an",)
    other = Desk(process(BORDER + user() + sign, "s a b ky e"))
    other.do(cmd.CompleteTask(other.task("a")), BINH)
    other.do(cmd.CompleteTask(other.task("b")), AN)
    assert other.state.tasks[other.task("ky")].excluded == ("binh", "an")


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("a,b", ["a", "b"]),
        (" a , b ,", ["a", "b"]),
        (["b", "a", "b"], ["b", "a"]),
        (["a", None, " c "], ["a", "c"]),
        (7, ["7"]),
        (None, []),
        ("", []),
    ],
)
def test_candidates_are_named_once_in_their_order(value: object, names: list[str]) -> None:
    task = one(user('camunda:candidateUsers="${ai}" camunda:candidateGroups="= ai"'), ai=value).task("a")
    assert task["candidateUsers"] == names and task["candidateGroups"] == names


@pytest.mark.parametrize(
    ("value", "due"),
    [
        (None, None),
        ("", None),
        ("2026-02-01", "2026-01-31T17:00:00+00:00"),
        ("2026-02-01T08:00:00", "2026-02-01T01:00:00+00:00"),
        ("2026-02-01T08:00:00Z", "2026-02-01T08:00:00+00:00"),
        ("P1D", "2026-01-06T01:00:00+00:00"),
        (" PT1H ", "2026-01-05T02:00:00+00:00"),
    ],
)
def test_due_dates_are_instants_or_count_from_the_opening(value: object, due: str | None) -> None:
    task = one(user('camunda:dueDate="${han}" camunda:followUpDate="${han}"'), han=value).task("a")
    assert (task["due"], task["followUp"]) == (due, due)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ('= duration("P2D")', "2026-01-07T01:00:00+00:00"),
        ('= date("2026-02-01")', "2026-01-31T17:00:00+00:00"),
        ('= date and time("2026-02-01T08:00:00+07:00")', "2026-02-01T01:00:00+00:00"),
        ("= now()", "2026-01-05T01:00:00+00:00"),
    ],
)
def test_due_dates_of_any_kind_of_value(text: str, due: str) -> None:
    schedule = f"<zeebe:taskSchedule dueDate='{text}'/>"
    assert one(user(inner=schedule)).task("a")["due"] == due


@pytest.mark.parametrize("value", ["ngày mai", 7, True, ["2026-01-01"], "P1X"])
def test_a_due_date_that_is_none_is_refused_at_its_task(value: object) -> None:
    unreadable = [("EXPRESSION_ERROR", {"element": "a", "message": "Thời hạn không đọc được."})]
    assert reasons(lambda: one(user('camunda:dueDate="${han}"'), han=value)) == unreadable
    assert reasons(lambda: one(user('camunda:followUpDate="${han}"'), han=value)) == unreadable


@pytest.mark.parametrize(("value", "priority"), [(None, 50), ("", 50), (0, 0), (7.0, 7), ("80", 80)])
def test_priorities_are_whole_numbers(value: object, priority: int) -> None:
    assert one(user('camunda:priority="${uu_tien}"'), uu_tien=value).task("a")["priority"] == priority


@pytest.mark.parametrize("value", [1.5, True, "cao", [1], {"a": 1}])
def test_a_priority_that_is_none_is_refused_at_its_task(value: object) -> None:
    assert reasons(lambda: one(user('camunda:priority="${uu_tien}"'), uu_tien=value)) == [
        ("EXPRESSION_ERROR", {"element": "a", "message": "Độ ưu tiên phải là số nguyên."})
    ]


def test_a_name_or_form_without_value_is_none() -> None:
    task = one(user('name="= khong" camunda:assignee="${ai}" camunda:formKey="= khong"'), ai="").task("a")
    assert (task["name"], task["assignee"], task["formKey"]) == (None, None, None)
