"""Digital signatures: whose key is where, what is to be signed, how far that came, and codes to check documents by."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from .columns import Instant, Json, RowId, metadata, row_id

signing_keys = Table(
    "signing_keys",
    metadata,
    row_id(),
    Column("holder", Text, nullable=False),  # person | office
    Column("holder_id", RowId, nullable=False),
    Column("kind", Text, nullable=False),  # pkcs12 | pkcs11 | csc
    Column("facts", Json, nullable=False),  # where it is; places of secrets, never a secret
    Column("certificate", LargeBinary, nullable=False),  # DER
    Column("certificate_sha256", Text, nullable=False, index=True),
    Column("picture", LargeBinary, nullable=False),  # PNG of the signature (blue) or of the seal (red)
    Column("picture_mm", Integer, nullable=False),  # its real width
    Column("registered_at", Instant, nullable=False),
    Column("registered_by", Text),
    Column("retired_at", Instant),
    Index("ix_signing_keys_holder", "holder", "holder_id"),
)
signing_orders = Table(
    "signing_orders",
    metadata,
    row_id(),
    Column("subject", Text, nullable=False),
    Column("subject_id", RowId, nullable=False),
    Column("role", Text, nullable=False),  # ky | co_quan | phu_luc:<document_files.id>
    Column("sha256", Text, nullable=False),  # of exactly the bytes that are to be signed
    Column("key_id", RowId, ForeignKey("signing_keys.id"), nullable=False),
    Column("signer", Text, nullable=False),  # the name that the signature carries
    Column("capacity", Text, nullable=False),  # TM. | KT. | TL. | TUQ. | Q.; empty for the agency
    Column("state", Text, nullable=False),  # waiting | signing | done | given_up
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_at", Instant, nullable=False),  # when to try; while signing: when whoever signs is taken for dead
    Column("error", Text),
    Column("file_id", RowId, ForeignKey("document_files.id")),
    Column("value_sha256", Text, index=True),  # of the signature's value: found again in a changed copy
    Column("ordered_at", Instant, nullable=False),
    Column("done_at", Instant),
    # One signature a role, whatever happens: the second barrier beside the state.
    UniqueConstraint("subject", "subject_id", "role"),
    Index("ix_signing_orders_due", "state", "next_at"),
)
check_codes = Table(
    "check_codes",
    metadata,
    Column("code", Text, primary_key=True),  # as printed on the document, without its hyphens
    Column("subject", Text, nullable=False),
    Column("subject_id", RowId, nullable=False),
    UniqueConstraint("subject", "subject_id"),
)
