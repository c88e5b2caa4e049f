"""The sign-in page: whether anybody can sign in at all, and in the demo who can be tried out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, exists, select

from workflows.store.in_force import is_held
from workflows.store.local_days import local_day
from workflows.store.tables.directory import accounts, bodies, holdings, people, posts


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demo and what its person is."""

    login: str
    name: str
    title: str
    leads: bool = False  # signs, numbers or drafts: worth trying first


# Who is worth signing in as first.
LEADING = ("chu_tich", "pho_chu_tich", "van_thu")


def nobody_yet(connection: Connection) -> bool:
    """Whether this house is still empty: no office was founded, nobody has an account or was invited to one."""
    return not connection.scalar(select(exists().select_from(people)))


def demo_accounts(connection: Connection, now: datetime) -> list[DemoAccount]:
    """Every account with the first post of its person, in the order of entry."""
    today = local_day(now)
    rows = connection.execute(
        select(accounts.c.login, people.c.id, people.c.name, posts.c.title, posts.c.role, bodies.c.name.label("body"))
        .join(people, people.c.id == accounts.c.person_id)
        .join(holdings, holdings.c.person_id == people.c.id)
        .join(posts, posts.c.id == holdings.c.post_id)
        .join(bodies, bodies.c.id == posts.c.body_id)
        .where(is_held(today))
        .order_by(people.c.id, posts.c.rank)
    )
    first: dict[int, DemoAccount] = {}
    for row in rows:
        first.setdefault(row.id, DemoAccount(row.login, row.name, f"{row.title} – {row.body}", row.role in LEADING))
    return list(first.values())
