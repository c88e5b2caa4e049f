"""The words of plans, on each kind of database: kept with the text, found by word and phrase, gone with the plan."""

from __future__ import annotations

from itertools import pairwise
from json import dumps
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select

from tests.databases import PostgresServer
from tests.store.office import NOW, Office, enter_office
from tests.store.plan_of import add_plan
from workflows.plans.document import PlanDocument
from workflows.plans.written_words import best_place, countable, folded_words, marked_words, spans_of
from workflows.store import plans
from workflows.store.database import Database, open_memory
from workflows.store.plan_words import PLAN_WORDS
from workflows.store.tables.plan_words import plan_words
from workflows.store.tables.plans import plan_versions
from workflows.store.tables.plans import plans as plan_table
from workflows.store.word_index import Among

from .released_versions import left_in_file, left_on_postgres

TEXT = "KẾ HOẠCH\nPhòng, chống tác hại của rượu bia tại Nhà văn hoá xã Ðức Tân;\nỦy ban nhân dân xã giao Trạm Y tế."


def written(connection: Connection, office: Office, text: str = TEXT, **more: object) -> int:
    plan_id = add_plan(connection, office, **more)
    plans.add_version(connection, plan_id, 1, PlanDocument(), text, NOW, "An", None)
    return plan_id


def found(connection: Connection, office: Office, *parts: str, marked: bool = False, most: int = 9) -> list[int]:
    return PLAN_WORDS.found(connection, Among(office.commune), parts, most, marked=marked)


