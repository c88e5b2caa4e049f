"""What the doctor says of settings, clocks and certificates; most of it also keeps the pages from starting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from service.settings import Settings
from service.upkeep import upkeep_of
from workflows.errors import Refused
from workflows.papers.signing.seal_key import seal_key
from workflows.store import health, quarantine
from workflows.store.database import Database
from workflows.store.finding import Finding
from workflows.store.sealing import SHORTEST_KEY

# Further apart than this, what is "before the deadline" on one of the two is "late" on the other.
CLOCKS_APART = timedelta(minutes=2)
SOON = timedelta(days=30)
# Names that only a network of one's own knows (RFC 2606, 6762, 8375, 9476 and custom).
INSIDE = ("localhost", "local", "lan", "internal", "intranet", "home.arpa", "test", "invalid")
SHORTEST_TOKEN = 16  # characters of a secret that a program says
FEWEST_CHARACTERS = 8  # different ones in a secret: "xxxx…" or "12341234…" is guessed


def examine_settings(settings: Settings) -> Iterator[Finding]:
    """Whether what is set lets strangers read or guess; nothing is connected to."""
    yield _address(settings)
    if settings.smtp_host and settings.smtp_security == "none" and not is_this_machine(settings.smtp_host):
        yield Finding("SMTP_OPEN", "error", {"host": settings.smtp_host})
    if settings.demo and _is_known_password(settings) and not _only_here(settings):
        yield Finding("DEMO_OPEN", "error", {"host": settings.host})
    yield from _secrets(settings)
    if settings.checkpoint_folder:
        folder = Path(settings.checkpoint_folder)
        good = is_writable(folder)
        state = "ghi được" if good else "không ghi được"
        yield Finding("CHECKPOINT_FOLDER", "ok" if good else "error", {"folder": str(folder), "state": state})


def examine_clock(database: Database, now: datetime) -> Iterator[Finding]:
    """Whether this machine and the database have the same time, and nothing on record is from the future."""
    with database.read() as connection:
        server, last = health.server_time(connection), health.last_swept(connection)
    if server is not None:
        apart = abs(server - now)
        far = apart > CLOCKS_APART
        yield Finding("CLOCK", "error" if far else "ok", {"seconds": round(apart.total_seconds())})
    if last is not None and last - now > CLOCKS_APART:
        ahead = round((last - now).total_seconds())
        yield Finding("CLOCK_BACK", "warning", {"last": last.isoformat(), "seconds": ahead})


def examine_quarantine(database: Database) -> Iterator[Finding]:
    """Whether the database was restored and nobody has looked at it yet."""
    with database.read() as connection:
        state = quarantine.quarantine_of(connection)
    if state is not None:
        ends = state.copy_ends_at.isoformat() if state.copy_ends_at else None
        facts = {"restored_at": state.restored_at.isoformat(), "copy_ends_at": ends}
        yield Finding("QUARANTINE", "error", facts)


def examine_certificates(database: Database, now: datetime) -> Iterator[Finding]:
    """The certificate in use that ends first. One that is over stops its signatures only, so the pages still start."""
    with database.read() as connection:
        found = upkeep_of(connection, now)
    if found.certificate_ends is None or found.certificate_left is None:
        return
    facts = {"holder": found.certificate_holder, "ends": found.certificate_ends.date().isoformat()}
    if found.certificate_left <= timedelta(0):
        yield Finding("CERTIFICATE_OVER", "error", facts)
    else:
        soon = found.certificate_left < SOON
        yield Finding("CERTIFICATE_SOON" if soon else "CERTIFICATE", "warning" if soon else "ok", facts)


def is_writable(folder: Path) -> bool:
    """Whether a file can really be made there, or where the folder itself would be made."""
    place = next(each for each in (folder, *folder.parents) if each.exists())
    try:
        with TemporaryFile(dir=place) as file:
            file.write(b"kehoach")
            file.flush()
    except OSError:
        return False
    return True


def is_this_machine(host: str) -> bool:
    """Whether what is said to this host stays on this machine."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".").split(".")[-1] == "localhost"


def _address(settings: Settings) -> Finding:
    """http to a public name or address sends passwords and sessions for all to read."""
    host = urlsplit(settings.base_url).hostname or ""
    facts = {"address": settings.base_url}
    if settings.secure or is_this_machine(host):
        return Finding("BASE_URL", "ok", facts)
    if _is_public(host):
        return Finding("BASE_URL_OPEN", "error", facts)
    return Finding("BASE_URL_INSIDE", "warning", facts)


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        name = host.lower().rstrip(".")
        return "." in name and not name.endswith(tuple(f".{each}" for each in INSIDE))


def _is_known_password(settings: Settings) -> bool:
    return bool(settings.demo_password == Settings.model_fields["demo_password"].default)


def _only_here(settings: Settings) -> bool:
    return is_this_machine(settings.host) and is_this_machine(urlsplit(settings.base_url).hostname or "")


def _secrets(settings: Settings) -> Iterator[Finding]:
    """Secrets that were typed rather than drawn; each is named and none is shown."""
    keys = settings.secret_key.get_secret_value().replace(",", "\n").split()
    told = [("KEHOACH_SECRET_KEY", key, SHORTEST_KEY) for key in keys]
    if metrics := settings.metrics_token.get_secret_value():
        told.append(("KEHOACH_METRICS_TOKEN", metrics, SHORTEST_TOKEN))
    if prefect := settings.prefect_key.get_secret_value():  # name:secret
        told.append(("KEHOACH_PREFECT_KEY", prefect.partition(":")[2], SHORTEST_TOKEN))
    for name in dict.fromkeys(name for name, secret, shortest in told if _is_weak(secret, shortest)):
        yield Finding("WEAK_SECRET", "error", {"name": name})
    if settings.checkpoint_key.get_secret_value():
        try:
            seal_key(Path("KEHOACH_CHECKPOINT_KEY"), settings.checkpoint_key.get_secret_value())
        except Refused:
            yield Finding("CHECKPOINT_KEY_BAD", "error", {})


def _is_weak(secret: str, shortest: int) -> bool:
    return len(secret) < shortest or len(set(secret)) < FEWEST_CHARACTERS
