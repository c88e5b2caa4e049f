"""Lists by pages, what narrows them, requests that are decided, and answers that say what cannot be done here."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Interface, Machine


def pages(machine: Machine, path: str, name: str, joint: str = "?") -> list[Any]:
    """Everything of a list, two at a time."""
    found, after = [], ""
    while True:
        answer = machine.get(f"{path}{joint}limit=2{after}")
        assert len(answer[name]) <= 2
        found += answer[name]
        if answer["next"] is None:
            return found
        after = f"&after={answer['next']}"


def test_every_list_is_read_page_by_page_without_a_gap_or_a_repeat(interface: Interface) -> None:
    admin = interface.machine(admin=True)
    cases = [interface.begin(interface.office.commune, key=f"k{turn}") for turn in range(5)]
    for case_id in cases:
        admin.post(f"/cases/{case_id}/move", 204, cancel=["j"], start=["u"], reason="Đưa về bước trước")
    assert [each["id"] for each in pages(admin, "/cases?process=P", "cases", "&")] == cases
    assert [each["case_id"] for each in pages(admin, "/tasks", "tasks")] == cases
    assert [each["key"] for each in pages(admin, "/definitions", "definitions")] == ["P", "W"]
    assert pages(admin, "/incidents", "incidents") == []
    other = interface.machine(interface.office.province, admin=True)
    assert pages(other, "/cases?process=P", "cases", "&") == pages(other, "/tasks", "tasks") == []


@pytest.mark.parametrize(
    "place", ["x", "AAAA", "W10", "WzEsMiwzXQ", "W251bGxd", "W251bGwsbnVsbF0", "W251bGwsbnVsbCwxLG51bGxd"]
)
def test_a_place_that_no_page_named_is_refused(interface: Interface, place: str) -> None:
    admin = interface.machine(admin=True)
    for path in ("/tasks?", "/incidents?", "/definitions?", "/cases?process=P&"):
        assert admin.get(f"{path}after={place}", 422)["code"] == "NO_SUCH_PLACE"


def test_tasks_are_narrowed_as_the_inbox_is(interface: Interface) -> None:
    admin = interface.machine(admin=True)
    case_id = interface.begin(interface.office.commune)
    admin.post(f"/cases/{case_id}/move", 204, cancel=["j"], start=["u"], reason="Đưa về bước trước")
    assert len(admin.get("/tasks?form=&due=")["tasks"]) == 1
    assert admin.get("/tasks?form=ky")["tasks"] == admin.get("/tasks?words=kh%C3%B4ng+c%C3%B3")["tasks"] == []
    assert admin.get("/tasks?due=tuan")["tasks"] == []
    assert admin.get("/tasks?form=khac", 400)["code"] == "BAD_REQUEST"
    assert admin.get("/tasks?due=mai", 400)["code"] == "BAD_REQUEST"


def test_a_method_or_media_type_that_is_not_known_is_told(interface: Interface) -> None:
    admin = interface.machine(admin=True)

    def ask(method: str, path: str, **headers: str) -> Any:
        return interface.http.request(method, f"/api/v1{path}", headers={**admin.headers, **headers}, content=b"{}")

    assert ask("PUT", "/cases").headers["allow"] == "GET, POST"
    assert ask("POST", "/cases", **{"content-type": "text/plain"}).status_code == 415
    assert ask("GET", "/definitions", accept="text/html").status_code == 406
    assert ask("GET", "/definitions", accept="text/html, application/*;q=0.1").status_code == 200
    assert ask("GET", "/definitions", accept="application/json;q=0").status_code == 406
