"""Tasks written as a list: a heading, then labelled lines for who leads, who helps, when and with what result."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from .bodies import split_bodies
from .ditto import is_ditto
from .document_parts import Period
from .labels import Field, Labelled, read_labels
from .normalise import squeeze
from .paragraphs import Paragraph
from .roles import split_roles
from .sections import Part, part_at
from .sentences import time_inside
from .task import Task, split_products
from .time_shapes import TimeShape
from .time_words import read_time

_OTHER_FACT = re.compile(r"[a-z][a-z ]{3,40}:\s*\S")


@dataclass
class _Draft:
    """A task while its lines are being gathered."""

    title: Paragraph | None
    no: str
    criterion: Paragraph | None
    first: int
    last: int
    title_words: str
    values: dict[Field, list[str]] = field(default_factory=dict)
    solutions: list[str] = field(default_factory=list)
    open_field: Field | None = None

    def add(self, name: Field, words: str) -> None:
        """Notes the words of one field."""
        if words:
            self.values.setdefault(name, []).append(words)


@dataclass(frozen=True)
class CommonTime:
    """A time that a section, or its point `under`, gives to all of its tasks, and where it stands ("III.3")."""

    raw: str
    section: str | None
    place: str
    line: int
    under: str | None = None

    def covers(self, task: Task) -> bool:
        """Whether the task stands where this time holds."""
        inside = self.under is None or task.no == self.under or task.no.startswith((f"{self.under}.", f"{self.under}#"))
        return self.section in (None, task.section) and inside


@dataclass
class _Reader:
    """Walks the paragraphs once, keeping the headings above the present one."""

    period: Period | None
    parts: Sequence[Part]
    facts_numbered: bool = False
    tasks: list[Task] = field(default_factory=list)
    common: list[CommonTime] = field(default_factory=list)
    path: list[tuple[str, Paragraph]] = field(default_factory=list)
    star: Paragraph | None = None
    draft: _Draft | None = None
    above: _Draft | None = None
    used: set[int] = field(default_factory=set)
    lines: set[int] = field(default_factory=set)

    def read(self, paragraph: Paragraph) -> None:
        """One paragraph: labelled lines belong to the present task, headings open the way for the next."""
        labelled = None if "\t" in paragraph.text or paragraph.kind == "roman" else read_labels(paragraph.text)
        labelled = self._titled(paragraph, labelled) if labelled else None
        if labelled and self._is_common_time(paragraph, labelled):
            self.close()
            place = f"{self._section(paragraph.first)}.{paragraph.label}".strip(".")
            under = paragraph.label.rpartition(".")[0] or None
            section = self._section(paragraph.first)
            self.common.append(CommonTime(labelled.fields[0][1], section, place, paragraph.first, under))
        elif labelled and (self.draft or self._starts_task(labelled)):
            self._labelled(paragraph, labelled)
        elif self.draft and self._belongs(paragraph):
            self._more(paragraph)
        else:
            self.close()
            self._heading(paragraph)

    def _titled(self, paragraph: Paragraph, labelled: Labelled) -> Labelled:
        """ "1.1. Nhiệm vụ: Công khai …" is a heading, unless the facts of each task are numbered too."""
        (name, words), *others = labelled.fields
        heads = name == "solution" and words and not labelled.before and paragraph.kind == "number"
        if not heads or self.facts_numbered:
            return labelled
        return Labelled(words, tuple(others), labelled.labels[1:])

    def close(self) -> None:
        """Ends the present task and keeps it when it has somebody who leads or acts."""
        draft, self.draft = self.draft, None
        if draft is not None and any(draft.values.get(name) for name in ("lead", "both")):
            self._as_above(draft)
            self.tasks.append(self._task(draft))
            self.above = draft

    def _as_above(self, draft: _Draft) -> None:
        """ "Phối hợp: nt" takes the words of the task before."""
        for name, words in draft.values.items():
            if self.above is not None and name in self.above.values and is_ditto(" ".join(words)):
                draft.values[name] = self.above.values[name]

    def _is_common_time(self, paragraph: Paragraph, labelled: Labelled) -> bool:
        only_time = [name for name, _ in labelled.fields] == ["time"] and not labelled.before
        return (
            only_time
            and bool(labelled.fields[0][1])
            and paragraph.kind in ("number", "letter")
            and not self._open(paragraph)
        )

    def _open(self, paragraph: Paragraph) -> bool:
        """A lettered line under an open task is that task's own time, unless it has one."""
        return self.draft is not None and paragraph.kind == "letter" and "time" not in self.draft.values

    def _starts_task(self, labelled: Labelled) -> bool:
        return (
            not labelled.fields
            or any(name in ("lead", "coop", "both") for name, _ in labelled.fields)
            or (
                labelled.fields[0][0] in ("time", "product", "solution", "aside")
                and bool(self.path)
                and not labelled.before
            )
        )

    def _labelled(self, paragraph: Paragraph, labelled: Labelled) -> None:
        heading = labelled.before and (len(labelled.before) > 15 or paragraph.kind in ("number", "letter"))
        leads = any(
            name == "lead" and "chu tri" in label
            for (name, _), label in zip(labelled.fields, labelled.labels, strict=True)
        )
        again = self.draft is not None and leads and "lead" in self.draft.values
        if heading or self.draft is None or again:
            self.close()
            self._open_draft(paragraph, labelled.before if heading else "")
        draft = self.draft
        assert draft is not None
        for (name, words), label in zip(labelled.fields, labelled.labels, strict=True):
            known: Field = name
            if name == "lead" and "chu tri" not in label and "lead" in draft.values:
                known = "coop"
            if known == "solution":
                draft.solutions.extend([words] if words else [])
            else:
                draft.add(known, words)
            draft.open_field = known
        draft.last = paragraph.last
        self.lines.update(range(paragraph.first, paragraph.last + 1))

    def _open_draft(self, paragraph: Paragraph, before: str) -> None:
        if before:
            self._heading(paragraph)
            self.star = None
        title = self._title()
        no = self._number()
        first = title.first if title is not None and title.first not in self.used else (self.star or paragraph).first
        words = before or (title.text if title else "")
        self.draft = _Draft(title, no, self.star, first, paragraph.last, words)
        if title is not None:
            self.used.add(title.first)

    def _title(self) -> Paragraph | None:
        """The nearest heading; running text under a heading that has no task yet leaves the heading its title."""
        if not self.path:
            return None
        _, nearest = self.path[-1]
        above = self.path[-2][1] if len(self.path) > 1 else None
        numbered = above is not None and above.kind in ("number", "letter") and above.first not in self.used
        return above if nearest.kind == "none" and numbered else nearest

    def _belongs(self, paragraph: Paragraph) -> bool:
        """A bullet or running text under an open "Nhiệm vụ, giải pháp:" or an empty "Chủ trì:" is part of the task."""
        draft = self.draft
        if draft is None or "\t" in paragraph.text or paragraph.kind in ("roman", "number", "letter"):
            return False
        if paragraph.kind == "bullet" and paragraph.label == "*":
            return False
        if draft.open_field == "solution":
            return paragraph.kind == "bullet" or paragraph.text[:1] in "+-"
        if self._is_other_fact(paragraph):
            draft.open_field = "aside"
            return True
        waiting = draft.open_field is not None and draft.open_field not in draft.values
        return waiting and paragraph.kind in ("bullet", "none")

    def _is_other_fact(self, paragraph: Paragraph) -> bool:
        """ "- Cơ quan được kiểm tra: 03 sở" among the labelled lines of a task whose time is still to come."""
        draft = self.draft
        known = draft is not None and "lead" in draft.values and "time" not in draft.values
        return known and paragraph.kind == "bullet" and _OTHER_FACT.match(paragraph.plain) is not None

    def _more(self, paragraph: Paragraph) -> None:
        draft = self.draft
        assert draft is not None
        if draft.open_field == "solution":
            draft.solutions.append(paragraph.text)
        elif draft.open_field is not None:
            draft.add(draft.open_field, paragraph.text.strip(" ;."))
        draft.last = paragraph.last
        self.lines.update(range(paragraph.first, paragraph.last + 1))

    def _heading(self, paragraph: Paragraph) -> None:
        if paragraph.kind == "bullet" and paragraph.label == "*":
            self.star = paragraph
            return
        if paragraph.kind == "none" and self.star is not None and paragraph.text[:1].islower():
            return
        self.star = None
        if paragraph.kind == "roman":
            self.path = []
        elif paragraph.kind in ("number", "letter", "bullet"):
            depth = {"number": paragraph.label.count("."), "letter": 8, "bullet": 9}[paragraph.kind]
            self.path = [(label, above) for label, above in self.path if _depth(above) < depth]
            self.path.append((paragraph.label, paragraph))
        elif paragraph.text:
            self.path = [(label, above) for label, above in self.path if _depth(above) < 10]
            self.path.append(("", paragraph))

    def _number(self) -> str:
        labels = [label for label, above in self.path if above.kind in ("number", "letter")]
        own: list[str] = []
        for label in labels:
            own = [label] if own and label.startswith(f"{own[-1]}.") else [*own, label]
        return ".".join(own)

    def _section(self, line: int) -> str | None:
        part = part_at(self.parts, line)
        return part.section.label if part else None

    def _task(self, draft: _Draft) -> Task:
        lead_raw, coop_raw = _joined(draft, "lead"), _joined(draft, "coop")
        both = _joined(draft, "both")
        lead, helped, rest = split_roles(lead_raw) if lead_raw else ((), (), "")
        coop = split_bodies(coop_raw) if coop_raw else helped
        if both and not lead:
            names, helped, rest = split_roles(both)
            lead, coop, lead_raw = names[:1], coop or helped or names[1:], both
        time_raw = _joined(draft, "time") or (rest if rest and read_time(rest, self.period) else None)
        time_raw = time_raw or time_inside(draft.title_words)
        time: tuple[TimeShape, ...] = read_time(time_raw, self.period) if time_raw else ()
        return Task(
            no=draft.no,
            title=_clean_title(draft.title_words),
            lead=lead,
            coop=coop,
            lead_raw=lead_raw,
            coop_raw=coop_raw,
            time_raw=time_raw,
            time=time,
            products=tuple(one for words in draft.values.get("product", ()) for one in split_products(words)),
            budget_raw=_joined(draft, "budget"),
            first_line=draft.first,
            last_line=draft.last,
            section=self._section(draft.first),
            criterion=_clean_title(draft.criterion.text) if draft.criterion else None,
            solutions=tuple(draft.solutions),
        )


