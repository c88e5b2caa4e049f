"""Nhập danh bạ: lines of a sheet become bodies, posts and holders; first rehearsed line by line, then all or none.

The dry run does the very same in a transaction that is rolled back, so that it cannot promise what is refused later.
Doing it twice changes nothing: a line that says what the directory says is unchanged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from workflows.actions.administration import require_administrator
from workflows.actions.desk import Desk, Work
from workflows.errors import Reason, Refused
from workflows.plans.directory_sheet import Line
from workflows.plans.names import fold
from workflows.store import directory
from workflows.store.directory import Body, Holding

from . import bodies as of_bodies
from .bodies import Entry
from .posts import Appointment, hold, post
from .record import record

NEW, CHANGED, UNCHANGED, ERROR = "new", "changed", "unchanged", "error"


@dataclass
class Result:
    """What became of a line; `what` are the columns that changed something."""

    line: Line
    status: str = UNCHANGED
    what: list[str] = field(default_factory=list)
    problems: list[Reason] = field(default_factory=list)

    def note(self, status: str, column: str) -> None:
        """Something was entered or changed; entering beats changing."""
        self.what.append(column)
        if self.status == UNCHANGED or status == NEW:
            self.status = status

    def fail(self, reason: Reason) -> None:
        """The line cannot be taken as it stands."""
        self.problems.append(reason)
        self.status = ERROR


@dataclass(frozen=True)
class Outcome:
    """The lines with what became of each."""

    results: tuple[Result, ...]

    def count(self, status: str) -> int:
        """How many lines came to this."""
        return sum(result.status == status for result in self.results)


class _Rehearsal(Exception):
    """Ends the transaction of a dry run."""


def rehearse_import(desk: Desk, office_id: int, lines: Sequence[Line]) -> Outcome:
    """What an import of these lines would do; nothing is kept. NOT_YOURS."""
    results: list[Result] = []
    try:
        with desk.open() as work:
            results = _Import(work, office_id, lines).run()
            raise _Rehearsal
    except _Rehearsal:
        return Outcome(tuple(results))


def import_directory(desk: Desk, office_id: int, lines: Sequence[Line], filename: str) -> Outcome:
    """Keep all of the lines, or none: SHEET_ERRORS names how many lines are wrong. NOT_YOURS."""
    with desk.open() as work:
        outcome = Outcome(tuple(_Import(work, office_id, lines).run()))
        wrong = outcome.count(ERROR)
        if wrong:
            raise Refused("SHEET_ERRORS", field="tep_danh_ba", count=wrong)
        told = {"file": filename[:120], "new": outcome.count(NEW), "changed": outcome.count(CHANGED)}
        if told["new"] or told["changed"]:
            record(work, office_id, "imported", told)
        return outcome


class _Import:
    """One run over the lines: bodies from the top down, then ends and groups, then posts and holders."""

    def __init__(self, work: Work, office_id: int, lines: Sequence[Line]) -> None:
        require_administrator(work.by, office_id)
        self.work, self.connection, self.office_id = work, work.connection, office_id
        self.results = [Result(line) for line in lines]
        self.bodies: dict[str, Body] = {}
        self.first_of: dict[str, Line] = {}
        self.seen: dict[tuple[str, ...], int] = {}

    def run(self) -> list[Result]:
        """Every line with what became of it."""
        for each in directory.bodies_of(self.connection, self.office_id):
            if not each.ended_before(self.work.today):
                self._know(each)
        for result in self.results:
            for problem in result.line.problems:
                result.fail(problem)
        self._enter_bodies([result for result in self.results if result.status != ERROR])
        for step in (self._finish_body, self._enter_holder):
            for result in self.results:
                if result.status != ERROR:
                    self._attempt(result, step)
        return self.results

    def _know(self, body: Body) -> None:
        for name in (body.name, body.short_name, *body.aliases):
            if name:
                self.bodies.setdefault(fold(name), body)
        self.bodies[fold(body.name)] = body

    def _attempt(self, result: Result, step: object) -> None:
        """A step of one line; what it refuses is a problem of the line and leaves nothing of the step behind."""
        try:
            with self.connection.begin_nested():
                step(result)  # type: ignore[operator] # a method of this class
        except Refused as refused:
            for reason in refused.reasons:
                place = {"place": result.line.places.get("don_vi", str(result.line.number)), "row": result.line.number}
                result.fail(Reason(reason.code, place | dict(reason.facts)))

    def _enter_bodies(self, waiting: list[Result]) -> None:
        """Bodies whose parent is known first, until nothing moves; what is left waits for itself in a circle."""
        while waiting:
            ready = [each for each in waiting if self._is_ready(each, waiting)]
            if not ready:
                for each in waiting:
                    each.fail(each.line.problem("SHEET_CYCLE", "truc_thuoc"))
                return
            for each in ready:
                self._attempt(each, self._body)
            waiting = [each for each in waiting if each not in ready]

    def _is_ready(self, result: Result, waiting: list[Result]) -> bool:
        """Whether the parent is there, or for a line without one, whether no other line still has to say it."""
        above, name = fold(result.line.text("truc_thuoc")), fold(result.line.text("don_vi"))
        if above:
            return above not in {fold(each.line.text("don_vi")) for each in waiting}
        return not any(each.line.text("truc_thuoc") and fold(each.line.text("don_vi")) == name for each in waiting)

    def _body(self, result: Result) -> None:
        line = result.line
        name = fold(line.text("don_vi"))
        first = self.first_of.setdefault(name, line)
        if first is not line:
            self._require_same(line, first)
        known = self.bodies.get(name)
        above = self._above(line)
        if known is not None:
            self._change_body(result, known, above)
            return
        entry = Entry(
            line.kind or "unit",
            line.text("don_vi"),
            above.id if above else self.office_id,
            line.text("ten_tat"),
            line.text("hop_thu"),
            line.text("ma_dinh_danh"),
            line.days.get("hoat_dong_tu"),
        )
        body_id = of_bodies.enter(self.work, self.office_id, entry)
        self._know(directory.body(self.connection, body_id))
        result.note(NEW, "don_vi")

    def _require_same(self, line: Line, first: Line) -> None:
        """Two lines about one body may not say different things of it."""
        for column in ("ten_tat", "loai", "truc_thuoc", "hop_thu", "ma_dinh_danh", "hoat_dong_tu", "hoat_dong_den"):
            one, other = line.text(column), first.text(column)
            if one and other and fold(one) != fold(other):
                raise Refused.because([line.problem("SHEET_CONTRADICTS", column, row=first.number)])

    def _above(self, line: Line) -> Body | None:
        above = line.text("truc_thuoc")
        if not above:
            return None
        found = self.bodies.get(fold(above))
        if found is None:
            raise Refused.because([line.problem("SHEET_UNKNOWN_BODY", "truc_thuoc")])
        return found

    def _change_body(self, result: Result, known: Body, above: Body | None) -> None:
        line, values = result.line, {}
        if line.kind and line.kind != known.kind:
            raise Refused.because([line.problem("SHEET_KIND", "loai")])
        if line.text("ten_tat") and line.text("ten_tat") != known.short_name:
            values["short_name"] = line.text("ten_tat")
        if line.text("hop_thu") and line.text("hop_thu") != known.email:
            values["email"] = line.text("hop_thu")
        if line.days.get("hoat_dong_tu") and line.days["hoat_dong_tu"] != known.valid_from:
            values["valid_from"] = line.days["hoat_dong_tu"]  # type: ignore[assignment] # columns of several types
        if above is not None and above.id != known.parent_id:
            self._refuse_circle(line, known, above)
            values["parent_id"] = above.id  # type: ignore[assignment] # columns of several types
        code = line.text("ma_dinh_danh")
        if code and code != known.organ_code:
            directory.give_code(self.connection, known.id, code)
            result.note(CHANGED, "ma_dinh_danh")
        if values:
            directory.change_body(self.connection, known.id, **values)
            facts = {"name": known.name, "columns": sorted(values)}
            record(self.work, self.office_id, "body_changed", facts, body=known.id)
            result.note(CHANGED, "don_vi")
        if values or result.what:
            self._know(directory.body(self.connection, known.id))

    def _refuse_circle(self, line: Line, known: Body, above: Body) -> None:
        current: Body | None = above
        passed: set[int] = set()
        while current is not None and current.id not in passed:
            if current.id == known.id:
                raise Refused.because([line.problem("SHEET_CYCLE", "truc_thuoc")])
            passed.add(current.id)
            current = directory.body(self.connection, current.parent_id) if current.parent_id else None

    def _finish_body(self, result: Result) -> None:
        """The end of the body with who follows it, and the groups that it belongs to."""
        line = result.line
        body = self.bodies[fold(line.text("don_vi"))]
        last = line.days.get("hoat_dong_den")
        heir = self.bodies.get(fold(line.text("thay_bang"))) if line.text("thay_bang") else None
        if line.text("thay_bang") and heir is None:
            raise Refused.because([line.problem("SHEET_UNKNOWN_BODY", "thay_bang")])
        now = directory.body(self.connection, body.id)
        if last is not None and (now.valid_to, now.successor_id) != (last, heir.id if heir else now.successor_id):
            of_bodies.close(self.work, now, last, heir.id if heir else now.successor_id)
            result.note(CHANGED, "hoat_dong_den")
        for name in line.groups:
            group = self.bodies.get(fold(name))
            if group is None or group.kind != "group":
                raise Refused.because([line.problem("SHEET_UNKNOWN_GROUP", "thuoc_nhom", group=name[:80])])
            if body.id not in directory.members_of(self.connection, group.id):
                of_bodies.join(self.work, group, body.id)
                result.note(CHANGED, "thuoc_nhom")

    def _enter_holder(self, result: Result) -> None:
        """The post of the line and who holds it."""
        line = result.line
        if not line.text("chuc_danh"):
            return
        body = self.bodies[fold(line.text("don_vi"))]
        key = (fold(body.name), line.role, fold(line.text("chuc_danh")), fold(line.text("ho_ten")), line.text("email"))
        if self.seen.setdefault(key, line.number) != line.number:
            raise Refused.because([line.problem("SHEET_TWICE", "chuc_danh", row=self.seen[key])])
        title = line.text("chuc_danh")
        known = [
            each
            for each in directory.posts_of(self.connection, body.id)
            if each.role == line.role and each.title.casefold() == title.casefold()
        ]
        if not known:
            post_id = post(self.work, body, line.role, title, is_head=line.ticked("dung_dau"))
            known = [directory.post(self.connection, post_id)]
            result.note(NEW, "chuc_danh")
        if line.text("ho_ten"):
            self._hold(result, body, known[0].id)

    def _hold(self, result: Result, body: Body, post_id: int) -> None:
        line = result.line
        person_id = self._person(line)
        held = [
            each
            for each in directory.holdings_of_posts(self.connection, [post_id])
            if each.person_id == person_id and (each.valid_to is None or each.valid_to >= self.work.today)
        ]
        last = line.days.get("giu_den")
        if held:
            self._end(result, held[0])
            return
        if last is not None and last < self.work.today:
            return  # a holding that is over by now and that nobody knows is history that was not kept
        appointment = Appointment(
            person_id, line.text("ho_ten"), line.text("email"), line.days.get("giu_tu"), last, line.ticked("quyen")
        )
        hold(self.work, body, directory.post(self.connection, post_id), appointment)
        result.note(NEW, "ho_ten")

    def _end(self, result: Result, held: Holding) -> None:
        last = result.line.days.get("giu_den")
        if last is not None and last != held.valid_to:
            directory.end_holding(self.connection, held.id, last)
            facts = {"holding": held.id, "title": held.title, "last_day": last.isoformat()}
            record(self.work, self.office_id, "holding_ended", facts, body=held.body_id, person=held.person_id)
            result.note(CHANGED, "giu_den")

    def _person(self, line: Line) -> int | None:
        """Who is meant: by the address, else by a name that only one person has; None for somebody new."""
        people = directory.people_of_office(self.connection, self.office_id, self.work.today)
        email, name = line.text("email").casefold(), fold(line.text("ho_ten"))
        if email:
            by_address = [each for each in people if (each.email or "").casefold() == email]
            return by_address[0].id if by_address else None
        named = [each for each in people if fold(each.name) == name]
        if len(named) > 1:
            raise Refused.because([line.problem("SHEET_SEVERAL_PEOPLE", "ho_ten")])
        return named[0].id if named else None
