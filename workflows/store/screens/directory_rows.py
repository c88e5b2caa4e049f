"""The directory of an office as rows of a sheet: one a body, a post or a holder, as it is that day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from workflows.plans.directory_sheet import WORDS_OF_KIND, WORDS_OF_ROLE
from workflows.store.directory import Body

from .organisation import BodySeen, office_tree

Texts = dict[str, str | date]


def directory_rows(connection: Connection, office_id: int, on: date) -> list[Texts]:
    """Every body of the office that has not ended, from the root down, with its posts and their holders."""
    tree = office_tree(connection, office_id, on)
    named = {seen.body.id: seen.body for seen in tree}
    groups: dict[int, list[str]] = {}
    for seen in tree:
        for member in seen.members:
            groups.setdefault(member, []).append(seen.body.name)
    return [row for seen in tree for row in _rows(seen, named, groups.get(seen.body.id, []), on)]


def _rows(seen: BodySeen, named: dict[int, Body], groups: list[str], on: date) -> list[Texts]:
    body = seen.body
    above = named.get(body.parent_id or 0)
    first: Texts = {
        "don_vi": body.name,
        "ten_tat": body.short_name or "",
        "loai": WORDS_OF_KIND[body.kind],
        "truc_thuoc": above.name if above else "",
        "hop_thu": body.email or "",
        "ma_dinh_danh": body.organ_code or "",
        "hoat_dong_tu": body.valid_from or "",
        "hoat_dong_den": body.valid_to or "",
        "thay_bang": seen.successor if body.valid_to else "",
        "thuoc_nhom": "; ".join(groups),
    }
    rows: list[Texts] = []
    for each in seen.posts:
        post: Texts = {
            "don_vi": body.name,
            "chuc_danh": each.post.title,
            "vai_tro": WORDS_OF_ROLE[each.post.role],
            "dung_dau": "x" if each.post.is_head else "",
        }
        held = [one for one in (*each.now, *each.other) if one.valid_to is None or one.valid_to >= on]
        rows += [
            post
            | {
                "ho_ten": one.name,
                "email": one.email or "",
                "giu_tu": one.valid_from or "",
                "giu_den": one.valid_to or "",
                "quyen": "x" if one.acting else "",
            }
            for one in held
            if one.left_on is None
        ] or [post]
    return [first, *rows]
