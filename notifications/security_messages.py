"""What a person hears when something changes by which they prove who they are, or somebody comes in with it."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import Linked


@dataclass(frozen=True)
class SecurityChanged(Linked):
    """M15: a passkey, a code app, a program's token or a signing key came or went, or a new device signed in."""

    template = "security_changed"
    event = "bao_mat"
    mark: str  # "Đăng nhập từ thiết bị mới"
    what: str  # what happened, with its name
    at: str  # "09:30 ngày 18/11/2026"
    device: str  # what the browser called itself, or ""


SECURITY_KINDS = (SecurityChanged,)
