"""Relays of the beacon are asked one after the other, over https only, and not believed."""

import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from urllib.request import urlopen

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from selection.protocol import drand
from tests.selection.protocol.rounds import OTHER_SIGNATURE, RANDOMNESS, ROUND, SIGNATURE


def answer(**other: object) -> bytes:
    """What a relay sends, as the relays of drand write it."""
    facts = {"round": ROUND, "randomness": RANDOMNESS, "signature": SIGNATURE.hex()}
    return json.dumps(facts | other).encode()


ANSWERS = {
    "honest": answer(),
    "chatty": answer().ljust(drand.LARGEST_ANSWER),
    "lying": answer(signature=OTHER_SIGNATURE.hex()),
    "wordy": answer().ljust(drand.LARGEST_ANSWER + 1),
    "late": answer(round=ROUND - 1),
    "short": answer(signature=SIGNATURE.hex()[:-2]),
    "numeric": answer(signature=5),
    "foreign": b'["signature"]',
    "deep": b"[" * drand.LARGEST_ANSWER,
    "garbled": b"<html>\xff",
    "empty": b"",
}


class Relay(BaseHTTPRequestHandler):
    """Behaves as its address begins."""

    asked: list[str] = []
    closing = Event()

    def do_GET(self) -> None:
        manner = self.path.split("/")[1]
        self.asked.append(manner)
        if manner == "silent":
            self.closing.wait(30)
        elif manner == "rude":
            self.wfile.write(b"no protocol at all\r\n\r\n")
        elif manner == "ill":
            self.send_response(500)
            self.end_headers()
            self.wfile.write(ANSWERS["honest"])
        elif manner == "endless":
            self.be_endless()
        elif manner == "moved":
            self.send_response(302)
            self.send_header("Location", "/honest/")
            self.end_headers()
        else:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(ANSWERS[manner])

    def be_endless(self) -> None:
        """Sends 64 megabytes, as long as anybody listens."""
        self.send_response(200)
        self.end_headers()
        for _ in range(1024):
            self.wfile.write(b" " * 65536)
        self.asked.append("heard to the end")

    def log_message(self, *_arguments: object) -> None:
        """Nobody reads along."""


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[str]:
    """A relay on this machine as long as the block; its host and port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Relay)
    server.handle_error = lambda *_arguments: None
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    Relay.asked.clear()
    Relay.closing.clear()
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        Relay.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def make_certificate(folder: Path) -> Path:
    """A file with a certificate for this machine and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay")])
    here = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), serial_number=1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "relay.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return path


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def relay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A relay whose certificate is trusted; its host and port."""
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(context) as place:
        yield place


@pytest.fixture
def ask(relay: str, monkeypatch: pytest.MonkeyPatch):
    """What is fetched from relays that behave in these manners, one after the other."""

    def fetch(*manners: str, at: str = relay, seconds: float = 10) -> bytes | None:
        monkeypatch.setattr(drand, "RELAYS", [f"{at}/{manner}" for manner in manners])
        return drand.fetch(ROUND, seconds=seconds)

    return fetch


def test_the_addresses_are_those_of_the_chains_relays():
    assert drand.address_of(38_123_456) == [
        f"https://{host}/{drand.CHAIN}/public/38123456"
        for host in ("api.drand.sh", "drand.cloudflare.com", "api2.drand.sh", "api3.drand.sh")
    ]


@pytest.mark.parametrize("manner", ["honest", "chatty"])
def test_the_signature_comes_from_the_first_relay(ask, manner):
    assert ask(manner, "lying") == SIGNATURE
    assert Relay.asked == [manner]


def test_a_relay_that_lies_does_not_stand_in_the_way_of_the_next(ask):
    assert ask("lying", "honest") == SIGNATURE
    assert ask("lying") is None


def test_where_nothing_can_be_checked_no_relay_is_asked(ask, monkeypatch):
    monkeypatch.setattr(drand, "can_check", lambda: False)

    with pytest.raises(drand.CannotCheck):
        ask("lying", "honest")
    assert Relay.asked == []


@pytest.mark.parametrize(
    "manner",
    "wordy late short numeric foreign deep garbled empty endless ill moved rude".split(),
)
def test_where_one_relay_is_of_no_use_the_next_is_asked(ask, manner):
    assert ask(manner) is None
    assert ask(manner, "honest") == SIGNATURE
    assert Relay.asked == [manner, manner, "honest"]


def test_a_silent_relay_is_not_waited_for(ask):
    begun = monotonic()

    assert ask("silent", "honest", seconds=2) == SIGNATURE
    assert monotonic() - begun < 20
    assert Relay.asked == ["silent", "honest"]


@pytest.mark.parametrize("nowhere", ["127.0.0.1:1", "relay.invalid", "127.0.0.1:no-port"])
def test_where_nobody_answers_nothing_breaks(ask, nowhere):
    assert ask("honest", at=nowhere) is None


def test_a_relay_that_made_its_certificate_itself_hears_no_question(ask, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")

    assert ask("honest") is None
    assert Relay.asked == []


def test_only_https_is_spoken(tmp_path, monkeypatch):
    written = tmp_path / "honest.json"
    written.write_bytes(answer())
    with serving() as place:
        addresses = [f"http://{place}/honest/", written.as_uri()]
        monkeypatch.setattr(drand, "address_of", lambda _round: addresses)

        assert drand.fetch(ROUND) is None
        assert Relay.asked == []
        for address in addresses:
            with urlopen(address) as opened:
                assert opened.read() == answer(), "the control"
