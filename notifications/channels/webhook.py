"""Webhooks as Standard Webhooks describes them: one id for every repeat, a timestamp, and a signature over both."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from notifications.due_words import HANOI
from notifications.guarded_post import Answer, Outside, UnsafeAddress, split
from workflows.store import telling, ways_out
from workflows.store.database import Database
from workflows.store.deliveries import Letter
from workflows.store.ways_out import Endpoint

from .error import ChannelError

# After so long without one success an endpoint is not tried any more, and its administrators are told.
GIVE_UP_ENDPOINT = timedelta(days=5)
GONE = 410
TAKEN = range(200, 300)


class WebhookChannel:
    """Posts events to endpoints; one that failed is asked once a pass, so that it delays nobody else's."""

    name = "webhook"

    def __init__(self, database: Database, now: datetime, outside: Outside) -> None:
        self._database, self._now, self._outside = database, now, outside
        self._failed: dict[int, str] = {}

    def send(self, letter: Letter) -> None:
        """Hand the event over; ChannelError when it was not taken with a status of 2xx."""
        endpoint_id = int(letter.address.partition(":")[2])
        with self._database.read() as connection:
            endpoint = ways_out.endpoint(connection, endpoint_id)
        if not endpoint.is_on:
            raise ChannelError("the endpoint is switched off", permanent=True)
        if endpoint.id in self._failed:
            raise ChannelError(self._failed[endpoint.id])
        try:
            answer = self._post(endpoint, letter)
        except UnsafeAddress as error:
            self._note_failure(endpoint, f"{error}")
            raise ChannelError(f"{error}", permanent=True) from error
        except OSError as error:
            self._note_failure(endpoint, f"{type(error).__name__}: {error}")
            raise ChannelError(f"{type(error).__name__}: {error}") from error
        if answer.status not in TAKEN:
            said = f"{answer.status} {answer.text[:200]}".strip()
            self._note_failure(endpoint, said, gone=answer.status == GONE)
            raise ChannelError(said, permanent=answer.status == GONE)
        if endpoint.failing_since is not None or endpoint.last_ok_at is None:
            with self._database.write() as connection:
                ways_out.change_endpoint(connection, endpoint.id, failing_since=None, last_ok_at=self._now)

    def close(self) -> None:
        """Nothing is held."""

    def _post(self, endpoint: Endpoint, letter: Letter) -> Answer:
        headers = signed_headers(endpoint.secret, letter.message_id, self._now, letter.text)
        return self._outside.post(endpoint.url, letter.text.encode(), headers)

    def _note_failure(self, endpoint: Endpoint, error: str, *, gone: bool = False) -> None:
        self._failed[endpoint.id] = error
        since = endpoint.failing_since or self._now
        given_up = gone or self._now - since >= GIVE_UP_ENDPOINT
        values = {"failing_since": since, "last_error": error, "disabled_at": self._now if given_up else None}
        with self._database.write() as connection:
            ways_out.change_endpoint(connection, endpoint.id, **values)
            if given_up:
                telling.tell(
                    connection,
                    "webhook_disabled",
                    f"webhook-disabled:{endpoint.id}:{since.isoformat()}",
                    self._now,
                    office_id=endpoint.office_id,
                    data={
                        "host": split(endpoint.url).hostname or "",
                        "since": f"{since.astimezone(HANOI):%H:%M ngày %d/%m/%Y}",
                        "error": error,
                    },
                )


def signed_headers(secret: str, message_id: str, now: datetime, body: str) -> dict[str, str]:
    """The headers of one try: the id stays the same for every repeat, the timestamp is that of the try."""
    from standardwebhooks.webhooks import Webhook  # noqa: PLC0415 - loaded when something is sent, not at the start

    at = now.astimezone(UTC)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, body),
    }
