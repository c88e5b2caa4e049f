"""Two offices in one house on PostgreSQL: whatever a page, list, file or answer asks of the database, the other
office's words are not in it, also when the program's own filters are taken away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import text, true

from service.api.app import PREFIX, routers
from service.auth.actor import actor_of
from service.auth.passwords import hash_password
from tests.databases import PostgresServer
from tests.nightly import size
from tests.pages.conftest import PASSWORD, START, House, house_of, open_accounts
from tests.pages.page_client import Browser
from tests.stories.cast import Cast, plan_text
from workflows.actions.api_tokens import create_own_token
from workflows.actions.desk import Desk
from workflows.engine.calendar import VIETNAM
from workflows.plans.authority import Scope
from workflows.store import accounts, consultation, directory, document_files, opinion_parts, stops
from workflows.store.clockwork import WEEK_SETTING, set_setting
from workflows.store.database import Database
from workflows.store.directory.groups import ROLES
from workflows.store.screens import duty_table, plan_list, reports, search, sight
from workflows.store.wall.stand import Wall

pytestmark = pytest.mark.postgres

MARK = "ZQVXW"  # stands in the title of one office's plan and in what was said about it
# What lists are narrowed to: the marked plan, where it is shown at all.
ASKED = {"tu": "hành chính", "tim": "hành chính", "tat_ca": "co", "process": "ke_hoach"}
PROVINCE, PAPER = 1, "cv.png"
SECRET = "kh_" + "7" * 40
# How the machine stands, for monitors.
NO_PAGE = {"/metrics", "/healthz"}


@dataclass
class Two:
    """The house, and the browser of somebody who holds every post in the other office."""

    house: House
    other: Browser

    def routes(self) -> list[str]:
        """Every address that shows something, pages first."""
        pages = [route for router in self.house.app.state.routers for route in router.routes]
        calls = [route for router in routers() for route in router.routes]
        shown = [
            (prefix, route)
            for prefix, found in (("", pages), (PREFIX, calls))
            for route in found
            if isinstance(route, APIRoute) and "GET" in route.methods
        ]
        return sorted({prefix + route.path for prefix, route in shown} - NO_PAGE)

    def answers(self) -> Iterator[tuple[str, int, bytes]]:
        """What the other office's person is answered everywhere, with the ids of the marked plan and its parts."""
        for route in self.routes():
            address = route.format_map(self.ids())
            headers = {"authorization": f"Bearer {SECRET}"} if route.startswith(PREFIX) else {}
            answer = self.other.http.get(address, params=ASKED, headers=headers, follow_redirects=False)
            yield address, answer.status_code, answer.content

    def ids(self) -> dict[str, Any]:
        """What stands in addresses: of the marked plan and of what hangs on it, which was entered first."""
        (task,) = self.house.cast.open("trinh_ky")
        return defaultdict(
            lambda: 1, plan_id=self.house.cast.plan_id, task_id=task.id, case_id=task.case_id, key="ke_hoach",
            form="ky", body_id=self.house.cast.office.drafting_unit_id,
        )  # fmt: skip


