"""What changed for one body: the words of the draft that it is asked about against those of the one that it saw."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.errors import NotFound
from workflows.plans.word_diff import Comparison, compare
from workflows.store import consultation, plans


@dataclass(frozen=True)
class ForBody:
    """The body's name, the two versions, and the difference in words; `older` is None for one asked the first time."""

    body: str
    older: int | None
    newer: int
    difference: Comparison | None


def seen_by(connection: Connection, plan_id: int, number: int, body_id: int) -> ForBody:
    """The version of round `number` against the last one that this body was asked about before; NotFound else."""
    rounds = consultation.rounds_of(connection, plan_id)
    asked = {
        each.no: (each, opinion)
        for each in rounds
        for opinion in consultation.opinions_of(connection, each.id)
        if opinion.body_id == body_id
    }
    if number not in asked:
        raise NotFound("opinion", plan=plan_id, body=body_id)
    round_, opinion = asked[number]
    before = [no for no in asked if no < number]
    if not before:
        return ForBody(opinion.body_name, None, round_.version, None)
    last, said = asked[max(before)]
    older = plans.version(connection, plan_id, said.version or last.version)
    newer = plans.version(connection, plan_id, round_.version)
    same = older.version == newer.version
    return ForBody(opinion.body_name, older.version, newer.version, None if same else compare(older.text, newer.text))
