"""The daily digest: at its hour, on working days, once; nothing is lost, whatever happens and whenever one looks."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from notifications.channels.memory import MemoryChannel
from notifications.deliver import deliver
from notifications.due_words import HANOI, day_of
from notifications.note import period_of
from tests.nightly import size
from workflows.store import notices, preferences, telling
from workflows.store.database import open_memory
from workflows.store.preferences import Choice
from workflows.store.tables.notices import notices as table
from workflows.store.tables.telling import outbox

from .commune import BASE_URL, NOW, Commune, day, found_commune
from .test_preferences import choose, fates, opened, to
from .told import told

THURSDAY = datetime(2026, 11, 19, 7, 30, tzinfo=HANOI)


def test_the_digest_comes_at_its_hour_and_says_how_many_more(commune: Commune) -> None:
    choose(commune, "can_bo_vh", "07:30", viec_moi="tong_hop")
    for number in range(13):
        opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10 + number))
    assert told(commune, THURSDAY - timedelta(minutes=1)) == []
    (letter,) = told(commune, THURSDAY)
    assert letter.subject == "[Tổng hợp 19/11] 13 tin"
    assert letter.text.count("\n- ") == 10 and "và 3 việc nữa" in letter.text
    assert fates(commune, "can_bo_vh")[:13] == ["digested"] * 13
    assert told(commune, THURSDAY + timedelta(hours=1)) == []


def test_a_digest_can_be_ended_by_the_mail_program_and_no_other_letter_can(commune: Commune) -> None:
    choose(commune, "can_bo_vh", "07:30", viec_moi="tong_hop")
    opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10))
    opened(commune, ("can_bo", "van_hoa"), form="ky", due=day(12, 10))
    (alone,) = told(commune)
    (letter,) = told(commune, THURSDAY)
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.headers["List-Unsubscribe"].startswith(f"<{BASE_URL}/thoi-nhan/")
    assert "List-Unsubscribe" not in alone.headers


def test_there_is_none_on_a_day_off_and_none_without_anything_to_say(commune: Commune) -> None:
    choose(commune, "can_bo_vh", "07:30", viec_moi="tong_hop")
    assert told(commune, THURSDAY) == []
    saturday = THURSDAY + timedelta(days=2)
    opened(commune, ("can_bo", "van_hoa"), saturday, form="thuc_hien", due=day(12, 10))
    assert told(commune, saturday + timedelta(hours=2)) == []
    assert len(told(commune, saturday + timedelta(days=2))) == 1


def test_what_was_done_meanwhile_has_no_line(commune: Commune) -> None:
    choose(commune, "can_bo_vh", "07:30", viec_moi="tong_hop")
    done = opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10))
    assert told(commune) == []
    commune.close_task(done)
    assert told(commune, THURSDAY) == []
    assert fates(commune, "can_bo_vh") == ["superseded"]


def test_the_clerks_read_of_cycles_that_did_not_open_and_of_what_is_late_in_the_office(commune: Commune) -> None:
    commune.issue()
    commune.cycle()  # should have opened on 01/11 and did not
    commune.open_task(commune.group("can_bo", "van_hoa"), form="thuc_hien", name="Phát thanh", due=day(11, 16))
    choose(commune, "van_thu", "07:30")
    choose(commune, "can_bo", "07:30")
    (letter,) = told(commune, THURSDAY)
    assert to([letter], "van_thu") == ["[Tổng hợp 19/11] 2 việc của cơ quan"]
    assert "Kỳ báo cáo năm 2026 chưa mở được" in letter.text and "Phát thanh" in letter.text
    assert "quá hạn 3 ngày – 16/11/2026" in letter.text


def test_whoever_stops_the_digest_gets_none(commune: Commune) -> None:
    choose(commune, "can_bo_vh", "07:30", viec_moi="tong_hop", dung="tat")
    with commune.database.write() as connection:
        preferences.stop_digest(connection, commune.people["can_bo_vh"], NOW)
        kept = preferences.preferences(connection, commune.people["can_bo_vh"], None)
    assert kept.digest_at is None and kept.choices == {"viec_moi": Choice("tat"), "dung": Choice("tat")}
    opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10))
    assert told(commune, THURSDAY) == []


KINDS = st.sampled_from(["open", "sign", "remind", "late", "void", "close"])
CHOICES = st.sampled_from(["ngay", "tong_hop", "tat"])
STREAMS = st.lists(st.tuples(st.integers(1, 300), KINDS), min_size=1, max_size=25)


@settings(max_examples=size(6, 200), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stream=STREAMS, new=CHOICES, near=CHOICES, hour=st.sampled_from(["07:30", "16:00", "05:00"]))
def test_at_most_one_digest_a_day_and_every_occasion_has_exactly_one_end(
    stream: list[tuple[int, str]], new: str, near: str, hour: str
) -> None:
    database = open_memory()
    try:
        commune = found_commune(database)
        choose(commune, "can_bo_vh", hour, viec_moi=new, sap_han=near)
        channel, now, tasks = MemoryChannel(), NOW, []
        for minutes, kind in stream:
            now += timedelta(minutes=minutes)
            happen(commune, kind, now, tasks)
            sweep(commune, channel, now)
        for hours in range(0, 6 * 24, size(3, 1)):  # over a weekend and the hour of every digest
            sweep(commune, channel, now + timedelta(hours=hours))
        digests = [letter for letter in channel.letters if letter.subject.startswith("[Tổng hợp")]
        assert max(Counter(letter.subject[:16] for letter in digests).values(), default=0) <= 1
        judge(commune, channel)
    finally:
        database.close()


def happen(commune: Commune, kind: str, now: datetime, tasks: list[str]) -> None:
    if kind in ("open", "sign") or not tasks:
        form = "ky" if kind == "sign" else "thuc_hien"
        tasks.append(opened(commune, ("can_bo", "van_hoa"), now, form=form, due=now + timedelta(days=2)))
    elif kind == "close":
        commune.close_task(tasks.pop())
    elif kind == "void":
        person = str(commune.people["can_bo_vh"])
        commune.tell("approval_voided", f"void:{now}", now=now, version=1, people=[person])
    else:
        told_as = "task_due" if kind == "remind" else "task_late"
        key, level = f"{kind}:{now}", -1 if kind == "remind" else 1
        commune.tell(told_as, key, task_id=tasks[-1], now=now, level=level, target="nguoi_giu")


def sweep(commune: Commune, channel: MemoryChannel, now: datetime) -> None:
    deliver(commune.database, now, channel, base_url=BASE_URL, tokens=commune.tokens)


def judge(commune: Commune, channel: MemoryChannel) -> None:
    """Every occasion of the person is one notice, and that has one end: a letter that went, a line, off or untrue."""
    person = commune.people["can_bo_vh"]
    with commune.database.read() as connection:
        kept = notices.notices_of(connection, person, 1000)
        occasions = [telling.occasion(connection, row) for row in connection.scalars(select(outbox.c.id))]
        ends = Counter(connection.scalars(select(table.c.fate)))
    assert set(ends) <= {"lettered", "digested", "off", "superseded"}
    sent = {letter.message_id for letter in channel.letters}
    known = {(each.matter, each.reason, each.period) for each in kept}
    assert len(known) == len(kept)
    for occasion in occasions:
        assert occasion is not None and occasion.addressed_at is not None
        matter = f"viec:{occasion.task_id}" if occasion.task_id else None
        period = period_of(occasion, occasion.addressed_at)
        heard = [each for each in kept if each.reason == occasion.kind and each.period == period]
        closed_first = occasion.task_id is not None and not heard
        assert closed_first or matter is None or matter in {each.matter for each in heard}
    assert len(sent) == len(channel.letters)
    for each in kept:
        assert (each.delivery_id is not None) == (each.fate in ("lettered", "digested")), each
    days = Counter(day_of(each.at) for each in kept if each.reason == "digest")
    assert max(days.values(), default=0) <= 1
