"""Two processes that decide on what each remembers of a case (decision 0050), both right or one out of date."""

from __future__ import annotations

from bench.reference_process import BODIES, DRAFTER, NOW, VARIABLES, prepare
from workflows.actions import Desk, complete_task
from workflows.actions.handle import Handled, start_case
from workflows.engine import Actor
from workflows.store.database import Database

from .orders import Deed
from .pairs import Meeting, pair


def asked(memory: Database) -> tuple[int, list[str]]:
    """A case in which three bodies are asked at once, and their tasks."""
    office = prepare(memory)

    def start(database: Database) -> Handled:
        return Desk(database, NOW, DRAFTER).carry_out(
            lambda work: start_case(work, "trinh_ky", VARIABLES, business_key="97/KH-UBND", office_id=office)
        )

    begun = start(memory)
    opened = complete_task(Desk(memory, NOW, DRAFTER), begun.opened[0]).opened
    return begun.case_id, list(opened)


def answering(by: Actor, task_id: str) -> Deed:
    """This body answers."""
    return lambda database: complete_task(Desk(database, NOW, by), task_id, {"dong_y": True}).outcome


@pair({1}, ALREADY_DONE=True)
def two_answer_one_task_ahead(memory: Database) -> Meeting:
    case_id, (first, *_) = asked(memory)
    return Meeting(answering(BODIES[0], first), answering(BODIES[1], first), case_id)


@pair({2})
def two_answer_two_tasks_ahead(memory: Database) -> Meeting:
    case_id, (first, second, *_) = asked(memory)
    return Meeting(answering(BODIES[0], first), answering(BODIES[1], second), case_id)


@pair({2})
def the_last_two_answer_ahead(memory: Database) -> Meeting:
    case_id, (first, second, third) = asked(memory)
    answering(BODIES[0], first)(memory)
    return Meeting(answering(BODIES[1], second), answering(BODIES[2], third), case_id)
