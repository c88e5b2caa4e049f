"""Webhooks over real HTTP: signed as Standard Webhooks says, repeated under one id, given up after days, replayed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks.webhooks import Webhook

from notifications.channels.memory import MemoryChannel
from notifications.channels.webhook import GIVE_UP_ENDPOINT, WebhookChannel
from notifications.deliver import deliver
from notifications.guarded_post import Outside, resolve_by_system
from notifications.retries import WEBHOOK_LADDER
from notifications.send import Delivered
from workflows.actions.desk import Desk
from workflows.actions.keep_channels import add_webhook, replay, switch_webhook
from workflows.engine.actor import CLOCK, Actor
from workflows.errors import Refused
from workflows.store import channel_states, ways_out
from workflows.store.deliveries import deliveries_to

from .commune import BASE_URL, NOW, Commune, day
from .listener import listener

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def register(commune: Commune, url: str, *events: str) -> int:
    desk = Desk(commune.database, NOW, CLOCK)
    return add_webhook(desk, commune.bodies["ubnd"], url, SECRET, events or ("task.opened",))


def sweep(commune: Commune, now: datetime, *, loopback: bool = True) -> Delivered:
    outside = Outside(resolve_by_system, loopback, timeout=2)
    others = [WebhookChannel(commune.database, now, outside)]
    return deliver(commune.database, now, MemoryChannel(), base_url=BASE_URL, tokens=commune.tokens, others=others)


def opened(commune: Commune, now: datetime = NOW) -> str:
    task = commune.open_task(commune.group("chu_tich", "ubnd"), due=day(11, 20))
    commune.tell("task_opened", f"task:{task}", task_id=task, now=now)
    return task


def states(commune: Commune, endpoint: int) -> list[tuple[str, int]]:
    with commune.database.read() as connection:
        return [(each.status, each.attempts) for each in deliveries_to(connection, f"webhook:{endpoint}", 50)]


def test_an_event_is_signed_and_says_ids_only(commune_anywhere: Commune) -> None:
    commune = commune_anywhere
    with listener() as there:
        register(commune, there.url)
        now = datetime.now(UTC)  # the library's own check wants a timestamp of these minutes
        task = opened(commune, now)
        sweep(commune, now)
        ((_, headers, body),) = there.posts
    told = Webhook(SECRET).verify(body, headers)
    assert told["type"] == "task.opened"
    assert told["data"] == {
        "office": commune.bodies["ubnd"],
        "plan": commune.plan_id,
        "case": None,
        "task": task,
    }
    assert headers["content-type"].startswith("application/json")
    assert headers["webhook-id"].startswith("msg_")


def test_only_what_was_asked_for_is_sent_and_only_by_the_office_itself(commune: Commune) -> None:
    with listener() as there:
        register(commune, there.url, "plan.issued")
        opened(commune)
        sweep(commune, NOW)
        assert there.posts == []
        commune.issue()
        commune.tell("plan_issued", "issued")
        sweep(commune, NOW)
        assert [json.loads(body)["type"] for _, _, body in there.posts] == ["plan.issued"]


def test_a_repeat_has_the_same_id_and_body_and_a_new_timestamp(commune_anywhere: Commune) -> None:
    commune = commune_anywhere
    with listener(500, 503) as there:
        endpoint = register(commune, there.url)
        opened(commune)
        now = NOW
        for minutes in (0, *WEBHOOK_LADDER[:2]):
            now += timedelta(minutes=minutes)
            sweep(commune, now)
        assert states(commune, endpoint) == [("sent", 3)]
        assert len({headers["webhook-id"] for _, headers, _ in there.posts}) == 1
        assert len({body for _, _, body in there.posts}) == 1
        assert len({headers["webhook-timestamp"] for _, headers, _ in there.posts}) == 3
    with commune.database.read() as connection:
        kept = ways_out.endpoint(connection, endpoint)
        assert channel_states.channel_state(connection, "webhook").failing_since is None
    assert kept.failing_since is None and kept.last_ok_at == now


def test_a_dead_machine_is_asked_once_a_pass_and_delays_no_mail(commune: Commune) -> None:
    with listener() as there:
        closed = there.url
    endpoint = register(commune, closed)
    for _ in range(4):
        opened(commune)
    done = sweep(commune, NOW)
    assert (done.sent, done.retried) == (4, 4)
    assert states(commune, endpoint) == [("retry", 1)] * 4
    with commune.database.read() as connection:
        state = channel_states.channel_state(connection, "webhook")
        mail = channel_states.channel_state(connection, "mail")
    assert state.failing_since == NOW and "refused" in (state.last_error or "").lower()
    assert mail.failing_since is None and mail.last_ok_at == NOW


def test_after_days_of_failures_it_is_switched_off_and_the_administrator_is_told(commune: Commune) -> None:
    from workflows.store import directory  # noqa: PLC0415 - only here

    with commune.database.write() as connection:
        person = directory.add_person(connection, "Lê Quản Trị", "quan_tri@ducphong.gov.vn")
        post = directory.add_post(connection, commune.bodies["ubnd"], "quan_tri", "Quản trị hệ thống")
        directory.hold(connection, post, person)
    with listener(*[500] * 50) as there:
        endpoint = register(commune, there.url)
        opened(commune)
        sweep(commune, NOW)
        later = NOW + GIVE_UP_ENDPOINT
        opened(commune, later)
        sweep(commune, later)
        before = len(there.posts)
        mail = MemoryChannel()
        deliver(commune.database, later, mail, base_url=BASE_URL, tokens=commune.tokens)
        opened(commune, later)
        sweep(commune, later + timedelta(minutes=5))
        assert len(there.posts) == before
    (letter,) = [each for each in mail.letters if each.address.startswith("quan_tri")]
    assert letter.subject == "[Lỗi] Đã ngừng gửi tin tới 127.0.0.1"
    with commune.database.read() as connection:
        assert ways_out.endpoint(connection, endpoint).disabled_at == later
    switch_webhook(Desk(commune.database, later, CLOCK), endpoint, on=True)
    with commune.database.read() as connection:
        assert ways_out.endpoint(connection, endpoint).is_on


def test_gone_switches_it_off_at_once(commune: Commune) -> None:
    with listener(410) as there:
        endpoint = register(commune, there.url)
        opened(commune)
        sweep(commune, NOW)
    assert states(commune, endpoint) == [("dead", 1)]
    with commune.database.read() as connection:
        assert ways_out.endpoint(connection, endpoint).disabled_at == NOW


def test_a_delivery_is_replayed_under_its_id_by_its_administrator_only(commune: Commune) -> None:
    with listener() as there:
        endpoint = register(commune, there.url)
        opened(commune)
        sweep(commune, NOW)
        with commune.database.read() as connection:
            (sent,) = deliveries_to(connection, f"webhook:{endpoint}", 5)
        stranger = Actor("9", "Người khác", groups=frozenset({f"quan_tri@{commune.bodies['huyen']}"}))
        with pytest.raises(Refused, match="NOT_YOURS"):
            replay(Desk(commune.database, NOW, stranger), sent.id)
        replay(Desk(commune.database, NOW, CLOCK), sent.id)
        with pytest.raises(Refused, match="ON_ITS_WAY"):
            replay(Desk(commune.database, NOW, CLOCK), sent.id)
        sweep(commune, NOW + timedelta(minutes=1))
        assert len(there.posts) == 2
        assert len({headers["webhook-id"] for _, headers, _ in there.posts}) == 1


def test_without_the_setting_nothing_reaches_this_machine(commune: Commune) -> None:
    with listener() as there:
        endpoint = register(commune, there.url)
        opened(commune)
        sweep(commune, NOW, loopback=False)
        assert there.posts == []
    assert states(commune, endpoint) == [("dead", 1)]
