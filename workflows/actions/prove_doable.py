"""Proof that somebody can do each step of a process, four eyes included, with the people who hold the posts today."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from workflows.bpmn.model import Process
from workflows.engine.demands import demands_of
from workflows.engine.satisfiable import Demand, Stuck, stuck
from workflows.errors import Finding
from workflows.store import directory
from workflows.store.directory.groups import PERSON, is_group
from workflows.store.screens.labels import body_names, person_names

from .desk import Work


def stuck_steps(
    work: Work, process: Process, variables: Mapping[str, Any], *, starter: str | None = None
) -> tuple[Stuck, ...]:
    """The steps of this process that nobody could do, for cases with these variables; steps whose candidates only a
    running case tells, or that are of no body of ours, are left out."""
    known = _Holders(work)
    demands = demands_of(process, variables, known.is_known, starter=starter)
    return stuck(demands, known.of(demands))


def require_doable(work: Work, process: Process) -> list[Finding]:
    """What keeps a process from being deployed: each step that nobody could do, with the names of who would be
    stuck."""
    found = stuck_steps(work, process, process.values)
    names = person_names(work.connection, [person for each in found for person in each.eligible])
    lines = {node.id: (node.line, node.name or node.id) for node in process.walk()}
    return [
        Finding("NOBODY_CAN_ACT", each.step, lines[each.step][0], _message(work.connection, each, names, lines))
        for each in found
        if each.step in lines
    ]


def _message(
    connection: Connection, each: Stuck, names: Mapping[str, str], lines: Mapping[str, tuple[int | None, str]]
) -> str:
    if not each.eligible:
        keys = [directory.parse_group(key) for key in each.groups]
        bodies = body_names(connection, [body for _, body in keys])
        posts = ", ".join(f"{role} ({bodies.get(body, body)})" for role, body in keys)
        return f"Bước «{each.name}» không ai làm được: chưa có người giữ chức danh {posts}."
    people = ", ".join(names.get(person, person) for person in each.eligible)
    others = ", ".join(f"«{lines[step][1] if step in lines else step}»" for step in each.because_of)
    because = f" vì phải khác người làm {others}" if others else ""
    return f"Bước «{each.name}» sẽ không ai làm được: chỉ có {people}{because}. Hãy bố trí thêm người."


class _Holders:
    """Who holds which group today; a body outside that answers by its mail address counts as somebody."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._found: dict[str, Collection[str]] = {}

    def is_known(self, group: str) -> bool:
        """Whether this is a group of a body in the directory."""
        if not is_group(group):
            return False
        role, body_id = directory.parse_group(group)
        return role == PERSON or body_id in body_names(self._work.connection, [body_id])

    def of(self, demands: Sequence[Demand]) -> Mapping[str, Collection[str]]:
        """The persons of every group that is asked for."""
        for group in {group for demand in demands for group in demand.groups}:
            self._found[group] = self._persons(group)
        return self._found

    def _persons(self, group: str) -> list[str]:
        connection = self._work.connection
        held = [str(each.person_id) for each in directory.holders_of(connection, group, self._work.today)]
        role, body_id = directory.parse_group(group)
        if held or role == PERSON:
            return held
        body = directory.body(connection, body_id)
        return [group] if body.is_guest and body.email else []
