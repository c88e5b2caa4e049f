"""Ủy quyền: who acts for whom, until when, on what document; a new one shows what would move before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages, role
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.whole_number import whole_number
from service.words import organisation as words
from service.words import vi
from service.words.dates import day_words
from workflows.actions.absence import name_of_group
from workflows.actions.administration import administered
from workflows.actions.desk import Work
from workflows.actions.lend_authority import (
    Loan,
    Moves,
    act_of_loan,
    check_loan,
    is_by_lender,
    lend_authority,
    longest_days,
    may_be_lent,
    moves_of,
    set_longest,
    take_back,
)
from workflows.errors import Refused
from workflows.plans.authority import Scope, by_name
from workflows.store import directory, plans
from workflows.store.directory import parse_group
from workflows.store.local_days import local_day, start_of
from workflows.store.screens.labels import plan_labels

from .mistakes import Mistake, mistakes_of
from .organisation import own_offices
from .organisation_edit import optional_day
from .proving import Proof, challenge, judge, proof_for, send_code
from .register_entry import count_of, day_of, id_of

pages = Pages()
CHOICES = 200


@pages.get("/to-chuc/uy-quyen", PERSON)
def delegations(visit: Guest) -> Response:
    """Every delegation of the own offices, and who acts as head ("Q.")."""
    return _list(visit)


@pages.get("/to-chuc/uy-quyen/moi", PERSON)
def form(visit: Guest) -> Response:
    """The form for one lender; an administrator chooses whose authority it is."""
    params = visit.request.query_params
    typed = {
        "nguoi_uy_quyen": params.get("nguoi", ""),
        "tu_ngay": params.get("tu", ""),
        "den_ngay": params.get("den", ""),
    }
    return _form(visit, {name: value for name, value in typed.items() if value})


@pages.post("/to-chuc/uy-quyen/moi", PERSON)
def lend(visit: Guest) -> Response:
    """First what would move; with the confirmation it is kept."""
    sent = visit.form
    if sent.has("xem_lai"):
        return _form(visit, sent.fields)
    moves, proof = None, None
    try:
        loan = _loan(visit)
        proof = _proof(visit, loan)
        if proof is not None and sent.has("xin_khoa"):
            return challenge(visit, proof.asked)
        with visit.web.database.read() as connection:
            moves = moves_of(connection, loan, visit.now)
        if proof is not None and sent.has("xin_ma"):
            send_code(visit, proof.asked)
        elif sent.has("xac_nhan"):
            if proof is not None and not proof.done:
                judge(visit, proof.asked, proof.ways)
            lend_authority(visit.desk(), loan)
            visit.web.nudge()
            return visit.go("/to-chuc/uy-quyen")
    except Refused as refused:
        return _form(visit, sent.fields, mistakes_of(refused), status_of(refused), moves, proof)
    return _form(visit, sent.fields, moves=moves, proof=proof)


@pages.post("/to-chuc/uy-quyen/{delegation_id}/thu-hoi", PERSON)
def revoke(visit: Guest, delegation_id: int) -> Response:
    """Thu hồi at once."""
    try:
        take_back(visit.desk(), delegation_id)
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _list(visit, [Mistake("", each.sentence) for each in mistakes_of(refused)], 422)
    return visit.go("/to-chuc/uy-quyen")


@pages.post("/to-chuc/uy-quyen/dai-nhat", role("quan_tri"))
def longest(visit: Guest) -> Response:
    """How long a delegation of the office may last."""
    try:
        set_longest(visit.desk(), id_of(visit.form.text("co_quan"), "co_quan"), count_of(visit, "so_ngay_toi_da"))
    except Refused as refused:
        if status_of(refused) != 422:
            raise
        return _list(visit, mistakes_of(refused), 422)
    return visit.go("/to-chuc/uy-quyen")


def _list(visit: Visit, wrong: list[Mistake] | None = None, status: int = 200) -> Response:
    today = local_day(visit.now)
    edits = administered(visit.person)
    with visit.web.database.read() as connection:
        offices = own_offices(visit, connection)
        people = [each.id for office in offices for each in directory.people_of_office(connection, office.id, today)]
        found = directory.delegations_of(connection, people)
        rows = [(each, each.state(visit.now), _parts(connection, each)) for each in found]
        acting = [
            held
            for office in offices
            for body in directory.bodies_of(connection, office.id, today)
            for held in directory.holdings_of_posts(
                connection, [post.id for post in directory.posts_of(connection, body.id)]
            )
            if held.acting and held.is_held_on(today)
        ]
        most = [(office, longest_days(connection, office.id)) for office in offices if office.id in edits]
    asked = visit.form.text("co_quan") if visit.form.has("so_ngay_toi_da") else None
    of = next((office.id for office, _ in most if str(office.id) == asked), most[0][0].id if most else 0)
    return visit.page(
        "delegations.html",
        status=status,
        rows=rows,
        acting=acting,
        most=most,
        typed={of: visit.form.text("so_ngay_toi_da")} if asked is not None else {},
        wrong=wrong or [],
        may_take_back=lambda each: bool(edits) or visit.person_id in (each.from_person_id, each.to_person_id),
        org=words,
    )


def _parts(connection: Connection, lent: directory.Delegation) -> list[str]:
    """What was lent, in words: groups, then limits."""
    said = [_group_words(connection, key) for key in sorted(lent.groups)]
    labels = plan_labels(connection, lent.scope.plans)
    limits = [label.title for label in labels.values()]
    limits += [words.DOCUMENT_KIND[kind] for kind in sorted(lent.scope.kinds)]
    limits += [vi.FORM_VERB[step] for step in sorted(lent.scope.steps)]
    return [*said, *limits]


def _group_words(connection: Connection, key: str) -> str:
    role_held, _ = parse_group(key)
    if role_held == directory.PERSON:
        return words.BY_NAME
    return f"{vi.ROLE[role_held]} – {name_of_group(connection, key)}"


def _loan(visit: Visit) -> Loan:
    sent = visit.form
    first, last = day_of(visit, "tu_ngay"), day_of(visit, "den_ngay")
    limits = sent.many.get("pham_vi_ke_hoach", ())
    scope = Scope(
        frozenset(id_of(each, "pham_vi_ke_hoach") for each in limits),
        frozenset(sent.many.get("pham_vi_loai", ())) & frozenset(words.DOCUMENT_KIND),
        frozenset(sent.many.get("pham_vi_buoc", ())) & frozenset(vi.FORM_VERB),
    )
    groups = tuple(dict.fromkeys(sent.many.get("phan_giao", ())))
    for key in groups:
        parse_group(key)
    return Loan(
        id_of(sent.text("nguoi_uy_quyen"), "nguoi_uy_quyen"),
        id_of(sent.text("nguoi_nhan"), "nguoi_nhan"),
        sent.text("hinh_thuc"),
        groups,
        start_of(first),
        start_of(last + timedelta(days=1)),
        sent.text("can_cu"),
        sent.text("so_van_ban"),
        optional_day(visit, "ngay_van_ban"),
        scope,
    )


def _proof(visit: Visit, loan: Loan) -> Proof | None:
    """What the lender is asked before the loan is kept; an administrator who enters it for another is not."""
    with visit.web.database.read() as connection:
        work = Work(connection, visit.now, visit.person)
        office_id = check_loan(work, loan)
        if not is_by_lender(work, loan):
            return None
        return proof_for(visit, work, act_of_loan(loan), office_id)


def _form(  # noqa: PLR0917 - what is judged together
    visit: Visit,
    typed: Mapping[str, str],
    wrong: list[Mistake] | None = None,
    status: int = 200,
    moves: Moves | None = None,
    proof: Proof | None = None,
) -> Response:
    today = local_day(visit.now)
    edits = administered(visit.person)
    asked = typed.get("nguoi_uy_quyen", "")
    lender = whole_number(asked) or visit.person_id
    with visit.web.database.read() as connection:
        office_id = directory.office_of_person(connection, lender, today)
        if lender != visit.person_id and office_id not in edits:
            raise Refused("NOT_YOURS", office=office_id)
        everybody = directory.people_of_office(connection, office_id, today) if office_id else []
        others = [each for office in edits for each in directory.people_of_office(connection, office, today)]
        own = may_be_lent(connection, lender, visit.now)
        groups = [(key, _group_words(connection, key)) for key in own if not key.startswith("thanh_vien@")]
        name = directory.person(connection, lender).name
        labels = plan_labels(connection, [task.plan_id for task in moves.tasks]) if moves else {}
        running = _running(connection, office_id)
    return visit.page(
        "delegation_form.html",
        status=status,
        typed={"tu_ngay": day_words(today), **typed},
        wrong=wrong or [],
        moves=moves,
        proof=proof,
        code_asked=visit.form.has("xin_ma"),
        labels=labels,
        lender=(lender, name),
        lenders=[(each.id, each.name) for each in others],
        people=[(each.id, each.name) for each in everybody if each.id != lender],
        groups=groups,
        chosen={name: frozenset(values) for name, values in visit.form.many.items()}
        or {"phan_giao": frozenset(key for key in own if key != by_name(lender))},
        running=running,
        org=words,
    )


def _running(connection: Connection, office_id: int | None) -> list[tuple[int, str]]:
    return [(each.id, each.title) for each in plans.running_plans(connection, office_id, CHOICES)] if office_id else []
