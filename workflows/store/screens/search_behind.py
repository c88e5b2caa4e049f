"""The search for programs: kind after kind, in each the newest first, behind a place; nothing is cut off."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from workflows.store.file_words import FILE_WORDS
from workflows.store.plan_words import PLAN_WORDS
from workflows.store.word_index import GREATEST, Among, WordIndex

from .file_hits import files_found
from .hit import Hit
from .search import KINDS, Texts, Wanted, Within, newest, people_found, plans_found, with_passages
from .sight import Sight

Place = tuple[str, int]  # kind and id of the last hit seen


@dataclass(frozen=True)
class Sought:
    """What is looked for, in which kinds (none named: all), behind which place, and how many hits are read."""

    wanted: Wanted
    kinds: Collection[str]
    behind: Place | None
    most: int

    def before(self, kind: str) -> int:
        """Only hits of this kind with a smaller id lie behind the place."""
        return self.behind[1] if self.behind is not None and self.behind[0] == kind else GREATEST

    def kinds_left(self) -> list[str]:
        """The kinds in their order, from that of the place on."""
        first = KINDS.index(self.behind[0]) if self.behind is not None else 0
        return [kind for kind in KINDS[first:] if not self.kinds or kind in self.kinds]


def place_of_hit(hit: Hit) -> Place:
    """The place behind which the next page begins."""
    return hit.kind, hit.id


def texts_behind(connection: Connection, places: Sequence[Among], sought: Sought) -> Within:
    """The plans and files behind the place whose text has what is wanted; read for the house."""
    left = sought.kinds_left()
    plans, files = (
        _texts(connection, index, places, kind, sought) if kind in left else Texts()
        for kind, index in (("plan", PLAN_WORDS), ("file", FILE_WORDS))
    )
    return Within(places, plans, files)


def hits_behind(connection: Connection, sight: Sight, within: Within, sought: Sought, today: date) -> list[Hit]:
    """The hits that follow, with what their texts say where the words stand; read as the visitor."""
    hits: list[Hit] = []
    for kind in sought.kinds_left() if not sought.wanted.is_empty else ():
        hits += _of_kind(connection, sight, within, kind, sought, today)
        if len(hits) >= sought.most:
            break
    return with_passages(connection, hits[: sought.most], sought.wanted)


def _texts(connection: Connection, index: WordIndex, places: Sequence[Among], kind: str, sought: Sought) -> Texts:
    before, parts = sought.before(kind), sought.wanted.parts
    ids = {each for place in places for each in index.found(connection, place, parts, sought.most, before=before)}
    return Texts(sorted(ids, reverse=True)[: sought.most])


def _of_kind(  # noqa: PLR0917 - what is sought where
    connection: Connection, sight: Sight, within: Within, kind: str, sought: Sought, today: date
) -> list[Hit]:
    before, wanted = sought.before(kind), sought.wanted
    match kind:
        case "person":
            found = people_found(connection, sight, wanted, today)
            return sorted((hit for hit in found if hit.id < before), key=lambda hit: hit.id, reverse=True)
        case "plan":
            return plans_found(connection, within, wanted, sought.most, before)[: sought.most]
        case "file":
            return files_found(connection, within.files.ids)
        case _:
            return newest(connection, within.places, kind, wanted, sought.most, before)[: sought.most]
