"""Sao y, sao lục, trích sao: văn thư makes a copy of an issued plan or of what came in (NĐ 30/2020 Điều 25–27)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import Connection

from workflows.errors import NotFound, Refused
from workflows.papers.confined import confined_pages
from workflows.papers.fonts import find_font
from workflows.papers.write_copy import copy_bytes
from workflows.plans.capacity import SigningCapacity, signature_block
from workflows.plans.copies import EXTRACT, FORMS, FROM_COPY, FULL, CopySheet, copy_symbol
from workflows.plans.numbering import format_number
from workflows.store import copies, directory, document_files, incoming, issuing, plans

from .approve import CAPACITIES
from .check_mark import keep_check_mark
from .desk import Desk, Work
from .forms.filing import LONGEST_FIELD
from .order_signatures import order_copy_seal, standing
from .outgoing_line import enter_line, require_clerk
from .step_up import Act, act_of_copy, has_seal, require_step_up

PLAN, INCOMING = "plan", incoming.SUBJECT
# A copy of a copy is made of what came in as one (Điều 25.2b); of what the office itself issued there is the original.
FORMS_OF = {PLAN: (FULL, EXTRACT), INCOMING: (FULL, FROM_COPY, EXTRACT)}
MOST_COPIES = 10_000
LONGEST_PAGES = 200


@dataclass(frozen=True)
class CopyWanted:
    """What văn thư fills in; `signer` is one of the keys of `copy_signers`, `pages` only an extract names."""

    form: str
    signer: str
    pages: str = ""
    recipients: str = ""
    copies: int = 1


@dataclass(frozen=True)
class CopySigner:
    """Somebody who may sign copies, with the printed lines of the signature block."""

    key: str
    person_id: int
    name: str
    capacity: str
    block: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What is copied: of which office, how it is cited and called, and its bytes."""

    office_id: int
    cited: str
    title: str
    name: str
    content: bytes


def make_copy(desk: Desk, source: str, source_id: int, wanted: CopyWanted, file_id: int | None = None) -> int:
    """Number the copy, freeze it as PDF and order the agency's signature on it; the id of the copy.

    `source` is "plan" or "incoming" (`file_id` then names the file). The pages are taken as pictures in a confined
    process, outside the transaction. Refused: NOT_YOURS, NOT_NUMBERED, SIGNATURE_PENDING, COPY_OF_RECALLED,
    COPY_NEEDS_PDF, BAD_FIELD, FIELD_REQUIRED, BAD_PAGES, STEP_UP_NEEDED, and as `confined_pages` and `enter_line` say.
    """
    check_copy(source, wanted)
    with desk.database.read() as connection:
        found = source_of(connection, source, source_id, file_id)
        if f"van_thu@{found.office_id}" not in desk.by.groups:
            raise Refused("NOT_YOURS", office=found.office_id)
    pictures = confined_pages(found.content, found.name, wanted.pages if wanted.form == EXTRACT else "")
    with desk.open() as work:
        require_clerk(work, found.office_id)
        if source_of(work.connection, source, source_id, file_id) != found:
            raise Refused("COPY_OF_RECALLED", number=found.cited)
        signer = _signer(work, found.office_id, wanted.signer)
        if has_seal(work, found.office_id):
            require_step_up(work, act_of(source, source_id, wanted, found))
        copy_id = copies.add(work.connection, _values(work, source, source_id, wanted, found, signer))
        office = directory.body(work.connection, found.office_id)
        sheet = _sheet(work, copy_id, wanted, found, signer, office)
        notation = format_number(sheet.number, sheet.symbol)
        check = keep_check_mark(work, sha256(found.content).hexdigest(), copies.SUBJECT, copy_id, notation)
        content = copy_bytes(pictures, sheet, found.cited, find_font(), check)
        issuing.freeze(work.connection, copies.SUBJECT, copy_id, content, work.now, issuing.PDF)
        order_copy_seal(work, copy_id, office)
        return copy_id


def source_of(connection: Connection, source: str, source_id: int, file_id: int | None) -> Source:
    """The document as it was issued or came in; refused when it may not be copied."""
    return _issued_plan(connection, source_id) if source == PLAN else _arrived(connection, source_id, file_id)


def copy_signers(connection: Connection, office_id: int, today: date) -> list[CopySigner]:
    """Who may sign copies that day: the leaders, and the heads of the units that the head of the office named."""
    office = directory.body(connection, office_id)
    posts = [(f"{role}@{office_id}", prefix) for role, prefix in CAPACITIES]
    posts += [(f"thu_truong@{unit}", "TL.") for unit in copies.signers_by_order(connection, office_id)]
    return [
        CopySigner(
            f"{group}:{holder.person_id}",
            holder.person_id,
            holder.name,
            prefix,
            signature_block(SigningCapacity(prefix), office.name, holder.title, holder.name),
        )
        for group, prefix in posts
        for holder in directory.holders_of(connection, group, today)
    ]


