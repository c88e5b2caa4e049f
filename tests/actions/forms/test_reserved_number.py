"""A plan takes a number that was reserved for it: gap-free, in the order of days, and once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from tests.actions.small_office import PLAN, REASON, refused, started, stored
from tests.stories.cast import Cast, day
from workflows.actions import reserve_number
from workflows.actions.give_up_number import give_up_number
from workflows.errors import Refused
from workflows.store import issuing
from workflows.store.database import Database
from workflows.store.tables.issuing import register


def reserve(cast: Cast, symbol: str = "KH-UBND") -> int:
    return reserve_number(cast.desk("van_thu"), cast.office.id, symbol, "Kế hoạch cải cách hành chính")


@pytest.fixture
def signed(cast: Cast) -> Cast:
    """A number is reserved, another one is taken after it, and the plan is signed a day later."""
    reserve(cast)
    cast.pass_to_signature()
    cast.now = day(2024, 2, 6)
    cast.act("trinh_ky", {"ket_qua": "ky"})
    return cast


def lines(cast: Cast) -> list[tuple[int, str, date, object]]:
    rows = stored(cast.database, register)
    return [(row.number, row.status, row.document_on, row.subject_id) for row in rows]


def test_the_plan_has_the_reserved_number_and_its_own_day(signed: Cast) -> None:
    (line,) = stored(signed.database, register)
    signed.act("cap_so", {"dung_so": str(line.id)})
    assert lines(signed) == [(1, "issued", date(2024, 2, 6), signed.plan_id)]
    with signed.database.read() as connection:
        assert "Số: 01/KH-UBND" in (issuing.issued_text(connection, "plan", signed.plan_id) or "")
        assert issuing.reserved_lines(connection, signed.office.id, "KH-UBND", 2024) == []


def test_without_a_choice_it_is_the_next_one(signed: Cast) -> None:
    signed.act("cap_so", {"dung_so": ""})
    assert [(number, status) for number, status, _, _ in lines(signed)] == [(1, "reserved"), (2, "issued")]


def test_numbers_and_days_keep_the_same_order(signed: Cast) -> None:
    """A later number is issued for an earlier day: the reserved one would jump over it."""
    (line,) = stored(signed.database, register)
    signed.now = day(2024, 2, 5)
    other = reserve(signed)
    with signed.database.write() as connection:
        issuing.change_register(connection, other, status="issued")
    signed.now = day(2024, 2, 6)
    with refused(signed.database, "RESERVED_NUMBER_PASSED"):
        signed.act("cap_so", {"dung_so": str(line.id)})


@pytest.mark.parametrize(
    ("choice", "code"), [("abc", "BAD_FIELD"), ("999", "NOT_FOUND"), ("report", "RESERVED_FOR_ANOTHER")]
)
def test_another_number_is_refused(signed: Cast, choice: str, code: str) -> None:
    chosen = str(reserve(signed, "BC-UBND")) if choice == "report" else choice
    with refused(signed.database, code):
        signed.act("cap_so", {"dung_so": chosen})


def test_a_number_that_was_given_up_is_refused(signed: Cast) -> None:
    (line,) = stored(signed.database, register)
    give_up_number(signed.desk("van_thu"), line.id, REASON)
    with refused(signed.database, "NOT_RESERVED"):
        signed.act("cap_so", {"dung_so": str(line.id)})


def test_a_day_before_the_signature_is_refused(signed: Cast) -> None:
    (line,) = stored(signed.database, register)
    with refused(signed.database, "DATE_BEFORE_SIGNATURE"):
        signed.act("cap_so", {"dung_so": str(line.id), "ngay": "05/02/2024"})


def test_two_plans_that_want_the_same_number_at_once_get_one_each_or_a_refusal(database: Database) -> None:
    cast = started(database)
    plans = [cast.plan_id]
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.text = PLAN.replace("Cải cách hành chính năm 2024", "Chuyển đổi số năm 2024")
    cast.import_and_start()
    plans.append(cast.plan_id)
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    chosen, ready = str(reserve(cast)), Barrier(2)

    def number(plan_id: int) -> str:
        own = Cast(database, cast.office, cast.text, cast.now, cast.channel, plan_id)
        ready.wait()
        try:
            return own.act("cap_so", {"dung_so": chosen}).outcome
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(number, plans))
    assert outcomes == ["NOT_RESERVED", "cap_so"]
    assert [(each[0], each[1]) for each in lines(cast)] == [(1, "issued")]
