"""The tab Văn bản: what there is at each step, as PDF and Word, for those who may see the plan."""

from __future__ import annotations

from io import BytesIO
from urllib.parse import unquote

import docx

from tests.pages.conftest import PASSWORD, Stage
from workflows.papers.read_file import read_file
from workflows.papers.signature_places import signature_places
from workflows.store import accounts, directory, issuing

BEFORE = {"ke_hoach", "phu_luc", "xin_y_kien", "tiep_thu", "to_trinh", "phieu_trinh"}
AFTER = BEFORE | {"phieu_gui", "dinh_chinh", "thu_hoi"}


def kinds_on(links: list[str]) -> set[str]:
    return {
        link.rsplit("/", 1)[1].removesuffix(".pdf") for link in links if "/van-ban/" in link and link.endswith(".pdf")
    }


def test_every_paper_of_the_step_comes_as_pdf_and_word(stage: Stage) -> None:
    for step, kinds in (("signing", BEFORE), ("in_force", AFTER)):
        house = stage(step)
        browser = house.browser("van_thu")
        page = browser.get(f"{house.plan}/van-ban")
        assert kinds_on(page.links) == kinds
        for kind in kinds:
            pdf = browser.http.get(f"{house.plan}/van-ban/{kind}.pdf")
            word = browser.http.get(f"{house.plan}/van-ban/{kind}.docx")
            assert (pdf.status_code, pdf.content[:5], word.status_code) == (200, b"%PDF-", 200), kind
            assert read_file(word.content, "a.docx").strip()
            assert pdf.headers["content-type"] == "application/pdf"


def test_a_draft_is_marked_and_the_issued_plan_is_its_frozen_bytes(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("van_thu")
    assert "DỰ THẢO" in browser.get(f"{house.plan}/van-ban").text
    assert "DỰ THẢO" in read_file(browser.http.get(f"{house.plan}/van-ban/ke_hoach.docx").content, "a.docx")
    browser.get(f"{house.plan}/van-ban/phat-hanh", status=422)
    house = stage("in_force")
    browser = house.browser("van_thu")
    with house.cast.database.read() as connection:
        frozen = issuing.frozen(connection, "plan", house.cast.plan_id)
    assert frozen is not None
    for path in ("phat-hanh", "ke_hoach.pdf"):
        assert browser.http.get(f"{house.plan}/van-ban/{path}").content == frozen.bytes
    assert signature_places(frozen.bytes).signer.page >= 1
    assert "DỰ THẢO" not in read_file(browser.http.get(f"{house.plan}/van-ban/ke_hoach.docx").content, "a.docx")


def test_names_are_vietnamese_and_plain_for_old_browsers(stage: Stage) -> None:
    house = stage("in_force")
    told = house.browser("van_thu").http.get(f"{house.plan}/van-ban/ke_hoach.pdf").headers["content-disposition"]
    assert 'filename="ke-hoach-01-kh-ubnd.pdf"' in told
    assert unquote(told.partition("filename*=UTF-8''")[2]) == "Kế hoạch 01-KH-UBND.pdf"


def test_papers_tell_what_the_office_knows(stage: Stage) -> None:
    house = stage("in_force")
    browser = house.browser("van_thu")
    table = read_file(browser.http.get(f"{house.plan}/van-ban/tiep_thu.docx").content, "a.docx")
    assert "Đề nghị bổ sung kinh phí cho tuyên truyền ở thôn." in table
    assert "Tiếp thu" in table
    recall = read_file(browser.http.get(f"{house.plan}/van-ban/thu_hoi.docx").content, "a.docx")
    assert "thu hồi Kế hoạch số 01/KH-UBND ngày 18 tháng 7 năm 2022" in recall


def test_what_does_not_exist_is_not_found(stage: Stage) -> None:
    house = stage("drafting")
    browser = house.browser("van_thu")
    for path in ("phieu_gui.pdf", "tiep_thu.docx", "khong_co.pdf", "ke_hoach.exe"):
        browser.get(f"{house.plan}/van-ban/{path}", status=404)
    browser.get(f"{house.plan}/tep/999", status=404)
    browser.get("/bao-cao/1/van-ban.pdf", status=404)


def test_strangers_get_no_paper(stage: Stage) -> None:
    house = stage("in_force")
    with house.cast.database.write() as connection:
        other = directory.add_body(connection, kind="office", name="Ủy ban nhân dân xã Khác")
        person = directory.add_person(connection, "Người Ngoài")
        directory.hold(connection, directory.add_post(connection, other, "van_thu", "Văn thư"), person)
        account = accounts.account_by_login(connection, house.login("van_thu"))
        assert account is not None
        accounts.add_account(connection, person, "ngoai", account.password_hash)
    browser = house.browser()
    browser.sign_in("ngoai", PASSWORD)
    for path in ("van-ban", "van-ban/ke_hoach.pdf", "van-ban/to_trinh.docx", "van-ban/phat-hanh", "tep/1"):
        browser.get(f"{house.plan}/{path}", status=404)


def template(*lines: str) -> bytes:
    document, data = docx.Document(), BytesIO()
    for each in lines:
        document.add_paragraph(each)
    document.save(data)
    return data.getvalue()


def test_the_clerk_puts_a_template_in_place(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("van_thu")
    page = browser.get("/mau-van-ban")
    sent = page.form("/mau-van-ban").filled() | {"loai": "to_trinh"}
    bad = {"tep": ("mau.docx", template("{{ khong_co }}"))}
    refused = browser.http.post("/mau-van-ban", data=sent, files=bad)
    assert refused.status_code == 422
    assert "khong_co" in refused.text
    good = {"tep": ("mau.docx", template("MẪU RIÊNG {{ ten_loai }}", "{{p noi_dung }}"))}
    browser.http.post("/mau-van-ban", data=sent, files=good)
    assert "mau.docx" in browser.get("/mau-van-ban").text
    assert "MẪU RIÊNG TỜ TRÌNH" in read_file(browser.http.get(f"{house.plan}/van-ban/to_trinh.docx").content, "a.docx")
    assert "MẪU RIÊNG" not in read_file(browser.http.get(f"{house.plan}/van-ban/ke_hoach.docx").content, "a.docx")
    house.browser("chu_tich").get("/mau-van-ban", status=403)
