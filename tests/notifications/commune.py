"""A small commune with a plan, whose steps the tests open and close by hand: rows in, letters out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert, update

from notifications.due_words import HANOI
from workflows.plans.document import PlanDocument
from workflows.store import directory, issuing, plans, reporting, submitting, telling
from workflows.store.database import Database
from workflows.store.tables.issuing import register
from workflows.store.tables.processes import cases, definitions
from workflows.store.tables.reporting import cycles
from workflows.store.tables.worklist import task_groups, tasks

NOW = datetime(2026, 11, 18, 8, 30, tzinfo=HANOI)
TITLE = "Tuyên truyền cải cách hành chính trên địa bàn xã năm 2026"
BASE_URL = "http://kehoach.ducphong.gov.vn"


def day(month: int, of_month: int) -> datetime:
    """The end of this day of 2026 in the office."""
    return datetime(2026, month, of_month, 23, 59, 59, tzinfo=HANOI)


def random_looking() -> Callable[[], str]:
    """Random-looking tokens, the same in every run."""
    numbers: Iterator[int] = count(1)
    return lambda: sha256(f"token {next(numbers)}".encode()).hexdigest()[:32]


@dataclass
class Commune:
    """Ids by name; the people have posts, and mail addresses of the form <login>@ducphong.gov.vn."""

    database: Database
    bodies: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    plan_id: int = 0
    case_id: int = 0
    tokens: Callable[[], str] = field(default_factory=random_looking)
    _tasks: Iterator[int] = field(default_factory=lambda: count(1))

    def open_task(
        self,
        *groups: str,
        form: str = "ky",
        name: str = "Ký ban hành",
        due: datetime | None = None,
        assignee: int | None = None,
        excluded: tuple[int, ...] = (),
        process: str = "ke_hoach",
        case_id: int | None = None,
    ) -> str:
        """Open a step for these groups; its id."""
        with self.database.write() as connection:
            task_id = f"{case_id or self.case_id}-{next(self._tasks)}"
            row = {
                "id": task_id,
                "case_id": case_id or self.case_id,
                "process": process,
                "element": form,
                "name": name,
                "kind": "user",
                "form": form,
                "office_id": self.bodies["ubnd"],
                "plan_id": self.plan_id,
                "status": "open",
                "assignee": None if assignee is None else str(assignee),
                "due": due,
                "variables": {},
                "escalation": [],
                "excluded": [str(person) for person in excluded],
                "opened_at": NOW - timedelta(days=3),
            }
            connection.execute(insert(tasks).values(row))
            if groups:
                connection.execute(insert(task_groups), [{"task_id": task_id, "group_key": key} for key in groups])
        return task_id

    def close_task(self, task_id: str, by: str = "can_bo") -> None:
        """Somebody did the step."""
        values = {"status": "completed", "closed_by": str(self.people[by]), "closed_at": NOW}
        with self.database.write() as connection:
            connection.execute(update(tasks).where(tasks.c.id == task_id).values(values))

    def tell(self, kind: str, key: str, *, task_id: str | None = None, now: datetime = NOW, **data: Any) -> None:
        """Note an occasion in the outbox."""
        with self.database.write() as connection:
            telling.tell(
                connection,
                kind,
                key,
                now,
                office_id=self.bodies["ubnd"],
                plan_id=self.plan_id,
                task_id=task_id,
                data=data,
            )

    def group(self, role: str, body: str) -> str:
        """A group key such as can_bo@17."""
        return directory.group(role, self.bodies[body])

    def issue(self) -> None:
        """The plan gets number 16 of 20/11/2026."""
        with self.database.write() as connection:
            plans.change_plan(
                connection, self.plan_id, number=16, symbol="KH-UBND", issued_on=date(2026, 11, 20), status="in_force"
            )
            row = {
                "office_id": self.bodies["ubnd"],
                "series": "KH-UBND",
                "year": 2026,
                "number": 16,
                "symbol": "KH-UBND",
                "subject": "plan",
                "subject_id": self.plan_id,
                "title": TITLE,
                "document_on": date(2026, 11, 20),
                "status": "issued",
                "entered_at": NOW,
            }
            connection.execute(insert(register).values(row))

    def recipient(self, body: str | None, line: int = 1) -> int:
        """A line of Nơi nhận; its id."""
        with self.database.write() as connection:
            row = {
                "subject": "plan",
                "subject_id": self.plan_id,
                "line": line,
                "raw": f"- {body or 'Lưu: VT'};",
                "body_id": self.bodies[body] if body else None,
                "body_name": body or "Lưu",
                "channel": "mail" if body else "keep",
                "status": "da_gui",
            }
            issuing.add_recipients(connection, [row])
            return issuing.recipients_of(connection, "plan", self.plan_id)[-1].id

    def cycle(self, parent: str | None = "huyen", sent_at: datetime | None = None) -> int:
        """The cycle of 2026, for which Phòng Văn hóa sent its report and Trạm Y tế did not; its id."""
        with self.database.write() as connection:
            rule_id = reporting.add_rule(
                connection,
                {
                    "plan_id": self.plan_id,
                    "every": "year",
                    "units": [self.bodies["van_hoa"], self.bodies["y_te"]],
                    "focal_body_id": self.bodies["van_phong"],
                    "parent_body_id": self.bodies[parent] if parent else None,
                    "assumed": False,
                },
            )
            row = {
                "rule_id": rule_id,
                "plan_id": self.plan_id,
                "office_id": self.bodies["ubnd"],
                "key": "2026",
                "window_from": date(2025, 12, 15),
                "window_to": date(2026, 12, 14),
                "opens_on": date(2026, 11, 1),
                "unit_due": date(2026, 11, 15),
                "office_due": date(2026, 11, 19),
                "last": False,
                "number": 41,
                "symbol": "BC-UBND",
                "sent_at": sent_at,
            }
            cycle_id = int(connection.execute(insert(cycles).values(row).returning(cycles.c.id)).scalar_one())
            units = (("van_hoa", "Phòng Văn hóa - Xã hội", "da_gui"), ("y_te", "Trạm Y tế xã", "khong_gui"))
            submitting.add_submissions(
                connection,
                [
                    {
                        "cycle_id": cycle_id,
                        "body_id": self.bodies[body],
                        "body_name": name,
                        "status": status,
                        "figures": {},
                        "late": False,
                    }
                    for body, name, status in units
                ],
            )
        return cycle_id

    def case(self, process: str, **variables: object) -> int:
        """A case of its own, such as a report cycle's; its id."""
        with self.database.write() as connection:
            return _case(connection, process, self.bodies["ubnd"], self.plan_id, variables)


