"""The sentences of refusals about rights, returning and withdrawing, by code; {…} are facts of the refusal."""

from __future__ import annotations

from collections.abc import Mapping

RIGHTS: Mapping[str, str] = {
    "NOT_YET_DONE": "Kế hoạch chưa qua bước này nên chưa có gì để trả về.",
    "NOT_BEFORE": "Bước này không đứng trước bước đang làm nên không trả về được.",
    "INSIDE_CLOSED_STEP": "Bước này nằm trong phần “{name}” đã xong; hãy trả về cả phần đó.",
    "NOT_RETURNABLE": "Quy trình không cho trả việc này về bước đó.",
    "NOBODY_LEFT": (
        "Bước “{step}” sẽ không ai làm được: chỉ có {people}, mà người đó soạn thảo hoặc lập kế hoạch này. "
        "Hãy để người khác lập, hoặc bố trí thêm người."
    ),
    "NOT_WITHDRAWABLE": (
        "Không thu hồi được nữa: quy trình không cho thu hồi bước này, hoặc bước sau đã bắt đầu. "
        "Hãy báo người đang giữ việc trả lại."
    ),
    "GONE_ON": (
        "Không thu hồi được nữa: {by} đã nhận hoặc làm bước sau lúc {at}. Hãy đề nghị người đang giữ việc trả lại."
    ),
    "ALREADY_OPENED": "Người nhận đã mở việc nên không thu hồi được nữa. Hãy báo người đó trả lại.",
    "HANDED_ON_BY_ANOTHER": "Bước này do người khác làm nên đồng chí không thu hồi được. Hãy nhờ người đã làm.",
}
