"""Documents of older programs through LibreOffice, and what is said where it is missing."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from service.words.refusals import sentence_of
from workflows.errors import Refused
from workflows.papers import office_convert
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


def test_the_bounds_hold_for_whatever_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that only writes down under which bounds it runs, in place of its document."""
    probe = tmp_path / "probe"
    probe.write_text(
        '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nmkdir -p "$2"\n'
        '{ ulimit -v; ulimit -t; ulimit -f; ulimit -c; } > "$2/document.docx"\n'
    )
    probe.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(probe))
    bounds = converted_to_docx(b"x", "a.odt", "odt").decode().split()
    assert bounds == [str(office_convert.MEMORY_KIB), str(office_convert.CPU_SECONDS), str(100 * 1024 * 2), "0"]


def test_a_document_that_costs_too_much_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """96,000 cells in 19 kB."""
    monkeypatch.setattr(office_convert, "CPU_SECONDS", 2)
    with pytest.raises(Refused) as refused:
        converted_to_docx(bomb(), "bom.odt", "odt")
    assert refused.value.code == "TOO_COMPLEX"


@pytest.mark.parametrize("kind", ["doc", "odt", "rtf"])
def test_a_large_file_is_refused_before_anything_is_started(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(subprocess, "Popen", None)
    with pytest.raises(Refused) as refused:
        converted_to_docx(b"x" * (office_convert.LARGEST_SOURCE + 1), "lon", kind)
    assert refused.value.code == "TOO_LARGE"


def test_who_waits_too_long_for_a_turn_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_convert, "PATIENCE_SECONDS", 0.01)
    with office_convert._TURN, pytest.raises(Refused) as refused:
        read_file(RTF.encode(), "cu.rtf")
    assert refused.value.code == "CONVERTER_BUSY"
    assert read_file(RTF.encode(), "cu.rtf")


def bomb() -> bytes:
    """A small package whose tables are large."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
    table = '<table:table><table:table-column table:number-columns-repeated="60"/>{}</table:table>'
    rows = f"<table:table-row>{cell * 60}</table:table-row>" * 400
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:text="{space}text:1.0" '
        f'xmlns:table="{space}table:1.0" office:version="1.2"><office:body><office:text>{table.format(rows) * 4}'
        "</office:text></office:body></office:document-content>"
    )
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr(ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        entry = '<manifest:file-entry manifest:full-path="{}" manifest:media-type="{}"/>'
        listed = entry.format("/", "application/vnd.oasis.opendocument.text") + entry.format("content.xml", "text/xml")
        manifest = f'<manifest:manifest xmlns:manifest="{space}manifest:1.0">{listed}</manifest:manifest>'
        package.writestr("META-INF/manifest.xml", manifest)
        package.writestr("content.xml", content)
    return out.getvalue()
