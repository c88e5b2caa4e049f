"""Lập văn bản: the papers of a plan or a report cycle as they are now, so that nothing is typed twice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row

from workflows.engine.calendar import VIETNAM
from workflows.errors import NotFound
from workflows.plans.consultation_papers import consultation_letter, opinion_table
from workflows.plans.cycles import period_words
from workflows.plans.letterhead import letterhead_of
from workflows.plans.official_document import OfficialDocument
from workflows.plans.papers_after_issue import correction_letter, recall_letter, transmittal
from workflows.plans.plan_matter import PlanMatter
from workflows.plans.plan_paper import Issue, plan_paper
from workflows.plans.report_paper import report
from workflows.plans.slips import Slip
from workflows.plans.submission_papers import submission, submission_slip
from workflows.plans.task_appendix import task_appendix
from workflows.store import consultation, directory, issuing, plans, reporting

from .paper_facts import duty_lines, figures_of, matter_of, names_of, opinions_given

Composer = Callable[[Connection, plans.Plan, PlanMatter], OfficialDocument]
CHECKS = {"noi_dung": "Kiểm tra nội dung", "the_thuc": "Kiểm tra thể thức"}
SIGNERS = {"chu_tich": "Chủ tịch", "pho_chu_tich": "Phó Chủ tịch"}


def papers_at(connection: Connection, plan: plans.Plan) -> list[str]:
    """The kinds of papers that there are at this step of the plan, in the order of its life."""
    rounds = bool(consultation.rounds_of(connection, plan.id))
    there = {
        "ke_hoach": True,
        "phu_luc": bool(plans.duties_of(connection, plan.id)),
        "xin_y_kien": rounds or bool(plan.consulted),
        "tiep_thu": rounds,
        "to_trinh": plan.case_id is not None,
        "phieu_trinh": plan.case_id is not None,
        "phieu_gui": plan.number is not None,
        "dinh_chinh": plan.number is not None,
        "thu_hoi": plan.number is not None,
    }
    return [kind for kind, exists in there.items() if exists]


def compose_paper(connection: Connection, plan_id: int, kind: str, today: date) -> OfficialDocument:
    """The paper of this kind about the plan; NotFound for a kind that does not exist at this step."""
    plan = plans.plan(connection, plan_id)
    if kind not in papers_at(connection, plan):
        raise NotFound("paper", plan=plan_id, kind=kind)
    return _COMPOSERS[kind](connection, plan, matter_of(connection, plan, today))


def compose_report(connection: Connection, cycle_id: int, today: date) -> OfficialDocument:
    """The report of a cycle, with number and signature once it has them; NotFound before it was consolidated."""
    cycle = reporting.cycle(connection, cycle_id)
    if cycle.report is None:
        raise NotFound("report", cycle=cycle_id)
    line = issuing.register_line_of(connection, "report", cycle_id)
    paper = _report(connection, cycle, today)
    if line is None:
        return paper
    block = _signed_block(connection, "report", cycle_id)
    return _issued(paper, Issue(line.number, line.symbol, line.document_on, paper.place, block))


def report_to_issue(connection: Connection, cycle: reporting.Cycle, issue: Issue) -> OfficialDocument:
    """The report as it is frozen with this number and signature."""
    return _issued(_report(connection, cycle, issue.day), issue)


def plan_to_issue(connection: Connection, plan: plans.Plan, issue: Issue | None) -> OfficialDocument:
    """The plan as printed: as a draft, or as it is frozen with this number and signature."""
    version = plans.version(connection, plan.id, plan.version)
    office = directory.body(connection, plan.office_id)
    superior = directory.body(connection, office.parent_id).name if office.parent_id else None
    paper = plan_paper(version.document, letterhead_of(office.name, superior), issue, plan.added_recipients)
    made_on = version.made_at.astimezone(VIETNAM).date()
    return replace(paper, place=paper.place or office.place or "", written_on=made_on)


def _plan(connection: Connection, plan: plans.Plan, _: PlanMatter) -> OfficialDocument:
    if plan.number is None or plan.symbol is None or plan.issued_on is None:
        return plan_to_issue(connection, plan, None)
    version = plans.version(connection, plan.id, plan.version)
    place = version.document.place or directory.body(connection, plan.office_id).place or ""
    block = _signed_block(connection, "plan", plan.id)
    return plan_to_issue(connection, plan, Issue(plan.number, plan.symbol, plan.issued_on, place, block))


def _appendix(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    return task_appendix(matter, duty_lines(connection, plan.id))


def _consultation_letter(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    latest = consultation.latest_round(connection, plan.id)
    if latest is None:
        bodies = names_of(connection, [each.body_id for each in plan.consulted])
        return consultation_letter(matter, bodies, None, plan.mode)
    asked = [each.body_name for each in consultation.opinions_of(connection, latest.id)]
    return consultation_letter(matter, asked, latest.deadline.astimezone(VIETNAM).date(), latest.mode)


def _opinion_table(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    return opinion_table(matter, opinions_given(connection, plan.id))


def _submission(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    document = plans.version(connection, plan.id, plan.version).document
    return submission(matter, document, opinions_given(connection, plan.id))


def _slip(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    checks = [
        (CHECKS[each.role], f"{each.person_name}, {each.at.astimezone(VIETNAM):%H:%M ngày %d/%m/%Y}")
        for each in issuing.standing_approvals(connection, "plan", plan.id)
        if each.role in CHECKS
    ]
    return submission_slip(matter, opinions_given(connection, plan.id), checks, SIGNERS[plan.signer_role])


def _correction(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    entered = _entered(connection, plan, "dinh_chinh")
    if entered is None:
        return correction_letter(matter)
    slips = [Slip.of(each) for each in entered.details or ()]
    return _numbered(correction_letter(matter, slips, entered.reason), entered)


def _recall(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    entered = _entered(connection, plan, "thu_hoi")
    return _numbered(recall_letter(matter, entered.reason if entered else None), entered)


def _entered(connection: Connection, plan: plans.Plan, relation: str) -> Row[Any] | None:
    """What the register says was last done to the plan in this way, with the number of the letter where it has one."""
    line = issuing.register_line_of(connection, "plan", plan.id)
    found = [each for each in issuing.relations_of(connection, [line.id]) if each.relation == relation] if line else []
    return found[-1] if found else None


def _numbered(letter: OfficialDocument, entered: Row[Any] | None) -> OfficialDocument:
    """The letter under the number that it was entered with."""
    if entered is None or entered.number is None:
        return letter
    return replace(letter, number=entered.number, symbol=entered.symbol, day=entered.document_on)


def _transmittal(connection: Connection, plan: plans.Plan, matter: PlanMatter) -> OfficialDocument:
    receivers = [
        each.body_name for each in issuing.recipients_of(connection, "plan", plan.id) if each.channel != "keep"
    ]
    return transmittal(matter, list(dict.fromkeys(receivers)))


def _report(connection: Connection, cycle: reporting.Cycle, today: date) -> OfficialDocument:
    matter = matter_of(connection, plans.plan(connection, cycle.plan_id), today)
    rule = reporting.rule(connection, cycle.rule_id)
    return report(
        matter,
        cycle.report or "",
        figures_of(connection, cycle),
        about=cycle.title or period_words(cycle.key),
        receivers=names_of(connection, [rule.parent_body_id]),
    )


def _issued(paper: OfficialDocument, issue: Issue) -> OfficialDocument:
    block = [line for line in issue.signature if line]
    return replace(
        paper,
        number=issue.number,
        symbol=issue.symbol,
        day=issue.day,
        place=issue.place,
        signature=tuple(block[:-1]),
        signer=block[-1] if block else "",
        draft=False,
    )


def _signed_block(connection: Connection, subject: str, subject_id: int) -> tuple[str, ...]:
    """The block of the signature that stands; nothing where an edit voided it."""
    signed = [each for each in issuing.standing_approvals(connection, subject, subject_id) if each.role == "ky"]
    return signed[-1].block if signed else ()


_COMPOSERS: Mapping[str, Composer] = {
    "ke_hoach": _plan,
    "phu_luc": _appendix,
    "xin_y_kien": _consultation_letter,
    "tiep_thu": _opinion_table,
    "to_trinh": _submission,
    "phieu_trinh": _slip,
    "phieu_gui": _transmittal,
    "dinh_chinh": _correction,
    "thu_hoi": _recall,
}
KINDS = (*_COMPOSERS, "bao_cao")
