"""A password as somebody chooses it: long enough, not what anybody would guess first, typed twice alike."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.plans.names import fold
from workflows.store.directory import Person

from .passwords import MAX_LENGTH

SHORTEST = 10


def judged_password(first: str, second: str, person: Person) -> str:
    """The password; FIELD_REQUIRED, PASSWORD_SHORT, PASSWORD_LONG, PASSWORD_PLAIN, PASSWORDS_DIFFER."""
    if not first:
        raise Refused("FIELD_REQUIRED", field="mat_khau_moi")
    if len(first) < SHORTEST:
        raise Refused("PASSWORD_SHORT", field="mat_khau_moi", shortest=SHORTEST)
    if len(first) > MAX_LENGTH:
        raise Refused("PASSWORD_LONG", field="mat_khau_moi", most=MAX_LENGTH)
    folded = fold(first).replace(" ", "")
    guesses = {fold(person.name).replace(" ", ""), fold(person.email or ""), fold((person.email or "").split("@")[0])}
    if folded in guesses or len(set(folded)) < 4 or "1234567890".startswith(folded[:8]):
        raise Refused("PASSWORD_PLAIN", field="mat_khau_moi")
    if first != second:
        raise Refused("PASSWORDS_DIFFER", field="mat_khau_lai")
    return first