@pytest.fixture(scope="module")
def two(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    with closing(Database(postgres.create())) as database:
        database.upgrade()
        marked = plan_text("000_duc_phong.txt").replace("cải cách hành chính", f"cải cách {MARK} hành chính")
        assert MARK in marked
        cast = Cast.for_plan(database, marked, START)
        open_accounts(cast)
        cast.import_and_start()
        cast.pass_to_signature()
        house = house_of(cast, tmp_path_factory.mktemp("two"))
        yield Two(house, stranger(house))


def stranger(house: House) -> Browser:
    """Somebody with every post of an office of their own, which has to do with nothing of the first."""
    with house.cast.database.write() as connection:
        person = directory.add_person(connection, "Người Khác", "khac@khac.example")
        accounts.add_account(connection, person, "nguoi_khac", hash_password(PASSWORD))
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        for role in ROLES:
            directory.hold(connection, directory.add_post(connection, office, role, "Chức danh", is_head=True), person)
    with house.cast.database.read() as connection:
        by = actor_of(connection, person, "Người Khác", house.cast.now)
    create_own_token(Desk(house.cast.database, house.cast.now, by), "máy", SECRET, timedelta(days=30))
    browser = house.browser()
    browser.sign_in("nguoi_khac", PASSWORD)
    return browser


def test_the_other_office_reads_no_word_anywhere(two: Two) -> None:
    answers = list(two.answers())
    assert len(answers) > 100
    assert {status for _, status, _ in answers} >= {200, 403, 404}
    own = two.house.browser("chu_tich").http
    for address in (two.house.plan, "/ke-hoach", "/tim"):
        assert MARK.encode() in own.get(address, params=ASKED).content, address
    assert [address for address, _, content in answers if MARK.encode() in content] == []
    assert [address for address, status, _ in answers if status >= 500] == []


def test_without_the_first_wall_the_second_stands(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """The condition on plans says yes to everything, and every plan is named as one that concerns the visitor."""
    everything = list(range(1, 50))
    for module in (sight, plan_list, reports, duty_table):
        monkeypatch.setattr(module, "may_see", lambda _: true())
    monkeypatch.setattr(search, "seen_elsewhere", lambda *_: everything)
    monkeypatch.setattr(sight, "sees", lambda *_: True)
    plan = two.house.cast.plan_id
    for address in ("/ke-hoach", f"/ke-hoach/{plan}", f"/ke-hoach/{plan}/nhat-ky", "/nhiem-vu", "/bao-cao", "/tim"):
        answer = two.other.http.get(address, params=ASKED, follow_redirects=False)
        assert MARK.encode() not in answer.content, address
        assert answer.status_code in {200, 404}, address
    assert two.other.http.get(f"/ke-hoach/{plan}").status_code == 404


def test_a_page_that_asks_for_everything_gets_the_own_office(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """The search page with its statement replaced by one without any condition, and once with a failure after it."""
    got: list[Any] = []

    def bare(connection: Any, *_: Any, **__: Any) -> Any:
        got.append([connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in ("plans", "cases")])
        raise RuntimeError("after the reading")

    monkeypatch.setattr(search, "search", bare)
    for who in (two.other, two.house.browser("chu_tich"), two.other):
        assert who.http.get("/tim", params=ASKED).status_code == 500
    assert got[0] == got[2] == [0, 0]
    assert min(got[1]) >= 1


# What differs from one answer to the next by itself: form tokens, and hashes of what stands on the page.
BY_ITSELF = re.compile(r"\d{6}t{26}[\w.~-]*|[\w-]{40,}|\b[0-9a-f]{16,}\b")
PAGES = size(
    ("/viec", "/ke-hoach?tat_ca=co", "{plan}", "{plan}/tien-trinh", "{plan}/y-kien/1", "/viec/{task_id}"),
    (
        "/viec", "/viec/don-vi", "/tong-quan", "/ke-hoach?tat_ca=co", "/nhiem-vu", "/bao-cao", "/tim?tu=hành+chính",
        "/viec/{task_id}", "{plan}", "{plan}/van-ban", "{plan}/y-kien", "{plan}/y-kien/1", "{plan}/noi-nhan",
        "{plan}/tien-trinh", "{plan}/nhiem-vu", "{plan}/nhat-ky", "{plan}/trao-doi", "{plan}/bao-cao", "{plan}/so-do",
    ),
)  # fmt: skip
CALLS = size(("/me/tasks",), ("/me/tasks", "/tasks", "/cases", "/tasks/{task_id}", "/tasks/{task_id}/return-targets"))


def concerned(house: House) -> dict[str, int]:
    """People whom the plan concerns though they have no post in its office: who acts for its chairman in all or in
    this plan alone, and who speaks for a body that was asked."""
    cast = house.cast
    today = cast.now.astimezone(VIETNAM).date()
    chair = directory.group("chu_tich", cast.office.id)
    with cast.database.write() as connection:
        (lender,) = directory.holders_of(connection, chair, today)
        found = {}
        for role, scope in (("chu_tich", Scope()), ("van_thu", Scope(plans=frozenset({cast.plan_id})))):
            (holder,) = directory.holders_of(connection, directory.group(role, PROVINCE), today)
            directory.delegate(
                connection, lender.person_id, holder.person_id, capacity="TUQ.", groups=[chair], basis="Quyết định",
                valid_from=cast.now, valid_to=cast.now + timedelta(days=90), scope=scope,
            )  # fmt: skip
            found[f"acts in {len(scope.plans) or 'all'}"] = holder.person_id
        front = next(each.id for each in directory.bodies_of(connection, cast.office.id) if each.kind == "front")
        found["was asked"] = directory.holders_of(connection, directory.group("thu_truong", front), today)[0].person_id
    return found


def peculiar(house: House) -> None:
    """The office counts days in its own way, and an opinion came with a file: both are the plan's readers' too."""
    cast = house.cast
    with cast.database.write() as connection:
        week = {"days": [*["work"] * 6, "off"], "hours": "", "closes": False}
        for key, value in ((WEEK_SETTING, week), (stops.KEY, [])):
            set_setting(connection, key, value, now=cast.now, by=None, office_id=cast.office.id)
        (round_,) = consultation.rounds_of(connection, cast.plan_id)
        opinion = consultation.opinions_of(connection, round_.id)[0].id
        file = document_files.keep_file(
            connection, "opinion", opinion, "attachment", PAPER, "image/png", b"png", cast.now, "Mặt trận"
        )
        opinion_parts.add_paper(connection, opinion, file, {"state": "unsigned", "signatures": [], "faults": []})


def answers_to(two: Two, browser: Browser, token: str) -> dict[str, tuple[int, str]]:
    """What somebody is answered about the plan, on pages and by the interface for programs."""
    ids = {**two.ids(), "plan": two.house.plan}
    headers = {"authorization": f"Bearer {token}"}
    got = {each: browser.http.get(each.format_map(ids)) for each in PAGES}
    got |= {each: browser.http.get(PREFIX + each.format_map(ids), headers=headers) for each in CALLS}
    return {each: (answer.status_code, BY_ITSELF.sub("", answer.text)) for each, answer in got.items()}


def test_nothing_is_hidden_from_people_of_elsewhere_whom_the_plan_concerns(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each answer is the same with the wall and without it."""
    cast = two.house.cast
    peculiar(two.house)
    for number, (who, person) in enumerate(concerned(two.house).items()):
        with cast.database.read() as connection:
            by = actor_of(connection, person, "Người được giao", cast.now)
        token = f"kh_{number:040d}"
        create_own_token(Desk(cast.database, cast.now, by), "máy", token, timedelta(days=30))
        browser = two.house.browser()
        browser.enter(two.house.logins[str(person)], PASSWORD)
        held = answers_to(two, browser, token)
        with monkeypatch.context() as without:
            without.setattr(Wall, "place", lambda *_: None)
            free = answers_to(two, browser, token)
        assert {each for each in free if free[each] != held[each]} == set(), who
        assert held["{plan}"][0] == 200, who
        assert PAPER in held["{plan}/y-kien/1"][1], who
        assert sum(MARK in words for _, words in held.values()) > 2, who
