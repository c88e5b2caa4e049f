"""Forms as the pages show them, filled in as nobody should: never a failure of ours, never a trace or JSON, nothing
changes by a refusal, and where the form is shown again it holds what was typed."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from starlette.testclient import TestClient

from service.auth.form import URLENCODED, clean
from tests.actions.small_office import everything
from tests.nightly import NIGHTLY, SEED, seed, size
from tests.pages.conftest import House, Stages, house_of
from tests.pages.hostile import Attack, Found, attacks, forms_of
from tests.pages.page_client import HOST, Page, faults_of
from tests.shelf import Server
from tests.stories.remembered import raw
from workflows.store.database import Database

# Rows that say who looked in, who tried and how often, and what a form held: not what was done.
OF_VISITS = {"sessions", "accounts", "task_openings", "versions_seen", "code_failures", "form_drafts"}
BY_CHANCE = seed() if NIGHTLY or SEED in os.environ else 59
TYPED = ("text", "search", "number", "date", "textarea")
# Codes and addresses that are secrets are typed anew.
NEVER_SHOWN = {"ma", "ma_ky", "dia_chi_kenh"}
# What a script of the page asks with a form, and is answered in its own way.
OF_SCRIPTS = ("/dang-sua", "/toi/nhap", "/toi/bao-mat/khoa")
# Where each begins to look for forms, and at which step of the plan.
SCENES = {
    "drafter": ("drafting", "thu_truong", ("/viec", "/ke-hoach/moi", "/to-chuc/uy-quyen/moi", "/toi/thong-bao")),
    "clerk": ("in_force", "van_thu", ("/so-van-ban", "/so-van-ban-den/moi", "/chi-so", "/mau-van-ban", "/bao-cao")),
    "chair": ("signing", "chu_tich", ("/viec", "/to-chuc/vang-mat", "/toi/bao-mat", "/quy-dinh")),
    "admin": ("in_force", "quan_tri", ("/to-chuc", "/kenh-tin", "/cac-muc-nhac", "/su-co", "/giu-quy-trinh")),
    "form": ("checking", "the_thuc", ("/viec", "/ke-hoach")),
    "unit": ("in_force", "thu_truong", ("/viec", "/nhiem-vu", "/bao-cao")),
}


@dataclass
class Besieged:
    """An office that is put back as it was after each form that was taken."""

    house: House
    forms: Mapping[str, Found]
    cookies: dict[str, str]
    server: Server | None = None  # None: in memory

    def __post_init__(self) -> None:
        self.kept: Any = self._kept()
        self.before = self.rows()

    def _kept(self) -> Any:
        if self.server is not None:
            return self.server.freeze(self.house.cast.database)
        with raw(self.house.cast.database) as connection:
            return connection.serialize()

    def rows(self) -> dict[str, list[Any]]:
        """Everything but what visits leave."""
        return {name: rows for name, rows in everything(self.house.cast.database).items() if name not in OF_VISITS}

    def put_back(self) -> None:
        """As before the form was sent, so that no attack hangs on the one before it and each is shown again alone."""
        if self.server is not None:
            self.server.put_back(self.house.cast.database, self.kept)
            return
        with raw(self.house.cast.database) as connection, closing(sqlite3.connect(":memory:")) as kept:
            kept.deserialize(self.kept)
            kept.backup(connection)

    def send(self, attack: Attack) -> list[Any]:
        """What each of its posts is answered; whatever goes wrong in the program is an answer with 500."""
        browser = TestClient(
            self.house.app, HOST, raise_server_exceptions=False, follow_redirects=False, cookies=self.cookies
        )
        sent = {"content": attack.body(), "headers": {"content-type": URLENCODED}}
        return [browser.post(attack.found.action, **sent) for _ in range(2 if attack.trick == "twice" else 1)]


@pytest.fixture(params=size(["drafter", "clerk"], list(SCENES)))
def besieged(request: pytest.FixtureRequest, stages: Stages, tmp_path: Path) -> Iterator[Besieged]:
    """The office at this step, and the forms that this person finds."""
    name, role, starts = SCENES[request.param]
    cast = stages.open(name, tmp_path)
    server = stages.shelf if isinstance(stages.shelf, Server) else None
    if server is None:
        cast.database = in_memory(cast.database)
    with closing(cast.database):
        house = house_of(cast, tmp_path)
        browser = house.browser(role, cast.office.drafting_unit_id if role == "thu_truong" else None)
        forms = forms_of(browser, starts, size(20, 250))
        assert len(forms) > 8
        yield Besieged(house, forms, dict(browser.http.cookies), server)


def in_memory(kept: Database) -> Database:
    """The same in memory, where it is put back fast; a page that opens a transaction in another one fails there."""
    database = Database("sqlite://")
    with raw(database) as connection, closing(sqlite3.connect(str(kept.engine.url.database))) as file:
        file.backup(connection)
    kept.close()
    return database


def test_whatever_is_typed_is_answered_in_words_and_changes_nothing_where_it_is_refused(besieged: Besieged) -> None:
    told: Counter[int] = Counter()
    print(f"again: {SEED}={BY_CHANCE}")  # noqa: T201 - shown with what fails

    @seeded(BY_CHANCE)
    @settings(
        max_examples=size(40, 1_500),
        database=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(attack=attacks(besieged.forms))
    def hold(attack: Attack) -> None:
        answers = besieged.send(attack)
        answer = answers[-1]
        told[answer.status_code] += 1
        if any(each.status_code < 400 for each in answers):
            besieged.put_back()
        else:
            now = besieged.rows()
            changed = [name for name, rows in now.items() if rows != besieged.before[name]]
            besieged.put_back()
            assert not changed, attack
        assert list(faults_in(attack, answer)) == []

    hold()
    assert told[303] and told[403] and told[422] > told[401], told


def test_what_was_put_back_is_as_it_was_and_who_is_signed_in_still_is(besieged: Besieged) -> None:
    """Else the search would be blind: each form would be refused by its token, and none could be shown again alone."""
    plain = [Attack(found, list(found.form.filled().items()), "") for found in list(besieged.forms.values())[:6]]
    for each in plain:
        (answer,) = besieged.send(each)
        besieged.put_back()
        assert besieged.rows() == besieged.before
        (again,) = besieged.send(each)
        besieged.put_back()
        assert again.status_code == answer.status_code != 403


def faults_in(attack: Attack, answer: Any) -> Iterator[str]:
    """What is wrong with an answer to this form."""
    if answer.status_code == 303 or attack.found.action.endswith(OF_SCRIPTS):
        return
    if answer.status_code >= 500 or not answer.headers["content-type"].startswith("text/html"):
        yield f"{answer.status_code} {answer.headers['content-type']} {answer.text[-400:]}"
        return
    page = Page(attack.found.action, answer.status_code, answer.text, answer.headers)
    hidden = {each.name for each in attack.found.form.controls if each.kind == "hidden"}
    language = "en" if page.lang == "en" else "vi"  # one of the forms chooses it
    for fault in faults_of(page, language):  # nobody can be sent to a field that is not shown
        if not any(fault.startswith(f"link to #o-{name},") for name in hidden):
            yield fault
    if answer.status_code >= 400 and attack.trick in {"", "twice"}:
        yield from _lost(attack, page)


def _lost(attack: Attack, page: Page) -> Iterator[str]:
    """What somebody typed into a field that is shown again without it."""
    shown: dict[str, list[list[str]]] = {}
    for form in page.forms:
        if (form.action or page.path) == attack.found.action:
            for control in form.controls:
                shown.setdefault(control.name, []).append(clean(control.value).split())
    typed = {each.name for each in attack.found.form.controls if each.kind in TYPED and each.name not in NEVER_SHOWN}
    for name, value in attack.sent:
        words = clean(value).split()
        if words and name in typed and name in shown and words not in shown[name]:
            yield f"{name} was {value[:60]!r} and is {shown[name]}"
