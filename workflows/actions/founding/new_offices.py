"""A portion of offices written at once: offices from the top down, their units and posts, and who administers each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflows.actions.desk import Work
from workflows.plans.office_templates import (
    ADMINISTRATOR,
    TEMPLATES,
    PlannedPost,
    PlannedUnit,
    own_posts,
    short_name,
    usual_aliases,
    usual_place,
)
from workflows.store import foundings, telling
from workflows.store.directory import many_offices
from workflows.store.directory.many_offices import NewBody
from workflows.store.screens.units_like import PLACE, units_like

from .judge import Judged, waves

INVITED = "account_invited"


@dataclass(frozen=True)
class Made:
    """What was made: how each line stands now, and the new offices by the office that they were made like."""

    lines: Sequence[Mapping[str, Any]]
    by_model: Mapping[int, Sequence[int]]


class NewOffices:
    """The offices of one portion, in the transaction that makes them."""

    def __init__(self, work: Work, founding: foundings.Founding) -> None:
        self.work, self.connection, self.founding = work, work.connection, founding
        self.office_of: dict[int, int] = {}  # by line

    def make(self, judged: Sequence[Judged]) -> Made:
        """Make all of these, each behind what stands above it."""
        for wave in waves(judged):
            ids = many_offices.enter_bodies(self.connection, [self._office(each) for each in wave])
            self.office_of |= {each.line.number: office for each, office in zip(wave, ids, strict=True)}
        administers = self._posts(judged)
        people, entered = self._people(judged)
        held = [(administers[each.line.number], people[each.line.mail]) for each in judged]
        many_offices.enter_holdings(self.connection, held)
        self._invite(judged, people)
        by_model: dict[int, list[int]] = {}
        for each in judged:
            if each.model is not None:
                by_model.setdefault(each.model, []).append(self.office_of[each.line.number])
        return Made([self._line(each, entered) for each in judged], by_model)

    def _office(self, judged: Judged) -> NewBody:
        line = judged.line
        return NewBody(
            kind="office",
            name=line.name,
            parent_id=self.office_of.get(judged.above_line or 0, judged.above),
            level=line.level,
            short_name=line.text("ten_tat") or short_name(line.name),
            place=line.text("dia_danh") or usual_place(line.name, line.level),
            aliases=usual_aliases(line.name, line.level),
            email=line.text("hop_thu") or None,
            organ_code=line.text("ma_dinh_danh") or None,
        )

    def _posts(self, judged: Sequence[Judged]) -> dict[int, int]:
        """Units and every post; the administrator's post of each line."""
        rows = []
        for each in judged:
            office = self.office_of[each.line.number]
            rows += [(office, post) for post in own_posts(each.line.name) if post.role != ADMINISTRATOR.role]
        rows += self._units(judged)
        lines = [each.line.number for each in judged]
        all_rows = [*((self.office_of[number], ADMINISTRATOR) for number in lines), *rows]
        ids = many_offices.enter_posts(self.connection, [{"body_id": body, **vars(post)} for body, post in all_rows])
        return dict(zip(lines, ids, strict=False))

    def _units(self, judged: Sequence[Judged]) -> list[tuple[int, PlannedPost]]:
        """Enter the units, those of one depth at once; the posts that they begin with."""
        models = {each.model for each in judged if each.model is not None}
        of_model = {model: units_like(self.connection, model, self.work.today) for model in models}
        planned = [
            (self.office_of[each.line.number], _named(of_model.get(each.model or 0, TEMPLATES[each.template]), each))
            for each in judged
        ]
        entered: dict[tuple[int, int], int] = {}
        posts: list[tuple[int, PlannedPost]] = []
        waiting = [(office, at, unit) for office, units in planned for at, unit in enumerate(units)]
        while waiting:
            wave = [each for each in waiting if each[2].under is None or (each[0], each[2].under) in entered]
            new = [
                NewBody(unit.kind, unit.name, office if unit.under is None else entered[office, unit.under],
                        office_id=office, short_name=unit.short_name)
                for office, _, unit in wave
            ]  # fmt: skip
            for (office, at, unit), body_id in zip(wave, many_offices.enter_bodies(self.connection, new), strict=True):
                entered[office, at] = body_id
                posts += [(body_id, post) for post in unit.posts]
            waiting = [each for each in waiting if (each[0], each[1]) not in entered]
        return posts

    def _people(self, judged: Sequence[Judged]) -> tuple[dict[str, int], dict[int, int]]:
        """The administrators by address, those who are new entered; of these, which line entered them."""
        found = {each.line.mail: each.person.id for each in judged if each.person is not None}
        new: dict[str, Judged] = {}
        for each in judged:
            if each.line.mail not in found:
                new.setdefault(each.line.mail, each)
        named = [(each.line.text("quan_tri"), each.line.mail) for each in new.values()]
        ids = many_offices.enter_people(self.connection, named)
        entered = {each.line.number: person for each, person in zip(new.values(), ids, strict=True)}
        return found | dict(zip(new, ids, strict=True)), entered

    def _invite(self, judged: Sequence[Judged], people: Mapping[str, int]) -> None:
        """Whoever cannot sign in yet is written to, once however many offices they get."""
        rows = {}
        for each in judged:
            if each.person is None or each.person.login is None:
                person = people[each.line.mail]
                rows[person] = invitation_of(self.founding, person, each.line.name, self.work.now)
        telling.tell_many(self.connection, list(rows.values()))

    def _line(self, judged: Judged, entered: Mapping[int, int]) -> dict[str, Any]:
        number = judged.line.number
        return {
            "number": number, "status": foundings.MADE, "office_id": self.office_of[number],
            "person_id": entered.get(number), "problems": None,
        }  # fmt: skip


def invitation_of(
    founding: foundings.Founding, person_id: int, office: str, now: datetime, again: str = ""
) -> dict[str, Any]:
    """What has the letter of an invitation written; `again` tells one that is written anew from those before."""
    return telling.occasion_row(
        INVITED,
        f"{INVITED}:{founding.id}:{person_id}{again}",
        now,
        office_id=founding.writer_id,
        plan_id=None,
        case_id=None,
        task_id=None,
        data={"person_id": person_id, "office": office},
    )


def _named(units: Sequence[PlannedUnit], judged: Judged) -> Sequence[PlannedUnit]:
    """The units as they are called in this office: the place of the one it is made like becomes its own."""
    line = judged.line
    place = line.text("dia_danh") or usual_place(line.name, line.level)
    return [replace(each, name=each.name.replace(PLACE, place)) for each in units]
