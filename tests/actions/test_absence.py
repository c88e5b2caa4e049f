"""Vắng mặt: what nobody could do meanwhile is named and has to be confirmed; a delegation fills the gap."""

from __future__ import annotations

from datetime import timedelta

from tests.actions.lent_office import lend, loan, number_of, options
from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions.absence import Away, Gap, cancel_absence, enter_absence, gap_of
from workflows.plans.authority import Scope
from workflows.store import organisation


def away(cast: Cast, role: str, first: int = 0, last: int = 4) -> Away:
    begins = cast.now.date() + timedelta(days=first)
    return Away(number_of(cast, role), begins, cast.now.date() + timedelta(days=last), "Đi công tác")


def gap(cast: Cast, wanted: Away) -> Gap:
    with cast.database.read() as connection:
        return gap_of(connection, wanted, cast.now)


def test_what_only_this_person_can_do_is_stuck_and_has_to_be_confirmed(cast: Cast) -> None:
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    wanted = away(cast, "chu_tich")
    found = gap(cast, wanted)
    assert [each.id for each in found.tasks] == [task.id]
    assert found.groups == (f"chu_tich@{cast.office.id}", f"thu_truong@{cast.office.id}")
    with refused(cast.database, "NOBODY_MEANWHILE") as caught:
        enter_absence(cast.desk("chu_tich"), wanted)
    assert task.name in caught.value.facts["names"]
    with refused(cast.database, "NOBODY_MEANWHILE"):
        enter_absence(cast.desk("chu_tich"), wanted, [task.id])
    absence_id = enter_absence(cast.desk("chu_tich"), wanted, found.keys)
    with cast.database.read() as connection:
        assert tuple(organisation.absence(connection, absence_id).stuck) == found.keys


def test_a_delegation_for_the_whole_time_fills_the_gap(cast: Cast) -> None:
    cast.pass_to_signature()
    office = cast.office.id
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", [f"chu_tich@{office}", f"thu_truong@{office}"], days=9))
    enter_absence(cast.desk("chu_tich"), away(cast, "chu_tich"))


def test_a_delegation_that_ends_before_or_is_limited_does_not(cast: Cast) -> None:
    cast.pass_to_signature()
    (task,) = cast.open("trinh_ky")
    office = cast.office.id
    keys = [f"chu_tich@{office}", f"thu_truong@{office}"]
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", keys, days=2))
    assert [each.id for each in gap(cast, away(cast, "chu_tich")).tasks] == [task.id]
    assert gap(cast, away(cast, "chu_tich", 0, 1)).keys == ()


def test_a_limited_delegation_covers_only_what_it_reaches(cast: Cast) -> None:
    cast.pass_to_signature()
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", days=9, scope=Scope(steps=frozenset({"ky_bao_cao"}))))
    (task,) = cast.open("trinh_ky")
    assert [each.id for each in gap(cast, away(cast, "chu_tich")).tasks] == [task.id]


def test_a_stand_in_who_is_away_too_is_nobody(cast: Cast) -> None:
    cast.pass_to_signature()
    office = cast.office.id
    lend(cast, loan(cast, "chu_tich", "pho_chu_tich", [f"chu_tich@{office}", f"thu_truong@{office}"], days=9))
    deputy = away(cast, "pho_chu_tich", 2, 3)
    enter_absence(cast.desk("pho_chu_tich"), deputy, gap(cast, deputy).keys)
    assert len(gap(cast, away(cast, "chu_tich")).tasks) == 1
    assert gap(cast, away(cast, "chu_tich", 0, 1)).keys == ()


def test_four_eyes_count(cast: Cast) -> None:
    """The drafter stands in for the chairman, but may not sign the own draft."""
    unit = cast.office.drafting_unit_id
    drafter = cast.actor("can_bo", unit)
    cast.act("soan_thao", {}, drafter)
    cast.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
    cast.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
    for task in cast.open("lay_y_kien"):
        if task.id in {one.id for one in cast.open("lay_y_kien")}:
            cast.do(task, {"ket_qua": "nhat_tri"})
    if cast.open("tiep_thu"):
        cast.act("tiep_thu", {"lay_lai": "khong"})
    (task,) = cast.open("trinh_ky")
    given = loan(cast, "chu_tich", "pho_chu_tich", days=9)
    lend(cast, type(given)(**{**vars(given), "to_person_id": int(drafter.person or 0)}))
    assert options(cast, "chu_tich", task)
    assert [each.id for each in gap(cast, away(cast, "chu_tich")).tasks] == [task.id]


def test_who_may_enter_and_what_is_refused(cast: Cast) -> None:
    wanted = away(cast, "pho_chu_tich")
    keys = gap(cast, wanted).keys
    with refused(cast.database, "NOT_YOURS"):
        enter_absence(cast.desk("van_thu"), wanted, keys)
    with refused(cast.database, "BAD_PERIOD"):
        enter_absence(cast.desk("quan_tri"), away(cast, "pho_chu_tich", 4, 2), keys)
    with refused(cast.database, "ALREADY_OVER"):
        enter_absence(cast.desk("quan_tri"), away(cast, "pho_chu_tich", -4, -2), keys)
    absence_id = enter_absence(cast.desk("quan_tri"), wanted, keys)
    with refused(cast.database, "ALREADY_ABSENT"):
        enter_absence(cast.desk("pho_chu_tich"), away(cast, "pho_chu_tich", 4, 9), keys)
    cancel_absence(cast.desk("pho_chu_tich"), absence_id)
    with refused(cast.database, "ABSENCE_CANCELLED"):
        cancel_absence(cast.desk("pho_chu_tich"), absence_id)
    enter_absence(cast.desk("pho_chu_tich"), away(cast, "pho_chu_tich", 4, 9), keys)
