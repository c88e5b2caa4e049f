"""What the office's report rests on: who sent which figures, frozen when the report is passed on for signature."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from workflows.plans.consolidation import Given, Total, given_in, summary_json, totals_of
from workflows.plans.report_form import form_of
from workflows.store import submitting
from workflows.store.local_days import local_day
from workflows.store.plans import content_hash
from workflows.store.reporting import Cycle
from workflows.store.submitting import Submission


def given_by(submissions: Sequence[Submission]) -> list[Given]:
    """Each unit with what it sent; one that sent nothing, or whose report went back to it, gave no figures.

    A unit that is no more and that nobody followed is not asked for any.
    """
    return [
        Given(each.body_id, each.body_name, each.figures, each.coverage)
        if each.status == submitting.SENT
        else Given(each.body_id, each.body_name, None)
        for each in submissions
        if each.status != submitting.GONE
    ]


def summary_of(cycle: Cycle, submissions: Sequence[Submission]) -> dict[str, Any]:
    """The figures of the day on which they were gathered."""
    sent = {
        each.body_id: local_day(each.sent_at).isoformat()
        for each in submissions
        if each.status == submitting.SENT and each.sent_at is not None
    }
    return summary_json(form_of(cycle.form), given_by(submissions), dict(sent))


def report_hash(words: str, summary: Mapping[str, Any]) -> str:
    """What a signature is bound to: the words and the figures below them; another figure is another report."""
    figures = json.dumps(summary, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return content_hash(f"{words}\n{figures}")


def totals_in(summary: Mapping[str, Any]) -> tuple[Total, ...]:
    """The totals of a frozen summary."""
    return totals_of(form_of(summary["form"]), given_in(summary))
