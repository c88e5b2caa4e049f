"""Which way a document goes to a body: by electronic exchange, by mail, or on paper."""

from __future__ import annotations

from workflows.store import clockwork, directory
from workflows.store.directory import Body

from .desk import Work

EXCHANGE, MAIL, PAPER = "edxml", "mail", "paper"


def channel_to(work: Work, office_id: int, body: Body) -> str:
    """By exchange where both sides have an organisation code and there is a way; else by mail; else on paper."""
    if body.id != office_id and exchanges_with(work, office_id, body):
        return EXCHANGE
    return MAIL if reads_mail(work, body) else PAPER


def exchanges_with(work: Work, office_id: int, body: Body) -> bool:
    """Whether both sides have an organisation code and there is a way between them."""
    peers = clockwork.setting(work.connection, clockwork.EXCHANGE_PEERS, default=[])
    return bool(directory.body(work.connection, office_id).organ_code) and body.organ_code in peers


def reads_mail(work: Work, body: Body) -> bool:
    """Whether the body has a mailbox, or people who read here."""
    return bool(body.email or directory.holders_of(work.connection, f"thanh_vien@{body.id}", work.today))
