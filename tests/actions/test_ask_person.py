"""ask_person and withdraw_request: who is asked sees the plan and answers; who asked hears; the task waits."""

from __future__ import annotations

from datetime import timedelta

from service.demo.found_office import found_office
from tests.actions.colleagues import desk_of, join, number, row
from tests.actions.small_office import PLAN, refused, stored
from tests.stories.cast import Cast
from workflows.actions import Desk, Request, act_on_task, ask_person, reassign_task, withdraw_request
from workflows.plans.read_text import read_text
from workflows.store import directory
from workflows.store.screens import sight
from workflows.store.tables.telling import deliveries, outbox


def front(cast: Cast) -> Desk:
    """The head of the Mặt trận, who sees nothing of a draft that was not sent to them."""
    return cast.desk("thu_truong", cast.office.front_id)


def sees(cast: Cast, desk: Desk) -> bool:
    with cast.database.read() as connection:
        return sight.sees(connection, sight.sight_of(connection, desk.by.groups), cast.plan_id)


def test_a_blocking_question_is_answered_by_somebody_who_then_sees_the_plan(cast: Cast) -> None:
    (task,) = cast.open()
    head, asked_one = cast.drafter(), front(cast)
    assert not sees(cast, asked_one)
    due = (cast.now + timedelta(days=2)).date()
    asked = ask_person(head, task.id, Request(number(asked_one), "Có nhất trí thời gian?", due=due))
    kept = row(cast, asked)
    assert (kept.asked_in, kept.blocking, kept.form, kept.name) == (task.id, True, "hoi_them", "Trả lời câu hỏi thêm")
    assert sees(cast, asked_one)
    with refused(cast.database, "WAITING_FOR_ANSWER"):
        act_on_task(head, task.id, {})
    with refused(cast.database, "FIELD_REQUIRED"):
        act_on_task(asked_one, asked, {})
    act_on_task(asked_one, asked, {"noi_dung": "Nhất trí"})
    assert (row(cast, asked).outcome, row(cast, asked).remark) == ("da_tra_loi", "Nhất trí")
    (told,) = stored(cast.database, outbox, kind="task_answered")
    assert told.task_id == task.id
    assert told.data["person"] == head.by.person
    cast.sweep()
    assert sees(cast, asked_one)
    act_on_task(head, task.id, {})
    assert cast.waiting_at() == {"kiem_tra_noi_dung"}


def test_letters_go_to_who_is_asked_and_to_who_asked(cast: Cast) -> None:
    (task,) = cast.open()
    asked_one = front(cast)
    asked = ask_person(cast.drafter(), task.id, Request(number(asked_one), "Có nhất trí thời gian?"))
    cast.sweep()
    assert ("task_asked", asked) in {(each.kind, each.task_id) for each in stored(cast.database, outbox)}
    act_on_task(asked_one, asked, {"noi_dung": "Nhất trí"})
    cast.now += timedelta(minutes=20)  # letters about one plan are a quarter of an hour apart
    cast.sweep()
    said = "".join(each.text for each in stored(cast.database, deliveries))
    assert "Có nhất trí thời gian?" in said
    assert "“Nhất trí”" in said


def test_an_advisory_question_does_not_hold_the_task_and_ends_with_it(cast: Cast) -> None:
    (task,) = cast.open()
    asked = ask_person(cast.drafter(), task.id, Request(number(front(cast)), "Góp ý giúp", blocking=False))
    act_on_task(cast.drafter(), task.id, {})
    assert row(cast, asked).status == "cancelled"
    assert not sees(cast, front(cast))
    with refused(cast.database, "TASK_CANCELLED"):
        act_on_task(front(cast), asked, {"noi_dung": "Muộn rồi"})


