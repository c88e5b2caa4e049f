"""`kehoach seal-key`: the public half of the key that signs checkpoints, for whoever keeps them outside."""

from __future__ import annotations

from notifications.seal_log import outside
from service.settings import read_settings

from .answers import answer, verb_app

app = verb_app("Khóa công khai của các điểm chốt nhật ký.")


@app.command()
def show() -> None:
    """In khóa công khai (Ed25519); tạo khóa nếu máy chưa có."""
    key = outside(**read_settings().outside).key
    answer({"public_key": key.public, "pem": key.public_pem})
