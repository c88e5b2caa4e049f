"""Files damaged at random from good ones: bits turned, pieces cut, doubled, swapped, packed parts changed inside."""

from __future__ import annotations

from io import BytesIO
from random import Random
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

_ENTITY = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
_WORDS = ("Chủ trì: ", "Nơi nhận:", "ngày 31/02/2026", "\u202e\u200b", "|", "\t", "<br>", "(((((")
_MARKUP = (b"<w:tbl>", b"</w:p>", b'w:gridSpan w:val="99999999"', b"&amp;", b"&lol;", b"stream\n", b"endobj", _ENTITY)
_BYTES = (b"\x00", b"\xff\xfe", b"%PDF-", b"PK\x03\x04", b"99999999999999999999")
_SPICE = (*(word.encode() for word in _WORDS), *_MARKUP, *_BYTES)


def mutated(data: bytes, chance: Random) -> bytes:
    """The file with up to eight faults; in half of the packages the faults are inside one of their parts."""
    if data.startswith(b"PK") and chance.random() < 0.7:
        return _inside(data, chance)
    for _ in range(chance.randint(1, 8)):
        data = _fault(data, chance)
    return data


def _inside(data: bytes, chance: Random) -> bytes:
    try:
        with ZipFile(BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except BadZipFile:
        return _fault(data, chance)
    texts = [name for name in parts if name.startswith("word/") and name.endswith(".xml")] or list(parts)
    name = chance.choice(texts)
    for _ in range(chance.randint(1, 6)):
        parts[name] = _fault(parts[name], chance)
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as package:
        for each, content in parts.items():
            package.writestr(each, content)
    return buffer.getvalue()


def _fault(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.randrange(1, 400))
    match chance.randrange(6):
        case 0:
            return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]
        case 1:
            return data[:at] + data[end:]
        case 2:
            return data[:end] + data[at:end] * chance.randrange(1, 30) + data[end:]
        case 3:
            return data[:at] + chance.choice(_SPICE) + data[at:]
        case 4:
            return data[:at]
        case _:
            other = chance.randrange(len(data) + 1)
            return data[:at] + data[other : other + end - at] + data[end:]
