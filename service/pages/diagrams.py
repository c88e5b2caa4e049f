"""A process as a picture and as the list that says the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from service.languages.messages import Message
from workflows.bpmn.draw import draw
from workflows.bpmn.marks import Marks
from workflows.bpmn.model import Definition
from workflows.bpmn.steps import Step, step_list


@dataclass(frozen=True)
class Diagram:
    """The SVG, the steps and where the case or cases stand; `of_many` when they are all cases of a version."""

    picture: Markup
    steps: list[Step]
    marks: Marks
    of_many: bool = False

    @property
    def has_place(self) -> bool:
        """Whether there is a step to jump to."""
        return 'id="dang-o-day"' in self.picture


def diagram_of(definition: Definition, process: str, marks: Marks, *, of_many: bool = False) -> Diagram:
    """The drawing escapes every name that it writes; it is our own SVG, never a stored file."""
    drawn = _with_anchor(draw(definition, process, marks, say=Message), marks)
    return Diagram(Markup(drawn), step_list(definition, process), marks, of_many)  # noqa: S704 - every part was escaped


def _with_anchor(drawn: str, marks: Marks) -> str:
    """The picture with a place to jump to: the first step where something waits."""
    live = next((f'data-element="{element}"' for element in marks.tokens if marks.tokens[element]), None)
    return drawn.replace(live, f'id="dang-o-day" {live}', 1) if live else drawn
