"""What is found on each kind of database: bounded counts, the very marks first, other offices' plans, pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection, insert

from workflows.plans.document import PlanDocument
from workflows.plans.names import fold
from workflows.store import directory
from workflows.store import plans as plans_store
from workflows.store.database import Database
from workflows.store.screens.search import (
    KINDS,
    MOST_COUNTED,
    Found,
    Question,
    places_of,
    search,
    texts_with,
    wanted_of,
)
from workflows.store.screens.sight import Sight
from workflows.store.tables.issuing import recipients, register
from workflows.store.tables.plans import duties, plans

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


def add_plan(connection: Connection, office: int, title: str, number: int | None = None) -> int:
    row = {
        "office_id": office, "drafting_unit_id": office, "title": title, "fold": fold(title), "status": "in_force",
        "version": 1, "signer_role": "chu_tich", "consulted": [], "added_recipients": [], "number": number,
        "symbol": "KH-UBND", "created_at": NOW,
    }  # fmt: skip
    plan_id = int(connection.execute(insert(plans).values(row).returning(plans.c.id)).scalar_one())
    duty = {"plan_id": plan_id, "no": "1", "title": f"Làm {title}", "fold": fold(f"Làm {title}"), "leads": []}
    connection.execute(insert(duties).values(**duty, coop=[], products=[]))
    return plan_id


def found(connection: Connection, office: int, typed: str, kind: str = "", page: int = 1) -> Found:
    sight = Sight(frozenset({office}), frozenset({office}), frozenset({f"van_thu@{office}"}), "1")
    question = Question(wanted_of(typed), (kind,) if kind else (), page)
    within = texts_with(connection, places_of(connection, sight), question)
    return search(connection, sight, within, question, date(2026, 11, 27))


def test_counts_are_bounded_and_the_very_marks_come_first(database: Database) -> None:
    with database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        marked = add_plan(connection, office, "Trường học thôn Đông")
        for number in range(MOST_COUNTED + 5):
            add_plan(connection, office, f"Trưởng thôn {number}")
        plain = found(connection, office, "truong", "plan")
        assert plain.counts["plan"] == plain.counts["duty"] == MOST_COUNTED + 1
        assert (len(plain.hits), plain.more) == (20, True)
        assert [hit.id for hit in plain.hits] == sorted((hit.id for hit in plain.hits), reverse=True)
        assert marked not in {hit.id for hit in plain.hits}
        assert found(connection, office, "trường", "plan").hits[0].id == marked
        seen = {hit.id for page in range(1, 12) for hit in found(connection, office, "truong", "plan", page).hits}
        assert len(seen) == MOST_COUNTED + 6


def test_numbers_symbols_and_the_book(database: Database) -> None:
    with database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        plan_id = add_plan(connection, office, "Kế hoạch cải cách", 16)
        line = {
            "office_id": office, "series": "QĐ", "year": 2026, "number": 16, "symbol": "QĐ-UBND", "subject": "plan",
            "subject_id": plan_id, "title": "Quyết định", "document_on": date(2026, 1, 5), "status": "issued",
            "entered_at": NOW, "fold": "quyet dinh",
        }  # fmt: skip
        connection.execute(insert(register).values(line))
        (hit,) = found(connection, office, "16/KH-UBND", "plan").hits
        assert (hit.id, hit.number, hit.symbol, hit.plan_id) == (plan_id, 16, "KH-UBND", plan_id)
        (hit,) = found(connection, office, "16 qd ubnd").hits
        assert (hit.kind, hit.on, hit.plan_id, hit.state) == ("document", date(2026, 1, 5), plan_id, "issued")
        assert found(connection, office, "17/KH-UBND").hits == []
        assert found(connection, office, "16\0 qd ubnd").hits == [hit]


def test_plans_of_other_offices_are_found_when_they_concern_the_own_bodies(database: Database) -> None:
    with database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        other = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        sent, kept = (add_plan(connection, other, f"Phòng cháy {each}") for each in "ab")
        own = add_plan(connection, office, "Phòng cháy chung")
        row = {
            "subject": "plan", "subject_id": sent, "line": 1, "raw": "xã", "body_id": office, "body_name": "xã",
            "channel": "paper", "status": "da_gui",
        }  # fmt: skip
        connection.execute(insert(recipients).values(row))
        seen = found(connection, office, "phong chay")
        assert [hit.id for hit in seen.hits if hit.kind == "plan"] == [own, sent]
        assert {hit.plan_id for hit in seen.hits if hit.kind == "duty"} == {own, sent}
        assert kept not in {hit.plan_id for hit in seen.hits}
        assert {kind: seen.counts[kind] for kind in KINDS if seen.counts[kind]} == {"plan": 2, "duty": 2}


def add_text(connection: Connection, plan_id: int, text: str) -> None:
    plans_store.add_version(connection, plan_id, 1, PlanDocument(), text, NOW, "An", None)


def test_plans_are_found_by_their_text_beside_those_that_are_called_so(database: Database) -> None:
    with database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        long = "Phần chung.\n" + "Tổ chức thực hiện. " * 100
        first = add_plan(connection, office, "Kế hoạch an toàn giao thông", 16)
        add_text(connection, first, f"{long}\nGiao Trạm Y tế <b>phòng bệnh dại</b> ở chó & mèo.\n{long}")
        called = add_plan(connection, office, "Phòng bệnh dại")
        last = add_plan(connection, office, "Kế hoạch y tế")
        add_text(connection, last, f"{long}\nPhòng bệnh đại tràng.")
        seen = found(connection, office, "phong benh dai", "plan")
        assert [(hit.id, hit.in_text) for hit in seen.hits] == [(last, True), (called, False), (first, True)]
        assert seen.counts["plan"] == 3
        assert [hit.id for hit in found(connection, office, "bệnh dại", "plan").hits] == [called, first, last]
        (hit,) = found(connection, office, '"chó mèo"', "plan").hits
        assert hit.text.startswith("Giao Trạm Y tế <b>phòng bệnh dại</b> ở chó & mèo.")
        assert found(connection, office, '"mèo chó"', "plan").hits == []
        assert [hit.id for hit in found(connection, office, "16/KH-UBND tram y te").hits] == [first]
        assert found(connection, office, "benh dai", "duty").counts["plan"] == 3


def test_texts_of_other_offices_are_found_when_they_concern_the_own_bodies(database: Database) -> None:
    with database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        other = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        sent, kept = (add_plan(connection, other, f"Kế hoạch {each}") for each in "ab")
        for plan_id in (sent, kept):
            add_text(connection, plan_id, "Phòng cháy, chữa cháy rừng")
        row = {
            "subject": "plan", "subject_id": sent, "line": 1, "raw": "xã", "body_id": office, "body_name": "xã",
            "channel": "paper", "status": "da_gui",
        }  # fmt: skip
        connection.execute(insert(recipients).values(row))
        assert [hit.id for hit in found(connection, office, "chữa cháy rừng").hits] == [sent]


def test_texts_are_counted_to_a_bound_and_all_their_pages_can_be_read(database: Database) -> None:
    with database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Đức Tân")
        marked = add_plan(connection, office, "Kế hoạch xa xưa")
        add_text(connection, marked, "Trường học")
        for number in range(MOST_COUNTED + 5):
            add_text(connection, add_plan(connection, office, f"Kế hoạch {number}"), "Trưởng thôn")
        assert found(connection, office, "truong").counts["plan"] == MOST_COUNTED + 1
        assert found(connection, office, "trường", "plan").hits[0].id == marked
        seen = {hit.id for page in range(1, 12) for hit in found(connection, office, "truong", "plan", page).hits}
        assert len(seen) == MOST_COUNTED + 6
