"""Text out of an uploaded document; the papers room reads it, the page only cleans what it reads."""

from __future__ import annotations

from service.auth.form import Upload, clean
from workflows.papers.read_file import read_file


def text_of(upload: Upload) -> str:
    """The text of the document; Refused as `read_file` says."""
    return clean(read_file(upload.content, upload.name))
