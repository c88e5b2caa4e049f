"""The code that a person types to prove it is they before a signature: one letter a code, good for one act."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from workflows.errors import Refused
from workflows.store import confirming, telling
from workflows.store.confirming import Confirmation

from .codes import is_code, six_digits, slow_hash

VALID = timedelta(minutes=10)
MOST = 5  # letters an hour
METHOD = "mail"


def ask_for_code(connection: Connection, person_id: int, act: str, office_id: int | None, now: datetime) -> None:
    """Have a letter with a new code written to the person; MAIL_CODE_LIMIT after several in an hour."""
    if confirming.asked_since(connection, person_id, METHOD, now - timedelta(hours=1)) >= MOST:
        raise Refused("MAIL_CODE_LIMIT", most=MOST)
    proof_id = confirming.ask(connection, person_id, act, METHOD, now, now + VALID)
    data = {"proof_id": proof_id, "person_id": person_id}
    telling.tell(connection, "sign_code", f"sign_code:{proof_id}", now, office_id=office_id, data=data)


def draw_code(connection: Connection, proof_id: int, token: str) -> str:
    """The code, drawn while its letter is written, so that it stands in no row but that letter."""
    code = six_digits(token)
    confirming.set_secret(connection, proof_id, slow_hash(_salt(proof_id), code))
    return code


def is_code_of(proof: Confirmation, digits: str) -> bool:
    """Whether this is the code in the letter of this proof."""
    return proof.secret is not None and is_code(proof.secret, _salt(proof.id), digits)


def _salt(proof_id: int) -> str:
    return f"sign_code:{proof_id}"
