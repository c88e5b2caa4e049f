"""`kehoach read FILE [--json]`: what the program understands of a plan document, doubts included."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from service.words.tracked_words import unaccepted
from workflows.papers.read_file import LARGEST_FILE, read_file
from workflows.papers.tracked_changes import tracked_changes
from workflows.plans.document import Doubt
from workflows.plans.read_text import read_text

from .answers import answer, verb_app
from .reading_summary import summary

app = verb_app("Đọc một văn bản kế hoạch và in ra những gì chương trình hiểu.")


@app.command()
def read(
    file: Annotated[
        Path, typer.Argument(help="Tệp .docx, .pdf, .txt, .md, .html, .doc, .odt hoặc .rtf", metavar="TỆP")
    ],
    json: Annotated[bool, typer.Option("--json", help="In ra JSON thay cho bản tóm tắt.")] = False,
) -> None:
    """In đầu đề, thời kỳ, nhiệm vụ, báo cáo, Nơi nhận, người ký và chỗ chưa chắc. Mã thoát 1 khi không mở được."""
    with file.open("rb") as opened:
        data = opened.read(LARGEST_FILE + 1)
    document = read_text(read_file(data, file.name))
    tracked = unaccepted(tracked_changes(data, file.name))
    if tracked:
        document = replace(document, doubts=(Doubt(None, "TRACKED_CHANGES", tracked), *document.doubts))
    if json:
        answer(document.to_json())
    else:
        print("\n".join(summary(document)))
