"""A body that let the round close is still heard, from its old link and from the plan's page, until the signature."""

from __future__ import annotations

from datetime import timedelta

from tests.pages.conftest import PASSWORD, House, Stage
from tests.pages.test_link import code_of, link_for
from workflows.store import consultation
from workflows.store.consultation import Opinion

WORDS = {"ket_qua": "nhat_tri_co_y_kien", "noi_dung": "Bổ sung kinh phí cho thôn."}


def silent_after_the_deadline(stage: Stage, *, body: bool = False) -> tuple[House, int, str, str]:
    """A house where nobody answered in time: one body, the link it was sent, and the page of its closed task."""
    house = stage("consulting")
    first = house.cast.open("lay_y_kien")[0]
    assert first.due is not None
    house.cast.wait(first.due - timedelta(days=1))
    link = link_for(house, "lay_y_kien", body=body)
    house.cast.wait(first.due + timedelta(hours=1))
    return house, first.variables["co_quan_hoi"], link, f"/viec/{first.id}"


def opinion_of(house: House, body_id: int) -> Opinion:
    with house.cast.database.read() as connection:
        latest = consultation.latest_round(connection, house.cast.plan_id)
        assert latest is not None
        return next(one for one in consultation.opinions_of(connection, latest.id) if one.body_id == body_id)


def sign(house: House) -> None:
    house.cast.act("xu_ly_thieu_y_kien", {"gia_han": "khong", "ly_do": "Cần kịp tiến độ của huyện"})
    house.cast.act("tiep_thu", {"lay_lai": "khong"})
    house.cast.act("trinh_ky", {"ket_qua": "ky"})


def test_the_old_link_hears_a_body_without_account(stage: Stage) -> None:
    house, body_id, link, _ = silent_after_the_deadline(stage, body=True)
    browser = house.browser()
    page = browser.get(link)
    deadline = opinion_of(house, body_id)
    assert deadline.outcome == "khong_co_y_kien"
    assert "Hạn cho ý kiến là 25/07/2022 , đã qua." in page.text
    assert "vẫn được giữ lại và ghi là muộn" in page.text
    assert "nhập mã xác nhận" in browser.submit(page, link, WORDS, status=422).text
    told = browser.submit(page, f"{link}/gui-ma")
    refused = browser.submit(told, link, {"ket_qua": "khong_nhat_tri", "ma": code_of(house)}, status=422)
    assert "Chưa nhập Nội dung" in refused.text
    typed = WORDS | {"ma": code_of(house), "ho_ten": "Trần Thị Hoa"}
    kept = browser.submit(page, link, typed)
    assert "Ý kiến đã được giữ, ghi là gửi muộn" in kept.text
    assert browser.submit(page, link, typed).h1 == kept.h1
    given = opinion_of(house, body_id)
    assert (given.outcome, given.text, given.late) == ("nhat_tri_co_y_kien", WORDS["noi_dung"], True)
    assert "Trần Thị Hoa" in (given.given_by or "")


def test_a_person_finds_the_way_from_the_closed_task_and_from_the_plan(stage: Stage) -> None:
    house, body_id, _, task = silent_after_the_deadline(stage)
    browser = house.browser("thu_truong", body_id)
    address = f"{house.plan}/y-kien-muon/{body_id}"
    assert address in browser.get(task).links
    tab = browser.get(f"{house.plan}/y-kien")
    assert [link for link in tab.links if "y-kien-muon" in link] == [address]
    page = browser.get(address)
    wrong = browser.submit(page, address, {"ket_qua": "khong_nhat_tri"}, status=422)
    assert wrong.title.startswith("Lỗi:")
    kept = browser.submit(wrong, address, WORDS)
    assert "ghi là gửi muộn" in kept.text
    assert browser.submit(page, address, WORDS).h1 == kept.h1
    tab = browser.get(f"{house.plan}/y-kien")
    assert "Nhất trí và có ý kiến muộn" in tab.text
    assert address not in tab.links


