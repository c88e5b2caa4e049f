"""One plan reads the same from its text, from Word, from a PDF and from a web page, line numbers apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.plans.score import TEXTS
from workflows.papers.pdf_text import pdf_text
from workflows.papers.read_file import read_file
from workflows.plans.names import fold
from workflows.plans.read_text import read_text

from .rendered import as_docx, as_html, as_pdf

PLANS = sorted(path for path in TEXTS.iterdir() if path.suffix in (".txt", ".md") and path.name[:3].isdigit())
# Written by hand in columns, one cell a line, wrapped or with the tags of a page: as text they are another layout.
LAID_OUT = ("100", "102", "103", "112", "119", "134", "139", "144", "145", "155", "166", "167", "172", "173", "179")
PLANS = [path for path in PLANS if path.name[:1] == "1" and not path.name.startswith(LAID_OUT)]


def _unplaced(value: Any) -> Any:
    """A time that a section gave without the line on which that stands."""
    return {key: each for key, each in value.items() if key != "inherited_from"} if isinstance(value, dict) else value


def facts(text: str) -> dict[str, Any]:
    """What was read without the lines on which it stood."""
    read = read_text(text).to_json()
    tasks = [
        {
            "no": task["no"],
            "title": fold(task["title"])[:100],
            "facts": {key: _unplaced(task[key]) for key in ("lead", "coop", "time", "products", "kind", "section")},
            "rows": [{key: row[key] for key in ("text", "lead", "coop", "time")} for row in task.get("rows", [])],
        }
        for task in read["tasks"]
    ]
    reports = [{key: value for key, value in report.items() if key != "line"} for report in read["reports"]]
    recipients = [(one["names"], one["qualifier"], one["is_group"]) for one in read["recipients"]]
    signer = {key: value for key, value in read["signer"].items() if key != "lines"}
    head = {key: read[key] for key in ("doc_type", "number", "symbol", "date", "place", "period")}
    issuer = {key: value for key, value in read["issuer"].items() if key != "from"}
    bases = [(one["number"], one["date"], one["role"]) for one in read["legal_bases_block"]]
    return {
        "head": head | {"title": fold(read["title"] or "")},
        "issuer": issuer,
        "bases": bases,
        "targets": len(read["targets"]),
        "sections": [section["label"] for section in read["sections"]],
        "tasks": tasks,
        "reports": reports,
        "recipients": recipients,
        "signer": signer,
    }


@pytest.mark.parametrize(
    ("made", "name"), [(as_docx, "a.docx"), (as_html, "a.html"), (as_pdf, "a.pdf")], ids=["docx", "html", "pdf"]
)
@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name[:3])
def test_the_same_plan(path: Any, made: Callable[[str], bytes], name: str) -> None:
    text = path.read_text(encoding="utf-8")
    data = made(text)
    read = pdf_text(data, name) if name.endswith(".pdf") else read_file(data, name)
    assert facts(read) == facts(text)
