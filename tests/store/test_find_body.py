"""Which body a name in a document means."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from tests.store.office import NOW, TODAY, enter_office
from workflows.plans.names import body_key
from workflows.store import directory
from workflows.store.database import Database


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("Phòng Văn hóa - Xã hội", "culture"),
        ("PHONG VAN HOA XA HOI", "culture"),
        (unicodedata.normalize("NFD", "phòng  văn hoá – xã hội"), "culture"),
        ("P. Kinh tế", "finance"),
        ("Các ban, ngành xã", "everybody"),
        ("UBND xã", "commune"),
        ("Ủy ban nhân dân tỉnh Bình Thuận", "province"),
        ("Sở VHTTDL", "department"),
        ("UBND tỉnh Bình Thuận", "province"),
        ("Bộ phận Kinh tế", None),
        ("MTTQ xã", None),
        ("UBMTTQ Việt Nam xã", "front"),
        ("Ủy ban nhân dân xã Ðức Tân", "commune"),
    ],
)
def test_any_of_its_names_in_any_spelling(database: Database, name: str, whose: str | None) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        found = directory.find_body(connection, office.commune, name, TODAY)
        assert (found.id if found else None) == (getattr(office, whose) if whose else None)


def test_nobody_is_called_so(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        assert directory.find_body(connection, office.commune, "Hội Nông dân", TODAY) is None
        assert directory.find_body(connection, office.commune, " - ", TODAY) is None


def test_the_nearest_is_meant(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        own = directory.add_body(connection, kind="unit", name="Văn phòng", office_id=office.commune)
        above = directory.add_body(connection, kind="unit", name="Văn phòng", office_id=office.province)
        for asking, expected in ((office.commune, own), (office.province, above)):
            found = directory.find_body(connection, asking, "văn phòng", TODAY)
            assert found is not None
            assert found.id == expected


def test_elsewhere_under_the_same_root_only_when_it_is_the_only_one(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)

        def neighbour(name: str) -> int:
            return directory.add_body(connection, kind="office", name=name, parent_id=office.province)

        one, other = neighbour("UBND xã Một"), neighbour("UBND xã Hai")
        first = directory.add_body(connection, kind="unit", name="Trạm Y tế", office_id=one, parent_id=one)
        found = directory.find_body(connection, office.commune, "Trạm Y tế", TODAY)
        assert found is not None
        assert found.id == first
        directory.add_body(connection, kind="unit", name="Trạm Y tế", office_id=other, parent_id=other)
        assert directory.find_body(connection, office.commune, "Trạm Y tế", TODAY) is None
        stranger = directory.add_body(connection, kind="office", name="UBND tỉnh Khác")
        assert directory.find_body(connection, office.commune, "UBND tỉnh Khác", TODAY) is None
        own = directory.find_body(connection, stranger, "UBND tỉnh Khác", TODAY)
        assert own is not None


def test_a_full_name_comes_before_a_short_one_and_that_before_an_alias(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)

        def unit(name: str, short: str | None = None, aliases: tuple[str, ...] = ()) -> int:
            return directory.add_body(
                connection, kind="unit", name=name, short_name=short, aliases=aliases, office_id=office.commune
            )

        unit("Một", aliases=("Tổ dân vận",))
        short = unit("Hai", short="Tổ dân vận")
        found = directory.find_body(connection, office.commune, "Tổ dân vận", TODAY)
        assert found is not None and found.id == short
        full = unit("Tổ dân vận")
        found = directory.find_body(connection, office.commune, "Tổ dân vận", TODAY)
        assert found is not None and found.id == full
        unit("tổ dân vận")
        assert directory.find_body(connection, office.commune, "Tổ dân vận", TODAY) is None


def test_a_taught_name_is_found(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        assert directory.find_body(connection, office.commune, "Ban VHXH xã", TODAY) is None
        for _ in range(2):
            directory.add_alias(connection, office.culture, "Ban VHXH xã")
        found = directory.find_body(connection, office.commune, "ban vhxh xa", TODAY)
        assert found is not None
        assert (found.id, found.aliases) == (office.culture, ("Ban VHXH xã",))


def test_an_ended_body_is_followed_to_its_successor(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        district = directory.add_body(
            connection,
            kind="office",
            name="UBND huyện Tánh Linh",
            valid_to=date(2025, 6, 30),
            parent_id=office.province,
        )
        asked = "UBND huyện Tánh Linh"
        before = directory.find_body(connection, office.commune, asked, date(2025, 6, 30))
        assert before is not None
        assert before.id == district
        assert directory.find_body(connection, office.commune, asked, date(2025, 7, 1)) is None
        directory.end_body(connection, district, date(2025, 6, 30), office.commune)
        after = directory.find_body(connection, office.commune, asked, date(2025, 7, 1))
        assert after is not None
        assert after.id == office.commune


def test_both_names_are_told_of_a_body_that_lives_on_in_another(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        district = directory.add_body(
            connection, kind="office", name="UBND huyện Tánh Linh", short_name="UBND huyện", parent_id=office.province
        )
        day = date(2025, 7, 1)
        directory.end_body(connection, district, date(2025, 6, 30), office.commune)
        for written in ("UBND huyện Tánh Linh", "Ủy ban nhân dân huyện Tánh Linh", "UBND huyện"):
            meant = directory.find_meant(connection, office.commune, written, day)
            assert meant is not None and meant.succeeded
            assert (meant.called.name, meant.body.id) == ("UBND huyện Tánh Linh", office.commune)
        own = directory.find_meant(connection, office.commune, "Phòng Kinh tế", day)
        assert own is not None and not own.succeeded


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("TT. HĐND xã", "Thường trực HĐND xã"),
        ("TTr HĐND xã", "Thường trực Hội đồng nhân dân xã"),
        ("UBMTTQVN xã", "Ủy ban Mặt trận Tổ quốc Việt Nam xã"),
        ("BBT Cổng TTĐT xã", "Ban Biên tập Cổng Thông tin điện tử xã"),
        ("VP HĐND&UBND xã", "Văn phòng HĐND và UBND xã"),
        ("Phòng VH-XH", "Phòng Văn hóa - Xã hội"),
        ("Sở NN&MT", "Sở Nông nghiệp và Môi trường"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở KH&CN", "Sở Khoa học và Công nghệ"),
        ("UBND TP Hải Đông", "UBND thành phố Hải Đông"),
    ],
)
def test_abbreviations_of_offices_find_the_full_name(written: str, name: str) -> None:
    assert body_key(written) == body_key(name)


def test_a_circle_of_successors_ends(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        directory.end_body(connection, office.culture, date(2026, 1, 1), office.finance)
        directory.end_body(connection, office.finance, date(2026, 1, 1), office.culture)
        assert directory.find_body(connection, office.commune, "Phòng Kinh tế", TODAY) is None
        assert directory.groups_of(connection, office.head, NOW) != frozenset()


def test_a_body_that_is_not_there_yet_is_not_found(database: Database) -> None:
    with database.write() as connection:
        office = enter_office(connection)
        directory.add_body(
            connection, kind="unit", name="Tổ công nghệ số", office_id=office.commune, valid_from=date(2026, 4, 1)
        )
        assert directory.find_body(connection, office.commune, "Tổ công nghệ số", date(2026, 3, 31)) is None
        assert directory.find_body(connection, office.commune, "Tổ công nghệ số", date(2026, 4, 1)) is not None
