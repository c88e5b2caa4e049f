"""Chuyển hồ sơ: running cases of the own office to another version, looked at first case by case, and back again."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from service.auth.policy import Pages
from service.auth.visit import Guest, Visit
from service.statuses import status_of
from service.words import process_words
from service.words.refusals import sentence_of
from workflows.actions.administration import reach
from workflows.actions.designing.move_cases import move_cases, undo_move
from workflows.actions.migrate_case import CaseFindings, migration_report
from workflows.errors import Reason, Refused
from workflows.store import case_moves, cases
from workflows.store.running_cases import running_cases
from workflows.store.screens.labels import plan_labels

from .mistakes import Mistake, mistakes_of
from .process_drafts import KEEPER

pages = Pages()
PLACE = "/chuyen-ho-so"


@pages.get(f"{PLACE}/{{key}}/{{version}}", KEEPER)
def look(visit: Guest, key: str, version: int, xong: int = 0) -> Response:
    """Which cases would go and which would not, and why; nothing is changed."""
    return _page(visit, key, version, done=xong)


@pages.post(f"{PLACE}/{{key}}/{{version}}", KEEPER)
def move(visit: Guest, key: str, version: int) -> Response:
    """Move those that may go, each by itself."""
    try:
        move_id = move_cases(visit.desk(), key, version, visit.form.text("ly_do"))
    except Refused as refused:
        if refused.code != "REASON_REQUIRED":
            raise
        return _page(visit, key, version, wrong=mistakes_of(refused), status=status_of(refused))
    return visit.go(f"{PLACE}/{quote(key, safe='')}/{version}?xong={move_id}")


@pages.post(f"{PLACE}/lan/{{move_id}}/hoan-tac", KEEPER)
def undo(visit: Guest, move_id: int) -> Response:
    """Bring the cases of a move back."""
    with visit.web.database.read() as connection:
        known = case_moves.move(connection, move_id, reach(visit.person))
    try:
        kept = undo_move(visit.desk(), move_id, process_words.UNDONE.format(move_id))
    except Refused as refused:
        return _page(visit, known.process, known.to_version, wrong=mistakes_of(refused), status=status_of(refused))
    wrong = [Mistake("", f"{case}: {sentence_of(reason)}") for case, reasons in kept for reason in reasons[:1]]
    return _page(visit, known.process, known.to_version, wrong=wrong, done=move_id)


def _page(  # noqa: PLR0917 - the page and what came of the last form
    visit: Visit, key: str, version: int, wrong: list[Mistake] | None = None, status: int = 200, done: int = 0
) -> Response:
    offices = reach(visit.person)
    with visit.web.database.read() as connection:
        target = cases.definition_version(connection, key, version)
        report = migration_report(connection, key, None, version, now=visit.now, offices=offices)
        running = {each.id: each for each in running_cases(connection, key)}
        labels = plan_labels(connection, [running[each.case_id].plan_id for each in report])
        moves = case_moves.moves_of(connection, key, offices)
        lines = case_moves.lines_of(connection, done, offices) if done else []
    return visit.page(
        "process_moves.html", status, target=target, place=f"{PLACE}/{quote(key, safe='')}/{version}",
        report=[(each, running[each.case_id], _said(each)) for each in report], labels=labels, moves=moves,
        lines=[(line, [sentence_of(Reason(each["code"], each["facts"])) for each in line.reasons]) for line in lines],
        wrong=wrong or [], done=done,
    )  # fmt: skip


def _said(found: CaseFindings) -> list[str]:
    return [sentence_of(each) for each in found.findings]
