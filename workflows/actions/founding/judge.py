"""Whether offices of a file can be founded: each line against the house, the other lines, and what stands above it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from workflows.errors import Reason
from workflows.plans.founding_sheet import Line
from workflows.plans.names import fold
from workflows.plans.office_templates import BARE, USUAL, short_name, template_called
from workflows.store.screens.founding_known import (
    KnownOffice,
    KnownPerson,
    holders_of_codes,
    known_offices,
    logins_taken,
    people_by_address,
)

NEW, THERE, ERROR = "new", "there", "error"


@dataclass
class Judged:
    """What would come of a line.

    `above` is the office above that is there, `above_line` the line that founds it; `template` names a template, or
    `model` the office whose units and rules are taken; `person` is the administrator where they are known already.
    """

    line: Line
    status: str = NEW
    problems: list[Reason] = field(default_factory=list)
    office_id: int | None = None
    above: int | None = None
    above_line: int | None = None
    template: str = BARE
    model: int | None = None
    person: KnownPerson | None = None

    @property
    def is_new(self) -> bool:
        """Whether an office is to be made of it."""
        return self.status == NEW

    def fail(self, reason: Reason) -> None:
        """It cannot be founded as it stands."""
        self.problems.append(reason)
        self.status = ERROR


def judge(connection: Connection, lines: Sequence[Line], today: date) -> list[Judged]:
    """Every line in the order of the file; nothing is written. A line below one that is wrong is wrong, too."""
    return _Judging(connection, lines, today).run()


def from_above(judged: Sequence[Judged]) -> list[Judged]:
    """Those to be founded, each behind the line that founds what stands above it."""
    return [each for wave in waves([one for one in judged if one.is_new]) for each in wave]


def waves(judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    """First those above which none of these stands, then those right below them, and so on."""
    waiting = {each.line.number: each for each in judged}
    while waiting:
        wave = [each for each in waiting.values() if each.above_line not in waiting]
        if not wave:
            return  # a circle would have been refused
        yield wave
        for each in wave:
            del waiting[each.line.number]


class _Judging:
    """One run over the lines: each alone, then from the top down."""

    def __init__(self, connection: Connection, lines: Sequence[Line], today: date) -> None:
        self.judged = [Judged(line, problems=list(line.problems)) for line in lines]
        self.offices: dict[str, list[KnownOffice]] = {}
        self.by_code: dict[str, KnownOffice] = {}
        for each in known_offices(connection, today):
            for name in {fold(each.name), fold(each.short_name or each.name)}:
                self.offices.setdefault(name, []).append(each)
            if each.organ_code:
                self.by_code[each.organ_code] = each
        self.names_by_id = {each.id: each.name for found in self.offices.values() for each in found}
        self.lines_by_name: dict[str, list[Judged]] = {}
        for one in self.judged:
            for name in {fold(one.line.name), fold(_short(one.line))} - {""}:
                self.lines_by_name.setdefault(name, []).append(one)
        self.codes = holders_of_codes(connection, _values(lines, "ma_dinh_danh"))
        mails = sorted({each.mail for each in lines if each.mail})
        self.people: Mapping[str, list[KnownPerson]] = people_by_address(connection, mails, today)
        self.logins = logins_taken(connection, mails)

    def run(self) -> list[Judged]:
        """Every line with what would come of it."""
        for one in self.judged:
            if one.problems:
                one.status = ERROR
        settled: set[int] = set()
        waiting = list(self.judged)
        while waiting:
            ready = [one for one in waiting if self._is_ready(one, settled)]
            if not ready:
                for one in waiting:
                    one.fail(one.line.problem("FOUND_CYCLE", "cap_tren"))
                break
            for one in ready:
                self._place(one)
                settled.add(one.line.number)
            waiting = [one for one in waiting if one.line.number not in settled]
        self._refuse_twice()
        for one in self.judged:
            if one.status != THERE:
                self._template(one)
                self._administrator(one)
        self._refuse_below_wrong()
        return self.judged

    def _above_text(self, one: Judged) -> str:
        return fold(one.line.text("cap_tren"))

    def _is_ready(self, one: Judged, settled: set[int]) -> bool:
        """Whether every line that may be meant as the office above has its place."""
        above = self._above_text(one)
        return all(each.line.number in settled for each in self.lines_by_name.get(above, ())) if above else True

    def _place(self, one: Judged) -> None:
        """The office above, and whether this one is there already."""
        line, above = one.line, self._above_text(one)
        if above:
            self._find_above(one, line.text("cap_tren"), above)
        called = self.offices.get(fold(line.name), [])
        here = [each for each in called if each.parent_id == one.above] if one.above_line is None else []
        if here and one.status != ERROR:
            one.status, one.office_id = THERE, here[0].id
            return
        if called and not above and line.name:
            elsewhere = self.names_by_id.get(called[0].parent_id or 0, "")
            one.fail(line.problem("FOUND_SAME_NAME", "ten_co_quan", above=elsewhere))
        code = line.text("ma_dinh_danh")
        if code in self.codes:
            one.fail(line.problem("FOUND_CODE_TAKEN", "ma_dinh_danh", name=self.codes[code][1]))

    def _find_above(self, one: Judged, text: str, folded: str) -> None:
        if text in self.by_code:
            one.above = self.by_code[text].id
            return
        there = {each.id for each in self.offices.get(folded, ())}
        lines = [each for each in self.lines_by_name.get(folded, ()) if each is not one]
        there |= {each.office_id for each in lines if each.status == THERE and each.office_id is not None}
        new = [each for each in lines if each.status != THERE]
        if len(there) + len(new) > 1:
            one.fail(one.line.problem("FOUND_ABOVE_SEVERAL", "cap_tren"))
        elif there:
            one.above = next(iter(there))
        elif new:
            one.above_line = new[0].line.number
        else:
            one.fail(one.line.problem("FOUND_NO_ABOVE", "cap_tren"))

    def _refuse_twice(self) -> None:
        """No two lines found the same office, or give the same code or one address to two people."""
        names: dict[object, int] = {}
        codes: dict[str, int] = {}
        mails: dict[str, Judged] = {}
        for one in self.judged:
            line, code = one.line, one.line.text("ma_dinh_danh")
            first = names.setdefault((fold(line.name), one.above, one.above_line), line.number)
            if line.name and first != line.number:
                one.fail(line.problem("FOUND_TWICE", "ten_co_quan", row=first))
            if code and codes.setdefault(code, line.number) != line.number:
                one.fail(line.problem("FOUND_CODE_TWICE", "ma_dinh_danh", row=codes[code]))
            other = mails.setdefault(line.mail, one)
            if line.mail and fold(other.line.text("quan_tri")) != fold(line.text("quan_tri")):
                one.fail(line.problem("FOUND_MAIL_TWICE", "thu_quan_tri", row=other.line.number))

    def _template(self, one: Judged) -> None:
        """The template that is named, that of an office that is there, or the usual one of the level."""
        text = one.line.text("mau_to_chuc")
        if not text:
            one.template = USUAL.get(one.line.level, BARE)
            return
        named = template_called(text)
        if named is not None:
            one.template = named
            return
        models = self.offices.get(fold(text).removeprefix("nhu "), [])
        if len(models) == 1:
            one.model = models[0].id
        else:
            one.fail(one.line.problem("FOUND_NO_TEMPLATE", "mau_to_chuc"))

    def _administrator(self, one: Judged) -> None:
        """Who has this address already is that person, if the name is the same."""
        line, known = one.line, self.people.get(one.line.mail, [])
        same = [each for each in known if fold(each.name) == fold(line.text("quan_tri"))]
        if known and (len(known) > 1 or not same):
            one.fail(line.problem("FOUND_MAIL_OF", "thu_quan_tri", name=known[0].name))
            return
        one.person = same[0] if same else None
        holder = self.logins.get(line.mail)
        if holder is not None and (one.person is None or holder != one.person.id):
            one.fail(line.problem("FOUND_LOGIN_TAKEN", "thu_quan_tri"))

    def _refuse_below_wrong(self) -> None:
        """What stands below a line that is not founded has nothing to stand below."""
        by_number = {one.line.number: one for one in self.judged}
        again = True
        while again:
            again = False
            for one in self.judged:
                above = by_number.get(one.above_line or 0)
                if one.is_new and above is not None and above.status == ERROR:
                    one.fail(one.line.problem("FOUND_ABOVE_WRONG", "cap_tren", row=above.line.number))
                    again = True


def _short(line: Line) -> str:
    return line.text("ten_tat") or short_name(line.name)


def _values(lines: Sequence[Line], column: str) -> list[str]:
    return sorted({each.text(column) for each in lines if each.text(column)})
