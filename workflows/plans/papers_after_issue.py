"""Papers about an issued plan: đính chính, thu hồi, phiếu gửi (NĐ 30/2020 Điều 14, 18)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .dates import format_short
from .normalise import squeeze
from .numbering import body_symbol, unit_symbol
from .official_document import Block, OfficialDocument, Table, Text
from .plan_matter import PlanMatter, letter_symbol, paper_of
from .slips import Slip

_DOTS = "." * 40


def correction_letter(
    matter: PlanMatter, corrections: Sequence[Slip] = (), words: str | None = None
) -> OfficialDocument:
    """Đính chính is a công văn, and only for slips of form; content is changed by a plan of equal form (Điều 18).

    What is corrected stands in a table, or in the `words` of whoever entered the correction in the register.
    """
    listed = corrections or [Slip(_DOTS, _DOTS, _DOTS)]
    rows = tuple((str(at), each.place, each.printed, each.right) for at, each in enumerate(listed, start=1))
    table = Table(("TT", "Vị trí", "Đã in là", "Sửa lại là"), rows, shares=(0.08, 0.24, 0.34, 0.34))
    said = [Text(squeeze(line)) for line in (words or "").splitlines() if line.strip()]
    body = (
        Text(
            f"Ngày {_day(matter.issued_on)}, {matter.office.name} đã ban hành Kế hoạch số {matter.notation} "
            f"{matter.about}. Do sơ suất về thể thức, kỹ thuật trình bày, {matter.office.name} đính chính như sau:"
        ),
        *(said if said and not corrections else [table]),
        Text(f"Các nội dung khác của Kế hoạch số {matter.notation} không thay đổi./."),
    )
    return _letter(matter, f"đính chính Kế hoạch số {matter.notation}", body)


def recall_letter(matter: PlanMatter, reason: str | None) -> OfficialDocument:
    """Thu hồi: receivers destroy the electronic document in their systems and say so through them (Điều 18)."""
    body = (
        Text(f"{matter.office.name} thông báo thu hồi {matter.called}."),
        Text(f"Lý do: {squeeze(reason).rstrip('.') if reason else _DOTS}."),
        Text(
            "Đề nghị các cơ quan, tổ chức, cá nhân đã nhận văn bản hủy bỏ văn bản điện tử trên Hệ thống, trả lại bản "
            f"giấy (nếu có) và thông báo qua Hệ thống để {matter.office.name} biết./."
        ),
    )
    return _letter(matter, f"thu hồi Kế hoạch số {matter.notation}", body)


def transmittal(matter: PlanMatter, receivers: Sequence[str], copies: int = 1) -> OfficialDocument:
    """Phiếu gửi: which document goes to whom, with room to confirm that it came."""
    rows = ((("1"), f"Kế hoạch số {matter.notation}", _day(matter.issued_on), matter.about, f"{copies:02d}"),)
    body = (
        Text(f"{matter.office.name} gửi kèm theo phiếu này văn bản sau:"),
        Table(("TT", "Số, ký hiệu", "Ngày văn bản", "Trích yếu", "Số bản"), rows),
        Text(
            "Sau khi nhận được, đề nghị quý cơ quan, đơn vị xác nhận ngay trong ngày trên Hệ thống hoặc ký xác nhận "
            "vào phiếu này và gửi lại./."
        ),
        Text("Đã nhận ngày .......... tháng .......... năm ..........    Người nhận: " + _DOTS, "form"),
    )
    return paper_of(
        matter.office,
        matter,
        symbol=f"PG-{body_symbol(matter.office.name)}",
        type_name="PHIẾU GỬI",
        subject=f"Kế hoạch số {matter.notation}",
        body=body,
        recipients=("Như trên;", "Lưu: VT."),
        addressed_to=receivers or ("Các cơ quan, đơn vị có tên tại Nơi nhận",),
    )


def _letter(matter: PlanMatter, subject: str, body: Sequence[Block]) -> OfficialDocument:
    return paper_of(
        matter.office,
        matter,
        symbol=letter_symbol(matter),
        type_name=None,
        subject=subject,
        body=body,
        recipients=("Như trên;", f"Lưu: VT, {unit_symbol(matter.unit.name)}."),
        addressed_to=(f"Các cơ quan, đơn vị đã nhận Kế hoạch số {matter.notation}",),
    )


def _day(day: date | None) -> str:
    return format_short(day) if day else _DOTS[:10]
