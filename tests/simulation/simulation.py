"""One simulated office from a seed: what is tried next, what goes wrong meanwhile, and when everything is checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import NoReturn

from service.simulation.instants import MORNING, at_time, next_due
from service.simulation.one_plan import routing_of
from workflows.actions import Routing, confirm_reading, import_plan
from workflows.actions.import_plan import read_plan
from workflows.engine.calendar import VIETNAM

from . import commands_in_force as later
from . import commands_on_the_way as early
from .accepted import Fact, Oracle
from .commands_of_programs import drive
from .database_faults import AT_COMMIT, ONLY_WRITES
from .database_faults import KINDS as DATABASE_FAULTS
from .invariants import check_everything
from .mail_faults import FAULTS as MAIL_FAULTS
from .office import plan_text, title_of
from .plan_life import CLOSE, MISSING, Plan, local_day, state_of
from .world import Violation, World

Command = Callable[["Simulation", Plan, str], bool]
COMMANDS: Mapping[str, Command] = {
    "start": early.start,
    "act": early.act,
    "act_twice": early.act_twice,
    "act_by_stranger": early.act_by_stranger,
    "act_by_excluded": early.act_by_excluded,
    "act_on_old_text": early.act_on_old_text,
    "sign_without_proof": early.sign_without_proof,
    "return": early.return_to,
    "take_back": early.take_back,
    "claim": early.claim,
    "release": early.release,
    "pass_on": early.pass_on,
    "amend": early.amend,
    "amend_under_a_letter": early.amend_under_a_letter,
    "comment": early.say,
    "late_opinion": early.late_opinion,
    "stop": early.stop,
    "confirm": later.confirm,
    "progress": later.progress,
    "put_off": later.put_off,
    "ask_later": later.ask_later,
    "decide_later": later.decide_later,
    "give_back_report": later.give_back_report,
    "reserve": later.reserve,
    "give_up": later.give_up,
    "open_link": later.open_link,
}
MINUTE = ("sign_documents", "run_jobs", "distribute", "fire_timers", "escalate")
DAILY = ("open_duties", "open_cycles", "turn_years", "chase_receipts", "archive_plans", "checkpoint_log")
JUMPS = (timedelta(hours=-1), timedelta(days=7), timedelta(days=366))
RARE = (CLOSE, MISSING)  # where a plan does not stand long by itself
MOST_PLANS = 3
CHECKED_EVERY = 40


@dataclass
class Simulation:
    """A world with its oracle and its plans; `faulty` is the share of steps in which something goes wrong."""

    world: World
    oracle: Oracle
    faulty: float = 0.35

    def __post_init__(self) -> None:
        self.plans: list[Plan] = []
        self.nth = 0
        self.jumped = 0
        self.swept_on = ""
        self.visiting = False

    def violated(self, invariant: str, what: str) -> NoReturn:
        """What was found is no plan of ours."""
        raise Violation(invariant, what)

    def json_text(self, column: str, key: str) -> str:
        """A text in a column of JSON, as SQL."""
        return f"json_extract({column}, '$.{key}')"

    def routing(self, plan: Plan) -> Routing:
        """Whom the plan is sent to."""
        return routing_of(self.world.office, read_plan(plan.text))

    # ---- one step

    def step(self) -> None:
        """Something happens: mostly somebody does something with a plan, else the clock or the machine does."""
        chance = self.world.chance
        self.world.at_work = chance.randrange(2)
        drawn = chance.random()
        if not self.living() or (len(self.living()) < MOST_PLANS and drawn < 0.02):
            self.import_one()
        elif drawn < 0.12:
            drive(self)
        elif drawn < 0.78:
            self.somebody_acts()
        elif drawn < 0.92:
            self.clock_comes_round()
        elif drawn < 0.95:
            self.time_passes()
        elif drawn < 0.97:
            chance.choice((self.nobody_acts, self.duties_open))()
        else:
            self.memory_fails()

    def living(self) -> list[Plan]:
        """The plans that are not over."""
        return [plan for plan in self.plans if state_of(self.world, plan.id) not in ("closed", "stopped")]

    def import_one(self) -> None:
        """The drafting unit imports one more plan, and its head confirms what was read."""
        year = int(local_day(self.world.now)[:4])
        self.nth += 1
        text, title = plan_text(year, self.nth), title_of(year, self.nth)
        by, office = self.world.by_role("thu_truong", self.world.office.drafting_unit_id), self.world.office

        def deed() -> int:
            return import_plan(
                self.world.desk(by), office_id=office.id, drafting_unit_id=office.drafting_unit_id, text=text
            )

        self.arm()
        here = Fact("I1", "SELECT count(*) FROM plans WHERE title = ?", (title,), (1,))
        self.oracle.attempt("import", "none", deed, lambda _: [here])
        found = self.world.one("SELECT id FROM plans WHERE title = ?", title)
        if found is not None:
            plan = Plan(int(found), year, text)
            self.plans.append(plan)
            self.oracle.attempt("confirm_reading", "draft", lambda: confirm_reading(self.world.desk(by), plan.id))

    def somebody_acts(self) -> None:
        """A command in the state that the plan is in: half of the time what is next, else what was tried least."""
        chance = self.world.chance
        plan = chance.choice(self.plans if chance.random() < 0.2 else self.living())
        state = state_of(self.world, plan.id)
        if state == "draft":
            self.arm()
            early.start(self, plan, state)
            return
        if chance.random() < 0.3 and later.has_report_to_give_back(self, plan):
            self.arm()
            later.give_back_report(self, plan, state)
            return
        goes_on = 0.2 if state in RARE else 0.5
        if chance.random() < goes_on and early.act(self, plan, self._armed(state)):
            return
        for name in self._least_tried(state):
            self.arm()
            if COMMANDS[name](self, plan, state):
                return
        self.world.faults.disarm()

    def _armed(self, state: str) -> str:
        self.arm()
        return state

    def _least_tried(self, state: str) -> Sequence[str]:
        """Commands in the order in which this state has seen them least, with some chance; stopping is rare."""
        tried, chance = self.oracle.report.tried, self.world.chance
        names = [name for name in COMMANDS if name not in ("act", "stop") or chance.random() < 0.05]
        return sorted(names, key=lambda name: tried[state, name] * chance.random() + chance.random())

    # ---- the clock

    def clock_comes_round(self) -> None:
        """Some sweeps in any order, one of them perhaps twice, and the letters; the other process in between."""
        chance = self.world.chance
        kinds = chance.sample(MINUTE, chance.randint(1, 3)) + chance.sample(DAILY, chance.randint(0, 2))
        if chance.random() < 0.3:
            kinds.append(chance.choice(kinds))
        for kind in kinds:
            self.arm(meanwhile=kind)
            ended, swept = self.oracle.attempt(f"sweep_{kind}", self._some_state(), partial(self.world.sweep, kind))
            if kind == "fire_timers" and ended == "done" and swept.found == swept.done and not self.world.faults.struck:
                self._no_timer_was_missed()
        if chance.random() < 0.7:
            self.letters_leave()

    def _no_timer_was_missed(self) -> None:
        late = self.world.look("SELECT case_id, timer_id FROM timers WHERE due <= ?", self.world.at(self.world.now))
        if late:
            self.violated("I7", f"timers that were due and were passed over: {late}")

    def letters_leave(self) -> None:
        """Letters are written and sent; the mail server may misbehave."""
        chance = self.world.chance
        self.arm(meanwhile="deliver")
        if chance.random() < 1.4 * self.faulty:
            self.world.server.arm(chance.choice(sorted(MAIL_FAULTS)), chance.choice((1, 1, 2, 5)))
        if chance.random() < 0.3:
            self.world.server.during = chance.choice(
                (self._a_long_pause, lambda: self._other_process(self.world.deliver))
            )
        before = len(self.world.server.taken)
        ended, _ = self.oracle.attempt("deliver", self._some_state(), self.world.deliver)
        if ended == "unknown":
            self.world.server.doubtful.update({each.message_id for each in self.world.server.taken[before:]})
        self.world.server.disarm()

    def _a_long_pause(self) -> None:
        """The sender stands still while it hands a letter over, for longer than its lease; the other goes on."""
        if self.visiting:
            return
        taken = self.world.server.taken
        self.world.server.doubtful.update({taken[-1].message_id} if taken else set())
        self.world.wait(minutes=11)
        self._other_process(self.world.deliver)

    def _other_process(self, deed: Callable[[], object]) -> None:
        """The other process does something meanwhile, without faults; not in the middle of such a visit itself."""
        if self.visiting:
            return
        self.visiting, faults = True, self.world.faults
        kept = (faults.kind, faults.between, self.world.at_work)
        faults.kind, faults.between, self.world.at_work = None, None, 1 - self.world.at_work
        try:
            deed()
        finally:
            faults.kind, faults.between, self.world.at_work = kept
            self.visiting = False

    def _some_state(self) -> str:
        found = self.living()
        return state_of(self.world, self.world.chance.choice(found).id) if found else "none"

    def time_passes(self) -> None:
        """Until something is due, some hours, a boundary of the calendar, or a jump of the clock."""
        chance, now = self.world.chance, self.world.now
        drawn = chance.random()
        if drawn < 0.45:
            with self.world.without_faults(), self.world.database.read() as connection:
                ahead = next_due(connection, now)
            self.world.now = min(ahead, now + timedelta(days=20)) if ahead else now + timedelta(days=5)
        elif drawn < 0.8:
            self.world.wait(minutes=chance.randint(1, 60 * 30))
        elif drawn < 0.9 and self.jumped < 3:
            self.jumped += 1
            self.world.now += chance.choice(JUMPS)
        else:
            self.world.now = boundary_after(now, chance.randrange(6))
            if self.plans:  # the number that is taken at the turn of a day or a year has that day and that year
                later.reserve(self, self.plans[0], state_of(self.world, self.plans[0].id))
        self.oracle.trace.append(f"clock: {self.world.now.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}")

    def nobody_acts(self) -> None:
        """Some rungs of the ladders come one after another, while everybody leaves everything alone."""
        ahead = "SELECT min(next_escalation_at) FROM tasks WHERE status = 'open' AND next_escalation_at > ?"
        for _ in range(self.world.chance.randint(2, 4)):
            rung = self.world.one(ahead, self.world.at(self.world.now))
            if rung is None:
                break
            self.world.now = datetime.fromisoformat(rung).replace(tzinfo=UTC)
            self.oracle.trace.append(f"clock: {self.world.now.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}")
            self.arm(meanwhile="escalate")
            self.oracle.attempt("sweep_escalate", self._some_state(), partial(self.world.sweep, "escalate"))

    def duties_open(self) -> None:
        """The morning of a day on which duties open: both clocks see them before either has opened any."""
        wanted = """SELECT min(o.opens_on) FROM occurrences o JOIN duties d ON d.id = o.duty_id
            JOIN plans p ON p.id = d.plan_id WHERE o.opened_at IS NULL AND o.passed_over IS NULL
            AND p.status = 'in_force'"""
        day = self.world.one(wanted)
        if day is None:
            return
        self.world.now = max(self.world.now, at_time(date.fromisoformat(day), MORNING))
        self.oracle.trace.append(f"clock: {self.world.now.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}")
        faults, sweep = self.world.faults, partial(self.world.sweep, "open_duties")
        faults.between, faults.borders = lambda: self._other_process(lambda: self.world.sweep("open_duties")), 1
        self.oracle.attempt("sweep_open_duties", self._some_state(), sweep)

    # ---- what goes wrong

    def arm(self, *, meanwhile: str = "") -> None:
        """Perhaps something goes wrong in what comes next, or the other process acts in its middle, often the same."""
        chance = self.world.chance
        if chance.random() < self.faulty:
            kind = chance.choice(DATABASE_FAULTS)
            few = kind in AT_COMMIT or kind in ONLY_WRITES
            self.world.faults.arm(kind, chance.choice((1, 1, 2, 3)) if few else chance.randint(1, 40))
        if chance.random() < self.faulty / 2:
            self.world.signer_fails = 1
        if meanwhile and chance.random() < self.faulty:
            others = (*MINUTE, "open_duties", "open_cycles", "deliver")
            kind = meanwhile if chance.random() < 0.7 else chance.choice(others)
            deed = self.world.deliver if kind == "deliver" else lambda: self.world.sweep(kind)
            self.world.faults.between = lambda: self._other_process(deed)
            self.world.faults.borders = chance.choice((1, 1, 1, 2, 3, 6))

    def memory_fails(self) -> None:
        """A process loses what it remembers, or finds itself with what it remembered some time ago."""
        draw = self.world.chance.choice((self.world.restart, self.world.remember_then, self.world.remember_again))
        draw()
        self.oracle.trace.append(f"process {self.world.at_work}: {draw.__name__}")

    # ---- checking

    def check(self, *, at_rest: bool = False) -> None:
        """Every invariant; at rest also those that hold only when nothing is on its way."""
        self.oracle.recheck()
        check_everything(self.world, at_rest=at_rest)
        self.oracle.report.checks += 1


def boundary_after(now: datetime, which: int) -> datetime:
    """The next instant at which a day, a month, a year or a deadline turns, to the microsecond; in Việt Nam."""
    local = now.astimezone(VIETNAM)
    midnight = datetime(local.year, local.month, local.day, tzinfo=VIETNAM)
    new_year = datetime(local.year + 1, 1, 1, tzinfo=VIETNAM)
    tick = timedelta(microseconds=1)
    return [
        midnight + timedelta(days=1) - tick,
        midnight + timedelta(days=1),
        new_year - tick,
        new_year + timedelta(minutes=30),
        datetime(local.year, 12, 31, 23, 30, tzinfo=UTC).astimezone(VIETNAM),
        midnight + timedelta(days=1, hours=17),
    ][which]
