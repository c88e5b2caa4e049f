"""What the first administrator of a new office hears: that the office is there, and how to begin."""

from __future__ import annotations

from dataclasses import dataclass

from .messages import Linked


@dataclass(frozen=True)
class AccountInvited(Linked):
    """An account is ready; the link lets the person choose a password, once."""

    template = "account_invited"
    event = "bao_mat"
    where: str  # the office that they are to administer
    login: str  # the name to sign in with
    days: int  # how long the link counts


ACCOUNT_KINDS = (AccountInvited,)
