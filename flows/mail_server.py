"""The mail server that the environment names, under the names that the pages use too (KEHOACH_SMTP_HOST and so on)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from notifications.channels.settings import ChannelSettings

TLS: Mapping[str, Literal["none", "starttls", "implicit"]] = {"none": "none", "starttls": "starttls", "tls": "implicit"}


def mail_server(environ: Mapping[str, str]) -> ChannelSettings | None:
    """Where letters are handed in; None when there is no server and they have to wait."""
    host = environ.get("KEHOACH_SMTP_HOST")
    if not host:
        return None
    return ChannelSettings(
        host=host,
        port=int(environ.get("KEHOACH_SMTP_PORT", "587")),
        sender=environ.get("KEHOACH_MAIL_FROM", "kehoach@localhost"),
        base_url=base_url(environ),
        user=environ.get("KEHOACH_SMTP_USER") or None,
        password=environ.get("KEHOACH_SMTP_PASSWORD") or None,
        tls=TLS[environ.get("KEHOACH_SMTP_SECURITY", "starttls")],
    )


def base_url(environ: Mapping[str, str]) -> str:
    """What the links in letters begin with."""
    return environ.get("KEHOACH_BASE_URL", "http://127.0.0.1:8800")
