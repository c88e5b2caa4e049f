"""Bells of devices and other channels over real HTTP: what they say, to whom, and that no failure reaches the work."""

from __future__ import annotations

import base64
import json
import logging
from datetime import datetime, timedelta
from pathlib import Path

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from sqlalchemy import select

from notifications.channels.apprise import AppriseChannel
from notifications.channels.memory import MemoryChannel
from notifications.channels.push import PushChannel
from notifications.deliver import deliver
from notifications.guarded_post import Outside, resolve_by_system
from notifications.push_keys import make_push_keys, public_key_of, read_push_keys
from notifications.send import Delivered
from workflows.store import channel_states, ways_out
from workflows.store.deliveries import count_waiting, deliveries_to
from workflows.store.preferences import Choice
from workflows.store.sealing import Seal
from workflows.store.tables.installation import installation_secrets

from .commune import BASE_URL, NOW, Commune, day
from .listener import Listener, listener
from .test_preferences import EVENING, MORNING, choose, opened

WHO = "can_bo_vh"


class Device:
    """A browser with its keys, as a push service never sees them."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"0123456789abcdef"

    @property
    def p256dh(self) -> str:
        return text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def open(self, body: bytes) -> dict[str, str]:
        said = http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth, version="aes128gcm")
        return dict(json.loads(said))

    def subscribe(self, commune: Commune, endpoint: str, who: str = WHO) -> None:
        values = {"person_id": commune.people[who], "endpoint": endpoint, "p256dh": self.p256dh}
        with commune.database.write() as connection:
            ways_out.subscribe(connection, values | {"auth": text(self.auth), "label": "Điện thoại", "made_at": NOW})


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sweep(commune: Commune, folder: Path, now: datetime = NOW, mail: MemoryChannel | None = None) -> Delivered:
    make_push_keys(commune.database, Seal("", folder), folder, NOW)
    keys = read_push_keys(commune.database, Seal("", folder), "mailto:vp@ducphong.vn")
    assert keys is not None
    others = [
        PushChannel(commune.database, now, Outside(resolve_by_system, loopback=True, timeout=2), keys),
        AppriseChannel(commune.database, loopback=True),
    ]
    return deliver(
        commune.database, now, mail or MemoryChannel(), base_url=BASE_URL, tokens=commune.tokens, others=others
    )


def own_channel(commune: Commune, there: Listener, who: str = WHO) -> int:
    values = {"person_id": commune.people[who], "url": f"json://127.0.0.1:{there.port}/tin", "label": "Nhóm"}
    with commune.database.write() as connection:
        return ways_out.add_other_address(connection, values | {"events": [], "made_at": NOW, "made_by": None})


def test_the_bell_says_only_that_there_is_something_new(commune_anywhere: Commune, tmp_path: Path) -> None:
    commune, device = commune_anywhere, Device()
    with listener(201) as there:
        device.subscribe(commune, there.url)
        opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10))
        assert sweep(commune, tmp_path).sent == 2
        ((_, headers, body),) = there.posts
    assert device.open(body) == {"title": "Có việc mới"}
    assert (headers["content-encoding"], headers["topic"]) == ("aes128gcm", "co-viec-moi")
    scheme, _, signed = headers["authorization"].partition(" ")
    token, key = (part.partition("=")[2] for part in signed.split(","))
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert scheme == "vapid" and claims["sub"] == "mailto:vp@ducphong.vn"
    assert claims["aud"] == f"http://127.0.0.1:{there.port}"
    keys = read_push_keys(commune.database, Seal("", tmp_path), "x")
    assert keys is not None and key == public_key_of(keys)


def test_the_key_is_made_once_and_lies_sealed(commune: Commune, tmp_path: Path) -> None:
    seal = Seal("", tmp_path)
    assert read_push_keys(commune.database, seal, "x") is None
    assert make_push_keys(commune.database, seal, tmp_path, NOW)
    assert not make_push_keys(commune.database, Seal("", tmp_path), tmp_path, NOW)
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    with commune.database.read() as connection:
        assert "PRIVATE KEY" not in str(connection.execute(select(installation_secrets)).all())


def test_a_key_of_an_earlier_version_is_taken_over_and_its_file_is_gone(commune: Commune, tmp_path: Path) -> None:
    seal, old = Seal("", tmp_path), ec.generate_private_key(ec.SECP256R1())
    pem = old.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "vapid.pem").write_bytes(pem)
    make_push_keys(commune.database, seal, tmp_path, NOW)
    keys = read_push_keys(commune.database, seal, "x")
    assert keys is not None and keys.private_pem.encode() == pem
    assert not (tmp_path / "vapid.pem").exists()
    assert read_push_keys(commune.database, Seal("k" * 32, tmp_path), "x") is None, "another key opens nothing"


def test_five_matters_at_once_ring_once_and_a_switch_silences(commune: Commune, tmp_path: Path) -> None:
    with listener() as there:
        Device().subscribe(commune, there.url)
        for number in range(5):
            opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10 + number))
        sweep(commune, tmp_path)
        assert len(there.posts) == 1
        choose(commune, WHO, viec_moi=Choice("ngay", push=False))
        opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 20))
        sweep(commune, tmp_path)
        assert len(there.posts) == 1


def test_no_bell_rings_at_night(commune: Commune, tmp_path: Path) -> None:
    with listener() as there:
        Device().subscribe(commune, there.url)
        opened(commune, ("can_bo", "van_hoa"), EVENING, form="thuc_hien", due=day(12, 10))
        sweep(commune, tmp_path, EVENING)
        assert there.posts == []
        sweep(commune, tmp_path, MORNING)
        assert len(there.posts) == 1


def test_a_device_that_was_forgotten_rings_no_more(commune: Commune, tmp_path: Path) -> None:
    with listener(410) as there:
        Device().subscribe(commune, there.url)
        opened(commune, ("can_bo", "van_hoa"), form="ky", due=day(12, 10))
        assert sweep(commune, tmp_path).dead == 1
        opened(commune, ("can_bo", "van_hoa"), form="ky", due=day(12, 11))
        sweep(commune, tmp_path)
        assert len(there.posts) == 1
    with commune.database.read() as connection:
        assert ways_out.subscriptions_of(connection, commune.people[WHO]) == []


def test_an_endpoint_that_is_no_push_service_is_never_posted_to(commune: Commune, tmp_path: Path) -> None:
    Device().subscribe(commune, "https://169.254.169.254/latest")
    opened(commune, ("can_bo", "van_hoa"), form="ky", due=day(12, 10))
    assert sweep(commune, tmp_path).dead == 1
    with commune.database.read() as connection:
        (kept,) = deliveries_to(connection, "push:1", 5)
    assert "BAD_PUSH_SERVICE" in (kept.error or "")


def test_a_dead_bell_is_visible_and_delays_no_letter(commune: Commune, tmp_path: Path) -> None:
    with listener() as there:
        closed = there.url
    Device().subscribe(commune, closed)
    opened(commune, ("can_bo", "van_hoa"), form="ky", due=day(12, 10))
    mail = MemoryChannel()
    done = sweep(commune, tmp_path, NOW, mail)
    assert (done.sent, done.retried, len(mail.letters)) == (1, 1, 1)
    with commune.database.read() as connection:
        assert channel_states.channel_state(connection, "push").failing_since == NOW
        assert count_waiting(connection) == {"push": 1}


def test_a_bell_about_what_was_done_meanwhile_does_not_ring(commune: Commune, tmp_path: Path) -> None:
    with listener() as there:
        Device().subscribe(commune, there.url)
        task = opened(commune, ("can_bo", "van_hoa"), EVENING, form="thuc_hien", due=day(12, 10))
        sweep(commune, tmp_path, EVENING)
        commune.close_task(task)
        sweep(commune, tmp_path, MORNING)
        assert there.posts == []


def test_another_channel_says_the_subject_and_its_failure_is_tried_again_in_silence(
    commune: Commune, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), listener(500) as there:
        own_channel(commune, there)
        opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(12, 10))
        assert sweep(commune, tmp_path).retried == 1
        assert sweep(commune, tmp_path, NOW + timedelta(minutes=1)).sent == 1
        said = json.loads(there.posts[-1][2])
    assert said["message"].startswith("[Cần thực hiện, hạn 10/12] KH Tuyên truyền")
    assert str(there.port) not in "".join(each.getMessage() for each in caplog.records if each.name == "apprise")
    with commune.database.read() as connection:
        (kept,) = deliveries_to(connection, "apprise:1", 5)
    assert (kept.status, kept.letter.name, str(there.port) in repr(kept)) == ("sent", "Nhóm", False)


def test_a_group_of_the_office_reads_kinds_and_plans_and_no_names(commune: Commune, tmp_path: Path) -> None:
    with listener() as there:
        values = {"office_id": commune.bodies["ubnd"], "url": f"json://127.0.0.1:{there.port}/tin", "label": "Nhóm"}
        with commune.database.write() as connection:
            made = {"events": ["task.late"], "made_at": NOW, "made_by": None}
            ways_out.add_other_address(connection, values | made)
        opened(commune, ("can_bo", "van_hoa"), form="thuc_hien", due=day(11, 16))
        sweep(commune, tmp_path)
        assert there.posts == []
        task = commune.open_task(commune.group("can_bo", "van_hoa"), form="thuc_hien", due=day(11, 16))
        commune.tell("task_late", "late", task_id=task, level=1, target="thu_truong")
        sweep(commune, tmp_path)
        said = json.loads(there.posts[0][2])["message"]
    assert said == "Có việc quá hạn: Tuyên truyền cải cách hành chính trên địa bàn xã năm 2026"
