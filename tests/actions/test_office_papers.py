"""Organisation codes and signers of copies: who enters them, and what is refused."""

from __future__ import annotations

import pytest

from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions import Desk
from workflows.actions.office_papers import give_organ_code, let_sign_copies
from workflows.engine.actor import Actor
from workflows.store import copies, directory

CODE = "000.12.30.H56"


def test_the_clerk_enters_codes_of_the_office_and_of_whom_it_writes_to(office: Cast) -> None:
    with office.database.read() as connection:
        other = directory.find_body(connection, office.office.id, "Phòng Tư pháp", office.now.date())
    assert other is not None
    give_organ_code(office.desk("van_thu"), office.office.id, office.office.id, f" {CODE.lower()} ")
    give_organ_code(office.desk("van_thu"), office.office.id, other.id, "000.13.30.H56")
    with office.database.read() as connection:
        assert directory.body(connection, office.office.id).organ_code == CODE
    with refused(office.database, "ORGAN_CODE_TAKEN"):
        give_organ_code(office.desk("van_thu"), office.office.id, other.id, CODE)
    with refused(office.database, "BAD_ORGAN_CODE"):
        give_organ_code(office.desk("van_thu"), office.office.id, other.id, "H56")


def test_the_code_of_another_office_is_its_own_affair(office: Cast) -> None:
    with office.database.write() as connection:
        other = directory.add_body(connection, kind="office", name="UBND xã khác")
    with refused(office.database, "NOT_YOURS"):
        give_organ_code(office.desk("van_thu"), office.office.id, other, CODE)
    with refused(office.database, "NOT_YOURS"):
        give_organ_code(office.desk("van_thu"), other, other, CODE)


def test_the_head_names_units_of_the_own_office(office: Cast) -> None:
    unit = office.office.drafting_unit_id
    let_sign_copies(office.desk("chu_tich"), office.office.id, [unit, unit])
    with office.database.read() as connection:
        assert copies.signers_by_order(connection, office.office.id) == [unit]
    with refused(office.database, "BAD_FIELD"):
        let_sign_copies(office.desk("chu_tich"), office.office.id, [office.office.id])
    with refused(office.database, "NOT_YOURS"):
        let_sign_copies(office.desk("van_thu"), office.office.id, [unit])


@pytest.mark.parametrize("role", ["quan_tri", "chu_tich"])
def test_nobody_named_is_an_answer_too(office: Cast, role: str) -> None:
    by = Actor("1", "Quản trị", groups=frozenset({f"{role}@{office.office.id}"}))
    let_sign_copies(Desk(office.database, office.now, by), office.office.id, [])
    with office.database.read() as connection:
        assert copies.signers_by_order(connection, office.office.id) == []
