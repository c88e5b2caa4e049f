"""An office's own template: filled with every word as it is, and refused when it would do anything else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from tests.papers.documents import ISSUED, TABLE
from workflows.errors import Refused
from workflows.papers.docx_template import check_template, fill_template
from workflows.papers.read_file import read_file
from workflows.plans.official_document import Text

GOOD = (
    "{{ co_quan }}",
    "{{ so_ky_hieu }}",
    "{{ ten_loai }}",
    "{{ trich_yeu | upper }}",
    "{{p noi_dung }}",
    "Nơi nhận:",
    "{%p for dong in noi_nhan %}",
    "- {{ dong }}",
    "{%p endfor %}",
    "{{ nguoi_ky }}",
)


def template(*lines: str) -> bytes:
    document, data = docx.Document(), BytesIO()
    for each in lines:
        document.add_paragraph(each)
    document.save(data)
    return data.getvalue()


def test_a_good_template_is_filled_with_body_and_tables() -> None:
    check_template(template(*GOOD), "mau.docx")
    body = (Text("Tỷ lệ < 5% & > 3%; {{ nguoi_ky }}"), TABLE)
    filled = fill_template(template(*GOOD), replace(ISSUED, body=body))
    text = read_file(filled, "a.docx")
    assert "Tỷ lệ < 5% & > 3%; {{ nguoi_ky }}" in text
    assert "Số: 05/KH-UBND" in text
    assert "- Lưu: VT." in text
    assert "30\t" in text
    assert filled == fill_template(template(*GOOD), replace(ISSUED, body=body))


@pytest.mark.parametrize(
    "bad",
    [
        "{{ ten_loai.__class__.__mro__ }}",
        "{{ noi_nhan.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% for a in range(9) %}{% endfor %}",
        "{{ ten_loai * 1000000000 }}",
        "{{ '{:999999999}'.format(ten_loai) }}",
        "{{ ten_loai | attr('x') }}",
        "{{ khong_co }}",
        "{% for %}",
        "{% include '/etc/passwd' %}",
        "{% for a in noi_nhan %}{% for b in noi_nhan %}{{ b }}{% endfor %}{% endfor %}",
        "{% for a in ten_loai %}{{ a }}{% endfor %}",
        "{% for a in noi_dung %}{{ a }}{% endfor %}",
        "{% for a in noi_nhan %}{{ phu_luc }}{% endfor %}",
        "{% for a in noi_nhan %}" + "x" * 100_001 + "{% endfor %}",
        "{% for a in [1, 2, 3] %}{{ a }}{% endfor %}",
        "{% for a in noi_nhan recursive %}{{ loop(noi_nhan) }}{% endfor %}",
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% set a = ten_loai ~ ten_loai %}{{ a }}",
        "{{ ten_loai ~ ten_loai }}",
        "{{ noi_dung | join(noi_dung) }}",
        "{{ trich_yeu | join(trich_yeu) }}",
        "{{ noi_dung | upper }}",
        "{{ noi_dung }}{{ noi_dung }}",
        "{{ trich_yeu | default(noi_nhan | join(trich_yeu)) }}",
        "{% filter upper %}{{ phu_luc }}{% endfilter %}",
        "{{ " + "(" * 400 + "ten_loai" + ")" * 400 + " }}",
    ],
)
def test_a_template_that_would_do_more_is_refused(bad: str) -> None:
    with pytest.raises(Refused) as refused:
        check_template(template("{{p noi_dung }}", bad), "mau.docx")
    assert refused.value.code == "BAD_TEMPLATE"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "NOT_A_DOCUMENT"),
        (b"PK\x03\x04broken", "NOT_A_DOCUMENT"),
        (b"%PDF-1.7", "NOT_A_DOCUMENT"),
        (b"PK" + bytes(6_000_000), "TOO_LARGE"),
        (template("{{ co_quan }}"), "BAD_TEMPLATE"),
    ],
)
def test_what_is_no_template_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_template(data, "mau.docx")
    assert refused.value.code == code
