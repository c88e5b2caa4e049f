"""Mail over SMTP: one connection for a batch, and what each refusal of a server means for the letter."""

from __future__ import annotations

import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from workflows.store.deliveries import Letter

from .error import ChannelError
from .mime import mail_of
from .settings import ChannelSettings


class SmtpChannel:
    """Sends letters one after another; threads that share it have a connection each."""

    name = "mail"

    def __init__(self, settings: ChannelSettings) -> None:
        self._settings = settings
        self._held = threading.local()

    def send(self, letter: Letter) -> None:
        """Hand the letter to the server; it is gone only when the server has answered 250 to its last line."""
        mail = mail_of(letter, self._settings.sender, self._settings.sender_name)
        server = self._server()
        with self._explained():
            server.send_message(mail, from_addr=self._settings.sender, to_addrs=[letter.address])

    def close(self) -> None:
        """Take leave of the server, if it is still there."""
        server, self._held.server = getattr(self._held, "server", None), None
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def _server(self) -> smtplib.SMTP:
        """The held connection when it still answers, else a new one."""
        server: smtplib.SMTP | None = getattr(self._held, "server", None)
        if server is not None:
            with suppress(smtplib.SMTPException, OSError):
                if server.noop()[0] == 250:
                    return server
            self._drop()
        try:
            self._held.server = opened = self._open()
        except (smtplib.SMTPException, OSError) as error:
            raise ChannelError(_said(error), unreachable=True) from error
        return opened

    def _open(self) -> smtplib.SMTP:
        settings = self._settings
        if settings.tls == "implicit":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout, context=self._trust()
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
        try:
            if settings.tls == "starttls":
                server.starttls(context=self._trust())
            if settings.user is not None:
                server.login(settings.user, settings.password or "")
        except BaseException:
            server.close()
            raise
        return server

    def _trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self._settings.ca_file)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn the library's errors into one; a connection that failed in the middle is not used again."""
        try:
            yield
        except smtplib.SMTPRecipientsRefused as error:
            code, answer = next(iter(error.recipients.values()))
            raise ChannelError(f"{code} {_text(answer)}", permanent=code >= 500) from error
        except smtplib.SMTPDataError as error:
            raise ChannelError(_said(error), permanent=error.smtp_code >= 500) from error
        except smtplib.SMTPResponseException as error:  # the sender is refused: ours to mend, not the letter's fault
            raise ChannelError(_said(error)) from error
        except (smtplib.SMTPException, OSError, ValueError) as error:
            self._drop()
            raise ChannelError(_said(error), silent=_is_silence(error)) from error

    def _drop(self) -> None:
        server, self._held.server = getattr(self._held, "server", None), None
        if server is not None:
            server.close()


def _is_silence(error: Exception) -> bool:
    """The library turns a timeout into a disconnection and keeps it only as the context."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}"


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
