"""Xã Đức Tân, 2024: a Vice-Chairman signs KT. CHỦ TỊCH; the plan gets its number, the addressees confirm receipt."""

from __future__ import annotations

from datetime import date

import pytest

from tests.stories.both import on_both
from tests.stories.cast import Cast, day, plan_text
from workflows.actions import confirm_receipt, reserve_number
from workflows.errors import Refused
from workflows.store import issuing, plans, reporting
from workflows.store.database import Database


@pytest.fixture
def cast(database: Database) -> Cast:
    cast = Cast.for_plan(database, plan_text("001_duc_tan.txt"), day(2024, 2, 19))
    cast.import_and_start()
    return cast


def test_the_signature_block_says_in_whose_place_the_deputy_signed(cast: Cast) -> None:
    cast.pass_to_force()
    with cast.database.read() as connection:
        signed = next(one for one in issuing.standing_approvals(connection, "plan", cast.plan_id) if one.role == "ky")
        text = issuing.issued_text(connection, "plan", cast.plan_id)
    assert signed.capacity == "KT."
    assert [line for line in signed.block if line] == [
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Trần Lê Vương Vũ",
    ]
    assert text is not None
    assert "KT. CHỦ TỊCH" in text
    assert "Đức Tân, ngày 19 tháng 02 năm 2024" in text


def test_numbers_have_no_gap_even_when_one_was_taken_before(cast: Cast) -> None:
    reserve_number(cast.desk("van_thu"), cast.office.id, "KH-UBND", "Kế hoạch chăm sóc người có công")
    cast.pass_to_force()
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).number == 2


def test_a_document_may_not_be_dated_before_its_signature(cast: Cast) -> None:
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    with pytest.raises(Refused, match="DATE_BEFORE_SIGNATURE"):
        cast.act("cap_so", {"ngay": "18/02/2024"})
    with pytest.raises(Refused, match="BAD_DATE"):
        cast.act("cap_so", {"ngay": "31/04/2024"})
    cast.act("cap_so", {"ngay": "19/02/2024"})
    with cast.database.read() as connection:
        assert plans.plan(connection, cast.plan_id).issued_on == date(2024, 2, 19)


@on_both
def test_every_addressee_hears_once_and_confirms_once(cast: Cast) -> None:
    cast.pass_to_force()
    cast.sweep()
    cast.sweep()
    with cast.database.read() as connection:
        mailed = [one for one in issuing.recipients_of(connection, "plan", cast.plan_id) if one.channel == "mail"]
    letters = [subject for subject in cast.subjects() if subject.startswith("[Văn bản]")]
    assert len(letters) >= len(mailed) > 5
    first = mailed[0]
    confirm_receipt(cast.desk("van_thu"), first.id, "Nguyễn Thị Văn Thư")
    with pytest.raises(Refused, match="ALREADY_RECEIVED"):
        confirm_receipt(cast.desk("van_thu"), first.id, "Người khác")
    with cast.database.read() as connection:
        assert issuing.recipient(connection, first.id).received_by == "Nguyễn Thị Văn Thư"


def test_a_plan_without_a_reporting_date_gets_the_year_of_the_decree(cast: Cast) -> None:
    cast.pass_to_force()
    with cast.database.read() as connection:
        (cycle,) = reporting.cycles_of_plan(connection, cast.plan_id)
        (rule,) = reporting.rules_of(connection, cast.plan_id)
    assert rule.assumed
    assert (cycle.window_from, cycle.window_to) == (date(2023, 12, 15), date(2024, 12, 14))
