"""Xã Đức Phong: the chairman leaves in the middle of a round; the deputy becomes acting chairman and signs "Q."."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.actions.lent_office import number_of, person, proved_and_lent
from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions.hand_over import BACK, estate_of, hand_over
from workflows.actions.lend_authority import Loan
from workflows.actions.organising.posts import Appointment, appoint
from workflows.errors import Refused
from workflows.store import directory, issuing
from workflows.store.database import Database


@pytest.fixture
def cast(database: Database) -> Cast:
    cast = Cast.for_plan(database, plan_text("000_duc_phong.txt"), day(2022, 7, 18))
    cast.import_and_start()
    return cast


@on_both
def test_the_plan_goes_on_and_is_signed_by_the_acting_chairman(cast: Cast) -> None:
    office = cast.office.id
    cast.act("soan_thao", {})
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    asked = cast.open("lay_y_kien")
    cast.do(asked[0], {"ket_qua": "nhat_tri"})
    chairman, deputy = number_of(cast, "chu_tich"), number_of(cast, "pho_chu_tich")
    chairmans_name, name = cast.actor("chu_tich").name, cast.actor("pho_chu_tich").name
    loan = Loan(chairman, deputy, "KT.", (f"chu_tich@{office}",), cast.now, cast.now + timedelta(days=30), "Quy chế")
    proved_and_lent(cast.desk("chu_tich"), loan)

    # He leaves: his post stays empty for the moment, what he lent ends, his account is closed.
    with cast.database.read() as connection:
        estate = estate_of(connection, chairman, cast.now.date())
    hand_over(cast.desk("quan_tri"), chairman, {item.key: BACK for item in estate.items})
    with cast.database.read() as connection:
        assert directory.lent_to(connection, deputy, cast.now) == []
        (post,) = [each for each in directory.posts_of(connection, office) if each.role == "chu_tich"]

    # The district makes the deputy acting chairman, while the round goes on.
    cast.now += timedelta(days=1)
    decision = Appointment(person_id=deputy, valid_from=cast.now.date(), acting=True, basis="1234/QĐ-UBND")
    appoint(cast.desk("quan_tri"), post.id, decision)
    for task in cast.open("lay_y_kien"):
        if task.id in {one.id for one in cast.open("lay_y_kien")}:
            cast.do(task, {"ket_qua": "nhat_tri"})
    if cast.open("tiep_thu"):
        cast.act("tiep_thu", {"lay_lai": "khong"})
    with pytest.raises(Refused, match="NOT_FOUND"):
        cast.act("trinh_ky", {"ket_qua": "ky"}, person(cast, chairman))
    cast.act("trinh_ky", {"ket_qua": "ky"}, person(cast, deputy))
    cast.act("cap_so", {})
    cast.act("phat_hanh", {})

    with cast.database.read() as connection:
        signed = [one for one in issuing.standing_approvals(connection, "plan", cast.plan_id) if one.role == "ky"][-1]
        text = issuing.issued_text(connection, "plan", cast.plan_id) or ""
    assert (signed.capacity, signed.person_name, signed.principal) == ("Q.", name, None)
    assert [line for line in signed.block if line] == ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH", name]
    assert "Q. CHỦ TỊCH" in text
    assert chairmans_name not in text.split("Nơi nhận")[-1]
