"""What narrows a list of tasks: the same fields as in the address of the inbox, under names for programs."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Query

from service.inbox_asked import LONGEST_WORDS, asked_of
from service.words import vi
from workflows.actions.look_at_tasks import Narrowing
from workflows.errors import Refused

from .policy import Call
from .shapes import GREATEST, KEPT

AskedId = Annotated[int | None, Query(ge=1, le=GREATEST)]
AfterTask = Annotated[str | None, Query(pattern="^[0-9]{1,18}-[0-9]{1,9}$", description="`next` of the page before")]


def _narrowing(
    caller: Call,
    form: Annotated[
        str, Query(description="Tasks of this step", json_schema_extra={"enum": ["", *sorted(vi.FORM_VERB)]})
    ] = "",
    words: Annotated[
        str, Query(max_length=LONGEST_WORDS, pattern=KEPT, description="Words of the plan's title or number")
    ] = "",
    due: Annotated[
        Literal["", "tre", "hom_nay", "tuan"], Query(description="Overdue, due by tonight, due within seven days")
    ] = "",
) -> Narrowing:
    if form and form not in vi.FORM_VERB:
        raise Refused("BAD_REQUEST", problems=["query.form"])
    asked = asked_of({"buoc": form, "tim": words, "han": due})
    return Narrowing(asked.form, asked.folded, asked.until(caller.now))


Narrowed = Annotated[Narrowing, Depends(_narrowing)]
