"""The plan page: one sentence on top says where it is and who holds it; each tab has its own address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection
from starlette.responses import Response

from service.auth.policy import PERSON, Pages
from service.auth.visit import Guest, Visit
from service.words import books, distribution, duty_words, vi
from service.words import signatures as said
from workflows.actions.definitions import StoredDefinitions
from workflows.actions.order_signatures import standing
from workflows.errors import NotFound
from workflows.papers.signing.check_code import spaced
from workflows.plans.budget import budget_of
from workflows.plans.word_diff import compare
from workflows.store import directory, distributing, issuing, plans, seen, signing, stops, yearly
from workflows.store.local_days import local_day
from workflows.store.screens import case_diagram, plan_page, sight
from workflows.store.screens.amend import letters_of
from workflows.store.screens.incoming_book import answers_of, told_of
from workflows.store.screens.task import rounds_seen
from workflows.store.suspending import suspended_bodies

from .diagrams import diagram_of
from .document_view import blocks_of, issued_blocks, sought
from .late_opinion import late_bodies
from .line_filter import asked_of, filtered, sheet_address
from .mistakes import Mistake
from .paper_letters import papers_to_tell
from .plan_reasons import deeds_of
from .reports import period_of

pages = Pages()


@dataclass(frozen=True)
class Opened:
    """A plan that the visitor may look at, with an open reading transaction."""

    connection: Connection
    top: plan_page.PlanTop
    today: date


@dataclass(frozen=True)
class Settled:
    """What was typed to settle an unclear duty, and what is wrong with it."""

    duty_id: int = 0
    typed: Mapping[str, str] = field(default_factory=dict)
    wrong: list[Mistake] = field(default_factory=list)


@pages.get("/ke-hoach/{plan_id}", PERSON)
def overview(visit: Guest, plan_id: int, tim: str = "") -> Response:
    """Tổng quan: the sentence, the facts, and the text in force; from the search with the words set off in it."""
    return overview_page(visit, plan_id, sought_words=tim)


def overview_page(
    visit: Visit,
    plan_id: int,
    typed: Mapping[str, str] | None = None,
    wrong: list[Mistake] | None = None,
    status: int = 200,
    *,
    sought_words: str = "",
) -> Response:
    """The overview; with what was typed into its form for stopping the plan, and what is wrong with that."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        plan, groups = opened.top.plan, visit.person.groups
        version = plans.version(connection, plan_id, plan.version)
        approvals = issuing.standing_approvals(connection, "plan", plan_id)
        frozen = issuing.frozen(connection, "plan", plan_id)
        issued = issuing.issued_text(connection, "plan", plan_id) or ""
        blocks = issued_blocks(version.document, issued) if issued else blocks_of(version.document)
        return plan_tab(
            visit,
            opened,
            "",
            status,
            version=version,
            blocks=sought(blocks, sought_words) if sought_words else blocks,
            approvals=approvals,
            frozen=frozen.sha256 if frozen else None,
            signatures=standing(connection, "plan", plan_id),
            check_code=spaced(signing.code_of(connection, "plan", plan_id) or ""),
            came_of=yearly.review_that_made(connection, plan_id),
            is_test=bool((signing.trust_of(connection) or {}).get("test")),
            said=said,
            may_draft=bool({f"{each}@{plan.drafting_unit_id}" for each in ("can_bo", "thu_truong")} & groups),
            may_stop=bool({f"{each}@{plan.office_id}" for each in ("chu_tich", "pho_chu_tich")} & groups),
            typed=typed or {},
            wrong=wrong or [],
            deeds=deeds_of(visit, connection, opened.top),
        )


@pages.get("/ke-hoach/{plan_id}/tien-trinh", PERSON)
def progress(visit: Guest, plan_id: int) -> Response:
    """Tiến trình: every pass of every step, the open ones, and those to come."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        case_id = opened.top.plan.case_id
        done = plan_page.passes(connection, case_id, opened.today) if case_id else []
        time = stops.time_of_case(connection, case_id, opened.top.plan.office_id, visit.now) if case_id else None
        spent = {each.task_id: each.elapsed for each in time.steps} if time else {}
        return plan_tab(
            visit,
            opened,
            "tien-trinh",
            passes=done,
            spent=spent,
            whole=time.whole if time else None,
            expected=_expected(opened.top, done),
        )


@pages.get("/ke-hoach/{plan_id}/so-do", PERSON)
def diagram(visit: Guest, plan_id: int, vua: str = "") -> Response:
    """Sơ đồ: the process as a picture with live tokens, and the same as a list."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        if opened.top.plan.case_id is None:
            return plan_tab(visit, opened, "so-do", diagram=None, whole=False)
        seen = case_diagram.diagram_of(connection, opened.top.plan.case_id)
        definition = StoredDefinitions(connection).load(str(seen.definition_id))
        marks = case_diagram.marks_of(connection, opened.top.plan.case_id, definition, seen.process)
        return plan_tab(visit, opened, "so-do", diagram=diagram_of(definition, seen.process, marks), whole=bool(vua))


