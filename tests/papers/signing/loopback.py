"""Servers on the loopback that really do it: OCSP, revocation list, time stamps, and a CSC signing service."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from pyhanko.sign.timestamps import DummyTimeStamper

from service.demo.test_authority import Issued, TestAuthority

Answer = tuple[int, str, bytes]
PIN, TOKEN = "246810", "thẻ của dịch vụ"
ECDSA_SHA256 = "1.2.840.10045.4.3.2"


@contextmanager
def serving(answer: Callable[[str, Mapping[str, str], bytes], Answer]) -> Iterator[str]:
    """A server on the loopback that answers by this function; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["content-length"])))

        def _answer(self, body: bytes) -> None:
            status, kind, content = answer(self.path, dict(self.headers), body)
            self.send_response(status)
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@dataclass
class AuthorityOnLoopback:
    """The test authority's responders; `asked` tells which were asked."""

    authority: TestAuthority
    stamper: Issued
    issued: list[Issued] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        del headers
        self.asked.append(path)
        if path == "/crl":
            return 200, "application/pkix-crl", self.authority.revocation_list(self.authority.since)
        if path == "/ocsp":
            return 200, "application/ocsp-response", self._ocsp(body)
        if path == "/tsa":
            return 200, "application/timestamp-reply", self._stamp(body)
        return 404, "text/plain", b""

    def _ocsp(self, body: bytes) -> bytes:
        asked = ocsp.load_der_ocsp_request(body)
        (about,) = (each for each in self.issued if each.certificate.serial_number == asked.serial_number)
        since = self.authority.revoked_at(asked.serial_number)
        now = about.certificate.not_valid_before_utc + timedelta(days=3000)
        built = ocsp.OCSPResponseBuilder().add_response(
            about.certificate,
            self.authority.root.certificate,
            asked.hash_algorithm,
            ocsp.OCSPCertStatus.REVOKED if since else ocsp.OCSPCertStatus.GOOD,
            self.authority.since,
            now,
            since,
            None,
        )
        built = built.responder_id(ocsp.OCSPResponderEncoding.NAME, self.authority.root.certificate)
        return built.sign(self.authority.root.key, SHA256()).public_bytes(Encoding.DER)

    def _stamp(self, body: bytes) -> bytes:
        key = self.stamper.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        stamper = DummyTimeStamper(asn1.Certificate.load(self.stamper.der), keys.PrivateKeyInfo.load(key))
        return cast(bytes, stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump())


@dataclass
class SigningService:
    """A CSC 1.0.4 service that holds one key, hands out activation data for named hashes, once, and signs them."""

    issued: Issued
    root: x509.Certificate
    received: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    activated: dict[str, list[str]] = field(default_factory=dict)

    def answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        asked = json.loads(body)
        self.received.append((path, asked))
        if base64.b64decode(headers.get("Authorization", "").removeprefix("Bearer ")) != TOKEN.encode():
            return self._told({"error": "invalid_token"}, 401)
        verbs = {
            "/csc/v1/credentials/info": self._info,
            "/csc/v1/credentials/authorize": self._authorize,
            "/csc/v1/signatures/signHash": self._sign,
        }
        return verbs[path](asked) if path in verbs else self._told({"error": "invalid_request"}, 400)

    def _info(self, asked: Mapping[str, Any]) -> Answer:
        chain = [self.issued.der, self.root.public_bytes(Encoding.DER)]
        return self._told(
            {
                "key": {"status": "enabled", "algo": [ECDSA_SHA256], "len": 256},
                "cert": {"status": "valid", "certificates": [base64.b64encode(each).decode() for each in chain]},
                "authMode": "explicit",
                "SCAL": "2",
                "multisign": 1,
            }
        )

    def _authorize(self, asked: Mapping[str, Any]) -> Answer:
        if asked.get("PIN") != PIN:
            return self._told({"error": "invalid_pin"}, 400)
        activation = sha256(json.dumps(asked).encode()).hexdigest()
        self.activated[activation] = list(asked["hash"])
        return self._told({"SAD": activation, "expiresIn": 300})

    def _sign(self, asked: Mapping[str, Any]) -> Answer:
        if self.activated.pop(asked["SAD"], None) != list(asked["hash"]):
            return self._told({"error": "invalid_request"}, 400)
        assert isinstance(self.issued.key, ec.EllipticCurvePrivateKey)
        signed = [
            self.issued.key.sign(base64.b64decode(each), ec.ECDSA(utils.Prehashed(SHA256()))) for each in asked["hash"]
        ]
        return self._told({"signatures": [base64.b64encode(each).decode() for each in signed]})

    @staticmethod
    def _told(answer: Mapping[str, Any], status: int = 200) -> Answer:
        return status, "application/json", json.dumps(answer).encode()
