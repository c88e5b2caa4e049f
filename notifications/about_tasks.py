"""What is said about a task: the matter is one, what it asks of each addressee is not."""

from __future__ import annotations

from workflows.store.telling import Occasion

from .addressee import AddressBook, Addressee
from .audience import task_of
from .due_words import day_of, days_left, short
from .facts import NO_NUMBER, TaskFacts, period_of, task_facts
from .letterhead import Writer, letterhead
from .messages import (
    CourteousReminder,
    Message,
    NewLink,
    OpinionAsked,
    ReportAsked,
    TaskDue,
    TaskLate,
    TaskLateAbove,
    TaskOpened,
    TaskReturned,
)

# What a subject says of the deed that a form asks for.
DEEDS = {
    "soan_thao": "Cần soạn",
    "kiem_tra": "Cần kiểm tra",
    "gop_y": "Xin ý kiến",
    "thieu_y_kien": "Cần quyết định",
    "tiep_thu": "Cần tiếp thu",
    "ky": "Cần ký",
    "cap_so": "Cần cấp số",
    "phat_hanh": "Cần phát hành",
    "ket_thuc": "Cần kết thúc",
    "bao_cao_don_vi": "Cần báo cáo",
    "tong_hop": "Cần tổng hợp",
    "kiem_tra_bao_cao": "Cần kiểm tra báo cáo",
    "ky_bao_cao": "Cần ký báo cáo",
    "cap_so_bao_cao": "Cần cấp số báo cáo",
    "ra_soat": "Cần rà soát",
    "duyet_ra_soat": "Cần quyết định",
    "thuc_hien": "Cần thực hiện",
    "xac_nhan": "Cần xác nhận",
    "hoi_them": "Hỏi thêm",
    "chuyen_tiep": "Chuyển tiếp",
}


def opened(book: AddressBook, occasion: Occasion) -> Writer:
    """M01, M07, M09: the step waits; an opinion is asked for and a report is awaited in words of their own."""
    facts = task_facts(book, task_of(book.connection, occasion))

    def write(to: Addressee, url: str) -> Message:
        head = letterhead(book, to, url)
        if facts.task.form == "gop_y" and facts.plan is not None:
            mark = f"đến {_day(facts)}" if facts.task.due else ""
            version, by_code = facts.plan.version, to.person_id is None
            return OpinionAsked(*head, facts.title, mark, facts.plan.unit, version, facts.due, by_code)
        if facts.task.form == "bao_cao_don_vi" and facts.cycle is not None:
            period = period_of(facts.cycle)
            return ReportAsked(*head, facts.title, f"{period}{_by(facts)}", period, _number(facts), facts.due)
        mark = DEEDS.get(facts.task.form or "", "Cần xử lý") + _by(facts)
        return TaskOpened(*head, facts.title, facts.about, mark, facts.step, _number(facts), _unit(facts), facts.due)

    return write


def due_or_late(book: AddressBook, occasion: Occasion) -> Writer:
    """M02, M03, M04, M10 and the courteous reminder: what the day of writing says, not the level's sign."""
    facts = task_facts(book, task_of(book.connection, occasion))

    def write(to: Addressee, url: str) -> Message:
        head = letterhead(book, to, url)
        if to.part == "courtesy":
            return CourteousReminder(*head, facts.title, facts.about, facts.step, _unit(facts), facts.due)
        if to.part == "above":
            return _to_superior(facts, head)
        left = days_left(facts.task.due, book.now) if facts.task.due is not None else 0
        if left < 0:
            mark = f"{'Chậm báo cáo' if facts.task.form == 'bao_cao_don_vi' else 'Quá hạn'} {-left} ngày"
            return TaskLate(*head, facts.title, facts.about, mark, facts.step, _number(facts), facts.due)
        mark = f"Còn {left} ngày" if left else "Hôm nay đến hạn"
        return TaskDue(*head, facts.title, facts.about, mark, facts.step, _number(facts), facts.due)

    return write


def returned(book: AddressBook, occasion: Occasion) -> Writer:
    """M05: the reason stands first."""
    facts = task_facts(book, task_of(book.connection, occasion))
    by, reason = book.mention(str(occasion.data["by"])), str(occasion.data["reason"] or "")

    def write(to: Addressee, url: str) -> Message:
        return TaskReturned(*letterhead(book, to, url), facts.title, facts.about, by, reason, facts.step, facts.due)

    return write


def new_link(book: AddressBook, occasion: Occasion) -> Writer:
    """M14."""
    facts = task_facts(book, task_of(book.connection, occasion))

    def write(to: Addressee, url: str) -> Message:
        return NewLink(*letterhead(book, to, url), facts.title, facts.about, facts.step, facts.due)

    return write


def _to_superior(facts: TaskFacts, head: tuple[str, str, str, str]) -> Message:
    return TaskLateAbove(
        *head,
        facts.title,
        facts.about,
        holder=facts.holder,
        late=facts.late,
        step=facts.step,
        number=_number(facts),
        unit=facts.holder_unit,
        since=facts.since,
        due=facts.due,
        outside=facts.holder_outside,
    )


def _number(facts: TaskFacts) -> str:
    return facts.plan.number if facts.plan is not None else NO_NUMBER


def _unit(facts: TaskFacts) -> str:
    return facts.plan.unit if facts.plan is not None else facts.holder_unit


def _by(facts: TaskFacts) -> str:
    return f", hạn {_day(facts)}" if facts.task.due is not None else ""


def _day(facts: TaskFacts) -> str:
    return short(day_of(facts.task.due)) if facts.task.due is not None else ""
