"""A small provider of OpenID Connect over HTTP on the loopback: signs real tokens, and forges what a test asks for."""

from __future__ import annotations

import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from hmac import new
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT, SECRET = "kehoach", "bí mật của chương trình"


def part(value: Any) -> str:
    """A part of a token."""
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _number(value: int) -> str:
    return part(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class RsaKey:
    """Signs RS256."""

    algorithm = "RS256"

    def __init__(self, kid: str) -> None:
        self.kid, self.key = kid, rsa.generate_private_key(65537, 2048)

    def sign(self, signed: bytes) -> bytes:
        return self.key.sign(signed, padding.PKCS1v15(), SHA256())

    @property
    def jwk(self) -> dict[str, str]:
        numbers = self.key.public_key().public_numbers()
        return {"kty": "RSA", "kid": self.kid, "use": "sig", "n": _number(numbers.n), "e": _number(numbers.e)}

    @property
    def pem(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class EcKey:
    """Signs ES256."""

    algorithm = "ES256"

    def __init__(self, kid: str) -> None:
        self.kid, self.key = kid, ec.generate_private_key(ec.SECP256R1())

    def sign(self, signed: bytes) -> bytes:
        r, s = decode_dss_signature(self.key.sign(signed, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    @property
    def jwk(self) -> dict[str, str]:
        numbers = self.key.public_key().public_numbers()
        x, y = (part(each.to_bytes(32, "big")) for each in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "kid": self.kid, "use": "sig", "x": x, "y": y}


@dataclass
class OidcProvider:
    """Who signs in there is `subject`; `claims` replace those of the token, `forge` the whole token."""

    now: Callable[[], datetime]
    key: RsaKey | EcKey = field(default_factory=lambda: RsaKey("k1"))
    subject: str = "u-1"
    claims: dict[str, Any] = field(default_factory=dict)
    forge: Callable[[dict[str, Any]], str] | None = None
    issuer: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _numbers: Any = field(default_factory=count)

    def authorize(self, address: str) -> str:
        """Sign in there as a browser would: the address that it is sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = f"code{next(self._numbers)}"
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}"

    def token(self, nonce: str) -> str:
        now = int(self.now().timestamp())
        said = {"iss": self.issuer, "aud": CLIENT, "sub": self.subject, "nonce": nonce, "iat": now, "exp": now + 300}
        said |= self.claims
        return self.forge(said) if self.forge else self.signed(said)

    def signed(self, claims: dict[str, Any], **header: Any) -> str:
        head = part({"alg": self.key.algorithm, "kid": self.key.kid, **header})
        return f"{head}.{part(claims)}.{part(self.key.sign(f'{head}.{part(claims)}'.encode()))}"

    def answer(self, path: str, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            places = {"authorization_endpoint": "vao", "token_endpoint": "ma", "jwks_uri": "khoa"}
            ends = {**places, "end_session_endpoint": "ra"}
            return 200, {"issuer": self.issuer, **{name: f"{self.issuer}/{place}" for name, place in ends.items()}}
        if path == "/khoa":
            return 200, {"keys": [self.key.jwk, {"kty": "oct", "k": "AAAA", "kid": self.key.kid + "x"}]}
        kept = self.codes.pop(sent.get("code", ""), None)  # a code counts once
        challenge = part(sha256(sent.get("code_verifier", "").encode()).digest())
        if path != "/ma" or kept is None or kept["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        return 200, {"id_token": self.token(kept["nonce"]), "token_type": "Bearer", "access_token": "x"}


def without_signature(claims: dict[str, Any]) -> str:
    """alg none."""
    return f"{part({'alg': 'none'})}.{part(claims)}."


def signed_with_public_key(key: RsaKey) -> Callable[[dict[str, Any]], str]:
    """HS256 with what everybody knows as the secret."""

    def forge(claims: dict[str, Any]) -> str:
        signed = f"{part({'alg': 'HS256', 'kid': key.kid})}.{part(claims)}"
        return f"{signed}.{part(new(key.pem, signed.encode(), sha256).digest())}"

    return forge


@contextmanager
def running(provider: OidcProvider) -> Iterator[OidcProvider]:
    """The provider answers on the loopback until the end."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._tell(*provider.answer(self.path, {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            self._tell(*provider.answer(self.path, {name: each[0] for name, each in parse_qs(body).items()}))

        def _tell(self, status: int, told: dict[str, Any]) -> None:
            body = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Nothing is said."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