@pages.get("/ke-hoach/{plan_id}/y-kien", PERSON)
def opinions(visit: Guest, plan_id: int) -> Response:
    """Ý kiến: each round, each body, what it said and what became of it."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        late = late_bodies(visit, connection, plan_id)
        rounds = rounds_seen(connection, plan_id)
        idle = suspended_bodies(connection, [opinion.body_id for each in rounds for opinion in each.opinions])
        return plan_tab(visit, opened, "y-kien", rounds=rounds, late_bodies=late, idle=idle)


@pages.get("/ke-hoach/{plan_id}/phien-ban", PERSON)
def versions(visit: Guest, plan_id: int, tu: int = 0, den: int = 0, kieu: str = "") -> Response:
    """Phiên bản: the list, and two of them side by side in words."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        listed = plans.versions(connection, plan_id)
        known = seen.last_seen(connection, plan_id, visit.person.person or "", before=listed[-1].version)
    by_number = {version.version: version for version in listed}
    newer = by_number.get(den, listed[-1])
    # Without a choice: what is new for this person.
    older = by_number.get(tu) or (by_number.get(known or 0) if not den else None) or by_number.get(newer.version - 1)
    compared = compare(older.text, newer.text) if older and older is not newer else None
    return plan_tab(
        visit,
        opened,
        "phien-ban",
        versions=listed,
        older=older,
        newer=newer,
        compared=compared,
        known=known,
        beside=kieu == "hai-cot",
    )


@pages.get("/ke-hoach/{plan_id}/nhiem-vu", PERSON)
def duties(visit: Guest, plan_id: int) -> Response:
    """Nhiệm vụ: each duty, who leads and helps, and its times."""
    return duties_page(visit, plan_id)


def duties_page(visit: Visit, plan_id: int, settled: Settled | None = None, status: int = 200) -> Response:
    """The duties of a plan; with what was typed to settle one of them, and what is wrong with that."""
    settled = settled or Settled()
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        plan = opened.top.plan
        drafts = {f"{each}@{plan.drafting_unit_id}" for each in ("can_bo", "thu_truong")}
        may_settle = plan.status == "in_force" and bool(drafts & visit.person.groups)
        return plan_tab(
            visit,
            opened,
            "nhiem-vu",
            status,
            duties=plan_page.duty_rows(connection, plan_id),
            budget=budget_of(plans.version(connection, plan_id, plan.version).document),
            leads=directory.bodies_of(connection, plan.office_id, opened.today) if may_settle else [],
            may_settle=may_settle,
            settled=settled.duty_id,
            today=opened.today,
            duty_words=duty_words,
            typed=settled.typed,
            wrong=settled.wrong,
        )


@pages.get("/ke-hoach/{plan_id}/noi-nhan", PERSON)
def recipients(visit: Guest, plan_id: int) -> Response:
    """Nơi nhận: each addressee in the order of the document, and its receipt."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        version = plans.version(connection, plan_id, opened.top.plan.version)
        rows = plan_page.recipients_seen(connection, plan_id)
        groups, office = visit.person.groups, opened.top.plan.office_id
        line = issuing.register_line_of(connection, "plan", plan_id)
        relations = issuing.relations_of(connection, [line.id]) if line else []
        own = office in sight.sight_of(connection, groups).office_ids
        return plan_tab(
            visit,
            opened,
            "noi-nhan",
            recipients=filtered(visit, rows),
            idle=suspended_bodies(connection, [each.body_id for each in rows if each.body_id is not None]),
            all_lines=len(rows),
            asked=asked_of(visit),
            sheet=sheet_address(visit, plan_id),
            steps=distributing.steps_of(connection, [each.id for each in rows]),
            line_words=distribution,
            keeps=f"van_thu@{office}" in groups,
            planned=version.document.recipients,
            told=told_of(connection, rows),
            relations=relations,
            papers=papers_to_tell(connection, plan_id=plan_id) if own else [],
            clerk_of={office} if f"van_thu@{office}" in groups else set(),
            letters=letters_of(connection, relations),
            answers=answers_of(connection, plan_id) if own else [],
            may_amend=bool(rows)
            and bool({f"{each}@{office}" for each in ("van_thu", "chu_tich", "pho_chu_tich")} & groups),
            may_answer=f"van_thu@{office}" in groups,
            book_words=books,
        )


@pages.get("/ke-hoach/{plan_id}/bao-cao", PERSON)
def reports(visit: Guest, plan_id: int) -> Response:
    """Báo cáo: the cycles of the plan, past and to come."""
    with visit.web.database.read() as connection:
        opened = open_plan(visit, connection, plan_id)
        return plan_tab(
            visit,
            opened,
            "bao-cao",
            cycles=plan_page.cycle_rows(connection, plan_id),
            today=opened.today,
            period=period_of,
        )


def open_plan(visit: Visit, connection: Connection, plan_id: int) -> Opened:
    """The plan, if the visitor may look at it; else there is no such page."""
    if not sight.sees(
        connection, sight.sight_with_lent(connection, visit.person.groups, visit.person_id, visit.now), plan_id
    ):
        raise NotFound("plan", id=plan_id)
    visit.know_frame(connection)
    today = local_day(visit.now)
    return Opened(connection, plan_page.plan_top(connection, plan_id, visit.now, today), today)


def plan_tab(visit: Visit, opened: Opened, tab: str, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401 - a template's variables
    """One tab of the plan's page, or with `template` a page under a tab, under what stands above all of them."""
    own = f"plan/{tab.replace('-', '_') or 'tong_quan'}.html"
    return visit.page(str(facts.pop("template", own)), status, top=opened.top, tab=tab, **({"wrong": []} | facts))


def _expected(top: plan_page.PlanTop, done: list[plan_page.Passed]) -> list[str]:
    """The names of the steps after the one that the plan has reached."""
    if top.plan.status in ("closed", "stopped"):
        return []
    reached = [vi.step_of(passed.task.form) or 0 for passed in done if passed.task.status == "open"]
    if top.plan.status == "in_force":
        reached.append(6)
    elif not reached:
        reached.append(max((vi.step_of(passed.task.form) or 0 for passed in done), default=0))
    return [name for number, (name, _) in enumerate(vi.STEPS, start=1) if number > max(reached)]
