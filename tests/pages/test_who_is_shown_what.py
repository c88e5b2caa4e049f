"""Every address that shows something, asked for by everybody: a declared table says what each of them is answered, and
no word of the office is in an answer to whoever has nothing to do with it. A new route fails until it has its line.

In the test command the people of the office take turns, an address each; `KEHOACH_NIGHTLY=1` asks for all by all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from notifications.links import make_link
from service.auth.passwords import hash_password
from tests.nightly import NIGHTLY
from tests.pages.administrators import troubled_case
from tests.pages.conftest import PASSWORD, House, Stages, house_of
from tests.pages.page_client import Browser
from tests.pages.shown_table import ELSEWHERE, INSIDE, OUTSIDE, TABLE, WANTED
from workflows.actions.comment import comment
from workflows.actions.designing.draft_process import begin_draft
from workflows.actions.register_incoming import Arrival, register_incoming
from workflows.actions.source_file import SourceFile
from workflows.engine.calendar import VIETNAM
from workflows.papers.edxml_model import Attachment
from workflows.store import accounts, directory, document_files, issuing
from workflows.store.directory.groups import ROLES
from workflows.store.incoming import SUBJECT as ARRIVED
from workflows.store.tables.plans import plans

MARK = "ZQVXW"  # stands in the title of the plan and in what its office wrote and received
LINK = "receiptOfAGuest0123456789a"
PROVINCE = 1
FILE = f"Chép từ {MARK}".encode()


@dataclass(frozen=True)
class Scene:
    """An office with a plan in force, what stands in its addresses, and the browsers of those who ask."""

    house: House
    ids: Mapping[str, Any]
    files: Mapping[str, int]
    people: Mapping[str, Browser]

    def address(self, path: str) -> str:
        """The address of the things of this office under this path."""
        ids = {**self.ids, "file_id": self.files.get(path, 1)}
        return re.sub(r"{(\w+)(:\w+)?}", lambda found: str(ids.get(found.group(1), 1)), path)

    def answer(self, who: str, path: str) -> tuple[int, bool]:
        """The status that this person is answered, and whether a word of the office is in it."""
        answer = self.people[who].http.get(self.address(path))
        return answer.status_code, MARK in words_of(answer.content)


def words_of(content: bytes) -> str:
    """What can be read in an answer, a sheet or document too."""
    if not content.startswith(b"PK"):
        return content.decode(errors="replace")
    with ZipFile(BytesIO(content)) as packed:
        return "".join(packed.read(each).decode(errors="replace") for each in packed.namelist())


@pytest.fixture(scope="module")
def scene(stages: Stages, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("shown")
    cast = stages.open("in_force", folder)
    with closing(cast.database):
        house = house_of(cast, folder)
        with cast.database.write() as connection:
            connection.execute(plans.update().values(title=f"Kế hoạch {MARK}"))
        written = comment(cast.desk("chu_tich"), cast.plan_id, MARK, files=[SourceFile("ghi.txt", FILE)])
        came = arrived(house)
        ids = {**things(house), "incoming_id": came}
        with cast.database.read() as connection:
            files = {
                "/trao-doi/tep/{file_id}": document_files.files_of(connection, "comment", written)[0].id,
                "/so-van-ban-den/{incoming_id}/tep/{file_id}": document_files.files_of(connection, ARRIVED, came)[0].id,
            }
        yield Scene(house, ids, files, everybody(house))


def arrived(house: House) -> int:
    """A document that came to the office."""
    cast = house.cast
    file = Attachment("den.txt", "text/plain", FILE)
    letter = Arrival(
        f"Sở {MARK}", "12/CV-SNV", date(2022, 7, 1), MARK, cast.now.astimezone(VIETNAM).date(), files=(file,)
    )
    return register_incoming(cast.desk("van_thu"), cast.office.id, letter)


def things(house: House) -> Mapping[str, Any]:
    """What stands in addresses: the plan and what hangs on it, a case, a draft, and people and posts of the office."""
    cast = house.cast
    task = cast.open("thuc_hien")[0]
    draft = begin_draft(cast.desk("quan_tri", PROVINCE), "ke_hoach", 1)
    group = directory.group("quan_tri", cast.office.id)
    with cast.database.write() as connection:
        lines = issuing.recipients_of(connection, "plan", cast.plan_id)
        line = next(each for each in lines if each.body_id is not None)
        make_link(connection, token=LINK, now=cast.now, recipient_id=line.id, body_id=line.body_id)
        holder = directory.holders_of(connection, group, cast.now.astimezone(VIETNAM).date())[0]
        post = directory.add_post(connection, cast.office.id, "can_bo", "Chuyên viên")
        held = directory.hold(connection, post, directory.add_person(connection, "Người Giữ"))
    return {
        "plan_id": cast.plan_id, "task_id": task.id, "case_id": troubled_case(house), "draft_id": draft,
        "key": "ke_hoach", "kind": "ke_hoach", "ending": "docx", "link_token": LINK, "code": "ABCD-EFGH-IJKL",
        "act": "doi-ten", "element": "soan_thao", "body_id": cast.office.drafting_unit_id, "office_id": cast.office.id,
        "person_id": holder.person_id, "post_id": post, "holding_id": held,
    }  # fmt: skip


def everybody(house: House) -> Mapping[str, Browser]:
    """Who asks, each with a browser; the account of one is closed at the end."""
    office = house.cast.office
    guest = house.browser()
    guest.get(f"/nhan/{LINK}")
    with house.cast.database.read() as connection:
        beside = directory.bodies_of(connection, office.id)
    front = next(each.id for each in beside if each.kind == "front")
    unit = next(each.id for each in beside if each.kind == "unit" and each.id != office.drafting_unit_id)
    found = {
        "nobody": house.browser(),
        "guest": guest,
        "shut_out": house.browser("pho_chu_tich"),
        "stranger": newcomer(house, "nguoi_la", ()),
        "other": newcomer(house, "nguoi_khac", ROLES),
        "parent": house.browser("van_thu", PROVINCE),
        "keeper": house.browser("quan_tri", PROVINCE),
        "chair": house.browser("chu_tich"),
        "clerk": house.browser("van_thu"),
        "form": house.browser("the_thuc"),
        "admin": house.browser("quan_tri"),
        "drafter": house.browser("thu_truong", office.drafting_unit_id),
        "unit": house.browser("can_bo", unit),
        "front": house.browser("thu_truong", front),
    }
    login = house.login("pho_chu_tich")
    with house.cast.database.write() as connection:
        closed = accounts.account_by_login(connection, login)
        assert closed is not None
        accounts.shut_out(connection, closed.person_id, house.cast.now)
    return found


def newcomer(house: House, login: str, roles: tuple[str, ...]) -> Browser:
    """Somebody who holds these posts in a new office, or none anywhere."""
    with house.cast.database.write() as connection:
        person = directory.add_person(connection, "Người Khác")
        accounts.add_account(connection, person, login, hash_password(PASSWORD))
        if roles:
            office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
            for role in roles:
                post = directory.add_post(connection, office, role, "Chức danh", is_head=True)
                directory.hold(connection, post, person)
    browser = house.browser()
    browser.enter(login, PASSWORD)
    return browser


def shown(house: House) -> list[str]:
    routes = (route for router in house.app.state.routers for route in router.routes)
    return [route.path for route in routes if "GET" in route.methods]


def test_every_address_has_one_line_with_an_answer_to_everybody(scene: Scene) -> None:
    listed = [path for _, paths in TABLE for path in paths]
    assert sorted(listed) == sorted(set(shown(scene.house)))
    assert {frozenset(answers) for answers, _ in TABLE} == {frozenset(scene.people)}


# Nobody's pages are small; whoever sees lists of their own sees them in full.
WITHOUT = (*OUTSIDE, *ELSEWHERE) if NIGHTLY else ("nobody", "shut_out", "stranger", "other")


@pytest.mark.parametrize("who", WITHOUT)
def test_who_has_nothing_to_do_with_it_is_answered_as_declared_and_reads_no_word(scene: Scene, who: str) -> None:
    told = {path: scene.answer(who, path) for path in WANTED}
    assert {path: status for path, (status, _) in told.items() if status != WANTED[path][who]} == {}
    assert [path for path, (_, has_read) in told.items() if has_read] == []


def test_who_belongs_to_it_is_answered_as_declared_by_the_post(scene: Scene) -> None:
    """And reads the words of the office on its pages, so that they would be seen where they should not be."""
    turns = [
        (who, path)
        for number, path in enumerate(sorted(WANTED))
        for place, who in enumerate(INSIDE)
        if NIGHTLY or place == number % len(INSIDE)
    ]
    told = {turn: scene.answer(*turn) for turn in turns}
    wrong = {turn: (status, WANTED[turn[1]][turn[0]]) for turn, (status, _) in told.items()}
    assert {turn: pair for turn, pair in wrong.items() if pair[0] != pair[1]} == {}
    assert sum(has_read for _, has_read in told.values()) > 20
