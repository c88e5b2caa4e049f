"""Nhật ký: what happened, newest first, narrowed to a person or a kind, and the same as CSV and PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.form import clean
from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.whole_number import whole_number
from service.words import dates, history_words, telling_words, vi
from workflows.actions.paper_facts import matter_of
from workflows.papers.fonts import find_font
from workflows.papers.media_types import PDF
from workflows.papers.write_pdf import pdf_bytes
from workflows.plans.course_paper import LOG_COLUMNS, log_paper
from workflows.store.chain import verify_chain
from workflows.store.screens import plan_page
from workflows.store.screens.labels import person_names
from workflows.store.screens.plan_page import HistoryRow
from workflows.store.screens.told import told_of_plan, unsent_of_plan

from .attachment import attachment
from .list_files import ListFile, list_file
from .plan import Opened, open_plan, plan_tab

pages = Pages()
COLUMN_WIDTHS = (18, 50, 26, 30, 14)
MOST_LINES = 3000  # of a file; a longer history is cut, and the file says so


@dataclass(frozen=True)
class Wanted:
    """What of the history is asked for: everything or what people did, of one person, of one kind; which page."""

    everything: bool
    person: str
    kind: str
    page: int

    @property
    def types(self) -> frozenset[str] | None:
        """The kinds of events that are listed; None for all."""
        if self.kind:
            return frozenset({self.kind})
        return None if self.everything else vi.EVENTS_FOR_PEOPLE

    @property
    def query(self) -> str:
        """What narrows the list, as it stands in an address."""
        given = {"tat_ca": "co" if self.everything else "", "nguoi": self.person, "loai": self.kind}
        return urlencode({name: value for name, value in given.items() if value})


@pages.get("/ke-hoach/{plan_id}/nhat-ky", PERSON)
def history(visit: Guest, plan_id: int) -> Response:
    """What happened, newest first, and whether the chain of the log is whole."""
    wanted = _wanted(visit)
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        rows = plan_page.history(connection, plan_id, wanted.types, wanted.page, wanted.person)
        case_id = opened.top.plan.case_id
        return plan_tab(
            visit,
            opened,
            "nhat-ky",
            rows=rows[: plan_page.HISTORY_SHOWN],
            more=len(rows) > plan_page.HISTORY_SHOWN,
            page=wanted.page,
            wanted=wanted,
            everything=wanted.everything,
            actors=plan_page.actors_of(connection, plan_id),
            kinds=sorted(vi.EVENTS_FOR_PEOPLE, key=lambda kind: vi.EVENT[kind]),
            names=plan_page.task_names(connection, plan_id),
            principals=person_names(connection, [row.actor.get("on_behalf_of") for row in rows]),
            breaks=verify_chain(connection, case_id) if case_id else [],
            case_id=case_id,
            told=told_of_plan(connection, plan_id),
            unsent=unsent_of_plan(connection, plan_id),
            telling=telling_words,
        )


@dataclass(frozen=True)
class Log:
    """The list as a file has it: what it is called, its lines in words, and what is said above them."""

    opened: Opened
    name: str
    lines: Sequence[tuple[str, ...]]
    said: Sequence[str]


@pages.get("/ke-hoach/{plan_id}/nhat-ky/tai-ve", PERSON)
def file_of_history(visit: Guest, plan_id: int) -> Response:
    """The same list, narrowed the same way, as a worksheet or as CSV."""
    with visit.web.database.read() as connection:
        log = _log(visit, connection, plan_id)
    columns = list(zip(LOG_COLUMNS, COLUMN_WIDTHS, strict=True))
    cover = [log.opened.top.plan.title, *log.said]
    return list_file(visit, ListFile(log.name, history_words.LOG.upper(), columns, log.lines, cover))


@pages.get("/ke-hoach/{plan_id}/nhat-ky.pdf", PERSON)
def paper_of_history(visit: Guest, plan_id: int) -> Response:
    """The same list, narrowed the same way, as a document."""
    with visit.web.database.read() as connection:
        log = _log(visit, connection, plan_id)
        matter = matter_of(connection, log.opened.top.plan, log.opened.today)
    paper = log_paper(matter, log.lines, log.said)
    return attachment(pdf_bytes(paper, find_font()), f"{log.name}.pdf", PDF)


def _log(visit: Visit, connection: Connection, plan_id: int) -> Log:
    wanted = _wanted(visit)
    opened = open_plan(visit, connection, plan_id)
    rows = plan_page.history(connection, plan_id, wanted.types, 1, wanted.person, MOST_LINES)
    return Log(
        opened,
        f"{history_words.LOG} {vi.numbered(opened.top.plan.number, opened.top.plan.symbol)}",
        _lines(connection, plan_id, rows[:MOST_LINES]),
        _said(visit, connection, opened, wanted, cut=len(rows) > MOST_LINES),
    )


def _wanted(visit: Visit) -> Wanted:
    asked = visit.request.query_params
    kind = asked.get("loai", "")
    return Wanted(
        bool(asked.get("tat_ca")),
        clean(asked.get("nguoi", ""))[:20],
        kind if kind in vi.EVENT else "",
        max(1, whole_number(asked.get("trang", ""), 6) or 1),
    )


def _lines(connection: Connection, plan_id: int, rows: Sequence[HistoryRow]) -> list[tuple[str, ...]]:
    """Each event as its cells in words."""
    names = plan_page.task_names(connection, plan_id)
    principals = person_names(connection, [row.actor.get("on_behalf_of") for row in rows])
    return [
        (
            dates.time_words(row.at),
            _what(row, names),
            str(row.actor.get("name") or vi.SYSTEM),
            _capacity(row.actor, principals),
            vi.CHANNEL.get(str(row.actor.get("channel")), str(row.actor.get("channel") or "")),
        )
        for row in rows
    ]


def _what(row: HistoryRow, names: Mapping[tuple[int, str], str]) -> str:
    called = names.get((row.case_id, str(row.data.get("task_id")))) or row.data.get("name") or row.data.get("element")
    return ": ".join(filter(None, (vi.EVENT.get(row.type, row.type), called)))


def _capacity(actor: Mapping[str, str], principals: Mapping[str, str]) -> str:
    own = str(actor.get("capacity") or actor.get("post") or "")
    for_whom = actor.get("on_behalf_of")
    if not for_whom:
        return own
    return " ".join(filter(None, (own, history_words.INSTEAD_OF.format(principals.get(for_whom, vi.UNKNOWN)))))


def _said(visit: Visit, connection: Connection, opened: Opened, wanted: Wanted, *, cut: bool) -> list[str]:
    case_id = opened.top.plan.case_id
    broken = bool(verify_chain(connection, case_id)) if case_id else False
    said = [(history_words.BROKEN if broken else history_words.WHOLE).format(dates.time_words(visit.now))]
    if wanted.query:
        said.append(history_words.NARROWED)
    if cut:
        said.append(history_words.CUT.format(MOST_LINES))
    return said
