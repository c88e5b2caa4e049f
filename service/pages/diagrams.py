"""A process as a picture and as the list that says the same in words."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from service.languages.messages import Message
from workflows.bpmn.draw import draw
from workflows.bpmn.marks import Marks
from workflows.bpmn.model import Definition
from workflows.bpmn.steps import Step, step_list

MOST_LISTED = 5_000  # steps and ways on; a page with more would be slow for everybody


@dataclass(frozen=True)
class Diagram:
    """The SVG, the steps and where the case or cases stand; `of_many` when they are all cases of a version.

    `left_out` are steps that are not listed, for there are too many.
    """

    picture: Markup
    steps: list[Step]
    marks: Marks
    of_many: bool = False
    left_out: int = 0

    @property
    def has_place(self) -> bool:
        """Whether there is a step to jump to."""
        return 'id="dang-o-day"' in self.picture


def diagram_of(definition: Definition, process: str, marks: Marks, *, of_many: bool = False) -> Diagram:
    """The drawing escapes every name that it writes; it is our own SVG, never a stored file."""
    drawn = _with_anchor(draw(definition, process, marks, say=Message), marks)
    steps = step_list(definition, process)
    listed = _first_of(steps)
    left_out = len(steps) - len(listed)
    return Diagram(Markup(drawn), listed, marks, of_many, left_out)  # noqa: S704 - every part was escaped


def _first_of(steps: list[Step]) -> list[Step]:
    sizes = accumulate(1 + len(step.next) for step in steps)
    return [step for step, size in zip(steps, sizes, strict=True) if size <= MOST_LISTED]


def _with_anchor(drawn: str, marks: Marks) -> str:
    """The picture with a place to jump to: the first step where something waits."""
    live = next((f'data-element="{element}"' for element in marks.tokens if marks.tokens[element]), None)
    return drawn.replace(live, f'id="dang-o-day" {live}', 1) if live else drawn
