"""Which lines of Nơi nhận are shown: the filters in the address of the tab and of its worksheet."""

from __future__ import annotations

from urllib.parse import urlencode

from service.auth.visit import Visit
from service.words.distribution import WAY
from service.words.vi import RECEIPT_STATUS
from workflows.store.issuing import Recipient

FILTERS = ("trang_thai", "qua")


def filtered(visit: Visit, lines: list[Recipient]) -> list[Recipient]:
    """The lines that the filters in the address leave."""
    asked = asked_of(visit)
    return [each for each in lines if asked["trang_thai"] in ("", each.status) and asked["qua"] in ("", each.channel)]


def asked_of(visit: Visit) -> dict[str, str]:
    """The filters in the address; what is no state and no way is not asked."""
    given = {name: visit.request.query_params.get(name, "") for name in FILTERS}
    return {
        "trang_thai": given["trang_thai"] if given["trang_thai"] in RECEIPT_STATUS else "",
        "qua": given["qua"] if given["qua"] in (*WAY, "keep") else "",
    }


def sheet_address(visit: Visit, plan_id: int) -> str:
    """Where the filtered lines are as a worksheet."""
    asked = {name: value for name, value in asked_of(visit).items() if value}
    return f"/ke-hoach/{plan_id}/noi-nhan/tai-ve{'?' + urlencode(asked) if asked else ''}"
