"""Of one plan at one press: the file that goes to whoever signs as one PDF, and its days as a calendar."""

from __future__ import annotations

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest
from service.calendar_feed import calendar_of_dates
from service.words import dates, distribution, history_words, vi
from workflows.actions.compose_paper import compose_paper, papers_at
from workflows.actions.paper_facts import matter_of
from workflows.papers.dossier_files import joined
from workflows.papers.fonts import find_font
from workflows.papers.media_types import PDF
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.course_paper import course_paper
from workflows.store.screens import plan_page
from workflows.store.screens.plan_dates import plan_dates
from workflows.store.screens.plan_page import Passed

from .attachment import attachment
from .plan import Opened, open_plan

pages = Pages()
# In the order in which a signer turns the pages.
PIECES = ("phieu_trinh", "to_trinh", "ke_hoach", "phu_luc", "tiep_thu")


@pages.get("/ke-hoach/{plan_id}/ho-so-trinh.pdf", PERSON)
def submission_file(visit: Guest, plan_id: int) -> Response:
    """Phiếu trình, tờ trình, the draft, the opinions and what became of them, the steps and the receipts."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        there = papers_at(connection, opened.top.plan)
        papers = [compose_paper(connection, plan_id, kind, opened.today) for kind in PIECES if kind in there]
        matter = matter_of(connection, opened.top.plan, opened.today)
        course = course_paper(matter, _steps(connection, opened), _receipts(connection, plan_id))
    font = find_font()
    content = joined([pdf_bytes(paper, font) for paper in (*papers, course)])
    return attachment(content, f"{history_words.SUBMISSION_FILE} {opened.top.plan.title}.pdf", PDF)


@pages.get("/ke-hoach/{plan_id}/lich.ics", PERSON)
def calendar(visit: Guest, plan_id: int) -> Response:
    """The days of the plan that are not over, for the calendar of whoever presses."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        found = plan_dates(connection, plan_id)
    content = calendar_of_dates(found, visit.web.settings.base_url)
    return attachment(content, f"{opened.top.plan.title}.ics", "text/calendar; charset=utf-8")


def _steps(connection: Connection, opened: Opened) -> list[tuple[str, ...]]:
    case_id = opened.top.plan.case_id
    passes = plan_page.passes(connection, case_id, opened.today) if case_id else []
    return [
        (
            item.task.name,
            _who(item),
            dates.time_words(item.task.opened_at),
            dates.due_words(item.task.due) if item.task.due else vi.NO_DUE,
            dates.time_words(item.task.closed_at) if item.task.closed_at else "",
            ". ".join(
                filter(
                    None, (vi.OUTCOME.get(item.task.outcome or "", vi.TASK_STATUS[item.task.status]), item.task.remark)
                )
            ),
        )
        for item in passes
    ]


def _outcome(item: Passed) -> str:
    said = vi.OUTCOME.get(item.task.outcome or "", vi.TASK_STATUS[item.task.status])
    return f"{said[:1].upper()}{said[1:]}"


def _who(item: Passed) -> str:
    held = ", ".join(item.held.people or item.held.bodies)
    instead = history_words.INSTEAD_OF.format(item.principal) if item.principal else ""
    return " ".join(filter(None, (item.by or held, instead)))


def _receipts(connection: Connection, plan_id: int) -> list[tuple[str, ...]]:
    return [
        (
            row.body_name or row.raw,
            vi.RECEIPT_STATUS.get(row.status, row.status),
            dates.time_words(at) if (at := row.received_at or row.sent_at) else "",
            distribution.WAY.get(row.channel or "", row.channel or ""),
        )
        for row in plan_page.recipients_seen(connection, plan_id)
    ]
