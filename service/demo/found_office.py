"""An office made from its plan: every body that the plan names exists, is headed by somebody, and can be written to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection
from workflows.plans.duties import report_rules_of

from workflows.plans.document import PlanDocument
from workflows.plans.names import body_key, expand_abbreviations, fold
from workflows.store import directory

from .invented_people import invented_name
from .kinds import Kind, kind_of

LEVEL_ABOVE: Mapping[str, str] = {"xã": "huyện", "phường": "huyện", "huyện": "tỉnh", "sở": "tỉnh"}
# The posts of an office itself, beside its units: role, title, whether it heads the office.
OFFICE_POSTS = (
    ("chu_tich", "CHỦ TỊCH", True),
    ("pho_chu_tich", "PHÓ CHỦ TỊCH", False),
    ("van_thu", "Văn thư", False),
    ("the_thuc", "Người kiểm tra thể thức", False),
)


# None of the bodies entered here ends, so any day will do to look for them.
_ANY_DAY = date(2020, 1, 1)


@dataclass(frozen=True)
class Office:
    """An office that was founded: its body, the unit that drafts, and the bodies that its plan names, by kind."""

    id: int
    drafting_unit_id: int
    bodies: Mapping[str, tuple[int, ...]]


@dataclass
class Founding:
    """The bodies entered so far for one office, by what their spellings have in common."""

    connection: Connection
    office_id: int
    domain: str
    known: dict[str, int] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)


def found_office(
    connection: Connection, document: PlanDocument, parents: Mapping[str, int], members: Mapping[str, tuple[str, ...]]
) -> Office:
    """Enter the office that issues this plan, with everything the plan names.

    `parents` are offices above that exist already, by folded name; `members` says for a group of other offices, by
    folded name, which ones they are (two invented ones where it does not say).
    """
    office_name = document.issuer.name or "Ủy ban nhân dân"
    above = _office_above(connection, document, parents)
    place = document.place or office_name.rsplit(" ", 1)[-1]
    short = office_name.replace("Ủy ban nhân dân", "UBND").replace("Uỷ ban nhân dân", "UBND")
    level = document.issuer.level or "xã"
    office_id = directory.add_body(
        connection,
        kind="office",
        name=office_name,
        parent_id=above,
        level=level,
        short_name=short,
        place=place,
        aliases=_own_names(short, level),
    )
    founding = Founding(connection, office_id, f"{fold(short).replace(' ', '-')}.example")
    _staff_office(founding, document, short)
    names = list(dict.fromkeys(_names(document)))
    for name in names:
        _enter(founding, name, above, level)
    _fill_groups(founding, names, members)
    drafting = _drafting_unit(founding, document)
    by_kind: dict[str, list[int]] = {}
    for body_id, kind in founding.kinds.items():
        by_kind.setdefault(kind, []).append(body_id)
    return Office(office_id, drafting, {kind: tuple(ids) for kind, ids in by_kind.items()})


def _office_above(connection: Connection, document: PlanDocument, parents: Mapping[str, int]) -> int | None:
    issuer = document.issuer
    above = LEVEL_ABOVE.get(issuer.level or "xã")
    name = {"huyện": issuer.district, "tỉnh": issuer.province}.get(above or "")
    if above is None or name is None:
        return None
    full = f"Ủy ban nhân dân {above} {name}"
    known = parents.get(fold(full))
    if known is not None:
        return known
    body_id = directory.add_body(
        connection,
        kind="office",
        name=full,
        level=above,
        short_name=f"UBND {above} {name}",
        aliases=[f"UBND {above}", f"Ủy ban nhân dân {above}"],
        place=name,
    )
    founding = Founding(connection, body_id, f"{fold(full).replace(' ', '-')}.example")
    for role, title, head in OFFICE_POSTS:
        _appoint(founding, body_id, role, title, f"{title}, {full}", head=head)
    return body_id


def _own_names(short: str, level: str) -> list[str]:
    return [short, f"UBND {level}", f"Ủy ban nhân dân {level}", "UBND", "Ủy ban nhân dân"]


def _staff_office(founding: Founding, document: PlanDocument, short: str) -> None:
    """The signer of the plan holds the post that the signature block names; the others are invented."""
    signer = document.signer
    for role, title, head in OFFICE_POSTS:
        named = signer.name if signer.name and (signer.position or "CHỦ TỊCH").upper() == title else None
        _appoint(founding, founding.office_id, role, title, f"{title}, {short}", head=head, name=named)


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
    yield "Văn phòng"
    yield f"Ủy ban MTTQ Việt Nam {document.issuer.level or 'xã'}"


def _enter(founding: Founding, name: str, above: int | None, level: str) -> None:
    """A body for this name, or one more spelling of a body that is there."""
    key = body_key(name)
    if key in founding.known:
        directory.add_alias(founding.connection, founding.known[key], name)
        return
    found = directory.find_body(founding.connection, founding.office_id, name, _ANY_DAY)
    if found is not None and found.kind == "office":
        founding.known[key] = found.id
        return
    kind = kind_of(name)
    is_above = kind.kind != "group" and level in LEVEL_ABOVE and f" {fold(LEVEL_ABOVE[level])}" in f" {fold(name)}"
    owner = above if is_above and above is not None else founding.office_id
    body_id = directory.add_body(
        founding.connection,
        kind=kind.kind,
        name=_full_name(name),
        office_id=None if kind.kind == "office" else owner,
        parent_id=owner,
        aliases=[] if _full_name(name) == name else [name],
        email=None if kind.kind == "group" else f"{key.replace(' ', '-')}@{founding.domain}",
    )
    founding.known[key] = body_id
    if not is_above:
        founding.kinds[body_id] = kind.kind
    if kind.kind != "group":
        _staff(founding, body_id, name, kind)


def _full_name(name: str) -> str:
    full = expand_abbreviations(name)
    return full[:1].upper() + full[1:]


def _staff(founding: Founding, body_id: int, name: str, kind: Kind) -> None:
    if kind.kind == "office":
        for role, title, head in OFFICE_POSTS:
            _appoint(founding, body_id, role, title, f"{title}, {name}", head=head)
        return
    _appoint(founding, body_id, "thu_truong", kind.head, f"{kind.head}, {name}, {founding.domain}", head=True)
    _appoint(founding, body_id, "can_bo", kind.officer, f"{kind.officer}, {name}, {founding.domain}", head=False)


def _appoint(
    founding: Founding, body_id: int, role: str, title: str, post: str, *, head: bool, name: str | None = None
) -> None:
    post_id = directory.add_post(founding.connection, body_id, role, title, is_head=head)
    login = f"{role.replace('_', '.')}.{body_id}@{founding.domain}"
    person_id = directory.add_person(founding.connection, name or invented_name(post), login)
    directory.hold(founding.connection, post_id, person_id)


def _fill_groups(founding: Founding, names: Iterable[str], members: Mapping[str, tuple[str, ...]]) -> None:
    """Groups of offices get those that were named or two invented ones; other groups the office's own bodies of that sort."""
    for name in names:
        group_id = founding.known[body_key(name)]
        if founding.kinds.get(group_id) != "group":
            continue
        folded = fold(name)
        for member in _members(founding, folded, members):
            directory.add_member(founding.connection, group_id, member)


