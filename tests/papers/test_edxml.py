"""edXML out and in: everything that is written is read, and what a stranger sends is bounded."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.nightly import size
from workflows.engine.calendar import VIETNAM
from workflows.errors import Refused
from workflows.letters import seen
from workflows.papers import edxml_read
from workflows.papers.edxml_model import (
    ADDED,
    NAMESPACE,
    RECALL,
    REMOVED,
    REPLACE,
    STATUSES,
    UPDATE,
    Affair,
    Attachment,
    Envelope,
    Organ,
    OtherInfo,
    Receiver,
    Replacement,
    Reply,
    SignedBy,
    Staff,
    StatusMessage,
    Trace,
)
from workflows.papers.edxml_read import read_message
from workflows.papers.edxml_write import write_envelope, write_status

AT = datetime(2026, 11, 20, 8, 15, 30, tzinfo=VIETNAM)
US = Organ("000.12.30.H56", "UBND xã Đức Phong", "UBND huyện", "Đức Phong", "a@b.vn", "0255", "0256", "ducphong.vn")
THEM = Organ("000.00.30.H56", "UBND tỉnh & các sở <1>")
REPLY = Reply(THEM.code, "12/KH-UBND", date(2026, 11, 1), f"{THEM.code},2026/11/01,12/KH-UBND")
STAFF = Staff("Văn phòng", "Lê Thị Thư", "thu@b.vn", "0912")
FULL = Envelope(
    sender=US,
    receivers=(THEM, replace(THEM, code="000.00.31.H56")),
    document_id="000.12.30.H56,2026/11/20,16/KH-UBND",
    number="16",
    notation="KH-UBND",
    place="Đức Phong",
    promulgated_on=date(2026, 11, 20),
    type_name="Kế hoạch",
    type_detail=10,
    subject="Cải cách hành chính năm 2027",
    content="Kế hoạch cải cách hành chính năm 2027 trên địa bàn xã",
    signed_by=SignedBy("KT.", "PHÓ CHỦ TỊCH", "Trần Thị Bình"),
    due_on=date(2026, 12, 1),
    to_places=("UBND tỉnh", "Các sở"),
    other=OtherInfo(4, "Công khai", "LTT", 12, 7, ("Phụ lục 1", "Phụ lục 2")),
    replies=(REPLY,),
    steering=2,
    traces=(Trace(US.code, AT),),
    attachments=(
        Attachment("Kế hoạch.pdf", "application/pdf", bytes(range(256)), "Bản chính"),
        Attachment("pl.xlsx", "application/octet-stream", b"", "Phụ lục"),
    ),
)


def affairs() -> list[Affair]:
    return [
        Affair(staff=STAFF, paper=True),
        Affair(RECALL, "Ban hành nhầm", FULL.document_id),
        Affair(UPDATE, "Thêm nơi nhận", FULL.document_id, receivers=(Receiver(ADDED, "A"), Receiver(REMOVED, "B"))),
        Affair(REPLACE, "Thay", replacements=(Replacement("cũ", ("A", "B")), Replacement("cũ 2"))),
    ]


@pytest.mark.parametrize("affair", affairs(), ids=lambda affair: str(affair.kind))
def test_what_is_written_is_read(affair: Affair) -> None:
    envelope = replace(FULL, affair=affair)
    assert read_message(write_envelope(envelope)) == envelope
    assert write_envelope(envelope) == write_envelope(envelope)


@pytest.mark.parametrize("code", STATUSES)
def test_every_status(code: str) -> None:
    status = StatusMessage(US, REPLY, code, AT, "Số đến 12", STAFF)
    assert read_message(write_status(status)) == status


WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")), max_size=40).map(
    lambda words: " ".join(seen(words).split())
)


@settings(max_examples=size(60, 1200), deadline=None)
@given(WORDS, WORDS, WORDS, st.binary(max_size=300))
def test_any_words_and_any_bytes_survive(subject: str, name: str, reason: str, content: bytes) -> None:
    attachment = Attachment("tệp.bin", "application/octet-stream", content)
    envelope = replace(
        FULL,
        subject=subject,
        content=subject or "x",
        signed_by=SignedBy("TM.", "CHỦ TỊCH", name),
        affair=Affair(reason=reason),
        attachments=(attachment,),
    )
    assert read_message(write_envelope(envelope)) == envelope


def test_the_namespace_and_the_prefix_are_those_of_the_standard() -> None:
    content = write_envelope(FULL)
    assert content.count(b"xmlns:edXML=") == 1
    tree = etree.fromstring(content)
    assert {each.prefix for each in tree.iter()} == {"edXML"}
    assert {etree.QName(each).namespace for each in tree.iter()} == {NAMESPACE}
    header = tree.find(f".//{{{NAMESPACE}}}MessageHeader")
    assert header is not None
    names = list(dict.fromkeys(etree.QName(each).localname for each in header))
    assert names == [
        "From",
        "To",
        "Code",
        "PromulgationInfo",
        "DocumentType",
        "Subject",
        "Content",
        "SignerInfo",
        "DueDate",
        "ToPlaces",
        "OtherInfo",
        "ResponseFor",
        "SteeringType",
        "DocumentId",
    ]


def test_a_subject_is_cut_and_the_content_is_not() -> None:
    title = "Kế hoạch " * 100
    told = read_message(write_envelope(replace(FULL, subject=title, content="")))
    assert isinstance(told, Envelope)
    assert (len(told.subject) <= 500, told.content) == (True, title.strip())


def test_what_another_office_calls_its_document_turns_no_writing_round() -> None:
    told = read_message(write_envelope(replace(FULL, subject="Về chi \u202e000.1\u202c đồng", content="")))
    assert isinstance(told, Envelope)
    assert told.subject == "Về chi 000.1 đồng"


def test_the_form_of_other_programs_is_read_too() -> None:
    """Root and attachments in the default namespace, as the SDK of the Government Office writes them."""
    head, mark, tail = write_envelope(FULL).partition(b"<edXML:AttachmentEncoded")
    head = head.replace(b"<edXML:edXML ", f'<edXML xmlns="{NAMESPACE}" '.encode())
    content = head + (mark + tail).replace(b"edXML:", b"")
    assert content.endswith(b"</AttachmentEncoded></edXML>")
    assert read_message(content) == FULL


def broken(old: str, new: str) -> bytes:
    content = write_envelope(FULL)
    assert old.encode() in content
    return content.replace(old.encode(), new.encode())


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "XML"),
        (b"<edXML", "XML"),
        (b"<edXML/>", "edXML"),
        (b"\xff\xfe<\x00e\x00/\x00>\x00", "DOCTYPE"),
        (b"<?xml version='1.0' encoding='utf-16'?><a/>", "encoding"),
        (b"<?xml version='1.0' encoding='utf-7'?><a/>", "encoding"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "DOCTYPE"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "DOCTYPE"),
        (b"<a>" + b"<b/>" * 60_000 + b"</a>", "edXML"),
        (broken(NAMESPACE, "http://www.e-doc.vn/Schema/"), "edXML"),
        (broken("2026/11/20</edXML:PromulgationDate>", "2026/02/30</edXML:PromulgationDate>"), "PromulgationDate"),
        (broken("000.12.30.H56</edXML:OrganId>", "</edXML:OrganId>"), "OrganId"),
        (broken("<edXML:BussinessDocType>0<", "<edXML:BussinessDocType>7<"), "BussinessDocType"),
        (broken("AAECAw", "AA*CAw"), "ContentTransferEncoded"),
        (broken("Trần Thị Bình", "<b>x</b>"), "FullName"),
        (broken("Trần Thị Bình", "x" * 5000), "FullName"),
        (broken("MessageHeader", "Header"), "MessageHeader"),
    ],
)
def test_what_is_no_envelope_is_refused_with_the_part_that_is_wrong(content: bytes, part: str) -> None:
    with pytest.raises(Refused) as caught:
        read_message(content)
    assert (caught.value.code, caught.value.facts["part"]) == ("BAD_ENVELOPE", part)


def test_too_many_and_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    many = replace(FULL, attachments=(FULL.attachments[0],) * 51)
    with pytest.raises(Refused, match="AttachmentEncoded"):
        read_message(write_envelope(many))
    monkeypatch.setattr(edxml_read, "LARGEST", 1000)
    with pytest.raises(Refused, match="TOO_LARGE"):
        read_message(write_envelope(FULL))


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x\\y.pdf", "a/b", "...", ""])
def test_a_file_name_is_never_a_path(name: str) -> None:
    envelope = replace(FULL, attachments=(Attachment(name, "", b"x"),))
    told = read_message(write_envelope(envelope))
    assert isinstance(told, Envelope)
    (attachment,) = told.attachments
    assert attachment.name in ("passwd", "y.pdf", "b", "tep")


def test_every_field_of_the_header_is_carried() -> None:
    """A field that is added to the model and forgotten in the writer would be lost without a word."""
    told = read_message(write_envelope(replace(FULL, affair=affairs()[2])))
    plain = Envelope(US, (THEM,), "id", "1", "KH", "", date(2026, 1, 1), "", "", SignedBy("", "", ""))
    different = [each.name for each in fields(Envelope) if getattr(told, each.name) == getattr(plain, each.name)]
    assert different == ["sender", "type"]
