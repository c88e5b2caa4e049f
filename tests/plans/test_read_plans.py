"""Whole plans against readings made by hand: five real ones, the project's own from 100 on (decision 0024)."""

from __future__ import annotations

import pytest

from workflows.letters import composed
from workflows.plans.document import PlanDocument
from workflows.plans.read_text import read_text

from .score import TEXTS, score, truths

TRUTHS = truths()


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_every_task_recipient_report_and_head_is_right(name: str) -> None:
    document = read_text((TEXTS / name).read_text(encoding="utf-8"))
    scores, notes = score(document.to_json(), TRUTHS[name])
    assert notes == []
    assert set(scores.values()) == {1.0}


def test_the_five_real_plans_hold_what_their_truth_counts() -> None:
    seeds = [name for name in TRUTHS if name.startswith("00")]
    read = [read_text((TEXTS / name).read_text(encoding="utf-8")) for name in seeds]
    counts = {
        part: sum(len(getattr(one, part)) for one in read) for part in ("tasks", "recipients", "reports", "targets")
    }
    assert counts == {"tasks": 97, "recipients": 34, "reports": 14, "targets": 10}
    assert sum(task.kind == "explicit" for document in read for task in document.tasks) == 83


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_a_reading_survives_json(name: str) -> None:
    document = read_text((TEXTS / name).read_text(encoding="utf-8"))
    assert PlanDocument.from_json(document.to_json()) == document


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_every_reading_carries_a_line_of_the_text(name: str) -> None:
    document = read_text((TEXTS / name).read_text(encoding="utf-8"))
    count = len(document.lines)
    assert all(1 <= task.first_line <= task.last_line <= count for task in document.tasks)
    assert all(
        1 <= one.line <= count
        for group in (document.reports, document.recipients, document.references)
        for one in group
    )
    for recipient in document.recipients:
        line = composed(" ".join(document.lines[recipient.line - 1].split()))
        assert recipient.raw.split("(")[0].strip(" ;.")[:10] in line


def test_a_wrong_reading_lowers_the_score() -> None:
    name = "001_1bcad453b853a799.txt"
    read = read_text((TEXTS / name).read_text(encoding="utf-8")).to_json()
    read["tasks"][0]["lead"] = ["Công an xã"]
    read["recipients"].pop()
    scores, notes = score(read, TRUTHS[name])
    assert scores["tasks"] == pytest.approx(7 / 8)
    assert scores["recipients"] == pytest.approx(12 / 13)
    assert "task 1: lead" in notes
