"""Plans with versions, duties and their occurrences; rounds of consultation with their opinions."""

from __future__ import annotations

from datetime import date, timedelta
from hashlib import sha256

import pytest

from tests.store.office import NOW, enter_office
from tests.store.plan_of import add_plan
from workflows.errors import NotFound
from workflows.plans.document import PlanDocument
from workflows.store import consultation, plans
from workflows.store.database import Database


def test_a_plan_and_its_versions_come_back(database: Database) -> None:
    document = PlanDocument(lines=("KẾ HOẠCH", "Chuyển đổi số"), title="Chuyển đổi số", date=date(2026, 3, 1))
    with database.write() as connection:
        office = enter_office(connection)
        plan_id = add_plan(connection, office)
        first = plans.add_version(connection, plan_id, 1, document, "KẾ HOẠCH", NOW, "An", None)
        plans.add_version(connection, plan_id, 2, document, "KẾ HOẠCH 2", NOW, "An", "sửa mục I")
        plans.change_plan(connection, plan_id, version=2, status="routing")
    with database.read() as connection:
        plan = plans.plan(connection, plan_id)
        assert (plan.status, plan.version, plan.created_at) == ("routing", 2, NOW)
        assert plan.consulted == (plans.Consulted(office.front, True),)
        assert plans.version(connection, plan_id, 1) == first
        assert first.content_hash == sha256("KẾ HOẠCH".encode()).hexdigest()
        assert first.document == document
        current = plans.current_version(connection, plan_id)
        assert (current.text, current.note) == ("KẾ HOẠCH 2", "sửa mục I")
        assert [each.version for each in plans.versions(connection, plan_id)] == [1, 2]
        for ask in (lambda: plans.plan(connection, 99), lambda: plans.version(connection, plan_id, 3)):
            with pytest.raises(NotFound):
                ask()


def test_occurrences_open_once_when_their_day_has_come(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        plan_id = add_plan(connection, office, status="in_force")
        duty = {"plan_id": plan_id, "no": "1", "title": "Tập huấn", "coop": [], "products": ["Báo cáo"]}
        duty_id = plans.add_duty(connection, {**duty, "leads": [{"raw": "Phòng VH-XH", "body": office.culture}]})
        row = {"duty_id": duty_id, "body_id": office.culture, "required": 1}
        days = {"2026-Q2": date(2026, 4, 1), "2026-Q1": date(2026, 1, 1), "2026-Q3": date(2026, 7, 1)}
        plans.add_occurrences(connection, [{**row, "key": key, "opens_on": day} for key, day in days.items()])
        found = plans.occurrences_to_open(connection, date(2026, 4, 1), 10)
        assert [(each.key, each.body_id, each.office_id) for each in found] == [
            ("2026-Q1", office.culture, office.commune),
            ("2026-Q2", office.culture, office.commune),
        ]
        assert found[0].duty.products == ("Báo cáo",)
        first = found[0].id
        assert plans.claim_occurrences(connection, [first], NOW) == {first}
        assert plans.claim_occurrences(connection, [first], NOW) == set()
        assert plans.change_occurrence(connection, first, case_id=5) == 1
        left = plans.occurrences_to_open(connection, date(2026, 4, 1), 10)
        assert [each.key for each in left] == ["2026-Q2"]
        plans.change_plan(connection, plan_id, status="stopped")
        assert plans.occurrences_to_open(connection, date(2026, 4, 1), 10) == []


def test_duties_are_forgotten_before_a_new_reading(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        plan_id = add_plan(connection, office)
        for no in ("1", "2"):
            plans.add_duty(
                connection, {"plan_id": plan_id, "no": no, "title": no, "leads": [], "coop": [], "products": []}
            )
        assert [each.no for each in plans.duties_of(connection, plan_id)] == ["1", "2"]
        plans.forget_duties(connection, plan_id)
        assert plans.duties_of(connection, plan_id) == []


def test_a_round_asks_each_body_once(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        plan_id = add_plan(connection, office)
        assert consultation.latest_round(connection, plan_id) is None
        values = {
            "plan_id": plan_id,
            "version": 1,
            "content_hash": "ab12",
            "mode": "gop_y",
            "mandatory": [office.front],
            "others_needed": 1,
            "opened_at": NOW,
            "deadline": NOW + timedelta(days=5),
        }
        asked = [(office.front, "MTTQ xã"), (office.finance, "Phòng Kinh tế")]
        first = consultation.add_round(connection, {**values, "no": 1}, asked)
        second = consultation.add_round(connection, {**values, "no": 2}, [])
        assert (first.mandatory, first.closed_at) == ((office.front,), None)
        assert consultation.latest_round(connection, plan_id) == second
        assert consultation.rounds_of(connection, plan_id) == [first, second]
        front, finance = consultation.opinions_of(connection, first.id)
        assert (front.body_name, front.outcome, finance.body_id) == ("MTTQ xã", None, office.finance)
        consultation.change_opinion(connection, front.id, outcome="nhat_tri", given_at=NOW, late=True)
        consultation.change_round(connection, first.id, closed_at=NOW)
        answered = consultation.opinions_of(connection, first.id)[0]
        assert (answered.outcome, answered.given_at, answered.late) == ("nhat_tri", NOW, True)
        assert consultation.rounds_of(connection, plan_id)[0].closed_at == NOW
