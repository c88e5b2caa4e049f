"""What is found beside the log."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Beside:
    """One thing that is not as the log says.

    Of rows: CHANGED, REMOVED, INSERTED, NO_LOG (`compare_rows`). Of what follows from events and hashes (`beside_log`):
    STATE: the case goes on from something else than its events lead to; CASE: its row names another process, plan,
    office or time; TEXT: a version is not the text of its hash;
    DECIDED: something was decided on a text that no version of the plan has; DOCUMENT, FILE, DEFINITION: the bytes are
    not those of their hash; NUMBER: the register has another number than the plan was given, or none; REVISION: an
    event stands in another command than it was written with. Of the rows that lists, the clock and messages look at
    (`compare_worklist`, `compare_reminders`): FIELD: a column is not what the events lead to; MISSING: the row is not
    there; SURPLUS: no event speaks of it. `about` says of what: `case 3`, `plan 2 version 1`, `opinions 7`; `plan_id`
    the plan that it belongs to, where one is known; `field` the column, `holds` what is there, `says` what should be.
    """

    code: str
    about: str
    plan_id: int | None = None
    field: str | None = None
    holds: str | None = None
    says: str | None = None
