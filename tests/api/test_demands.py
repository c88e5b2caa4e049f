"""Idempotency-Key and If-Match: done once whatever the network does, and only on what was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from tests.actions.small_office import stored
from tests.api.conftest import Interface, Machine
from tests.engine.building import BORDER, file, process
from workflows.actions.demands import Demands
from workflows.store import kept_answers
from workflows.store.tables.kept_answers import kept_answers as table
from workflows.store.tables.machines import api_tokens
from workflows.store.tables.processes import cases

START = {"process": "P", "variables": {}, "office_id": None}


def key(name: str) -> Mapping[str, str]:
    return {"idempotency-key": name}


def begun(interface: Interface) -> int:
    return len(stored(interface.field.database, cases))


def test_a_call_that_is_sent_again_is_done_once_and_answered_as_before(interface: Interface) -> None:
    admin = interface.machine(None, admin=True)
    first = admin.post("/cases", 201, key("k1"), **START)
    again = admin.http.post("/api/v1/cases", json=START, headers={**admin.headers, **key("k1")})
    assert (again.status_code, again.json()) == (201, first)
    assert again.headers["idempotency-replayed"] == "true"
    assert begun(interface) == 1
    admin.post("/cases", 201, key("k2"), **START)
    admin.post("/cases", 201, **START)
    assert begun(interface) == 3


def test_a_key_is_for_one_call_of_one_token_for_one_day(interface: Interface) -> None:
    admin, other = interface.machine(None, admin=True), interface.machine(None, admin=True)
    admin.post("/cases", 201, key("k"), **START)
    told = admin.post("/cases", 422, key("k"), **{**START, "variables": {"so": 2}})
    assert told["code"] == "CALL_DIFFERS"
    other.post("/cases", 201, key("k"), **START)
    assert begun(interface) == 2
    interface.field.later(hours=24)
    admin.post("/cases", 201, key("k"), **START)
    assert begun(interface) == 3
    assert len(stored(interface.field.database, table)) == 2, "what is older than a day is forgotten"


def test_what_was_refused_did_nothing_and_is_judged_anew(interface: Interface) -> None:
    admin = interface.machine(None, admin=True)
    admin.post("/cases/999/suspend", 404, key("k"), reason="dừng lại")
    assert stored(interface.field.database, table) == []
    case_id = interface.begin(interface.office.commune)
    admin.post(f"/cases/{case_id}/suspend", 204, key("k"), reason="dừng lại")


def test_an_answer_that_was_lost_is_not_done_again(interface: Interface) -> None:
    admin = interface.machine(None, admin=True)
    admin.post("/cases", 201, key("k"), **START)
    with interface.field.database.write() as connection:
        connection.execute(table.update().values(status=None, body=None))
    assert admin.post("/cases", 409, key("k"), **START)["code"] == "CALL_REPEATED"
    assert begun(interface) == 1


def test_two_at_once_under_one_key_are_one_deed(interface: Interface) -> None:
    admin, together, answers = interface.machine(None, admin=True), Barrier(2), []

    def send() -> None:
        together.wait()
        answers.append(admin.http.post("/api/v1/cases", json=START, headers={**admin.headers, **key("k")}).status_code)

    threads = [Thread(target=send) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert begun(interface) == 1
    assert set(answers) <= {201, 409}
    assert 201 in answers


@pytest.mark.parametrize("bad", ["", "k" * 201, "khóa".encode().decode("latin-1")])
def test_a_bad_key_is_refused(interface: Interface, bad: str) -> None:
    admin = interface.machine(None, admin=True)
    headers = {**admin.headers, "idempotency-key": bad.encode("latin-1")}
    answer = admin.http.post("/api/v1/cases", json=START, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "BAD_CALL_KEY")
    assert begun(interface) == 0


def test_a_case_that_went_on_is_not_changed(interface: Interface) -> None:
    admin = interface.machine(None, admin=True)
    case_id = interface.begin(interface.office.commune)
    seen = admin.http.get(f"/api/v1/cases/{case_id}", headers=admin.headers).headers["etag"]
    admin.post(f"/cases/{case_id}/suspend", 204, {"if-match": seen}, reason="dừng lại")
    told = admin.post(f"/cases/{case_id}/resume", 412, {"if-match": seen, **key("k")})
    assert told["code"] == "CASE_MOVED_ON"
    for tag in (f"W/{seen}", '"x"', "", '"²"'.encode().decode("latin-1")):
        answer = admin.http.post(
            f"/api/v1/cases/{case_id}/resume", headers={**admin.headers, "if-match": tag.encode("latin-1")}
        )
        assert answer.status_code == 412, tag
    now = admin.http.get(f"/api/v1/cases/{case_id}", headers=admin.headers).headers["etag"]
    admin.post(f"/cases/{case_id}/resume", 204, {"if-match": f'"999", {now}', **key("k")})
    admin.post(f"/cases/{case_id}/suspend", 204, {"if-match": "*"}, reason="dừng lại")


def test_where_there_is_no_case_there_is_no_revision(interface: Interface) -> None:
    admin = interface.machine(None, admin=True)
    assert admin.post("/cases", 400, {"if-match": '"1"'}, **START)["code"] == "NO_REVISION_HERE"


def test_who_may_not_know_of_a_case_learns_nothing_from_its_revision(interface: Interface) -> None:
    case_id = interface.begin(interface.office.commune)
    for stranger in (
        interface.machine(interface.office.province, admin=True),
        interface.person(interface.office.province),
    ):
        for number, tag in ((f"{case_id}-2", '"1"'), (f"{case_id}-2", '"77"'), ("999-2", '"1"')):
            answers = refusal_of(stranger, number, tag)
            assert answers == refusal_of(stranger, "998-2", '"1"')


def test_demands_hold_also_where_the_case_is_remembered(interface: Interface) -> None:
    officer, unit = interface.person(interface.office.culture), interface.office.culture
    steps = "".join(f'<userTask id="{each}" camunda:candidateGroups="can_bo@{unit}"/>' for each in "uv")
    interface.field.deploy(file(process(BORDER + steps, "s u v e", key="U")))
    interface.begin(interface.office.commune, "U")
    (task,) = officer.get("/me/tasks")["tasks"]
    done = f"/tasks/{task['id']}/complete"
    assert officer.post(done, 412, {"if-match": '"999"'})["code"] == "CASE_MOVED_ON"
    first = officer.post(done, 200, key("k"))
    assert officer.post(done, 200, key("k")) == first
    (following,) = officer.get("/me/tasks")["tasks"]
    assert officer.post(f"/tasks/{following['id']}/complete", 422, key("k"))["code"] == "CALL_DIFFERS"


def test_a_deed_that_was_undone_leaves_its_key_to_the_next_of_the_call(interface: Interface) -> None:
    interface.machine(None, admin=True)
    (token,) = stored(interface.field.database, api_tokens)
    desk = replace(interface.field.desk(), demands=Demands(token.id, "k"))
    with pytest.raises(RuntimeError, match="power cut"), desk.open():
        raise RuntimeError("power cut")
    assert stored(interface.field.database, table) == []
    for _ in range(2):
        with desk.open():
            pass
    assert [row.key for row in stored(interface.field.database, table)] == ["k"]


def test_answers_are_kept_for_a_day() -> None:
    assert timedelta(hours=24) == kept_answers.KEPT


def refusal_of(stranger: Machine, task_id: str, tag: str) -> tuple[int, str]:
    answer = stranger.http.post(
        f"/api/v1/tasks/{task_id}/assign",
        json={"person_id": 1, "reason": "đi công tác"},
        headers={**stranger.headers, "if-match": tag},
    )
    return answer.status_code, answer.json()["code"]
