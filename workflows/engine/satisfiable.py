"""Proof that somebody can act: with the people who hold the posts, is there for each step a person whom no exclusion
forbids? Pure; asked when a definition is deployed and when a plan starts (DESIGN 7; "Four eyes"). Which open
tasks nobody could do while somebody is away is `coverage`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Demand:
    """What one step asks of people: `persons` different ones out of its users and groups (neither: anybody), none of
    them among those who did one of the steps in `apart_from`."""

    step: str
    name: str = ""
    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    apart_from: frozenset[str] = frozenset()
    persons: int = 1


@dataclass(frozen=True, slots=True)
class Stuck:
    """A step that nobody could do. `eligible` are the persons who could if nothing excluded them, `because_of` the
    steps that need the same persons; with both empty, nobody holds its posts."""

    step: str
    name: str
    groups: tuple[str, ...]
    eligible: tuple[str, ...]
    because_of: tuple[str, ...]


def stuck(tasks: Sequence[Demand], holders: Mapping[str, Collection[str]]) -> tuple[Stuck, ...]:
    """The steps that nobody could do, in the order of `tasks`; empty when persons can be assigned to all of them.

    `holders` gives for each group the persons who hold it. Of several steps that cannot be done together the last is
    named, with those before it that take its persons.
    """
    everybody = frozenset(person for group in holders.values() for person in group)
    pools = {task.step: _pool(task, holders, everybody) for task in tasks}
    found: list[Stuck] = []
    able: list[Demand] = []
    for task in tasks:
        pool = pools[task.step]
        rivals = [other for other in able if _apart(task, other)]
        if len(pool) >= task.persons and (not rivals or _assignment([*_bound_to(task, able), task], pools)):
            able.append(task)
            continue
        taking = tuple(other.step for other in rivals if pools[other.step] & pool)
        found.append(Stuck(task.step, task.name, task.groups, tuple(sorted(pool)), taking))
    return tuple(found)


def _pool(task: Demand, holders: Mapping[str, Collection[str]], everybody: frozenset[str]) -> frozenset[str]:
    if not task.groups and not task.users:
        return everybody
    return frozenset(task.users).union(*(holders.get(group, ()) for group in task.groups))


def _apart(task: Demand, other: Demand) -> bool:
    return task.step != other.step and (other.step in task.apart_from or task.step in other.apart_from)


def _bound_to(task: Demand, able: Sequence[Demand]) -> list[Demand]:
    """Those of `able` whose choice of persons can matter to this step, through others too, in their order."""
    bound, asked = {task.step}, [task]
    while asked:
        current = asked.pop()
        near = [other for other in able if other.step not in bound and _apart(current, other)]
        bound.update(other.step for other in near)
        asked += near
    return [other for other in able if other.step in bound]


def _assignment(tasks: Sequence[Demand], pools: Mapping[str, frozenset[str]]) -> bool:
    """Whether persons can be chosen for all of these steps: search, the step with the fewest persons left first."""
    return _search({task.step: task for task in tasks}, {task.step: pools[task.step] for task in tasks})


def _search(open_tasks: dict[str, Demand], left: dict[str, frozenset[str]]) -> bool:
    if any(len(left[step]) < task.persons for step, task in open_tasks.items()):
        return False
    if not open_tasks:
        return True
    task = min(open_tasks.values(), key=lambda each: len(left[each.step]) - each.persons)
    rest = {step: other for step, other in open_tasks.items() if step != task.step}
    rivals = [other.step for other in rest.values() if _apart(task, other)]
    if not rivals:
        return _search(rest, left)
    for chosen in _choices(left[task.step], task.persons, [left[step] for step in rest]):
        if _search(rest, {**left, **{step: left[step] - chosen for step in rivals}}):
            return True
    return False


def _choices(pool: frozenset[str], persons: int, wanted_by: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """The sets of so many persons worth trying, those whom nobody else wants first; persons wanted by the same steps
    are as good as each other, so one of them stands for all."""
    alike: dict[tuple[bool, ...], list[str]] = {}
    for person in sorted(pool):
        alike.setdefault(tuple(person in others for others in wanted_by), []).append(person)
    kinds = sorted(alike.items(), key=lambda item: sum(item[0]))
    found: list[frozenset[str]] = []

    def take(at: int, still: int, chosen: frozenset[str]) -> None:
        if still == 0:
            found.append(chosen)
        elif at < len(kinds):
            people = kinds[at][1]
            for count in range(min(still, len(people)), -1, -1):
                take(at + 1, still - count, chosen | frozenset(people[:count]))

    take(0, persons, frozenset())
    return found
