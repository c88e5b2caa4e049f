"""Thiết lập văn thư: shared series of numbers, organisation codes, who signs copies; each a form of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words.titles import LETTER as LETTER_NAME
from workflows.actions.keep_books import share_series
from workflows.actions.office_papers import CODE_KEEPERS, DECIDERS, give_organ_code, let_sign_copies
from workflows.errors import Refused
from workflows.plans.document_kinds import KINDS, LETTER, read_kinds
from workflows.store.local_days import local_day
from workflows.store.screens import register as register_screen
from workflows.store.screens.office_papers import office_papers

from .mistakes import Mistake, mistakes_of
from .register_entry import count_of, id_of

pages = Pages()
ROLES = tuple(dict.fromkeys((*CODE_KEEPERS, *DECIDERS)))
ROWS = 4


@dataclass(frozen=True)
class Sent:
    """What was typed into one of the forms, and what is wrong with it."""

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    series: Sequence[tuple[str, str]] = ()
    wrong: Sequence[Mistake] = ()


@pages.get("/thiet-lap-van-thu", role(*ROLES))
def show(visit: Guest) -> Response:
    """Everything that the office decided, with the forms that this person may use."""
    return _page(visit, Sent())


@pages.post("/thiet-lap-van-thu/day-so", role(*DECIDERS))
def series(visit: Guest) -> Response:
    """Which kinds of documents share a series of numbers, from a year on."""
    rows = list(zip(visit.form.many.get("ten_day_so", ()), visit.form.many.get("loai_van_ban", ()), strict=False))
    wanted = {name.strip(): read_kinds(kinds) for name, kinds in rows if name.strip() or kinds.strip()}
    return _do(visit, "day_so", rows, lambda office: share_series(visit.desk(), office, count_of(visit, "nam"), wanted))


@pages.post("/thiet-lap-van-thu/ma-dinh-danh", role(*CODE_KEEPERS))
def code(visit: Guest) -> Response:
    """The organisation code of a body."""
    sent = visit.form
    return _do(
        visit,
        "ma_dinh_danh",
        (),
        lambda office: give_organ_code(
            visit.desk(), office, id_of(sent.text("co_quan_nhan"), "co_quan_nhan"), sent.text("ma_dinh_danh")
        ),
    )


@pages.post("/thiet-lap-van-thu/ky-ban-sao", role(*DECIDERS))
def copy_signers(visit: Guest) -> Response:
    """The units whose heads sign copies by order."""
    chosen = [id_of(each, "don_vi_ky_sao") for each in visit.form.many.get("don_vi_ky_sao", ())]
    return _do(visit, "ky_ban_sao", (), lambda office: let_sign_copies(visit.desk(), office, chosen))


def _do(visit: Visit, form: str, rows: Sequence[tuple[str, str]], verb: Callable[[int], None]) -> Response:
    if visit.form.has("xem_lai"):
        return _page(visit, Sent(form, visit.form.fields, rows))
    try:
        verb(id_of(visit.form.text("co_quan_so"), "co_quan_so"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _page(visit, Sent(form, visit.form.fields, rows, mistakes_of(refused)), 422)
    return visit.go(f"/thiet-lap-van-thu?co_quan={visit.form.text('co_quan_so')}")


def _page(visit: Visit, sent: Sent, status: int = 200) -> Response:
    asked = sent.typed.get("co_quan_so") or visit.request.query_params.get("co_quan", "")
    with visit.web.database.read() as connection:
        held = {key: name for each in ROLES for key, name in _held(visit, connection, each).items()}
        number = whole_number(asked)
        office_id = number if number in held else next(iter(sorted(held)))
        today = local_day(visit.now)
        seen = office_papers(connection, office_id, today.year, today)
    rows = list(sent.series) or [(name, ", ".join(kinds)) for name, kinds in seen.series.items()]
    groups = visit.person.groups
    return visit.page(
        "office_papers.html",
        status=status,
        seen=seen,
        offices=held,
        sent=sent,
        wrong=list(sent.wrong),
        rows=rows + [("", "")] * max(ROWS - len(rows), 1),
        kinds=[*KINDS.items(), (LETTER, LETTER_NAME)],
        year=today.year,
        may_decide=bool({f"{each}@{office_id}" for each in DECIDERS} & groups),
        may_code=bool({f"{each}@{office_id}" for each in CODE_KEEPERS} & groups),
    )


def _held(visit: Visit, connection: Connection, role_name: str) -> dict[int, str]:
    return register_screen.kept_by(connection, visit.person.groups, role_name)
