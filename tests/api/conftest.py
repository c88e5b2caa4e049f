"""The interface over two offices and one process, with tokens as `kehoach token create` makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from service.app import create_app
from service.auth.actor import actor_of
from service.settings import Settings
from tests.actions.colleagues import number
from tests.actions.field import Field
from tests.engine.building import BORDER, file, process, users
from tests.nightly import NIGHTLY
from tests.store.office import Office, enter_office
from tests.stories.cast import Cast
from workflows.actions import Desk, create_token, start_process
from workflows.actions.api_tokens import Scopes, create_own_token
from workflows.store import accounts, directory
from workflows.store.database import Database

JOB = '<serviceTask id="j" camunda:type="external" camunda:topic="ky_so"/>'
CAUGHT = '<boundaryEvent id="b" attachedToRef="j"><errorEventDefinition errorRef="A"/></boundaryEvent>'
PROCESS = file('<error id="A" errorCode="HONG"/>', process(BORDER + JOB + CAUGHT + users("u", "v"), "s j u e", "b v e"))
MESSAGE = "<message id='M' name='da_tra'/><signal id='S' name='het_gio'/>"
CATCHES = (
    '<intermediateCatchEvent id="c"><messageEventDefinition messageRef="M"/></intermediateCatchEvent>'
    '<intermediateCatchEvent id="d"><signalEventDefinition signalRef="S"/></intermediateCatchEvent>'
)
WAITS = file(MESSAGE, process(BORDER + CATCHES + users("u"), "s c d u e", key="W", prefix="w"))


@dataclass
class Machine:
    """A program with a token, and what it is answered."""

    http: TestClient
    secret: str

    def post(self, path: str, status: int, said: Mapping[str, str] | None = None, /, **body: Any) -> Any:
        """What is answered; `said` are further headers."""
        headers = {**self.headers, **(said or {})}
        return self._checked(self.http.post(f"/api/v1{path}", json=body, headers=headers), status)

    def get(self, path: str, status: int = 200) -> Any:
        return self._checked(self.http.get(f"/api/v1{path}", headers=self.headers), status)

    @property
    def headers(self) -> Mapping[str, str]:
        return {"authorization": f"Bearer {self.secret}"} if self.secret else {}

    def _checked(self, answer: Any, status: int) -> Any:
        assert answer.status_code == status, f"{answer.status_code} {answer.text}"
        assert answer.headers["cache-control"] == "no-store"
        if status >= 400:
            assert answer.headers["content-type"] == "application/problem+json"
            told = answer.json()
            assert told["status"] == status
            assert told["title"]
            assert told["detail"]
            assert told["type"] == f"urn:kehoach:problem:{told['code']}"
            return told
        return answer.json() if answer.content else None


def enter_person(connection: Connection, body_id: int, name: str, role: str) -> int:
    """Somebody with an account who holds a post of this role in this body."""
    person_id = directory.add_person(connection, name)
    post = directory.add_post(connection, body_id, role, name.upper())
    directory.hold(connection, post, person_id, valid_from=date(2020, 1, 1))
    accounts.add_account(connection, person_id, f"nguoi{person_id}", "không có mật khẩu")
    return person_id


@dataclass
class Interface:
    """The application, its clock and its two offices."""

    field: Field
    office: Office
    http: TestClient
    _numbers: Any = field(default_factory=count)

    def machine(self, office_id: int | None = None, lasts: timedelta = timedelta(days=30), **scopes: Any) -> Machine:
        number = next(self._numbers)
        secret = f"kh_{number:040d}"
        create_token(self.field.desk(), f"máy {number}", secret, Scopes(**scopes), office_id=office_id, lasts=lasts)
        return Machine(self.http, secret)

    def person(self, body_id: int, name: str = "Lê Văn Xa", role: str = "can_bo") -> Machine:
        """A program of somebody who holds a post of this role."""
        with self.field.database.write() as connection:
            person_id = enter_person(connection, body_id, name, role)
            by = actor_of(connection, person_id, name, self.field.now)
        secret = f"kh_{next(self._numbers):040d}"
        create_own_token(self.field.desk(by), "máy tính bàn", secret, timedelta(days=30))
        return Machine(self.http, secret)

    def begin(self, office_id: int, process_key: str = "P", key: str = "k") -> int:
        return start_process(self.field.desk(), process_key, {"so": 1}, key, office_id=office_id)


@pytest.fixture
def interface(request: pytest.FixtureRequest, tmp_path: Path) -> Interface:
    """In memory; at night on PostgreSQL, with its wall between offices."""
    return interface_over(request.getfixturevalue("postgres_database" if NIGHTLY else "memory"), tmp_path)


def interface_over(database: Database, folder: Path) -> Interface:
    """The application over this clean database."""
    ground = Field(database)
    with database.write() as connection:
        office = enter_office(connection)
    ground.deploy(PROCESS)
    ground.deploy(WAITS)
    numbers = count()
    app = create_app(
        Settings(base_url="http://testserver", data_dir=folder),
        database,
        lambda: ground.now,
        lambda: f"{next(numbers):032d}",
    )
    return Interface(ground, office, TestClient(app, base_url="http://testserver"))


# The program of somebody, with a token of its own.
Programs = Callable[[Desk], Machine]


@pytest.fixture
def program(cast: Cast, tmp_path: Path) -> Programs:
    """Programs of the people of this office, at the office's own hour."""
    app = create_app(
        Settings(base_url="http://testserver", data_dir=tmp_path), cast.database, lambda: cast.now, lambda: "t" * 32
    )
    http = TestClient(app, base_url="http://testserver")

    def of(desk: Desk) -> Machine:
        secret = f"kh_{number(desk):040d}"
        with cast.database.write() as connection:
            if accounts.account_of(connection, number(desk)) is None:
                accounts.add_account(connection, number(desk), f"nguoi{number(desk)}", "không có mật khẩu")
        create_own_token(desk, f"máy {cast.now}", secret, timedelta(days=30))
        return Machine(http, secret)

    return of
