"""Who leads and who helps where one phrase names both: "A chủ trì; B phối hợp", "A (chủ trì), B"."""

from __future__ import annotations

import re

from .bodies import looks_like_body, split_bodies
from .normalise import plain

_WITH = re.compile(r"[,;.]?\s*(?:va\s+)?(?:cung\s+)?phoi hop(?: thuc hien)?(?: voi| cung)?\s+(?=\S)")
_SENTENCE = re.compile(r"\.\s+(?=[^\W\d_])")
_LEADS = re.compile(r"\s*\(?\s*(?:la don vi |lam )?chu tri(?: thuc hien)?\s*\)?$")
_HELPS = re.compile(r"\s*\(?\s*phoi hop(?: thuc hien)?\s*\)?$")


def split_roles(phrase: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The leading bodies, the helping ones, and what a further sentence in the phrase says."""
    end = next((hit for hit in _SENTENCE.finditer(phrase) if phrase[hit.end()].isupper() and hit.start() > 6), None)
    words, rest = (phrase[: end.start()], phrase[end.end() :]) if end else (phrase, "")
    helped = _WITH.search(plain(words))
    if helped and helped.start() > 0 and (looks_like_body(words[helped.end() :]) or words[helped.end()].isupper()):
        return _names(words[: helped.start()], _LEADS), split_bodies(words[helped.end() :]), rest
    lead, coop = _by_marks(list(split_bodies(words)))
    return lead, coop, rest


def _by_marks(names: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names up to the last one marked "chủ trì" lead, the others help; without marks all lead."""
    marked = [at for at, name in enumerate(names) if _LEADS.search(plain(name))]
    last = marked[-1] if marked else len(names) - 1
    first_helper = next((at for at, name in enumerate(names) if _HELPS.search(plain(name))), len(names))
    leads = names[: min(last + 1, first_helper) if marked else first_helper] or names[:1]
    bare = [_without(_without(name, _LEADS), _HELPS) for name in names]
    return tuple(bare[: len(leads)]), tuple(bare[len(leads) :])


def _names(words: str, mark: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(_without(name, mark) for name in split_bodies(words))


def _without(name: str, mark: re.Pattern[str]) -> str:
    found = mark.search(plain(name))
    return name[: found.start()].strip() if found and found.start() > 0 else name
