"""Papers that lay a plan before the signer: tờ trình of the drafting unit, phiếu trình (NĐ 30/2020 Điều 10 to 13)."""

from __future__ import annotations

from collections.abc import Sequence

from .consultation_papers import OpinionGiven, Tally
from .document import PlanDocument
from .numbering import unit_symbol
from .official_document import Block, Heading, OfficialDocument, Table, Text
from .plan_matter import PlanMatter, paper_of

_DOTS = "." * 60


def submission(matter: PlanMatter, document: PlanDocument, opinions: Sequence[OpinionGiven]) -> OfficialDocument:
    """Tờ trình: on what the plan rests, what it holds, how the consultation went, what is asked for."""
    body: list[Block] = [Heading("I. CĂN CỨ VÀ SỰ CẦN THIẾT", 1)]
    body += [Text(f"- {each.text or _cited(each.type, each.number)};") for each in document.legal_bases_block]
    body.append(Text(f"{matter.unit.name} đã chủ trì xây dựng dự thảo Kế hoạch {matter.about}."))
    body.append(Heading("II. NỘI DUNG CHÍNH CỦA DỰ THẢO", 1))
    body += [Text(f"- {each.label}. {each.title};") for each in document.sections if each.found]
    body.append(Text(f"Dự thảo có {len(document.tasks):02d} nhiệm vụ và {len(document.reports):02d} chế độ báo cáo."))
    body += [Heading("III. QUÁ TRÌNH LẤY Ý KIẾN", 1), Text(_consulted(opinions))]
    body += [
        Heading("IV. ĐỀ NGHỊ", 1),
        Text(f"{matter.unit.name} kính trình {matter.office.name} xem xét, ban hành Kế hoạch./."),
        Text(f"(Hồ sơ gửi kèm: {', '.join(_dossier(opinions))})", "form"),
    ]
    return paper_of(
        matter.unit,
        matter,
        symbol=f"TTr-{unit_symbol(matter.unit.name)}",
        type_name="TỜ TRÌNH",
        subject=f"Về việc ban hành Kế hoạch {matter.about}",
        body=body,
        recipients=("Như trên;", f"Lưu: VT, {unit_symbol(matter.unit.name)}."),
        addressed_to=(matter.office.name,),
    )


def submission_slip(
    matter: PlanMatter, opinions: Sequence[OpinionGiven], checks: Sequence[tuple[str, str]], signer: str
) -> OfficialDocument:
    """Phiếu trình giải quyết công việc; `checks` are the two checks of Điều 12 as (what, who and when)."""
    rows = [
        ("1", "Vấn đề trình", f"Ban hành Kế hoạch {matter.about}"),
        ("2", "Đơn vị soạn thảo", matter.unit.name),
        ("3", "Lấy ý kiến", _consulted(opinions)),
        *((str(at), what, who) for at, (what, who) in enumerate(checks, start=4)),
        (str(4 + len(checks)), "Hồ sơ kèm theo", "\n".join(f"- {each};" for each in _dossier(opinions))),
        (str(5 + len(checks)), "Ý kiến của lãnh đạo Văn phòng", f"{_DOTS}\n{_DOTS}"),
        (str(6 + len(checks)), f"Ý kiến của {signer}", f"{_DOTS}\n{_DOTS}\n{_DOTS}"),
    ]
    return paper_of(
        matter.unit,
        matter,
        symbol="",
        type_name="PHIẾU TRÌNH GIẢI QUYẾT CÔNG VIỆC",
        subject="",
        body=(Table(("TT", "Mục", "Nội dung"), tuple(rows), shares=(0.08, 0.27, 0.65)),),
        addressed_to=(f"{signer} {matter.office.name}",),
    )


def _consulted(opinions: Sequence[OpinionGiven]) -> str:
    if not opinions:
        return "Kế hoạch không thuộc trường hợp phải lấy ý kiến; chưa mở đợt lấy ý kiến nào."
    tally = Tally.of(opinions)
    asked = f"Đã xin ý kiến {tally.asked:02d} cơ quan, đơn vị"
    if not tally.answered:
        return f"{asked}; chưa nơi nào trả lời."
    answered = sum(opinion.disposition is not None for opinion in opinions)
    return (
        f"{asked}; {tally.answered:02d} đã trả lời, trong đó "
        f"{tally.agreed:02d} nhất trí; {answered:02d} ý kiến đã được tiếp thu hoặc giải trình."
    )


def _dossier(opinions: Sequence[OpinionGiven]) -> list[str]:
    table = ["bảng tổng hợp, tiếp thu, giải trình ý kiến"] if opinions else []
    return ["dự thảo Kế hoạch", *table]


def _cited(kind: str | None, number: str | None) -> str:
    return " ".join(filter(None, (kind, f"số {number}" if number else None))) or "Văn bản"
