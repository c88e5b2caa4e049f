"""What a form is given and what it answers; how single fields are read and refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflows.actions.consulting.opinion_paper import OpinionPaper
from workflows.actions.desk import Work
from workflows.actions.opinions import Entry
from workflows.actions.step_up import require_step_up, signing_act
from workflows.errors import Refused
from workflows.plans.dates import parse_date
from workflows.store.worklist import TaskRow

SHORTEST_REASON = 10
LONGEST_FIELD = 20_000  # characters; a text of a plan has a limit of its own
LONGEST_REPORT = 400_000  # a province's report is put together from what a hundred communes wrote
LONGEST_COUNT, LONGEST_ID = 9, 12  # digits
DOCUMENT = "van_ban"


@dataclass(frozen=True)
class Filing:
    """A form that somebody hands in for an open task, inside the verb's transaction."""

    work: Work
    task: TaskRow
    variables: Mapping[str, Any]  # of the case
    fields: Mapping[str, str]
    papers: tuple[OpinionPaper, ...] = ()  # files that came with it, examined already
    entry: Entry | None = None  # of a clerk who hands it in on behalf of a body

    @property
    def plan_id(self) -> int:
        """The plan that the task is about."""
        if self.task.plan_id is None:
            raise Refused("TASK_WITHOUT_PLAN", task=self.task.id)
        return self.task.plan_id

    def number(self, name: str) -> int:
        """An id that the process gives to this step; a routing that lacks it uses the form in the wrong place."""
        value = self.task.variables.get(name, self.variables.get(name))
        if not isinstance(value, int):
            raise Refused("FORM_OUT_OF_PLACE", form=self.task.form, variable=name)
        return value

    def require_step_up(self) -> None:
        """Use up the actor's proof for the signature that this task makes; STEP_UP_NEEDED without one."""
        act = signing_act(self.work, self.task)
        if act is not None:
            require_step_up(self.work, act)

    def text(self, name: str, most: int = LONGEST_FIELD) -> str:
        """A field without blanks around it; empty when it is absent."""
        value = self.fields.get(name, "").strip()
        if len(value) > most and name != DOCUMENT:
            raise Refused("TOO_LONG", field=name, most=most)
        return value

    def required(self, name: str, most: int = LONGEST_FIELD) -> str:
        """A field that must be filled in."""
        value = self.text(name, most)
        if not value:
            raise Refused("FIELD_REQUIRED", field=name)
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        """A field that must be one of these."""
        value = self.required(name)
        if value not in allowed:
            raise Refused("BAD_FIELD", field=name, value=value, allowed=list(allowed))
        return value

    def agreed(self, name: str) -> bool:
        """A box that may be left alone, which means no."""
        return bool(self.text(name)) and self.choice(name, ("co", "khong")) == "co"

    def reason(self, name: str = "ly_do") -> str:
        """A reason in words, of at least ten characters."""
        value = self.text(name)
        if len(value) < SHORTEST_REASON:
            raise Refused("REASON_REQUIRED", field=name, shortest=SHORTEST_REASON)
        return value

    def day(self, name: str) -> date:
        """A day that exists, in any of the spellings that offices use (day first)."""
        value = self.required(name)
        day = parse_date(value)
        if day is None:
            raise Refused("BAD_DATE", field=name, value=value)
        return day

    def count(self, name: str) -> int:
        """A number of things, 0 or more; "1.234" is one thousand two hundred and thirty-four."""
        value = self.required(name).replace(".", "")
        if not value.isdecimal() or len(value) > LONGEST_COUNT:
            raise Refused("BAD_FIELD", field=name, value=self.text(name), allowed=["0", "1", "2", "…"])
        return int(value)

    def chosen_id(self, name: str) -> int | None:
        """What was chosen from a list that the page offers; None for nothing."""
        value = self.text(name)
        if not value:
            return None
        if not value.isascii() or not value.isdecimal() or len(value) > LONGEST_ID:
            raise Refused("BAD_FIELD", field=name, value=value[:40])
        return int(value)


@dataclass(frozen=True)
class Filed:
    """What a form answers: the outcome in a word, variables for the process, a remark, and whether it goes back."""

    outcome: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    remark: str | None = None
    returned: bool = False
