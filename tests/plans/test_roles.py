from __future__ import annotations

import pytest

from workflows.plans.read_text import read_text
from workflows.plans.roles import split_roles
from workflows.plans.subjects import handed_on, subject_of
from workflows.plans.tasks_narrative import coop_inside, time_inside


@pytest.mark.parametrize(
    ("phrase", "lead", "coop"),
    [
        ("Phòng A chủ trì; Văn phòng xã phối hợp", ("Phòng A",), ("Văn phòng xã",)),
        ("Ban CHQS xã (chủ trì), Công an xã, Trạm Y tế (phối hợp)", ("Ban CHQS xã",), ("Công an xã", "Trạm Y tế")),
        ("Phòng A, phối hợp với Phòng B và các thôn", ("Phòng A",), ("Phòng B", "các thôn")),
        ("Phòng A; Phòng B", ("Phòng A", "Phòng B"), ()),
    ],
)
def test_who_leads_and_who_helps(phrase: str, lead: tuple[str, ...], coop: tuple[str, ...]) -> None:
    assert split_roles(phrase)[:2] == (lead, coop)


def test_a_further_sentence_is_left_over() -> None:
    assert (
        split_roles("Công chức Tư pháp - Hộ tịch. Hoàn thành trước ngày 31/3/2024")[2]
        == "Hoàn thành trước ngày 31/3/2024"
    )


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Công an xã tham mưu phương án", "Công an xã"),
        ("Sở Xây dựng chủ trì, phối hợp", "Sở Xây dựng"),
        ("Các cơ quan, đơn vị được giao chủ trì thực hiện các nhiệm vụ", "Các cơ quan, đơn vị được giao chủ trì"),
        ("Đề nghị Ủy ban Mặt trận Tổ quốc huyện chỉ đạo các đoàn thể", "Ủy ban Mặt trận Tổ quốc huyện"),
        ("Đối với chỉ số của UBND xã: tiếp tục thực hiện", "UBND xã"),
        ("Phòng Văn hoá và Thông tin", "Phòng Văn hoá và Thông tin"),
    ],
)
def test_who_acts_in_a_sentence(sentence: str, words: str) -> None:
    subject = subject_of(sentence)
    assert subject is not None
    assert subject.words == words


@pytest.mark.parametrize("sentence", ["Tổ chức hội nghị", "Nâng cao chất lượng", "", "Rà soát: công khai"])
def test_sentences_without_anybody(sentence: str) -> None:
    assert subject_of(sentence) is None


def test_who_is_asked_and_who_is_handed_the_work() -> None:
    asked = subject_of("Đề nghị các đoàn thể phối hợp tuyên truyền")
    assert asked is not None
    assert asked.mode == "request"
    giving = subject_of("UBND xã giao các Tổ công nghệ số tăng cường tuyên truyền")
    assert giving is not None
    assert handed_on(giving) == "các Tổ công nghệ số"


def test_help_and_time_inside_a_sentence() -> None:
    sentence = "Sở A chủ trì, phối hợp với Sở Tài chính, Văn phòng UBND tỉnh số hóa; hoàn thành trong quý IV năm 2026."
    assert coop_inside(sentence) == ("Sở Tài chính", "Văn phòng UBND tỉnh")
    assert time_inside(sentence) == "hoàn thành trong quý IV năm 2026"
    assert time_inside("thực hiện Kế hoạch năm 2026 của tỉnh") is None


ORGANISED = (
    "KẾ HOẠCH\n\nTuyên truyền năm 2026\n\nI. NỘI DUNG\n1. Tuyên truyền về CCHC.\n\nII. TỔ CHỨC THỰC HIỆN\n"
    "1. Phòng A\n- Chủ trì, phối hợp với Phòng B tổ chức hội thi.\n2. Công an xã theo dõi tình hình.\n"
)


def test_a_plan_without_task_sections_takes_its_tasks_from_the_organisation() -> None:
    tasks = read_text(ORGANISED).tasks
    assert [(task.lead, task.coop) for task in tasks] == [(("Phòng A",), ("Phòng B",)), (("Công an xã",), ())]


def test_with_other_tasks_only_dated_duties_of_the_organisation_count() -> None:
    listed = ORGANISED.replace("về CCHC.", "về CCHC.\n- Chủ trì: Phòng C\n- Thời gian: Hàng năm")
    assert [task.lead for task in read_text(listed).tasks] == [("Phòng C",)]
    dated = listed.replace("hội thi.", "hội thi, hoàn thành trước ngày 30/6/2026.")
    assert [task.lead for task in read_text(dated).tasks] == [("Phòng C",), ("Phòng A",)]
