"""Every call that writes is judged: without a token, with a token that is for something else, and with one of another
office nothing is done and not one row changes. A new call fails here until it is classified."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.routing import APIRoute

from service.api.app import routers
from tests.actions.small_office import everything
from tests.api.conftest import Interface, Machine

# What somebody who may would send.
CALLS: dict[str, dict[str, Any]] = {
    "/messages": {"name": "da_tra", "variables": {}},
    "/signals": {"name": "het_gio", "variables": {}},
    "/jobs/fetch": {"topics": ["ky_so"], "worker": "w", "lock_seconds": 60},
    "/jobs/{job_id}/extend": {"worker": "w", "lock_seconds": 60},
    "/jobs/{job_id}/complete": {"worker": "w", "variables": {}},
    "/jobs/{job_id}/fail": {"worker": "w", "message": "hỏng", "retries": 1},
    "/jobs/{job_id}/error": {"worker": "w", "code": "HONG"},
    "/definitions": {},
    "/definitions/{key}/migrate": {"to_version": 1, "reason": "thử lại"},
    "/cases": {"process": "P", "variables": {}, "office_id": 3},
    "/cases/{case_id}/variables": {"variables": {"x": 1}},
    "/cases/{case_id}/move": {"cancel": ["j"], "start": ["u"], "reason": "thử lại"},
    "/cases/{case_id}/suspend": {"reason": "dừng lại"},
    "/cases/{case_id}/resume": {},
    "/cases/{case_id}/cancel": {"reason": "hủy bỏ"},
    "/cases/{case_id}/incidents/{incident_id}/retry": {},
    "/cases/{case_id}/incidents/{incident_id}/resolve": {"reason": "xong"},
    "/tasks/{task_id}/assign": {"person_id": 1, "reason": "đi công tác"},
    "/tasks/{task_id}/release": {"reason": "đi công tác"},
    "/tasks/{task_id}/comments": {"text": "Đề nghị làm sớm"},
    "/tasks/{task_id}/claim": {},
    "/tasks/{task_id}/free": {},
    "/tasks/{task_id}/delegate": {"person_id": 1},
    "/tasks/{task_id}/hand-back": {},
    "/tasks/{task_id}/complete": {},
    "/due-requests/{request_id}/decision": {"granted": True},
    "/tasks/{task_id}/due-requests": {"wanted": "2030-01-01", "reason": "Chờ số liệu của các xã"},
    "/tasks/{task_id}/return": {"target": "u", "reason": "Chưa rõ nguồn kinh phí"},
    "/tasks/{task_id}/withdraw": {"reason": "Bấm nhầm, làm lại"},
}
FORMS = {"/definitions"}  # sent as files, so an empty call is refused for its shape when the token is right
OF_VISITS = {"api_tokens"}


def writing() -> list[APIRoute]:
    found = [route for router in routers() for route in router.routes if isinstance(route, APIRoute)]
    return [route for route in found if route.methods - {"GET", "HEAD"}]


def test_every_call_that_writes_is_classified() -> None:
    assert {route.path for route in writing()} == CALLS.keys()


def kept(interface: Interface) -> dict[str, list[Any]]:
    return {name: rows for name, rows in everything(interface.field.database).items() if name not in OF_VISITS}


@pytest.mark.parametrize("who", ["nobody", "wrong_names", "another_office", "a_person_of_another_office"])
def test_whoever_has_no_right_does_nothing(interface: Interface, who: str) -> None:
    case_id = interface.begin(interface.office.commune)
    interface.begin(interface.office.commune, "W", "k2")
    other = interface.office.province
    machines = {
        "nobody": [Machine(interface.http, ""), Machine(interface.http, "kh_" + "9" * 40)],
        "wrong_names": [interface.machine(interface.office.commune, topics=["khac"], messages=["khac"])],
        "another_office": [
            interface.machine(other, topics=["*"], messages=["*"], signals=["*"]),
            interface.machine(other, admin=True),
        ],
        "a_person_of_another_office": [interface.person(other)],
    }[who]
    before = kept(interface)
    for path, body in CALLS.items():
        ids = {"job_id": f"{case_id}-1", "task_id": f"{case_id}-2", "case_id": case_id, "incident_id": "1"}
        address = path.format(request_id=1, key="P", **ids)
        assert interface.office.commune == CALLS["/cases"]["office_id"]
        for machine in machines:
            answer = machine.http.post(f"/api/v1{address}", json=body, headers=machine.headers)
            done_nothing = answer.status_code == 200 and answer.json() in ({"jobs": []}, {"reached": 0})
            refused = answer.status_code in {401, 403, 404} or (answer.status_code == 415 and path in FORMS)
            assert refused or done_nothing or _touches_no_case(path, answer), (path, answer.status_code, answer.text)
            assert kept(interface) == before, path


def _touches_no_case(path: str, answer: Any) -> bool:
    """Migrating finds no case of one's own office to move."""
    return path.endswith("/migrate") and answer.status_code in {200, 422}
