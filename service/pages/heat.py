"""Where cases spend their days, as heat on the picture of each process and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from markupsafe import Markup
from sqlalchemy import Connection

from service.languages.messages import Message
from service.words import figure_words as words
from workflows.actions.definitions import StoredDefinitions
from workflows.bpmn.draw import draw
from workflows.bpmn.marks import HOTTEST, Heat, Marks
from workflows.store import clockwork
from workflows.store.screens import deployed
from workflows.store.screens.days_by_step import StepDays, days_by_step
from workflows.store.screens.year_of_office import YearOfOffice


@dataclass(frozen=True)
class ProcessHeat:
    """A process with the heat of its steps; every row has a cell for each of the step columns."""

    key: str
    name: str
    picture: Markup
    rows: Sequence[Sequence[str]]


def heat_of(connection: Connection, asked: YearOfOffice, now: datetime) -> list[ProcessHeat]:
    """Each process in which something was opened in the year, on its newest version."""
    office = next(iter(asked.office_ids)) if len(asked.office_ids) == 1 else None
    calendar = clockwork.calendar_of(connection, office)
    found = days_by_step(connection, asked, calendar, now)
    return [_heat(connection, process, steps) for process, steps in found.items()]


def _heat(connection: Connection, process: str, steps: Sequence[StepDays]) -> ProcessHeat:
    newest = deployed.deployed_processes(connection, key=process)[0].newest
    definition = StoredDefinitions(connection).load(str(newest.id))
    most = max(step.mean for step in steps) or 1
    heat = {step.element: Heat(max(1, ceil(HOTTEST * step.mean / most)), words.days_words(step.mean)) for step in steps}
    drawn = draw(definition, process, Marks(heat=heat), prefix="nhiet", say=Message)
    picture = Markup(drawn)  # noqa: S704 - the drawing escapes every name that it writes
    return ProcessHeat(process, newest.name, picture, [_row(step) for step in steps])


def _row(step: StepDays) -> Sequence[str]:
    counts = (step.longest, step.cases, step.passes, step.open_now)
    return (step.name, words.days_number(step.mean), *(str(each) for each in counts))
