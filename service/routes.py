"""Every page of the service."""

from __future__ import annotations

from fastapi import APIRouter

from .pages import (
    appendices,
    check,
    copies,
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
    office_papers,
    papers,
    plan,
    plan_acts,
    plan_amend,
    plans,
    processes,
    reading,
    receipt,
    register,
    register_entry,
    reports,
    send_again,
    sign_in,
    system,
    task,
)
from .settings import Settings


def routers(settings: Settings) -> list[APIRouter]:
    """The routers in the order in which their paths are tried: fixed paths stand before paths with a variable part."""
    modules = [
        sign_in,
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
        office_papers,
        appendices,
        copies,
        plan_amend,
        late_opinion,
        plan,
        register_entry,
        register,
        incoming,
        incoming_entry,
        incoming_line,
        send_again,
        reports,
        processes,
        incidents,
        design,
        system,
    ]
    if settings.demo:
        modules.append(mailbox)
    return [module.pages.router for module in modules]
