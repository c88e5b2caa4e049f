"""Who may not do a step, from what was done before in the whole case: four eyes, no approval of one's own draft, each
round of a vote by another person. Sub-processes and called processes belong to the case, so they count too."""

from __future__ import annotations

from .events import InstanceNoted, PersonsExcluded, TaskAssigned
from .program import Step
from .run import Run
from .state import DRAFTERS, ROOT, Instance

VOTERS = "persons"  # among the facts of a repeated task: who did one of its rounds


def excluded_from(run: Run, place: Instance, step: Step) -> tuple[str, ...]:
    """The persons who may not do this step here, each once."""
    human = step.node.human
    if human is None:
        return ()
    rights, performed = human.rights, run.state.performed
    keys = list(rights.excluded_steps)
    if rights.approval and not rights.self_approval:
        keys.append(DRAFTERS)
    found = dict.fromkeys(person for key in keys for person in performed.get(key, ()))
    if rights.distinct and place.parent is not None:
        found.update(dict.fromkeys(run.state.facts.get(place.parent, {}).get(VOTERS, ())))
    return tuple(found)


def is_remembered(run: Run, place: Instance, step: Step) -> bool:
    """Whether it may matter later who did this step; a called process does not know what its callers ask."""
    return place.root != ROOT or run.program(place.root).remembers(step.id)


def remember_voter(run: Run, place: Instance, step: Step) -> None:
    """Whoever does one round of a task that asks for different persons does no other of the same rounds."""
    human = step.node.human
    if human is None or not human.rights.distinct or place.parent is None:
        return
    known = run.state.facts.get(place.parent, {}).get(VOTERS, ())
    acting = [person for person in (run.by.person, run.by.on_behalf_of) if person is not None]
    run.emit(InstanceNoted(place.parent, {VOTERS: list(dict.fromkeys([*known, *acting]))}))


def exclude_anew(run: Run) -> None:
    """Bring the open tasks up to date; one that is held by somebody who may no longer act goes back to its
    candidates."""
    for task in list(run.state.tasks.values()):
        if task.kind != "user":
            continue
        place = run.state.instances[task.id]
        excluded = excluded_from(run, place, run.step(place))
        if set(excluded) == set(task.excluded):
            continue
        run.emit(PersonsExcluded(task.id, task.element, excluded))
        if task.assignee in excluded and (task.candidate_groups or task.candidate_users):
            run.emit(TaskAssigned(task.id, task.element, None, "released"))
