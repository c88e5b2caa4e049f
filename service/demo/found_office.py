"""An office made from its plan: every body that the plan names exists, is headed by somebody, and can be written to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from workflows.plans.document import PlanDocument
from workflows.plans.duties import report_rules_of
from workflows.plans.names import body_key, expand_abbreviations, fold
from workflows.store import directory

from .kinds import Kind, kind_of
from .offices import LEVEL_ABOVE, Place, appoint, staff_office, the_office

# None of the bodies entered here ends, so any day will do to look for them.
_ANY_DAY = date(2020, 1, 1)
_POST = re.compile(r"^(cac )?(pho )?chu tich (ubnd|uy ban nhan dan)?|^lanh dao (ubnd|uy ban)")
# Every level of government has these two; a plan that writes to "các hội, đoàn thể" means them at least.
_ASSOCIATIONS = ("Hội Liên hiệp Phụ nữ", "Đoàn TNCS Hồ Chí Minh")


@dataclass(frozen=True)
class Office:
    """An office that was founded: its body, the unit that drafts, its Mặt trận, and the bodies of its plan by kind."""

    id: int
    drafting_unit_id: int
    front_id: int
    bodies: Mapping[str, tuple[int, ...]]


@dataclass
class Founding:
    """The bodies entered so far for one office, by what their spellings have in common."""

    connection: Connection
    office: Place
    known: dict[str, int] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """What the spellings of one body have in common; the office's own level may be left out at the end."""
        key = body_key(name)
        shorter = key.removesuffix(f" {fold(self.office.level)}")
        return shorter if " " in shorter else key


def found_office(connection: Connection, document: PlanDocument, members: Mapping[str, tuple[str, ...]]) -> Office:
    """Enter the office that issues this plan, with everything the plan names and is not there yet.

    `members` says for a group of other offices, by folded name, which ones they are (two invented ones where it does
    not say).
    """
    office = the_office(connection, document.issuer, document.place, document.signer)
    founding = Founding(connection, office)
    for body in directory.bodies_of(connection, office.id):
        if body.id != office.id:
            founding.kinds[body.id] = body.kind
            founding.known |= {founding.key(name): body.id for name in (body.name, *body.aliases)}
    names = list(dict.fromkeys(_names(document)))
    for name in names:
        _enter(founding, name)
    _fill_groups(founding, names, members)
    drafting = _drafting_unit(founding, document)
    by_kind: dict[str, list[int]] = {}
    for body_id, kind in founding.kinds.items():
        by_kind.setdefault(kind, []).append(body_id)
    front = founding.known[founding.key(front_of(document))]
    return Office(office.id, drafting, front, {kind: tuple(ids) for kind, ids in by_kind.items()})


def _names(document: PlanDocument) -> Iterator[str]:
    for task in document.tasks:
        yield from (*task.lead, *task.coop)
        for row in task.rows:
            yield from (*row.lead, *row.coop)
    for rule in report_rules_of(document):
        yield from rule.units
        yield from (name for name in (rule.via, rule.parent) if name)
    for recipient in document.recipients:
        if recipient.qualifier != "lưu":
            yield from recipient.names
    yield front_of(document)


def front_of(document: PlanDocument) -> str:
    """The Mặt trận of the office's own level, which is asked about every plan."""
    return f"Ủy ban MTTQ Việt Nam {document.issuer.level or 'xã'}"


def _enter(founding: Founding, name: str) -> int:
    """The body of this name: entered, or one more spelling of a body that is there."""
    key = founding.key(name)
    if key not in founding.known:
        founding.known[key] = _known_elsewhere(founding, name) or _add(founding, name, key)
    elif not _is_called(founding, founding.known[key], name):
        directory.add_alias(founding.connection, founding.known[key], name)
    return founding.known[key]


def _known_elsewhere(founding: Founding, name: str) -> int | None:
    """The holders of the office's posts are reached through the office; offices above are there already."""
    if _POST.match(fold(expand_abbreviations(name))):
        directory.add_alias(founding.connection, founding.office.id, name)
        return founding.office.id
    found = directory.find_body(founding.connection, founding.office.id, name, _ANY_DAY)
    return found.id if found is not None and found.kind == "office" else None


def _is_called(founding: Founding, body_id: int, name: str) -> bool:
    found = directory.find_body(founding.connection, founding.office.id, name, _ANY_DAY)
    return found is not None and found.id == body_id


