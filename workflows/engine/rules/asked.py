"""One more person asked inside an open task: a work item in an instance of its own, which goes when its task goes.

It is no step of the process: answered, it moves no token. A blocking one must be answered or withdrawn before its task
can be completed; any other is withdrawn with it.
"""

from __future__ import annotations

from workflows.engine.commands import AskPerson
from workflows.engine.events import TaskOpened
from workflows.engine.program import Step
from workflows.engine.run import Run
from workflows.engine.state import Instance, State
from workflows.errors import Reason

ASKED = "asked"


def ask(run: Run, place: Instance, step: Step, command: AskPerson, variables: dict[str, object]) -> None:
    """Open the work item of the person who is asked; it is no new round of its step."""
    facts = {"blocking": command.blocking, "name": command.name, "form": command.form_key}
    inner = run.open(step, place.id, ASKED, facts=facts)
    run.emit(
        TaskOpened(
            inner.id,
            step.id,
            name=command.name,
            candidate_users=(command.person,),
            due=command.due,
            form_key=command.form_key,
            variables=variables,
            escalation=command.escalation,
            round=run.state.rounds.get(step.id, 0),
            inside=place.id,
            blocking=command.blocking,
        )
    )


def unanswered(state: State, task_id: str) -> tuple[Reason, ...]:
    """The blocking work items that are open directly inside this one, a reason each."""
    if task_id not in state.children:
        return ()
    return tuple(
        Reason("WAITING_FOR_ANSWER", {"task": place.id, "person": state.tasks[place.id].candidate_users[0]})
        for place in state.instances.values()
        if place.parent == task_id and place.role == ASKED and state.facts[place.id]["blocking"]
    )