def test_a_forwarded_task_comes_back_with_a_yes_or_a_no_to_the_text(cast: Cast) -> None:
    (task,) = cast.open()
    request = Request(number(front(cast)), "Xem giúp", "chuyen_tiep", blocking=False)
    asked = ask_person(cast.drafter(), task.id, request)
    assert row(cast, asked).blocking
    with refused(cast.database, "CONTENT_CHANGED"):
        act_on_task(front(cast), asked, {"ket_qua": "dong_y"})
    with refused(cast.database, "FIELD_REQUIRED"):
        act_on_task(front(cast), asked, {"ket_qua": "khong_dong_y"}, seen_hash=cast.seen_hash())
    act_on_task(front(cast), asked, {"ket_qua": "dong_y"}, seen_hash=cast.seen_hash())
    assert row(cast, asked).outcome == "dong_y"
    act_on_task(cast.drafter(), task.id, {})


def test_who_is_asked_asks_on(cast: Cast) -> None:
    (task,) = cast.open()
    first = ask_person(cast.drafter(), task.id, Request(number(front(cast)), "Xem giúp", "chuyen_tiep"))
    second = ask_person(front(cast), first, Request(number(cast.desk("chu_tich")), "Chủ tịch có biết việc này?"))
    with refused(cast.database, "WAITING_FOR_ANSWER"):
        act_on_task(front(cast), first, {"ket_qua": "dong_y"}, seen_hash=cast.seen_hash())
    act_on_task(cast.desk("chu_tich"), second, {"noi_dung": "Có"})
    act_on_task(front(cast), first, {"ket_qua": "dong_y"}, seen_hash=cast.seen_hash())


def test_a_question_is_withdrawn_and_with_it_the_sight(cast: Cast) -> None:
    (task,) = cast.open()
    asked = ask_person(cast.drafter(), task.id, Request(number(front(cast)), "Xem giúp"))
    with refused(cast.database, "NOT_A_CANDIDATE"):
        withdraw_request(front(cast), asked)
    with refused(cast.database, "NOT_A_REQUEST"):
        withdraw_request(cast.drafter(), task.id)
    withdraw_request(cast.drafter(), asked)
    assert not sees(cast, front(cast))
    act_on_task(cast.drafter(), task.id, {})


def test_nobody_else_of_the_asked_body_sees_or_answers(cast: Cast) -> None:
    (task,) = cast.open()
    other = join(cast, "Người khác", "can_bo", cast.office.front_id)
    asked = ask_person(cast.drafter(), task.id, Request(number(front(cast)), "Xem giúp"))
    assert not sees(cast, other)
    with refused(cast.database, "NOT_FOUND"):
        act_on_task(other, asked, {"noi_dung": "Tôi trả lời"})


def test_what_cannot_be_asked(cast: Cast) -> None:
    (task,) = cast.open()
    head = cast.drafter()
    with cast.database.write() as connection:
        other = found_office(connection, read_text(PLAN.replace("XÃ AN BÌNH", "XÃ AN LẠC")), {})
        stranger = directory.holders_of(connection, f"chu_tich@{other.id}", cast.now.date())[0].person_id
    who = number(front(cast))
    with refused(cast.database, "MAY_NOT_BE_ASKED"):
        ask_person(head, task.id, Request(stranger, "Xem giúp"))
    with refused(cast.database, "ASKS_ONESELF"):
        ask_person(head, task.id, Request(number(head), "Tự hỏi"))
    with refused(cast.database, "FIELD_REQUIRED"):
        ask_person(head, task.id, Request(who, "  "))
    with refused(cast.database, "DATE_NOT_AHEAD"):
        ask_person(head, task.id, Request(who, "Xem", due=(cast.now - timedelta(days=1)).date()))
    with refused(cast.database, "BAD_FIELD"):
        ask_person(head, task.id, Request(who, "Xem", "soan_thao"))
    with refused(cast.database, "NOT_A_CANDIDATE"):
        ask_person(cast.desk("van_thu"), task.id, Request(who, "Xem"))
    asked = ask_person(head, task.id, Request(who, "Xem"))
    with refused(cast.database, "ALREADY_ASKED"):
        ask_person(head, task.id, Request(who, "Xem nữa"))
    with refused(cast.database, "MAY_NOT_RECEIVE"):
        reassign_task(desk_of(cast, who), asked, stranger, "Nhờ")
