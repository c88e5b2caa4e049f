"""Each switch has its effect: at once, in the digest, not at all; quiet hours, urgent matters, what cannot be off."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from notifications.due_words import HANOI
from notifications.events import EVENTS, FIXED
from notifications.letter_times import APART, after_quiet
from workflows.store import notices, preferences, telling
from workflows.store.clockwork import set_setting
from workflows.store.deliveries import Letter
from workflows.store.preferences import QUIET_SETTING, Choice, Quiet

from .commune import NOW, Commune, day
from .told import told

EVENING = NOW.replace(hour=20, minute=30)
MORNING = (NOW + timedelta(days=1)).replace(hour=6, minute=0)


def choose(commune: Commune, who: str, digest_at: str | None = None, quiet: str | None = None, **choices: Any) -> None:
    with commune.database.write() as connection:
        kept = {event: each if isinstance(each, Choice) else Choice(each) for event, each in choices.items()}
        preferences.keep_choices(connection, commune.people[who], kept)
        preferences.keep_times(connection, commune.people[who], digest_at, quiet)


def fates(commune: Commune, who: str) -> list[str]:
    with commune.database.read() as connection:
        return [each.fate for each in reversed(notices.notices_of(connection, commune.people[who], 100))]


def opened(commune: Commune, group: tuple[str, str], now: datetime = NOW, **about: Any) -> str:
    task = commune.open_task(commune.group(*group), **about)
    commune.tell("task_opened", f"task:{task}", task_id=task, now=now)
    return task


def to(letters: list[Letter], who: str) -> list[str]:
    return [letter.subject for letter in letters if letter.address.startswith(f"{who}@")]


def cause(commune: Commune, event: str, who: str) -> None:
    """Something of this kind happens, of which this person hears."""
    far = day(12, 31)
    post = {"can_bo_vh": ("can_bo", "van_hoa"), "van_thu": ("van_thu", "ubnd"), "pho": ("pho_chu_tich", "ubnd")}[who]
    reminded = {"sap_han": (-3, far), "qua_han": (1, day(11, 16))}
    if event in reminded:
        level, due = reminded[event]
        task = commune.open_task(commune.group(*post), form="thuc_hien", due=due)
        commune.tell("task_late" if level > 0 else "task_due", "r", task_id=task, level=level, target="nguoi_giu")
    elif event == "cap_duoi_cham":
        task = commune.open_task(commune.group("can_bo", "van_hoa"), form="thuc_hien", due=day(11, 13))
        commune.tell("task_late", "above", task_id=task, level=3, target="pho_chu_tich")
    elif event == "ky":
        opened(commune, post, form="ky", due=far)
    elif event == "viec_moi":
        opened(commune, post, form="thuc_hien", due=far)
    elif event == "tra_lai":
        task = commune.open_task(commune.group(*post), form="soan_thao", due=far)
        commune.tell("task_returned", "back", task_id=task, by="Đinh Văn Bé", reason="Thiếu kinh phí")
    elif event == "huy_duyet":
        commune.tell("approval_voided", "void", version=2, people=[str(commune.people[who])])
    elif event == "ban_hanh":
        commune.issue()
        commune.tell("plan_issued", "issued")
    elif event == "dung":
        commune.tell("plan_stopped", "stopped", reason="Trùng")
    elif event == "bao_cao":
        commune.tell("report_sent", "sent", cycle_id=commune.cycle(sent_at=NOW))
    elif event == "he_thong":
        commune.tell("no_address", "none", whom="Hội", what="Việc")


SWITCHED = {
    "viec_moi": "can_bo_vh",
    "sap_han": "can_bo_vh",
    "cap_duoi_cham": "pho",
    "ban_hanh": "van_thu",
    "dung": "van_thu",
    "bao_cao": "van_thu",
    "he_thong": "van_thu",
}


@pytest.mark.parametrize(("event", "who"), SWITCHED.items())
@pytest.mark.parametrize(("mail", "fate"), [("ngay", "lettered"), ("tong_hop", "for_digest"), ("tat", "off")])
def test_each_switch_has_its_effect(commune: Commune, event: str, who: str, mail: str, fate: str) -> None:
    choose(commune, who, **{event: mail})
    cause(commune, event, who)
    letters = told(commune)
    assert fates(commune, who) == [fate]
    assert len(to(letters, who)) == (mail == "ngay")
    with commune.database.read() as connection:  # the bell inside the house has it in any case
        assert notices.unread(connection, commune.people[who]) == 1


@pytest.mark.parametrize("event", ["ky", "tra_lai", "huy_duyet", "qua_han"])
def test_what_is_fixed_comes_whatever_was_chosen(commune: Commune, event: str) -> None:
    assert event in FIXED
    choose(commune, "can_bo_vh", **{event: "tat"})
    cause(commune, event, "can_bo_vh")
    assert len(to(told(commune), "can_bo_vh")) == 1


def test_every_kind_of_event_is_on_the_page_once() -> None:
    keys = [event.key for event in EVENTS]
    assert len(keys) == len(set(keys))
    assert {"ky", "tra_lai", "huy_duyet", "qua_han", "ma", "bao_mat"} == FIXED


def test_in_quiet_hours_a_letter_waits_for_the_morning(commune: Commune) -> None:
    opened(commune, ("can_bo", "van_hoa"), EVENING, form="thuc_hien", due=day(12, 31))
    assert told(commune, EVENING) == []
    assert fates(commune, "can_bo_vh") == ["waiting"]
    assert told(commune, MORNING - timedelta(minutes=1)) == []
    assert len(told(commune, MORNING)) == 1


def test_what_was_done_in_the_night_is_told_to_nobody(commune: Commune) -> None:
    task = opened(commune, ("can_bo", "van_hoa"), EVENING, form="thuc_hien", due=day(12, 31))
    assert told(commune, EVENING) == []
    commune.close_task(task)
    assert told(commune, MORNING) == []
    assert fates(commune, "can_bo_vh") == ["superseded"]


def test_the_office_sets_its_hours_and_the_person_own_ones(commune: Commune) -> None:
    def waits(now: datetime) -> bool:
        opened(commune, ("can_bo", "van_hoa"), now, form="thuc_hien", due=day(12, 31))
        return told(commune, now) == []

    with commune.database.write() as connection:
        office = commune.bodies["ubnd"]
        set_setting(connection, QUIET_SETTING, "18:00-07:00", now=NOW, by=None, office_id=office)
    assert waits(NOW.replace(hour=18, minute=30))
    assert not waits((NOW + timedelta(days=1)).replace(hour=7, minute=30))
    choose(commune, "can_bo_vh", quiet="")
    assert not waits((NOW + timedelta(days=1)).replace(hour=23))
    choose(commune, "can_bo_vh", quiet="12:00-13:00")
    assert waits((NOW + timedelta(days=2)).replace(hour=12, minute=30))


@pytest.mark.parametrize(
    ("about", "urgent"),
    [
        ({"form": "thuc_hien", "due": day(11, 18)}, True),  # today
        ({"form": "thuc_hien", "due": day(11, 19)}, False),
        ({"form": "ky", "due": day(11, 18)}, True),
        ({"form": "ky", "due": day(11, 20)}, False),
        ({"form": "ky", "due": None}, False),
    ],
)
def test_what_is_urgent_passes_the_quiet_hours(commune: Commune, about: dict[str, Any], urgent: bool) -> None:
    opened(commune, ("can_bo", "van_hoa"), EVENING, **about)
    assert bool(told(commune, EVENING)) is urgent


def test_on_a_friday_evening_a_signature_due_on_sunday_is_urgent(commune: Commune) -> None:
    friday = datetime(2026, 11, 20, 21, 0, tzinfo=HANOI)
    opened(commune, ("can_bo", "van_hoa"), friday, form="ky", due=day(11, 22))
    opened(commune, ("can_bo", "van_phong"), friday, form="ky", due=day(11, 23))
    assert len(to(told(commune, friday), "can_bo_vh")) == 1


def test_an_urgent_matter_does_not_wait_for_the_digest(commune: Commune) -> None:
    choose(commune, "can_bo_vh", viec_moi="tong_hop")
    opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(11, 18))
    assert len(told(commune)) == 1


def test_letters_about_one_plan_within_a_quarter_of_an_hour_are_gathered(commune: Commune) -> None:
    opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 31))
    assert len(told(commune)) == 1
    for number in range(3):
        now = NOW + timedelta(minutes=2 + number)
        opened(commune, ("can_bo", "van_hoa"), now, form="thuc_hien", due=day(12, 20 + number))
        assert told(commune, now) == []
    (letter,) = told(commune, NOW + APART)
    assert letter.subject.startswith("[3 tin] KH Tuyên truyền")
    assert letter.text.count("\n- [Cần thực hiện, hạn") == 3
    assert "/viec\n" in letter.text and "/x/" not in letter.text
    assert fates(commune, "can_bo_vh") == ["lettered"] * 4


def test_what_comes_at_once_is_gathered_and_a_signature_goes_alone(commune: Commune) -> None:
    for number in range(5):
        opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10 + number))
    opened(commune, ("can_bo", "van_hoa"), form="ky", due=day(12, 30))
    subjects = to(told(commune), "can_bo_vh")
    assert len(subjects) == 2
    assert {subject[:8] for subject in subjects} == {"[5 tin] ", "[Cần ký,"}


def test_a_gathered_letter_goes_as_long_as_one_line_holds(commune: Commune) -> None:
    about = {"form": "thuc_hien", "due": day(12, 10)}
    tasks = [opened(commune, ("can_bo", "van_hoa"), EVENING, **about) for _ in range(3)]
    assert told(commune, EVENING) == []
    commune.close_task(tasks[0])
    (letter,) = told(commune, MORNING)
    assert letter.subject.startswith("[2 tin] ")
    assert fates(commune, "can_bo_vh") == ["superseded", "lettered", "lettered"]


def test_a_reminder_comes_once_a_day_to_whoever_is_named_twice(commune: Commune) -> None:
    task = commune.open_task(commune.group("thu_truong", "van_hoa"), form="thuc_hien", due=day(11, 16))
    for level, target in ((1, "nguoi_giu"), (2, "thu_truong")):
        commune.tell("task_late", f"late:{level}", task_id=task, level=level, target=target)
    assert len(to(told(commune), "truong_vh")) == 1


def test_a_document_marked_khan_passes_and_an_ordinary_one_waits() -> None:
    quiet = Quiet(time(20), time(6))
    assert after_quiet(EVENING, quiet) == MORNING
    assert after_quiet(MORNING, quiet) == MORNING
    assert after_quiet(NOW.replace(hour=5), quiet) == NOW.replace(hour=6, minute=0)
    assert after_quiet(NOW, Quiet(time(12), time(13))) == NOW


def test_a_khan_occasion_is_told_at_night(commune: Commune) -> None:
    with commune.database.write() as connection:
        for key, priority in (("ordinary", 0), ("khan", 2)):
            telling.tell(
                connection,
                "no_address",
                key,
                EVENING,
                office_id=commune.bodies["ubnd"],
                data={"whom": key, "what": "x", "priority": priority},
            )
    assert len(to(told(commune, EVENING), "van_thu")) == 1
