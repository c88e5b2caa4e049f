"""The first schema, area by area in the reading order of `workflows/store/tables`."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from workflows.store.tables.columns import Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Column = sa.Column[Any]
Type = sa.types.TypeEngine[Any]
TEXT, NUMBER, YES_NO, DAY = sa.Text(), sa.Integer(), sa.Boolean(), sa.Date()
BYTES, INSTANT = sa.LargeBinary(), Instant()
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def row_id() -> Column:
    return sa.Column("id", ID, primary_key=True, autoincrement=True)


def key(name: str, type_: Type, to: str | None = None) -> Column:
    return sa.Column(name, type_, *_target(to), primary_key=True)


def must(name: str, type_: Type, to: str | None = None, *, index: bool = False) -> Column:
    return sa.Column(name, type_, *_target(to), nullable=False, index=index)


def may(name: str, type_: Type, to: str | None = None, *, index: bool = False) -> Column:
    return sa.Column(name, type_, *_target(to), nullable=True, index=index)


def _target(to: str | None) -> list[sa.ForeignKey]:
    return [sa.ForeignKey(f"{to}.id")] if to else []


def _directory() -> None:
    op.create_table(
        "bodies", row_id(), may("office_id", ID, "bodies", index=True), may("parent_id", ID, "bodies"),
        must("kind", TEXT), may("level", TEXT), must("name", TEXT), may("short_name", TEXT), may("place", TEXT),
        must("aliases", JSON), must("fold", TEXT), may("email", TEXT), may("valid_from", DAY), may("valid_to", DAY),
        may("successor_id", ID, "bodies"),
    )
    op.create_index("ix_bodies_fold", "bodies", ["fold"])
    op.create_table(
        "body_names", key("body_id", ID, "bodies"), key("fold", TEXT), must("rank", NUMBER),
    )
    op.create_index("ix_body_names_fold", "body_names", ["fold"])
    op.create_table(
        "body_members", key("group_id", ID, "bodies"), key("body_id", ID, "bodies"),
    )
    op.create_table(
        "posts", row_id(), must("body_id", ID, "bodies", index=True), must("role", TEXT), must("title", TEXT),
        must("is_head", YES_NO), must("rank", NUMBER),
    )
    op.create_table(
        "people", row_id(), must("name", TEXT), may("email", TEXT), may("left_on", DAY),
    )
    op.create_table(
        "holdings", row_id(), must("post_id", ID, "posts", index=True), must("person_id", ID, "people", index=True),
        may("valid_from", DAY), may("valid_to", DAY), must("acting", YES_NO),
    )
    op.create_table(
        "delegations", row_id(), must("from_person_id", ID, "people"), must("to_person_id", ID, "people", index=True),
        must("capacity", TEXT), must("groups", JSON), must("basis", TEXT), must("valid_from", INSTANT),
        must("valid_to", INSTANT), may("revoked_at", INSTANT),
    )
    op.create_table(
        "accounts", key("person_id", ID, "people"), must("login", TEXT), must("password_hash", TEXT),
        must("failed", NUMBER), may("locked_until", INSTANT), may("disabled_at", INSTANT),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "sessions", key("token_hash", TEXT), must("person_id", ID, "people", index=True), must("form_token", TEXT),
        may("device", TEXT), must("opened_at", INSTANT), must("seen_at", INSTANT), must("expires_at", INSTANT),
        may("ended_at", INSTANT),
    )
    op.create_table(
        "devices", key("token_hash", TEXT), must("person_id", ID, "people", index=True),
        must("first_seen_at", INSTANT), must("last_seen_at", INSTANT), may("revoked_at", INSTANT),
    )


def _processes() -> None:
    op.create_table(
        "definitions", row_id(), must("key", TEXT), must("version", NUMBER), must("name", TEXT), must("xml", TEXT),
        must("sha256", TEXT), must("deployed_at", INSTANT), may("deployed_by", TEXT),
        sa.UniqueConstraint("key", "version"),
    )
    op.create_table(
        "cases", row_id(), must("definition_id", ID, "definitions"), must("process", TEXT),
        may("office_id", ID, "bodies", index=True), may("plan_id", ID, index=True), may("business_key", TEXT),
        must("status", TEXT), must("suspended", YES_NO), must("revision", NUMBER), must("state", JSON),
        must("chain_head", TEXT), must("started_at", INSTANT), may("ended_at", INSTANT),
    )
    op.create_index("ix_cases_process_status", "cases", ["process", "status"])
    op.create_table(
        "events", key("case_id", ID, "cases"), key("seq", NUMBER), must("revision", NUMBER), must("at", INSTANT),
        must("type", TEXT), must("data", JSON), must("actor", JSON), may("content_hash", TEXT), must("hash", TEXT),
    )
    op.create_table(
        "checkpoints", row_id(), must("at", INSTANT), must("root", TEXT), must("heads", JSON),
    )


def _worklist() -> None:
    op.create_table(
        "tasks", key("id", TEXT), must("case_id", ID, "cases", index=True), must("process", TEXT),
        must("element", TEXT), must("name", TEXT), must("kind", TEXT), may("topic", TEXT), may("form", TEXT),
        may("office_id", ID), may("plan_id", ID, index=True), must("status", TEXT), may("assignee", TEXT),
        may("due", INSTANT), may("follow_up", INSTANT), must("priority", NUMBER), must("variables", JSON),
        must("escalation", JSON), must("excluded", JSON), may("next_escalation_at", INSTANT), must("round", NUMBER),
        may("retries", NUMBER), must("opened_at", INSTANT), may("closed_at", INSTANT), may("closed_by", TEXT),
        may("outcome", TEXT), may("remark", TEXT),
    )
    op.create_index("ix_tasks_assignee", "tasks", ["assignee"])
    op.create_index("ix_tasks_closed_by", "tasks", ["closed_by"])
    op.create_index("ix_tasks_next_escalation_at", "tasks", ["next_escalation_at"])
    op.create_index("ix_tasks_status_due", "tasks", ["status", "due"])
    op.create_table(
        "task_groups", key("task_id", TEXT, "tasks"), key("group_key", TEXT),
    )
    op.create_index("ix_task_groups_group_key", "task_groups", ["group_key"])
    op.create_table(
        "escalations", key("task_id", TEXT, "tasks"), key("level", NUMBER), key("target", TEXT), must("at", INSTANT),
    )
    op.create_table(
        "timers", key("case_id", ID, "cases"), key("timer_id", TEXT), must("element", TEXT),
        must("due", INSTANT, index=True),
    )
    op.create_table(
        "subscriptions", key("case_id", ID, "cases"), key("subscription_id", TEXT), must("element", TEXT),
        must("kind", TEXT), must("name", TEXT), may("key", TEXT),
    )
    op.create_index("ix_subscriptions_kind_name", "subscriptions", ["kind", "name"])
    op.create_table(
        "incidents", key("case_id", ID, "cases"), key("incident_id", TEXT), may("element", TEXT), must("code", TEXT),
        must("message", TEXT), must("at", INSTANT),
    )


def _plans() -> None:
    op.create_table(
        "plans", row_id(), must("office_id", ID, "bodies", index=True), must("drafting_unit_id", ID, "bodies"),
        must("title", TEXT), must("fold", TEXT), may("period_from", NUMBER), may("period_to", NUMBER),
        must("status", TEXT), must("version", NUMBER), may("confirmed_at", INSTANT), must("signer_role", TEXT),
        must("consulted", JSON), must("others_needed", NUMBER), must("opinion_days", NUMBER), must("mode", TEXT),
        must("added_recipients", JSON), may("number", NUMBER), may("symbol", TEXT), may("issued_on", DAY),
        may("case_id", ID), must("created_at", INSTANT), may("created_by", TEXT),
    )
    op.create_table(
        "plan_versions", key("plan_id", ID, "plans"), key("version", NUMBER), must("content_hash", TEXT),
        must("text", TEXT), must("document", JSON), must("made_at", INSTANT), may("made_by", TEXT), may("note", TEXT),
    )
    op.create_table(
        "duties", row_id(), must("plan_id", ID, "plans", index=True), must("no", TEXT), must("title", TEXT),
        may("lead_raw", TEXT), must("leads", JSON), must("coop", JSON), may("time_raw", TEXT), may("time", JSON),
        must("products", JSON), may("first_line", NUMBER), sa.UniqueConstraint("plan_id", "no"),
    )
    op.create_table(
        "occurrences", row_id(), must("duty_id", ID, "duties"), must("body_id", ID, "bodies"), must("key", TEXT),
        must("opens_on", DAY, index=True), may("due_on", DAY), must("required", NUMBER), may("case_id", ID),
        may("opened_at", INSTANT), may("done_at", INSTANT), may("result", TEXT),
        sa.UniqueConstraint("duty_id", "body_id", "key"),
    )


def _consultation() -> None:
    op.create_table(
        "rounds", row_id(), must("plan_id", ID, "plans"), must("no", NUMBER), must("version", NUMBER),
        must("content_hash", TEXT), must("mode", TEXT), must("mandatory", JSON), must("others_needed", NUMBER),
        must("opened_at", INSTANT), must("deadline", INSTANT), may("closed_at", INSTANT),
        sa.UniqueConstraint("plan_id", "no"),
    )
    op.create_table(
        "opinions", row_id(), must("round_id", ID, "rounds"), must("body_id", ID, "bodies"), must("body_name", TEXT),
        may("outcome", TEXT), may("text", TEXT), must("late", YES_NO), may("given_at", INSTANT),
        may("given_by", TEXT), may("disposition", TEXT), may("disposition_text", TEXT), may("disposed_at", INSTANT),
        may("disposed_by", TEXT), sa.UniqueConstraint("round_id", "body_id"),
    )


def _issuing() -> None:
    op.create_table(
        "approvals", row_id(), must("subject", TEXT), must("subject_id", ID), must("role", TEXT),
        must("version", NUMBER), must("content_hash", TEXT), must("person", TEXT), must("person_name", TEXT),
        must("capacity", TEXT), must("block", JSON), must("at", INSTANT), may("voided_at", INSTANT),
    )
    op.create_index("ix_approvals_subject", "approvals", ["subject", "subject_id"])
    op.create_table(
        "counters", key("office_id", ID, "bodies"), key("series", TEXT), key("year", NUMBER), must("last", NUMBER),
    )
    op.create_table(
        "register", row_id(), must("office_id", ID, "bodies"), must("series", TEXT), must("year", NUMBER),
        must("number", NUMBER), must("symbol", TEXT), may("subject", TEXT), may("subject_id", ID),
        must("title", TEXT), may("signer", TEXT), must("document_on", DAY), may("recipients", TEXT),
        may("archive", TEXT), must("copies", NUMBER), must("status", TEXT), may("given_up_reason", TEXT),
        must("entered_at", INSTANT), sa.UniqueConstraint("office_id", "series", "year", "number"),
        sa.UniqueConstraint("subject", "subject_id"),
    )
    op.create_table(
        "issued", key("subject", TEXT), key("subject_id", ID), must("bytes", BYTES), must("media_type", TEXT),
        must("sha256", TEXT), must("frozen_at", INSTANT),
    )
    op.create_table(
        "recipients", row_id(), must("subject", TEXT), must("subject_id", ID), must("line", NUMBER),
        must("raw", TEXT), may("qualifier", TEXT), may("body_id", ID, "bodies"), must("body_name", TEXT),
        must("channel", TEXT), must("status", TEXT), may("sent_at", INSTANT), may("received_at", INSTANT),
        may("received_by", TEXT), may("remark", TEXT),
        sa.UniqueConstraint("subject", "subject_id", "line", "body_name"),
    )


def _reporting() -> None:
    op.create_table(
        "report_rules", row_id(), must("plan_id", ID, "plans", index=True), must("every", TEXT), must("units", JSON),
        must("focal_body_id", ID, "bodies"), may("parent_body_id", ID, "bodies"), may("unit_due", JSON),
        may("office_due", JSON), must("assumed", YES_NO), may("line", NUMBER),
    )
    op.create_table(
        "cycles", row_id(), must("rule_id", ID, "report_rules"), must("plan_id", ID, "plans", index=True),
        must("office_id", ID, "bodies"), must("key", TEXT), must("window_from", DAY), must("window_to", DAY),
        must("opens_on", DAY, index=True), must("unit_due", DAY), must("office_due", DAY), must("last", YES_NO),
        may("case_id", ID), may("opened_at", INSTANT), may("closed_at", INSTANT), may("report", TEXT),
        may("report_hash", TEXT), may("number", NUMBER), may("symbol", TEXT), may("sent_at", INSTANT),
        sa.UniqueConstraint("rule_id", "key"),
    )
    op.create_table(
        "submissions", row_id(), must("cycle_id", ID, "cycles"), must("body_id", ID, "bodies"),
        must("body_name", TEXT), must("status", TEXT), may("text", TEXT), must("figures", JSON),
        may("sent_at", INSTANT), may("sent_by", TEXT), must("late", YES_NO), may("source_cycle_id", ID, "cycles"),
        sa.UniqueConstraint("cycle_id", "body_id"),
    )


def _telling() -> None:
    op.create_table(
        "outbox", row_id(), must("key", TEXT), must("kind", TEXT), may("office_id", ID), may("plan_id", ID),
        may("case_id", ID), may("task_id", TEXT), must("data", JSON), must("at", INSTANT),
        may("addressed_at", INSTANT), sa.UniqueConstraint("key"),
    )
    op.create_index("ix_outbox_addressed_at", "outbox", ["addressed_at"])
    op.create_table(
        "deliveries", row_id(), must("outbox_id", ID, "outbox"), may("person_id", ID, "people"),
        may("body_id", ID, "bodies"), must("name", TEXT), must("address", TEXT), must("channel", TEXT),
        must("subject", TEXT), must("text", TEXT), must("html", TEXT), must("headers", JSON),
        must("message_id", TEXT), must("status", TEXT), must("attempts", NUMBER), must("next_at", INSTANT),
        may("lease_until", INSTANT), may("sent_at", INSTANT), may("error", TEXT),
        sa.UniqueConstraint("outbox_id", "address", "channel"),
    )
    op.create_index("ix_deliveries_status_next_at", "deliveries", ["status", "next_at"])
    op.create_table(
        "action_links", key("token_hash", TEXT), must("purpose", TEXT), may("task_id", TEXT, index=True),
        may("recipient_id", ID, index=True), may("person_id", ID), may("body_id", ID), may("version", NUMBER),
        may("content_hash", TEXT), may("code_hash", TEXT), must("code_tries", NUMBER), must("made_at", INSTANT),
        must("expires_at", INSTANT), may("revoked_at", INSTANT), may("used_at", INSTANT),
    )


def _clockwork() -> None:
    op.create_table(
        "calendar_days", key("office_id", ID), key("day", DAY), must("kind", TEXT), must("name", TEXT),
        must("source", TEXT), may("entered_by", TEXT),
    )
    op.create_table(
        "settings", key("office_id", ID), key("key", TEXT), must("value", JSON), must("changed_at", INSTANT),
        may("changed_by", TEXT),
    )
    op.create_table(
        "sweeps", key("kind", TEXT), must("started_at", INSTANT), may("finished_at", INSTANT), must("runner", TEXT),
        must("done", NUMBER), may("error", TEXT),
    )


def upgrade() -> None:
    _directory()
    _processes()
    _worklist()
    _plans()
    _consultation()
    _issuing()
    _reporting()
    _telling()
    _clockwork()


def downgrade() -> None:
    last_first = (
        "sweeps settings calendar_days action_links deliveries outbox submissions cycles report_rules "
        "recipients issued register counters approvals opinions rounds occurrences duties plan_versions plans "
        "incidents subscriptions timers escalations task_groups tasks checkpoints events cases definitions "
        "devices sessions accounts delegations holdings people posts body_members body_names bodies"
    )
    for table in last_first.split():
        op.drop_table(table)
