"""From draft to version: what is new in words and colours, a trial, put forward by one person, published by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from urllib.parse import quote

from markupsafe import Markup
from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import Pages
from service.auth.visit import Guest, Visit
from service.simulation.try_process import Trial, Tried, try_process
from service.statuses import status_of
from service.words import process_words
from service.words.dates import day_words
from service.words.refusals import sentence_of
from workflows.actions.definitions import StoredDefinitions
from workflows.actions.designing import publish_process
from workflows.actions.designing.keepers import require_keeper
from workflows.bpmn.compare import Change, compare_processes
from workflows.bpmn.draw import draw
from workflows.bpmn.marks import Marks
from workflows.bpmn.model import Definition
from workflows.bpmn.read import look
from workflows.errors import BadDefinition, Reason, Refused
from workflows.store import cases, plans
from workflows.store.local_days import local_day
from workflows.store.screens import sight

from .mistakes import Mistake, mistakes_of
from .process_drafts import KEEPER, PLACE, draft_of, edited, revision_of
from .register_entry import day_of, id_of

pages = Pages()
AHEAD = timedelta(days=60)
MOST_PLANS = 50
# A trial plays some weeks of an office: one at a time, so that the pages of others stay quick.
_one_at_a_time = Lock()


@dataclass(frozen=True)
class Compared:
    """Two versions: each change in words, and both as pictures with what came, went and changed."""

    changes: list[Change]
    before: Markup
    after: Markup


@pages.get(f"{PLACE}/{{draft_id}}/so-sanh", KEEPER)
def compare(visit: Guest, draft_id: int) -> Response:
    """The draft beside the version that it began from."""
    known = draft_of(visit, draft_id)
    definition, _ = look(known.xml.encode(), None)
    found = None
    if known.base_version is not None:
        with visit.web.database.read() as connection:
            row = cases.definition_version(connection, known.key, known.base_version)
            found = compared(StoredDefinitions(connection).load(str(row.id)), definition, known.key)
    return visit.page(
        "process_compare.html", draft=known, place=f"{PLACE}/{draft_id}", compared=found, said=process_words
    )


@pages.get(f"{PLACE}/{{draft_id}}/chay-thu", KEEPER)
def ask(visit: Guest, draft_id: int) -> Response:
    """The form of a trial: a plan, the days, and how many are late."""
    return _try_page(visit, draft_id, {})


@pages.post(f"{PLACE}/{{draft_id}}/chay-thu", KEEPER)
def try_out(visit: Guest, draft_id: int) -> Response:
    """Play it; nothing is kept and nobody is written to."""
    known = draft_of(visit, draft_id)
    try:
        plan_id = id_of(visit.form.text("ke_hoach"), "ke_hoach")
        if plan_id not in dict(_plans(visit)):
            raise Refused("NO_PLAN_TO_TRY", field="ke_hoach")
        late = 0.3 if visit.form.has("cham") else 0.0
        trial = Trial(known.xml, plan_id, day_of(visit, "tu_ngay"), day_of(visit, "den_het"), late)
        if not _one_at_a_time.acquire(blocking=False):
            raise Refused("FORESEEING")
        try:
            found = try_process(visit.web.database, trial)
        finally:
            _one_at_a_time.release()
    except BadDefinition as bad:
        wrong = mistakes_of(Refused("DRAFT_HAS_ERRORS", count=len(bad.findings), first=bad.findings[0].message))
        return _try_page(visit, draft_id, visit.form.fields, wrong, 422)
    except Refused as refused:
        return _try_page(visit, draft_id, visit.form.fields, mistakes_of(refused), status_of(refused))
    return _try_page(visit, draft_id, visit.form.fields, found=found)


@pages.post(f"{PLACE}/{{draft_id}}/trinh", KEEPER)
def propose(visit: Guest, draft_id: int) -> Response:
    """Put the draft forward with a note."""
    said = visit.form.text("ghi_chu")
    return edited(visit, draft_id, lambda revision: publish_process.propose_draft(
        visit.desk(), draft_id, revision, said))  # fmt: skip


@pages.post(f"{PLACE}/{{draft_id}}/rut", KEEPER)
def take_back(visit: Guest, draft_id: int) -> Response:
    """Back to work."""
    return edited(visit, draft_id, lambda revision: publish_process.take_back_proposal(
        visit.desk(), draft_id, revision))  # fmt: skip


@pages.post(f"{PLACE}/{{draft_id}}/cong-bo", KEEPER)
def publish(visit: Guest, draft_id: int) -> Response:
    """The second person makes it the next version."""
    known = draft_of(visit, draft_id)
    try:
        version = publish_process.publish_draft(visit.desk(), draft_id, revision_of(visit))
    except Refused as refused:
        reasons = refused.reasons
        return edited(visit, draft_id, lambda _: _again(reasons))
    return visit.go(f"/quy-trinh/{quote(known.key, safe='')}/{version}?xong=cong_bo")


def compared(before: Definition, after: Definition, key: str) -> Compared | None:
    """Two versions of this process side by side; None when one of them has no such process."""
    old, new = before.process(key), after.process(key)
    if old is None or new is None:
        return None
    changes = compare_processes(old, new)
    then = {each.element: each.how for each in changes if each.how != "added"}
    now = {each.element: each.how for each in changes if each.how != "removed"}
    return Compared(
        changes,
        Markup(draw(before, key, Marks(changes=then), prefix="truoc")),  # noqa: S704 - our drawing escapes every name
        Markup(draw(after, key, Marks(changes=now), prefix="sau")),  # noqa: S704 - our drawing escapes every name
    )


def _again(reasons: Sequence[Reason]) -> None:
    raise Refused.because(reasons)


def _plans(visit: Visit) -> list[tuple[int, str]]:
    """The newest plans of the own offices, whose texts may be the sample."""
    with visit.web.database.read() as connection:
        require_keeper(connection, visit.person)
        return [(each.id, each.title) for each in _own(connection, visit)]


def _own(connection: Connection, visit: Visit) -> list[plans.Plan]:
    offices = sight.sight_of(connection, visit.person.groups).office_ids
    return [each for office in sorted(offices) for each in plans.running_plans(connection, office, MOST_PLANS)]


def _try_page(  # noqa: PLR0917 - the form as it was sent, and what came of it
    visit: Visit,
    draft_id: int,
    typed: Mapping[str, str],
    wrong: list[Mistake] | None = None,
    status: int = 200,
    found: Tried | None = None,
) -> Response:
    today = local_day(visit.now)
    known = draft_of(visit, draft_id)
    stuck = [(step, sentence_of(Reason(code))) for step, code in found.stuck] if found else []
    days = {"tu_ngay": day_words(today), "den_het": day_words(today + AHEAD)}
    return visit.page(
        "process_try.html", status, draft=known, place=f"{PLACE}/{draft_id}", plans=_plans(visit),
        typed={**days, **typed}, wrong=wrong or [], found=found, stuck=stuck,
    )  # fmt: skip
