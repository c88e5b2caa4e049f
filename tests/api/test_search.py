"""GET /search: what the person finds on /tim, page behind page, and nothing that the person may not see."""

from __future__ import annotations

import pytest

from tests.actions.small_office import started
from tests.api.conftest import Machine, Programs
from tests.stories.cast import Cast
from workflows.actions import comment
from workflows.actions.read_attachments import read_attachments
from workflows.actions.source_file import SourceFile
from workflows.store import directory
from workflows.store.database import Database


@pytest.fixture
def cast(memory: Database) -> Cast:
    return started(memory)


def all_pages(by: Machine, asked: str, limit: int) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    after = ""
    while True:
        page = by.get(f"/search?{asked}&limit={limit}{after}")
        assert len(page["found"]) <= limit
        found += page["found"]
        if page["next"] is None:
            return found
        after = f"&after={page['next']}"


def test_page_behind_page_is_the_whole_without_gap_or_repetition(cast: Cast, program: Programs) -> None:
    files = [SourceFile(f"{each}.txt", b"Bien ban kiem tra tram bom") for each in "abc"]
    comment(cast.drafter(), cast.plan_id, "", files=files)
    read_attachments(cast.clock)
    clerk = program(cast.desk("van_thu"))
    whole = all_pages(clerk, "q=ban", 200)
    assert {each["kind"] for each in whole} > {"file", "unit"}
    assert len({(each["kind"], each["id"]) for each in whole}) == len(whole)
    for limit in (1, 2, 7):
        assert all_pages(clerk, "q=ban", limit) == whole
    found = all_pages(clerk, "q=tram%20bom&kind=file", 2)
    assert [(each["title"], each["state"]) for each in found] == [(f"{each}.txt", "comment") for each in "cba"]
    assert found[0]["address"] == f"/ke-hoach/{cast.plan_id}/trao-doi"
    assert "tram bom" in str(found[0]["text"])
    plans = all_pages(clerk, "q=thu%20tuc&kind=plan&kind=unit", 5)
    assert [(each["kind"], each["id"], each["in_text"]) for each in plans] == [("plan", cast.plan_id, True)]


def test_only_what_the_person_may_see(cast: Cast, program: Programs) -> None:
    comment(cast.drafter(), cast.plan_id, "", files=[SourceFile("a.txt", b"tram bom")])
    read_attachments(cast.clock)
    with cast.database.write() as connection:
        office = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        directory.hold(
            connection,
            directory.add_post(connection, office, "van_thu", "Văn thư"),
            directory.add_person(connection, "Người Lạ"),
        )
    stranger = program(cast.desk("van_thu", office))
    for asked in ("q=tram%20bom", "q=thu%20tuc", "q=cai%20cach"):
        kinds = {each["kind"] for each in all_pages(stranger, asked, 50)}
        assert kinds <= {"unit", "person"}, asked


@pytest.mark.parametrize(
    ("asked", "status", "code"),
    [
        ("q=", 400, "BAD_REQUEST"), ("q=a&kind=secret", 400, "BAD_REQUEST"), ("q=a&limit=0", 400, "BAD_REQUEST"),
        ("q=a&after=WyJub3RoaW5nIiwgMV0", 422, "NO_SUCH_PLACE"), ("q=a&after=WzEsIDJd", 422, "NO_SUCH_PLACE"),
    ],
)  # fmt: skip
def test_what_is_not_a_question_is_a_problem(cast: Cast, program: Programs, asked: str, status: int, code: str) -> None:
    assert program(cast.desk("van_thu")).get(f"/search?{asked}", status)["code"] == code
