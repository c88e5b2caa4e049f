"""What a person posted: text cleaned once (NFC, no control characters), uploads with their bytes."""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from workflows.letters import composed, seen

URLENCODED = "application/x-www-form-urlencoded"
# Every digit of an escape becomes a line end, which stands in no escaped body.
DIGITS = bytes.maketrans(b"0123456789ABCDEFabcdef", b"\n" * 22)
LOOSE = re.compile(rb"%(?![0-9A-Fa-f]{2})")  # a mark that escapes nothing stands for itself
MAX_FIELDS = 600
MOST_PAIRS = 10_000  # of a plain form: reading two million empty ones held everybody up for half a minute
MAX_FILES = 4  # the document of a form and what is added to it
# Categories Cc, but for tab and line end, and Cs of Unicode, and the two that no XML may hold.
UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Upload:
    """One uploaded file; the name is what the browser said and is never used as a path."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Form:
    """The fields of one request, empty for a request that posts nothing."""

    fields: Mapping[str, str] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    uploads: Mapping[str, tuple[Upload, ...]] = field(default_factory=dict)  # where a field takes several files

    def text(self, name: str) -> str:
        """A field without the spaces around it; empty when it was not posted."""
        return self.fields.get(name, "").strip()

    def has(self, name: str) -> bool:
        """Whether the field was posted, a ticked box for instance."""
        return name in self.fields


async def posted(request: Request) -> Form:
    """The form of a request; whatever is no form is refused with 422."""
    if request.method != "POST":
        return Form()
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == URLENCODED:
        body = await request.body()
        if body.count(b"&") >= MOST_PAIRS:
            raise HTTPException(422)
        many = _urlencoded(body)
        return Form({name: values[-1] for name, values in many.items()}, many)
    # A proxy's or a browser's broken body is the sender's mistake, never an error of ours.
    try:
        data = await request.form(max_files=MAX_FILES, max_fields=MAX_FIELDS, max_part_size=4 * 1024 * 1024)
    except (MultiPartException, UnicodeDecodeError, ValueError) as error:
        raise HTTPException(422) from error
    many = {}
    uploads: dict[str, tuple[Upload, ...]] = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            content = await value.read()
            if value.filename and content:
                uploads[name] = (*uploads.get(name, ()), Upload(value.filename, content))
        else:
            many[name] = (*many.get(name, ()), clean(value))
    await data.close()
    files = {name: each[-1] for name, each in uploads.items()}
    return Form({name: values[-1] for name, values in many.items()}, many, files, uploads)


def _urlencoded(body: bytes) -> dict[str, tuple[str, ...]]:
    """The fields of a plain form, by name in their order."""
    found: dict[str, list[str]] = {}
    for field_ in body.split(b"&"):
        if field_:
            name, _, value = field_.partition(b"=")
            found.setdefault(_unquoted(name), []).append(clean(_unquoted(value)))
    return {name: tuple(values) for name, values in found.items()}


def _unquoted(part: bytes) -> str:
    """What `urllib.parse.unquote_plus` makes of it, through the decoder of quoted-printable, which is written in C: a
    plan's text is 60,000 escaped bytes, and a fourth of the time of a post went into them."""
    if not part.isascii():
        part = part.decode("latin-1").encode()
    part = part.replace(b"\n", b"%0A").replace(b"\r", b"%0D")
    if not _is_well_formed(part):
        part = LOOSE.sub(b"%25", part)
    spaced = part.replace(b"+", b" ").replace(b"=", b"=3D").replace(b"%", b"=")
    return a2b_qp(spaced).decode(errors="replace")


def _is_well_formed(part: bytes) -> bool:
    """Whether two digits follow every mark; told without a look at each mark."""
    return part.translate(DIGITS).count(b"%\n\n") == part.count(b"%")


def clean(text: str) -> str:
    """Text as it is kept everywhere: NFC, lines ended by \\n, no control characters but those and tabs, nothing that
    is not seen."""
    lines = seen(composed(text)).replace("\r\n", "\n").replace("\r", "\n")
    return UNKEPT.sub("", lines)
