"""Who there is: bodies in a tree with validity dates, their posts and holders, and who may act for whom."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from .columns import Instant, Json, RowId, metadata, row_id

# A body can be addressed or can act: an office (UBND, sở), a unit of it (phòng, bộ phận), the Mặt trận, a party body,
# an association, or a group such as "Các ban, ngành xã". An issued document never follows a renamed body.
bodies = Table(
    "bodies",
    metadata,
    row_id(),
    Column("office_id", RowId, ForeignKey("bodies.id"), index=True),  # its authority; an office names itself
    Column("parent_id", RowId, ForeignKey("bodies.id")),  # the office above, or the unit's office
    Column("kind", Text, nullable=False),  # office | unit | front | party | council | association | agency | group
    Column("level", Text),  # tỉnh | huyện | xã | sở …
    Column("name", Text, nullable=False),
    Column("short_name", Text),
    Column("place", Text),  # the place named beside the date of its documents
    Column("aliases", Json, nullable=False, default=list),
    Column("fold", Text, nullable=False),  # name without marks, for search
    Column("sort_key", Text, nullable=False, server_default=text("''")),  # its place in Vietnamese order
    Column("email", Text),
    Column("organ_code", Text),  # "000.00.16.H56" (QĐ 20/2020/QĐ-TTg); never used again for another body
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("successor_id", RowId, ForeignKey("bodies.id")),
)
# Every folded name of a body, so that a name in a document is found by an index. The rank is 0 for its name, 1 for its
# short name, 2 for an alias, 3 for any of them with abbreviations spelled out.
body_names = Table(
    "body_names",
    metadata,
    Column("body_id", RowId, ForeignKey("bodies.id"), primary_key=True),
    Column("fold", Text, primary_key=True),
    Column("rank", Integer, nullable=False),
    Index("ix_body_names_fold", "fold"),
)
body_members = Table(
    "body_members",
    metadata,
    Column("group_id", RowId, ForeignKey("bodies.id"), primary_key=True),
    Column("body_id", RowId, ForeignKey("bodies.id"), primary_key=True),
)
posts = Table(
    "posts",
    metadata,
    row_id(),
    Column("body_id", RowId, ForeignKey("bodies.id"), nullable=False, index=True),
    Column("role", Text, nullable=False),  # chu_tich | pho_chu_tich | thu_truong | can_bo | van_thu | the_thuc
    Column("title", Text, nullable=False),  # as printed: "PHÓ CHỦ TỊCH"
    Column("is_head", Boolean, nullable=False, default=False),
    Column("rank", Integer, nullable=False, default=0),
)
people = Table(
    "people",
    metadata,
    row_id(),
    Column("name", Text, nullable=False),
    Column("sort_key", Text, nullable=False, server_default=text("''")),  # by given name, in Vietnamese order
    Column("email", Text),
    Column("left_on", Date),
)
holdings = Table(
    "holdings",
    metadata,
    row_id(),
    Column("post_id", RowId, ForeignKey("posts.id"), nullable=False, index=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("acting", Boolean, nullable=False, default=False),  # Q. (quyền)
    Column("basis", Text),  # the decision that it rests on
)
delegations = Table(
    "delegations",
    metadata,
    row_id(),
    Column("from_person_id", RowId, ForeignKey("people.id"), nullable=False),
    Column("to_person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("capacity", Text, nullable=False),  # KT. | TL. | TUQ.
    Column("groups", Json, nullable=False),  # the group keys that are lent
    Column("scope", Json),  # {"plans": […], "kinds": […], "steps": […]}; null: no limit
    Column("basis", Text, nullable=False),  # the document it rests on
    Column("document_no", Text),  # its number and symbol; always there for TUQ.
    Column("document_on", Date),
    Column("valid_from", Instant, nullable=False),
    Column("valid_to", Instant, nullable=False),
    Column("entered_at", Instant),
    Column("entered_by", Text),
    Column("revoked_at", Instant),
    Column("revoked_by", Text),
)
accounts = Table(
    "accounts",
    metadata,
    Column("person_id", RowId, ForeignKey("people.id"), primary_key=True),
    Column("login", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("failed", Integer, nullable=False, default=0),
    Column("locked_until", Instant),
    Column("disabled_at", Instant),
    UniqueConstraint("login"),
)
sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("form_token", Text, nullable=False),
    Column("device", Text),
    Column("opened_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),  # may lie a moment ahead: of a session that was just replaced by a new one
    Column("confirmed_at", Instant),  # when the person last proved anew who they are, to change keys and codes
)
# A device that a person used before; it, a session or a typed code is what a mail scanner does not have.
devices = Table(
    "devices",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("person_id", RowId, ForeignKey("people.id"), nullable=False, index=True),
    Column("first_seen_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("label", Text),  # what the browser called itself
)
Index("ix_bodies_fold", bodies.c.fold)
Index("ix_bodies_organ_code", bodies.c.organ_code, unique=True)
Index("ix_bodies_successor", bodies.c.successor_id)
Index("ix_bodies_parent", bodies.c.parent_id)  # also what a body that is taken out is asked for
