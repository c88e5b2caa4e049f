"""Every call that shows: a declared table says what each kind of token is answered, and no word of the office is in an
answer to a token of elsewhere. A new GET fails until it has its line. Places in lists are data and open nothing."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from service.api.app import routers
from service.app import create_app
from service.demo.found_office import found_office
from service.settings import Settings
from tests.actions.colleagues import desk_of, join, number
from tests.actions.small_office import PLAN, started
from tests.api.conftest import Machine, enter_person
from tests.stories.cast import Cast
from workflows.actions import Desk, comment, create_token
from workflows.actions.api_tokens import Scopes, create_own_token
from workflows.plans.read_text import read_text
from workflows.store import accounts
from workflows.store.database import Database
from workflows.store.tables.plans import plans

MARK = "ZQVXW"  # stands in the title of the plan and in what was said of its task
DAY = timedelta(days=1)
# Who is answered what: an administering program of the office and of another, a person's of the office and of another.
SHOWN: Mapping[str, tuple[int, int, int, int]] = {
    "/definitions": (200, 200, 403, 403),  # the processes are those of every office
    "/definitions/{key}/{version}/file": (200, 200, 403, 403),
    "/cases": (200, 200, 403, 403),
    "/cases/{case_id}": (200, 403, 403, 403),
    "/incidents": (200, 200, 403, 403),
    "/tasks": (200, 200, 403, 403),
    "/tasks/{task_id}": (200, 403, 200, 404),
    "/tasks/{task_id}/return-targets": (200, 403, 200, 404),
    "/me/tasks": (403, 403, 200, 200),
    "/due-requests/{request_id}": (403, 403, 404, 404),  # there is none
    "/search": (403, 403, 200, 200),
}
WHO = ("program", "program_of_elsewhere", "person", "person_of_elsewhere")


@dataclass(frozen=True)
class Scene:
    """A plan of an office, and everybody's program."""

    cast: Cast
    http: TestClient
    addresses: Mapping[str, str]
    machines: Mapping[str, Machine]

    def answers(self, who: str) -> Mapping[str, tuple[int, bool]]:
        """The status of each call for this program, and whether a word of the office is in the answer."""
        asked = {path: self.get(who, each) for path, each in self.addresses.items()}
        return {path: (answer.status_code, MARK in answer.text) for path, answer in asked.items()}

    def get(self, who: str, path: str) -> Any:
        machine = self.machines.get(who) or Machine(self.http, "")
        return self.http.get(f"/api/v1{path}", headers=machine.headers)


@pytest.fixture
def scene(memory: Database, tmp_path: Path) -> Iterator[Scene]:
    cast = started(memory)
    drafter = join(cast, "Trần Văn Minh", "can_bo")
    (task,) = cast.open()
    with memory.write() as connection:
        connection.execute(plans.update().values(title=f"Kế hoạch {MARK}"))
        elsewhere = found_office(connection, read_text(PLAN.replace("XÃ AN BÌNH", "XÃ AN LẠC")), {})
        stranger = enter_person(connection, elsewhere.id, "Lê Thị Xa", "chu_tich")
        accounts.add_account(connection, number(drafter), "minh", "không có mật khẩu")
    comment(drafter, cast.plan_id, MARK, task.id)
    app = create_app(
        Settings(base_url="http://testserver", data_dir=tmp_path), memory, lambda: cast.now, lambda: "t" * 32
    )
    http, numbers = TestClient(app, base_url="http://testserver"), count()

    def program(office_id: int, **scopes: Any) -> Machine:
        secret = f"kh_{next(numbers):040d}"
        create_token(cast.clock, secret, secret, Scopes(**scopes), office_id=office_id, lasts=DAY)
        return Machine(http, secret)

    def own(desk: Desk) -> Machine:
        secret = f"kh_{next(numbers):040d}"
        create_own_token(desk, secret, secret, DAY)
        return Machine(http, secret)

    ids = {"case_id": task.case_id, "task_id": task.id, "key": "ke_hoach", "version": 1, "request_id": 1}
    asked = {"/cases": "?process=ke_hoach", "/search": "?q=ho%E1%BA%A1ch"}
    machines = {
        "program": program(cast.office.id, admin=True),
        "program_of_elsewhere": program(elsewhere.id, admin=True),
        "person": own(drafter),
        "person_of_elsewhere": own(desk_of(cast, stranger)),
        "worker": program(cast.office.id, topics=["*"], messages=["*"], signals=["*"]),
    }
    yield Scene(cast, http, {path: path.format(**ids) + asked.get(path, "") for path in SHOWN}, machines)


def test_every_call_that_shows_has_its_line() -> None:
    found = [route for router in routers() for route in router.routes if isinstance(route, APIRoute)]
    assert {route.path for route in found if "GET" in route.methods} == SHOWN.keys()


def test_everybody_is_answered_as_declared_and_who_is_of_elsewhere_reads_no_word(scene: Scene) -> None:
    told = {who: scene.answers(who) for who in WHO}
    assert {path: tuple(told[who][path][0] for who in WHO) for path in SHOWN} == dict(SHOWN)
    read = {who: {path for path, (_, has_read) in told[who].items() if has_read} for who in WHO}
    assert "/tasks/{task_id}" in read["program"] & read["person"]
    assert read["program_of_elsewhere"] == read["person_of_elsewhere"] == set()


def test_a_lesser_token_and_none_are_shown_nothing(scene: Scene) -> None:
    assert {status for status, _ in scene.answers("nobody").values()} == {401}
    assert {status for status, _ in scene.answers("worker").values()} == {403}


@pytest.mark.parametrize(
    "values",
    [
        [False, "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00", "0-1"],
        [False, "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59-14:00", "0-1"],
        [True, None, "2000-01-01T00:00:00+00:00", "' OR 1=1 --"],
        [False, "2000-01-01T00:00:00+00:00", None, "0-1"],
    ],
)
def test_a_place_that_somebody_made_up_shows_nothing_of_others(scene: Scene, values: list[Any]) -> None:
    place = urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    answer = scene.get("program_of_elsewhere", f"/tasks?after={place}")
    assert answer.status_code in {200, 400, 422}, answer.text
    assert MARK not in answer.text
    assert answer.status_code != 200 or answer.json()["tasks"] == []