def _add(founding: Founding, name: str, key: str) -> int:
    kind, full = kind_of(name), _full_name(name)
    is_above = (
        founding.office.above is not None and kind.kind != "group" and _belongs_above(founding.office.level, name)
    )
    owner = founding.office.above if is_above and founding.office.above else founding.office.id
    body_id = directory.add_body(
        founding.connection,
        kind=kind.kind,
        name=full,
        office_id=None if kind.kind == "office" else owner,
        parent_id=owner,
        aliases=[] if full == name else [name],
        email=None if kind.kind == "group" else f"{key.replace(' ', '-')}@{founding.office.domain}",
    )
    if not is_above:
        founding.kinds[body_id] = kind.kind
    if kind.kind != "group":
        _staff(founding, body_id, name, kind)
    return body_id


def _belongs_above(level: str, name: str) -> bool:
    above = LEVEL_ABOVE.get(level)
    folded = fold(name)
    return above is not None and (f" {fold(above)}" in f" {folded}" or (folded.startswith("so ") and level != "tỉnh"))


def _full_name(name: str) -> str:
    full = expand_abbreviations(name)
    return full[:1].upper() + full[1:]


def _staff(founding: Founding, body_id: int, name: str, kind: Kind) -> None:
    connection, domain = founding.connection, founding.office.domain
    if kind.kind == "office":
        staff_office(connection, body_id, name, domain)
        return
    for role, title, head in (("thu_truong", kind.head, True), ("can_bo", kind.officer, False)):
        post = f"{title}, {name}, {domain}"
        appoint(connection, body_id, role, title, post=post, domain=domain, head=head)


def _fill_groups(founding: Founding, names: Iterable[str], members: Mapping[str, tuple[str, ...]]) -> None:
    """Groups of offices get the named ones or two invented ones; other groups the office's own bodies of that sort."""
    groups = {founding.known[founding.key(name)]: fold(name) for name in reversed(list(names))}
    for group_id, folded in reversed(groups.items()):
        if founding.kinds.get(group_id) == "group":
            there = {body.id for body in directory.expand_group(founding.connection, group_id, _ANY_DAY)}
            for member in dict.fromkeys(_members(founding, folded, members)):
                if member not in there:
                    directory.add_member(founding.connection, group_id, member)


def _members(founding: Founding, folded: str, members: Mapping[str, tuple[str, ...]]) -> list[int]:
    if folded.startswith(("ubnd cac", "uy ban nhan dan cac", "cac xa", "cac thon", "cac truong")):
        named = members.get(folded) or tuple(f"{_singular(folded)} số {number}" for number in (1, 2))
        return [_enter(founding, name) for name in named]
    wanted = _sorts(folded)
    if "association" in wanted and "association" not in founding.kinds.values():
        for name in _ASSOCIATIONS:
            _enter(founding, f"{name} {founding.office.level}")
    return [body_id for body_id, kind in founding.kinds.items() if kind in wanted]


def _sorts(folded: str) -> set[str]:
    """The kinds of bodies that a group's name speaks of."""
    if "hdnd" in folded or "hoi dong nhan dan" in folded:
        return {"council"}
    if "bao chi" in folded:
        return {"agency"}
    found = {"association"} if re.search(r"\bhoi\b(?! dong)|doan the|to chuc", folded) else set()
    if "mat tran" in folded or "mttq" in folded:
        found.add("front")
    if not found or re.search(r"\b(ban|nganh|phong|so|cong chuc|can bo|co quan)\b", folded):
        found.add("unit")
    return found


def _singular(folded: str) -> str:
    if "thon" in folded:
        return "Thôn"
    return "Trường Tiểu học" if "truong" in folded else "UBND xã"


def _drafting_unit(founding: Founding, document: PlanDocument) -> int:
    """The focal unit of the reports, else the unit that leads most often, else the Văn phòng."""
    focal = [rule.via for rule in report_rules_of(document) if rule.via]
    leads = [name for task in document.tasks for name in task.lead]
    for name in focal + sorted(set(leads), key=lambda lead: (-leads.count(lead), lead)):
        body_id = founding.known.get(founding.key(name))
        if body_id is not None and founding.kinds.get(body_id) == "unit":
            return body_id
    return _enter(founding, "Văn phòng")
