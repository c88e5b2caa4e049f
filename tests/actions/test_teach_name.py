"""teach_name: from now on a name means a body; what would never be heard is refused."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.small_office import refused
from tests.stories.cast import Cast
from workflows.actions import teach_name
from workflows.store import directory

TODAY = date(2024, 2, 5)


def meaning(office: Cast, name: str) -> int | None:
    with office.database.read() as connection:
        found = directory.find_body(connection, office.office.id, name, TODAY)
    return found.id if found else None


def test_an_alias_means_the_body_from_now_on(office: Cast) -> None:
    unit = office.office.drafting_unit_id
    assert meaning(office, "Tổ giúp việc") is None
    assert teach_name(office.desk("van_thu"), office.office.id, " Tổ giúp việc ", unit) == unit
    assert meaning(office, "tổ giúp việc") == unit


def test_without_a_body_it_is_a_new_unit_of_the_office(office: Cast) -> None:
    body_id = teach_name(office.drafter(), office.office.id, "Tổ công nghệ số", None)
    assert meaning(office, "Tổ công nghệ số") == body_id
    with office.database.read() as connection:
        body = directory.body(connection, body_id)
    assert (body.kind, body.office_id, body.parent_id) == ("unit", office.office.id, office.office.id)


def test_the_name_of_an_ended_body_is_taught_to_its_successor(office: Cast) -> None:
    unit = office.office.drafting_unit_id
    with office.database.write() as connection:
        old = directory.add_body(connection, kind="unit", name="Ban Nông nghiệp", office_id=office.office.id)
        directory.end_body(connection, old, date(2023, 12, 31), unit)
    assert teach_name(office.desk("van_thu"), office.office.id, "Ban NN cũ", old) == unit


def test_a_name_that_means_another_body_already_is_not_taught_in_vain(office: Cast) -> None:
    with refused(office.database, "NAME_TAKEN") as caught:
        teach_name(office.desk("van_thu"), office.office.id, "Phòng Tư pháp", office.office.drafting_unit_id)
    assert caught.value.facts["by"] == "Phòng Tư pháp"


def test_entered_twice_it_is_one_unit(office: Cast) -> None:
    body_id = teach_name(office.drafter(), office.office.id, "Tổ công nghệ số", None)
    with refused(office.database, "NAME_TAKEN"):
        teach_name(office.drafter(), office.office.id, "Tổ công nghệ số", None)
    assert meaning(office, "Tổ công nghệ số") == body_id


@pytest.mark.parametrize(("name", "code"), [("", "FIELD_REQUIRED"), (" ", "FIELD_REQUIRED"), ("x" * 301, "TOO_LONG")])
def test_a_name_is_demanded(office: Cast, name: str, code: str) -> None:
    with refused(office.database, code):
        teach_name(office.desk("van_thu"), office.office.id, name, None)


def test_only_people_of_the_office_teach_and_only_bodies_that_exist(office: Cast) -> None:
    for desk in (office.desk("chu_tich", 1), office.desk("thu_truong", office.office.front_id)):
        with refused(office.database, "NOT_YOURS"):
            teach_name(desk, office.office.id, "Tổ giúp việc", None)
    with refused(office.database, "NOT_FOUND"):
        teach_name(office.desk("van_thu"), office.office.id, "Tổ giúp việc", 10_000)
