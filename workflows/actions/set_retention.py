"""How long an office keeps its files of a kind: set by a person, with the legal basis typed in."""

from __future__ import annotations

from workflows.errors import Refused
from workflows.store import yearly

from .desk import Desk
from .outgoing_line import require_clerk
from .reasons import reason_in

MOST_YEARS = 100


def set_retention(desk: Desk, office_id: int, kind: str, years: int | None, basis: str) -> None:
    """Keep files of this kind for so many years after the year in which the work ended; None: for ever.

    Only văn thư of the office. BAD_FIELD; REASON_REQUIRED for a basis that says nothing.
    """
    with desk.open() as work:
        require_clerk(work, office_id)
        said = reason_in(basis, "can_cu_luu_tru")
        if kind not in yearly.KINDS:
            raise Refused("BAD_FIELD", field="loai_ho_so", value=kind, allowed=list(yearly.KINDS))
        if years is not None and not 1 <= years <= MOST_YEARS:
            raise Refused("BAD_FIELD", field="so_nam", value=years)
        yearly.set_retention(
            work.connection,
            {
                "office_id": office_id,
                "kind": kind,
                "years": years,
                "basis": said,
                "set_at": work.now,
                "set_by": work.names,
            },
        )
