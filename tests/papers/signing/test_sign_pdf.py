"""Person first, then the agency, each an incremental update; other readers find both valid."""

from __future__ import annotations

import subprocess
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from workflows.errors import Refused
from workflows.papers.signing.keys import KeyPlace
from workflows.papers.signing.marks import read_picture, text_mark, time_line, words_and_time
from workflows.papers.signing.places import Place, corner_for_text
from workflows.papers.signing.sign_pdf import Wanted, sign_pdf
from workflows.papers.signing.trust import Trust
from workflows.papers.signing.verify_pdf import verify_pdf

from .house import NOW, PASSWORD, SEAL, SIGNER, SigningHouse, by_agency, by_person, ink, letter

Both = tuple[bytes, bytes]


def page_of(pdf: bytes, page: int = 0) -> Image.Image:
    """The page as people see it, two pixels a point."""
    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    try:
        image = document[page].render(scale=2, may_draw_forms=True).to_pil().convert("RGB")
    finally:
        document.close()
    return image


def box_of(image: Image.Image, at: Place) -> Image.Image:
    height = image.height
    return image.crop((int(at.left * 2), int(height - at.top * 2), int(at.right * 2), int(height - at.bottom * 2)))


def inked(image: Image.Image, colour: str) -> list[tuple[int, int]]:
    """Where pixels of this colour stand."""
    found = []
    for x in range(image.width):
        for y in range(image.height):
            red, green, blue = image.getpixel((x, y))  # type: ignore[misc]
            strong = (blue, red) if colour == "blue" else (red, blue)
            if strong[0] > 120 and strong[0] > strong[1] + 80 and green < 120:
                found.append((x, y))
    return found


def test_the_earlier_bytes_stay_as_they_were(both: Both) -> None:
    signed, sealed = both
    assert signed.startswith(letter())
    assert sealed.startswith(signed)


def test_both_signatures_are_good_and_lasting(house: SigningHouse, both: Both) -> None:
    verdict = verify_pdf(both[1], house.trust, NOW + timedelta(days=1))
    assert verdict.state == "good"
    assert verdict.faults == ()
    person, agency, stamp = verdict.signatures
    assert [each.signer for each in (person, agency)] == ["Nguyễn Văn An", "Ủy ban nhân dân xã An Bình"]
    assert person.stamped_at == agency.stamped_at == NOW
    assert person.claimed_at == NOW
    assert person.long_term
    assert agency.long_term
    assert stamp.is_stamp
    assert "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ" in person.authority


def test_the_evidence_outlives_the_certificates(house: SigningHouse, both: Both) -> None:
    later = verify_pdf(both[1], house.trust, NOW + timedelta(days=365 * 9))
    assert later.state == "good"


def test_poppler_finds_both_valid(both: Both, tmp_path: Path) -> None:
    file = tmp_path / "sealed.pdf"
    file.write_bytes(both[1])
    told = subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, text=True, check=True).stdout
    assert told.count("Signature is Valid.") == 2
    assert told.count("ETSI.CAdES.detached") == 2
    assert "Nguyễn Văn An" in told
    assert told.rstrip().count("Total document signed") >= 1


def test_the_picture_is_blue_and_the_seal_red_over_its_left_third(both: Both) -> None:
    page = page_of(both[1])
    blue = [x for x, _ in inked(box_of(page, SIGNER), "blue")]
    assert blue
    assert max(blue) > SIGNER.width * 2 * 0.9
    red = [x / 2 + SEAL.left for x, _ in inked(box_of(page, SEAL), "red")]
    assert red
    covered = (max(red) - SIGNER.left) / SIGNER.width
    assert 0.28 < covered < 0.36
    assert min(red) < SIGNER.left
    assert 34.5 < (max(red) - min(red)) / 72 * 25.4 <= 36


def test_an_appendix_of_its_own_gets_text_and_no_picture(house: SigningHouse) -> None:
    mark = text_mark(words_and_time("05/KH-UBND", NOW))
    place = corner_for_text(letter(), mark.width, mark.height)
    wanted = Wanted("co_quan", "UBND", "Phụ lục", "An Bình", mark, place, first=True, last=True)
    signed = sign_pdf(letter(), house.key("UBND phụ lục"), wanted, house.trust, NOW)
    assert verify_pdf(signed, house.trust, NOW).state == "good"
    page = PdfFileReader(BytesIO(signed)).root["/Pages"]["/Kids"][0]
    assert len(page["/Annots"]) == 2  # the mark, and the invisible time stamp
    assert place.left > 595.28 / 2
    assert place.bottom > 841.89 * 0.9
    shown = box_of(page_of(signed), place)
    assert shown.convert("L").getextrema()[0] < 60
    assert not list(pypdfium2.PdfDocument(mark.pdf)[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))


def test_an_office_that_fetches_nothing_is_not_warned_of_it(
    house: SigningHouse, caplog: pytest.LogCaptureFixture
) -> None:
    wanted = Wanted("co_quan", "UBND", "Phát hành", "An Bình", None, None, first=True, last=True)
    sign_pdf(letter(), house.key("UBND lặng lẽ"), wanted, house.trust, NOW)
    assert not caplog.records


