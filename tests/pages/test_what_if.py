"""Nếu … thì sao: what will be late when people are away; nothing is written, nobody is told, no mistake costs."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from service.simulation.what_if import Assumed, what_if
from service.words.dates import day_words
from tests.actions.small_office import everything
from tests.cli.command import kehoach
from tests.pages.conftest import Stage
from workflows.errors import Refused
from workflows.store import directory
from workflows.store.local_days import local_day
from workflows.store.screens.roster import Away
from workflows.store.tables.directory import delegations

FORM = "/so-lieu/gia-dinh"


def test_an_absence_makes_late_what_would_have_been_done_in_time(stage: Stage) -> None:
    house = stage("signing")
    cast, today = house.cast, local_day(house.cast.now)
    signer = int(cast.actor("chu_tich").person or 0)
    until = today + timedelta(days=60)
    before = everything(cast.database)
    quiet = what_if(cast.database, Assumed(cast.office.id, until, days=1), cast.now)
    away = (Away(signer, today, today + timedelta(days=30)),)
    found = what_if(cast.database, Assumed(cast.office.id, until, away, days=1), cast.now)
    assert everything(cast.database) == before, "the real database is only read"
    assert cast.channel.letters == [], "and nobody is written to"
    assert [each for each in quiet.late if each.cause == "absence"] == []
    (late,) = [each for each in found.late if each.cause == "absence"]
    assert late.step == cast.open("trinh_ky")[0].name
    assert late.because == (cast.actor("chu_tich").name,)
    assert late.expected is not None
    assert local_day(late.expected) > today + timedelta(days=30)
    assert (late.days or 0) > 0
    assert found.tasks > 1, "the case went on to the steps that follow"


def test_who_holds_the_absent_ones_authority_does_it_in_time(stage: Stage) -> None:
    house = stage("signing")
    cast, today = house.cast, local_day(house.cast.now)
    signer, deputy = (int(cast.actor(role).person or 0) for role in ("chu_tich", "pho_chu_tich"))
    row = {
        "from_person_id": signer, "to_person_id": deputy, "capacity": "TUQ.", "basis": "QĐ 1", "document_no": "1/QĐ",
        "groups": [directory.group("chu_tich", cast.office.id)],
        "valid_from": cast.now - timedelta(days=1), "valid_to": cast.now + timedelta(days=90),
    }  # fmt: skip
    with cast.database.write() as connection:
        connection.execute(delegations.insert().values(row))
    away = (Away(signer, today, today + timedelta(days=30)),)
    found = what_if(cast.database, Assumed(cast.office.id, today + timedelta(days=60), away, days=1), cast.now)
    assert [each for each in found.late if each.cause == "absence"] == []


def test_holidays_stretch_what_is_counted_in_working_days(stage: Stage) -> None:
    house = stage("signing")
    cast, today = house.cast, local_day(house.cast.now)
    until = today + timedelta(days=60)
    holidays = tuple(today + timedelta(days=number) for number in range(1, 20))
    plain = what_if(cast.database, Assumed(cast.office.id, until, days=2), cast.now)
    free = what_if(cast.database, Assumed(cast.office.id, until, (), holidays, days=2), cast.now)
    assert len(free.late) > len(plain.late)


@pytest.mark.parametrize(
    ("until", "away", "days", "code"),
    [
        (0, (), None, "BAD_HORIZON"),
        (999, (), None, "BAD_HORIZON"),
        (9, (1,), None, "BAD_AWAY"),
        (9, (), -1, "BAD_PACE"),
    ],
)
def test_assumptions_without_sense_are_refused(
    stage: Stage, until: int, away: tuple[int, ...], days: int | None, code: str
) -> None:
    cast = stage("empty").cast
    today = local_day(cast.now)
    absences = tuple(Away(each, today, today - timedelta(days=1)) for each in away)
    with pytest.raises(Refused) as refused:
        what_if(cast.database, Assumed(cast.office.id, today + timedelta(days=until), absences, (), days), cast.now)
    assert refused.value.code == code


def test_the_page_names_what_is_late_and_because_of_whom(stage: Stage) -> None:
    house = stage("signing")
    cast, today = house.cast, local_day(house.cast.now)
    browser, signer = house.browser("van_thu"), cast.actor("chu_tich")
    typed = {
        "nguoi-1": signer.person or "",
        "tu_ngay-1": day_words(today),
        "den_ngay-1": day_words(today + timedelta(days=30)),
        "so_ngay": "1",
    }
    page = browser.submit(browser.get(FORM), FORM, typed)
    assert f"vắng mặt: {signer.name}" in page.html
    assert cast.open("trinh_ky")[0].name in page.html
    assert page.form(FORM).filled()["tu_ngay-1"] == typed["tu_ngay-1"], "the next question begins from this one"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"den_het": "32/13/2022"}, "không phải là một ngày có thật"),
        ({"den_het": "01/01/1999"}, "phải sau hôm nay"),
        ({"tu_ngay-2": "01/08/2022", "den_ngay-2": "02/08/2022"}, "Hãy chọn người vắng"),
        ({"ngay_nghi": "mai"}, "không phải là một ngày có thật"),
        ({"so_ngay": "nhiều"}, "từ 0 đến 250"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(stage: Stage, typed: dict[str, str], sentence: str) -> None:
    browser = stage("signing").browser("van_thu")
    page = browser.submit(browser.get(FORM), FORM, typed, status=422)
    assert sentence in page.html
    assert page.form(FORM).filled() | typed == page.form(FORM).filled()


def test_another_office_cannot_be_asked_about(stage: Stage) -> None:
    house = stage("signing")
    browser = house.browser("thu_truong", house.cast.office.front_id)
    page = browser.get(FORM)
    assert "không thuộc cơ quan nào" in page.html
    token = next(form.filled() for form in page.forms if form.method == "post")
    sent = {**token, "co_quan": str(house.cast.office.id), "den_het": "01/09/2022"}
    assert browser.http.post(FORM, data=sent).status_code == 404


def test_the_command_says_the_same_as_json(tmp_path: Path, stage: Stage) -> None:
    cast = stage("signing").cast
    with cast.database.read() as connection:
        office = directory.body(connection, cast.office.id).name
    url = cast.database.engine.url.render_as_string(hide_password=False)
    given = {"database_url": url, "data_dir": str(tmp_path)}
    ended = kehoach("what-if", office, "--days", "1", **given)
    assert (ended.code, ended.answer["office"]) == (0, office)
    told = {"task", "step", "plan", "unit", "due", "expected", "working_days_late", "cause", "because", "message"}
    assert set(ended.answer["late"][0]) == told
    wrong = kehoach("what-if", office, "--absent", "ai_do", **given)
    assert (wrong.code, wrong.answer["error"]["code"]) == (1, "BAD_ABSENCE")
