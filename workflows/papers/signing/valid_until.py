"""When a certificate ends."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from asn1crypto import x509


def valid_until(certificate: bytes) -> datetime:
    """The last instant, aware, at which this certificate (DER) may sign."""
    return cast(datetime, x509.Certificate.load(certificate).not_valid_after)
