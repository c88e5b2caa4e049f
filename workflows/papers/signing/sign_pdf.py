"""One PAdES signature on exactly these bytes, as an incremental update that leaves the earlier ones as they are."""

from __future__ import annotations

import asyncio
import logging
import tempfile
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from aiohttp import ClientError
from pkcs11.exceptions import PKCS11Error as TokenError
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import (
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
    enumerate_sig_fields,
)
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.signers.pdf_signer import DSSContentSettings
from pyhanko.sign.signers.pdf_signer import SigDSSPlacementPreference as Evidence
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from workflows.errors import Refused

from .keys import KeyPlace, certificate_of, open_key
from .marks import Mark
from .places import Place
from .trust import Trust

_WHOLE_BOX = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, Margins.uniform(0), InnerScaling.STRETCH_TO_FIT
)
# Whether evidence is fetched is the authority's own setting (`Trust.fetch`): no unexpected result to warn of.
logging.getLogger(PdfSigner.__module__).addFilter(lambda record: "fetching is not allowed" not in record.getMessage())


@dataclass(frozen=True)
class Room:
    """An empty field for a later signature, and where it stands."""

    field: str
    place: Place


@dataclass(frozen=True)
class Wanted:
    """What a signature says of itself: the field it fills, who signs, why and where, its look, and whether it is last.

    The first signature certifies the document and permits nothing but to sign in the fields that it leaves room for
    (DocMDP 2); the last one gets a time stamp over the whole document, so that the evidence outlives the certificates
    (PAdES B-LTA). A field that an earlier signature left room for is filled where it stands.
    """

    field: str
    name: str
    reason: str
    location: str
    mark: Mark | None = None
    place: Place | None = None
    first: bool = False
    last: bool = False
    room: tuple[Room, ...] = ()


def sign_pdf(content: bytes, key: KeyPlace, wanted: Wanted, trust: Trust, now: datetime) -> bytes:
    """The document with one more signature.

    Refused: KEY_UNUSABLE, SECRET_MISSING, CERTIFICATE_REFUSED (not trusted, out of its time, revoked, or its standing
    is unknown), TIME_STAMP_FAILED, NOT_SIGNABLE (no PDF, or one that an earlier signature has closed).
    """
    return asyncio.run(_sign(content, key, wanted, trust, now))


async def _sign(content: bytes, key: KeyPlace, wanted: Wanted, trust: Trust, now: datetime) -> bytes:
    async with open_key(key) as signer:
        return await _with_signer(content, key.kind, signer, wanted, trust, now)


async def _with_signer(  # noqa: PLR0917 - what one signature is made of
    content: bytes, kind: str, signer: Signer, wanted: Wanted, trust: Trust, now: datetime
) -> bytes:
    certificate = certificate_of(signer)
    if not certificate.not_valid_before <= now <= certificate.not_valid_after:
        raise Refused("CERTIFICATE_REFUSED", why="out_of_time")
    try:
        with tempfile.TemporaryDirectory() as folder:
            pdf_signer = _pdf_signer(signer, wanted, trust, now, Path(folder))
            return await _signed(content, pdf_signer, wanted, now)
    except (PathBuildingError, PathValidationError) as error:
        raise Refused("CERTIFICATE_REFUSED", why=type(error).__name__) from error
    except TimestampRequestError as error:
        raise Refused("TIME_STAMP_FAILED", why=type(error).__name__) from error
    except SigningError as error:
        if isinstance(error.__cause__, PathBuildingError | PathValidationError):
            raise Refused("CERTIFICATE_REFUSED", why=type(error.__cause__).__name__) from error
        raise Refused("KEY_UNUSABLE", kind=kind, why=type(error.__cause__ or error).__name__) from error
    except (TokenError, ClientError, TimeoutError) as error:
        raise Refused("KEY_UNUSABLE", kind=kind, why=type(error).__name__) from error
    except PdfError as error:
        raise Refused("NOT_SIGNABLE", why=type(error).__name__) from error


def _pdf_signer(signer: Signer, wanted: Wanted, trust: Trust, now: datetime, folder: Path) -> PdfSigner:
    stamper = trust.time_stamper(now)
    lasting = wanted.last and stamper is not None
    # The evidence goes into the revision of a signature or of its time stamp, so that nothing follows the last of them.
    evidence = Evidence.TOGETHER_WITH_NEXT_TS if lasting else Evidence.TOGETHER_WITH_SIGNATURE
    meta = PdfSignatureMetadata(
        field_name=wanted.field,
        md_algorithm="sha256",
        name=wanted.name,
        reason=wanted.reason,
        location=wanted.location,
        certify=wanted.first,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        subfilter=SigSeedSubFilter.PADES,
        embed_validation_info=True,
        use_pades_lta=lasting,
        dss_settings=DSSContentSettings(include_vri=False, placement=evidence),
        validation_context=trust.for_signing(now),
    )
    style = None
    if wanted.mark is not None:
        file = folder / "mark.pdf"
        file.write_bytes(wanted.mark.pdf)
        style = StaticStampStyle.from_pdf_file(str(file), border_width=0, background_layout=_WHOLE_BOX)
    return PdfSigner(meta, signer, timestamper=stamper, stamp_style=style)


def _field(name: str, place: Place | None) -> SigFieldSpec:
    if place is None:
        return SigFieldSpec(name)
    box = (place.left, place.bottom, place.right, place.top)
    return SigFieldSpec(name, on_page=place.page, box=box)  # type: ignore[arg-type]  # a PDF allows fractions of a point


async def _signed(content: bytes, signer: PdfSigner, wanted: Wanted, now: datetime) -> bytes:
    """pyHanko's own steps one by one, because only so the instant is ours and not the machine's."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    there = {name for name, _, _ in enumerate_sig_fields(writer, filled_status=False)}
    for name, place in ((wanted.field, wanted.place), *((each.field, each.place) for each in wanted.room)):
        if name not in there:
            append_signature_field(writer, _field(name, place))
    session = signer.init_signing_session(writer)
    session.system_time = now
    evidence = await session.perform_presign_validation(writer)
    reserved = await session.estimate_signature_container_size(evidence, tight=False)
    prepared = session.prepare_tbs_document(validation_info=evidence, bytes_reserved=reserved)
    digest, output = prepared.digest_tbs_document()
    signed = await prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=now))
    await signed.post_signature_processing(output)
    output.seek(0)
    return bytes(output.read())
