"""No generated call of the interface is answered otherwise than its document says, and none with a failure of ours.

The test command calls each operation once through its coverage phase, by whoever may do it. `KEHOACH_NIGHTLY=1` calls
everything by everybody in every phase, on PostgreSQL too, from another seed each night.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from fastapi import FastAPI

from service.api import jobs
from service.app import create_app
from service.settings import Settings
from tests.actions.colleagues import number
from tests.actions.field import Field
from tests.actions.small_office import started
from tests.api.conftest import PROCESS, WAITS
from tests.nightly import NIGHTLY, size
from tests.stories.cast import Cast
from workflows.actions import create_token, start_process
from workflows.actions.api_tokens import Scopes, create_own_token
from workflows.actions.desk import Desk
from workflows.store import accounts
from workflows.store.database import Database

EVERY_SCOPE = ("worker", "admin", "person", "people")
LASTS = timedelta(days=30)


class Callers:
    """An office with a plan and open cases, its interface, and a token of each role."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.cast: Cast = started(database)
        field = Field(database, self.cast.now)
        field.deploy(PROCESS)
        field.deploy(WAITS)
        for turn in range(3):
            for key in ("P", "W"):
                start_process(field.desk(), key, {"so": 1}, f"{key}{turn}", office_id=self.cast.office.id)
        numbers = count()
        self.field = field
        self.app: FastAPI = create_app(
            Settings(base_url="http://testserver", data_dir=folder),
            database,
            lambda: self.cast.now,
            lambda: f"{next(numbers):032d}",
        )

    def nobody(self) -> str:
        return ""

    def worker(self) -> str:
        return self._machine(Scopes(["ky_so"], ["da_tra"], ["het_gio"]))

    def administrator(self) -> str:
        return self._machine(Scopes(["*"], ["*"], ["*"], True))

    def approver(self) -> str:
        return self._person(self.cast.desk("chu_tich", self.cast.office.id))

    def secretary(self) -> str:
        return self._person(self.cast.desk("van_thu", self.cast.office.id))

    def drafter(self) -> str:
        return self._person(self.cast.drafter())

    def _machine(self, scopes: Scopes) -> str:
        create_token(self.field.desk(), "máy", "kh_" + "1" * 40, scopes, office_id=self.cast.office.id, lasts=LASTS)
        return "kh_" + "1" * 40

    def _person(self, desk: Desk) -> str:
        with self.cast.database.write() as connection:
            if accounts.account_of(connection, number(desk)) is None:
                accounts.add_account(connection, number(desk), f"nguoi{number(desk)}", "không có mật khẩu")
        create_own_token(desk, "máy tính bàn", "kh_" + "2" * 40, LASTS)
        return "kh_" + "2" * 40


# Each role, and what it calls in the test command.
ROLES: dict[str, tuple[Callable[[Callers], str], tuple[str, ...]]] = {
    "nobody": (Callers.nobody, ()),
    "worker": (Callers.worker, ("worker",)),
    "administrator": (Callers.administrator, ("admin",)),
    "drafter": (Callers.drafter, ("person", "people")),
    "approver": (Callers.approver, ()),
    "secretary": (Callers.secretary, ()),
}
PLACES = ["memory"] if not NIGHTLY else ["memory", "postgres_database"]


@pytest.mark.postgres
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("role", size([each for each in ROLES if ROLES[each][1]], list(ROLES)))
def test_every_answer_is_as_the_document_says(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, role: str
) -> None:
    from tests.api.generated import PHASES, call_everything  # noqa: PLC0415 - one worker of many needs schemathesis

    monkeypatch.setattr(jobs, "LOOK_SECONDS", 1_000)  # a worker that waits for a job would wait for real
    callers = Callers(request.getfixturevalue(place), tmp_path)
    token, scopes = ROLES[role]
    found = call_everything(
        callers.app,
        token(callers),
        size(("examples", "coverage"), PHASES),
        size(5, 40),
        size(scopes, EVERY_SCOPE),
        methods=NIGHTLY,
    )
    assert found.failures == {}, "\n".join(f"{title}\n   {told}" for title, told in found.failures.items())
    assert sum(found.calls.values()) > size(100, 2_000)
    assert not [status for status in found.calls if status >= 500]
