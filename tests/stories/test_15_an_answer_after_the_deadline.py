"""Xã Hồng Phong, 2023: a body answers after the deadline, and its words are answered before the Chairman signs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import give_late_opinion
from workflows.actions.compose_paper import compose_paper
from workflows.actions.consulting.answer_opinion import answer_opinion, split_opinion
from workflows.errors import Refused
from workflows.plans.official_document import Table
from workflows.store import consultation, opinion_parts
from workflows.store.consultation import Opinion
from workflows.store.database import Database

WORDS = "Bổ sung kinh phí cho thôn.\nGhi rõ đơn vị chủ trì nhiệm vụ 2.1."


@pytest.fixture
def cast(database: Database) -> Cast:
    cast = Cast.for_plan(database, plan_text("002_hong_phong.txt"), day(2023, 7, 3))
    cast.import_and_start()
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    return cast


def front_of(cast: Cast) -> Opinion:
    with cast.database.read() as connection:
        latest = consultation.latest_round(connection, cast.plan_id)
        assert latest is not None
        asked = consultation.opinions_of(connection, latest.id)
    return next(each for each in asked if each.body_id == cast.office.front_id)


@on_both
def test_late_words_are_answered_before_the_signature(cast: Cast) -> None:
    deadline = cast.open("lay_y_kien")[0].due
    assert deadline is not None
    for task in cast.open("lay_y_kien"):
        if task.variables["co_quan_hoi"] != cast.office.front_id:
            cast.do(task, {"ket_qua": "nhat_tri"})
    cast.wait(deadline + timedelta(hours=1))
    cast.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": "Mặt trận chưa kịp trả lời, cần trình tiếp"})
    cast.act("tiep_thu", {"lay_lai": "khong"})
    assert cast.waiting_at() == {"trinh_ky"}

    cast.now += timedelta(hours=10)  # letters wait for the morning
    front = cast.desk("thu_truong", cast.office.front_id)
    give_late_opinion(front, cast.plan_id, cast.office.front_id, "nhat_tri_co_y_kien", WORDS)
    late = front_of(cast)
    assert late.late and late.disposition is None
    cast.sweep()
    assert any(subject.startswith("[Ý kiến gửi muộn]") for subject in cast.subjects()), "the drafter hears of it"

    with pytest.raises(Refused) as caught:
        cast.act("trinh_ky", {"ket_qua": "ky"})
    assert caught.value.code == "OPINION_UNANSWERED"

    split_opinion(cast.drafter(), late.id, WORDS)
    with cast.database.read() as connection:
        first, second = [point.id for point in opinion_parts.points_of(connection, [late.id])[late.id]]
    answers = {
        f"xu_ly_d{first}": "giai_trinh",
        f"giai_trinh_d{first}": "Kinh phí theo dự toán năm.",
        f"xu_ly_d{second}": "tiep_thu",
    }
    answer_opinion(cast.drafter(), late.id, answers)
    assert front_of(cast).disposition == "tiep_thu_mot_phan"
    cast.act("trinh_ky", {"ket_qua": "ky"})
    assert cast.waiting_at() == {"cap_so"}

    with cast.database.read() as connection:
        paper = compose_paper(connection, cast.plan_id, "tiep_thu", cast.now.date())
    (table,) = [part for part in paper.body if isinstance(part, Table)]
    (row,) = [row for row in table.rows if "gửi muộn" in row[2]]
    assert row[3] == "Tiếp thu một phần" and "Kinh phí theo dự toán năm." in row[4]
