"""Phụ lục: the duties of a plan as a table, for a plan whose own text has none (NĐ 30/2020 Phụ lục I mục III.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .dates import format_long
from .official_document import Appendix, OfficialDocument, Table
from .plan_matter import PlanMatter, paper_of


@dataclass(frozen=True)
class DutyLine:
    """One duty as the table prints it."""

    no: str
    title: str
    lead: str
    coop: str
    time: str
    products: Sequence[str] = ()


def task_appendix(matter: PlanMatter, duties: Sequence[DutyLine]) -> OfficialDocument:
    """The appendix as a file of its own: only its pages, tied to the plan by number and day."""
    header = ("TT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm")
    rows = tuple(
        (duty.no, duty.title, duty.lead, duty.coop, duty.time, "\n".join(_listed(duty.products))) for duty in duties
    )
    appendix = Appendix("Danh mục nhiệm vụ", _attached(matter), (Table(header, rows),), landscape=True)
    paper = paper_of(matter.office, matter, symbol="", type_name="PHỤ LỤC", subject=matter.title, body=())
    return replace(paper, appendices=(appendix,), only_appendices=True)


def _attached(matter: PlanMatter) -> str:
    if matter.number is None or matter.issued_on is None:
        return f"(Kèm theo dự thảo Kế hoạch {matter.about})"
    return f"(Kèm theo Kế hoạch số {matter.notation} {format_long(matter.issued_on)} của {matter.office.name})"


def _listed(products: Sequence[str]) -> list[str]:
    return list(products) if len(products) < 2 else [f"- {each}" for each in products]
