"""Occasions told once, letters claimed by one sender, links used once."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from tests.store.office import NOW
from workflows.store import deliveries, links, telling
from workflows.store.database import Database
from workflows.store.deliveries import Letter

MINUTE = timedelta(minutes=1)


def told(connection: Connection, key: str = "task:1-2", **more: Any) -> int:
    telling.tell(connection, "task_opened", key, NOW, task_id="1-2", **more)
    return next(each.id for each in telling.unaddressed(connection, 50) if each.key == key)


def letter(outbox_id: int, address: str = "an@ductan.vn") -> Letter:
    return Letter(
        outbox_id=outbox_id,
        person_id=None,
        body_id=None,
        name="Nguyễn Văn An",
        address=address,
        channel="mail",
        subject="Có việc",
        text="Kính gửi",
        html="<p>Kính gửi</p>",
        headers={"X-Kehoach-Event": "task:1-2"},
        message_id=f"<{address}>",
    )


def test_the_same_thing_is_told_once(database: Database) -> None:
    with database.write() as connection:
        assert telling.tell(connection, "plan_issued", "issued:3", NOW, plan_id=3, data={"số": 5})
        assert not telling.tell(connection, "plan_issued", "issued:3", NOW + MINUTE)
        assert telling.tell(connection, "task_opened", "task:1-2", NOW - MINUTE)
        first, second = telling.unaddressed(connection, 5)
        assert (first.key, second.data, second.plan_id, second.at) == ("task:1-2", {"số": 5}, 3, NOW)
        assert telling.occasion(connection, second.id) == second
        assert telling.occasion(connection, 99) is None
        assert telling.addressed(connection, first.id, NOW)
        assert not telling.addressed(connection, first.id, NOW)
        assert telling.unaddressed(connection, 5) == [second]


def test_one_letter_an_address_and_occasion(database: Database) -> None:
    with database.write() as connection:
        occasion = told(connection)
        assert deliveries.add_delivery(connection, letter(occasion), NOW) is not None
        assert deliveries.add_delivery(connection, letter(occasion), NOW) is None
        assert deliveries.add_delivery(connection, letter(occasion, "binh@ductan.vn"), NOW) is not None
        kept = deliveries.deliveries_of(connection, occasion)
        assert [each.letter for each in kept] == [letter(occasion), letter(occasion, "binh@ductan.vn")]
        assert deliveries.count_deliveries(connection) == {"pending": 2}


def test_a_letter_goes_out_once(database: Database) -> None:
    with database.write() as connection:
        deliveries.add_delivery(connection, letter(told(connection)), NOW)
        assert deliveries.claim(connection, NOW - MINUTE, MINUTE, 5) == []
        (claimed,) = deliveries.claim(connection, NOW, MINUTE, 5)
        assert (claimed.status, claimed.attempts, claimed.lease_until) == ("sending", 1, NOW + MINUTE)
        assert deliveries.claim(connection, NOW, MINUTE, 5) == []
        assert deliveries.finish(connection, claimed, NOW)
        assert not deliveries.finish(connection, claimed, NOW)
        assert deliveries.claim(connection, NOW + 60 * MINUTE, MINUTE, 5) == []
        (sent,) = deliveries.deliveries_with(connection, "sent", 5)
        assert (sent.sent_at, sent.lease_until) == (NOW, None)


def test_a_sender_that_comes_back_after_its_lease_can_write_nothing(database: Database) -> None:
    with database.write() as connection:
        deliveries.add_delivery(connection, letter(told(connection)), NOW)
        (zombie,) = deliveries.claim(connection, NOW, MINUTE, 5)
        (heir,) = deliveries.claim(connection, NOW + MINUTE, MINUTE, 5)
        assert (heir.id, heir.attempts) == (zombie.id, 2)
        assert not deliveries.finish(connection, zombie, NOW + MINUTE)
        assert not deliveries.dead(connection, zombie, "quá lâu")
        assert deliveries.finish(connection, heir, NOW + MINUTE)


def test_a_failing_letter_is_tried_again_after_the_others_and_may_die(database: Database) -> None:
    with database.write() as connection:
        occasion = told(connection)
        deliveries.add_delivery(connection, letter(occasion, "bad@x"), NOW - MINUTE)
        (failing,) = deliveries.claim(connection, NOW, MINUTE, 5)
        assert deliveries.retry(connection, failing, NOW + MINUTE, "451 hãy thử lại")
        deliveries.add_delivery(connection, letter(occasion, "good@x"), NOW + MINUTE)
        assert deliveries.claim(connection, NOW, MINUTE, 5) == []
        good, bad = deliveries.claim(connection, NOW + MINUTE, MINUTE, 5)
        assert (good.letter.address, bad.letter.address) == ("good@x", "bad@x")
        assert (bad.attempts, bad.error) == (2, "451 hãy thử lại")
        assert deliveries.dead(connection, bad, "550 không có hộp thư")
        (fallen,) = deliveries.deliveries_with(connection, "dead", 5)
        assert fallen.error == "550 không có hộp thư"
        assert deliveries.send_again(connection, bad.id, NOW + 2 * MINUTE)
        assert not deliveries.send_again(connection, bad.id, NOW + 2 * MINUTE)
        assert [each.id for each in deliveries.claim(connection, NOW + 2 * MINUTE, MINUTE, 1)] == [bad.id]


def test_a_letter_that_is_not_true_any_more_is_taken_back_by_its_sender(database: Database) -> None:
    with database.write() as connection:
        for number in range(2):
            deliveries.add_delivery(connection, letter(told(connection), f"{number}@x"), NOW)
        (claimed,) = deliveries.claim(connection, NOW, MINUTE, 1)
        assert deliveries.superseded(connection, claimed)
        assert not deliveries.superseded(connection, claimed)
        assert deliveries.count_deliveries(connection) == {"pending": 1, "superseded": 1}


def test_no_more_are_claimed_than_asked_for_also_where_the_database_takes_the_table_for_tiny(
    database: Database,
) -> None:
    """As after a pass of autovacuum over an empty table: then PostgreSQL runs a subquery again for each row."""
    with database.write() as connection:
        connection.execute(text("ANALYZE"))
        for number in range(2):
            deliveries.add_delivery(connection, letter(told(connection), f"{number}@x"), NOW)
        assert [len(deliveries.claim(connection, NOW, MINUTE, 1)) for _ in range(2)] == [1, 1]


def test_each_way_claims_its_own_letters(database: Database) -> None:
    with database.write() as connection:
        occasion = told(connection)
        deliveries.add_delivery(connection, letter(occasion), NOW)
        deliveries.add_delivery(connection, replace(letter(occasion, "push:1"), channel="push"), NOW)
        assert deliveries.count_waiting(connection) == {"mail": 1, "push": 1}
        assert deliveries.is_waiting_for(connection, "push", "push:1")
        (bell,) = deliveries.claim(connection, NOW, MINUTE, 5, "push")
        assert bell.letter.address == "push:1"
        assert not deliveries.is_waiting_for(connection, "push", "push:1")
        assert deliveries.claim(connection, NOW, MINUTE, 5, "push") == []
        assert [each.id for each in deliveries.deliveries_to(connection, "push:1", 5)] == [bell.id]


def test_senders_at_once_never_get_the_same_letter(database: Database) -> None:
    letters, senders = 30, 4
    with database.write() as connection:
        occasion = told(connection)
        for number in range(letters):
            deliveries.add_delivery(connection, letter(occasion, f"{number}@x"), NOW)
    together = threading.Barrier(senders)
    taken: list[int] = []
    failed: list[BaseException] = []

    def send() -> None:
        try:
            together.wait()
            while True:
                with database.write() as connection:
                    mine = deliveries.claim(connection, NOW, MINUTE, 4)
                if not mine:
                    return
                taken.extend(each.id for each in mine)
        except BaseException as error:
            failed.append(error)

    workers = [threading.Thread(target=send) for _ in range(senders)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert failed == []
    assert len(taken) == letters
    assert len(set(taken)) == letters


def link(connection: Connection, token: str = "abc", **more: Any) -> None:
    links.add_link(
        connection,
        **{
            "token_hash": token,
            "purpose": "task",
            "task_id": "1-2",
            "made_at": NOW,
            "expires_at": NOW + MINUTE,
            "content_hash": "ab12",
            **more,
        },
    )


def test_a_link_is_used_once_before_it_expires(database: Database) -> None:
    with database.write() as connection:
        link(connection)
        found = links.find_link(connection, "abc")
        assert found is not None
        assert (found.task_id, found.content_hash, found.state(NOW)) == ("1-2", "ab12", "usable")
        assert found.state(NOW + MINUTE) == "expired"
        assert not links.use_link(connection, "abc", NOW + MINUTE)
        assert links.use_link(connection, "abc", NOW)
        assert not links.use_link(connection, "abc", NOW)
        used = links.find_link(connection, "abc")
        assert used is not None
        assert used.state(NOW) == "used"
        assert links.find_link(connection, "xyz") is None


def test_links_of_a_task_or_recipient_are_taken_back(database: Database) -> None:
    with database.write() as connection:
        link(connection)
        link(connection, "def", purpose="receipt", task_id=None, recipient_id=4)
        assert links.revoke_links(connection, NOW, task_id="1-2") == 1
        assert links.revoke_links(connection, NOW, task_id="1-2") == 0
        assert not links.use_link(connection, "abc", NOW)
        revoked = links.find_link(connection, "abc")
        assert revoked is not None
        assert revoked.state(NOW) == "revoked"
        assert links.revoke_links(connection, NOW, recipient_id=4) == 1
        with pytest.raises(TypeError):
            links.revoke_links(connection, NOW)
        with pytest.raises(ValueError, match="receipt"):
            link(connection, "ghi", purpose="party")


def test_wrong_codes_are_counted_until_a_new_code(database: Database) -> None:
    with database.write() as connection:
        link(connection, code_hash="h1")
        assert [links.count_wrong_code(connection, "abc") for _ in range(3)] == [1, 2, 3]
        assert links.set_code(connection, "abc", "h2", NOW)
        found = links.find_link(connection, "abc")
        assert found is not None
        assert (found.code_hash, found.code_tries) == ("h2", 0)
        assert not links.set_code(connection, "abc", "h3", NOW + MINUTE)
