"""Signatures are ordered with the number, for exactly the frozen bytes; the clock has them made (decision 0025)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from workflows.store import copies, directory, document_files, issuing, signing
from workflows.store.directory import Body

from .desk import Work

PERSON, AGENCY = "ky", "co_quan"
# An appendix in a file of its own is signed by the agency in words; each has a role of its own: "phu_luc:<file>".
APPENDIX = "phu_luc:"
SEALED_APPENDIX = "sealed_appendix"


@dataclass(frozen=True)
class Standing:
    """How the digital signatures of a document stand: `state` is none, waiting, signed, sealing, sealed or given_up."""

    state: str
    orders: dict[str, signing.SigningOrder]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is waited for."""
        return self.state not in ("waiting", "sealing")


def file_role(role: str) -> str:
    """What the kept file is that a signature in this role makes."""
    return SEALED_APPENDIX if role.startswith(APPENDIX) else {PERSON: "signed", AGENCY: "sealed"}[role]


def order_signature(work: Work, subject: str, subject_id: int, signed: issuing.Approval) -> None:
    """Order the competent person's signature on the frozen PDF; nothing where signing is not set up for this person.

    Nothing either where the document has no PDF: it then says of itself that it carries no digital signature.
    """
    digest = signing.pdf_of(work.connection, subject, subject_id)
    key = signing.key_of(work.connection, "person", int(signed.person)) if signed.person.isdecimal() else None
    if digest is None or key is None or signing.trust_of(work.connection) is None:
        return
    signing.add_order(
        work.connection,
        {
            "subject": subject,
            "subject_id": subject_id,
            "role": PERSON,
            "sha256": digest,
            "key_id": key.id,
            "signer": signed.person_name,
            "capacity": signed.capacity,
            "next_at": work.now,
            "ordered_at": work.now,
        },
    )


def order_seal(work: Work, subject: str, subject_id: int, office_id: int) -> None:
    """Order the agency's signature over the person's; nothing where the person did not sign digitally.

    Văn thư may seal only what the competent person has signed (NĐ 30/2020 Điều 32 khoản 2 điểm d).
    """
    by_person = signing.orders_of(work.connection, subject, subject_id).get(PERSON)
    key = signing.key_of(work.connection, "office", office_id)
    if by_person is None or by_person.state != "done" or by_person.file_id is None or key is None:
        return
    office = directory.body(work.connection, office_id)
    sealed = document_files.file_facts(work.connection, by_person.file_id)
    _order_by_agency(work, subject, subject_id, AGENCY, sealed.sha256, key, office)
    for each in document_files.files_of(work.connection, subject, subject_id, "appendix"):
        _order_by_agency(work, subject, subject_id, f"{APPENDIX}{each.id}", each.sha256, key, office)


def order_copy_seal(work: Work, copy_id: int, office: Body) -> None:
    """Order the agency's signature on a copy; without a key the copy is only there to be printed and stamped."""
    key = signing.key_of(work.connection, "office", office.id)
    digest = signing.pdf_of(work.connection, copies.SUBJECT, copy_id)
    if key is not None and digest is not None and signing.trust_of(work.connection) is not None:
        _order_by_agency(work, copies.SUBJECT, copy_id, AGENCY, digest, key, office)


def _order_by_agency(  # noqa: PLR0917 - the facts of an order
    work: Work, subject: str, subject_id: int, role: str, digest: str, key: signing.SigningKey, office: Body
) -> None:
    signing.add_order(
        work.connection,
        {
            "subject": subject,
            "subject_id": subject_id,
            "role": role,
            "sha256": digest,
            "key_id": key.id,
            "signer": office.name,
            "capacity": "",
            "next_at": work.now,
            "ordered_at": work.now,
        },
    )


def standing(connection: Connection, subject: str, subject_id: int) -> Standing:
    """How far the signatures of a document are."""
    orders = signing.orders_of(connection, subject, subject_id)
    person, agency = orders.get(PERSON), orders.get(AGENCY)
    if agency is not None:
        if any(each.is_open for role, each in orders.items() if role != PERSON):
            return Standing("sealing", orders)
        return Standing({"done": "sealed"}.get(agency.state, "given_up"), orders)
    if person is None:
        return Standing("none", orders)
    states = {"waiting": "waiting", "signing": "waiting", "done": "signed", "given_up": "given_up"}
    return Standing(states[person.state], orders)