BODIES: tuple[tuple[str, str, str, str | None, str | None], ...] = (
    ("van_phong", "unit", "Văn phòng HĐND và UBND", None, "ubnd"),
    ("van_hoa", "unit", "Phòng Văn hóa - Xã hội", None, "ubnd"),
    ("y_te", "unit", "Trạm Y tế xã", None, "ubnd"),
    ("mat_tran", "front", "Ủy ban Mặt trận Tổ quốc Việt Nam xã Đức Phong", "mttq@ducphong.vn", "ubnd"),
    ("dang_uy", "party", "Đảng ủy xã Đức Phong", None, "ubnd"),
    ("hoi_nong_dan", "association", "Hội Nông dân xã", "nongdan@ducphong.vn", "ubnd"),
)
PEOPLE = (
    ("chu_tich", "Đinh Văn Bé", "ubnd", "chu_tich", "CHỦ TỊCH", True),
    ("pho", "Trần Thị Lan", "ubnd", "pho_chu_tich", "PHÓ CHỦ TỊCH", False),
    ("van_thu", "Lê Thị Thu", "ubnd", "van_thu", "Văn thư", False),
    ("truong_vp", "Phạm Văn Hải", "van_phong", "thu_truong", "CHÁNH VĂN PHÒNG", True),
    ("can_bo", "Nguyễn Thị Hòa", "van_phong", "can_bo", "Chuyên viên", False),
    ("truong_vh", "Võ Văn Tám", "van_hoa", "thu_truong", "TRƯỞNG PHÒNG", True),
    ("can_bo_vh", "Bùi Thị Năm", "van_hoa", "can_bo", "Chuyên viên", False),
    ("bi_thu", "Đặng Văn Sáu", "dang_uy", "thu_truong", "BÍ THƯ", True),
    ("van_thu_huyen", "Hồ Thị Bảy", "huyen", "van_thu", "Văn thư", False),
)


