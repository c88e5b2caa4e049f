"""What happened to a plan, in order, told from the rows that the actions left behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from service.words.dates import day_words, due_words
from workflows.plans.duties import number_in_document
from workflows.plans.numbering import format_number
from workflows.store import consultation, directory, issuing, plans, reporting, submitting
from workflows.store.tables.plans import duties, occurrences
from workflows.store.tables.processes import cases
from workflows.store.tables.reporting import cycles
from workflows.store.tables.telling import deliveries, outbox

from .outcome_words import outcome_words
from .year import Acted


@dataclass(frozen=True)
class Happening:
    """One thing that happened: a stable kind, who did it (the system where nobody did), and a sentence."""

    at: datetime
    kind: str
    who: str
    text: str


@dataclass(frozen=True)
class Told:
    """One letter that was sent: the kind of its occasion, to whom, and its subject."""

    at: datetime
    kind: str
    name: str
    address: str
    subject: str


SYSTEM = "Hệ thống"


def told(connection: Connection, plan_id: int) -> list[Told]:
    """Every letter about the plan that was sent, in the order of time."""
    wanted = (
        select(deliveries.c.sent_at, outbox.c.kind, deliveries.c.name, deliveries.c.address, deliveries.c.subject)
        .join(outbox, outbox.c.id == deliveries.c.outbox_id)
        .where(outbox.c.plan_id == plan_id, deliveries.c.sent_at.is_not(None))
        .order_by(deliveries.c.sent_at, deliveries.c.id)
    )
    return [Told(*row) for row in connection.execute(wanted)]


def story(connection: Connection, plan_id: int, acted: Iterable[Acted]) -> list[Happening]:
    """Everything that happened to the plan, in the order of time."""
    found = [
        *_acts(plan_id, acted),
        *_rounds(connection, plan_id),
        *_issue(connection, plan_id),
        *_duties(connection, plan_id),
        *_cycles(connection, plan_id),
        *_life(connection, plan_id),
    ]
    return sorted(found, key=lambda happening: happening.at)


def _acts(plan_id: int, acted: Iterable[Acted]) -> Iterator[Happening]:
    for act in acted:
        if act.task.plan_id == plan_id:
            late = " (muộn)" if act.task.due is not None and act.at > act.task.due else ""
            words = f"{act.task.name}: {outcome_words(act.outcome)}{late}"
            yield Happening(act.at, f"task_{act.outcome}", act.person, words)


def _rounds(connection: Connection, plan_id: int) -> Iterator[Happening]:
    for round_ in consultation.rounds_of(connection, plan_id):
        opinions = consultation.opinions_of(connection, round_.id)
        words = f"Mở vòng lấy ý kiến {round_.no}: {len(opinions)} cơ quan, hạn {due_words(round_.deadline)}"
        yield Happening(round_.opened_at, "round_opened", SYSTEM, words)
        if round_.closed_at is not None:
            silent = [opinion.body_name for opinion in opinions if opinion.outcome == "khong_co_y_kien"]
            words = f"Chốt vòng {round_.no}: {len(opinions) - len(silent)}/{len(opinions)} cơ quan trả lời"
            words += f"; không có ý kiến: {'; '.join(silent)}" if silent else ""
            yield Happening(round_.closed_at, "round_closed", SYSTEM, words)


def _issue(connection: Connection, plan_id: int) -> Iterator[Happening]:
    line = issuing.register_line_of(connection, "plan", plan_id)
    if line is not None:
        words = f"Cấp số {format_number(line.number, line.symbol)}, ngày {day_words(line.document_on)}"
        yield Happening(line.entered_at, "numbered", SYSTEM, words)
    sent = [one for one in issuing.recipients_of(connection, "plan", plan_id) if one.channel != "keep"]
    in_force = connection.execute(
        select(cases.c.started_at).where(cases.c.plan_id == plan_id, cases.c.process == "nhiem_vu").order_by(cases.c.id)
    ).first()
    if sent and line is not None:
        at = min((one.sent_at for one in sent if one.sent_at), default=None) or (in_force[0] if in_force else None)
        names = "; ".join(dict.fromkeys(one.body_name for one in sent))
        yield Happening(at or line.entered_at, "distributed", SYSTEM, f"Gửi đến {len(sent)} nơi nhận: {names}")


def _duties(connection: Connection, plan_id: int) -> Iterator[Happening]:
    wanted = (
        select(occurrences, duties.c.no, duties.c.title)
        .join(duties, duties.c.id == occurrences.c.duty_id)
        .where(duties.c.plan_id == plan_id, occurrences.c.opened_at.is_not(None))
        .order_by(occurrences.c.id)
    )
    for row in connection.execute(wanted).all():
        lead = directory.body(connection, row.body_id).name
        due = f", hạn {day_words(row.due_on)}" if row.due_on else ", thường xuyên"
        name = f"nhiệm vụ {number_in_document(row.no)} ({row.key})"
        yield Happening(row.opened_at, "duty_opened", SYSTEM, f"Giao {name} cho {lead}{due}")
        if row.done_at is not None:
            yield Happening(row.done_at, "duty_done", lead, f"Hoàn thành {name}")


def _cycles(connection: Connection, plan_id: int) -> Iterator[Happening]:
    for (cycle_id,) in connection.execute(select(cycles.c.id).where(cycles.c.plan_id == plan_id).order_by(cycles.c.id)):
        cycle = reporting.cycle(connection, cycle_id)
        if cycle.opened_at is None:
            continue
        words = f"Mở kỳ báo cáo {cycle.key}: đơn vị chậm nhất {day_words(cycle.unit_due)}"
        words += f", cơ quan chậm nhất {day_words(cycle.office_due)}"
        yield Happening(cycle.opened_at, "cycle_opened", SYSTEM, words)
        if cycle.sent_at is not None:
            yield Happening(cycle.sent_at, "report_sent", SYSTEM, _sent(connection, cycle))


def _sent(connection: Connection, cycle: reporting.Cycle) -> str:
    submissions = submitting.submissions_of(connection, cycle.id)
    late = [one.body_name for one in submissions if one.late]
    absent = [one.body_name for one in submissions if one.status == "khong_gui"]
    rule = reporting.rule(connection, cycle.rule_id)
    parent = directory.body(connection, rule.parent_body_id).name if rule.parent_body_id else "cấp trên"
    number = format_number(cycle.number, cycle.symbol) if cycle.number and cycle.symbol else "không số"
    words = f"Gửi báo cáo {cycle.key} số {number} đến {parent}"
    words += f"; gửi muộn: {'; '.join(late)}" if late else ""
    return words + (f"; không gửi: {'; '.join(absent)}" if absent else "")


def _life(connection: Connection, plan_id: int) -> Iterator[Happening]:
    plan = plans.plan(connection, plan_id)
    yield Happening(plan.created_at, "imported", plan.created_by or SYSTEM, f"Nhập dự thảo: {plan.title}")
    wanted = select(cases).where(cases.c.plan_id == plan_id, cases.c.process == "ke_hoach")
    for row in connection.execute(wanted):
        yield Happening(row.started_at, "started", SYSTEM, "Bắt đầu quy trình của kế hoạch")
        if row.ended_at is not None:
            yield Happening(row.ended_at, "ended", SYSTEM, "Kế hoạch kết thúc, hồ sơ đã lập")


def late_acts(acted: Sequence[Acted]) -> list[Acted]:
    """What was done after its due instant."""
    return [act for act in acted if act.task.due is not None and act.at > act.task.due]
