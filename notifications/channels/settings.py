"""Where mail goes out and who it says it is from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class ChannelSettings:
    """A mail server; `tls` none only on the same machine, starttls never falls back to plain text."""

    host: str
    port: int
    sender: str
    base_url: str  # of the links: scheme, host and port, nothing behind
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tls: Literal["none", "starttls", "implicit"] = "starttls"
    sender_name: str = "Quản lý kế hoạch"
    ca_file: str | None = None  # trust this authority instead of the system's
    timeout: float = 20.0  # seconds for each answer of the server
