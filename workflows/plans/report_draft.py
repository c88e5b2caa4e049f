"""The words of a report before anybody typed: from a unit's own tasks, and for the office from what its units sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .consolidation import Compared
from .dates import format_short
from .report_form import written

LISTED = 40  # tasks named in a draft; the rest is counted


@dataclass(frozen=True)
class WorkDone:
    """One task of a unit in the window of a report: done on a day, or open until `due` (None: no due date)."""

    title: str
    done_on: date | None
    due: date | None
    result: str = ""
    progress: str = ""  # how far it is and what was written of it, in words, where that is known
    wants_line: bool = False  # it goes on all along, is never late, and nobody has written of it in this window

    def is_late(self, today: date) -> bool:
        """Whether its last day is over and it is not done."""
        return self.done_on is None and self.due is not None and self.due < today


def counts_of(work: Sequence[WorkDone], today: date) -> dict[str, int]:
    """The three counts of every report: done, under way, late."""
    done = sum(each.done_on is not None for each in work)
    late = sum(each.is_late(today) for each in work)
    return {"hoan_thanh": done, "dang_lam": len(work) - done - late, "cham": late}


def words_of_unit(work: Sequence[WorkDone], today: date) -> str:
    """A draft for the unit: what is done with its result, what is late since when, what goes on until when.

    What goes on all along and nobody wrote of is asked for by name.
    """
    done = [each for each in work if each.done_on is not None]
    late = [each for each in work if each.is_late(today)]
    silent = [each for each in work if each.wants_line]
    rest = [each for each in work if each.done_on is None and not each.is_late(today) and not each.wants_line]
    parts = [
        ("1. Nhiệm vụ đã hoàn thành", [_done(each) for each in done]),
        ("2. Nhiệm vụ quá hạn", [f"{each.title} (hạn {_day(each.due)}){_progress(each)}" for each in late]),
        ("3. Nhiệm vụ đang thực hiện", [f"{each.title}{_until(each.due)}{_progress(each)}" for each in rest]),
        ("4. Nhiệm vụ thường xuyên cần ghi kết quả trong kỳ", [f"{each.title}: chưa ghi kết quả" for each in silent]),
    ]
    return "\n".join(line for title, rows in parts if rows for line in (title, *_listed(rows)))


def words_of_office(
    sent: Sequence[tuple[str, str]], missing: Sequence[str], lines: Sequence[Compared], notes: Mapping[str, str]
) -> str:
    """A draft for the office: how many units reported, who did not, the figures, each unit's words under its name.

    `sent` are (unit, words), `notes` what else is to be said of a unit ("gửi muộn").
    """
    asked = len(sent) + len(missing)
    text = ["I. TÌNH HÌNH GỬI BÁO CÁO"]
    text.append(f"Đã có {len(sent)}/{asked} đơn vị gửi báo cáo." if asked else "Kỳ này không có đơn vị nào phải gửi.")
    if missing:
        text.append(f"Chưa có báo cáo của: {'; '.join(missing)}. Số liệu dưới đây chưa gồm các đơn vị này.")
    if lines:
        text += ["II. KẾT QUẢ", *(_figure(each) for each in lines)]
    text.append("III. TỔNG HỢP TỪ CÁC ĐƠN VỊ" if lines else "II. TỔNG HỢP TỪ CÁC ĐƠN VỊ")
    for at, (unit, words) in enumerate(sent, start=1):
        note = f" ({notes[unit]})" if unit in notes else ""
        text += [f"{at}. {unit}{note}", words or "Không có nội dung bằng lời."]
    return "\n".join(text)


def _figure(each: Compared) -> str:
    total = each.total
    unit = f" {total.line.unit}" if total.line.unit else ""
    if total.figure is None:
        return f"- {total.line.label}: chưa có số liệu chung ({total.reported}/{total.asked} đơn vị đã báo cáo)."
    said = f"- {total.line.label}: {written(total.figure)}{unit} ({total.reported}/{total.asked} đơn vị đã báo cáo)"
    if each.change is not None:
        word = "tăng" if each.change > 0 else "giảm" if each.change < 0 else "bằng"
        share = f" {written(round(abs(each.change) * 100, 1))}%" if each.change else ""
        said += f", {word}{share} so với cùng kỳ năm trước"
        said += f" (thay đổi lớn, từ {written(each.flagged * 100)}% trở lên)" if each.is_flagged else ""
    if total.line.target is not None:
        reached = "đạt" if each.reached else "chưa đạt"
        said += f", {reached} chỉ tiêu {written(total.line.target)}{unit}"
    return f"{said}."


def _listed(rows: Sequence[str]) -> list[str]:
    more = [f"- và {len(rows) - LISTED} nhiệm vụ khác"] if len(rows) > LISTED else []
    return [f"- {row}" for row in rows[:LISTED]] + more


def _done(each: WorkDone) -> str:
    result = f": {each.result}" if each.result else ""
    return f"{each.title} ({_day(each.done_on)}){result}{_progress(each)}"


def _until(due: date | None) -> str:
    return f" (hạn {_day(due)})" if due else ""


def _progress(each: WorkDone) -> str:
    return f", {each.progress}" if each.progress else ""


def _day(day: date | None) -> str:
    return format_short(day) if day else ""
