"""Workers over HTTP: one job in one hand, every report once, and nothing of other offices and topics."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tests.actions.small_office import stored
from tests.api.conftest import Interface, Machine, interface_over
from workflows.store.database import Database
from workflows.store.tables.worklist import incidents


def fetch(machine: Machine, worker: str = "m1", **more: object) -> list[str]:
    told = machine.post("/jobs/fetch", 200, topics=["ky_so"], worker=worker, **more)
    return [job["id"] for job in told["jobs"]]


def test_a_worker_fetches_completes_and_may_not_complete_twice(database: Database, tmp_path: Path) -> None:
    interface = interface_over(database, tmp_path)
    machine = interface.machine(interface.office.commune, topics=["ky_so"])
    case = interface.begin(interface.office.commune)
    (job,) = machine.post("/jobs/fetch", 200, topics=["ky_so"], worker="m1", lock_seconds=60)["jobs"]
    assert (job["case_id"], job["topic"], job["variables"], job["business_key"]) == (case, "ky_so", {"so": 1}, "k")
    assert fetch(machine, "m2") == []
    assert machine.post(f"/jobs/{job['id']}/complete", 200, worker="m1", variables={"ma": "T-1"}) == {"completed": True}
    assert interface.field.state(case).process_variables() == {"so": 1, "ma": "T-1"}
    before = interface.field.state(case)
    told = machine.post(f"/jobs/{job['id']}/complete", 409, worker="m1", variables={"ma": "T-2"})
    assert told["code"] == "NOT_WAITING"
    assert interface.field.state(case) == before


def test_locks_are_extended_and_held_by_token_and_name(interface: Interface) -> None:
    first = interface.machine(interface.office.commune, topics=["*"])
    second = interface.machine(interface.office.commune, topics=["*"])
    interface.begin(interface.office.commune)
    (job,) = fetch(first)
    assert first.post(f"/jobs/{job}/extend", 204, worker="m1", lock_seconds=600) is None
    assert second.post(f"/jobs/{job}/extend", 409, worker="m1")["code"] == "LOCKED"
    assert second.post(f"/jobs/{job}/complete", 409, worker="m1")["code"] == "LOCKED"
    interface.field.later(minutes=9)
    assert fetch(second) == []
    interface.field.later(minutes=2)
    assert fetch(second) == [job]


def test_a_failure_is_tried_later_and_then_an_incident(interface: Interface) -> None:
    machine = interface.machine(interface.office.commune, topics=["ky_so"])
    interface.begin(interface.office.commune)
    (job,) = fetch(machine)
    machine.post(f"/jobs/{job}/fail", 204, worker="m1", message="mất mạng", retries=1, retry_seconds=300)
    assert fetch(machine) == []
    interface.field.later(minutes=5)
    assert fetch(machine) == [job]
    machine.post(f"/jobs/{job}/fail", 204, worker="m1", message="hỏng máy", retries=0)
    assert [row.message for row in stored(interface.field.database, incidents)] == ["hỏng máy"]


def test_a_bpmn_error_takes_its_way(interface: Interface) -> None:
    machine = interface.machine(interface.office.commune, topics=["ky_so"])
    case = interface.begin(interface.office.commune)
    (job,) = fetch(machine)
    machine.post(f"/jobs/{job}/error", 204, worker="m1", code="HONG", message="hỏng")
    assert interface.field.waiting(case) == ["v"]
    task = interface.field.job(case, "v").id
    machine.post(f"/jobs/{task}/error", 404, worker="m1", code="HONG")


def test_a_token_reaches_its_office_and_its_topics_alone(interface: Interface) -> None:
    office = interface.office
    own = interface.machine(office.commune, topics=["ky_so"])
    case = interface.begin(office.province)
    homeless = interface.field.job(interface.begin(office.commune), "j").id
    assert fetch(own) == [homeless]
    job = interface.field.job(case, "j").id
    for path, body in (
        ("extend", {}),
        ("complete", {}),
        ("fail", {"message": "x", "retries": 0}),
        ("error", {"code": "A"}),
    ):
        assert own.post(f"/jobs/{job}/{path}", 403, worker="m1", **body)["code"] == "NOT_YOURS"
    other = interface.machine(office.province, topics=["gui_tin"], messages=["da_tra"])
    assert other.post("/jobs/fetch", 403, topics=["ky_so"], worker="m1")["code"] == "OUT_OF_SCOPE"
    assert other.post(f"/jobs/{job}/complete", 403, worker="m1")["code"] == "OUT_OF_SCOPE"
    everywhere = interface.machine(None, topics=["ky_so"])
    assert fetch(everywhere) == [job]


@pytest.mark.parametrize(
    "body",
    [
        {"topics": ["ky_so"]},
        {"topics": [], "worker": "m"},
        {"topics": ["ky_so"], "worker": ""},
        {"topics": ["ky_so"], "worker": "m", "limit": 101},
        {"topics": ["ky_so"], "worker": "m", "lock_seconds": 0},
        {"topics": ["ky_so"], "worker": "m", "wait_seconds": 3600},
        {"topics": ["ky_so"], "worker": "m", "khac": 1},
    ],
)
def test_a_body_of_another_shape_is_refused_with_its_places(interface: Interface, body: dict[str, object]) -> None:
    told = interface.machine(None, topics=["ky_so"]).post("/jobs/fetch", 400, **body)
    assert told["code"] == "BAD_REQUEST"
    assert all(each["at"].startswith("body.") for each in told["errors"])


def test_no_json_a_blank_worker_and_an_unknown_job(interface: Interface) -> None:
    machine = interface.machine(None, topics=["ky_so"])
    answer = interface.http.post(
        "/api/v1/jobs/fetch", content=b"{", headers={**machine.headers, "content-type": "application/json"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert machine.post("/jobs/fetch", 400, topics=["ky_so"], worker=" ")["code"] == "BAD_REQUEST"
    assert machine.post("/jobs/99-1/complete", 404, worker="m1")["code"] == "NOT_FOUND"
    assert machine.get("/khong/co", 404)["code"] == "HTTP_404"
    assert machine.get("/jobs/fetch", 405)["code"] == "HTTP_405"


def test_a_body_that_is_too_large_is_refused(interface: Interface) -> None:
    machine = interface.machine(None, topics=["ky_so"])
    interface.begin(interface.office.commune)
    (job,) = fetch(machine)
    machine.post(f"/jobs/{job}/complete", 413, worker="m1", variables={"x": "a" * (6 * 1024 * 1024)})
    assert machine.post(f"/jobs/{job}/complete", 400, worker="m1", variables={f"v{n}": n for n in range(501)})


def test_a_waiting_fetch_is_answered_when_a_job_comes(database: Database, tmp_path: Path) -> None:
    interface = interface_over(database, tmp_path)
    machine = interface.machine(None, topics=["ky_so"])
    assert fetch(machine, wait_seconds=0.5) == []
    coming = threading.Timer(0.3, interface.begin, [interface.office.commune])
    coming.start()
    assert len(fetch(machine, wait_seconds=20)) == 1
    coming.join()
