"""Tiếp thu, giải trình: every opinion gets an answer; a changed draft is checked again, and may go round again."""

from __future__ import annotations

from workflows.actions.versions import keep_new_version
from workflows.errors import Reason, Refused
from workflows.store import consultation, issuing

from .filing import Filed, Filing


def dispose(filing: Filing) -> Filed:
    """Answer each opinion (accepted, or explained in words), keep a new text if there is one, choose the next round."""
    work = filing.work
    missing: list[Reason] = []
    for round_ in consultation.rounds_of(work.connection, filing.plan_id):
        for opinion in consultation.opinions_of(work.connection, round_.id):
            if opinion.text and opinion.disposition is None:
                missing += _dispose_one(filing, opinion)
    if missing:
        raise Refused.because(missing)
    text = filing.text("van_ban")
    if text:
        keep_new_version(work, filing.plan_id, text, "Tiếp thu ý kiến góp ý")
    again = filing.agreed("lay_lai")
    edited = bool(issuing.lost_checks(work.connection, "plan", filing.plan_id))
    variables = {"lay_lai": again, "da_gop_y": not again, "du_thao_da_sua": edited}
    return Filed("lay_lai" if again else "trinh_ky", variables)


def _dispose_one(filing: Filing, opinion: consultation.Opinion) -> list[Reason]:
    """The reasons why this opinion is still unanswered."""
    choice, words = filing.text(f"xu_ly_{opinion.id}"), filing.text(f"giai_trinh_{opinion.id}")
    if choice not in ("tiep_thu", "giai_trinh"):
        return [Reason("OPINION_UNANSWERED", {"field": f"xu_ly_{opinion.id}", "body": opinion.body_name})]
    if choice == "giai_trinh" and not words:
        return [Reason("EXPLANATION_REQUIRED", {"field": f"giai_trinh_{opinion.id}", "body": opinion.body_name})]
    consultation.change_opinion(
        filing.work.connection,
        opinion.id,
        disposition=choice,
        disposition_text=words or None,
        disposed_at=filing.work.now,
        disposed_by=filing.work.names,
    )
    return []
