"""Programs that administer: deploy, start, look, correct, migrate, and mend what went wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import PROCESS, Interface, Machine
from tests.engine.building import BORDER, file, process, users

NEXT = PROCESS.replace(b'id="u"', b'id="u" name="Xem l&#7841;i"')


def upload(machine: Machine, status: int, *files: bytes) -> Any:
    sent = [("files", (f"{number}.bpmn", data, "application/xml")) for number, data in enumerate(files)]
    answer = machine.http.post("/api/v1/definitions", files=sent, headers=machine.headers)
    assert answer.status_code == status, answer.text
    return answer.json()


@pytest.fixture
def admin(interface: Interface) -> Machine:
    return interface.machine(interface.office.commune, admin=True)


def test_files_are_deployed_together_or_refused_with_every_finding(interface: Interface) -> None:
    everywhere = interface.machine(None, admin=True)
    good = file(process(BORDER + users("a"), "s a e", key="N", prefix="n"))
    bad = file(process('<userTask id="a"/><userTask id="a"/><scriptTask id="b" scriptFormat="groovy"/>', "a c"))
    told = upload(everywhere, 422, good, bad)
    assert {found["code"] for found in told["findings"]} >= {"DUPLICATE_ID", "UNSUPPORTED_SCRIPT", "DANGLING_REFERENCE"}
    assert upload(everywhere, 201, good) == {"deployed": [{"key": "N", "version": 1}]}
    listed = everywhere.get("/definitions")["definitions"]
    assert [(each["key"], each["version"], each["running"]) for each in listed] == [
        ("N", 1, 0),
        ("P", 1, 0),
        ("W", 1, 0),
    ]
    answer = interface.http.get("/api/v1/definitions/N/1/file", headers=everywhere.headers)
    assert answer.content == good
    everywhere.get("/definitions/N/2/file", 404)


def test_a_token_of_one_office_does_not_change_the_processes_of_all(admin: Machine) -> None:
    assert upload(admin, 403, PROCESS)["code"] == "NOT_YOURS"


def test_a_case_is_started_seen_and_corrected(interface: Interface, admin: Machine) -> None:
    case = admin.post("/cases", 201, process="P", business_key="hs:9", variables={"so": 2})["case_id"]
    seen = admin.get(f"/cases/{case}")
    assert (seen["process"], seen["version"], seen["office_id"]) == ("P", 1, interface.office.commune)
    assert (seen["variables"], seen["business_key"], seen["status"]) == ({"so": 2}, "hs:9", "active")
    assert [(each["element"], each["kind"], each["name"]) for each in seen["waiting"]] == [("j", "job", "ky_so")]
    admin.post(f"/cases/{case}/variables", 204, variables={"so": 3})
    admin.post(f"/cases/{case}/suspend", 204, reason="chờ ý kiến cấp trên")
    assert admin.post(f"/cases/{case}/variables", 409, variables={"so": 3})["code"] == "CASE_SUSPENDED"
    admin.post(f"/cases/{case}/resume", 204)
    admin.post(f"/cases/{case}/move", 204, cancel=["j"], start=["u"], reason="ký tay rồi")
    assert [each["element"] for each in admin.get(f"/cases/{case}")["waiting"]] == ["u"]
    assert [each["id"] for each in admin.get("/cases?process=P")["cases"]] == [case]
    told = admin.post(f"/cases/{case}/move", 422, cancel=["j"], start=[], reason="thử")
    assert [each["code"] for each in told["reasons"]] == ["NOT_OPEN"]
    admin.post(f"/cases/{case}/cancel", 204, reason="làm lại")
    assert admin.get(f"/cases/{case}")["status"] == "cancelled"


def test_cases_of_another_office_are_closed(interface: Interface, admin: Machine) -> None:
    case = interface.begin(interface.office.province)
    for answer in (
        admin.get(f"/cases/{case}", 403),
        admin.post(f"/cases/{case}/cancel", 403, reason="x"),
        admin.post(f"/cases/{case}/variables", 403, variables={"a": 1}),
        admin.post("/cases", 403, process="P", office_id=interface.office.province),
    ):
        assert answer["code"] == "NOT_YOURS"
    assert admin.get("/cases?process=P") == {"cases": [], "next": None}
    assert admin.post("/definitions/P/migrate", 200, to_version=1, dry_run=True)["cases"] == []


def test_an_incident_is_listed_retried_and_resolved(interface: Interface, admin: Machine) -> None:
    worker = interface.machine(None, topics=["*"])
    case = interface.begin(interface.office.commune)
    for _ in range(2):
        (job,) = worker.post("/jobs/fetch", 200, topics=["ky_so"], worker="m")["jobs"]
        worker.post(f"/jobs/{job['id']}/fail", 204, worker="m", message="hỏng máy", retries=0)
        (incident,) = admin.get("/incidents")["incidents"]
        assert (incident["code"], incident["case_id"], incident["element"]) == ("JOB_FAILED", case, "j")
        assert "hỏng máy" in incident["detail"]
        admin.post(f"/cases/{case}/incidents/{incident['incident_id']}/retry", 204)
    worker.post("/jobs/fetch", 200, topics=["ky_so"], worker="m")
    worker.post(f"/jobs/{job['id']}/fail", 204, worker="m", message="hỏng máy", retries=0)
    (incident,) = admin.get("/incidents")["incidents"]
    address = f"/cases/{case}/incidents/{incident['incident_id']}/resolve"
    assert admin.post(address, 422, reason=" ")["code"] == "REASON_REQUIRED"
    admin.post(address, 204, reason="đã ký tay")
    assert admin.get("/incidents") == {"incidents": [], "next": None}


def test_a_migration_is_told_before_it_is_done(interface: Interface, admin: Machine) -> None:
    case = interface.begin(interface.office.commune)
    upload(interface.machine(None, admin=True), 201, NEXT)
    body = {"to_version": 2, "reason": "đổi tên bước"}
    told = admin.post("/definitions/P/migrate", 200, dry_run=True, **body)
    assert [(each["case_id"], each["migrated"]) for each in told["cases"]] == [(case, True)]
    assert admin.get(f"/cases/{case}")["version"] == 1
    admin.post("/definitions/P/migrate", 200, **body)
    assert admin.get(f"/cases/{case}")["version"] == 2
    assert admin.post("/definitions/P/migrate", 404, **{**body, "to_version": 9})["code"] == "NOT_FOUND"
