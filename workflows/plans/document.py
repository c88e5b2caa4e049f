"""A plan as data: what a plan document says, each reading with the line of the text it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .document_parts import (
    Appendix,
    Doubt,
    Issuer,
    Json,
    Period,
    Recipient,
    Reference,
    Report,
    Section,
    Signer,
    Target,
    iso,
    iso_date,
)
from .task import Task, TaskRow

__all__ = [
    "Appendix",
    "Doubt",
    "Issuer",
    "Period",
    "PlanDocument",
    "Recipient",
    "Reference",
    "Report",
    "Section",
    "Signer",
    "Target",
    "Task",
    "TaskRow",
]


@dataclass(frozen=True)
class PlanDocument:
    """Everything the reader understood of one document; line numbers count from 1 in `lines`."""

    lines: tuple[str, ...] = ()
    doc_type: str | None = None
    issuer: Issuer = field(default_factory=Issuer)
    number_raw: str | None = None
    number: int | None = None
    symbol: str | None = None
    place: str | None = None
    date_raw: str | None = None
    date: date | None = None
    date_partial: str | None = None
    title: str | None = None
    period: Period | None = None
    legal_bases_block: tuple[Reference, ...] = ()
    references: tuple[Reference, ...] = ()
    sections: tuple[Section, ...] = ()
    targets: tuple[Target, ...] = ()
    tasks: tuple[Task, ...] = ()
    reports: tuple[Report, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    signer: Signer = field(default_factory=Signer)
    appendix: Appendix | None = None
    end_mark: int | None = None
    doubts: tuple[Doubt, ...] = ()

    def to_json(self) -> Json:
        """The object of plan.schema.md, with the text itself under `lines`."""
        return {
            "doc_type": self.doc_type,
            "issuer": self.issuer.to_json(),
            "number_raw": self.number_raw,
            "number": self.number,
            "symbol": self.symbol,
            "place": self.place,
            "date_raw": self.date_raw,
            "date": iso(self.date),
            "date_partial": self.date_partial,
            "title": self.title,
            "period": self.period.to_json() if self.period else None,
            "legal_bases_block": [reference.to_json() for reference in self.legal_bases_block],
            "references": [reference.to_json() for reference in self.references],
            "sections": [section.to_json() for section in self.sections],
            "targets": [target.to_json() for target in self.targets],
            "tasks": [task.to_json() for task in self.tasks],
            "reports": [report.to_json() for report in self.reports],
            "recipients": [recipient.to_json() for recipient in self.recipients],
            "signer": self.signer.to_json(),
            "appendix": self.appendix.to_json() if self.appendix else None,
            "end_mark": self.end_mark,
            "doubts": [doubt.to_json() for doubt in self.doubts],
            "lines": list(self.lines),
        }

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> PlanDocument:
        """The inverse of `to_json`; absent keys mean nothing was read."""
        period, appendix = shape.get("period"), shape.get("appendix")
        return cls(
            lines=tuple(shape.get("lines", ())),
            doc_type=shape.get("doc_type"),
            issuer=Issuer.from_json(shape.get("issuer") or {}),
            number_raw=shape.get("number_raw"),
            number=shape.get("number"),
            symbol=shape.get("symbol"),
            place=shape.get("place"),
            date_raw=shape.get("date_raw"),
            date=iso_date(shape.get("date")),
            date_partial=shape.get("date_partial"),
            title=shape.get("title"),
            period=Period(period["from"], period["to"]) if period else None,
            legal_bases_block=tuple(Reference.from_json(item) for item in shape.get("legal_bases_block", ())),
            references=tuple(Reference.from_json(item) for item in shape.get("references", ())),
            sections=tuple(Section.from_json(item) for item in shape.get("sections", ())),
            targets=tuple(Target.from_json(item) for item in shape.get("targets", ())),
            tasks=tuple(Task.from_json(item) for item in shape.get("tasks", ())),
            reports=tuple(Report.from_json(item) for item in shape.get("reports", ())),
            recipients=tuple(Recipient.from_json(item) for item in shape.get("recipients", ())),
            signer=Signer.from_json(shape.get("signer") or {}),
            appendix=Appendix.from_json(appendix) if appendix else None,
            end_mark=shape.get("end_mark"),
            doubts=tuple(Doubt.from_json(item) for item in shape.get("doubts", ())),
        )
