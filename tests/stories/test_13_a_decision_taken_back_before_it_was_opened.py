"""Tỉnh Bắc Kạn, 2020: a check passed by mistake is taken back until the next person has opened the task."""

from __future__ import annotations

import threading

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import claim_task, return_task, withdraw_task
from workflows.actions.open_page import open_page
from workflows.errors import NotFound, Refused
from workflows.store import issuing, seen
from workflows.store.database import Database

REASON = "Bấm nhầm, chưa đọc phụ lục"


@pytest.fixture
def cast(database: Database) -> Cast:
    cast = Cast.for_plan(database, plan_text("003_bac_kan.txt"), day(2020, 2, 10))
    cast.import_and_start()
    return cast


def standing(cast: Cast) -> list[str]:
    with cast.database.read() as connection:
        return [each.role for each in issuing.standing_approvals(connection, "plan", cast.plan_id)]


def test_the_check_is_open_again_in_the_same_hands_and_the_approval_is_gone(cast: Cast) -> None:
    cast.act("soan_thao", {})
    head = cast.desk("thu_truong", cast.office.drafting_unit_id)
    (check,) = cast.open("kiem_tra_noi_dung")
    cast.do(check, {"ket_qua": "dat"}, head.by)
    assert standing(cast) == ["noi_dung"]
    done = withdraw_task(head, check.id, REASON)
    (again,) = cast.open("kiem_tra_noi_dung")
    assert done.opened == (again.id,)
    assert (again.assignee, again.round, cast.waiting_at()) == (head.by.person, 2, {"kiem_tra_noi_dung"})
    assert standing(cast) == []
    cast.sweep()
    (letter,) = [each for each in cast.channel.letters if each.subject.startswith("[Thu hồi]")]
    assert letter.person_id == int(cast.actor("the_thuc").person or 0) and REASON in letter.text
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"}, head.by)
    assert standing(cast) == ["noi_dung"]


def test_not_once_it_was_opened_nor_by_others_nor_without_a_reason(cast: Cast) -> None:
    cast.act("soan_thao", {})
    head, other = cast.desk("thu_truong", cast.office.drafting_unit_id), cast.desk("the_thuc")
    (check,) = cast.open("kiem_tra_noi_dung")
    cast.do(check, {"ket_qua": "dat"}, head.by)
    (following,) = cast.open("kiem_tra_the_thuc")
    with pytest.raises(NotFound):
        withdraw_task(other, check.id, REASON)
    with pytest.raises(Refused, match="REASON_REQUIRED"):
        withdraw_task(head, check.id, "nhầm")
    assert open_page(head, following.id, cast.plan_id, 1)  # a look of one's own opens nothing for others
    assert open_page(other, following.id, cast.plan_id, 1)
    with pytest.raises(Refused, match="ALREADY_OPENED"):
        withdraw_task(head, check.id, REASON)
    claim_task(other, following.id)
    with pytest.raises(Refused, match="GONE_ON") as gone_on:
        withdraw_task(head, check.id, REASON)
    assert gone_on.value.facts == {"by": other.by.name, "person": other.by.person, "at": other.now}


def test_who_went_on_after_a_second_try_is_named_and_not_who_went_on_after_the_first(cast: Cast) -> None:
    cast.act("soan_thao", {})
    head, other = cast.desk("thu_truong", cast.office.drafting_unit_id), cast.desk("the_thuc")
    (check,) = cast.open("kiem_tra_noi_dung")
    cast.do(check, {"ket_qua": "dat"}, head.by)
    withdraw_task(head, check.id, REASON)
    with pytest.raises(Refused, match="NOT_WITHDRAWABLE"):
        withdraw_task(head, check.id, REASON)
    (again,) = cast.open("kiem_tra_noi_dung")
    cast.do(again, {"ket_qua": "dat"}, head.by)
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"}, other.by)
    with pytest.raises(Refused, match="GONE_ON") as gone_on:
        withdraw_task(head, again.id, REASON)
    assert gone_on.value.facts["by"] == other.by.name


@on_both
def test_a_signature_is_taken_back_before_the_clerk_looks_and_a_return_voids_it_too(cast: Cast) -> None:
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    signer = cast.desk(*task.groups[0].split("@")[:1])
    cast.do(task, {"ket_qua": "ky"}, signer.by)
    withdraw_task(signer, task.id, REASON)
    assert "ky" not in standing(cast) and cast.waiting_at() == {"trinh_ky"}
    cast.act("trinh_ky", {"ket_qua": "ky"}, signer.by)
    (numbering,) = cast.open("cap_so")
    return_task(cast.desk("van_thu"), numbering.id, "trinh_ky", "Phụ lục thiếu trang 3")
    assert sorted(standing(cast)) == ["noi_dung", "the_thuc"] and cast.waiting_at() == {"trinh_ky"}
    cast.sweep()
    assert any("Phụ lục thiếu trang 3" in letter.text for letter in cast.channel.letters)


@on_both
def test_opening_and_taking_back_at_once_is_one_or_the_other(cast: Cast) -> None:
    cast.act("soan_thao", {})
    head, other = cast.desk("thu_truong", cast.office.drafting_unit_id), cast.desk("the_thuc")
    (check,) = cast.open("kiem_tra_noi_dung")
    cast.do(check, {"ket_qua": "dat"}, head.by)
    (following,) = cast.open("kiem_tra_the_thuc")
    ready, told = threading.Barrier(2), {}

    def opens() -> None:
        ready.wait()
        told["opened"] = open_page(other, following.id, cast.plan_id, 1)

    def withdraws() -> None:
        ready.wait()
        try:
            told["withdrawn"] = bool(withdraw_task(head, check.id, REASON))
        except Refused as refused:
            assert refused.code == "ALREADY_OPENED"
            told["withdrawn"] = False

    threads = [threading.Thread(target=opens), threading.Thread(target=withdraws)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told["opened"] != told["withdrawn"]
    assert cast.waiting_at() == ({"kiem_tra_the_thuc"} if told["opened"] else {"kiem_tra_noi_dung"})


def test_everybody_is_shown_what_changed_since_they_looked(cast: Cast) -> None:
    with cast.database.write() as connection:
        for version in (1, 2, 4):
            seen.note_version(connection, cast.plan_id, "7", version, cast.now)
        seen.note_version(connection, cast.plan_id, "8", 1, cast.now)
    with cast.database.read() as connection:
        assert seen.last_seen(connection, cast.plan_id, "7", before=4) == 2
        assert seen.last_seen(connection, cast.plan_id, "8", before=4) == 1
        assert seen.last_seen(connection, cast.plan_id, "9", before=4) is None
