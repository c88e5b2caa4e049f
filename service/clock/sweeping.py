"""One sweep run by the service itself: the same verbs as Prefect's flows, on record too."""

from __future__ import annotations

import secrets
from functools import partial

from notifications.channels.settings import ChannelSettings
from notifications.channels.smtp import SmtpChannel
from notifications.channels.ways import contact_of, other_ways
from notifications.deliver import deliver
from notifications.exchange.peers import carriers_to, read_peers
from notifications.seal_log import outside, seal_log
from service.settings import Settings
from workflows.actions.desk import Desk, Swept
from workflows.actions.exchanging.carry import exchange_documents
from workflows.actions.sweep import SWEEPS, on_record
from workflows.store.sealing import Seal

# What one of them causes, the next one finds.
KINDS = (
    "open_duties",
    "open_cycles",
    "turn_years",
    "sign_documents",
    "run_jobs",
    "distribute",
    "fire_timers",
    "escalate",
    "tell_authority",
    "chase_receipts",
    "exchange",
    "deliver",
    "read_attachments",
    "archive_plans",
    "checkpoint_log",
)


def sweep(desk: Desk, settings: Settings, kind: str, runner: str) -> Swept:
    """Run one kind of sweep on record; `runner` is ticker or command."""
    match kind:
        case "deliver":
            work = partial(send_letters, desk, settings)
        case "exchange":
            work = partial(carry_envelopes, desk, settings)
        case "checkpoint_log":
            work = partial(seal, desk, settings)
        case _:
            work = partial(SWEEPS[kind], desk, settings.sweep_rows)
    return on_record(desk, kind, runner, work)


def carry_envelopes(desk: Desk, settings: Settings) -> Swept:
    """Exchange documents with the peers that are set, and between the offices of this installation."""
    return exchange_documents(desk, carriers_to(read_peers(settings.exchange.get_secret_value())))


def seal(desk: Desk, settings: Settings) -> Swept:
    """Write and sign the day's checkpoint, and put it outside."""
    server = mail_server(settings)
    return seal_log(desk, outside(**settings.outside), SmtpChannel(server) if server is not None else None)


def send_letters(desk: Desk, settings: Settings) -> Swept:
    """Address and send what is to be told; without a mail server letters wait, and nothing is lost."""
    server = mail_server(settings)
    done = deliver(
        desk.database,
        desk.now,
        SmtpChannel(server) if server is not None else None,
        base_url=settings.base_url,
        tokens=token,
        others=other_ways(
            desk.database,
            desk.now,
            Seal(settings.secret_key.get_secret_value(), settings.data_dir),
            contact_of(settings.mail_from),
            loopback=settings.local_targets,
        ),
    )
    return Swept(done.sent + done.retried + done.dead + done.superseded, done.sent, done.dead)


def mail_server(settings: Settings) -> ChannelSettings | None:
    """Where letters are handed in; None when no server is set."""
    if not settings.smtp_host:
        return None
    return ChannelSettings(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.mail_from,
        base_url=settings.base_url,
        user=settings.smtp_user or None,
        password=settings.smtp_password.get_secret_value() or None,
        tls="implicit" if settings.smtp_security == "tls" else settings.smtp_security,
    )


def token() -> str:
    """256 bits of chance as URL-safe text."""
    return secrets.token_urlsafe(32)