def read_listed(
    paragraphs: Sequence[Paragraph], parts: Sequence[Part], period: Period | None
) -> tuple[list[Task], list[CommonTime], set[int]]:
    """The tasks with labelled lines, the times common to a section, and the lines that were taken."""
    reader = _Reader(period, parts, _facts_are_numbered(paragraphs))
    for paragraph in paragraphs:
        reader.read(paragraph)
    reader.close()
    return _numbered_apart(reader.tasks), reader.common, reader.lines


def _facts_are_numbered(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether lines such as "1.2. Chủ trì: …" have numbers of their own."""
    numbered = (read_labels(p.text) for p in paragraphs if p.kind == "number" and ":" in p.text[:60])
    return any(one is not None and not one.before and one.fields[0][0] in ("lead", "coop") for one in numbered)


def _depth(paragraph: Paragraph) -> int:
    depths = {"number": paragraph.label.count("."), "letter": 8, "bullet": 9}
    return depths.get(paragraph.kind, 10)


def _joined(draft: _Draft, name: Field) -> str | None:
    return squeeze("; ".join(draft.values[name])) if draft.values.get(name) else None


def _clean_title(words: str) -> str:
    return squeeze(words).rstrip(" .;:,…").strip("*# ")


def _numbered_apart(tasks: list[Task]) -> list[Task]:
    """Several tasks under one number become "2.1.7#1", "2.1.7#2"; tasks without any number are counted."""
    counted: dict[tuple[str | None, str], int] = {}
    for task in tasks:
        counted[task.section, task.no] = counted.get((task.section, task.no), 0) + 1
    so_far: dict[tuple[str | None, str], int] = {}
    numbered = []
    for task in tasks:
        key = (task.section, task.no)
        so_far[key] = so_far.get(key, 0) + 1
        apart = f"{task.no}#{so_far[key]}" if counted[key] > 1 else task.no
        numbered.append(replace(task, no=apart if task.no else str(so_far[key])))
    return numbered
