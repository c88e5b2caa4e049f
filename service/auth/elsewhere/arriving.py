"""Whose account here the claims of a provider mean: a linked one, or one that a claim of choice names."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from notifications.guarded_post import Outside, resolve_by_system
from service.auth.office_at_work import require_office_at_work
from service.auth.sign_in import login_name
from service.guards import BACK_FROM_ELSEWHERE
from service.settings import Settings
from workflows.errors import Refused
from workflows.store import accounts, elsewhere
from workflows.store.database import Database

from .provider import Provider

MOST_READ = 256 * 1024  # bytes of what a provider says of itself


def provider_of(settings: Settings) -> Provider | None:
    """The provider that the operator named; None without one."""
    if not settings.oidc_issuer:
        return None
    outside = Outside(resolve_by_system, settings.local_targets, inside=settings.oidc_inside, most_read=MOST_READ)
    secret = settings.oidc_client_secret.get_secret_value()
    back = settings.base_url + BACK_FROM_ELSEWHERE
    return Provider(outside, settings.oidc_issuer, settings.oidc_client_id, secret, back)


def account_of_claims(
    database: Database, settings: Settings, claims: Mapping[str, Any], now: datetime
) -> accounts.Account:
    """The account; Refused NOT_LINKED, OUTSIDE_TAKEN, ACCOUNT_DISABLED. Nobody gets an account or a right by this."""
    issuer, subject = settings.oidc_issuer, str(claims["sub"])
    with database.write() as connection:
        person_id = elsewhere.person_of_outside(connection, issuer, subject)
        if person_id is None:
            person_id = _named(connection, settings, claims)
            elsewhere.link(connection, issuer, subject, person_id, settings.oidc_claim, now)
        require_office_at_work(connection, person_id, now)
        account = accounts.account_of(connection, person_id)
        if account is None or accounts.person_who_may_come(connection, person_id, now) is None:
            raise Refused("ACCOUNT_DISABLED")
    return account


def _named(connection: Connection, settings: Settings, claims: Mapping[str, Any]) -> int:
    """The person whose sign-in name the claim is; an address counts only where the provider has verified it."""
    name = claims.get(settings.oidc_claim) if settings.oidc_claim else None
    if settings.oidc_claim == "email" and claims.get("email_verified") is not True:
        name = None
    account = accounts.account_by_login(connection, login_name(name)) if isinstance(name, str) and name else None
    if account is None:
        raise Refused("NOT_LINKED", name=settings.oidc_name)
    return account.person_id
