"""Whose key is where: opened once and its certificate kept, so that a signature is known by it and not by a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from workflows.errors import Refused
from workflows.papers.signing.keys import KeyPlace
from workflows.papers.signing.marks import read_picture
from workflows.papers.signing.read_key import certificate_at
from workflows.papers.signing.trust import Trust
from workflows.store import directory, signing

from .desk import Desk
from .security_changes import tell_of_security

SMALLEST_MM, LARGEST_MM = 10, 80


@dataclass(frozen=True)
class NewKey:
    """A key for a person ("person", id) or for an office's seal ("office", id); `facts` as keys.FACTS names them."""

    holder: str
    holder_id: int
    kind: str
    facts: Mapping[str, str]
    picture: bytes
    picture_mm: int


def register_key(desk: Desk, new: NewKey) -> int:
    """Open the key, read its certificate and register it in place of the one that its holder had.

    Refused: BAD_PICTURE (blue for a person, red for a seal, transparent ground), KEY_UNUSABLE, KEY_FACTS_MISSING,
    SECRET_MISSING, BAD_FIELD, NotFound. Nothing is asked of an authority here; that is done whenever it signs.
    """
    if new.holder not in ("person", "office"):
        raise Refused("BAD_FIELD", field="holder", value=new.holder, allowed=["person", "office"])
    if not SMALLEST_MM <= new.picture_mm <= LARGEST_MM:
        raise Refused("BAD_FIELD", field="picture_mm", value=str(new.picture_mm), allowed=[SMALLEST_MM, LARGEST_MM])
    read_picture(new.picture, "blue" if new.holder == "person" else "red")
    certificate = certificate_at(KeyPlace(new.kind, new.facts))
    with desk.open() as work:
        if new.holder == "office":
            directory.body(work.connection, new.holder_id)
        else:
            directory.person(work.connection, new.holder_id)
        if new.holder == "person":
            number = sha256(certificate).hexdigest()[:16].upper()
            tell_of_security(work.connection, new.holder_id, "key_added", f"{number}:{work.now}", work.now, number)
        return signing.add_key(
            work.connection,
            {
                "holder": new.holder,
                "holder_id": new.holder_id,
                "kind": new.kind,
                "facts": dict(new.facts),
                "certificate": certificate,
                "picture": new.picture,
                "picture_mm": new.picture_mm,
                "registered_at": work.now,
                "registered_by": work.by.name,
            },
        )


def set_trust(desk: Desk, trust: Trust) -> None:
    """Say which authorities the offices trust; from then on documents of whoever has a key are signed digitally."""
    with desk.open() as work:
        signing.set_trust(work.connection, trust.to_json(), work.now, work.by.name)
