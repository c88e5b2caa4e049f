"""Which way a document goes to a body: by electronic exchange, by mail, or on paper."""

from __future__ import annotations

from workflows.store import clockwork, directory
from workflows.store.directory import Body

from .desk import Work

EXCHANGE, MAIL, PAPER = "edxml", "mail", "paper"


def channel_to(work: Work, office_id: int, body: Body) -> str:
    """By exchange where both sides have an organisation code and there is a way; else by mail; else on paper."""
    peers = clockwork.setting(work.connection, clockwork.EXCHANGE_PEERS, default=[])
    ours = directory.body(work.connection, office_id).organ_code
    if body.id != office_id and ours and body.organ_code in peers:
        return EXCHANGE
    if body.email or directory.holders_of(work.connection, f"thanh_vien@{body.id}", work.today):
        return MAIL
    return PAPER
