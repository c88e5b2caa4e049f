"""Tasks in a table: rows of one task, rows that a page break cut, groups, totals, ditto marks, several products."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .bodies import split_bodies
from .ditto import is_ditto
from .document_parts import Period
from .labels import read_labels
from .normalise import plain, squeeze
from .paragraphs import is_capitals
from .roles import split_roles
from .table_columns import Column
from .table_rows import Row, Table
from .task import Task, TaskRow, split_products
from .time_shapes import Milestone, Milestones, TimeShape
from .time_words import read_time

_TOTAL = re.compile(r"(?:tong(?: cong| so)?|cong)\b[\s:.]*$")
_TAGS = re.compile(r"<(?!br)/?[a-zA-Z][^<>]{0,120}>")
_BREAK = re.compile(r"<br\s*/?>|</li>|\n", re.IGNORECASE)
_NUMBER = re.compile(r"((?:[IVXL]+|[A-E]|\d{1,3}(?:\.\d{1,3}){0,4}|[a-zđ]))\s*[.)]?$")
_GROUP_NUMBER = re.compile(r"[IVXL]+$|[A-E]$")
_MARKED = {"x", "X", "✓", "v", "V", "+", "√", "●"}
_BULLET = re.compile(r"(?:^|(?<=[;.:\s]))[-+•*]\s+(?=[^\W\d_])|(?<=\w)-\s+(?=[^\W\d_])")
_COMPOUND = re.compile(
    r"(?:van hoa|tu phap|tai chinh|van phong|kinh te|chinh tri|quoc phong|dia chinh|lao dong|thong ke|giao duc|hdnd"
    r"|khoa hoc|ke hoach|vh|ct|tc|xa hoi|truyen thanh|truyen hinh|y te|the thao|an ninh|ky thuat)\s*$"
)


@dataclass
class _Draft:
    """A task while its rows are being gathered; each row is its cells by column."""

    no: str
    group: str | None
    criterion: str | None
    title: str
    rows: list[dict[Column, str]] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)
    marks: list[list[str]] = field(default_factory=list)


def read_table(table: Table, section: str | None, period: Period | None) -> list[Task]:
    """The tasks of one table in its order."""
    drafts: list[_Draft] = []
    group: str | None = None
    for at, row in enumerate(table.rows):
        cells = _by_column(table, row)
        if _is_total(cells, row):
            continue
        heading = _group_of(cells, row) or _heading_of(cells, table, at)
        if heading is not None:
            group = heading
        elif drafts and _continues(cells):
            _append(drafts[-1], cells, row)
        elif drafts and _is_row_of(drafts[-1], cells):
            _add_row(drafts[-1], cells, row, table, drafts[-1].rows[-1])
        else:
            drafts.append(_new_task(cells, group, drafts[-1] if drafts else None))
            above = drafts[-2].rows[-1] if len(drafts) > 1 else {}
            _add_row(drafts[-1], cells, row, table, above)
    single = any(kind == "product" for kind in table.columns.kinds)
    tasks = [
        _task(draft, section, period, with_rows=single) for draft in drafts if draft.title or draft.rows[0].get("lead")
    ]
    return _counted(tasks)


def _by_column(table: Table, row: Row) -> dict[Column, str]:
    cells: dict[Column, str] = {}
    for kind, cell in zip(table.columns.kinds, row.cells, strict=False):
        if kind is not None and cell:
            cells[kind] = f"{cells[kind]}; {cell}" if kind in cells else cell
    return cells


def _is_total(cells: dict[Column, str], row: Row) -> bool:
    filled = [cell for cell in row.cells if cell]
    return not filled or any(
        _TOTAL.match(plain(cell)) for cell in (cells.get("title", ""), cells.get("no", ""), filled[0])
    )


def _group_of(cells: dict[Column, str], row: Row) -> str | None:
    """A row with only a heading: a Roman or capital number, or one filled cell, or the same words across all cells."""
    filled = [cell for cell in row.cells if cell]
    words = [cell for cell in filled if not _NUMBER.match(cell)]
    acts = any(kind in cells for kind in ("lead", "coop", "both", "time", "product", "start", "end"))
    if words and len(set(words)) == 1 and len(words) >= 3:
        return _title(words[0])
    if acts or not words:
        return None
    if _GROUP_NUMBER.match(cells.get("no", "").rstrip(". ")) or is_capitals(words[0]):
        return _title(words[0])
    return (
        _title(words[0])
        if "no" not in cells and words[0][:1].isupper() and len(words) == 1 and _numbered(words[0])
        else None
    )


def _heading_of(cells: dict[Column, str], table: Table, at: int) -> str | None:
    """A row "1 | Phát triển hạ tầng" with nothing else over the rows "1.1", "1.2"."""
    no, title = _no(cells), cells.get("title")
    if not no or not title or len(cells) > 2 or at + 1 >= len(table.rows):
        return None
    below = _no(_by_column(table, table.rows[at + 1]))
    return _title(title) if below.startswith(f"{no}.") else None


def _numbered(words: str) -> bool:
    return bool(re.match(r"(?:[IVXL]+|\d{1,2})\s*[.)]\s", words))


def _continues(cells: dict[Column, str]) -> bool:
    """The rest of a row that a page break cut: no number, nobody who leads, no time of its own."""
    return "no" not in cells and not any(kind in cells for kind in ("lead", "both", "time", "start", "end"))


def _append(draft: _Draft, cells: dict[Column, str], row: Row) -> None:
    last = draft.rows[-1]
    for kind, words in cells.items():
        if kind == "title":
            draft.title = f"{draft.title} {words}".strip()
        else:
            last[kind] = f"{last[kind]} {words}" if kind in last else words
    draft.lines.append((row.first, row.last))


def _is_row_of(draft: _Draft, cells: dict[Column, str]) -> bool:
    """One more row of the same task: no number and no title of its own, or both repeated by a merged cell."""
    if "title" not in cells:
        return "no" not in cells
    same = _title(cells["title"]) == _title(draft.title)
    return same and (_no(cells) == draft.no or "no" not in cells)


def _new_task(cells: dict[Column, str], group: str | None, before: _Draft | None) -> _Draft:
    inherits = before is not None and "no" not in cells and "criterion" not in cells
    no = before.no if inherits and before is not None else _no(cells)
    criterion = before.criterion if inherits and before is not None else cells.get("criterion")
    return _Draft(no, group, criterion, cells.get("title") or ("" if inherits else cells.get("criterion", "")))


def _no(cells: dict[Column, str]) -> str:
    return cells.get("no", "").strip(" .)(")


def _add_row(draft: _Draft, cells: dict[Column, str], row: Row, table: Table, above: dict[Column, str]) -> None:
    own = {kind: words for kind, words in cells.items() if kind not in ("no", "title", "criterion")}
    for kind in ("lead", "both", "coop", "time"):
        ditto = kind in own and is_ditto(own[kind])
        missing_lead = kind == "lead" and "lead" not in own and "both" not in own
        if (ditto or missing_lead) and kind in above:
            own[kind] = above[kind]
    draft.rows.append(own)
    draft.lines.append((row.first, row.last))
    marked = [name for at, name in table.columns.periods.items() if row.cells[at].strip() in _MARKED]
    draft.marks.append(marked)


def _task(draft: _Draft, section: str | None, period: Period | None, *, with_rows: bool) -> Task:
    rows = [
        _row(cells, lines, marks, period)
        for cells, lines, marks in zip(draft.rows, draft.lines[: len(draft.rows)], draft.marks, strict=False)
    ]
    first, last = draft.lines[0][0], max(line for _, line in draft.lines)
    start, cells = rows[0], draft.rows[0]
    return Task(
        no=draft.no,
        title=_title(draft.title) or "; ".join(start.text),
        lead=start.lead,
        coop=start.coop,
        lead_raw=_raw(cells.get("lead") or cells.get("both")),
        coop_raw=_raw(cells.get("coop")),
        time_raw=start.time_raw,
        time=start.time,
        products=tuple(dict.fromkeys(product for row in rows for product in row.text)),
        budget_raw="; ".join(start.budget_raw) or None,
        first_line=first,
        last_line=last,
        section=section,
        criterion=_title(draft.criterion) if draft.criterion else None,
        group=draft.group,
        solutions=tuple(cell_items(cells["detail"])) if "detail" in cells else (),
        rows=tuple(rows) if with_rows or len(rows) > 1 else (),
    )


def _row(cells: dict[Column, str], lines: tuple[int, int], marks: Sequence[str], period: Period | None) -> TaskRow:
    lead, coop = _bodies(cells.get("lead")), _bodies(cells.get("coop"))
    for kind in ("both", "lead"):
        labelled = read_labels(_raw(cells.get(kind)) or "")
        if labelled is not None:
            lead = (
                tuple(name for key, words in labelled.fields if key == "lead" for name in split_bodies(words)) or lead
            )
            coop = (
                tuple(name for key, words in labelled.fields if key == "coop" for name in split_bodies(words)) or coop
            )
    if not lead and "both" in cells:
        names = _bodies(cells["both"])
        lead, coop = names[:1], coop or names[1:]
    if not coop and lead:
        lead, coop = _by_marks(lead)
    time_raw = _time_words(cells)
    time = read_time(time_raw, period) if time_raw else _marked(marks, period)
    return TaskRow(
        text=tuple(one for item in cell_items(cells.get("product", "")) for one in split_products(item)),
        lead=lead,
        coop=coop,
        time_raw=time_raw or "; ".join(marks) or None,
        time=time,
        line=lines[0],
        budget_raw=tuple(cell_items(cells.get("budget", ""))),
    )


def _by_marks(names: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """One column for both: "A chủ trì; B phối hợp"."""
    lead, coop, _ = split_roles("; ".join(names))
    return (lead, coop) if coop else (names, ())


def _time_words(cells: dict[Column, str]) -> str | None:
    if "start" in cells and "end" in cells:
        return f"{cells['start']} - {cells['end']}"
    words = cells.get("time") or cells.get("end") or cells.get("start")
    return squeeze(_TAGS.sub(" ", _BREAK.sub("; ", words))).strip(" ;") if words else None


def _marked(marks: Sequence[str], period: Period | None) -> tuple[TimeShape, ...]:
    """Columns "Quý I", "Quý II" with a cross in the ones that apply."""
    shapes = [shape for mark in marks for shape in read_time(mark, period)]
    simple = [shape for shape in shapes if not isinstance(shape, Milestones)]
    if len(simple) <= 1:
        return tuple(simple)
    return (Milestones(tuple(Milestone(mark, shape) for mark, shape in zip(marks, simple, strict=False))),)


def _bodies(cell: str | None) -> tuple[str, ...]:
    if not cell:
        return ()
    pieces = cell_items(cell)
    return tuple(dict.fromkeys(name for piece in pieces for name in split_bodies(piece)))


def cell_items(cell: str) -> list[str]:
    """The items of a cell: parted by tags, line breaks and dashes that begin one, never inside "Văn hóa - Xã hội"."""
    text = _TAGS.sub(" ", _BREAK.sub("\n", cell))
    items: list[str] = []
    for line in text.split("\n"):
        starts = [hit for hit in _BULLET.finditer(line) if _parts_items(line, hit)]
        if not starts:
            items.append(line)
            continue
        items.append(line[: starts[0].start()])
        ends = [hit.start() for hit in starts[1:]] + [len(line)]
        items.extend(line[hit.end() : end] for hit, end in zip(starts, ends, strict=True))
    return [item for item in (_item(words) for words in items) if item]


def _parts_items(line: str, hit: re.Match[str]) -> bool:
    before = line[: hit.start()].rstrip()
    if not before or before.endswith((";", ".", ":")):
        return True
    listed = line.lstrip().startswith(("-", "+", "•", "*"))
    return listed and line[hit.end()].isupper() and not _COMPOUND.search(plain(before))


def _item(words: str) -> str:
    tidy = squeeze(words).strip(" ;,-+•*")
    return tidy if tidy.endswith("...") else tidy.rstrip(" .;,")


def _title(words: str) -> str:
    return squeeze(_TAGS.sub(" ", _BREAK.sub(" ", words))).rstrip(" ;:,").strip()


def _raw(cell: str | None) -> str | None:
    return squeeze(_TAGS.sub(" ", _BREAK.sub("; ", cell))) or None if cell else None


def _counted(tasks: Sequence[Task]) -> list[Task]:
    """Several tasks under one number become "1.2#1", "1.2#2"; without numbers they are counted."""
    counted: dict[tuple[str | None, str], int] = {}
    for task in tasks:
        counted[task.group, task.no] = counted.get((task.group, task.no), 0) + 1
    so_far: dict[tuple[str | None, str], int] = {}
    numbered = []
    for task in tasks:
        key = (task.group, task.no)
        so_far[key] = so_far.get(key, 0) + 1
        apart = f"{task.no}#{so_far[key]}" if counted[key] > 1 else task.no
        numbered.append(replace(task, no=apart if task.no else str(so_far[key])))
    return numbered
