"""Who hears of each kind of occasion, in which words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from workflows.errors import Refused
from workflows.store import consultation, directory

from .commune import BASE_URL, NOW, TITLE, Commune, day
from .told import subjects, told


def test_the_holders_of_a_group_hear_of_a_new_task(commune: Commune) -> None:
    task = commune.open_task(commune.group("chu_tich", "ubnd"), due=day(11, 20))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    (letter,) = told(commune)
    assert letter.address == "chu_tich@ducphong.gov.vn"
    assert letter.subject == "[Cần ký, hạn 20/11] KH Tuyên truyền cải cách hành chính trên địa bàn xã năm…"
    assert letter.text.startswith(
        "Kính gửi đồng chí Đinh Văn Bé, Chủ tịch UBND xã Đức Phong: mời đồng chí xử lý bước “Ký ban hành”"
        f" của kế hoạch “{TITLE}”.\nHạn xử lý: còn 2 ngày – 20/11/2026.\n"
    )
    assert f"{BASE_URL}/x/" in letter.text


def test_a_person_in_two_groups_hears_once(commune: Commune) -> None:
    task = commune.open_task(
        commune.group("thu_truong", "van_phong"),
        commune.group("can_bo", "van_phong"),
        commune.group("thanh_vien", "van_phong"),
        form="soan_thao",
    )
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert sorted(subjects(told(commune))) == ["can_bo", "truong_vp"]


def test_only_the_assignee_hears_of_a_task_that_somebody_took(commune: Commune) -> None:
    task = commune.open_task(commune.group("thanh_vien", "van_phong"), assignee=commune.people["can_bo"])
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert list(subjects(told(commune))) == ["can_bo"]


def test_a_person_named_as_candidate_hears(commune: Commune) -> None:
    task = commune.open_task(f"nguoi@{commune.people['pho']}", "nhom_la_hoac")
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert list(subjects(told(commune))) == ["pho"]


def test_whoever_is_excluded_does_not_hear(commune: Commune) -> None:
    task = commune.open_task(commune.group("thanh_vien", "van_phong"), excluded=(commune.people["can_bo"],))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert list(subjects(told(commune))) == ["truong_vp"]


def test_whoever_acts_for_the_holder_hears_for_whom_and_until_when(commune: Commune) -> None:
    with commune.database.write() as connection:
        directory.delegate(
            connection,
            commune.people["chu_tich"],
            commune.people["pho"],
            capacity="KT.",
            groups=[commune.group("chu_tich", "ubnd")],
            basis="Giấy ủy quyền số 3",
            valid_from=NOW - timedelta(days=1),
            valid_to=day(11, 30),
        )
    task = commune.open_task(commune.group("chu_tich", "ubnd"))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    letters = told(commune)
    assert sorted(subjects(letters)) == ["chu_tich", "pho"]
    assert "đồng chí Trần Thị Lan, thay đ/c Đinh Văn Bé theo ủy quyền đến 30/11/2026" in letters[1].text
    commune.tell("task_opened", "again", task_id=task)
    assert list(subjects(told(commune, day(12, 1).replace(hour=9)))) == ["chu_tich"]


def test_a_body_without_people_hears_at_its_own_address(commune: Commune) -> None:
    task = commune.open_task(
        commune.group("thu_truong", "mat_tran"), commune.group("can_bo", "mat_tran"), form="gop_y", due=day(11, 25)
    )
    commune.tell("task_opened", f"task:{task}", task_id=task)
    (letter,) = told(commune)
    assert (letter.address, letter.body_id, letter.person_id) == ("mttq@ducphong.vn", commune.bodies["mat_tran"], None)
    assert letter.subject.startswith("[Xin ý kiến đến 25/11] KH Tuyên truyền")
    assert "kính đề nghị quý cơ quan cho ý kiến" in letter.text
    assert "mã xác nhận" in letter.text


def test_an_opinion_is_asked_of_a_person_without_a_word_of_codes(commune: Commune) -> None:
    task = commune.open_task(commune.group("thu_truong", "dang_uy"), form="gop_y", due=day(11, 25))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    (letter,) = told(commune)
    assert letter.address == "bi_thu@ducphong.gov.vn"
    assert "mã xác nhận" not in letter.text


def test_a_unit_is_asked_for_its_report(commune: Commune) -> None:
    cycle_id = commune.cycle()
    case_id = commune.case("bao_cao", ky=cycle_id)
    task = commune.open_task(
        commune.group("can_bo", "van_hoa"), form="bao_cao_don_vi", process="bao_cao", case_id=case_id, due=day(11, 15)
    )
    commune.tell("task_opened", f"task:{task}", task_id=task, now=NOW - timedelta(days=10))
    (letter,) = told(commune, NOW - timedelta(days=10))
    assert letter.subject.startswith("[Báo cáo năm 2026, hạn 15/11] KH Tuyên truyền")
    commune.tell("task_late", f"late:{task}:1", task_id=task, level=1, target="nguoi_giu")
    assert subjects(told(commune))["can_bo_vh"].startswith("[Chậm báo cáo 3 ngày] KH Tuyên truyền")


def test_the_letter_of_a_duty_says_which_duty(commune: Commune) -> None:
    case_id = commune.case("nhiem_vu", nhiem_vu=1)
    task = commune.open_task(
        commune.group("can_bo", "van_hoa"),
        form="thuc_hien",
        name="Thực hiện nhiệm vụ",
        process="nhiem_vu",
        case_id=case_id,
        due=day(12, 31),
    )
    commune.tell("task_opened", f"task:{task}", task_id=task)
    (letter,) = told(commune)
    assert letter.subject == "[Cần thực hiện, hạn 31/12] Phát thanh về cải cách hành chính"
    assert "“Thực hiện nhiệm vụ: Phát thanh về cải cách hành chính”" in letter.text
    assert f"của kế hoạch “{TITLE}”" in letter.text


def test_the_ladder_reminds_the_holder_then_the_head_then_the_vice_chairman(commune: Commune) -> None:
    task = commune.open_task(commune.group("can_bo", "van_hoa"), form="thuc_hien", name="Lập báo cáo", due=day(11, 20))
    steps = (
        (-1, "nguoi_giu", day(11, 19), {"can_bo_vh": "[Còn 1 ngày] KH "}),
        (0, "nguoi_giu", day(11, 20), {"can_bo_vh": "[Hôm nay đến hạn] KH "}),
        (1, "thu_truong", day(11, 23), {"truong_vh": "[Báo cáo chậm] KH "}),
        (2, "pho_chu_tich", day(11, 24), {"pho": "[Báo cáo chậm] KH "}),
        (3, "chu_tich", day(11, 25), {"chu_tich": "[Báo cáo chậm] KH "}),
        (4, "nguoi_giu", day(11, 26), {"can_bo_vh": "[Quá hạn 6 ngày] KH "}),
    )
    for level, target, now, expected in steps:
        kind, now = "task_late" if level > 0 else "task_due", now.replace(hour=7)  # noqa: PLW2901 - reminders come at 7
        commune.tell(kind, f"late:{task}:{level}", task_id=task, now=now, level=level, target=target)
        letters = told(commune, now)
        assert list(subjects(letters)) == list(expected)
        assert letters[0].subject.startswith(tuple(expected.values()))
        if kind == "task_late" and target != "nguoi_giu":
            assert letters[0].subject.endswith(f": đ/c Bùi Thị Năm quá hạn {now.day - 20} ngày")
            assert "đề nghị đồng chí đôn đốc, chỉ đạo" in letters[0].text
            assert f"{BASE_URL}/ke-hoach/{commune.plan_id}" in letters[0].text


def test_a_head_who_holds_the_task_is_told_as_its_holder(commune: Commune) -> None:
    task = commune.open_task(commune.group("thu_truong", "van_hoa"), form="xac_nhan", due=day(11, 17))
    commune.tell("task_late", f"late:{task}:1", task_id=task, level=1, target="thu_truong")
    (letter,) = told(commune)
    assert letter.subject.startswith("[Quá hạn 1 ngày]")


@pytest.mark.parametrize("target", ["nguoi_giu", "thu_truong"])
@pytest.mark.parametrize("body", ["mat_tran", "dang_uy", "hoi_nong_dan"])
def test_towards_bodies_outside_there_is_only_a_courteous_reminder(commune: Commune, body: str, target: str) -> None:
    task = commune.open_task(commune.group("thu_truong", body), form="gop_y", name="Cho ý kiến", due=day(11, 16))
    commune.tell("task_late", f"late:{task}:1", task_id=task, level=1, target=target)
    (letter,) = told(commune)
    assert letter.subject.startswith("[Kính nhắc] KH ")
    assert "trân trọng nhắc việc “Cho ý kiến”" in letter.text
    assert "đôn đốc" not in letter.text and "đề nghị xử lý" not in letter.text


def test_a_leader_is_not_asked_to_press_a_body_outside(commune: Commune) -> None:
    task = commune.open_task(commune.group("thu_truong", "mat_tran"), form="gop_y", due=day(11, 16))
    commune.tell("task_late", f"late:{task}:2", task_id=task, level=2, target="pho_chu_tich")
    (letter,) = told(commune)
    assert letter.address == "pho@ducphong.gov.vn"
    assert "cho ý kiến về việc trao đổi với cơ quan này" in letter.text
    assert "đôn đốc" not in letter.text


def test_what_came_back_says_the_reason_first(commune: Commune) -> None:
    task = commune.open_task(commune.group("can_bo", "van_phong"), form="soan_thao", name="Soạn thảo")
    commune.tell(
        "task_returned", f"returned:{task}", task_id=task, by="Đinh Văn Bé", reason="Bổ sung kinh phí", step="Ký"
    )
    (letter,) = told(commune)
    assert letter.subject.startswith("[Trả lại] KH ")
    assert "được trả lại, lý do: “Bổ sung kinh phí”." in letter.text.splitlines()[0]
    assert "đ/c Đinh Văn Bé" in letter.text


def test_whose_approval_was_voided_hears(commune: Commune) -> None:
    people = [str(commune.people["chu_tich"]), str(commune.people["truong_vp"])]
    commune.tell("approval_voided", "voided:1:3", version=3, people=people)
    letters = told(commune)
    assert sorted(subjects(letters)) == ["chu_tich", "truong_vp"]
    assert all("lần duyệt đó không còn hiệu lực" in letter.text for letter in letters)


def test_an_issued_plan_is_told_to_drafter_clerks_and_lead_units(commune: Commune) -> None:
    drafted = commune.open_task(commune.group("can_bo", "van_phong"), form="soan_thao")
    commune.close_task(drafted, by="can_bo")
    commune.issue()
    commune.tell("plan_issued", f"issued:{commune.plan_id}")
    letters = told(commune)
    assert sorted(subjects(letters)) == ["can_bo", "truong_vh", "van_thu"]
    assert letters[0].subject == "[Đã ban hành] Số 16/KH-UBND Tuyên truyền cải cách hành chính trên địa bàn xã…"
    assert "số 16/KH-UBND ngày 20/11/2026" in letters[0].text


def test_a_plan_whose_drafter_is_unknown_is_told_to_the_head_of_the_unit(commune: Commune) -> None:
    commune.issue()
    commune.tell("plan_issued", f"issued:{commune.plan_id}")
    assert sorted(subjects(told(commune))) == ["truong_vh", "truong_vp", "van_thu"]


def test_a_document_goes_to_the_body_with_a_link_for_the_receipt(commune: Commune) -> None:
    commune.issue()
    recipient = commune.recipient("hoi_nong_dan")
    commune.tell("document_sent", f"document:{recipient}", recipient_id=recipient)
    (letter,) = told(commune)
    assert letter.address == "nongdan@ducphong.vn"
    assert letter.subject.startswith("[Văn bản] Số 16/KH-UBND ngày 20/11/2026 Tuyên truyền")
    assert "Xác nhận đã nhận" in letter.text and f"{BASE_URL}/x/" in letter.text


def test_a_document_for_a_body_without_address_goes_to_its_people(commune: Commune) -> None:
    commune.issue()
    recipient = commune.recipient("dang_uy")
    commune.tell("document_sent", f"document:{recipient}", recipient_id=recipient)
    assert list(subjects(told(commune))) == ["bi_thu"]


def test_the_archive_line_is_told_to_nobody(commune: Commune) -> None:
    commune.issue()
    recipient = commune.recipient(None)
    commune.tell("document_sent", f"document:{recipient}", recipient_id=recipient)
    assert told(commune) == []


def test_a_report_is_told_to_both_offices_in_their_own_words(commune: Commune) -> None:
    cycle = commune.cycle(sent_at=NOW)
    commune.tell("report_sent", f"report:{cycle}", cycle_id=cycle)
    by_address = subjects(told(commune))
    assert by_address["van_thu"].startswith("[Đã gửi báo cáo năm 2026] KH ")
    assert by_address["van_thu_huyen"].startswith("[Báo cáo đến] Ủy ban nhân dân xã Đức Phong: KH ")


def test_the_own_letter_names_the_units_that_sent_nothing(commune: Commune) -> None:
    cycle = commune.cycle(parent=None, sent_at=NOW)
    commune.tell("report_sent", f"report:{cycle}", cycle_id=cycle)
    (letter,) = told(commune)
    assert "Đơn vị chưa gửi báo cáo: Trạm Y tế xã" in letter.text
    assert "Thời điểm gửi: 08:30 ngày 18/11/2026" in letter.text
    assert "Số, ký hiệu: 41/BC-UBND" in letter.text


def test_a_stopped_draft_is_told_to_those_who_were_asked(commune: Commune) -> None:
    with commune.database.write() as connection:
        asked = [(commune.bodies["mat_tran"], "MTTQ"), (commune.bodies["dang_uy"], "Đảng ủy")]
        consultation.add_round(
            connection,
            {
                "plan_id": commune.plan_id,
                "no": 1,
                "version": 2,
                "content_hash": "",
                "mode": "gop_y",
                "mandatory": [],
                "others_needed": 0,
                "opened_at": NOW,
                "deadline": day(11, 25),
            },
            asked,
        )
    commune.tell("plan_stopped", f"stopped:{commune.plan_id}", reason="Trùng với kế hoạch của huyện")
    letters = told(commune)
    assert sorted(subjects(letters)) == ["bi_thu", "mttq", "truong_vp", "van_thu"]
    assert "lý do: “Trùng với kế hoạch của huyện”" in letters[0].text


def test_a_stopped_plan_in_force_is_told_to_those_who_carry_it_out(commune: Commune) -> None:
    commune.issue()
    commune.tell("plan_stopped", f"stopped:{commune.plan_id}", reason="Thay bằng kế hoạch mới")
    assert sorted(subjects(told(commune))) == ["truong_vh", "truong_vp", "van_thu"]


def test_a_stopped_plan_is_told_to_whoever_had_a_step_of_it(commune: Commune) -> None:
    task = commune.open_task(commune.group("chu_tich", "ubnd"))
    before = set(subjects(told(commune)))
    commune.tell("plan_stopped", f"stopped:{commune.plan_id}", reason="Trùng với kế hoạch của huyện", tasks=[task])
    assert "chu_tich" in set(subjects(told(commune))) | before
    assert "chu_tich" not in before


def test_a_new_link_goes_to_whom_it_is_for(commune: Commune) -> None:
    task = commune.open_task(commune.group("thu_truong", "mat_tran"), form="gop_y")
    commune.tell("new_link", "link:1", task_id=task, body_id=commune.bodies["mat_tran"])
    commune.tell("new_link", "link:2", task_id=task, person_id=commune.people["pho"])
    assert sorted(subjects(told(commune))) == ["mttq", "pho"]


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("task_opened", {}),
        ("task_returned", {"by": "A", "reason": "b", "step": "c"}),
        ("task_late", {"level": 1, "target": "nguoi_giu"}),
        ("task_due", {"level": 0, "target": "nguoi_giu"}),
        ("new_link", {"person_id": 1}),
    ],
)
def test_nobody_hears_of_a_task_that_is_done(commune: Commune, kind: str, data: dict[str, Any]) -> None:
    task = commune.open_task(commune.group("chu_tich", "ubnd"), due=day(11, 16))
    commune.tell(kind, f"x:{task}", task_id=task, **data)
    commune.close_task(task)
    assert told(commune) == []


def test_an_unknown_kind_does_not_block_the_others(commune: Commune) -> None:
    task = commune.open_task(commune.group("chu_tich", "ubnd"))
    commune.tell("chuyen_la", "chuyen_la:1")
    commune.tell("task_opened", f"task:{task}", task_id=task)
    channel = MemoryChannel()
    with pytest.raises(ExceptionGroup) as caught:
        deliver(commune.database, NOW, channel, base_url=BASE_URL, tokens=commune.tokens)
    assert [error.code for error in caught.value.exceptions if isinstance(error, Refused)] == ["UNKNOWN_KIND"]
    assert list(subjects(channel.letters)) == ["chu_tich"]
