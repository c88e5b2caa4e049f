"""Every page of the service."""

from __future__ import annotations

from fastapi import APIRouter

from .pages import (
    check,
    create,
    design,
    inbox,
    incidents,
    incoming,
    incoming_entry,
    incoming_line,
    late_opinion,
    link,
    mailbox,
    papers,
    plan,
    plan_acts,
    plan_amend,
    plans,
    processes,
    reading,
    receipt,
    recipient_lines,
    register,
    register_entry,
    reports,
    security,
    sign_in,
    system,
    task,
    unconfirmed,
)
from .settings import Settings


def routers(settings: Settings) -> list[APIRouter]:
    """The routers in the order in which their paths are tried: fixed paths stand before paths with a variable part."""
    modules = [
        sign_in,
        security,
        inbox,
        task,
        link,
        receipt,
        check,
        plans,
        create,
        reading,
        plan_acts,
        papers,
        plan_amend,
        late_opinion,
        recipient_lines,
        plan,
        unconfirmed,
        register_entry,
        register,
        incoming,
        incoming_entry,
        incoming_line,
        reports,
        processes,
        incidents,
        design,
        system,
    ]
    if settings.demo:
        modules.append(mailbox)
    return [module.pages.router for module in modules]
