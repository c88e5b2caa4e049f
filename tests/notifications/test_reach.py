"""Who cannot be reached by mail, who is in office, and how people are addressed."""

from __future__ import annotations

from datetime import date

from notifications.addressee import ADDRESS_SETTING
from workflows.store import directory
from workflows.store.clockwork import set_setting

from .commune import BASE_URL, NOW, TITLE, Commune, day
from .told import only_row, rows, subjects, told


def test_a_person_without_mail_reads_in_the_house(commune: Commune) -> None:
    with commune.database.write() as connection:
        person = directory.add_person(connection, "Ngô Văn Chín")
        post = directory.add_post(connection, commune.bodies["y_te"], "thu_truong", "TRẠM TRƯỞNG", is_head=True)
        directory.hold(connection, post, person, acting=True)
    task = commune.open_task(commune.group("thu_truong", "y_te"), form="thuc_hien")
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert told(commune) == []
    letter = only_row(commune)
    assert (letter.channel, letter.person_id) == ("inbox", person)
    assert "đồng chí Ngô Văn Chín, Quyền trạm trưởng Trạm Y tế xã" in letter.text
    assert f"{BASE_URL}/viec/{task}" in letter.text


def test_of_two_people_with_one_mailbox_the_second_reads_in_the_house(commune: Commune) -> None:
    with commune.database.write() as connection:
        for name in ("Ngô Văn Chín", "Ngô Thị Mười"):
            person = directory.add_person(connection, name, "tramyte@ducphong.vn")
            post = directory.add_post(connection, commune.bodies["y_te"], "can_bo", "Y sĩ")
            directory.hold(connection, post, person)
    task = commune.open_task(commune.group("can_bo", "y_te"), form="thuc_hien")
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert [letter.name for letter in told(commune)] == ["Ngô Văn Chín"]
    assert [(row.name, row.channel) for row in rows(commune)] == [("Ngô Văn Chín", "mail"), ("Ngô Thị Mười", "inbox")]


def test_the_clerks_hear_of_a_body_that_nobody_can_tell(commune: Commune) -> None:
    task = commune.open_task(commune.group("thu_truong", "y_te"), form="thuc_hien", name="Thực hiện nhiệm vụ")
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert told(commune) == []
    (letter,) = told(commune)
    assert letter.address == "van_thu@ducphong.gov.vn"
    assert letter.subject == f"[Cần gửi giấy] Thực hiện nhiệm vụ: {TITLE}"[:77].rpartition(" ")[0] + "…"
    assert "Trạm Y tế xã chưa có người nhận hoặc chưa có địa chỉ thư điện tử" in letter.text
    assert told(commune) == []


def test_the_clerks_hear_of_a_step_that_nobody_holds(commune: Commune) -> None:
    task = commune.open_task(commune.group("chu_tich", "ubnd"), excluded=(commune.people["chu_tich"],))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert told(commune) == []
    (letter,) = told(commune)
    assert letter.address == "van_thu@ducphong.gov.vn"
    assert "Bước “Ký ban hành” chưa có người nhận" in letter.text


def test_the_form_of_address_is_the_offices_choice(commune: Commune) -> None:
    with commune.database.write() as connection:
        set_setting(connection, ADDRESS_SETTING, "ông, bà", now=NOW, by=None, office_id=commune.bodies["ubnd"])
    task = commune.open_task(commune.group("can_bo", "van_hoa"), due=day(11, 16))
    commune.tell("task_late", f"late:{task}:1", task_id=task, level=1, target="thu_truong")
    (letter,) = told(commune)
    assert letter.text.startswith("Kính gửi ông (bà) Võ Văn Tám, Trưởng Phòng Văn hóa - Xã hội:")
    assert "đồng chí" not in letter.text and "đ/c" not in letter.text
    assert "ông (bà) Bùi Thị Năm" in letter.text


def test_letters_go_to_who_is_in_office_on_the_day(commune: Commune) -> None:
    with commune.database.write() as connection:
        directory.leave(connection, commune.people["chu_tich"], date(2026, 11, 18))
    task = commune.open_task(commune.group("chu_tich", "ubnd"), commune.group("pho_chu_tich", "ubnd"))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert list(subjects(told(commune))) == ["pho"]
    commune.tell("approval_voided", "voided:1:3", version=3, people=[str(commune.people["chu_tich"])])
    assert told(commune) == []
