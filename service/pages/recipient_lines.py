"""The lines of Nơi nhận: once more, another way, on paper, told by letter, confirmed by hand; as a sheet and a book."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.words import distribution as said
from service.words import list_words
from service.words.dates import day_words, time_words
from service.words.refusals import sentences_of
from service.words.vi import CHANNEL, RECEIPT_STATUS, numbered
from workflows.actions.channel import EXCHANGE
from workflows.actions.confirm_receipt import confirm_receipt
from workflows.actions.exchanging.send_again import send_again as send_again_by_exchange
from workflows.actions.recipient_lines import change_channel, hand_over, resend_line
from workflows.actions.tell_on_paper import tell_on_paper
from workflows.errors import NotFound, Refused
from workflows.store import issuing, reporting
from workflows.store.issuing import Recipient
from workflows.store.local_days import local_day
from workflows.store.screens import plan_page

from .line_filter import filtered
from .list_files import ListFile, list_file
from .plan import open_plan
from .unconfirmed import HOME as UNCONFIRMED

pages = Pages()


@pages.get("/ke-hoach/{plan_id}/noi-nhan/tai-ve", PERSON)
def as_file(visit: Guest, plan_id: int) -> Response:
    """The lines that the filters leave, as a worksheet."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        found = filtered(visit, plan_page.recipients_seen(connection, plan_id))
    plan = opened.top.plan
    cover = [f"{numbered(plan.number, plan.symbol)}: {plan.title}", time_words(visit.now)]
    rows = [_row(line) for line in found]
    name = list_words.RECIPIENTS.format(plan_id)
    return list_file(visit, ListFile(name, said.SHEET_TITLE, said.SHEET_COLUMNS, rows, cover))


@pages.get("/ke-hoach/{plan_id}/so-giao", PERSON)
def delivery_book(visit: Guest, plan_id: int) -> Response:
    """Sổ chuyển giao: the lines that go on paper, with room for the receivers' signatures (NĐ 30/2020 Phụ lục IV)."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        lines = [each for each in plan_page.recipients_seen(connection, plan_id) if each.channel == "paper"]
    plan = opened.top.plan
    cited = numbered(plan.number, plan.symbol)
    today = day_words(local_day(visit.now))
    return visit.page(
        "book_print.html",
        kind="slip",
        title=said.SLIP_TITLE,
        offices=[opened.top.office],
        cover=[f"{cited}: {plan.title}", day_words(local_day(visit.now))],
        columns=said.SLIP_COLUMNS,
        rows=[(today, cited, each.body_name, "1", "", "") for each in lines],
        back=f"/ke-hoach/{plan_id}/noi-nhan",
    )


@pages.post("/noi-nhan/{recipient_id}/gui-lai", role("van_thu"))
def send_again(visit: Guest, recipient_id: int) -> Response:
    """Once more: by mail with a new link, by exchange what nobody tries any more."""

    def deed(line: Recipient) -> None:
        verb = send_again_by_exchange if line.channel == EXCHANGE else resend_line
        verb(visit.desk(), line.id)

    return _do(visit, recipient_id, deed)


@pages.post("/noi-nhan/{recipient_id}/cach-gui", role("van_thu"))
def another_way(visit: Guest, recipient_id: int) -> Response:
    """From now on another way."""
    return _do(visit, recipient_id, lambda _: change_channel(visit.desk(), recipient_id, visit.form.text("kenh_gui")))


@pages.post("/noi-nhan/{recipient_id}/giao", role("van_thu"))
def on_paper(visit: Guest, recipient_id: int) -> Response:
    """The paper left."""
    return _do(visit, recipient_id, lambda _: hand_over(visit.desk(), recipient_id))


@pages.post("/noi-nhan/{recipient_id}/xac-nhan", role("van_thu"))
def confirm(visit: Guest, recipient_id: int) -> Response:
    """What came back by hand or telephone is entered with the receiver's name."""
    name = visit.form.text("nguoi_nhan")
    return _do(visit, recipient_id, lambda _: confirm_receipt(visit.desk(), recipient_id, name))


@pages.post("/noi-nhan/{recipient_id}/bao-giay/{relation_id}", role("van_thu"))
def told(visit: Guest, recipient_id: int, relation_id: int) -> Response:
    """The letter about what happened to a document went to somebody who has it on paper."""
    back = UNCONFIRMED if visit.form.has("tu_danh_sach") else None
    return _do(visit, recipient_id, lambda _: tell_on_paper(visit.desk(), recipient_id, relation_id), back)


def _do(visit: Visit, recipient_id: int, deed: Callable[[Recipient], None], back: str | None = None) -> Response:
    """Do this to a line that may be seen, and go back to it, or to the list that it was pressed on."""
    with visit.web.database.read() as connection:
        line = _line(visit, connection, recipient_id)
    try:
        deed(line)
    except Refused as refused:
        return visit.page(
            "line_refused.html",
            status=422,
            line=line,
            sentences=sentences_of(refused.reasons),
            back=back or _home(line),
        )
    visit.web.nudge()
    return visit.go(back or _home(line))


def _line(visit: Visit, connection: Connection, recipient_id: int) -> Recipient:
    """The line, where its document may be seen; else there is no such page."""
    line = issuing.recipient(connection, recipient_id)
    match line.subject:
        case "plan":
            open_plan(visit, connection, line.subject_id)
        case "report":
            open_plan(visit, connection, reporting.cycle(connection, line.subject_id).plan_id)
        case _:
            raise NotFound("recipient", id=recipient_id)
    return line


def _home(line: Recipient) -> str:
    if line.subject == "report":
        return f"/bao-cao/{line.subject_id}"
    return f"/ke-hoach/{line.subject_id}/noi-nhan#dong-{line.id}"


def _row(line: Recipient) -> tuple[str, ...]:
    return (
        str(line.line),
        line.raw,
        line.body_name,
        CHANNEL[line.channel],
        RECEIPT_STATUS[line.status],
        time_words(line.sent_at) if line.sent_at else "",
        time_words(line.received_at) if line.received_at else "",
        line.received_by or "",
        line.remark or "",
    )
