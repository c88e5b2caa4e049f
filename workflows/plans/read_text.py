"""Reading a plan: its text in, what the program understands out, doubts included; never raises on any text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .document import PlanDocument
from .document_parts import Appendix, Doubt, Issuer, Recipient, Section
from .doubts import find_doubts
from .header import read_head
from .issuer import read_issuer
from .normalise import clean_line, plain, split_lines, squeeze
from .numbering import parse_number_line
from .paragraphs import Paragraph, paragraphs_of
from .recipients import read_recipients
from .references import read_references
from .reports import read_reports
from .sections import appendix_of, parts_of, read_sections
from .signer import read_signer, signs_with_another
from .stated_kind import is_letter, issues_a_plan
from .subjects import names_with_duties
from .table_rows import Table, find_tables
from .tail import find_heading, is_signature, read_tail
from .targets import read_targets
from .tasks import read_tasks
from .title_and_period import reaching, read_period, read_title
from .unfolded import put_back, unfold

_END_MARK = re.compile(r"\./\.?\s*$|(?<=\w)/\.\s*$")
_MOST_LINES = 20_000
_LONGEST_LINE = 20_000


def read_text(text: str) -> PlanDocument:
    """What can be understood of `text` as a plan; every text has an answer, an empty one an empty document."""
    lines = split_lines(text)
    bounded = tuple(line[:_LONGEST_LINE] for line in lines[:_MOST_LINES])
    cut = unfold(bounded)
    document = put_back(_read(cut[0]), bounded, cut[1]) if cut else _read(bounded)
    if bounded != lines:
        rest = Doubt(None, "TOO_LONG", "Văn bản quá dài; chỉ đọc phần đầu.")
        document = replace(document, lines=lines, doubts=(rest, *document.doubts))
    return document


def read_recipient_line(line: str, issuer: Issuer | None = None) -> Recipient:
    """One line of Nơi nhận that somebody typed, understood as the reader would in the text of this issuer."""
    words = squeeze(clean_line(line).lstrip("-+•* "))
    found = read_recipients([(0, words)], issuer or Issuer())
    return found[0] if found else Recipient(words, (), None, False, 0)


def end_of_body(lines: Sequence[str], title_line: int) -> tuple[int | None, int]:
    """The line with the end mark "./." and the last line of the running text."""
    heading = find_heading(lines, title_line + 1)
    limit = heading - 1 if heading else len(lines)
    marks = [no for no in range(title_line + 1, limit + 1) if _END_MARK.search(clean_line(lines[no - 1]))]
    if marks and (heading is not None or len(lines) - marks[0] < 400):
        return marks[-1 if heading else 0], marks[-1 if heading else 0]
    signed = next(
        (no for no in range(title_line + 1, limit + 1) if is_signature(clean_line(lines[no - 1]).strip("| "))), None
    )
    return None, min(signed - 1 if signed else limit, limit)


def _read(lines: tuple[str, ...]) -> PlanDocument:
    head = read_head(lines)
    title, title_line = read_title(lines, head)
    end_mark, body_end = end_of_body(lines, title_line)
    appendix = appendix_of(lines, body_end)
    tables = find_tables(lines)
    body = _outside(paragraphs_of(lines, title_line + 1, body_end), tables)
    sections = read_sections(body, [(table.first, table.last) for table in tables])
    first_section = sections[0].line if sections else body_end + 1
    issuer = read_issuer(lines, head, title, first_section)
    introduction = " ".join(paragraph.text for paragraph in body if paragraph.first < first_section)
    period, sure = read_period(title, introduction, head.date.year if head.date else None)
    parts = parts_of(sections, body_end, body)
    tasks, taken = read_tasks(body, parts, tables, appendix=appendix, period=period, issuer=issuer)
    period = period if sure or not tasks else reaching(period, tasks)
    known = names_with_duties(name for task in tasks for name in (*task.lead, *task.coop))
    bases, cited = read_references(
        [*_title_of(lines, head.last_line, title_line), *_in_order(body, tables, lines)],
        title_line,
        first_section,
        _section_of_bases(sections),
    )
    tail = read_tail(
        lines, min(body_end + (end_mark != body_end), len(lines)), appendix.line - 1 if appendix else len(lines)
    )
    stated = head.doc_type is None and not is_letter(lines) and issues_a_plan(body)
    document = PlanDocument(
        lines=lines,
        doc_type=head.doc_type or ("KẾ HOẠCH" if stated else None),
        issuer=issuer,
        number_raw=head.number.raw if head.number else None,
        number=head.number.number if head.number else None,
        symbol=head.number.symbol if head.number else None,
        place=head.date.place if head.date else None,
        date_raw=head.date.raw if head.date else None,
        date=head.date.date if head.date else None,
        date_partial=head.date.partial if head.date else None,
        title=title,
        period=period,
        legal_bases_block=bases,
        references=cited,
        sections=(*sections, appendix) if appendix else tuple(sections),
        targets=read_targets(body, parts),
        tasks=tasks,
        reports=read_reports(body, parts, period, issuer, taken, known=known),
        recipients=read_recipients(tail.recipients, issuer),
        signer=read_signer(tail.signature, issuer.name),
        appendix=_appendix(lines, appendix),
        end_mark=end_mark,
    )
    doubts = find_doubts(document, period_sure=sure, type_sure=not stated, two_sign=signs_with_another(tail.signature))
    return replace(document, doubts=doubts)


def _section_of_bases(sections: Sequence[Section]) -> range:
    """The lines of a first section "CĂN CỨ LẬP KẾ HOẠCH"; none where the plan has no such section."""
    if len(sections) < 2 or not plain(sections[0].title).startswith("can cu"):
        return range(0)
    return range(sections[0].line + 1, sections[1].line)


def _outside(paragraphs: Sequence[Paragraph], tables: Sequence[Table]) -> list[Paragraph]:
    covered = {no for table in tables for no in range(table.first, table.last + 1)}
    return [paragraph for paragraph in paragraphs if paragraph.first not in covered]


def _title_of(lines: Sequence[str], head: int, last: int) -> list[Paragraph]:
    words = squeeze(" ".join(clean_line(line) for line in lines[head:last]))
    return [Paragraph(head + 1, last, words)] if words else []


def _in_order(body: Sequence[Paragraph], tables: Sequence[Table], lines: Sequence[str]) -> list[Paragraph]:
    """The running text together with the cells of tables, for what may stand in both."""
    cells = [
        Paragraph(no, no, clean_line(lines[no - 1]))
        for table in tables
        for no in range(table.first, table.last + 1)
        if lines[no - 1].strip()
    ]
    return sorted([*body, *cells], key=lambda paragraph: paragraph.first)


def _appendix(lines: Sequence[str], section: Section | None) -> Appendix | None:
    if section is None:
        return None
    linked = None
    for line in lines[section.line : section.line + 6]:
        found = re.search(r"[Ss]ố[:\s]", clean_line(line)) if "kem theo" in plain(line) else None
        number = parse_number_line(clean_line(line)[found.start() :]) if found else None
        linked = number.number if number else linked
    return Appendix(section.line, section.title, linked)
