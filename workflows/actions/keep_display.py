"""A person chooses how the pages look."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import display
from workflows.store.display import DENSITIES, LANGUAGES, SHORTCUTS, TEXT_SIZES, THEMES, Display

from .desk import Desk


def keep_display(desk: Desk, person_id: int, chosen: Display) -> None:
    """Keep the choice; Refused with BAD_FIELD for a value that is none of ours."""
    judged = (
        ("giao_dien", chosen.theme, THEMES),
        ("co_chu", chosen.text_size, TEXT_SIZES),
        ("mat_do", chosen.density, DENSITIES),
        ("phim_tat", chosen.shortcuts, SHORTCUTS),
        ("ngon_ngu", chosen.language, LANGUAGES),
    )
    for field, value, known in judged:
        if value not in known:
            raise Refused("BAD_FIELD", field=field, value=str(value)[:40])
    with desk.open() as work:
        display.keep_display(work.connection, person_id, chosen)
