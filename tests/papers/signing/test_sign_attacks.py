"""Signed files that were made to lie: each of the known ways is found, and the good file still passes."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from tests.nightly import size
from workflows.papers.signing.places import Place
from workflows.papers.signing.sign_pdf import Wanted, sign_pdf
from workflows.papers.signing.verify_pdf import PdfVerdict, verify_pdf

from .house import NOW, SigningHouse, by_agency, by_person, letter

Both = tuple[bytes, bytes]
Update = Callable[[IncrementalPdfFileWriter], None]


def codes(verdict: PdfVerdict) -> set[str]:
    return {fault.code for fault in verdict.faults}


def updated(pdf: bytes, change: Update) -> bytes:
    """The file with one more revision appended."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    page = writer.find_page_for_modification(0)[0].get_object()
    assert isinstance(page, generic.DictionaryObject)
    return page


def stream(words: bytes) -> generic.StreamObject:
    return generic.StreamObject(stream_data=words)


def add_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    page = {"/Type": pdf_name("/Page"), "/MediaBox": first_page(writer)["/MediaBox"]}
    kid = generic.DictionaryObject({pdf_name(name): value for name, value in page.items()})
    kid[pdf_name("/Parent")] = writer.root.raw_get("/Pages")
    pages["/Kids"].append(writer.add_object(kid))
    pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
    writer.update_container(pages)


def change_page(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    page[pdf_name("/Contents")] = writer.add_object(stream(b"BT /F1 20 Tf 100 100 Td (x) Tj ET"))
    writer.update_container(page)


def add_note(writer: IncrementalPdfFileWriter) -> None:
    page = first_page(writer)
    box = generic.ArrayObject([generic.NumberObject(each) for each in (50, 50, 500, 700)])
    note = {"/Type": pdf_name("/Annot"), "/Subtype": pdf_name("/FreeText"), "/Rect": box}
    note["/Contents"] = generic.TextStringObject("Số: 06/KH-UBND")
    page["/Annots"].append(
        writer.add_object(generic.DictionaryObject({pdf_name(key): value for key, value in note.items()}))
    )
    writer.update_container(page)
    writer.update_container(page["/Annots"])


def overlay_form(writer: IncrementalPdfFileWriter) -> None:
    """A new text field over the page, shown by its appearance."""
    page = first_page(writer)
    box = generic.ArrayObject([generic.NumberObject(each) for each in (50, 50, 500, 700)])
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): generic.TextStringObject("phu"),
            pdf_name("/V"): generic.TextStringObject("nội dung khác"),
            pdf_name("/Rect"): box,
        }
    )
    reference = writer.add_object(field)
    page["/Annots"].append(reference)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    writer.update_container(page)
    writer.update_container(page["/Annots"])
    writer.update_container(writer.root["/AcroForm"]["/Fields"])


def move_seal(writer: IncrementalPdfFileWriter) -> None:
    """The look of a signature that is there already is exchanged for another."""
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field["/T"] == "co_quan":
            field[pdf_name("/Rect")] = generic.ArrayObject([generic.NumberObject(each) for each in (0, 0, 590, 840)])
            writer.update_container(field)


def add_script(writer: IncrementalPdfFileWriter) -> None:
    action = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.TextStringObject("app.alert(1)")}
    writer.root[pdf_name("/OpenAction")] = generic.DictionaryObject(action)
    writer.update_root()


@pytest.mark.parametrize("change", [add_page, change_page, add_note, overlay_form, move_seal, add_script])
@pytest.mark.parametrize("which", [0, 1])
def test_nothing_can_be_added_after_signing(house: SigningHouse, both: Both, change: Update, which: int) -> None:
    if change is move_seal and which == 0:
        return  # the seal is not there yet
    verdict = verify_pdf(updated(both[which], change), house.trust, NOW)
    assert verdict.state == "changed"
    assert "ADDED_AFTER_SIGNING" in codes(verdict)


@pytest.mark.parametrize("change", [change_page, add_note, overlay_form])
def test_nor_between_the_two_signatures(house: SigningHouse, both: Both, change: Update) -> None:
    """Even when a trusted key signs the result."""
    changed = updated(both[0], change)
    signed = sign_pdf(changed, house.key("Ủy ban khác"), by_agency(), house.trust, NOW)
    verdict = verify_pdf(signed, house.trust, NOW)
    assert verdict.state == "changed"
    assert "CHANGED_BETWEEN_SIGNATURES" in codes(verdict)


def test_a_visible_signature_over_the_page_needs_room_that_was_left_for_it(house: SigningHouse, both: Both) -> None:
    over = Wanted("them", "Người khác", "x", "y", by_agency().mark, Place(0, 0, 0, 595, 841), last=True)
    signed = sign_pdf(both[0], house.key("Người khác"), over, house.trust, NOW)
    verdict = verify_pdf(signed, house.trust, NOW)
    assert verdict.state == "changed"
    assert "CHANGED_BETWEEN_SIGNATURES" in codes(verdict)


def test_a_document_with_earlier_revisions_may_hide_what_they_held(house: SigningHouse) -> None:
    prepared = updated(letter(), change_page)
    signed = sign_pdf(prepared, house.key("Nguyễn Văn E"), by_person(), house.trust, NOW)
    assert "REVISIONS_BEFORE_SIGNATURE" in codes(verify_pdf(signed, house.trust, NOW))


def hide_in_layers(writer: IncrementalPdfFileWriter) -> None:
    writer.root[pdf_name("/OCProperties")] = generic.DictionaryObject({pdf_name("/OCGs"): generic.ArrayObject()})
    writer.update_root()


