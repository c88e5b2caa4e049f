"""How a person wants to see the pages: light or dark, how large, how dense, with keys or without, in which language."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import Connection, delete, select

from .tables.display import display_choices
from .upsert import insert_or_change

THEMES = ("system", "light", "dark")
TEXT_SIZES = (16, 18, 20)  # pixels
DENSITIES = ("role", "dense", "roomy")
SHORTCUTS = ("on", "alt", "off")  # `alt`: that key is held with each other one (WCAG 2.1.4)
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Display:
    """One person's choice, and by itself what holds for everybody. `role`: dense for clerks, roomy for others."""

    theme: str = "system"
    text_size: int = 16
    density: str = "role"
    shortcuts: str = "on"
    language: str = "vi"


USUAL = Display()


def display_of(connection: Connection, person_id: int) -> Display:
    """What the person chose, or what holds for everybody."""
    row = connection.execute(select(display_choices).where(display_choices.c.person_id == person_id)).one_or_none()
    return Display(row.theme, row.text_size, row.density, row.shortcuts, row.language) if row is not None else USUAL


def keep_display(connection: Connection, person_id: int, chosen: Display) -> None:
    """Keep the choice; what holds for everybody needs no row."""
    if chosen == USUAL:
        connection.execute(delete(display_choices).where(display_choices.c.person_id == person_id))
        return
    names = [each.name for each in fields(Display)]
    kept = insert_or_change(connection, display_choices, ("person_id",), names)
    connection.execute(kept.values(person_id=person_id, **vars(chosen)))
