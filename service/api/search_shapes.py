"""What the search answers: one record a thing that was found."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from .shapes import Next, Shape

Kind = Literal["plan", "duty", "opinion", "report", "document", "incoming", "file", "person", "unit"]


class FoundThing(Shape):
    """One thing: its kind and id, what it is called, and where the words stand.

    `state` is a code of its kind, of a file what it is of; `plan_id` the plan that it belongs to; `of_id` of a file the
    id of what it is of.
    """

    kind: Kind
    id: int
    title: str
    text: Annotated[str, Field(description="The passage where the words stand; empty where only the title has them")]
    in_text: Annotated[bool, Field(description="Found by the words of the plan's text, or by what stands in the file")]
    number: int | None
    symbol: str | None
    state: str
    on: Annotated[date | None, Field(description="Its day: of a plan the issue, of a file when it was kept")]
    plan_id: int | None
    office_id: int | None
    of_id: int | None
    address: Annotated[str, Field(description="The page for people on which it stands")]


class Found(Shape):
    """A page of what was found, kind after kind, in each the newest first."""

    found: list[FoundThing]
    next: Next = None
