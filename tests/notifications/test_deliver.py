"""From the outbox to the server: once, in spite of two senders, crashes, bad addresses and a server that is away."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from notifications.channels.error import ChannelError
from notifications.channels.memory import MemoryChannel
from notifications.channels.settings import ChannelSettings
from notifications.channels.smtp import SmtpChannel
from notifications.deliver import address, deliver
from notifications.retries import GIVE_UP, back_off, wait_after
from notifications.send import CHUNK, LEASE, Delivered, send_due
from tests.nightly import size
from workflows.store import directory, telling
from workflows.store.database import Database
from workflows.store.deliveries import Letter, claim, count_deliveries, deliveries_of
from workflows.store.tables.telling import deliveries

from .commune import BASE_URL, NOW, Commune, day, found_commune
from .faulty_server import CLOSE, HANG, faulty_server


class Troubled:
    """A channel that does with a letter what the test says, and remembers what it took."""

    name = "mail"

    def __init__(self, trouble: Callable[[Letter], ChannelError | None] = lambda letter: None) -> None:
        self.trouble = trouble
        self.tried: list[str] = []
        self.letters: list[Letter] = []
        self.closed = 0

    def send(self, letter: Letter) -> None:
        self.tried.append(letter.address)
        error = self.trouble(letter)
        if error is not None:
            raise error
        self.letters.append(letter)

    def close(self) -> None:
        self.closed += 1


def tell_members(commune: Commune, number: int) -> None:
    """A task for this many people, told of and addressed."""
    with commune.database.write() as connection:
        for index in range(number):
            person = directory.add_person(connection, f"Người {index}", f"p{index:03d}@ducphong.vn")
            post = directory.add_post(connection, commune.bodies["y_te"], "can_bo", "Y sĩ", rank=index)
            directory.hold(connection, post, person)
    task = commune.open_task(commune.group("can_bo", "y_te"), form="thuc_hien")
    commune.tell("task_opened", f"task:{task}", task_id=task)
    assert write(commune) == number


def test_a_pass_that_lasts_longer_than_a_lease_sends_no_letter_beside_another(commune: Commune) -> None:
    """Over a slow way: what is claimed late in a pass is held from then on, not from the beginning of the pass."""
    passed = 0.0
    quick, slow = MemoryChannel(), Troubled()

    def takes_long(letter: Letter) -> None:
        nonlocal passed
        passed += 1.5 * LEASE.total_seconds() / CHUNK
        if len(slow.tried) == CHUNK + 5:
            send_due(commune.database, NOW + timedelta(seconds=passed), quick)

    slow.trouble = takes_long
    tell_members(commune, 2 * CHUNK)
    write(commune)
    send_due(commune.database, NOW, slow, stopwatch=lambda: passed)
    sent = [letter.address for letter in (*slow.letters, *quick.letters)]
    assert len(slow.tried) > CHUNK
    assert sorted(sent) == sorted(set(sent))


def write(commune: Commune, now: datetime = NOW) -> int:
    return address(commune.database, now, base_url=BASE_URL, tokens=commune.tokens)


def statuses(commune: Commune) -> dict[str, int]:
    with commune.database.read() as connection:
        return count_deliveries(connection)


def test_letters_are_written_once_and_sent_once(commune_anywhere: Commune) -> None:
    tell_members(commune_anywhere, 3)
    assert write(commune_anywhere) == 0
    channel = MemoryChannel()
    assert send_due(commune_anywhere.database, NOW, channel) == Delivered(sent=3)
    assert send_due(commune_anywhere.database, NOW, channel) == Delivered()
    assert sorted(letter.address for letter in channel.letters) == [f"p{index:03d}@ducphong.vn" for index in range(3)]
    assert statuses(commune_anywhere) == {"sent": 3}


def test_a_retry_sends_the_same_bytes(commune_anywhere: Commune) -> None:
    tell_members(commune_anywhere, 1)
    seen: list[Letter] = []

    def lose_the_answer(letter: Letter) -> ChannelError | None:
        seen.append(letter)
        return ChannelError("connection lost after DATA") if len(seen) == 1 else None

    channel = Troubled(lose_the_answer)
    send_due(commune_anywhere.database, NOW, channel)
    send_due(commune_anywhere.database, NOW + timedelta(minutes=1), channel)
    assert seen[0] == seen[1]
    assert statuses(commune_anywhere) == {"sent": 1}


def test_two_at_once_are_one(commune_anywhere: Commune) -> None:
    """Two senders start together on occasions that nobody has addressed yet."""
    commune, letters = commune_anywhere, 3 * CHUNK
    with commune.database.write() as connection:
        for index in range(letters):
            telling.tell(
                connection,
                "approval_voided",
                f"voided:{index}",
                NOW,
                office_id=commune.bodies["ubnd"],
                plan_id=commune.plan_id,
                data={"version": index, "people": [str(commune.people["chu_tich"])]},
            )
    channels = [Troubled(), Troubled()]
    start, failures = threading.Barrier(2), []

    def run(channel: Troubled) -> None:
        start.wait()
        try:
            deliver(commune.database, NOW, channel, base_url=BASE_URL, tokens=commune.tokens)
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=run, args=(channel,)) for channel in channels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    sent = [letter.message_id for channel in channels for letter in channel.letters]
    assert len(sent) == len(set(sent)) == letters
    assert statuses(commune) == {"sent": letters}


def test_no_transaction_is_open_while_the_channel_works(commune_anywhere: Commune) -> None:
    tell_members(commune_anywhere, 2)

    def write_something(letter: Letter) -> None:
        with commune_anywhere.database.write() as connection:
            telling.tell(connection, "plan_issued", f"meanwhile:{letter.address}", NOW)

    assert send_due(commune_anywhere.database, NOW, Troubled(write_something)).sent == 2


def test_a_bad_address_does_not_hold_up_the_others(commune_anywhere: Commune) -> None:
    tell_members(commune_anywhere, 5)

    def refuse_one(letter: Letter) -> ChannelError | None:
        return ChannelError("450 full") if letter.address.startswith("p001") else None

    channel = Troubled(refuse_one)
    assert send_due(commune_anywhere.database, NOW, channel) == Delivered(sent=4, retried=1)
    assert channel.closed == 1


def test_back_off_doubles_up_to_an_hour() -> None:
    minutes = [int(back_off(attempts).total_seconds()) // 60 for attempts in range(1, 10)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert back_off(10_000) == timedelta(minutes=60)


def test_after_days_with_the_machine_off_the_first_refusal_gives_nothing_up() -> None:
    days = timedelta(days=5)
    assert [wait_after("mail", attempts, days) is None for attempts in (1, 7, 8)] == [False, False, True]
    assert wait_after("mail", 8, timedelta(hours=71)) is not None


def test_a_refusing_server_is_asked_less_and_less_often_until_three_days_are_over(commune: Commune) -> None:
    tell_members(commune, 1)
    channel = Troubled(lambda letter: ChannelError("450 full"))
    now, asked = NOW, []
    while "dead" not in statuses(commune):
        if send_due(commune.database, now, channel) != Delivered():
            asked.append(now)
        now += timedelta(minutes=1 if len(asked) < 8 else size(10, 1))  # then it is every hour
    gaps = [int((after - before).total_seconds()) // 60 for before, after in pairwise(asked)]
    assert gaps[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert set(gaps[6:]) == {60}
    assert GIVE_UP <= asked[-1] - NOW <= GIVE_UP + timedelta(minutes=60)
    assert errors(commune) == ["450 full"]


def test_what_will_never_be_taken_is_given_up_at_once_and_the_clerks_hear_once_a_day(commune: Commune) -> None:
    tell_members(commune, 3)

    def refuse_strangers(letter: Letter) -> ChannelError | None:
        return ChannelError("550 no such user", permanent=True) if letter.address.startswith("p0") else None

    channel = Troubled(refuse_strangers)
    assert send_due(commune.database, NOW, channel) == Delivered(dead=3)
    deliver(commune.database, NOW, channel, base_url=BASE_URL, tokens=commune.tokens)
    (letter,) = channel.letters
    assert letter.address == "van_thu@ducphong.gov.vn"
    assert letter.subject == "[Lỗi] 3 thư không gửi được"
    assert "gửi bản giấy cho: Người 2; Người 1; Người 0." in letter.text


def test_a_dead_letter_about_dead_letters_is_the_last_one(commune: Commune) -> None:
    tell_members(commune, 1)
    channel = Troubled(lambda letter: ChannelError("550", permanent=True))
    send_due(commune.database, NOW, channel)
    for days in range(3):
        deliver(commune.database, NOW + timedelta(days=days), channel, base_url=BASE_URL, tokens=commune.tokens)
    assert statuses(commune) == {"dead": 2}


def test_a_server_that_is_away_costs_one_attempt_and_no_letter(commune: Commune) -> None:
    tell_members(commune, CHUNK + 5)
    away = Troubled(lambda letter: ChannelError("refused", unreachable=True))
    for minute in range(0, 5 * 24 * 60, 60):
        done = send_due(commune.database, NOW + timedelta(minutes=minute), away)
        assert (done.sent, done.dead) == (0, 0)
        assert len(away.tried) == minute // 60 + 1
    back = Troubled()
    assert send_due(commune.database, NOW + timedelta(days=5, minutes=1), back).sent == CHUNK + 5


def test_a_server_that_falls_silent_over_a_letter_lets_the_others_go_next_time(commune: Commune) -> None:
    tell_members(commune, 4)

    def hang_over_one(letter: Letter) -> ChannelError | None:
        return ChannelError("timed out", silent=True) if letter.address.startswith("p000") else None

    channel = Troubled(hang_over_one)
    assert send_due(commune.database, NOW, channel) == Delivered(retried=4)
    assert send_due(commune.database, NOW + timedelta(minutes=1), channel) == Delivered(sent=3, retried=1)
    hung = Delivered(retried=1)
    ends = [send_due(commune.database, NOW + GIVE_UP + timedelta(hours=each), channel) for each in range(0, 12, 2)]
    assert ends == [hung] * 5 + [Delivered(dead=1)], "given up after three days and its eighth try"


def test_an_error_of_the_program_is_the_fate_of_one_letter_only(commune: Commune) -> None:
    tell_members(commune, 3)

    def break_down(letter: Letter) -> ChannelError | None:
        return ChannelError("never raised") if 1 // (letter.address != "p001@ducphong.vn") == 0 else None

    assert send_due(commune.database, NOW, Troubled(break_down)) == Delivered(sent=2, retried=1)
    assert "ZeroDivisionError" in str(errors(commune))


def test_a_sender_that_died_leaves_its_letters_to_the_next(commune_anywhere: Commune) -> None:
    tell_members(commune_anywhere, 2)
    with commune_anywhere.database.write() as connection:
        claimed = claim(connection, NOW, LEASE, 1)
    assert len(claimed) == 1
    channel = Troubled()
    assert send_due(commune_anywhere.database, NOW + LEASE - timedelta(seconds=1), channel).sent == 1
    assert send_due(commune_anywhere.database, NOW + LEASE, channel).sent == 1
    assert len({letter.message_id for letter in channel.letters}) == 2


def test_a_sender_that_stood_still_for_longer_than_its_lease_repeats_only_the_letter_in_its_hand(
    commune_anywhere: Commune,
) -> None:
    tell_members(commune_anywhere, 3)
    other = MemoryChannel()

    def stand_still(letter: Letter) -> None:
        if not other.letters:
            assert send_due(commune_anywhere.database, NOW + LEASE, other).sent == 3

    zombie = Troubled(stand_still)
    assert send_due(commune_anywhere.database, NOW, zombie) == Delivered()
    assert [letter.message_id for letter in zombie.letters] == [other.letters[0].message_id]
    assert statuses(commune_anywhere) == {"sent": 3}


def test_a_letter_about_a_task_that_was_done_meanwhile_is_not_sent(commune_anywhere: Commune) -> None:
    commune = commune_anywhere
    done = commune.open_task(commune.group("chu_tich", "ubnd"), due=day(11, 20))
    still_open = commune.open_task(commune.group("pho_chu_tich", "ubnd"), due=day(11, 20))
    for task in (done, still_open):
        commune.tell("task_due", f"late:{task}:-1", task_id=task, level=-1, target="nguoi_giu")
    assert write(commune) == 2
    commune.close_task(done)
    channel = MemoryChannel()
    assert send_due(commune.database, NOW, channel) == Delivered(sent=1, superseded=1)
    assert [letter.address for letter in channel.letters] == ["pho@ducphong.gov.vn"]
    assert statuses(commune) == {"sent": 1, "superseded": 1}


def test_a_task_that_is_done_between_two_letters_of_a_batch_is_seen(commune: Commune) -> None:
    task = commune.open_task(commune.group("thanh_vien", "van_phong"))
    commune.tell("task_opened", f"task:{task}", task_id=task)
    write(commune)
    channel = Troubled(lambda letter: commune.close_task(task))
    assert send_due(commune.database, NOW, channel) == Delivered(sent=1, superseded=1)


def test_letters_about_a_plan_outlive_its_tasks(commune: Commune) -> None:
    task = commune.open_task(commune.group("chu_tich", "ubnd"))
    with commune.database.write() as connection:
        telling.tell(
            connection,
            "plan_issued",
            "issued:1",
            NOW,
            office_id=commune.bodies["ubnd"],
            plan_id=commune.plan_id,
            task_id=task,
        )
    write(commune)
    commune.close_task(task)
    assert send_due(commune.database, NOW, MemoryChannel()).superseded == 0


def test_the_limit_holds(commune: Commune) -> None:
    tell_members(commune, CHUNK + 10)
    channel = Troubled()
    assert send_due(commune.database, NOW, channel, limit=CHUNK + 3).sent == CHUNK + 3
    assert len(channel.letters) == CHUNK + 3


def test_over_real_smtp_each_recipient_has_a_fate_of_its_own(commune_anywhere: Commune) -> None:
    commune = commune_anywhere
    tell_members(commune, 6)
    answers = {"p001": "550 khong co nguoi nay", "p002": "450 hop thu day", "p003": CLOSE}

    def answer(recipient: str) -> str:
        return answers.get(recipient[:4], "250 duoc")

    with faulty_server(rcpt=answer) as server:
        settings = ChannelSettings("127.0.0.1", server.port, "vp@ducphong.vn", BASE_URL, tls="none", timeout=5)
        done = send_due(commune.database, NOW, SmtpChannel(settings))
        assert done == Delivered(sent=3, retried=2, dead=1)
        assert sorted(server.taken) == [f"p00{index}@ducphong.vn" for index in (0, 4, 5)]
        answers.clear()
        done = send_due(commune.database, NOW + timedelta(minutes=1), SmtpChannel(settings))
        assert done.sent == 2
        assert len(server.taken) == len(set(server.taken)) == 5


def test_over_real_smtp_a_server_that_hangs_holds_nothing(commune: Commune) -> None:
    tell_members(commune, 3)
    with faulty_server(greeting=HANG) as server:
        settings = ChannelSettings("127.0.0.1", server.port, "vp@ducphong.vn", BASE_URL, tls="none", timeout=0.3)
        assert send_due(commune.database, NOW, SmtpChannel(settings)) == Delivered(retried=3)
        assert server.conversations == 1
    assert statuses(commune) == {"retry": 3}


def test_the_row_keeps_everything_that_was_said(commune: Commune) -> None:
    tell_members(commune, 1)
    channel = MemoryChannel()
    send_due(commune.database, NOW, channel)
    with commune.database.read() as connection:
        (row,) = deliveries_of(connection, 1)
    assert row.letter == channel.letters[0]
    assert (row.status, row.sent_at, row.attempts) == ("sent", NOW, 1)
    assert row.letter.headers["Message-ID"] == row.letter.message_id


def errors(commune: Commune) -> list[str]:
    with commune.database.read() as connection:
        return list(connection.scalars(select(deliveries.c.error).where(deliveries.c.error.is_not(None))))


@pytest.mark.postgres
def test_four_senders_on_postgres_lose_and_double_nothing(postgres_database: Database) -> None:
    commune = found_commune(postgres_database)
    tell_members(commune, 60)
    channels = [Troubled() for _ in range(4)]
    threads = [threading.Thread(target=send_due, args=(commune.database, NOW, channel)) for channel in channels]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sent = [letter.message_id for channel in channels for letter in channel.letters]
    assert len(sent) == len(set(sent)) == 60
