"""Secrets that lie in the database are sealed with a key that lies beside it: a backup alone opens none of them."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from workflows.errors import Refused
from workflows.whole_file import keep_first

FILE = "secret.key"
MARK = "s1:"  # what is sealed begins with it
SHORTEST_KEY = 32
_BETWEEN = "\0"


class Seal:
    """The keys of an installation: the first seals, all of them open.

    `given` are keys apart by commas or lines; where none is given they are the lines of `secret.key` in `folder`, which
    is made, for its owner alone, when it is first needed.
    """

    def __init__(self, given: str, folder: Path) -> None:
        self._given = given
        self._folder = folder

    def seal(self, secret: str, purpose: str) -> str:
        """The secret sealed for this purpose and no other, so that a row that is moved elsewhere opens nothing."""
        sealed = self._keys.encrypt(f"{purpose}{_BETWEEN}{secret}".encode())
        return MARK + sealed.decode()

    def open(self, kept: str, purpose: str) -> str:
        """The secret itself; SEAL_UNKNOWN for what was sealed with another key or for another purpose."""
        try:
            opened = self._keys.decrypt(kept.removeprefix(MARK)).decode()
        except InvalidToken as error:
            raise Refused("SEAL_UNKNOWN", purpose=purpose) from error
        of, _, secret = opened.partition(_BETWEEN)
        if of != purpose:
            raise Refused("SEAL_UNKNOWN", purpose=purpose)
        return secret

    def is_current(self, kept: str) -> bool:
        """Whether it is sealed, and with the first key."""
        if not kept.startswith(MARK):
            return False
        try:
            self._newest.decrypt(kept.removeprefix(MARK))
        except InvalidToken:
            return False
        return True

    @cached_property
    def _texts(self) -> list[str]:
        texts = (self._given or _read_or_make(self._folder / FILE)).replace(",", "\n").split()
        if not texts or min(map(len, texts)) < SHORTEST_KEY:
            raise Refused("SEAL_KEY_SHORT", shortest=SHORTEST_KEY)
        return texts

    @cached_property
    def _newest(self) -> Fernet:
        return _fernet(self._texts[0])

    @cached_property
    def _keys(self) -> MultiFernet:
        return MultiFernet([_fernet(each) for each in self._texts])


def is_sealed(kept: str) -> bool:
    """Whether it is sealed at all, with whatever key."""
    return kept.startswith(MARK)


def _fernet(text: str) -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(text.encode()).digest()))


def _read_or_make(path: Path) -> str:
    if path.exists():
        return path.read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return keep_first(path, Fernet.generate_key() + b"\n").decode()
