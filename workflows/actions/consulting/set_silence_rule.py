"""Im lặng: the office says by which regulation silence is consent, or that it is not."""

from __future__ import annotations

from workflows.actions.desk import Desk
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.silence import set_silence_basis

# Those who answer for the office's regulations, and who keeps its settings.
SETTERS = ("chu_tich", "pho_chu_tich", "quan_tri")
SHORTEST_BASIS, LONGEST_BASIS = 10, 500


def set_silence_rule(desk: Desk, office_id: int, *, consents: bool, basis: str) -> None:
    """From the next round on, silence of bodies under the executive is consent by this regulation, or is not.

    It never is for the Mặt trận, the party, associations and the council, whatever is set here
    (`plans/consultation.silence_is_consent`). BASIS_REQUIRED without a named regulation; NOT_YOURS.
    """
    text = basis.strip()
    if consents and len(text) < SHORTEST_BASIS:
        raise Refused("BASIS_REQUIRED", field="can_cu", shortest=SHORTEST_BASIS)
    if len(text) > LONGEST_BASIS:
        raise Refused("TOO_LONG", field="can_cu", most=LONGEST_BASIS)
    with desk.open() as work:
        directory.body(work.connection, office_id)
        if not {f"{role}@{office_id}" for role in SETTERS} & work.by.groups:
            raise Refused("NOT_YOURS", office=office_id)
        set_silence_basis(work.connection, office_id, text if consents else None, work.now, work.by.name)
