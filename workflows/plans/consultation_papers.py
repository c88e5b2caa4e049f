"""Papers of a consultation: the letter that asks, and the table of what was said and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .dates import format_long, format_short
from .numbering import unit_symbol
from .official_document import OfficialDocument, Table, Text
from .plan_matter import PlanMatter, letter_symbol, paper_of

# Outcomes as the office's words for them; silence is its own outcome and never consent by itself.
OUTCOMES = {
    None: "Chưa trả lời",
    "nhat_tri": "Nhất trí",
    "nhat_tri_co_y_kien": "Nhất trí và có ý kiến",
    "khong_nhat_tri": "Không nhất trí",
    "khong_co_y_kien": "Không có ý kiến trong thời hạn",
    "tu_choi": "Không phản biện (có văn bản)",
}
DISPOSITIONS = {None: "", "tiep_thu": "Tiếp thu", "tiep_thu_mot_phan": "Tiếp thu một phần", "giai_trinh": "Giải trình"}
OPINION_COLUMNS = ("TT", "Cơ quan, đơn vị", "Nội dung ý kiến", "Tiếp thu/giải trình", "Nội dung tiếp thu, giải trình")
AGREEING = ("nhat_tri", "nhat_tri_co_y_kien")
SOCIAL_CRITICISM = "phan_bien"


@dataclass(frozen=True)
class OpinionGiven:
    """What one body said in one round, and what the drafter did with it."""

    body: str
    round: int
    outcome: str | None
    words: str | None
    disposition: str | None
    answer: str | None
    late: bool = False


@dataclass(frozen=True)
class Tally:
    """How a consultation went, in numbers."""

    asked: int
    answered: int
    agreed: int

    @classmethod
    def of(cls, opinions: Sequence[OpinionGiven]) -> Tally:
        """The numbers of the last word of each body."""
        last = {opinion.body: opinion for opinion in opinions}.values()
        answered = [each for each in last if each.outcome not in (None, "khong_co_y_kien")]
        return cls(len(last), len(answered), sum(each.outcome in AGREEING for each in answered))


def consultation_letter(matter: PlanMatter, bodies: Sequence[str], until: date | None, mode: str) -> OfficialDocument:
    """Công văn xin ý kiến (Luật MTTQ Điều 34, 36 for phản biện xã hội); `until` is None before the round is opened."""
    criticism = mode == SOCIAL_CRITICISM
    what = "phản biện xã hội" if criticism else "tham gia ý kiến"
    last_day = format_long(until) if until else "ngày .........."
    body = [
        Text(
            f"{matter.office.name} đang xây dựng Kế hoạch {matter.about}. Để bảo đảm Kế hoạch sát thực tế và đúng "
            f"quy định, {matter.office.name} gửi dự thảo Kế hoạch và đề nghị quý cơ quan, đơn vị nghiên cứu, {what}."
        ),
        Text(
            f"Văn bản {'phản biện' if criticism else 'góp ý'} đề nghị gửi về {matter.office.name} (qua "
            f"{matter.unit.name}) trước hết {last_day} để tổng hợp, tiếp thu, giải trình theo quy định."
        ),
        Text("(Gửi kèm dự thảo Kế hoạch)", "form"),
        Text(f"{matter.office.name} đề nghị quý cơ quan, đơn vị quan tâm phối hợp./."),
    ]
    return paper_of(
        matter.office,
        matter,
        symbol=letter_symbol(matter),
        type_name=None,
        subject=f"{what} đối với dự thảo Kế hoạch {matter.about}",
        body=body,
        recipients=("Như trên;", f"Lưu: VT, {unit_symbol(matter.unit.name)}."),
        addressed_to=bodies or ("Các cơ quan, đơn vị liên quan",),
    )


def opinion_table(matter: PlanMatter, opinions: Sequence[OpinionGiven]) -> OfficialDocument:
    """Bảng tổng hợp, tiếp thu, giải trình ý kiến: every body and every opinion, silence and lateness included."""
    tally = Tally.of(opinions)
    rows = opinion_rows(opinions)
    answers = (
        f"{tally.answered:02d} đã trả lời, trong đó {tally.agreed:02d} nhất trí; "
        f"{tally.asked - tally.answered:02d} chưa trả lời hoặc không có ý kiến."
    )
    body = (
        Text(
            f"Tính đến ngày {format_short(matter.day)}: đã xin ý kiến {tally.asked:02d} cơ quan, đơn vị; "
            f"{answers if tally.answered else 'chưa nơi nào trả lời.'}"
        ),
        Table(OPINION_COLUMNS, rows, shares=(0.07, 0.2, 0.33, 0.14, 0.26)),
    )
    return paper_of(
        matter.unit,
        matter,
        symbol="",
        type_name="BẢNG TỔNG HỢP, TIẾP THU, GIẢI TRÌNH Ý KIẾN",
        subject=f"đối với dự thảo Kế hoạch {matter.about}",
        body=body,
    )


def opinion_rows(opinions: Sequence[OpinionGiven]) -> tuple[tuple[str, ...], ...]:
    """The rows of the table, one an opinion; the round is named where there were several."""
    several = len({opinion.round for opinion in opinions}) > 1
    return tuple(
        (
            str(at),
            opinion.body + (f" (đợt {opinion.round})" if several else ""),
            _said(opinion),
            DISPOSITIONS.get(opinion.disposition, ""),
            opinion.answer or "",
        )
        for at, opinion in enumerate(opinions, start=1)
    )


def _said(opinion: OpinionGiven) -> str:
    outcome = OUTCOMES.get(opinion.outcome, opinion.outcome or "")
    late = " (gửi muộn)" if opinion.late else ""
    return "\n".join(filter(None, (f"{outcome}{late}", (opinion.words or "").strip())))
