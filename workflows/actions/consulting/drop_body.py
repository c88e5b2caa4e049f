"""Thôi hỏi một cơ quan: ask one body fewer while the round runs."""

from __future__ import annotations

from datetime import date

from workflows.actions.desk import Desk, Work
from workflows.actions.handle import handle
from workflows.actions.reasons import reason_in
from workflows.engine.commands import DropInstance
from workflows.errors import NotFound, Refused
from workflows.plans.consultation import is_over
from workflows.store import consultation, directory, plans, telling
from workflows.store.consultation import Opinion
from workflows.store.round_changes import DROPPED, note_change

from .running_round import Running, move_deadlines, require_head, running_round


def drop_body(
    desk: Desk, plan_id: int, body_id: int, reason: str, *, paper_number: str = "", paper_on: date | None = None
) -> None:
    """Ask this body no more; its task is cancelled in the same transaction and it is told why.

    Only the head of the drafting unit. ALREADY_ANSWERED; LAST_BODY; a mandatory body of the Mặt trận stays in a phản
    biện xã hội (FRONT_STAYS), and otherwise leaves only with the công văn in which it declined (DECLINE_NEEDED): the
    office has to enable its opinion (Luật MTTQ 75/2015 Điều 24), so it cannot send it away by itself.
    """
    words = reason_in(reason)
    with desk.open() as work:
        running = running_round(work, plan_id)
        plan, round_ = running.plan, running.round
        require_head(work, plan)
        opinion = running.opinion(body_id)
        if opinion is None:
            raise NotFound("opinion", plan=plan_id, body=body_id)
        if opinion.answered:
            raise Refused("ALREADY_ANSWERED", body=opinion.body_name, by=opinion.given_by, at=opinion.given_at)
        if len(running.opinions) == 1:
            raise Refused("LAST_BODY", body=opinion.body_name)
        _guard_the_front(work, running, opinion, paper_number.strip(), paper_on)
        values = {"dropped_at": work.now, "paper_number": paper_number.strip() or None, "paper_on": paper_on}
        consultation.change_opinion(work.connection, opinion.id, **values)
        others = _keep_the_rule(work, running, body_id)
        note_change(work.connection, round_.id, DROPPED, body_id, work.now, work.by.name, words)
        left = {each.body_id: each.outcome for each in running.opinions if each.body_id != body_id}
        mandatory = [each for each in round_.mandatory if each != body_id]
        complete = is_over(mandatory, others, left, plan.outcome_policy)
        task = running.tasks[body_id]
        _tell(work, running, opinion, words)
        handle(work, task.case_id, DropInstance(task.task_id, words, {"vong_da_du": complete}))
        rest = {body: each for body, each in running.tasks.items() if body != body_id}
        if not complete and rest:
            move_deadlines(work, Running(plan, round_, running.opinions, rest), words)


def _guard_the_front(work: Work, running: Running, opinion: Opinion, number: str, on: date | None) -> None:
    body = directory.body(work.connection, opinion.body_id)
    if body.kind != "front" or opinion.body_id not in running.round.mandatory:
        return
    if running.round.mode == "phan_bien":
        raise Refused("FRONT_STAYS", body=opinion.body_name)
    if not number or on is None:
        raise Refused("DECLINE_NEEDED", field="so_cong_van", body=opinion.body_name)


def _keep_the_rule(work: Work, running: Running, body_id: int) -> int:
    """The rule without this body, for the round and for the next one; gives how many of the others it needs now."""
    plan, round_ = running.plan, running.round
    mandatory = [each for each in round_.mandatory if each != body_id]
    left = sum(each.body_id not in (*mandatory, body_id) for each in running.opinions)
    needed = min(round_.others_needed, left)
    consultation.change_round(work.connection, round_.id, mandatory=mandatory, others_needed=needed)
    consulted = [each for each in plan.consulted if each.body_id != body_id]
    rows = [{"body": each.body_id, "mandatory": each.mandatory} for each in consulted]
    plans.change_plan(work.connection, plan.id, consulted=rows, others_needed=min(plan.others_needed, left))
    return needed


def _tell(work: Work, running: Running, opinion: Opinion, words: str) -> None:
    telling.tell(
        work.connection,
        "asked_no_more",
        f"asked-no-more:{running.tasks[opinion.body_id].id}",
        work.now,
        office_id=running.plan.office_id,
        plan_id=running.plan.id,
        data={"body_id": opinion.body_id, "reason": words},
    )
