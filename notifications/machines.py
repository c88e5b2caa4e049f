"""What the machines and groups of an office are told of an occasion: webhooks in full, other channels in one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from workflows.store import plans, ways_out
from workflows.store.deliveries import Letter, add_delivery
from workflows.store.telling import Occasion

from .bells import OTHER
from .compose import identity

WEBHOOK = "webhook"
# The kinds of occasions that leave the house as events, and what they are called there.
TYPES: Mapping[str, str] = {
    "task_opened": "task.opened",
    "task_due": "task.due",
    "task_late": "task.late",
    "task_returned": "task.returned",
    "approval_voided": "approval.voided",
    "plan_issued": "plan.issued",
    "plan_stopped": "plan.stopped",
    "document_sent": "document.sent",
    "document_changed": "document.changed",
    "document_arrived": "document.arrived",
    "report_sent": "report.sent",
    "cycle_failed": "cycle.failed",
    "report_gap": "report.gap",
}
# What an office's group reads; never a name of a person.
TITLES: Mapping[str, str] = {
    "task.opened": "Có việc mới",
    "task.due": "Có việc sắp đến hạn",
    "task.late": "Có việc quá hạn",
    "task.returned": "Có việc bị trả lại",
    "approval.voided": "Phê duyệt hết hiệu lực do dự thảo thay đổi",
    "plan.issued": "Kế hoạch đã ban hành",
    "plan.stopped": "Kế hoạch đã dừng",
    "document.sent": "Văn bản đã gửi",
    "document.changed": "Văn bản có đính chính hoặc thu hồi",
    "document.arrived": "Văn bản điện tử mới đến",
    "report.sent": "Báo cáo đã gửi lên cấp trên",
    "cycle.failed": "Kỳ báo cáo chưa mở được",
    "report.gap": "Kỳ báo cáo cần xem lại",
}
# Of an occasion's data only what names rows, never what a person typed.
_SHARED = ("level", "target", "recipient_id", "cycle_id", "envelope_id", "version", "relation_id")


def tell_machines(connection: Connection, occasion: Occasion, office_id: int | None, now: datetime) -> None:
    """Put the occasion on its way to the office's webhooks and groups that asked for it."""
    event = TYPES.get(occasion.kind)
    if event is None or office_id is None:
        return
    for each in ways_out.endpoints_of(connection, office_id):
        if each.is_on and event in each.events:
            address = f"{WEBHOOK}:{each.id}"
            name = identity(occasion.key, address, WEBHOOK).strip("<>").partition("@")[0]
            body = json.dumps(payload_of(occasion, event, office_id), ensure_ascii=False, separators=(",", ":"))
            letter = Letter(occasion.id, None, None, each.url, address, WEBHOOK, event, body, "", {}, f"msg_{name}")
            add_delivery(connection, letter, now)
    for group in ways_out.other_addresses_of(connection, office_id=office_id):
        if event in group.events:
            address = f"{OTHER}:{group.id}"
            said = _line(connection, occasion, event)
            identified = identity(occasion.key, address, OTHER)
            letter = Letter(occasion.id, None, None, group.label, address, OTHER, said, said, "", {}, identified)
            add_delivery(connection, letter, now)


def payload_of(occasion: Occasion, event: str, office_id: int) -> dict[str, Any]:
    """What a webhook gets: ids that /api/v1 knows, no name, no title, nothing that was typed."""
    data: dict[str, Any] = {
        "office": office_id,
        "plan": occasion.plan_id,
        "case": occasion.case_id,
        "task": occasion.task_id,
    }
    data |= {name: occasion.data[name] for name in _SHARED if name in occasion.data}
    return {"type": event, "timestamp": occasion.at.isoformat(), "data": data}


def _line(connection: Connection, occasion: Occasion, event: str) -> str:
    title = plans.plan(connection, occasion.plan_id).title if occasion.plan_id is not None else ""
    return ": ".join(filter(None, (TITLES[event], title)))
