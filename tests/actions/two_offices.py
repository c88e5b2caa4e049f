"""A commune that issues a plan, and the district's own installation that receives it: two databases, one clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from notifications.exchange.folder import FolderCarrier
from tests.actions.small_office import PLAN, START
from tests.stories.cast import Cast
from workflows.actions import Desk
from workflows.actions.desk import Swept
from workflows.actions.exchanging.carrier import Carrier
from workflows.actions.exchanging.carry import exchange_documents
from workflows.engine.actor import CLOCK, Actor
from workflows.store import directory, exchange, incoming, issuing
from workflows.store.database import Database
from workflows.store.exchange import Sealed
from workflows.store.issuing import Recipient
from workflows.store.tables.books import incoming as incoming_rows
from workflows.store.tables.exchange import envelopes

COMMUNE, DISTRICT = "000.12.30.H56", "000.00.30.H56"


@dataclass
class TwoOffices:
    """The commune's cast, and the district's database with its office and its clerk."""

    cast: Cast
    district: Database
    office_id: int
    unit_id: int
    clerk: Actor
    chairman: Actor
    ours: Sequence[Carrier]
    theirs: Sequence[Carrier]

    def desk(self, by: Actor | None = None) -> Desk:
        """A desk in the district, of its clerk where nobody else is named."""
        return Desk(self.district, self.cast.now, by or self.clerk)

    def sweep(self) -> tuple[Swept, Swept]:
        """The clock of both comes round: what the commune sends arrives, and what the district answers."""
        there = exchange_documents(self.cast.clock, self.ours)
        back = exchange_documents(self.desk(CLOCK), self.theirs)
        exchange_documents(self.cast.clock, self.ours)
        return there, back

    def later(self, **by: float) -> None:
        """Time passes for both."""
        self.cast.now += timedelta(**by)

    def issue(self) -> None:
        """The plan goes its way to its addressees."""
        exchange_documents(self.cast.clock, self.ours)  # so that distribution knows whom the exchange reaches
        self.cast.import_and_start()
        self.cast.pass_to_force()

    def line(self) -> Recipient:
        """The district's line on Nơi nhận."""
        with self.cast.database.read() as connection:
            found = issuing.recipients_of(connection, "plan", self.cast.plan_id)
        return next(each for each in found if each.channel == "edxml")

    def waiting(self) -> list[Sealed]:
        """What waits for the district's clerk."""
        with self.district.read() as connection:
            return exchange.waiting(connection, [self.office_id])

    def entered(self) -> list[incoming.Incoming]:
        """The district's register of what comes in."""
        with self.district.read() as connection:
            rows = connection.execute(incoming_rows.select().order_by(incoming_rows.c.id)).all()
        return [incoming.line_of_row(row._mapping) for row in rows]

    def messages(self, database: Database, direction: str) -> list[str]:
        """The messages that one side has, in order."""
        wanted = envelopes.select().where(envelopes.c.direction == direction).order_by(envelopes.c.id)
        with database.read() as connection:
            return [row.message for row in connection.execute(wanted)]


def two_offices(ours: Database, theirs: Database, folder: Path) -> TwoOffices:
    """Both offices with their codes, and a folder between them; nothing is issued yet."""
    cast = Cast.for_plan(ours, PLAN, START)
    with ours.write() as connection:
        directory.give_code(connection, cast.office.id, COMMUNE)
        body = directory.find_body(connection, cast.office.id, "UBND huyện Bình Minh", START.date())
        assert body is not None
        directory.give_code(connection, body.id, DISTRICT)
        # The district has an installation of its own, so here it is only somebody to write to.
        connection.exec_driver_sql(f"UPDATE bodies SET kind = 'agency' WHERE id = {body.id}")
    with theirs.write() as connection:
        office = directory.add_body(connection, kind="office", name="UBND huyện Bình Minh", place="Bình Minh")
        directory.give_code(connection, office, DISTRICT)
        unit = directory.add_body(connection, kind="unit", name="Phòng Nội vụ", office_id=office, parent_id=office)
    clerk = Actor("1", "Lê Thị Thư", groups=frozenset({f"van_thu@{office}", f"thanh_vien@{office}"}))
    chairman = Actor("2", "Phan Văn Trị", groups=frozenset({f"chu_tich@{office}"}))
    mine, other = folder / "xa", folder / "huyen"
    for one in (mine, other):
        (one / "inbox").mkdir(parents=True)
    (mine / "sent").symlink_to(other / "inbox")
    (other / "sent").symlink_to(mine / "inbox")
    return TwoOffices(
        cast,
        theirs,
        office,
        unit,
        clerk,
        chairman,
        [FolderCarrier({DISTRICT: mine})],
        [FolderCarrier({COMMUNE: other})],
    )
