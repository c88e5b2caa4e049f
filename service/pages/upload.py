"""Text out of an uploaded document; the papers room reads it, the page only cleans what it reads."""

from __future__ import annotations

from service.auth.form import Form, Upload, clean
from workflows.actions.source_file import SourceFile
from workflows.papers.read_file import read_file


def text_of(upload: Upload) -> str:
    """The text of the document; Refused as `read_file` says."""
    return clean(read_file(upload.content, upload.name))


def text_given(form: Form) -> tuple[str, SourceFile | None]:
    """The text of the uploaded document with its file, or the text that was typed."""
    upload = form.files.get("tep")
    if upload is None:
        return form.fields.get("van_ban", ""), None
    return text_of(upload), SourceFile(upload.name, upload.content)
