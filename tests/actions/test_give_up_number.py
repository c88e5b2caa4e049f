"""give_up_number: the number stays in the book, as given up, and is never used again."""

from __future__ import annotations

from tests.actions.small_office import REASON, refused, stored
from tests.stories.cast import Cast
from workflows.actions import give_up_number, reserve_number
from workflows.store.tables.issuing import register


def reserved(office: Cast) -> int:
    return reserve_number(office.desk("van_thu"), office.office.id, "KH-UBND", "Kế hoạch tuyển quân")


def test_a_number_that_is_given_up_stays_with_its_reason_and_the_next_one_follows(office: Cast) -> None:
    give_up_number(office.desk("van_thu"), reserved(office), f" {REASON} ")
    reserved(office)
    first, second = stored(office.database, register)
    assert (first.number, first.status, first.given_up_reason) == (1, "given_up", REASON)
    assert (second.number, second.status) == (2, "reserved")


def test_a_reason_is_demanded(office: Cast) -> None:
    line = reserved(office)
    for reason in ("", "   ", "nhầm"):
        with refused(office.database, "REASON_REQUIRED"):
            give_up_number(office.desk("van_thu"), line, reason)


def test_given_up_twice_is_refused_and_keeps_the_first_reason(office: Cast) -> None:
    line = reserved(office)
    give_up_number(office.desk("van_thu"), line, REASON)
    with refused(office.database, "ALREADY_GIVEN_UP"):
        give_up_number(office.desk("van_thu"), line, "Một lý do khác hẳn")


def test_the_number_of_a_document_is_not_given_up_by_itself(cast: Cast) -> None:
    cast.pass_to_signature()
    cast.act("trinh_ky", {"ket_qua": "ky"})
    cast.act("cap_so", {})
    (line,) = stored(cast.database, register)
    with refused(cast.database, "NUMBER_IN_USE"):
        give_up_number(cast.desk("van_thu"), line.id, REASON)


def test_only_the_clerk_gives_up_and_only_a_line_that_exists(office: Cast) -> None:
    line = reserved(office)
    with refused(office.database, "NOT_YOURS"):
        give_up_number(office.desk("chu_tich"), line, REASON)
    with refused(office.database, "NOT_FOUND"):
        give_up_number(office.desk("van_thu"), line + 1, REASON)
