"""What a signed PDF must not contain, whatever its signatures say: the ways in which signed files are made to lie.

The rules answer known attacks: incremental saving and overlays, shadow documents (hide, replace, hide-and-replace,
prepared before signing), signature wrapping and universal signature forgery.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

MOST_PAGES = 2000
# Actions that run something or leave the document; a link to a page or an address is harmless.
RUNNING = frozenset({"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Hide", "/SetOCGState"})
_END = re.compile(rb"%%EOF[\r\n\s]*\Z")


@dataclass(frozen=True)
class Fault:
    """Something that makes a file untrustworthy: a code, and the signature field that it is about (empty: the file)."""

    code: str
    field: str = ""


def faults_of_file(content: bytes) -> Iterator[Fault]:
    """Before anything is parsed: the file begins and ends as one PDF."""
    if not content.startswith(b"%PDF-"):
        yield Fault("HEADER_MISPLACED")
    if _END.search(content[-1024:]) is None:
        yield Fault("BYTES_AFTER_END")


def faults_of_document(reader: PdfFileReader, signatures: Sequence[EmbeddedPdfSignature]) -> Iterator[Fault]:
    """Content that can change what is seen, and revisions that were prepared before the first signature."""
    root = reader.root
    names = _dictionary(root.get("/Names"))
    form = _dictionary(root.get("/AcroForm"))
    active = "/JavaScript" in names or _runs(root.get("/OpenAction")) or "/AA" in root
    if active or any(_active(page) for page in _pages(reader)):
        yield Fault("ACTIVE_CONTENT")
    if "/XFA" in form:
        yield Fault("XFA_FORM")
    if "/EmbeddedFiles" in names:
        yield Fault("EMBEDDED_FILES")
    if "/OCProperties" in root:
        yield Fault("HIDDEN_LAYERS")
    if signatures and min(each.signed_revision for each in signatures) > 1:
        yield Fault("REVISIONS_BEFORE_SIGNATURE")


def faults_of_range(content: bytes, signature: EmbeddedPdfSignature) -> Iterator[Fault]:
    """The signature covers everything from the first byte of the file but exactly its own value."""
    field = str(signature.field_name)
    parts = [part for part in signature.byte_range if isinstance(part, int)]
    if len(parts) != 4 or len(signature.byte_range) != 4 or min(parts) < 0:
        yield Fault("RANGE_BROKEN", field)
        return
    start, length, again, rest = parts
    gap = content[start + length : again]
    value = gap[1:-1]
    whole = start == 0 and again + rest <= len(content) and gap.startswith(b"<") and gap.endswith(b">")
    if not whole or re.fullmatch(rb"[0-9A-Fa-f]+", value) is None or len(value) % 2:
        yield Fault("RANGE_BROKEN", field)
    elif bytes.fromhex(value.decode()) != bytes(signature.pkcs7_content):
        yield Fault("VALUE_ELSEWHERE", field)


def fields_without_value(reader: PdfFileReader, read: Sequence[EmbeddedPdfSignature]) -> Iterator[Fault]:
    """Signature fields that are filled with something that is no signature: what a forger leaves behind."""
    known = {str(each.field_name) for each in read}
    form = _dictionary(reader.root.get("/AcroForm"))
    for field in _list(form.get("/Fields")):
        held = _dictionary(field)
        if held.get("/FT") == "/Sig" and "/V" in held and str(held.get("/T")) not in known:
            yield Fault("NO_SIGNATURE_IN_FIELD", str(held.get("/T")))


def _pages(reader: PdfFileReader) -> Iterator[generic.DictionaryObject]:
    count = min(int(reader.root["/Pages"]["/Count"]), MOST_PAGES)
    for number in range(count):
        yield reader.find_page_for_modification(number)[0].get_object()


def _active(page: generic.DictionaryObject) -> bool:
    if "/AA" in page:
        return True
    notes = [_dictionary(note) for note in _list(page.get("/Annots"))]
    return any("/AA" in note or _runs(note.get("/A")) for note in notes)


def _runs(action: object) -> bool:
    return _dictionary(action).get("/S") in RUNNING


def _dictionary(value: object) -> generic.DictionaryObject:
    found = value.get_object() if isinstance(value, generic.IndirectObject) else value
    return found if isinstance(found, generic.DictionaryObject) else generic.DictionaryObject()


def _list(value: object) -> Sequence[object]:
    found = value.get_object() if isinstance(value, generic.IndirectObject) else value
    return found if isinstance(found, generic.ArrayObject) else ()
