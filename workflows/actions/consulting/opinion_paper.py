"""The body's own công văn: a file that comes with an opinion, examined before the transaction and kept in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflows.actions.desk import Desk, Work
from workflows.errors import Refused
from workflows.papers.media_types import media_type_of
from workflows.papers.signing.confined_verify import NO_TRUST, verdict_on
from workflows.store import document_files, opinion_parts, signing

LARGEST = 20 * 1024 * 1024  # bytes
KINDS = {b"%PDF": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}


@dataclass(frozen=True)
class OpinionPaper:
    """A file as it came, and what verification found in it: signed by whom, intact or not, or not signed at all."""

    name: str
    content: bytes
    verdict: Mapping[str, Any]


def examined(desk: Desk, name: str, content: bytes) -> OpinionPaper:
    """Look at the file in a confined process; BAD_PAPER for what is neither a PDF nor a scan, TOO_LARGE."""
    if len(content) > LARGEST:
        raise Refused("TOO_LARGE", field="tep_cong_van")
    kind = next((kind for start, kind in KINDS.items() if content.startswith(start)), None)
    if kind is None:
        raise Refused("BAD_PAPER", field="tep_cong_van", kinds=sorted(KINDS.values()))
    verdict: Mapping[str, Any] = {"state": "unsigned", "signatures": [], "faults": []}
    if kind == "pdf":
        with desk.database.read() as connection:
            trust = signing.trust_of(connection) or NO_TRUST
        verdict = verdict_on(content, trust, desk.now)
    if not name.lower().endswith(f".{kind}"):
        name = f"{name or 'cong-van'}.{kind}"
    return OpinionPaper(name[-200:], content, verdict)


def keep_papers(work: Work, opinion_id: int, papers: tuple[OpinionPaper, ...]) -> None:
    """Keep the files with the opinion."""
    for paper in papers:
        file_id = document_files.keep_file(
            work.connection,
            "opinion",
            opinion_id,
            "attachment",
            paper.name,
            media_type_of(paper.name),
            paper.content,
            work.now,
            work.by.name,
        )
        opinion_parts.add_paper(work.connection, opinion_id, file_id, paper.verdict)
