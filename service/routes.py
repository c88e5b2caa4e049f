"""Every page of the service."""

from __future__ import annotations

from fastapi import APIRouter

from .pages import (
    absence,
    check,
    create,
    delegation,
    design,
    discussion,
    hand_over,
    inbox,
    incidents,
    incoming,
    incoming_entry,
    incoming_line,
    late_opinion,
    link,
    mailbox,
    organisation,
    organisation_edit,
    organisation_import,
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
    sign_in,
    system,
    task,
    task_acts,
    task_return,
    together,
)
from .settings import Settings


def routers(settings: Settings) -> list[APIRouter]:
    """The routers in the order in which their paths are tried: fixed paths stand before paths with a variable part."""
    modules = [
        sign_in,
        inbox,
        together,
        task,
        task_return,
        task_acts,
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
        discussion,
        plan,
        register_entry,
        register,
        incoming,
        incoming_entry,
        incoming_line,
        reports,
        delegation,
        absence,
        hand_over,
        organisation_import,
        organisation_edit,
        organisation,
        processes,
        incidents,
        design,
        system,
    ]
    if settings.demo:
        modules.append(mailbox)
    return [module.pages.router for module in modules]
