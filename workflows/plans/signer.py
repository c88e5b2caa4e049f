"""The signature block: on whose behalf (TM.), by what authority (KT., TL., TUQ.), position and the person's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .document_parts import Signer
from .normalise import plain, squeeze
from .paragraphs import is_capitals
from .tail import is_signature, person_name

_ON_BEHALF = re.compile(r"tm\s*[./]|t/m\b")
_BY_AUTHORITY = re.compile(r"(?:kt|tl|tuq)\s*[./]|(?:k/t|t/l)\b")


def read_signer(pieces: Sequence[tuple[int, str]], issuer: str | None = None) -> Signer:
    """Whoever signs for the issuer; of a plan that two bodies sign the one of the body whose name stands first."""
    signed = _signed(pieces)
    if len(signed) < 2 or not issuer:
        return signed[0][1] if signed else _read_one(pieces)
    own = max(range(len(signed)), key=lambda at: (_common(plain(issuer), signed[at][0]), -at))
    return signed[own][1]


def signs_with_another(pieces: Sequence[tuple[int, str]]) -> bool:
    """Whether the plan carries the signatures of two bodies."""
    return len(_signed(pieces)) > 1


def _signed(pieces: Sequence[tuple[int, str]]) -> list[tuple[str, Signer]]:
    """Each block that has a name, with the words in capitals above it."""
    signed: list[tuple[str, Signer]] = []
    rest = list(pieces)
    while rest and len(signed) < 3:
        signer = _read_one(rest)
        if signer.name is None:
            break
        before = next((at for at, (no, _) in enumerate(rest) if no >= (signer.first_line or 0)), 0)
        heads = [piece for _, piece in rest[: before + 1] if is_capitals(piece)][-3:]
        signed.append((plain(" ".join([*heads, signer.on_behalf or ""])), signer))
        rest = [(no, piece) for no, piece in rest if no > (signer.last_line or 0)]
    return signed


def _common(issuer: str, block: str) -> int:
    """How many letters of the issuer's name, from its start, stand in the block without TM."""
    words = re.sub(r"\b(?:tm|kt|tl|tuq)\s*[./]\s*", "", block)
    return next((size for size in range(len(issuer), 0, -1) if words.startswith(issuer[:size])), 0)


def _read_one(pieces: Sequence[tuple[int, str]]) -> Signer:
    first = next((at for at, (_, piece) in enumerate(pieces) if is_signature(piece)), None)
    if first is None:
        return Signer()
    on_behalf = authority = position = name = None
    last_line = pieces[first][0]
    for at, (no, piece) in enumerate(pieces[first : first + 14]):
        folded, words = plain(piece), squeeze(piece).strip(" *|")
        if _ON_BEHALF.match(folded) and on_behalf is None:
            on_behalf = words
        elif _BY_AUTHORITY.match(folded):
            authority = words
        elif is_signature(piece):
            position = words if position is None else position
        elif is_capitals(piece) and on_behalf and authority is None and position is None and at > 0:
            on_behalf = f"{on_behalf} {words}"
        elif is_capitals(piece) and position and name is None and person_name(piece) is None:
            position = f"{position} {words}"
        elif (position or authority or on_behalf) and person_name(piece) and name is None:
            name = person_name(piece)
        elif name is not None:
            break
        else:
            continue
        last_line = no
        if name is not None:
            break
    return Signer(on_behalf, authority, position, name, pieces[first][0], last_line)
