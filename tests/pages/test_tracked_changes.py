"""Revisions of Word on the pages: what changed between two versions as a file, and a file that came with revisions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select, update

from service.cli.main import run
from tests.pages.conftest import Stage
from workflows.actions.revise_plan import revise_plan
from workflows.papers.media_types import DOCX
from workflows.papers.read_file import read_file
from workflows.papers.write_changes import changes_docx
from workflows.plans.word_diff import compare
from workflows.store.tables.issuing import document_files

from .page_client import Browser

WARNING = "chưa được chấp nhận"


def test_what_changed_is_taken_away_as_revisions(stage: Stage) -> None:
    house = stage("drafting")
    revise_plan(
        house.cast.drafter(), house.cast.plan_id, house.cast.text + "\nHọp dân các thôn.", "Sửa", seen_version=1
    )
    browser = house.browser("van_thu")
    page = browser.get(f"{house.plan}/phien-ban?tu=1&den=2")
    (link,) = [each for each in page.links if ".docx" in each]
    file = browser.http.get(link)
    assert file.headers["content-type"] == DOCX
    assert "phien-ban-1-den-2" in file.headers["content-disposition"]
    with ZipFile(BytesIO(file.content)) as package:
        body = package.read("word/document.xml").decode()
    assert body.count("<w:ins ") == 2 and "Họp dân các thôn." in body and "<w:del " not in body
    assert ".docx" not in " ".join(browser.get(f"{house.plan}/phien-ban?tu=2&den=2").links)
    assert browser.http.get(link.replace("den=2", "den=9")).status_code == 404
    assert Browser(house.app).http.get(link, follow_redirects=False).status_code == 401


def test_a_file_with_revisions_is_read_as_accepted_and_says_so(stage: Stage) -> None:
    house = stage("empty")
    browser = house.browser("can_bo", house.cast.office.drafting_unit_id)
    old = house.cast.text
    new = old.replace("rườm rà", "phiền phức") + "\nHọp dân các thôn."
    content = changes_docx(compare(old, new), "Kế hoạch", "An", house.cast.now)
    page = browser.get("/ke-hoach/moi")
    review = browser.submit(page, "/ke-hoach/moi", files={"tep": ("sua.docx", content, DOCX)})
    assert WARNING in review.text
    kept = select(document_files.c.revisions)
    with house.cast.database.write() as connection:
        assert connection.scalar(kept) == 4
        connection.execute(update(document_files).values(revisions=0))
    assert WARNING not in browser.get(review.path).text, "what was found is not looked for again"
    with house.cast.database.write() as connection:
        connection.execute(update(document_files).values(revisions=None))
    assert WARNING in browser.get(review.path).text, "a file that was kept before this was noted is read for it"
    assert "Họp dân các thôn." in review.text and "thủ tục phiền phức" in review.text and "rườm rà" not in review.text
    house.cast.now += timedelta(minutes=1)
    typed = {"van_ban": f"{new}\nTập huấn.", "ghi_chu": "Sửa"}
    again = browser.submit(review, next(form.action for form in review.forms if form.action.endswith("/sua")), typed)
    assert WARNING not in again.text


def test_the_command_says_so_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sua.docx"
    old = "KẾ HOẠCH\nTuyên truyền năm 2026\n1. Họp dân ở thôn."
    for new, codes in ((old.replace("2026", "2027"), ["TRACKED_CHANGES"]), (old, [])):
        file.write_bytes(changes_docx(compare(old, new), "", "An", datetime(2026, 1, 1, tzinfo=UTC)))
        assert run(["read", str(file), "--json"]) == 0
        doubts = json.loads(capsys.readouterr().out)["doubts"]
        assert [each["code"] for each in doubts if each["code"] == "TRACKED_CHANGES"] == codes
    assert "2026" in read_file(file.read_bytes(), file.name)
