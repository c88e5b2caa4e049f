"""/tim finds what stands in attached files, for those who may see what they are of, and a scan says that it cannot."""

from __future__ import annotations

import pytest

from tests.pages.conftest import House, Stage
from tests.papers.pages import scanned_pdf
from tests.papers.rendered import as_docx
from workflows.actions import comment
from workflows.actions.read_attachments import read_attachments
from workflows.actions.register_incoming import Arrival, register_incoming
from workflows.actions.source_file import SourceFile
from workflows.papers.edxml_model import Attachment
from workflows.store.local_days import local_day

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAID = "Báo cáo kết quả vận hành trạm bơm <b>Đồng Bẩm</b> & kênh chính"


@pytest.fixture
def house(stage: Stage) -> House:
    return stage("in_force")


def read(house: House) -> None:
    read_attachments(house.cast.clock)


def test_evidence_of_a_plan_is_found_by_what_stands_in_it(house: House) -> None:
    files = [SourceFile("Minh chứng.docx", as_docx(SAID)), SourceFile("Ảnh quét.pdf", scanned_pdf())]
    comment(house.cast.drafter(), house.cast.plan_id, "Kết quả", files=files)
    clerk = house.browser("van_thu")
    assert "đang chờ đọc" in clerk.get(f"{house.plan}/trao-doi").text
    read(house)
    for typed in ("tram bom dong bam", "Trạm+bơm", "minh chung"):
        page = clerk.get(f"/tim?tu={typed.replace(' ', '+')}&loai=file")
        assert f"{house.plan}/trao-doi" in page.links, typed
        assert "Tệp kèm (1)" in page.text
    page = clerk.get("/tim?tu=tram+bom+dong+bam")
    assert "<mark>trạm bơm" in page.html or "<mark>trạm</mark>" in page.html
    assert "&lt;b&gt;" in page.html
    assert "trong tệp" in page.text
    assert "ở tên tệp" in clerk.get("/tim?tu=anh+quet&loai=file").text
    said = clerk.get(f"{house.plan}/trao-doi").text
    assert said.count("bản quét, không tìm được theo nội dung") == 1
    assert "đang chờ đọc" not in said


def test_files_of_a_plan_are_found_by_those_who_see_it_alone(house: House) -> None:
    comment(house.cast.drafter(), house.cast.plan_id, "", files=[SourceFile("a.docx", as_docx(SAID))])
    read(house)
    front = house.browser("thu_truong", house.cast.office.front_id)
    sees = front.http.get(house.plan).status_code == 200
    assert (f"{house.plan}/trao-doi" in front.get("/tim?tu=tram+bom&loai=file").links) == sees
    assert sees


def test_files_that_came_in_are_found_by_those_of_the_office_alone(house: House) -> None:
    cast = house.cast
    today = local_day(cast.now)
    files = (Attachment("Công văn.docx", DOCX, as_docx(SAID), "Công văn"),)
    arrival = Arrival("Sở Nội vụ", "12/CV-SNV", today, "Hướng dẫn", today, files=files)
    line = register_incoming(cast.desk("van_thu"), cast.office.id, arrival)
    read(house)
    assert f"/so-van-ban-den/{line}" in house.browser("van_thu").get("/tim?tu=tram+bom").links
    front = house.browser("thu_truong", cast.office.front_id).get("/tim?tu=tram+bom")
    assert "Không tìm thấy" in front.text
