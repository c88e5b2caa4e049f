"""What people do with their tasks through programs of their own: the verbs judge them like the pages do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.colleagues import join, number, row
from tests.actions.lent_office import DOCUMENT, proved_and_lent
from tests.actions.small_office import everything, started
from tests.api.conftest import Programs
from tests.stories.cast import Cast
from workflows.actions.api_tokens import revoke_own_token
from workflows.actions.lend_authority import Loan
from workflows.plans.authority import EVERYTHING
from workflows.store import accounts, api_tokens
from workflows.store.database import Database

WHY = "Chưa rõ nguồn kinh phí của mục II"


@pytest.fixture
def cast(memory: Database) -> Cast:
    return started(memory)


def test_a_task_goes_from_hand_to_hand(cast: Cast, program: Programs) -> None:
    (task,) = cast.open()
    head, minh, hoa = cast.drafter(), join(cast, "Trần Văn Minh", "can_bo"), join(cast, "Lê Thị Hoa", "can_bo")
    by_minh, by_hoa, by_head = program(minh), program(hoa), program(head)
    assert [each["id"] for each in by_minh.get("/me/tasks")["tasks"]] == [task.id]
    by_minh.post(f"/tasks/{task.id}/claim", 204)
    assert by_hoa.get("/me/tasks")["tasks"] == []
    assert by_hoa.post(f"/tasks/{task.id}/release", 403)["code"] == "HELD_BY_ANOTHER"
    by_minh.post(f"/tasks/{task.id}/release", 204)
    by_minh.post(f"/tasks/{task.id}/claim", 204)
    by_minh.post(f"/tasks/{task.id}/delegate", 204, person_id=number(hoa), words="Giúp phần II")
    assert row(cast, task.id).assignee == str(number(hoa))
    by_hoa.post(f"/tasks/{task.id}/hand-back", 204, words="Xong phần II")
    assert row(cast, task.id).assignee == str(number(minh))
    by_minh.post(f"/tasks/{task.id}/assign", 204, person_id=number(hoa), reason="Tôi đi công tác")
    by_head.post(f"/tasks/{task.id}/free", 204, reason="Cả hai cùng nghỉ")
    seen = by_head.get(f"/tasks/{task.id}")
    assert seen["task"]["assignee"] is None
    assert [each["how"] for each in seen["handovers"]] == [
        "claimed", "released", "claimed", "delegated", "handed_back", "reassigned", "reassigned",
    ]  # fmt: skip
    by_minh.post(f"/tasks/{task.id}/comments", 201, text="Đề nghị làm sớm")
    assert [each["text"] for each in by_head.get(f"/tasks/{task.id}")["comments"]] == ["Đề nghị làm sớm"]


def test_a_form_is_for_the_eyes_of_people(cast: Cast, program: Programs) -> None:
    (task,) = cast.open()
    assert program(cast.drafter()).post(f"/tasks/{task.id}/complete", 422)["code"] == "FORM_REQUIRED"


def test_a_return_to_a_wrong_step_names_the_right_ones(cast: Cast, program: Programs) -> None:
    cast.act("soan_thao", {})
    (task,) = cast.open("kiem_tra_noi_dung")
    reader = program(cast.desk("thu_truong", cast.office.drafting_unit_id))
    known = reader.get(f"/tasks/{task.id}/return-targets")
    before = everything(cast.database)["events"]
    told = reader.post(f"/tasks/{task.id}/return", 422, target="trinh_ky", reason=WHY)
    assert told["targets"] == known
    assert "soan_thao" in {each["element"] for each in known["legal"]}
    barred = {each["element"]: each for each in known["barred"]}
    assert told["code"] == barred["trinh_ky"]["code"]
    assert barred["trinh_ky"]["detail"]
    short = reader.post(f"/tasks/{task.id}/return", 422, target="soan_thao", reason="")
    assert "targets" not in short
    assert everything(cast.database)["events"] == before
    done = reader.post(f"/tasks/{task.id}/return", 200, target="soan_thao", reason=WHY)
    assert done["opened"] == [cast.open("soan_thao")[0].id]


def test_what_was_done_is_taken_back_until_somebody_opened_it(cast: Cast, program: Programs) -> None:
    (task,) = cast.open()
    drafter = program(cast.drafter())
    cast.act("soan_thao", {}, cast.drafter().by)
    assert drafter.post(f"/tasks/{task.id}/withdraw", 422, reason="")["code"] == "REASON_REQUIRED"
    stranger = program(cast.desk("van_thu"))
    assert stranger.post(f"/tasks/{task.id}/withdraw", 404, reason=WHY)["code"] == "NOT_FOUND"
    done = drafter.post(f"/tasks/{task.id}/withdraw", 200, reason=WHY)
    assert [each.id for each in cast.open("soan_thao")] == done["opened"]


def test_a_later_day_is_asked_for(cast: Cast, program: Programs) -> None:
    (task,) = cast.open()
    drafter = program(cast.drafter())
    assert task.due is not None
    wanted = (task.due + timedelta(days=7)).date().isoformat()
    assert drafter.post(f"/tasks/{task.id}/due-requests", 201, wanted=wanted, reason=WHY)["request_id"]
    assert drafter.post(f"/tasks/{task.id}/due-requests", 422, wanted=wanted, reason=WHY)["code"] == "REQUEST_WAITING"


def test_whoever_may_act_for_two_says_for_whom(cast: Cast, program: Programs) -> None:
    (task,) = cast.open()
    head, deputy = cast.drafter(), join(cast, "Trần Văn Minh", "can_bo")
    keys = (f"thu_truong@{cast.office.drafting_unit_id}", f"thanh_vien@{cast.office.drafting_unit_id}")
    until = cast.now + timedelta(days=5)
    made = proved_and_lent(
        head, Loan(number(head), number(deputy), "TUQ.", keys, cast.now, until, "", *DOCUMENT, EVERYTHING)
    )
    by_deputy = program(deputy)
    assert by_deputy.post(f"/tasks/{task.id}/claim", 422)["code"] == "CAPACITY_NEEDED"
    assert by_deputy.post(f"/tasks/{task.id}/claim", 422, capacity="uy_quyen_9999")["code"] == "CAPACITY_GONE"
    by_deputy.post(f"/tasks/{task.id}/claim", 400, capacity="gì cũng được")
    by_deputy.post(f"/tasks/{task.id}/claim", 204, capacity=f"uy_quyen_{made}")
    (last,) = [each for each in everything(cast.database)["events"] if "TaskAssigned" in str(each)][-1:]
    assert head.by.name in str(last)


def test_who_left_or_took_the_token_back_is_shut_out_at_once(cast: Cast, program: Programs) -> None:
    minh = join(cast, "Trần Văn Minh", "can_bo")
    by_minh = program(minh)
    by_minh.get("/me/tasks")
    with cast.database.read() as connection:
        (token,) = api_tokens.own_tokens(connection, number(minh), cast.now)
    assert refused_to_another(cast, token.id)
    with cast.database.write() as connection:
        accounts.shut_out(connection, number(minh), cast.now)
    by_minh.get("/me/tasks", 401)
    hoa = join(cast, "Lê Thị Hoa", "can_bo")
    by_hoa = program(hoa)
    with cast.database.read() as connection:
        (token,) = api_tokens.own_tokens(connection, number(hoa), cast.now)
    revoke_own_token(hoa, token.id)
    by_hoa.get("/me/tasks", 401)


def test_a_person_is_no_machine_and_no_administrator(cast: Cast, program: Programs) -> None:
    administrator = program(join(cast, "Trần Quản Trị", "quan_tri", cast.office.id))
    assert administrator.get("/tasks", 403)["code"] == "OUT_OF_SCOPE"
    assert administrator.post("/jobs/fetch", 403, topics=["x"], worker="w")["code"] == "OUT_OF_SCOPE"
    assert administrator.post("/cases", 403, process="ke_hoach")["code"] == "OUT_OF_SCOPE"


def refused_to_another(cast: Cast, token_id: int) -> bool:
    with pytest.raises(Exception, match="NOT_FOUND"):
        revoke_own_token(cast.drafter(), token_id)
    return True
