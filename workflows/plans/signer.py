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


def read_signer(pieces: Sequence[tuple[int, str]]) -> Signer:
    """Reads the pieces of the signature in their order; parts that are missing are None."""
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
