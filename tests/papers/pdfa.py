"""What of PDF/A (ISO 19005-2) can be looked at here, with pyHanko's reader and lxml: no validator is at hand.

Looked at: the XMP claim, the output intent with its ICC profile, every font embedded, no filter, script, encryption or
external content that the standard forbids, and annotations that print with an appearance. Not looked at: colour in
content streams, glyph widths, the structure tree. Each look is a clause of the standard.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

XMP = "{http://www.aiim.org/pdfa/ns/id/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
FORBIDDEN_ACTIONS = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide"}
EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
PRINT, HIDING = 4, 1 | 2 | 32  # of an annotation's flags: invisible, hidden, no view


def at(holder: Any, name: str, otherwise: Any = None) -> Any:
    """The entry behind its reference; `get` of a dictionary of pyHanko's gives the reference itself."""
    if name not in holder:
        return otherwise
    return holder[name]


def claimed(pdf: bytes) -> str:
    """Which PDF/A the file says it is: "2a"."""
    reader = PdfFileReader(BytesIO(pdf))
    packet = etree.fromstring(reader.root["/Metadata"].data)
    found = {}
    for each in packet.iter(f"{RDF}Description"):
        for name in ("part", "conformance"):
            value = each.get(XMP + name) or each.findtext(XMP + name)
            if value:
                found[name] = value
    return f"{found.get('part', '')}{found.get('conformance', '').lower()}"


def faults_of(pdf: bytes) -> list[str]:
    """What the file has that PDF/A-2 forbids, or lacks."""
    reader = PdfFileReader(BytesIO(pdf))
    return [*_frame(reader), *sorted({each for found in _objects(reader.root) for each in _object(found)})]


def _frame(reader: PdfFileReader) -> Iterator[str]:
    if reader.encrypted:
        yield "6.1.3 encryption"
    if "/ID" not in reader.trailer:
        yield "6.1.3 no file identifier"
    intents = [each.get_object() for each in at(reader.root, "/OutputIntents", ())]
    profiles = [each["/DestOutputProfile"].data for each in intents if each.get("/S") == "/GTS_PDFA1"]
    if len(profiles) != 1 or profiles[0][36:40] != b"acsp":
        yield "6.2.3 no output intent with an ICC profile"
    if "/AA" in reader.root or at(at(reader.root, "/AcroForm", {}), "/NeedAppearances"):
        yield "6.4 the form asks for appearances, or acts"


def _objects(start: generic.PdfObject) -> Iterator[generic.PdfObject]:
    """Every object that can be reached, each once."""
    seen: set[tuple[int, int]] = set()
    stack = [start]
    while stack:
        each: Any = stack.pop()
        if isinstance(each, generic.IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            each = each.get_object()
        yield each
        if isinstance(each, generic.DictionaryObject):
            stack += [each.raw_get(name) for name in each if name != "/Parent"]
        elif isinstance(each, generic.ArrayObject):
            stack += [each.raw_get(at) for at in range(len(each))]


def _object(found: generic.PdfObject) -> Iterator[str]:
    if not isinstance(found, generic.DictionaryObject):
        return
    if found.get("/Type") == "/Font" and found.get("/Subtype") not in ("/Type0", "/Type3"):
        descriptor = at(found, "/FontDescriptor", {})
        if not any(name in descriptor for name in EMBEDDED):
            yield f"6.2.11.4 font not embedded: {found.get('/BaseFont')}"
    if found.get("/S") in FORBIDDEN_ACTIONS:
        yield f"6.5.1 action {found['/S']}"
    filters = at(found, "/Filter", "")
    if "/LZWDecode" in (filters if isinstance(filters, generic.ArrayObject) else [filters]):
        yield "6.1.7 LZW"
    if isinstance(found, generic.StreamObject) and "/F" in found:
        yield "6.1.7 content outside the file"
    if found.get("/Type") == "/Annot":
        yield from _annotation(found)


def _annotation(found: generic.DictionaryObject) -> Iterator[str]:
    flags = int(at(found, "/F", 0))
    if not flags & PRINT or flags & HIDING:
        yield f"6.3.2 flags {flags} of annotation {found.get('/T')}"
    left, bottom, right, top = (float(each) for each in found["/Rect"])
    if right > left and top > bottom and "/N" not in at(found, "/AP", {}):
        yield f"6.3.3 no appearance: {found.get('/T')}"