def attach(writer: IncrementalPdfFileWriter) -> None:
    files = generic.DictionaryObject({pdf_name("/Names"): generic.ArrayObject()})
    writer.root[pdf_name("/Names")] = generic.DictionaryObject({pdf_name("/EmbeddedFiles"): files})
    writer.update_root()


@pytest.mark.parametrize(
    ("change", "code"),
    [(hide_in_layers, "HIDDEN_LAYERS"), (attach, "EMBEDDED_FILES"), (add_script, "ACTIVE_CONTENT")],
)
def test_what_can_show_something_else_is_not_good_even_when_signed(
    house: SigningHouse, change: Update, code: str
) -> None:
    signed = sign_pdf(updated(letter(), change), house.key("Nguyễn Văn G"), by_person(), house.trust, NOW)
    assert code in codes(verify_pdf(signed, house.trust, NOW))


def test_a_signature_taken_to_another_file_proves_nothing_there(house: SigningHouse, both: Both) -> None:
    other = bytes(typst.compile(b'#set page(paper: "a4")\nAnother text of another plan'))

    def empty(writer: IncrementalPdfFileWriter) -> None:
        append_signature_field(writer, SigFieldSpec("ky"))

    value = re.search(rb"/Contents <([0-9a-fA-F]+)>", both[0])
    assert value is not None
    forged = sign_pdf(updated(other, empty), house.key("Kẻ giả mạo"), by_person(), house.trust, NOW)
    own = re.search(rb"/Contents <([0-9a-fA-F]+)>", forged)
    assert own is not None
    stolen = value.group(1).rstrip(b"0")
    stolen += b"0" * (len(own.group(1)) - len(stolen))
    assert len(stolen) == len(own.group(1))
    verdict = verify_pdf(forged.replace(own.group(1), stolen, 1), house.trust, NOW)
    assert verdict.state == "changed"
    assert verdict.signatures[0].signer == "Nguyễn Văn An"
    assert not verdict.signatures[0].intact


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (rb"/ByteRange \[\d+ \d+ \d+ \d+\]", b"/ByteRange [0 10 20 10]"),
        (rb"/ByteRange \[\d+ \d+ \d+ \d+\]", b"/ByteRange [0 -1 5 -9]"),
        (rb"/ByteRange \[\d+ \d+ \d+ \d+\]", b"/ByteRange [0]"),
        (rb"/ByteRange", b"/BytesRang"),
        (rb"/Contents <", b"/Kontents <"),
        (rb"/Contents <[0-9A-Fa-f]{20}", b"/Contents <00000000000000000000"),
    ],
)
def test_a_forged_or_missing_range_or_value_is_no_signature(
    house: SigningHouse, both: Both, was: bytes, becomes: bytes
) -> None:
    """Universal signature forgery: fields that are empty, missing or senseless."""

    def as_long(found: re.Match[bytes]) -> bytes:
        return becomes.ljust(len(found.group()))

    forged = re.sub(was, as_long, both[0], count=1)
    assert forged != both[0]
    assert verify_pdf(forged, house.trust, NOW).state == "changed"


def test_a_wrapped_signature_leaves_a_gap_that_is_seen(house: SigningHouse, both: Both) -> None:
    """The second part of the range is moved behind bytes of the attacker's."""
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)\]", both[0])
    assert found is not None
    length, again, rest = (int(part) for part in found.groups())
    wrapped = both[0][:again] + b"\n99 0 obj <</Type/Catalog>> endobj\n" + both[0][again:]
    moved = b"/ByteRange [0 %d %d %d]" % (length, len(wrapped) - rest, rest)
    width = len(found.group())
    assert len(moved) <= width + 1
    verdict = verify_pdf(wrapped.replace(found.group(), moved.ljust(width), 1), house.trust, NOW)
    assert verdict.state == "changed"


def test_bytes_around_the_file_are_not_of_it(house: SigningHouse, both: Both) -> None:
    assert "HEADER_MISPLACED" in codes(verify_pdf(b"MZ\n" + both[1], house.trust, NOW))
    assert "BYTES_AFTER_END" in codes(verify_pdf(both[1] + b"\nhello", house.trust, NOW))


def test_a_copy_without_its_signatures_is_unsigned(house: SigningHouse, both: Both) -> None:
    assert verify_pdf(both[1][: len(letter())], house.trust, NOW).state == "unsigned"
    assert verify_pdf(letter(), house.trust, NOW).state == "unsigned"


@pytest.mark.parametrize("content", [b"", b"%PDF-", b"%PDF-1.7\n%%EOF", b"\0" * 5000, "Kế hoạch".encode()])
def test_what_is_no_pdf_is_no_document(house: SigningHouse, content: bytes) -> None:
    assert verify_pdf(content, house.trust, NOW).state == "not_pdf"


@settings(max_examples=size(25, 500), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_no_byte_can_change_unseen(house: SigningHouse, both: Both, at: float, flip: int) -> None:
    place = int(at * len(both[1]))
    changed = bytearray(both[1])
    changed[place] ^= flip
    verdict = verify_pdf(bytes(changed), house.trust, NOW)
    assert verdict.state in ("changed", "not_pdf", "untrusted") or _in_padding(both[1], place), (place, flip)


def _in_padding(pdf: bytes, place: int) -> bool:
    """Zeros behind a signature's value are the one room that a signature cannot cover."""
    return any(start <= place < end for start, end in ((m.start(), m.end()) for m in re.finditer(rb"0{40,}>", pdf)))
