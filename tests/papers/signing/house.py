"""A small office that can sign: an authority of its own, keys in files, pictures, and a document to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import typst
from PIL import Image, ImageDraw

from service.demo.test_authority import Issued, TestAuthority
from workflows.papers.signing.keys import KeyPlace
from workflows.papers.signing.marks import picture_mark, read_picture
from workflows.papers.signing.places import Place, seal_over
from workflows.papers.signing.sign_pdf import Room, Wanted, sign_pdf
from workflows.papers.signing.trust import Trust

NOW = datetime(2026, 2, 5, 2, 0, tzinfo=UTC)
PASSWORD = "bí mật của kho khóa"
SIGNER = Place(0, 340, 150, 480, 220)
SEAL = seal_over(SIGNER)
_LETTER = """
#set page(paper: "a4", margin: (left: 30mm, right: 15mm, y: 20mm))
#set text(font: "Tinos", size: 14pt)
ỦY BAN NHÂN DÂN XÃ AN BÌNH \\ Số: 05/KH-UBND
#v(2cm)
#align(center)[*KẾ HOẠCH* \\ Cải cách hành chính năm 2026]
#place(bottom + right, dx: -2cm)[#align(center)[*TM. ỦY BAN NHÂN DÂN* \\ *CHỦ TỊCH* #v(29mm) *Nguyễn Văn An*]]
"""


@cache
def letter() -> bytes:
    """An unsigned document of one page."""
    return bytes(typst.compile(_LETTER.encode()))


@cache
def ink(colour: str) -> bytes:
    """A picture on transparent ground: a stroke for a signature in blue, a ring for a seal in red."""
    image = Image.new("RGBA", (400, 200 if colour == "blue" else 400), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    if colour == "blue":
        draw.line([(20, 150), (90, 30), (150, 160), (220, 60), (380, 120)], fill=(20, 40, 170, 255), width=9)
    else:
        draw.ellipse((6, 6, 394, 394), outline=(220, 20, 20, 255), width=12)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@dataclass
class SigningHouse:
    """The authority and the folder with the keys."""

    folder: Path
    authority: TestAuthority
    trust: Trust

    def secret(self) -> str:
        """Where the password is."""
        return f"file:{self.folder / 'password'}"

    def key(self, name: str, organisation: str = "UBND xã An Bình") -> KeyPlace:
        """A key in a PKCS#12 file for this name."""
        return self.keep(self.authority.issue(name, organisation), name)

    def keep(self, issued: Issued, name: str) -> KeyPlace:
        """The key of this certificate in a PKCS#12 file."""
        file = self.folder / f"{name.replace(' ', '-')}.p12"
        file.write_bytes(issued.pkcs12(self.authority.root, PASSWORD))
        return KeyPlace("pkcs12", {"file": str(file), "secret": self.secret()})


def signing_house(folder: Path) -> SigningHouse:
    """The house in this folder."""
    authority = TestAuthority(NOW - timedelta(days=300))
    (folder / "password").write_text(PASSWORD + "\n", encoding="utf-8")
    (folder / "stamper.p12").write_bytes(authority.issue_stamper().pkcs12(authority.root, PASSWORD))
    trust = Trust(
        roots=(authority.root.der,),
        revocation_lists=(authority.revocation_list(NOW - timedelta(days=1)),),
        stamps={"file": str(folder / "stamper.p12"), "secret": f"file:{folder / 'password'}"},
        test=True,
    )
    return SigningHouse(folder, authority, trust)


def by_person(**changed: object) -> Wanted:
    """The competent person's signature, with room for the seal."""
    mark = picture_mark(read_picture(ink("blue"), "blue"), SIGNER.width)
    facts: dict[str, object] = {
        "field": "ky",
        "name": "Nguyễn Văn An",
        "reason": "Ký ban hành",
        "location": "An Bình",
        "mark": mark,
        "place": SIGNER,
        "first": True,
        "room": (Room("co_quan", SEAL),),
    }
    return Wanted(**{**facts, **changed})  # type: ignore[arg-type]


def by_agency(**changed: object) -> Wanted:
    """The agency's seal."""
    mark = picture_mark(read_picture(ink("red"), "red"), SEAL.width)
    facts: dict[str, object] = {
        "field": "co_quan",
        "name": "Ủy ban nhân dân xã An Bình",
        "reason": "Chữ ký số của cơ quan",
        "location": "An Bình",
        "mark": mark,
        "place": SEAL,
        "last": True,
    }
    return Wanted(**{**facts, **changed})  # type: ignore[arg-type]


def sealed(house: SigningHouse) -> tuple[bytes, bytes]:
    """The document with the person's signature, and with the agency's on top of it."""
    one = sign_pdf(letter(), house.key("Nguyễn Văn An"), by_person(), house.trust, NOW)
    return one, sign_pdf(one, house.key("Ủy ban nhân dân xã An Bình"), by_agency(), house.trust, NOW)
