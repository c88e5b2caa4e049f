"""Whose work the rows are that a transaction has written: work of a suspended office rests, whoever would change it.

Each verb of a person ends in `require_nothing_rests`, so that also one that is written tomorrow is held: what
a transaction wrote into logged rows is known anyway (`beside/watching.py`), and one rule a table says whose it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from .beside.watching import rows_written
from .suspending import require_going_on, suspended_offices
from .tables import metadata

OWN: Final = "office_id"
# The row belongs to that of another table, whose key stands in this column.
Parent = tuple[str, str]
_PLAN: Final[Parent] = ("plan_id", "plans")
_DOCUMENT: Final = "subject"  # what it is of, and in `subject_id` its key

# Rows that are somebody's work: of the office that they name, of their parent's, or of their document's.
WORK: Final[Mapping[str, str | Parent]] = {
    **dict.fromkeys(
        ("plans", "archives", "due_requests", "cycles", "indices", "register", "copies", "incoming", "book_changes"),
        OWN,
    ),
    "books": OWN,
    "tasks": OWN,  # which is not among what is logged of one, so that its row is read
    "handovers": ("task_id", "tasks"),
    **dict.fromkeys(
        ("plan_versions", "reading_corrections", "duties", "comments", "plan_reviews", "rounds", "report_rules"),
        _PLAN,
    ),
    "occurrences": ("duty_id", "duties"),
    "occurrence_notes": ("occurrence_id", "occurrences"),
    "opinions": ("round_id", "rounds"),
    "round_changes": ("round_id", "rounds"),
    **dict.fromkeys(("opinion_points", "opinion_papers"), ("opinion_id", "opinions")),
    "submissions": ("cycle_id", "cycles"),
    **dict.fromkeys(("submission_events", "submission_reminders"), ("submission_id", "submissions")),
    "index_values": ("index_id", "indices"),
    **dict.fromkeys(
        ("approvals", "issued", "document_files", "recipients", "check_codes", "signing_orders"), _DOCUMENT
    ),
    "register_relations": ("register_id", "register"),
    "recipient_steps": ("recipient_id", "recipients"),
}
# The table of each kind of document; an office's own papers are no work of a case.
DOCUMENTS: Final[Mapping[str, str | None]] = {
    "plan": "plans",
    "archive": "plans",
    "report": "cycles",
    "copy": "copies",
    "incoming": "incoming",
    "register": "register",
    "comment": "comments",
    "opinion": "opinions",
    "office": None,
}
# The house's own: who there is, who may come in, what is set, which processes there are. Whoever keeps the house sets
# it also while an office stands; people of that office do not come in.
HOUSE: Final = frozenset(
    {
        "bodies", "body_members", "former_names", "posts", "people", "holdings", "delegations", "absences",
        "directory_changes", "accounts", "outside_accounts", "passkeys", "code_apps", "api_tokens",
        "office_suspensions", "settings", "setting_changes", "calendar_days", "escalation_policies",
        "webhook_endpoints", "other_addresses", "definitions", "decisions", "start_triggers", "case_moves",
        "case_move_lines", "signing_keys", "retention_rules",
    }
)  # fmt: skip


def require_nothing_rests(connection: Connection) -> None:
    """WORK_SUSPENDED where this transaction has written work of an office that is suspended."""
    written = [(name, row) for name, row in rows_written(connection) if name in WORK]
    if not written:
        return
    resting = suspended_offices(connection)
    if not resting:
        return
    for office_id in sorted(resting & set(_offices_of(connection, written))):
        require_going_on(connection, office_id)


def _offices_of(connection: Connection, written: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[int]:
    """The offices of these rows, each table of their parents read once."""
    wanted: dict[str, set[int | str]] = defaultdict(set)
    for name, row in written:
        rule = WORK[name]
        if rule == OWN and OWN in row:
            yield row[OWN]
            continue
        if rule == OWN:
            wanted[name].add(row["id"])
            continue
        parent = DOCUMENTS[row["subject"]] if rule == _DOCUMENT else rule[1]
        if parent is not None:
            wanted[parent].add(row["subject_id"] if rule == _DOCUMENT else row[rule[0]])
    for parent, keys in wanted.items():
        table = metadata.tables[parent]
        found: list[Row[Any]] = list(connection.execute(select(*_naming(parent)).where(table.c.id.in_(keys))))
        yield from _offices_of(connection, [(parent, dict(row._mapping)) for row in found])


def _naming(name: str) -> list[Any]:
    """The columns of a table that say whose its rows are."""
    columns, rule = metadata.tables[name].c, WORK[name]
    if rule == _DOCUMENT:
        return [columns.subject, columns.subject_id]
    return [columns[rule if isinstance(rule, str) else rule[0]]]
