"""Work for automation: service, send and business rule tasks with a job type (semantics.md T2, T3, T5)."""

from typing import Any

import pytest

from .building import BORDER, Play, process, users
from .elements import one


@pytest.mark.parametrize(
    "task",
    [
        '<serviceTask id="a" camunda:type="external" camunda:topic="viec"/>',
        '<serviceTask id="a"><extensionElements><zeebe:taskDefinition type="viec"/></extensionElements></serviceTask>',
        '<sendTask id="a" camunda:type="external" camunda:topic="viec"/>',
        '<businessRuleTask id="a" camunda:decisionRef="viec"/>',
    ],
)
def test_jobs_wait_for_a_worker(task: str) -> None:
    play = one(task)
    assert play.waiting == ["a"]
    assert play.done("a", kq=1).waiting == ["z"] and play.vars == {"kq": 1}


def test_send_task_without_job_throws_its_message() -> None:
    play = Play(
        '<message id="m" name="tin"/>', process(BORDER + '<sendTask id="a" messageRef="m"/>' + users("z"), "s a z e")
    )
    assert play.waiting == ["z"] and play.ended == ["a"]
    assert any(event["event"] == "MessageThrown" for event in play.adapter.store.history(play.case))


def opened(play: Play, element: str = "a") -> list[dict[str, Any]]:
    return [
        event
        for event in play.adapter.store.history(play.case)
        if event["event"] == "TaskOpened" and event["element"] == element
    ]


def test_everything_about_a_job_is_told_when_it_is_opened() -> None:
    inner = (
        '<camunda:properties><camunda:property name="mau" value="đỏ"/></camunda:properties><camunda:inputOutput>'
        '<camunda:inputParameter name="v">${x + 1}</camunda:inputParameter></camunda:inputOutput>'
    )
    job = (
        '<serviceTask id="a" name="Gửi" camunda:type="external" camunda:topic="gui-${v}">'
        f"<extensionElements>{inner}</extensionElements></serviceTask>"
    )
    (event,) = opened(one(job, x=1))
    assert event == {
        "event": "TaskOpened",
        "task_id": event["task_id"],
        "element": "a",
        "name": "Gửi",
        "kind": "job",
        "topic": "gui-2",
        "variables": {"v": 2},
        "retries": 3,
        "properties": {"mau": "đỏ"},
    }


@pytest.mark.parametrize(
    ("retries", "told"), [("5", 5), ("0", 0), ("= so", 7), ("= chu", 3), ("= khong", 3), ("= am", 3)]
)
def test_how_often_a_worker_may_try(retries: str, told: int) -> None:
    definition = f'<zeebe:taskDefinition type="t" retries="{retries}"/>'
    job = f'<serviceTask id="a"><extensionElements>{definition}</extensionElements></serviceTask>'
    play = one(job, so=7, chu="nhiều", am=-1)
    assert opened(play)[0]["retries"] == told
    assert next(iter(play.adapter.store.state(play.case).tasks.values())).retries == told


def test_rounds_of_a_job_are_counted() -> None:
    job = '<serviceTask id="a" camunda:type="external" camunda:topic="t"/>'
    gate = '<exclusiveGateway id="g" default="f1_g_e"/>'
    play = Play(process(BORDER + job + gate, "s a g [${x}] a", "g e")).done("a", x=True).done("a", x=False)
    assert [event.get("round", 1) for event in opened(play)] == [1, 2]


def test_what_stays_in_a_job_does_not_leave_it() -> None:
    play = one('<serviceTask id="a" camunda:type="external" camunda:topic="t"/>', x=1)
    play.adapter.complete(play.case, "a", {"x": 2, "y": 3}, None, None, local=True)
    assert play.vars == {"x": 1} and play.waiting == ["z"]


def test_a_message_event_as_a_job_has_its_data_and_gives_back_results() -> None:
    io = (
        "<extensionElements><camunda:inputOutput><camunda:inputParameter name='v'>${x + 1}</camunda:inputParameter>"
        "<camunda:outputParameter name='kq'>${y}</camunda:outputParameter></camunda:inputOutput></extensionElements>"
    )
    event = (
        f'<intermediateThrowEvent id="a">{io}<messageEventDefinition camunda:type="external" camunda:topic="t"/>'
        "</intermediateThrowEvent>"
    )
    play = one(event, x=1)
    assert opened(play)[0]["variables"] == {"v": 2}
    assert play.done("a", y=5).vars == {"x": 1, "kq": 5} and play.waiting == ["z"]
    plain = event.replace(io, "")
    local = one(plain, x=1)
    local.adapter.complete(local.case, "a", {"x": 2}, None, None, local=True)
    assert local.vars == {"x": 1} and local.waiting == ["z"]
    assert one(plain, x=1).done("a", x=2).vars == {"x": 2}
