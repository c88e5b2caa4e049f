"""The people of one office in a story: each acts through the same verbs as a page or a letter would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from service.auth.actor import actor_of, standing_for
from service.demo.found_office import Office, found_office
from service.simulation.instants import next_due
from service.simulation.one_plan import routing_of
from workflows.actions import (
    SWEEPS,
    Desk,
    Done,
    Routing,
    act_on_task,
    confirm_reading,
    deploy_library,
    import_plan,
    start_plan,
    step_up_for_task,
)
from workflows.engine.actor import CLOCK, Actor
from workflows.engine.calendar import VIETNAM
from workflows.plans.authority import Matter
from workflows.plans.read_text import read_text
from workflows.store import clockwork, directory, plans
from workflows.store.database import Database
from workflows.store.worklist import TaskRow, open_tasks_of

from .remembered import remembered

BASE_URL = "http://kehoach.example"


def plan_text(file: str) -> str:
    """The text of one of the five real plans."""
    return (files("service.demo") / "plans" / file).read_text(encoding="utf-8")


def day(year: int, month: int, number: int, hour: int = 9, minute: int = 0) -> datetime:
    """An instant in Việt Nam."""
    return datetime(year, month, number, hour, minute, tzinfo=VIETNAM)


@dataclass
class Cast:
    """An office, its plan, and the hands of its clock; `now` moves only when the story says so."""

    database: Database
    office: Office
    text: str
    now: datetime
    channel: MemoryChannel
    plan_id: int = 0

    @classmethod
    def for_plan(cls, database: Database, text: str, now: datetime) -> Cast:
        """Found the office that issues the plan, with everybody whom the plan names."""
        cast = cls(database, Office(0, 0, 0, {}), text, now, MemoryChannel())
        cast.office = cast.found()
        return cast

    @remembered
    def found(self) -> Office:
        """The office with its processes and its calendar."""
        deploy_library(self.clock)
        with self.database.write() as connection:
            clockwork.seed_calendar(connection, range(self.now.year - 1, self.now.year + 6))
            return found_office(connection, read_text(self.text), {})

    @property
    def clock(self) -> Desk:
        """The desk of the clock."""
        return Desk(self.database, self.now, CLOCK)

    def actor(self, role: str, body_id: int | None = None, nth: int = 0) -> Actor:
        """Whoever holds this role in this body (the office itself by default)."""
        with self.database.read() as connection:
            group = directory.group(role, body_id or self.office.id)
            holder = directory.holders_of(connection, group, self.now.astimezone(VIETNAM).date())[nth]
            actor = actor_of(connection, holder.person_id, holder.name, self.now)
            return standing_for(connection, actor, Matter((group,)), self.now).actor

    def desk(self, role: str, body_id: int | None = None, nth: int = 0) -> Desk:
        """The desk of whoever holds this role."""
        return Desk(self.database, self.now, self.actor(role, body_id, nth))

    def drafter(self) -> Desk:
        """The desk of the head of the drafting unit."""
        return self.desk("thu_truong", self.office.drafting_unit_id)

    @remembered
    def import_and_start(self, routing: Routing | None = None) -> int:
        """The drafting unit imports the plan, confirms what was read, and starts it."""
        self.plan_id = import_plan(
            self.drafter(), office_id=self.office.id, drafting_unit_id=self.office.drafting_unit_id, text=self.text
        )
        confirm_reading(self.drafter(), self.plan_id)
        return start_plan(self.drafter(), self.plan_id, routing or routing_of(self.office, read_text(self.text)))

    def open(self, element: str | None = None) -> list[TaskRow]:
        """The open tasks of people, oldest first."""
        with self.database.read() as connection:
            found = [task for task in open_tasks_of(connection, plan_id=self.plan_id) if task.kind == "user"]
        return [task for task in found if element is None or task.element == element]

    def waiting_at(self) -> set[str]:
        """The steps at which the plan's own life waits for somebody."""
        return {task.element for task in self.open() if task.process == "ke_hoach"}

    def seen_hash(self) -> str:
        """The hash of the text that everybody sees now."""
        with self.database.read() as connection:
            return plans.current_version(connection, self.plan_id).content_hash

    def act(
        self, element: str, fields: Mapping[str, str], actor: Actor | None = None, *, seen: str | None = None
    ) -> Done:
        """Somebody who may does the one open task at this step."""
        (task,) = self.open(element)
        return self.do(task, fields, actor, seen=seen)

    def do(
        self, task: TaskRow, fields: Mapping[str, str], actor: Actor | None = None, *, seen: str | None = None
    ) -> Done:
        """Somebody who may does this task."""
        role, body_id = directory.parse_group(task.groups[0])
        by = actor or self.actor(role, body_id)
        desk = Desk(self.database, self.now, by)
        step_up_for_task(desk, task, "simulated")
        return act_on_task(desk, task.id, fields, seen_hash=seen or self.seen_hash())

    @remembered
    def pass_to_signature(self) -> None:
        """Draft, checks and opinions, all without remarks."""
        self.act("soan_thao", {})
        self.act("kiem_tra_noi_dung", {"ket_qua": "dat"})
        self.act("kiem_tra_the_thuc", {"ket_qua": "dat"})
        for task in self.open("lay_y_kien"):
            if task.id in {one.id for one in self.open("lay_y_kien")}:
                self.do(task, {"ket_qua": "nhat_tri"})
        if self.open("tiep_thu"):
            self.act("tiep_thu", {"lay_lai": "khong"})

    @remembered
    def pass_to_force(self) -> None:
        """From the first draft to the day when everybody on Nơi nhận has it."""
        self.pass_to_signature()
        self.act("trinh_ky", {"ket_qua": "ky"})
        self.act("cap_so", {})
        self.act("phat_hanh", {})

    def check_report(self) -> None:
        """What was consolidated passes both checks (NĐ 30/2020 Điều 12) and waits for its signature."""
        for check in ("kiem_tra_noi_dung_bao_cao", "kiem_tra_the_thuc_bao_cao"):
            self.act(check, {"ket_qua": "dat"})

    @remembered
    def sweep(self) -> None:
        """The clock comes round once, and the letters leave."""
        for kind in ("open_duties", "open_cycles", "fire_timers", "escalate"):
            SWEEPS[kind](self.clock, 500)
        tokens = iter(range(10**9))
        deliver(
            self.database, self.now, self.channel, base_url=BASE_URL, tokens=lambda: f"{self.now:%s}{next(tokens):022x}"
        )

    def wait(self, until: datetime) -> None:
        """Let time pass; the clock comes round whenever something is due on the way, and at the end."""
        while self.now < until:
            with self.database.read() as connection:
                ahead = next_due(connection, self.now)
            self.now = min(ahead or until, until)
            self.sweep()

    def subjects(self) -> list[str]:
        """The subjects of all letters so far."""
        return [letter.subject for letter in self.channel.letters]