def test_words_and_phrases_are_found_without_marks_and_with_them(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        one = written(connection, office)
        two = written(connection, office, "Phòng cháy, chữa cháy; chống hạn; ủy quyền dân nhân ban", title="Phòng cháy")
        assert found(connection, office, "phong", "chong") == [two, one]
        assert found(connection, office, "phong chong") == found(connection, office, "Phòng-chống") == [one]
        assert found(connection, office, "uy ban nhan dan") == [one]
        assert found(connection, office, "quyen dan nhan ban") == [two]
        assert found(connection, office, "ban nhan dan xa giao tram") == [one]
        assert found(connection, office, "nhan dan uy ban") == []
        assert (
            found(connection, office, "van hoa xa duc tan") == found(connection, office, "phong chong tac hai") == [one]
        )
        for typed in ("văn hóa", "văn hoá", "VĂN HOÁ", "đức tân", "Nhà Văn Hóa Xã Đức"):
            assert found(connection, office, typed, marked=True) == [one], typed
        assert found(connection, office, "van hoa", marked=True) == []
        assert found(connection, office, "hoạ") == found(connection, office, "hoa") == [one]
        assert found(connection, office, "phon") == found(connection, office, "ong") == found(connection, office) == []
        assert found(connection, office, "phong", most=1) == [two]


def test_only_the_plans_that_are_asked_are_found(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        own = written(connection, office)
        other = written(connection, office, office_id=office.province)
        third = written(connection, office, office_id=office.province)
        assert found(connection, office, "ruou bia") == [own]
        ids = dumps([other, own, third + 1])
        for words in ("ruou bia", "tac hai cua ruou"):
            assert PLAN_WORDS.found(connection, Among(ids), [words], 9) == [other, own]


def test_the_words_are_those_of_the_current_text_its_title_and_number(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        plan_id = written(connection, office)
        plans.add_version(connection, plan_id, 2, PlanDocument(), "Chuyên đề khuyến nông", NOW, "An", None)
        assert found(connection, office, "ruou bia") == [plan_id]
        assert found(connection, office, "khuyen nong") == []
        plans.change_plan(connection, plan_id, version=2, title="Khuyến nông vụ xuân")
        assert found(connection, office, "ruou bia") == []
        assert found(connection, office, "vu xuan", "chuyen de") == [plan_id]
        plans.change_plan(connection, plan_id, number=16, symbol="KH-UBND")
        assert found(connection, office, "16/KH-UBND", "chuyen de") == [plan_id]
        assert connection.scalar(select(func.count()).select_from(plan_words)) == 1


def test_the_words_go_with_their_plan(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        gone, left = written(connection, office), written(connection, office)
        connection.execute(delete(plan_versions).where(plan_versions.c.plan_id == gone))
        connection.execute(delete(plan_table).where(plan_table.c.id == gone))
        assert found(connection, office, "ruou bia") == [left]
        if database.is_sqlite:  # what stands in the index itself, not only in the rows that it is asked about
            connection.exec_driver_sql("INSERT INTO plan_words_index (plan_words_index) VALUES ('integrity-check')")


def test_a_text_that_is_rolled_back_leaves_no_words(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
    with pytest.raises(KeyError), database.write() as connection:
        written(connection, office)
        raise KeyError
    with database.read() as connection:
        assert found(connection, office, "ruou bia") == []


@pytest.mark.parametrize("word", ["x" * 5000, "ẫ" * 3000, "1" * 5000])
def test_no_word_is_too_long_to_be_kept_or_asked(database: Database, word: str) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        plan_id = written(connection, office, f"Kế hoạch {word} {word} hết")
        assert found(connection, office, word) == found(connection, office, f"{word} {word} het") == [plan_id]


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4))
def test_nothing_that_is_asked_is_a_query_language(parts: list[str]) -> None:
    with ASKED.read() as connection:
        assert PLAN_WORDS.found(connection, Among(1), parts, 9) == []
        assert PLAN_WORDS.found(connection, Among("[1]"), parts, 9, marked=True) == []


ASKED = open_memory()


@pytest.mark.parametrize("kind", ["file", pytest.param("postgres", marks=pytest.mark.postgres)])
def test_an_upgrade_finds_the_words_of_plans_that_were_there(
    request: pytest.FixtureRequest, kind: str, tmp_path: Path
) -> None:
    if kind == "file":
        check_upgraded(left_in_file("0020", tmp_path / "old.sqlite"))
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.new_database() as url:
        check_upgraded(left_on_postgres("0020", url, tmp_path / "old.sqlite"))


def check_upgraded(database: Database) -> None:
    database.upgrade()
    with database.read() as connection:
        rows = connection.execute(
            select(plan_table.c.id, plan_table.c.office_id, plan_versions.c.text).join(
                plan_versions,
                (plan_versions.c.plan_id == plan_table.c.id) & (plan_versions.c.version == plan_table.c.version),
            )
        ).all()
        assert rows
        for row in rows:
            last = " ".join(folded_words(row.text).split()[-4:])
            assert row.id in PLAN_WORDS.found(connection, Among(row.office_id), [last], 99)
    database.close()


WORDS = st.lists(
    st.sampled_from(["hoà", "hòa", "Hoa", "ĐỨC", "đuc", "tân", "a", "-", "(", "x1", "\n", "ubnd"]), max_size=30
)


@given(WORDS, st.lists(st.sampled_from(["hoa", "duc tan", "a", "hoa hoa", "ubnd x1"]), min_size=1, max_size=3))
def test_places_are_whole_words_and_the_best_place_is_one_of_them(words: list[str], parts: list[str]) -> None:
    text = countable(" ".join(words))
    spans = spans_of(text, parts)
    joined = {part.replace(" ", "") for part in parts}
    assert all(folded_words(text[begin:end]).replace(" ", "") in joined for begin, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    whole = f" {folded_words(text)} "
    assert bool(spans) == any(f" {part} " in whole for part in parts)
    place = best_place(text, parts, parts[0])
    assert (place is None) == (not spans)


def test_the_best_place_is_where_it_stands_as_typed_or_where_most_is_together() -> None:
    far = " xa" * 200
    text = countable(f"trưởng thôn.{far} trường thôn {far} kinh phí {far} kinh phí của trường học")
    assert text[best_place(text, ["truong", "thon"], "trường thôn") or 0 :].startswith("trường thôn")
    assert best_place(text, ["truong", "thon"], "truong thon") == 0
    assert text[best_place(text, ["truong", "kinh"], "trường kinh") or 0 :].startswith("kinh phí của trường")


def test_tones_stand_in_one_place() -> None:
    assert marked_words("Hoà thuỷ, HOẠ") == marked_words("Hòa thủy, HỌA") == "hòa thủy họa"