def found_commune(database: Database) -> Commune:
    """The commune with its bodies, people, and a plan whose case is open."""
    commune = Commune(database)
    with database.write() as connection:
        commune.bodies["huyen"] = directory.add_body(connection, kind="office", name="Ủy ban nhân dân huyện Mộ Đức")
        commune.bodies["ubnd"] = directory.add_body(
            connection,
            kind="office",
            name="Ủy ban nhân dân xã Đức Phong",
            short_name="UBND xã Đức Phong",
            parent_id=commune.bodies["huyen"],
        )
        for key, kind, name, email, office in BODIES:
            office_id = commune.bodies[office] if office else None
            commune.bodies[key] = directory.add_body(
                connection, kind=kind, name=name, email=email, office_id=office_id, parent_id=office_id
            )
        for key, name, body, role, title, is_head in PEOPLE:
            commune.people[key] = directory.add_person(connection, name, f"{key}@ducphong.gov.vn")
            post = directory.add_post(connection, commune.bodies[body], role, title, is_head=is_head)
            directory.hold(connection, post, commune.people[key])
        commune.plan_id = _plan(connection, commune)
        commune.case_id = _case(connection, "ke_hoach", commune.bodies["ubnd"], commune.plan_id, {})
        plans.change_plan(connection, commune.plan_id, case_id=commune.case_id)
    return commune


def _plan(connection: Connection, commune: Commune) -> int:
    plan_id = plans.add_plan(
        connection,
        {
            "office_id": commune.bodies["ubnd"],
            "drafting_unit_id": commune.bodies["van_phong"],
            "title": TITLE,
            "fold": "",
            "status": "routing",
            "version": 2,
            "signer_role": "chu_tich",
            "consulted": [],
            "added_recipients": [],
            "created_at": NOW,
        },
    )
    for version in (1, 2):
        plans.add_version(connection, plan_id, version, PlanDocument(), f"bản {version}", NOW, None, None)
    leads = [{"raw": "Phòng VH-XH", "body": commune.bodies["van_hoa"]}, {"raw": "ai đó", "body": None}]
    plans.add_duty(
        connection,
        {
            "plan_id": plan_id,
            "no": "1",
            "title": "Phát thanh về cải cách hành chính",
            "leads": leads,
            "coop": [],
            "products": [],
        },
    )
    return plan_id


def _case(connection: Connection, process: str, office_id: int, plan_id: int, variables: dict[str, Any]) -> int:
    definition = {
        "key": process,
        "version": 1,
        "name": process,
        "xml": "",
        "sha256": "",
        "deployment": "",
        "deployed_at": NOW,
    }
    definition_id = connection.execute(insert(definitions).values(definition).returning(definitions.c.id)).scalar_one()
    row = {
        "definition_id": definition_id,
        "process": process,
        "office_id": office_id,
        "plan_id": plan_id,
        "status": "active",
        "revision": 1,
        "state": {"status": "active", "counter": 1, "variables": {"0": variables}},
        "chain_head": "",
        "started_at": NOW,
    }
    return int(connection.execute(insert(cases).values(row).returning(cases.c.id)).scalar_one())