def test_a_second_voice_of_the_same_body_learns_who_was_first(stage: Stage) -> None:
    house, body_id, link, _ = silent_after_the_deadline(stage, body=True)
    address = f"{house.plan}/y-kien-muon/{body_id}"
    browser = house.browser("thu_truong", body_id)
    page = browser.get(address)
    other = house.browser()
    other.submit(other.get(link), f"{link}/gui-ma")
    other.submit(other.get(link), link, {"ket_qua": "nhat_tri", "ma": code_of(house), "ho_ten": "Ông Tư"})
    late = browser.submit(page, address, WORDS, status=422)
    assert "Ý kiến này đã có trước khi đồng chí bấm" in late.text
    assert WORDS["noi_dung"] in late.text
    assert opinion_of(house, body_id).outcome == "nhat_tri"


def test_after_the_signature_a_sentence_and_no_form(stage: Stage) -> None:
    house, body_id, link, _ = silent_after_the_deadline(stage, body=True)
    address = f"{house.plan}/y-kien-muon/{body_id}"
    browser = house.browser("thu_truong", body_id)
    before = browser.get(address)
    sign(house)
    refused = browser.submit(before, address, WORDS, status=422)
    assert "Kế hoạch đã được ký" in refused.text
    assert WORDS["noi_dung"] in refused.text
    for page in (browser.get(address), house.browser().get(link)):
        assert "Kế hoạch đã được ký" in page.text
        assert "bieu-mau" not in page.ids
    assert address not in browser.get(f"{house.plan}/y-kien").links
    assert opinion_of(house, body_id).outcome == "khong_co_y_kien"


def test_nobody_speaks_for_another_body(stage: Stage) -> None:
    house, body_id, _, _ = silent_after_the_deadline(stage)
    clerk = house.browser("van_thu")
    page = clerk.get(f"{house.plan}/y-kien-muon/{body_id}")
    assert "bieu-mau" not in page.ids
    sent = page.form("/dang-xuat").filled() | WORDS
    assert clerk.http.post(f"{house.plan}/y-kien-muon/{body_id}", data=sent).status_code == 403
    clerk.get(f"{house.plan}/y-kien-muon/{house.cast.office.id}", status=404)


def test_an_expired_link_brings_a_new_one_to_the_body(stage: Stage) -> None:
    house, _, link, _ = silent_after_the_deadline(stage, body=True)
    house.cast.now += timedelta(days=20)
    browser = house.browser()
    dead = browser.get(link, status=410)
    assert "ý kiến gửi muộn vẫn được giữ lại" in dead.text
    browser.submit(dead, f"{link}/gui-lai")
    house.cast.sweep()
    (letter,) = [each for each in house.cast.channel.letters if each.subject.startswith("[Liên kết mới]")]
    path = next(word for word in letter.text.split() if "/x/" in word)
    assert "Cho ý kiến muộn" in browser.get(path[path.index("/x/") :]).h1


def test_an_opinion_after_an_early_end_says_until_when_it_is_in_time(stage: Stage) -> None:
    house = stage("consulting")
    asked = house.cast.open("lay_y_kien")
    open_ids = {task.id for task in asked}
    for task in asked:
        if task.id in open_ids and len(open_ids) > 1:
            house.cast.do(task, {"ket_qua": "nhat_tri"})
            open_ids = {one.id for one in house.cast.open("lay_y_kien")}
    silent = [one for one in asked if opinion_of(house, one.variables["co_quan_hoi"]).given_at is None]
    assert silent, "the stage asks more bodies than must answer"
    body_id = silent[0].variables["co_quan_hoi"]
    page = house.browser("thu_truong", body_id).get(f"{house.plan}/y-kien-muon/{body_id}")
    assert page.h1 == "Cho ý kiến sau khi đóng vòng"


def test_what_was_typed_survives_a_lost_session(stage: Stage) -> None:
    house, body_id, _, _ = silent_after_the_deadline(stage)
    address = f"{house.plan}/y-kien-muon/{body_id}"
    browser = house.browser("thu_truong", body_id)
    page = browser.get(address)
    browser.http.cookies.clear()
    asked = browser.submit(page, address, WORDS, status=401)
    typed = {"ten_dang_nhap": house.login("thu_truong", body_id), "mat_khau": PASSWORD}
    resumed = browser.submit(asked, "/dang-nhap", typed)
    form = browser.submit(resumed, address)
    assert form.form(address).filled()["noi_dung"] == WORDS["noi_dung"]
    assert opinion_of(house, body_id).outcome == "khong_co_y_kien"