def act_of(source: str, source_id: int, wanted: CopyWanted, found: Source) -> Act:
    """What văn thư confirms where the agency signs digitally: these bytes, copied in this way."""
    content = {"sha256": sha256(found.content).hexdigest(), **asdict(wanted)}
    return act_of_copy(source, source_id, json.dumps(content, sort_keys=True))


def check_copy(source: str, wanted: CopyWanted) -> None:
    """Judge what can be judged without looking: BAD_FIELD, FIELD_REQUIRED, TOO_LONG."""
    if wanted.form not in FORMS_OF[source]:
        raise Refused("BAD_FIELD", field="hinh_thuc_sao", value=wanted.form[:40])
    if wanted.form == EXTRACT and not wanted.pages.strip():
        raise Refused("FIELD_REQUIRED", field="trang")
    for field, text, most in (("trang", wanted.pages, LONGEST_PAGES), ("noi_nhan", wanted.recipients, LONGEST_FIELD)):
        if len(text) > most:
            raise Refused("TOO_LONG", field=field, most=most)
    if not 1 <= wanted.copies <= MOST_COPIES:
        raise Refused("BAD_FIELD", field="so_ban", value=str(wanted.copies)[:40])


def _issued_plan(connection: Connection, plan_id: int) -> Source:
    plan, line = plans.plan(connection, plan_id), issuing.register_line_of(connection, PLAN, plan_id)
    frozen = issuing.frozen(connection, PLAN, plan_id)
    if line is None or line.status != "issued" or frozen is None:
        raise Refused("NOT_NUMBERED", subject=PLAN, id=plan_id)
    cited = format_number(line.number, line.symbol)
    if any(each.relation == "thu_hoi" for each in issuing.relations_of(connection, [line.id])):
        raise Refused("COPY_OF_RECALLED", number=cited)
    if not standing(connection, PLAN, plan_id).is_settled:
        raise Refused("SIGNATURE_PENDING", plan=plan_id)
    if frozen.media_type != issuing.PDF:
        raise Refused("COPY_NEEDS_PDF", field="", filename=cited)  # there is no file to choose
    signed = document_files.signed_file(connection, PLAN, plan_id)
    content = document_files.file_content(connection, signed.id) if signed else bytes(frozen.bytes)
    return Source(plan.office_id, cited, line.title, f"{cited}.pdf", content)


def _arrived(connection: Connection, incoming_id: int, file_id: int | None) -> Source:
    line = incoming.line(connection, incoming_id)
    if line.status == incoming.RECALLED:
        raise Refused("COPY_OF_RECALLED", number=line.cited)
    file = next((each for each in incoming.files_of(connection, incoming_id) if each.id == file_id), None)
    if file is None:
        raise NotFound("document_file", id=file_id)
    content = document_files.file_content(connection, file.id)
    if not content.startswith(b"%PDF-"):
        raise Refused("COPY_NEEDS_PDF", filename=file.name)
    return Source(line.office_id, line.cited, line.title, file.name, content)


def _signer(work: Work, office_id: int, key: str) -> CopySigner:
    found = next((each for each in copy_signers(work.connection, office_id, work.today) if each.key == key), None)
    if found is None:
        raise Refused("BAD_FIELD", field="nguoi_ky", value=key[:40])
    return found


def _values(  # noqa: PLR0917 - what is kept of a copy
    work: Work, source: str, source_id: int, wanted: CopyWanted, found: Source, signer: CopySigner
) -> dict[str, object]:
    return {
        "office_id": found.office_id,
        "form": wanted.form,
        "source": source,
        "source_id": source_id,
        "source_cited": found.cited,
        "source_sha256": sha256(found.content).hexdigest(),
        "pages": wanted.pages.strip() if wanted.form == EXTRACT else None,
        "signer_id": signer.person_id,
        "copies": wanted.copies,
        "made_at": work.now,
        "made_by": work.by.name,
    }


def _sheet(  # noqa: PLR0917 - the parts of the sheet
    work: Work, copy_id: int, wanted: CopyWanted, found: Source, signer: CopySigner, office: directory.Body
) -> CopySheet:
    """The sheet with the number that the copy takes in the register."""
    symbol = copy_symbol(wanted.form, office.name)
    receivers = _receivers(wanted.recipients)
    values = {
        "subject": copies.SUBJECT,
        "subject_id": copy_id,
        "title": f"{FORMS[wanted.form]} {found.cited}: {found.title}",
        "signer": signer.name,
        "recipients": "; ".join(receivers) or None,
        "copies": wanted.copies,
        "status": "issued",
    }
    _, number = enter_line(work, office.id, symbol, work.today, values)
    listed = (*(f"{each};" for each in receivers), "Lưu: VT.")
    return CopySheet(wanted.form, office.name, number, work.today, office.place or "", signer.block, listed)


def _receivers(words: str) -> Sequence[str]:
    return [line.strip(" -–;.") for line in words.splitlines() if line.strip(" -–;.")]
