"""Whom a letter is for, and how the office addresses people and bodies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection

from workflows.store import directory
from workflows.store.clockwork import setting
from workflows.store.directory import Body, Delegation, Holder

from .due_words import day_of, full

# What the addressee is to the matter; the same occasion is told differently to each.
Part = Literal["holder", "courtesy", "above", "approver", "drafter", "clerk", "head", "recipient", "parent", "asker"]
COMRADE = ("đồng chí", "đ/c")
NEUTRAL = ("ông (bà)", "ông (bà)")
# The office's setting for the form of address (no guess of anybody's gender): "đồng chí" or "ông, bà".
ADDRESS_SETTING = "xung_ho"


@dataclass(frozen=True)
class Addressee:
    """A person or a body; without `address` it has no mail: a person then reads in the house, a body cannot be told."""

    person_id: int | None
    body_id: int | None
    name: str
    address: str
    capacity: str  # "Chủ tịch UBND xã Đức Phong"; "" for a body
    you: str  # đồng chí | ông (bà) | quý cơ quan | quý đơn vị
    part: Part

    @property
    def greeting(self) -> str:
        """What stands behind "Kính gửi"."""
        if self.person_id is None:
            return self.name
        return ", ".join(filter(None, (f"{self.you} {self.name}", self.capacity)))

    @property
    def can_be_told(self) -> bool:
        """Whether there is any way to this addressee."""
        return self.person_id is not None or bool(self.address)


class AddressBook:
    """How one office addresses people and bodies at one instant."""

    def __init__(self, connection: Connection, office_id: int | None, now: datetime) -> None:
        self.connection = connection
        self.office_id = office_id
        self.now = now
        self.today = day_of(now)
        chosen = setting(connection, ADDRESS_SETTING, office_id or 0, COMRADE[0])
        self._you, self._short = COMRADE if chosen == COMRADE[0] else NEUTRAL
        # Who has a task, by its id: asked once, for the letter and its addressees alike.
        self.having: dict[str, tuple[Addressee, ...]] = {}
        self._bodies: dict[int, Body] = {}
        self._holders: dict[str, list[Holder]] = {}

    def known(self, body_id: int) -> Body:
        """A body of the directory, read once; NotFound when there is none."""
        if body_id not in self._bodies:
            self._bodies[body_id] = directory.body(self.connection, body_id)
        return self._bodies[body_id]

    def know(self, body_ids: Iterable[int]) -> None:
        """Read at once what will be asked for one by one."""
        self._bodies |= directory.bodies_by_id(self.connection, set(body_ids) - set(self._bodies))

    def holders(self, group_key: str) -> list[Holder]:
        """Who is in this group today, read once."""
        if group_key not in self._holders:
            self._holders[group_key] = directory.holders_of(self.connection, group_key, self.today)
        return self._holders[group_key]

    def mention(self, name: str) -> str:
        """How a letter speaks of a third person: "đ/c Nguyễn Văn A"."""
        return f"{self._short} {name}"

    def office_name(self) -> str:
        """The office that writes."""
        return self.known(self.office_id).name if self.office_id is not None else "Cơ quan"

    def holder(self, holder: Holder, part: Part) -> Addressee:
        """Somebody in a post."""
        place = self.known(holder.body_id)
        capacity = _capacity(_title(holder), place.short_name or place.name)
        return Addressee(holder.person_id, None, holder.name, holder.email or "", capacity, self._you, part)

    def borrower(self, lent: Delegation, part: Part) -> Addressee:
        """Somebody who acts for another under a delegation; the letter says for whom and until when."""
        person = directory.person(self.connection, lent.to_person_id)
        capacity = f"thay {self.mention(lent.from_name)} theo ủy quyền đến {full(day_of(lent.valid_to))}"
        return Addressee(person.id, None, person.name, person.email or "", capacity, self._you, part)

    def person(self, person_id: int, part: Part) -> Addressee | None:
        """A person in the highest post held today; None for somebody who left."""
        held = directory.posts_held(self.connection, person_id, self.today)
        if held:
            return self.holder(held[0], part)
        person = directory.person(self.connection, person_id)
        if person.left_on is not None and person.left_on <= self.today:
            return None
        return Addressee(person.id, None, person.name, person.email or "", "", self._you, part)

    def body(self, body_id: int, part: Part) -> Addressee:
        """A body as such, or where it ended the one that followed it."""
        known = self.known(body_id)
        found = directory.in_office(self.connection, known, self.today) or known
        you = "quý đơn vị" if found.kind == "unit" else "quý cơ quan"
        return Addressee(None, found.id, found.name, found.email or "", "", you, part)

    def is_outside(self, body_id: int) -> bool:
        """Whether this office has nothing to order there: the Mặt trận, party bodies, associations, other offices."""
        found = self.known(body_id)
        return found.is_guest or found.office_id not in (None, self.office_id)


class Books:
    """The address books of one transaction, one an office."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection, self._now = connection, now
        self._opened: dict[int | None, AddressBook] = {}

    def of(self, office_id: int | None) -> AddressBook:
        """The book of this office; None is the installation, which has no directory of its own."""
        if office_id not in self._opened:
            self._opened[office_id] = AddressBook(self._connection, office_id, self._now)
        return self._opened[office_id]


def _capacity(title: str, place: str) -> str:
    """The title with its place, a word that both have said once: "Trưởng Phòng Văn hóa - Xã hội"."""
    of_title, of_place = title.split(), place.split()
    for number in range(len(of_title) - 1, 0, -1):
        if [word.casefold() for word in of_title[-number:]] == [word.casefold() for word in of_place[:number]]:
            return " ".join([*of_title[:-number], *of_place])
    return f"{title} {place}"


def _title(holder: Holder) -> str:
    """A title as it stands in running text: "Phó chủ tịch" for the printed "PHÓ CHỦ TỊCH"."""
    title = holder.title.capitalize() if holder.title.isupper() else holder.title
    return f"Quyền {title[:1].lower()}{title[1:]}" if holder.acting else title
