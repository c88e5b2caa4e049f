"""How each column of each table is kept from being changed unseen: one rule a column, and no column without one.

KEPT columns are hashed into the row log whenever a row is written (`watching.py`, `row_log.py`). Every other column has
the reason why it is not: the chain of a case's events or a checkpoint holds it, it is compared with what it follows
from, or nobody relies on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# ---- reasons
CHAIN: Final = "events: the chain of its case and the checkpoints"
STATE: Final = "compared with what the events of the case lead to"
REMINDED: Final = "compared with the reminders that the events name, and with the office's calendar and levels"
HASHED: Final = "compared with a hash that is kept"
CHECKPOINT: Final = "the root and the signature of the checkpoint"
KEY: Final = "the key of the row, which the row log names"
DERIVED: Final = "made of other columns, for searching and sorting"
RUNNING: Final = "which case carries it out and since when: the case says the same of itself"
LETTERS: Final = "letters on their way: what arrived is in other hands"
SESSION: Final = "how somebody is signed in, or what is remembered of a visit"
OWN: Final = "one person's own view, read by nobody else"
WORK: Final = "how far a sweep or a delivery came; a change is made up for or shows by itself"
DRAFT: Final = "not published: what comes of it is kept in its own row"
COUNTER: Final = "numbers are unique in the register, the counter only says the next"

# ---- columns in the hash of a row, beside its key
KEPT: Final[Mapping[str, str]] = {
    # plans
    "plans": "office_id drafting_unit_id title period_from period_to status version confirmed_at signer_role consulted"
    " others_needed opinion_days mode mode_reason outcome_policy added_recipients number symbol issued_on case_id"
    " created_at created_by",
    "plan_versions": "content_hash document made_at made_by note",
    "reading_corrections": "plan_id correction before made_at made_by",
    "duties": "plan_id no title lead_raw leads coop time_raw time products first_line kind budget_raw unclear",
    "occurrences": "duty_id body_id key opens_on due_on ends_on required done_at result done_count percent passed_over",
    "occurrence_notes": "occurrence_id kind at by_person by_name text percent done_count products due_before due_after"
    " comment_id",
    "comments": "plan_id task_id kind text mentions by_person by_name at",
    "plan_reviews": "plan_id year case_id opened_at proposal remark proposed_by decided_at decided_by draft_plan_id",
    "archives": "plan_id office_id kind year closed_on made_at documents",
    # consultation
    "rounds": "plan_id no version content_hash mode mandatory others_needed opened_at deadline closed_at working_days"
    " silence_basis",
    "opinions": "round_id body_id body_name outcome text late given_at given_by disposition disposition_text"
    " disposed_at disposed_by deadline dropped_at entered_by paper_number paper_on version",
    "opinion_points": "opinion_id no text disposition disposition_text disposed_at disposed_by",
    "opinion_papers": "opinion_id file_id verdict",
    "round_changes": "round_id body_id kind at by reason deadline",
    "due_requests": "task_id office_id plan_id asked_by asked_name asked_at due_before wanted reason status decided_by"
    " decided_name decided_at decided_reason granted",
    # reports
    "report_rules": "plan_id every units focal_body_id parent_body_id unit_due office_due assumed line kind title form"
    " cutoff_day changed_at changed_by reason ended_at only",
    "cycles": "rule_id plan_id office_id key window_from window_to opens_on unit_due office_due last closed_at report"
    " report_hash number symbol sent_at title form summary",
    "submissions": "cycle_id body_id body_name status text figures sent_at sent_by late source_cycle_id coverage",
    "submission_events": "submission_id kind at by reason text figures",
    "submission_reminders": "submission_id day at by",
    "indices": "office_id name unit rising",
    "index_values": "index_id year value rank target source entered_at entered_by",
    # documents
    "approvals": "subject subject_id role version content_hash person person_name capacity on_behalf_of block at"
    " element round voided_at",
    "register": "office_id series year number symbol subject subject_id title signer document_on recipients archive"
    " copies status given_up_reason note entered_at",
    "register_relations": "register_id relation by_register_id reason details made_at made_by",
    "issued": "media_type sha256 frozen_at",
    "document_files": "subject subject_id role name media_type sha256 made_at made_by revisions",
    "recipients": "subject subject_id line raw qualifier body_id body_name channel status sent_at received_at"
    " received_by remark",
    "recipient_steps": "recipient_id step at by detail day",
    "check_codes": "subject subject_id",
    "copies": "office_id form source source_id source_cited source_sha256 pages signer_id copies made_at made_by",
    "signing_keys": "holder holder_id kind facts certificate certificate_sha256 picture picture_mm registered_at"
    " registered_by retired_at",
    "signing_orders": "subject subject_id role sha256 key_id signer capacity file_id value_sha256 ordered_at done_at",
    "incoming": "office_id year number arrived_on issuer issuer_body_id cited document_on title signer copies note"
    " subject subject_id plan_id lead_body_id coop due_on direction status came_at entered_at entered_by recalled_at"
    " recall_reason",
    "books": "closed_at",
    "book_changes": "office_id book year change at by reason",
    "retention_rules": "office_id kind years basis set_at set_by",
    # processes
    "definitions": "key version name sha256 deployment deployed_at deployed_by",
    "decisions": "key version name tag sha256 deployment deployed_at deployed_by",
    "start_triggers": "definition_id kind name due facts",
    # work items
    "tasks": "outcome remark closed_for",
    "handovers": "task_id how from_person to_person by_person by_name reason at",
    "case_moves": "process to_version reason by_person by_name at",
    "case_move_lines": "from_version done reasons undone_at",
    # who may do what
    "bodies": "office_id parent_id kind level name short_name place aliases email organ_code valid_from valid_to"
    " successor_id",
    "body_members": "",
    "former_names": "body_id name short_name until entered_at entered_by",
    "posts": "body_id role title is_head rank",
    "people": "name email left_on",
    "holdings": "post_id person_id valid_from valid_to acting basis",
    "delegations": "from_person_id to_person_id capacity groups scope basis document_no document_on valid_from valid_to"
    " entered_at entered_by revoked_at revoked_by",
    "absences": "person_id first_day last_day reason stuck entered_at entered_by cancelled_at cancelled_by",
    "directory_changes": "office_id change body_id person_id facts at by",
    "accounts": "login password_hash disabled_at",
    "outside_accounts": "person_id linked_by linked_at",
    "passkeys": "person_id credential public_key name added_at revoked_at",
    "code_apps": "secret made_at confirmed_at",
    "api_tokens": "name hash scopes person_id office_id created_at created_by expires_at revoked_at",
    "office_suspensions": "office_id reason ask since suspended_by until resumed_by resumed_reason",
    # what an office has set
    "settings": "value changed_at changed_by",
    "setting_changes": "office_id key subject old new at by",
    "calendar_days": "kind name source entered_by",
    "escalation_policies": "changed_at changed_by",
    "webhook_endpoints": "office_id url secret events made_at made_by removed_at",
    "other_addresses": "person_id office_id url label events made_at made_by removed_at",
}

# ---- columns of the same tables that are not in it
NOT_KEPT: Final[Mapping[str, Mapping[str, str]]] = {
    "plans": {"fold": DERIVED},
    "plan_versions": {"text": HASHED},
    "duties": {"fold": DERIVED},
    "occurrences": {"case_id": RUNNING, "opened_at": RUNNING},
    "opinions": {"fold": DERIVED},
    "cycles": {"case_id": RUNNING, "opened_at": RUNNING},
    "register": {"fold": DERIVED},
    "issued": {"bytes": HASHED},
    "document_files": {"content": HASHED},
    "recipients": {"fold": DERIVED},
    "signing_orders": dict.fromkeys(("state", "attempts", "next_at", "error"), WORK),
    "incoming": {"fold": DERIVED, "issuer_fold": DERIVED},
    "definitions": {"xml": HASHED},
    "decisions": {"xml": HASHED},
    "bodies": {"fold": DERIVED, "sort_key": DERIVED},
    "people": {"sort_key": DERIVED},
    "accounts": {"failed": SESSION, "locked_until": SESSION},
    "passkeys": {"sign_count": SESSION, "used_at": SESSION},
    "code_apps": {"last_counter": SESSION},
    "api_tokens": {"last_used_at": SESSION},
    "tasks": {
        **dict.fromkeys(
            (
                "case_id",
                "process",
                "element",
                "name",
                "kind",
                "topic",
                "form",
                "office_id",
                "plan_id",
                "status",
                "assignee",
                "due",
                "due_days",
                "follow_up",
                "priority",
                "variables",
                "escalation",
                "excluded",
                "round",
                "retries",
                "opened_at",
                "closed_at",
                "closed_by",
                "asked_in",
                "blocking",
            ),
            STATE,
        ),
        "next_escalation_at": REMINDED,
        **dict.fromkeys(("locked_by", "locked_until"), WORK),
    },
    "webhook_endpoints": dict.fromkeys(("failing_since", "last_ok_at", "last_error", "disabled_at"), WORK),
}

# ---- tables that have no line in the row log, whole or column by column
OTHERWISE: Final[Mapping[str, str | Mapping[str, str]]] = {
    "events": CHAIN,
    "cases": {
        "id": CHAIN,
        **dict.fromkeys(("revision", "chain_head"), CHAIN),
        **dict.fromkeys(
            ("definition_id", "process", "office_id", "plan_id", "business_key", "status", "suspended", "state"), STATE
        ),
        **dict.fromkeys(("started_at", "ended_at"), STATE),
    },
    "checkpoints": {
        **dict.fromkeys(("id", "at", "root", "heads", "previous", "last_case", "rows_root"), CHECKPOINT),
        **dict.fromkeys(("signature", "signed_by"), CHECKPOINT),
        "left_at": WORK,
    },
    "checkpoint_leaves": CHECKPOINT,
    "row_log": CHECKPOINT,
    **dict.fromkeys(("task_groups", "timers", "subscriptions", "incidents"), STATE),
    "escalations": REMINDED,
    **dict.fromkeys(("outbox", "deliveries", "notices"), LETTERS),
    **dict.fromkeys(
        (
            "action_links", "sessions", "devices", "sign_ins_elsewhere", "confirmations", "code_failures",
            "recovery_codes", "secret_addresses", "push_subscriptions", "kept_answers", "installation_secrets",
        ),
        SESSION,
    ),
    **dict.fromkeys(
        (
            "task_drafts", "form_drafts", "follow_ups", "saved_filters", "display_choices", "notice_choices",
            "notice_times", "plan_watches", "versions_seen", "task_openings", "draft_editors",
        ),
        OWN,
    ),
    **dict.fromkeys(("channel_states", "sweeps", "envelopes"), WORK),
    **dict.fromkeys(("process_drafts", "process_draft_changes", "foundings", "founding_lines"), DRAFT),
    **dict.fromkeys(("plan_words", "file_words", "body_names"), DERIVED),
    "counters": COUNTER,
}  # fmt: skip


def rule_of(table: str, column: str, is_key: bool = False) -> str:
    """How this column is kept: "kept" in the row log, or why not; KeyError when nobody has said."""
    if table in OTHERWISE:
        rule = OTHERWISE[table]
        return rule if isinstance(rule, str) else rule[column]
    if column in KEPT[table].split():
        return "kept"
    return KEY if is_key else NOT_KEPT[table][column]