def test_the_words_of_text_marks() -> None:
    assert time_line(NOW) == "05-02-2026 09:00:00 +07:00"
    assert words_and_time("05/KH-UBND", NOW) == ["05/KH-UBND; 05-02-2026 09:00:00 +07:00"]
    agency = f"Sao y; {'Ủy ban nhân dân đặc khu có tên rất dài ' * 2}"
    assert words_and_time(agency, NOW) == [agency, "05-02-2026 09:00:00 +07:00"]


@pytest.mark.parametrize(("changed", "why"), [(b"/Rotate 90", "turned"), (b"/MediaBox [0 0 60 60]", "small")])
def test_a_page_that_is_turned_or_small_takes_no_mark_in_words(changed: bytes, why: str) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(letter()))
    page = writer.root["/Pages"]["/Kids"][0]
    name, _, value = changed.decode().partition(" ")
    numbers = [generic.NumberObject(each) for each in value.strip("[]").split()]
    page[generic.NameObject(name)] = numbers[0] if len(numbers) == 1 else generic.ArrayObject(numbers)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(Refused) as refused:
        corner_for_text(out.getvalue(), 100, 20)
    assert (refused.value.code, refused.value.facts["why"]) == ("PAGE_UNFIT", why)


def test_words_of_a_mark_are_never_read_as_typst() -> None:
    mark = text_mark(['#panic("x")', "*a* $b$ \\ <c>"])
    text = pypdfium2.PdfDocument(mark.pdf)[0].get_textpage().get_text_range()
    assert '#panic("x")' in text
    assert "*a* $b$ \\ <c>" in text


def test_pictures_have_the_colours_and_the_ground_of_the_decree() -> None:
    opaque = BytesIO()
    Image.new("RGB", (60, 60), (0, 0, 200)).save(opaque, "PNG")
    for png, colour, why in (
        (ink("red"), "blue", "not_blue"),
        (ink("blue"), "red", "not_red"),
        (opaque.getvalue(), "blue", "not_transparent"),
        (b"GIF89a", "blue", "not_png"),
        (b"\x89PNG" + b"0" * 2_000_000, "blue", "too_large"),
    ):
        with pytest.raises(Refused) as refused:
            read_picture(png, colour)
        assert refused.value.facts["why"] == why


def test_a_certificate_out_of_its_time_signs_nothing(house: SigningHouse) -> None:
    short = house.keep(house.authority.issue("Hết hạn", "UBND", until=NOW - timedelta(days=1)), "het-han")
    with pytest.raises(Refused, match="CERTIFICATE_REFUSED"):
        sign_pdf(letter(), short, by_person(), house.trust, NOW)


def test_a_revoked_certificate_signs_nothing_any_more(house: SigningHouse) -> None:
    issued = house.authority.issue("Bị thu hồi", "UBND")
    key = house.keep(issued, "thu-hoi")
    signed = sign_pdf(letter(), key, by_person(), house.trust, NOW)
    assert verify_pdf(signed, house.trust, NOW).state == "good"
    house.authority.revoke(issued, NOW - timedelta(hours=1))
    lists = (house.authority.revocation_list(NOW),)
    trust = Trust(house.trust.roots, (), lists, house.trust.stamps, test=True)
    with pytest.raises(Refused, match="CERTIFICATE_REFUSED"):
        sign_pdf(letter(), key, by_person(), trust, NOW)
    verdict = verify_pdf(signed, trust, NOW)
    assert verdict.state == "untrusted"
    assert "REVOKED" in verdict.signatures[0].weakness


def test_a_stranger_is_not_trusted_and_does_not_sign(house: SigningHouse, tmp_path: Path) -> None:
    trust = Trust(stamps=house.trust.stamps)
    with pytest.raises(Refused, match="CERTIFICATE_REFUSED"):
        sign_pdf(letter(), house.key("Người lạ"), by_person(), trust, NOW)


def test_what_cannot_be_opened_says_so_without_its_secret(house: SigningHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    key = house.key("Nguyễn Văn Kín")
    monkeypatch.setenv("KEHOACH_TEST_PIN", "sai " + PASSWORD)
    for facts, code in (
        ({**key.facts, "secret": "env:KEHOACH_TEST_PIN"}, "KEY_UNUSABLE"),
        ({**key.facts, "file": str(house.folder / "no.p12")}, "KEY_UNUSABLE"),
        ({**key.facts, "secret": "env:KEHOACH_TEST_NO_SUCH"}, "SECRET_MISSING"),
        ({"file": "x"}, "KEY_FACTS_MISSING"),
    ):
        with pytest.raises(Refused) as refused:
            sign_pdf(letter(), KeyPlace("pkcs12", facts), by_person(), house.trust, NOW)
        assert refused.value.code == code
        assert PASSWORD not in str(refused.value)


def test_what_is_no_pdf_is_not_signed(house: SigningHouse) -> None:
    with pytest.raises(Refused, match="NOT_SIGNABLE"):
        sign_pdf(b"plain words", house.key("Nguyễn Văn B"), by_person(), house.trust, NOW)


def test_without_a_stamper_the_signature_stands_on_its_own_time(house: SigningHouse) -> None:
    trust = Trust(house.trust.roots, (), house.trust.revocation_lists)
    signed = sign_pdf(letter(), house.key("Nguyễn Văn C"), by_agency(first=True), trust, NOW)
    (found,) = verify_pdf(signed, trust, NOW).signatures
    assert (found.intact, found.trusted, found.stamped_at, found.long_term) == (True, True, None, False)
