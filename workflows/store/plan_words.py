"""The words of each plan's current text, title and number: kept with the text in one transaction.

One row a plan, written by whoever writes its text, title or number; older versions are not searched. Decision 0065.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, select

from workflows.plans.written_words import folded_words, marked_words

from .tables.plan_words import plan_words
from .tables.plans import plan_versions, plans
from .upsert import insert_or_change
from .word_index import WordIndex

PLAN_WORDS: Final = WordIndex("plan_words", "plan_id")


def keep_words(connection: Connection, plan_id: int) -> None:
    """Write down the words of this plan as its number, title and current text have them now; none without a text."""
    current = (plan_versions.c.plan_id == plans.c.id) & (plan_versions.c.version == plans.c.version)
    columns = (plans.c.office_id, plans.c.number, plans.c.symbol, plans.c.title, plan_versions.c.text)
    row = connection.execute(select(*columns).join(plan_versions, current).where(plans.c.id == plan_id)).one_or_none()
    if row is None:
        return
    whole = f"{row.number or ''} {row.symbol or ''}\n{row.title}\n{row.text}"
    kept = {"office_id": row.office_id, "fold": folded_words(whole), "marked": marked_words(whole)}
    connection.execute(insert_or_change(connection, plan_words, ["plan_id"], [*kept]).values(plan_id=plan_id, **kept))
