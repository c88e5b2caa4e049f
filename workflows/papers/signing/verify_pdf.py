"""What the signatures in a PDF prove: who, when, intact or not and why, trusted by whom, stamped or not, for how long.

Nothing is fetched: the file's own evidence and the office's trust decide, so that a stranger's file makes no request.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from . import structure
from .structure import Fault
from .trust import Trust

STAMP = "/DocTimeStamp"
REVOKED = "REVOKED"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SignatureFound:
    """One signature: what it says of itself, and what was found to be true of it."""

    field: str
    is_stamp: bool
    signer: str
    organisation: str
    authority: str  # the name of the certificate's issuer
    certificate: str  # SHA-256 of the signer's certificate, hexadecimal
    serial: str
    reason: str
    location: str
    claimed_at: datetime | None
    stamped_at: datetime | None  # by an authority that is trusted
    intact: bool
    trusted: bool
    long_term: bool  # the file holds what will prove it after the certificates have run out
    value: str  # SHA-256 of the signature's value: the same signature in another file has the same
    weakness: str = ""  # why it is not trusted: a code


@dataclass(frozen=True)
class PdfVerdict:
    """What was found in a file; `state` is one of not_pdf, unsigned, changed, untrusted, good."""

    state: str
    sha256: str
    size: int
    signatures: tuple[SignatureFound, ...] = ()
    faults: tuple[Fault, ...] = field(default=())


def verify_pdf(content: bytes, trust: Trust, now: datetime) -> PdfVerdict:
    """Judge a file; it never raises for whatever is in the file."""
    try:
        return asyncio.run(_verify(content, trust, now))
    except Exception as error:  # a hostile file may fail in any way: it is then no valid document
        _log.info("a file could not be verified: %s", type(error).__name__)
        state = "changed" if b"/Sig" in content or b"/ByteRange" in content else "not_pdf"
        faults = (*structure.faults_of_file(content), Fault("UNREADABLE"))
        return PdfVerdict(state, sha256(content).hexdigest(), len(content), faults=faults)


async def _verify(content: bytes, trust: Trust, now: datetime) -> PdfVerdict:
    faults = list(structure.faults_of_file(content))
    reader = PdfFileReader(BytesIO(content), strict=False)
    signatures = list(reader.embedded_signatures)
    faults += structure.faults_of_document(reader, signatures)
    faults += structure.fields_without_value(reader, signatures)
    found = []
    for number, signature in enumerate(signatures):
        own = list(structure.faults_of_range(content, signature))
        judged, more = await _judge(reader, signature, trust, now, is_last=number == len(signatures) - 1)
        faults += own + more
        found.append(judged)
    return PdfVerdict(_state(found, faults), sha256(content).hexdigest(), len(content), tuple(found), tuple(faults))


def _state(found: Sequence[SignatureFound], faults: Sequence[Fault]) -> str:
    if faults or not all(each.intact for each in found):
        return "changed" if found or any(each.field for each in faults) else "unsigned"
    if not any(not each.is_stamp for each in found):
        return "unsigned"
    return "good" if all(each.trusted for each in found) else "untrusted"


async def _judge(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, trust: Trust, now: datetime, *, is_last: bool
) -> tuple[SignatureFound, list[Fault]]:
    is_stamp = str(signature.sig_object_type) == STAMP
    evidence = _evidence(reader)
    if is_stamp:
        return await _judge_stamp(signature, evidence, trust, now, is_last=is_last)
    status, weakness = await _status(signature, evidence, trust, now, strict=False)
    stamped = _stamped_at(status)
    moment = stamped or now
    demanding, why = await _status(signature, evidence, trust, moment, strict=True)
    known = demanding is not None and demanding.trusted and demanding.intact
    if known or REVOKED in why:
        status, weakness = demanding, why
    elif stamped is not None:
        status, weakness = await _status(signature, evidence, trust, moment, strict=False)
    lasting = known and stamped is not None and evidence is not None
    changes = list(_changes(signature, status, is_last=is_last))
    intact = status is not None and status.intact and status.valid and not changes
    trusted = status is not None and status.trusted and not weakness
    told = _found(signature, intact=intact, trusted=trusted, stamped_at=stamped, long_term=lasting, weakness=weakness)
    return told, changes


async def _judge_stamp(
    signature: EmbeddedPdfSignature,
    evidence: DocumentSecurityStore | None,
    trust: Trust,
    now: datetime,
    *,
    is_last: bool,
) -> tuple[SignatureFound, list[Fault]]:
    context = _context(evidence, trust.facts_at(now, strict=False))
    status = await async_validate_pdf_timestamp(signature, context)
    faults = list(_changes(signature, status, is_last=is_last))
    intact = status.intact and status.valid and not faults
    stamped = status.timestamp if status.trusted and intact else None
    told = _found(signature, intact=intact, trusted=status.trusted, stamped_at=stamped, long_term=True, weakness="")
    return told, faults


async def _status(
    signature: EmbeddedPdfSignature,
    evidence: DocumentSecurityStore | None,
    trust: Trust,
    moment: datetime,
    *,
    strict: bool,
) -> tuple[PdfSignatureStatus | None, str]:
    """The status as of a moment, and why the signer is not trusted (empty: it is)."""
    facts = trust.facts_at(moment, strict=strict)
    try:
        status = await async_validate_pdf_signature(
            signature,
            _context(evidence, facts),
            _context(evidence, facts),
            key_usage_settings=KeyUsageConstraints(
                key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
            ),
        )
    except SigningError as error:
        return None, type(error).__name__
    problem = status.trust_problem_indic
    return status, "" if status.trusted else (str(problem.standard_name) if problem is not None else "UNTRUSTED")


def _changes(signature: EmbeddedPdfSignature, status: Any, *, is_last: bool) -> list[Fault]:  # noqa: ANN401 - one of two kinds of status
    """Why the document is not what was signed; after the last signature nothing at all may follow."""
    name = str(signature.field_name)
    if status is None:
        return [Fault("SIGNATURE_BROKEN", name)]
    if not status.intact or not status.valid:
        return [Fault("CONTENT_CHANGED_AFTER_SIGNING", name)]
    if is_last and status.coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        return [Fault("ADDED_AFTER_SIGNING", name)]
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return [Fault("RANGE_BROKEN", name)]
    level = status.modification_level
    if level is None or level > ModificationLevel.FORM_FILLING or status.docmdp_ok is False:
        return [Fault("CHANGED_BETWEEN_SIGNATURES", name)]
    return []


def _stamped_at(status: PdfSignatureStatus | None) -> datetime | None:
    stamp = status.timestamp_validity if status is not None else None
    if stamp is None or not (stamp.intact and stamp.valid and stamp.trusted):
        return None
    moment: datetime = stamp.timestamp
    return moment


def _evidence(reader: PdfFileReader) -> DocumentSecurityStore | None:
    try:
        return DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return None


def _context(evidence: DocumentSecurityStore | None, facts: dict[str, Any]) -> ValidationContext:
    return ValidationContext(**facts) if evidence is None else evidence.as_validation_context(facts)


def _found(signature: EmbeddedPdfSignature, **judged: Any) -> SignatureFound:  # noqa: ANN401 - the judged fields
    certificate = signature.signer_cert
    told = signature.sig_object
    return SignatureFound(
        field=str(signature.field_name),
        is_stamp=str(signature.sig_object_type) == STAMP,
        signer=_part(certificate.subject, "common_name"),
        organisation=_part(certificate.subject, "organization_name"),
        authority=_part(certificate.issuer, "common_name"),
        certificate=sha256(certificate.dump()).hexdigest(),
        serial=f"{certificate.serial_number:x}",
        reason=str(told.get("/Reason", "")),
        location=str(told.get("/Location", "")),
        claimed_at=signature.self_reported_timestamp,
        value=sha256(signature.pkcs7_content.rstrip(b"\0")).hexdigest(),
        **judged,
    )


def _part(name: x509.Name, part: str) -> str:
    value = name.native.get(part, "")
    return value if isinstance(value, str) else ", ".join(map(str, value))
