"""Group keys such as `chu_tich@12`: a role in a body, and what holding a post makes a person a member of."""

from __future__ import annotations

from workflows.errors import Refused

ROLES = ("chu_tich", "pho_chu_tich", "thu_truong", "can_bo", "van_thu", "the_thuc", "quan_tri")
HEAD = "thu_truong"
MEMBER = "thanh_vien"
# A person named as a candidate is a group of one: the number is that of the person.
PERSON = "nguoi"


def group(role: str, body_id: int) -> str:
    """The key of those who hold this role in this body."""
    return f"{role}@{body_id}"


def parse_group(key: str) -> tuple[str, int]:
    """The role and the body (of `nguoi@`: the person) of a key; `BAD_GROUP` when it is not one."""
    role, _, body = key.partition("@")
    if role not in (*ROLES, MEMBER, PERSON) or not (body.isascii() and body.isdecimal()):
        raise Refused("BAD_GROUP", group=key)
    return role, int(body)


def is_group(key: str) -> bool:
    """Whether this is a group that the directory knows how to resolve; a process author may name others."""
    try:
        parse_group(key)
    except Refused:
        return False
    return True


def groups_of_post(role: str, is_head: bool, body_id: int) -> set[str]:
    """What the holder of a post belongs to: the role, the body's members, and its head where the post is the head's."""
    roles = {role, MEMBER, HEAD} if is_head else {role, MEMBER}
    return {group(each, body_id) for each in roles}
