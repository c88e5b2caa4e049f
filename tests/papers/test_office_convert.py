"""Documents of older programs through LibreOffice, and what is said where it is missing."""

from __future__ import annotations

import shutil

import pytest

from service.words.refusals import sentence_of
from workflows.errors import Refused
from workflows.papers.office_convert import converted_to_docx
from workflows.papers.read_file import read_file

RTF = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}\f0 K\u7871?  ho\u7841?ch n\u259?m 2026\par H\u7885?p d\u226?n\par}"


def test_a_document_of_an_older_program_is_read() -> None:
    first, second, *_ = read_file(RTF.encode(), "cu.rtf").split("\n")
    assert (" ".join(first.split()), second) == ("Kế hoạch năm 2026", "Họp dân")


def test_what_the_program_makes_nothing_of_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        converted_to_docx(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "hong.doc", "doc")
    assert refused.value.code == "NOT_A_DOCUMENT"


def test_where_the_program_is_missing_people_are_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refused) as refused:
        read_file(RTF.encode(), "cu.rtf")
    sentence = sentence_of(refused.value.reasons[0])
    assert refused.value.code == "NO_LIBREOFFICE"
    assert "LibreOffice" in sentence and ".docx" in sentence
