"""Xã Hồng Phong, 2023: in the consultation the Mặt trận is silent, a body objects, and one answers late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import give_late_opinion
from workflows.errors import Refused
from workflows.store import consultation
from workflows.store.consultation import Opinion
from workflows.store.database import Database


@pytest.fixture
def cast(database: Database) -> Cast:
    cast = Cast.for_plan(database, plan_text("002_hong_phong.txt"), day(2023, 7, 3))
    cast.import_and_start()
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    return cast


def opinions(cast: Cast) -> list[Opinion]:
    with cast.database.read() as connection:
        latest = consultation.latest_round(connection, cast.plan_id)
        assert latest is not None
        return consultation.opinions_of(connection, latest.id)


def all_but_the_front_answer(cast: Cast) -> None:
    for task in cast.open("lay_y_kien"):
        if task.variables["co_quan_hoi"] != cast.office.front_id:
            cast.do(task, {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": "Ghi rõ sản phẩm của nhiệm vụ 2.1."})


def test_silence_of_the_front_is_its_own_outcome_and_never_consent(cast: Cast) -> None:
    all_but_the_front_answer(cast)
    assert cast.waiting_at() == {"lay_y_kien"}
    cast.wait(day(2023, 7, 11))
    silent = [one for one in opinions(cast) if one.outcome == "khong_co_y_kien"]
    assert [one.body_id for one in silent] == [cast.office.front_id]
    assert cast.waiting_at() == {"xu_ly_thieu_y_kien"}


def test_the_round_is_extended_only_for_who_has_not_answered(cast: Cast) -> None:
    all_but_the_front_answer(cast)
    cast.wait(day(2023, 7, 11))
    cast.act(
        "xu_ly_thieu_y_kien", {"gia_han": "co", "han_moi": "20/07/2023", "ly_do": "Mặt trận đề nghị thêm thời gian"}
    )
    (asked,) = cast.open("lay_y_kien")
    assert asked.variables["co_quan_hoi"] == cast.office.front_id
    cast.do(asked, {"ket_qua": "nhat_tri"})
    assert cast.waiting_at() == {"tiep_thu"}


def test_going_on_without_the_front_needs_a_reason(cast: Cast) -> None:
    all_but_the_front_answer(cast)
    cast.wait(day(2023, 7, 11))
    with pytest.raises(Refused, match="REASON_REQUIRED"):
        cast.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": "gấp"})
    cast.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": "Đã đôn đốc hai lần, cần kịp tiến độ"})
    assert cast.waiting_at() == {"tiep_thu"}


def test_every_opinion_with_words_must_be_answered_before_signature(cast: Cast) -> None:
    for task in cast.open("lay_y_kien"):
        cast.do(task, {"ket_qua": "khong_nhat_tri", "noi_dung": "Chưa rõ kinh phí."})
    with pytest.raises(Refused) as refusal:
        cast.act("tiep_thu", {"lay_lai": "khong"})
    given = [one for one in opinions(cast) if one.text]
    assert len(refusal.value.reasons) == len(given) > 1
    fields = {"lay_lai": "khong"}
    for one in given:
        fields |= {f"xu_ly_{one.id}": "giai_trinh", f"giai_trinh_{one.id}": "Kinh phí theo dự toán năm 2023."}
    cast.act("tiep_thu", fields)
    assert cast.waiting_at() == {"trinh_ky"}


@on_both
def test_a_changed_draft_goes_round_again_as_round_two(cast: Cast) -> None:
    for task in cast.open("lay_y_kien"):
        cast.do(task, {"ket_qua": "nhat_tri"})
    changed = cast.text.replace("Trước ngày 30 tháng 11 năm 2023", "Trước ngày 15 tháng 12 năm 2023")
    cast.act("tiep_thu", {"lay_lai": "co", "van_ban": changed})
    with cast.database.read() as connection:
        latest = consultation.latest_round(connection, cast.plan_id)
    assert latest is not None
    assert (latest.no, latest.version) == (2, 2)
    assert cast.waiting_at() == {"lay_y_kien"}


def test_a_draft_changed_by_the_opinions_is_checked_again_but_not_consulted_again(cast: Cast) -> None:
    for task in cast.open("lay_y_kien"):
        cast.do(task, {"ket_qua": "nhat_tri"})
    changed = cast.text.replace("Trước ngày 30 tháng 11 năm 2023", "Trước ngày 15 tháng 12 năm 2023")
    cast.act("tiep_thu", {"lay_lai": "khong", "van_ban": changed})
    assert cast.waiting_at() == {"kiem_tra_noi_dung"}
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    assert cast.waiting_at() == {"trinh_ky"}


def test_an_opinion_after_the_deadline_is_kept_and_marked_late(cast: Cast) -> None:
    asked = cast.open("lay_y_kien")
    late_body = next(
        one.variables["co_quan_hoi"] for one in asked if one.variables["co_quan_hoi"] != cast.office.front_id
    )
    assert asked[0].due is not None
    cast.wait(asked[0].due + timedelta(hours=2))
    cast.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": "Cần kịp tiến độ của huyện"})
    give_late_opinion(
        cast.desk("thu_truong", late_body), cast.plan_id, late_body, "nhat_tri_co_y_kien", "Bổ sung Tổ công nghệ số."
    )
    (late,) = [one for one in opinions(cast) if one.body_id == late_body]
    assert late.late
    assert late.outcome == "nhat_tri_co_y_kien"
    with pytest.raises(Refused, match="ALREADY_ANSWERED"):
        give_late_opinion(cast.desk("thu_truong", late_body), cast.plan_id, late_body, "nhat_tri", "")
    with pytest.raises(Refused, match="NOT_YOURS"):
        give_late_opinion(cast.desk("van_thu"), cast.plan_id, cast.office.front_id, "nhat_tri", "")
