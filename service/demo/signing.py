"""The demo signs: an authority of its own, keys for those who sign and for each office's seal, pictures that say so.

Everything is real but the authority: certificates, time stamps and revocation lists carry no legal force, and say it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import typst
from sqlalchemy import Connection

from workflows.actions.desk import Desk
from workflows.actions.register_key import NewKey, register_key, set_trust
from workflows.engine.actor import CLOCK
from workflows.engine.calendar import VIETNAM
from workflows.papers.signing.trust import Trust
from workflows.store import directory
from workflows.store.database import Database
from workflows.store.directory import Body, Holder

from .test_authority import Issued, TestAuthority

SIGNERS = ("chu_tich", "pho_chu_tich")
SIGNATURE_MM, SEAL_MM = 42, 36
# A stroke that the name decides, so that no two people sign alike; the words come by sys.inputs.
_SIGNATURE = """
#set page(width: 84mm, height: 40mm, margin: 0pt, fill: none)
#let blue = rgb("#1a3fae")
#let at = json(bytes(sys.inputs.bends))
#place(curve(stroke: (paint: blue, thickness: 0.9mm, cap: "round", join: "round"),
  curve.move((4mm, 26mm)),
  ..range(5).map(i => curve.cubic((4mm + i * 15mm, at.at(3 * i) * 0.26mm), (12mm + i * 15mm, 40mm - at.at(3 * i + 1)
    * 0.2mm), (20mm + i * 15mm, 12mm + at.at(3 * i + 2) * 0.14mm)))))
#place(dx: 10mm, dy: 22mm, text(font: ("Tinos", "Libertinus Serif"), style: "italic", size: 24pt, fill: blue,
  sys.inputs.name))
#place(bottom + center, dy: -4mm, text(font: ("Tinos", "Libertinus Serif"), size: 10pt, fill: blue)[chữ ký thử nghiệm])
"""
_SEAL = """
#set page(width: 36mm, height: 36mm, margin: 0pt, fill: none)
#let red = rgb("#d81e1e")
#set text(font: ("Tinos", "Libertinus Serif"), fill: red, weight: "bold")
#place(center + horizon, circle(radius: 17.4mm, stroke: 0.6mm + red))
#place(center + horizon, circle(radius: 16.3mm, stroke: 0.2mm + red))
#place(center + horizon, box(width: 27mm, align(center)[
  #set par(leading: 0.35em)
  #text(size: 6.5pt)[DẤU THỬ NGHIỆM] \\
  #v(0.5mm) #text(size: 8pt, upper(sys.inputs.name)) #v(0.5mm)
  #text(size: 6.5pt)[KHÔNG CÓ GIÁ TRỊ PHÁP LÝ]
]))
"""


def set_up_signing(database: Database, folder: Path, password: str, since: datetime, now: datetime) -> None:
    """Give every office that has a chairman keys for those who sign and for its seal, kept in `folder`.

    `since` is the day from which the authority's certificates hold: the demo's oldest document is signed after it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    authority = TestAuthority(since - timedelta(days=1))
    keys = _KeyFolder(folder, authority, password)
    desk = Desk(database, now, CLOCK)
    with database.read() as connection:
        today = now.astimezone(VIETNAM).date()
        signers = [
            (office, [holder for role in SIGNERS for holder in _holders(connection, role, office, today)])
            for office in directory.offices(connection, today)
        ]
    for office, people in signers:
        for person in people:
            facts = keys.keep(authority.issue(person.name, office.name), f"person-{person.person_id}")
            picture = draw_signature(person.name)
            register_key(desk, NewKey("person", person.person_id, "pkcs12", facts, picture, SIGNATURE_MM))
        if people:
            facts = keys.keep(authority.issue(office.name, office.name), f"office-{office.id}")
            register_key(desk, NewKey("office", office.id, "pkcs12", facts, draw_seal(office.name), SEAL_MM))
    set_trust(
        desk,
        Trust(
            roots=(authority.root.der,),
            revocation_lists=(authority.revocation_list(since),),
            stamps=keys.keep(authority.issue_stamper(), "stamper"),
            test=True,
        ),
    )


def draw_signature(name: str) -> bytes:
    """A made-up signature in blue on transparent ground, 84 by 40 mm at twice the resolution of the screen (PNG)."""
    bends = [value % 100 for value in sha256(name.encode()).digest()[:15]]
    return _png(_SIGNATURE, {"name": name.rsplit(maxsplit=1)[-1], "bends": str(bends)})


def draw_seal(name: str) -> bytes:
    """A round seal in red that says what it is: a trial without legal force (PNG)."""
    return _png(_SEAL, {"name": name.replace("Ủy ban nhân dân", "UBND")})


def _png(source: str, inputs: dict[str, str]) -> bytes:
    made = typst.compile(source.encode(), format="png", ppi=288, sys_inputs=inputs)
    assert isinstance(made, bytes), "a picture is one page"
    return made


def _holders(connection: Connection, role: str, office: Body, today: date) -> list[Holder]:
    return directory.holders_of(connection, directory.group(role, office.id), today)


class _KeyFolder:
    """Where the demo's keys are, readable by the program's own user only."""

    def __init__(self, folder: Path, authority: TestAuthority, password: str) -> None:
        self._folder = folder.absolute()
        self._authority = authority
        self._password = password
        self._write("password", password.encode())

    def keep(self, issued: Issued, name: str) -> dict[str, str]:
        """Keep the key as a file; where it is and where its password is."""
        self._write(f"{name}.p12", issued.pkcs12(self._authority.root, self._password))
        return {"file": str(self._folder / f"{name}.p12"), "secret": f"file:{self._folder / 'password'}"}

    def _write(self, name: str, content: bytes) -> None:
        file = self._folder / name
        file.touch(mode=0o600)
        file.write_bytes(content)
