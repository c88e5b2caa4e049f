"""Tokens: only a good one opens anything, only its hash is kept, and its use is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.routing import APIRoute

from service.api.app import routers
from service.api.policy import Scope
from tests.actions.field import ADMINISTRATOR, OFFICER
from tests.actions.small_office import refused, stored
from tests.api.conftest import Interface, Machine
from workflows.actions import create_token, revoke_token
from workflows.actions.api_tokens import Scopes
from workflows.store.tables.machines import api_tokens


def test_every_route_declares_one_policy_and_an_operation_of_verb_and_noun() -> None:
    found = [route for router in routers() for route in router.routes if isinstance(route, APIRoute)]
    assert len(found) > 15
    for route in found:
        policies = [each.dependency for each in route.dependencies if isinstance(each.dependency, Scope)]
        assert [policy.kind in {"worker", "admin", "person", "people"} for policy in policies] == [True], route.path
        assert "_" in (route.operation_id or ""), route.path
    assert len({route.operation_id for route in found}) == len(found)


def test_every_route_refuses_whoever_has_no_token(interface: Interface) -> None:
    nobody = Machine(interface.http, "")
    for router in routers():
        for route in router.routes:
            assert isinstance(route, APIRoute)
            ids = {"job_id": "1-1", "request_id": 1, "task_id": "1-1", "case_id": 1, "incident_id": "1"}
            path = route.path.format(key="P", version=1, **ids)
            told = nobody.get(path, 401) if "GET" in route.methods else nobody.post(path, 401)
            assert told["code"] == "TOKEN_NEEDED"


def test_a_token_that_is_wrong_old_or_revoked_opens_nothing(interface: Interface) -> None:
    machine = interface.machine(None, topics=["*"], lasts=timedelta(days=1))
    body = {"topics": ["ky_so"], "worker": "m"}
    machine.post("/jobs/fetch", 200, **body)
    for secret in (machine.secret + "x", "x" * 5000, "é"):
        answer = interface.http.post(
            "/api/v1/jobs/fetch", json=body, headers={"authorization": f"Bearer {secret}".encode()}
        )
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    interface.field.later(days=1)
    machine.post("/jobs/fetch", 401, **body)
    other = interface.machine(None, topics=["*"])
    name = stored(interface.field.database, api_tokens)[-1].name
    revoke_token(interface.field.desk(), name)
    other.post("/jobs/fetch", 401, **body)


def test_only_the_hash_is_kept_and_the_last_use_is_noted(interface: Interface) -> None:
    machine = interface.machine(None, topics=["*"])
    (row,) = stored(interface.field.database, api_tokens)
    assert machine.secret not in str(row)
    assert row.last_used_at is None
    machine.post("/jobs/fetch", 200, topics=["ky_so"], worker="m")
    assert stored(interface.field.database, api_tokens)[0].last_used_at == interface.field.now


def test_worker_tokens_do_not_administer_and_the_other_way_round(interface: Interface) -> None:
    worker = interface.machine(None, topics=["*"], messages=["*"], signals=["*"])
    assert worker.get("/definitions", 403)["code"] == "OUT_OF_SCOPE"
    assert worker.post("/cases", 403, process="P")["code"] == "OUT_OF_SCOPE"
    admin = interface.machine(None, admin=True)
    assert admin.post("/jobs/fetch", 403, topics=["ky_so"], worker="m")["code"] == "OUT_OF_SCOPE"
    assert admin.post("/messages", 403, name="da_tra")["code"] == "OUT_OF_SCOPE"


@pytest.mark.parametrize(
    ("name", "scopes", "office", "days", "code"),
    [
        (" ", Scopes(["a"]), None, 1, "FIELD_REQUIRED"),
        ("a" * 101, Scopes(["a"]), None, 1, "TOO_LONG"),
        ("a", Scopes(), None, 1, "NO_SCOPE"),
        ("a", Scopes(["a"]), None, 0, "BAD_FIELD"),
        ("a", Scopes(["a"]), None, 800, "BAD_FIELD"),
        ("a", Scopes(["a"]), 999, 1, "NOT_FOUND"),
        ("có rồi", Scopes(["a"]), None, 1, "TOKEN_NAME_TAKEN"),
    ],
)
def test_tokens_that_are_not_made(  # noqa: PLR0917 - one row a refusal
    interface: Interface, name: str, scopes: Scopes, office: int | None, days: int, code: str
) -> None:
    desk = interface.field.desk()
    create_token(desk, "có rồi", "x" * 40, Scopes(["a"]), office_id=None, lasts=timedelta(days=1))
    with refused(interface.field.database, code):
        create_token(desk, name, "y" * 40, scopes, office_id=office, lasts=timedelta(days=days))


def test_an_administrator_lets_machines_into_the_own_office_alone(interface: Interface) -> None:
    day = timedelta(days=1)
    for by, office in ((OFFICER, 1), (ADMINISTRATOR, 2), (ADMINISTRATOR, None)):
        with refused(interface.field.database, "NOT_YOURS"):
            create_token(interface.field.desk(by), "a", "z" * 40, Scopes(["a"]), office_id=office, lasts=day)
    create_token(interface.field.desk(ADMINISTRATOR), "a", "z" * 40, Scopes(["a"]), office_id=1, lasts=day)
    with refused(interface.field.database, "NOT_YOURS"):
        revoke_token(interface.field.desk(OFFICER), "a")
    with refused(interface.field.database, "NOT_FOUND"):
        revoke_token(interface.field.desk(), "b")
    assert revoke_token(interface.field.desk(ADMINISTRATOR), "a").revoked_at == interface.field.now
