"""Thành lập nhiều cơ quan: judged by line, made whole, twice is once, taken back while nobody was there."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.actions.founding_file import at, found, lines, look, operator, row
from tests.actions.small_office import everything, refused
from tests.nightly import size
from tests.stories.cast import Cast
from workflows.actions.founding.found import begin_founding, carry_on
from workflows.actions.founding.judge import Judged
from workflows.actions.founding.take_back import take_back_founding
from workflows.engine.actor import Actor
from workflows.errors import Refused
from workflows.store import accounts, directory, foundings
from workflows.store.database import Database
from workflows.store.directory import Body
from workflows.store.tables.directory import bodies, body_names, people, posts
from workflows.store.tables.telling import outbox

PROVINCE = row("Ủy ban nhân dân tỉnh Bình Minh", "tỉnh")
COMMUNE = row("Ủy ban nhân dân xã Tân Lập", above="UBND tỉnh Bình Minh")
WARD = row("Ủy ban nhân dân phường Hòa Bình", "phường", "Ủy ban nhân dân tỉnh Bình Minh")


def codes(judged: list[Judged]) -> list[list[str]]:
    return [[each.code for each in one.problems] for one in judged]


def statuses(judged: list[Judged]) -> list[str]:
    return [each.status for each in judged]


def office(database: Database, name: str) -> Body:
    with database.read() as connection:
        (found_one,) = [each for each in directory.offices(connection) if each.name == name]
    return found_one


def test_offices_are_made_whole_wherever_the_one_above_stands_in_the_file(database: Database) -> None:
    desk = operator(database)
    founding_id = found(desk, COMMUNE, WARD, PROVINCE, portion=1)
    province, commune = office(database, PROVINCE["ten_co_quan"]), office(database, COMMUNE["ten_co_quan"])
    assert (commune.parent_id, commune.office_id, commune.level) == (province.id, commune.id, "xã")
    assert (commune.short_name, commune.place) == ("UBND xã Tân Lập", "Tân Lập")
    with database.read() as connection:
        units = [each.name for each in directory.bodies_of(connection, commune.id) if each.id != commune.id]
        assert "Phòng Văn hóa - Xã hội" in units
        meant = directory.find_body(connection, commune.id, "UBND xã", desk.now.date())
        assert meant is not None
        assert meant.id == commune.id
        (held,) = directory.holders_of(connection, f"quan_tri@{commune.id}", desk.now.date())
        assert (held.name, held.email) == (COMMUNE["quan_tri"], COMMUNE["thu_quan_tri"])
        told = [each.data for each in connection.execute(select(outbox).where(outbox.c.kind == "account_invited"))]
        assert {each["office"] for each in told} == {each["ten_co_quan"] for each in (PROVINCE, COMMUNE, WARD)}
        founding = foundings.founding(connection, founding_id)
        assert founding.running is None
        assert {each.status for each in foundings.lines_of(connection, founding_id)} == {"made"}


def test_the_same_file_twice_makes_nothing_twice(memory: Database) -> None:
    desk = operator(memory)
    found(desk, PROVINCE, COMMUNE)
    before = everything(memory)
    assert statuses(look(desk, PROVINCE, COMMUNE)) == ["there", "there"]
    with refused(memory, "NOTHING_TO_FOUND"):
        begin_founding(desk, lines(PROVINCE, COMMUNE), "co-quan.csv")
    assert statuses(look(desk, PROVINCE, COMMUNE, WARD)) == ["there", "there", "new"]
    assert everything(memory) == before


def test_a_file_that_stopped_in_the_middle_is_carried_on(memory: Database) -> None:
    desk = operator(memory)
    rows = [PROVINCE, *(row(f"UBND xã Số {number}", above="UBND tỉnh Bình Minh") for number in range(9))]
    founding_id = begin_founding(desk, lines(*rows), "co-quan.csv")
    assert carry_on(desk, founding_id, 4) == 6
    with refused(memory, "FOUNDING_RUNS"):
        begin_founding(desk, lines(WARD), "khac.csv")
    assert carry_on(desk, founding_id, 4) == 2
    assert carry_on(desk, founding_id, 4) == 0
    assert carry_on(desk, founding_id, 4) == 0
    assert all(each.parent_id for each in (office(memory, one["ten_co_quan"]) for one in rows[1:]))


def test_what_is_wrong_is_said_beside_what_is_right(memory: Database) -> None:
    desk = operator(memory)
    bad_above = row("UBND xã Lẻ", above="UBND tỉnh Không Có")
    rows = [
        COMMUNE,
        bad_above,
        row("UBND thôn Dưới", "khác", "UBND xã Lẻ"),
        PROVINCE,
        COMMUNE | {"thu_quan_tri": "khac@a.example"},
        row("UBND xã Thư", mail="khong phai thu"),
        row("UBND xã Cấp", "bang"),
        row("-UBND xã Trừ"),
        row("UBND xã Mã", ma_dinh_danh="H56"),
        row("UBND xã Máy", dien_thoai="gọi sau"),
        row("UBND xã Mẫu", mau_to_chuc="như UBND xã Sao Hỏa"),
        {"ten_co_quan": "UBND xã Trống"},
        row("UBND xã Vòng Một", above="UBND xã Vòng Hai"),
        row("UBND xã Vòng Hai", above="UBND xã Vòng Một"),
    ]
    judged = look(desk, *rows)
    assert codes(judged) == [
        [], ["FOUND_NO_ABOVE"], ["FOUND_ABOVE_WRONG"], [], ["FOUND_TWICE"], ["FOUND_BAD_MAIL"], ["SHEET_WORD"],
        ["FOUND_DANGEROUS"], ["FOUND_BAD_CODE"], ["FOUND_BAD_PHONE"], ["FOUND_NO_TEMPLATE"],
        ["FOUND_EMPTY"] * 3, ["FOUND_CYCLE"], ["FOUND_CYCLE"],
    ]  # fmt: skip
    found(desk, *rows)
    with memory.read() as connection:
        names = {each.name for each in directory.offices(connection)}
    assert {PROVINCE["ten_co_quan"], COMMUNE["ten_co_quan"]} <= names
    assert not {each["ten_co_quan"] for each in rows[5:]} & names


def test_who_has_the_address_already_must_be_the_same_person(cast: Cast) -> None:
    desk = at(cast)
    with cast.database.write() as connection:
        directory.add_person(connection, "Trần Văn Sẵn", "San@a.example")
        other = directory.add_person(connection, "Lê Thị Khác", "k@a.example")
        accounts.add_account(connection, other, "ten@a.example", "-")
    same = {"quan_tri": "Trần Văn Sẵn", "mail": "san@a.example"}
    rows = [
        row("UBND xã Một", **same),
        row("UBND xã Hai", **same),
        row("UBND xã Ba", mail="san@a.example"),
        row("UBND xã Bốn", mail="ten@a.example"),
    ]
    judged = look(desk, *rows)
    assert codes(judged) == [[], [], ["FOUND_MAIL_TWICE", "FOUND_MAIL_OF"], ["FOUND_LOGIN_TAKEN"]]
    found(desk, *rows)
    with cast.database.read() as connection:
        assert connection.scalar(select(func.count()).where(func.lower(people.c.email) == "san@a.example")) == 1
        told = connection.scalar(select(func.count()).where(outbox.c.kind == "account_invited"))
    assert told == 1


def test_an_office_may_be_made_like_another(cast: Cast) -> None:
    desk = at(cast)
    with cast.database.read() as connection:
        model = directory.body(connection, cast.office.id)
    found(desk, row("UBND xã Giống", mau_to_chuc=f"như {model.name}"))
    with cast.database.read() as connection:
        (made,) = [each for each in directory.offices(connection) if each.name == "UBND xã Giống"]
        theirs = select(bodies.c.kind, bodies.c.name).order_by(bodies.c.id)
        theirs = theirs.where(bodies.c.kind.not_in(("office", "group")))
        before = [row.kind for row in connection.execute(theirs.where(bodies.c.office_id == model.id))]
        after = [row.kind for row in connection.execute(theirs.where(bodies.c.office_id == made.id))]
        assert before
        assert before == after
        of_units = select(func.count()).select_from(posts).join(bodies, bodies.c.id == posts.c.body_id)
        of_units = of_units.where(bodies.c.kind.not_in(("office", "group")))
        counts = [connection.scalar(of_units.where(bodies.c.office_id == each)) for each in (model.id, made.id)]
        assert counts[0] == counts[1]


def test_only_who_keeps_the_house_may(cast: Cast) -> None:
    stranger = replace(at(cast), by=Actor(person="1", name="Ai đó", groups=frozenset({"quan_tri@9999"})))
    for deed in (look, begin_founding):
        with pytest.raises(Refused, match="NOT_PROCESS_KEEPER"):
            deed(stranger, *([PROVINCE] if deed is look else [lines(PROVINCE), "a.csv"]))  # type: ignore[operator] # two


def test_it_is_taken_back_whole_while_nobody_was_there(database: Database) -> None:
    desk = operator(database)
    with database.read() as connection:
        before = [connection.scalar(select(func.count()).select_from(each)) for each in (bodies, posts, body_names)]
    founding_id = found(desk, PROVINCE, COMMUNE)
    back = take_back_founding(replace(desk, now=desk.now + timedelta(days=6)), founding_id)
    assert (back.gone, back.stay) == (2, 0)
    with database.read() as connection:
        after = [connection.scalar(select(func.count()).select_from(each)) for each in (bodies, posts, body_names)]
        assert {each.status for each in foundings.lines_of(connection, founding_id)} == {"undone"}
    assert after == before
    with refused(database, "FOUNDING_UNDONE"):
        take_back_founding(desk, founding_id)
    found(desk, PROVINCE, COMMUNE)


def test_offices_where_somebody_signed_in_or_worked_stay(database: Database) -> None:
    desk = operator(database)
    rows = [row(f"UBND xã Số {number}") for number in range(4)]
    founding_id = found(desk, *rows)
    used, worked = office(database, "UBND xã Số 0"), office(database, "UBND xã Số 2")
    with database.write() as connection:
        (held,) = directory.holders_of(connection, f"quan_tri@{used.id}", desk.now.date())
        session = accounts.Session("h", held.person_id, held.name, "f", desk.now, desk.now, desk.now)
        accounts.open_session(connection, session, None)
        directory.add_body(connection, kind="office", name="UBND thôn", parent_id=worked.id)
    back = take_back_founding(desk, founding_id)
    assert (back.gone, back.stay) == (2, 2)
    with database.read() as connection:
        names = {each.name for each in directory.offices(connection)}
    assert {"UBND xã Số 0", "UBND xã Số 2"} <= names
    assert not {"UBND xã Số 1", "UBND xã Số 3"} & names


def test_after_a_week_it_is_too_late(memory: Database) -> None:
    desk = operator(memory)
    founding_id = found(desk, PROVINCE)
    with refused(memory, "UNDO_OVER"):
        take_back_founding(replace(desk, now=desk.now + timedelta(days=8)), founding_id)


def test_many_offices_are_made_in_few_statements(memory: Database) -> None:
    many = size(60, 1000)
    desk = operator(memory)
    founding_id = found(desk, *(row(f"UBND xã Số {number}") for number in range(many)))
    with memory.read() as connection:
        assert [each.status for each in foundings.lines_of(connection, founding_id)] == ["made"] * many
