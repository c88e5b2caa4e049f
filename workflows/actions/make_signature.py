"""One signature as the law wants it to look, made by the key of whoever signs, and checked before anybody keeps it."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from workflows.errors import Refused
from workflows.papers.signature_places import MILLIMETRE
from workflows.papers.signing.keys import KeyPlace
from workflows.papers.signing.marks import picture_mark, read_picture, text_mark, words_and_time
from workflows.papers.signing.places import Place, corner_for_text, seal_over, signer_place
from workflows.papers.signing.sign_pdf import Room, Wanted, sign_pdf
from workflows.papers.signing.trust import Trust
from workflows.papers.signing.verify_pdf import verify_pdf
from workflows.store.signing import SigningKey

from .order_signatures import AGENCY, PERSON
from .to_sign import Signed, ToSign

# Reasons and the words for the capacity stand inside the PDF, for readers of any program.
_REASON = {"TM.": "Ký thay mặt", "KT.": "Ký thay", "TL.": "Ký thừa lệnh", "TUQ.": "Ký thừa ủy quyền", "Q.": "Ký quyền"}
OF_AGENCY = "Chữ ký số của cơ quan"


def make_signature(to_sign: ToSign, now: datetime) -> Signed:
    """Sign exactly these bytes.

    Refused as `sign_pdf` says; BYTES_CHANGED when they are not those of the order; PERSON_NOT_VALID when the agency is
    to seal what the competent person has not validly signed; SIGNATURE_INVALID when what came back does not hold.
    """
    order, key, trust = to_sign.order, to_sign.key, Trust.from_json(to_sign.trust)
    if sha256(to_sign.content).hexdigest() != order.sha256:
        raise Refused("BYTES_CHANGED", order=order.id)
    if order.role == AGENCY and not to_sign.words and not _person_is_valid(to_sign.content, trust, now):
        raise Refused("PERSON_NOT_VALID", order=order.id)
    wanted = _wanted(to_sign, now)
    signed = sign_pdf(to_sign.content, KeyPlace(key.kind, key.facts), wanted, trust, now)
    verdict = verify_pdf(signed, trust, now)
    own = [found for found in verdict.signatures if found.field == wanted.field]
    if not signed.startswith(to_sign.content) or verdict.state != "good" or len(own) != 1:
        raise Refused("SIGNATURE_INVALID", why=verdict.state)
    if own[0].certificate != key.certificate_sha256:
        raise Refused("SIGNATURE_INVALID", why="another_certificate")
    return Signed(signed, own[0].value)


def _person_is_valid(content: bytes, trust: Trust, now: datetime) -> bool:
    verdict = verify_pdf(content, trust, now)
    return verdict.state == "good" and any(found.field == PERSON for found in verdict.signatures)


def _wanted(to_sign: ToSign, now: datetime) -> Wanted:
    if to_sign.words:
        return _in_words(to_sign, now)
    return _by_agency(to_sign) if to_sign.order.role == AGENCY else _by_person(to_sign)


def _by_person(to_sign: ToSign) -> Wanted:
    room = signer_place(to_sign.content)
    picture = read_picture(to_sign.key.picture, "blue")
    own = _own_place(room, to_sign.key, picture.width / picture.height)
    return Wanted(
        field=PERSON,
        name=to_sign.order.signer,
        reason=_reason(to_sign),
        location=to_sign.place,
        mark=picture_mark(picture, own.width),
        place=own,
        first=True,
        room=(Room(AGENCY, seal_over(own)),),
    )


def _reason(to_sign: ToSign) -> str:
    """Both names stand in the signature itself; the printed block has the principal's post alone (NĐ 30/2020)."""
    reason = _REASON.get(to_sign.order.capacity, "Ký ban hành")
    return f"{reason} (thay đ/c {to_sign.principal})" if to_sign.principal else reason


def _own_place(room: Place, key: SigningKey, proportion: float) -> Place:
    """The signature in its own size, or as large as the room between position and name allows."""
    width = key.picture_mm * MILLIMETRE
    height = width / proportion
    fits = width <= room.width and height <= room.height
    return room.centred(width, height) if fits else room.fitted(width, height)


def _by_agency(to_sign: ToSign) -> Wanted:
    picture = read_picture(to_sign.key.picture, "red")
    return Wanted(
        field=AGENCY,
        name=to_sign.order.signer,
        reason=OF_AGENCY,
        location=to_sign.place,
        mark=picture_mark(picture, to_sign.key.picture_mm * MILLIMETRE),
        last=True,
    )


def _in_words(to_sign: ToSign, now: datetime) -> Wanted:
    """The agency's only signature on an appendix or a copy: words top right of the first page, no picture."""
    mark = text_mark(words_and_time(to_sign.words, now))
    return Wanted(
        field=to_sign.order.role.replace(":", "_"),
        name=to_sign.order.signer,
        reason=to_sign.words,
        location=to_sign.place,
        mark=mark,
        place=corner_for_text(to_sign.content, mark.width, mark.height),
        first=True,
        last=True,
    )
