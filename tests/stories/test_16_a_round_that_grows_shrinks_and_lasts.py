"""Xã Đức Phong, 2022: phản biện xã hội for fifteen days; a body is added, one is dropped, one gets more time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import Routing
from workflows.actions.consulting.add_body import add_body
from workflows.actions.consulting.drop_body import drop_body
from workflows.actions.deadlines.ask_later_due import ask_later_due
from workflows.actions.deadlines.decide_later_due import Decision, decide_later_due
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.store import consultation
from workflows.store.consultation import Round
from workflows.store.database import Database
from workflows.store.plans import Consulted

WHY = "Kế hoạch liên quan trực tiếp đến quyền lợi của người dân"


@pytest.fixture
def cast(database: Database) -> Cast:
    return Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 18))


def units(cast: Cast) -> list[int]:
    kinds = ("unit", "association", "agency")
    found = [body for kind in kinds for body in cast.office.bodies.get(kind, ())]
    return [body for body in found if body != cast.office.drafting_unit_id]


def ask(cast: Cast) -> None:
    first = units(cast)[0]
    consulted = (Consulted(cast.office.front_id, True), Consulted(first, False))
    cast.import_and_start(Routing(consulted=consulted, mode="phan_bien", mode_reason=WHY))
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})


def round_of(cast: Cast) -> Round:
    with cast.database.read() as connection:
        latest = consultation.latest_round(connection, cast.plan_id)
    assert latest is not None
    return latest


def answer(cast: Cast, body_id: int, outcome: str, words: str = "") -> None:
    (task,) = [each for each in cast.open("lay_y_kien") if each.variables["co_quan_hoi"] == body_id]
    cast.do(task, {"ket_qua": outcome, "noi_dung": words})


def test_phan_bien_names_its_reason_and_asks_the_front(cast: Cast) -> None:
    for routing, code in (
        (Routing(mode="phan_bien", mode_reason=WHY), "FRONT_NEEDED"),
        (Routing(consulted=(Consulted(cast.office.front_id, True),), mode="phan_bien"), "REASON_REQUIRED"),
    ):
        with pytest.raises(Refused) as caught:
            cast.import_and_start(routing)
        assert code in [reason.code for reason in caught.value.reasons]


@on_both
def test_the_round_grows_shrinks_and_lasts(cast: Cast) -> None:
    ask(cast)
    front, first, second = cast.office.front_id, units(cast)[0], units(cast)[1]
    opened = round_of(cast)
    assert (opened.deadline - opened.opened_at).days >= 15

    cast.now += timedelta(days=1)
    add_body(cast.drafter(), cast.plan_id, second, "Nhiệm vụ 3 thuộc lĩnh vực của đơn vị này", mandatory=True)
    drop_body(cast.drafter(), cast.plan_id, first, "Đơn vị đã tham gia ý kiến trong quá trình soạn thảo")
    cast.sweep()
    assert any(subject.startswith("[Thôi xin ý kiến]") for subject in cast.subjects())
    with pytest.raises(Refused) as caught:
        drop_body(cast.drafter(), cast.plan_id, front, "Muốn rút ngắn thời gian lấy ý kiến")
    assert caught.value.code == "FRONT_STAYS"

    (task,) = [each for each in cast.open("lay_y_kien") if each.variables["co_quan_hoi"] == front]
    wanted = (opened.deadline + timedelta(days=7)).astimezone(VIETNAM).date()
    request = ask_later_due(cast.desk("thu_truong", front), task.id, wanted, "Chờ hội nghị phản biện của Mặt trận")
    cast.sweep()
    assert any(subject.startswith("[Đề nghị lùi hạn]") for subject in cast.subjects())
    cast.now += timedelta(hours=2)  # letters about one plan keep their distance
    decide_later_due(cast.drafter(), request, Decision(granted=True))
    cast.sweep()
    assert any(subject.startswith("[Đổi hạn]") for subject in cast.subjects())

    answer(cast, second, "nhat_tri")
    cast.wait(opened.deadline + timedelta(days=2))
    assert cast.waiting_at() == {"lay_y_kien"}, "the Mặt trận has its own, later day"
    answer(cast, front, "khong_nhat_tri", "Cần bỏ khoản thu ở mục 2.")
    assert cast.waiting_at() == {"tiep_thu"}


def test_nothing_is_submitted_before_the_fifteenth_day(cast: Cast) -> None:
    ask(cast)
    front, first = cast.office.front_id, units(cast)[0]
    answer(cast, first, "nhat_tri")
    answer(cast, front, "tu_choi", "Công văn 20/MTTQ-BTT: không tổ chức phản biện.")
    (declined,) = [each for each in _opinions(cast) if each.outcome == "tu_choi"]
    fields = {f"xu_ly_{declined.id}": "tiep_thu", "lay_lai": "khong"}
    with pytest.raises(Refused) as caught:
        cast.act("tiep_thu", fields)
    assert caught.value.code == "PHAN_BIEN_TOO_EARLY"
    opened = round_of(cast).opened_at
    assert caught.value.facts["first"] == (opened + timedelta(days=15)).astimezone(VIETNAM).date()
    cast.wait(opened + timedelta(days=14))
    with pytest.raises(Refused):
        cast.act("tiep_thu", fields)
    cast.wait(opened + timedelta(days=15))
    cast.act("tiep_thu", fields)
    assert cast.waiting_at() == {"trinh_ky"}
    cast.act("trinh_ky", {"ket_qua": "ky"})


def test_silence_of_the_front_is_no_phan_bien(cast: Cast) -> None:
    ask(cast)
    cast.wait(round_of(cast).deadline + timedelta(hours=1))
    cast.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": "Đã quá hạn mà chưa có trả lời"})
    with pytest.raises(Refused) as caught:
        cast.act("tiep_thu", {"lay_lai": "khong"})
    assert caught.value.code == "PHAN_BIEN_UNANSWERED"


def _opinions(cast: Cast) -> list[consultation.Opinion]:
    round_ = round_of(cast)
    with cast.database.read() as connection:
        return consultation.opinions_of(connection, round_.id)
