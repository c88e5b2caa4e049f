"""A full disk, a file that may only be read: reading goes on, a deed is told 503 and leaves nothing half, then goes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.actions.small_office import everything, started
from tests.databases import SqliteTemplate
from tests.no_room import full_disk, in_a_child, read_only
from tests.pages.conftest import House, house_of, open_accounts
from tests.pages.page_client import HOST, Browser, Page, faults_of
from workflows.store.database import Database


@pytest.fixture
def house(sqlite_template: SqliteTemplate) -> Iterator[House]:
    """The office in a file, with a plan at its first step; pytest's own folders let nobody but their owner in."""
    folder = Path(tempfile.mkdtemp(prefix="kehoach-doc-"))
    folder.chmod(0o755)
    database = Database(sqlite_template.file(folder / "kehoach.sqlite3"))
    cast = started(database)
    open_accounts(cast)
    database.close()  # a child opens its own connections
    yield house_of(cast, folder)
    database.close()
    shutil.rmtree(folder)


def without_raising(house: House, browser: Browser) -> TestClient:
    """The same browser, shown what a person is shown."""
    return TestClient(house.app, base_url=HOST, raise_server_exceptions=False, cookies=dict(browser.http.cookies))


def claim(house: House, there_is_none: AbstractContextManager[None]) -> None:
    """While there is no room pages are read and nothing is decided; afterwards the same press decides."""
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    task = house.task("soan_thao")
    fields = browser.get(task).form(task).filled()
    quiet = without_raising(house, browser)
    before = everything(house.cast.database)
    house.cast.now += timedelta(minutes=10)  # so that a page would note that the session was used
    with there_is_none:
        for path in ("/viec", house.plan, task, "/thong-bao", "/readyz"):
            assert quiet.get(path).status_code == 200, path
        pressed = quiet.post(task, data=fields)
        page = Page(task, pressed.status_code, pressed.text, pressed.headers)
        assert (page.status, page.h1) == (503, "Hệ thống tạm chưa phục vụ được")
        assert "Việc chưa làm xong không được ghi lại" in page.text and "đầy" in page.text
        assert not list(faults_of(page, "vi")) and pressed.headers["retry-after"] == "30"
    assert everything(house.cast.database) == before
    assert quiet.post(task, data=fields, follow_redirects=False).status_code == 303
    assert not house.cast.open("soan_thao")


def test_a_full_disk(house: House) -> None:
    in_a_child(lambda: claim(house, full_disk()))


def test_a_file_that_may_only_be_read(house: House) -> None:
    file = Path(str(house.cast.database.engine.url.database))
    in_a_child(lambda: claim(house, read_only(file)))


def test_an_upload_that_has_no_room(house: House) -> None:
    browser = house.browser("thu_truong", house.cast.office.drafting_unit_id)
    page = browser.get("/ke-hoach/moi")
    fields = page.form("/ke-hoach/moi").filled()
    quiet = without_raising(house, browser)
    upload = {"tep": ("ke_hoach.txt", b"KE HOACH\n" * 200_000, "text/plain")}

    house.cast.database.close()

    def told() -> None:
        before = everything(house.cast.database)
        with full_disk():
            answer = quiet.post("/ke-hoach/moi", data=fields, files=upload)
        assert answer.status_code == 503 and "KH-503-" in answer.text
        assert everything(house.cast.database) == before
        assert quiet.post("/ke-hoach/moi", data=fields, files=upload).status_code in (200, 303, 422)

    in_a_child(told)
