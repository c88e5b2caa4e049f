"""The organisation: bodies found by name or group, posts and their holders, delegations, and who hears of delay."""

from .bodies import Body, bodies_by_id, bodies_of, body, expand_group, in_office, offices
from .enrolment import (
    add_alias,
    add_body,
    add_member,
    add_person,
    add_post,
    delegate,
    end_body,
    end_holding,
    hold,
    leave,
    revoke_delegation,
)
from .escalation import escalation_target
from .groups import ROLES, group, parse_group
from .posts import (
    Delegation,
    Holder,
    Person,
    Post,
    groups_of,
    head_of,
    holders_of,
    lent_to,
    person,
    posts_held,
    posts_of,
)
from .search import find_body

__all__ = [
    "ROLES",
    "Body",
    "Delegation",
    "Holder",
    "Person",
    "Post",
    "add_alias",
    "add_body",
    "add_member",
    "add_person",
    "add_post",
    "bodies_by_id",
    "bodies_of",
    "body",
    "delegate",
    "end_body",
    "end_holding",
    "escalation_target",
    "expand_group",
    "find_body",
    "group",
    "groups_of",
    "head_of",
    "hold",
    "holders_of",
    "in_office",
    "leave",
    "lent_to",
    "offices",
    "parse_group",
    "person",
    "posts_held",
    "posts_of",
    "revoke_delegation",
]
