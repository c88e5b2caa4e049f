"""What each table shows to a visitor: one rule a table, and none without a rule (pure text of SQL conditions).

A condition may look at other tables with a wall of their own: there it sees what the visitor sees. What decides about
plans, cases, tasks and report cycles of other offices stands in the functions of `functions.py`, which look past it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .visitor import PREFIX


def told(name: str, kind: str) -> str:
    """The array that the transaction was told under this name; evaluated once a statement."""
    return f"((SELECT string_to_array(current_setting('{PREFIX}{name}', true), ',')::{kind}[])::{kind}[])"


OFFICES, BODIES, PLANS = told("offices", "bigint"), told("bodies", "bigint"), told("plans", "bigint")
GROUPS, PEOPLE = told("groups", "text"), told("people", "text")

# Whoever signed in, in whatever office or none: an office's templates and emblem are on every paper that it gives away.
CAME_IN: Final = f"cardinality({OFFICES}) > 0"
# By these settings of its office the days of a plan are counted and its figures compared, whoever looks at it.
FOR_READERS: Final = ("dung_dong_ho", "nguong_thay_doi", "tuan_lam_viec")

# Of the whole house: everybody reads them, there is nothing of one office in them.
SHARED: Final = "true"
# No page shows them: the visitors' role may not even read them.
CLOSED: Final = "false"


def _own(column: str = "office_id") -> str:
    """Of an own office; what belongs to no office is shown to whoever came in."""
    return f"coalesce({column}, 0) = ANY {OFFICES}"


def _of(column: str = "office_id") -> str:
    """Of an own office and nobody else's."""
    return f"{column} = ANY {OFFICES}"


def _through(parent: str, column: str, key: str = "id") -> str:
    """Shown with the row of another table that it belongs to."""
    return f"EXISTS (SELECT FROM {parent} AS parent WHERE parent.{key} = {{table}}.{column})"


# Shown with what the document is of: by a function, for a condition on every kind would be planned in each statement.
_DOCUMENT = "kehoach_document_shown(subject, subject_id)"


def _self(column: str = "person_id") -> str:
    return f"{column}::text = ANY {PEOPLE}"


def _either(*conditions: str) -> str:
    return " OR ".join(f"({each})" for each in conditions)


def _colleague(column: str = "person_id") -> str:
    """The person themselves, and everybody who holds or held a post in an own office."""
    return _either(_self(column), f"kehoach_colleague({column})")


_PLAN, _CASE, _TASK = _through("plans", "plan_id"), _through("cases", "case_id"), _through("tasks", "task_id")

RULES: Mapping[str, str] = {
    # the directory, which all offices of a house share (as its pages do), and the processes
    **dict.fromkeys(
        (
            "bodies", "body_names", "body_members", "former_names", "people", "posts", "holdings", "calendar_days",
            "definitions", "decisions", "start_triggers", "process_drafts", "process_draft_changes", "sweeps",
            "channel_states", "office_suspensions",
        ),
        SHARED,
    ),
    **dict.fromkeys(
        (
            "installation_secrets",
            "kept_answers",
            "checkpoints",
            "checkpoint_leaves",
            "row_log",
            "plan_words",
            "foundings",
            "founding_lines",
        ),
        CLOSED,
    ),
    # an office's own
    **dict.fromkeys(
        (
            "archives", "book_changes", "books", "copies", "counters", "directory_changes", "envelopes",
            "escalation_policies", "incoming", "indices", "retention_rules", "webhook_endpoints",
        ),
        _of(),
    ),
    "settings": _either(_own(), f"key IN {FOR_READERS} AND {CAME_IN}"),
    "setting_changes": _own(),
    "index_values": _through("indices", "index_id"),
    # cases and tasks
    "cases": _either(_own(), "kehoach_case_concerns(id, plan_id)"),
    **dict.fromkeys(("events", "timers", "subscriptions", "incidents", "case_move_lines"), _CASE),
    "case_moves": "EXISTS (SELECT FROM case_move_lines AS line WHERE line.move_id = {table}.id)",
    "tasks": _either(_own(), f"assignee = ANY {PEOPLE}", "kehoach_task_concerns(id, plan_id)"),
    "task_groups": _either(f"group_key = ANY {GROUPS}", _TASK),
    **dict.fromkeys(("escalations", "handovers", "task_openings"), _TASK),
    "due_requests": _either(_of(), _TASK),
    "follow_ups": _self("person"),
    "task_drafts": _self("person"),
    # plans and what belongs to them
    "plans": _either(_of(), "kehoach_plan_concerns(id)"),
    **dict.fromkeys(
        (
            "comments", "draft_editors", "duties", "plan_reviews", "plan_versions", "plan_watches",
            "reading_corrections", "rounds", "versions_seen",
        ),
        _PLAN,
    ),
    "occurrences": _through("duties", "duty_id"),
    "occurrence_notes": _through("occurrences", "occurrence_id"),
    "opinions": _through("rounds", "round_id"),
    "round_changes": _through("rounds", "round_id"),
    "opinion_papers": _through("opinions", "opinion_id"),
    "opinion_points": _through("opinions", "opinion_id"),
    # documents
    **dict.fromkeys(("approvals", "check_codes", "document_files", "issued", "signing_orders"), _DOCUMENT),
    "file_words": _through("document_files", "file_id"),
    "recipients": _either(f"body_id = ANY {BODIES}", _DOCUMENT),
    "recipient_steps": _through("recipients", "recipient_id"),
    "register": _either(_of(), _DOCUMENT),
    "register_relations": _through("register", "register_id"),
    "signing_keys": f"CASE holder WHEN 'office' THEN {_of('holder_id')} ELSE {_colleague('holder_id')} END",
    # reports, which an office above reads of those below
    "report_rules": _either(_of("parent_body_id"), _PLAN),
    "cycles": _either(_of(), "kehoach_cycle_concerns(rule_id, plan_id)"),
    "submissions": _either(f"body_id = ANY {BODIES}", _through("cycles", "cycle_id")),
    "submission_events": _through("submissions", "submission_id"),
    "submission_reminders": _through("submissions", "submission_id"),
    # what people are told
    "outbox": _either(_of(), _PLAN),
    "deliveries": _either(_self(), f"body_id = ANY {BODIES}", _through("outbox", "outbox_id")),
    "notices": _either(_self(), f"body_id = ANY {BODIES}", _of(), _PLAN),
    "action_links": _either(_self(), _TASK, _through("recipients", "recipient_id")),
    # people
    "sign_ins_elsewhere": CLOSED,
    **dict.fromkeys(("absences", "accounts", "devices", "sessions"), _colleague()),
    "delegations": _either(_colleague("from_person_id"), _colleague("to_person_id")),
    **dict.fromkeys(
        (
            "code_apps", "code_failures", "confirmations", "display_choices", "form_drafts", "notice_choices",
            "notice_times", "outside_accounts", "passkeys", "push_subscriptions", "recovery_codes", "saved_filters",
            "secret_addresses",
        ),
        _self(),
    ),
    "api_tokens": _either(_self(), _of()),
    "other_addresses": _either(_self(), _of()),
}  # fmt: skip
