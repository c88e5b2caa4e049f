"""The bell of a device by web push (RFC 8030, 8291, 8292): it says only that there is something new."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from notifications.guarded_post import Outside, UnsafeAddress, split
from workflows.errors import Refused
from workflows.store import ways_out
from workflows.store.database import Database
from workflows.store.deliveries import Letter

from .error import ChannelError

# The push services of the browsers; a subscription anywhere else is refused, whoever sends it.
SERVICES = (
    "fcm.googleapis.com",
    "jmt17.google.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "notify.windows.com",
)
KEPT_SECONDS = 24 * 3600  # by the push service, for a device that is off
SIGNED_FOR = timedelta(hours=12)
TOPIC = "co-viec-moi"  # a newer bell takes the place of one that was not fetched
FORGOTTEN = (404, 410)


@dataclass(frozen=True)
class PushKeys:
    """The key by which push services know this installation (VAPID), and whom they may write to."""

    private_pem: str = field(repr=False)
    contact: str  # mailto: or https:


class PushChannel:
    """Rings the bells of devices."""

    name = "push"

    def __init__(self, database: Database, now: datetime, outside: Outside, keys: PushKeys) -> None:
        self._database, self._now, self._outside, self._keys = database, now, outside, keys

    def send(self, letter: Letter) -> None:
        """Ring one bell; a device that the push service has forgotten rings no more."""
        device_id = int(letter.address.partition(":")[2])
        with self._database.read() as connection:
            device = ways_out.subscription(connection, device_id)
        if device is None or device.ended_at is not None:
            raise ChannelError("the device does not listen any more", permanent=True)
        try:
            demand_push_service(device.endpoint, self._outside)
            body, headers = sealed(device.endpoint, device.p256dh, device.auth, letter.subject, self._keys, self._now)
            answer = self._outside.post(device.endpoint, body, headers)
        except (UnsafeAddress, Refused, ValueError) as error:
            raise ChannelError(f"{type(error).__name__}: {error}", permanent=True) from error
        except OSError as error:
            raise ChannelError(f"{type(error).__name__}: {error}") from error
        if answer.status in FORGOTTEN:
            with self._database.write() as connection:
                ways_out.end_subscription(connection, device.id, self._now)
        if not 200 <= answer.status < 300:
            raise ChannelError(f"{answer.status} {answer.text[:200]}", permanent=answer.status in FORGOTTEN)

    def close(self) -> None:
        """Nothing is held."""


def demand_push_service(endpoint: str, outside: Outside) -> None:
    """Refuse what is no push service of a browser: BAD_PUSH_SERVICE. With `loopback`, this machine too."""
    try:
        host = split(endpoint).hostname or ""
    except UnsafeAddress as error:
        raise Refused("BAD_PUSH_SERVICE") from error
    known = any(host == service or host.endswith(f".{service}") for service in SERVICES)
    at_home = outside.loopback and host in ("127.0.0.1", "localhost", "::1")
    if not known and not at_home:
        raise Refused("BAD_PUSH_SERVICE")


def sealed(  # noqa: PLR0917 - the parts of one message
    endpoint: str, p256dh: str, auth: str, said: str, keys: PushKeys, now: datetime
) -> tuple[bytes, Mapping[str, str]]:
    """The body that only the device can open, and the headers that say who sends it."""
    from py_vapid import Vapid02  # noqa: PLC0415 - loaded when something is sent, not at the start
    from pywebpush import WebPusher  # noqa: PLC0415 - loaded when something is sent, not at the start

    known = {"endpoint": endpoint, "keys": {"p256dh": p256dh, "auth": auth}}
    body = WebPusher(known).encode(json.dumps({"title": said}, ensure_ascii=False).encode())["body"]
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((now + SIGNED_FOR).timestamp()),
        "sub": keys.contact,
    }
    signed = Vapid02.from_pem(keys.private_pem.encode()).sign(claims)
    headers = {"Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(KEPT_SECONDS)}
    return bytes(body), {**headers, "Urgency": "normal", "Topic": TOPIC, **signed}