def _members(founding: Founding, folded: str, members: Mapping[str, tuple[str, ...]]) -> list[int]:
    if folded.startswith(("ubnd cac", "uy ban nhan dan cac", "cac xa", "cac thon", "cac truong")):
        named = members.get(folded) or tuple(f"{_singular(folded)} {number}" for number in (1, 2))
        for name in named:
            _enter(founding, name, founding.office_id, "")
        return [founding.known[body_key(name)] for name in named]
    wanted = _sorts(folded)
    return [body_id for body_id, kind in founding.kinds.items() if kind in wanted]


def _sorts(folded: str) -> set[str]:
    if "chu tich" in folded:
        return set()
    found = {"association"} if "hoi" in folded or "doan the" in folded or "to chuc" in folded else set()
    if "mat tran" in folded or "mttq" in folded:
        found.add("front")
    if not found or any(word in folded for word in ("ban", "nganh", "phong", "so", "cong chuc", "can bo", "co quan")):
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
    ranked = focal + sorted(set(leads), key=lambda name: (-leads.count(name), name)) + ["Văn phòng"]
    for name in ranked:
        body_id = founding.known.get(body_key(name))
        if body_id is not None and founding.kinds.get(body_id) == "unit":
            return body_id
    return founding.known[body_key("Văn phòng")]
