"""Tasks of people through the interface: administering tokens look, hand on, free and comment, and decide nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from service.app import create_app
from service.demo.found_office import found_office
from service.settings import Settings
from tests.actions.colleagues import join, number
from tests.actions.small_office import PLAN, started
from tests.api.conftest import Machine
from tests.stories.cast import Cast
from workflows.actions import Request, ask_person, claim_task, create_token
from workflows.actions.api_tokens import Scopes
from workflows.plans.read_text import read_text
from workflows.store.database import Database


@pytest.fixture
def cast(memory: Database) -> Cast:
    return started(memory)


@pytest.fixture
def machines(cast: Cast, tmp_path: Path) -> Iterator[Any]:
    settings = Settings(base_url="http://testserver", data_dir=tmp_path)
    app = create_app(settings, cast.database, lambda: cast.now, lambda: "t" * 32)
    http = TestClient(app, base_url="http://testserver")

    def machine(office_id: int | None, **scopes: Any) -> Machine:
        secret = f"kh_{office_id or 0:040d}{len(scopes)}"
        create_token(
            cast.clock, f"máy {secret}", secret, Scopes(**scopes), office_id=office_id, lasts=timedelta(days=9)
        )
        return Machine(http, secret)

    yield machine


def test_tasks_are_listed_and_seen_with_their_people(cast: Cast, machines: Any) -> None:
    admin = machines(cast.office.id, admin=True)
    (task,) = cast.open()
    front = cast.desk("thu_truong", cast.office.front_id)
    asked = ask_person(cast.drafter(), task.id, Request(number(front), "Kinh phí?"))
    listed = admin.get(f"/tasks?plan_id={cast.plan_id}")["tasks"]
    assert {each["id"] for each in listed} == {task.id, asked}
    assert admin.get("/tasks?person_id=999")["tasks"] == []
    seen = admin.get(f"/tasks/{task.id}")
    assert seen["task"]["groups"] == sorted(task.groups)
    (request,) = seen["requests"]
    assert (request["id"], request["question"], request["status"]) == (asked, "Kinh phí?", "open")


def test_a_task_is_given_on_and_freed(cast: Cast, machines: Any) -> None:
    admin = machines(cast.office.id, admin=True)
    (task,) = cast.open()
    minh, hoa = join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    claim_task(minh, task.id)
    admin.post(f"/tasks/{task.id}/assign", 204, person_id=number(hoa), reason="Nghỉ ốm")
    admin.post(f"/tasks/{task.id}/release", 204, reason="Cả hai nghỉ")
    told = admin.post(f"/tasks/{task.id}/assign", 422, person_id=number(cast.desk("van_thu")), reason="Nhầm")
    assert told["code"] == "MAY_NOT_RECEIVE"
    assert [each["how"] for each in admin.get(f"/tasks/{task.id}")["handovers"]] == [
        "claimed",
        "reassigned",
        "reassigned",
    ]
    admin.post(f"/tasks/{task.id}/comments", 201, text="Đã điều chuyển")
    assert [each["text"] for each in admin.get(f"/tasks/{task.id}")["comments"]] == ["Đã điều chuyển"]


def test_other_offices_and_workers_reach_nothing(cast: Cast, machines: Any) -> None:
    (task,) = cast.open()
    with cast.database.write() as connection:
        other = found_office(connection, read_text(PLAN.replace("XÃ AN BÌNH", "XÃ AN LẠC")), {})
    stranger = machines(other.id, admin=True)
    assert stranger.get("/tasks")["tasks"] == []
    assert stranger.get(f"/tasks/{task.id}", 403)["code"] == "NOT_YOURS"
    stranger.post(f"/tasks/{task.id}/comments", 403, text="Xin chào")
    stranger.post(f"/tasks/{task.id}/assign", 404, person_id=1, reason="Nhầm")
    worker = machines(cast.office.id, topics=["x"])
    assert worker.get("/tasks", 403)["code"] == "OUT_OF_SCOPE"
    whole = machines(None, admin=True)
    assert [each["id"] for each in whole.get("/tasks")["tasks"]] == [task.id]
