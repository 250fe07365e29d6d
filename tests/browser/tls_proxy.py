"""A TLS proxy as people put one before FinTrack: https outside, plain http inside."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID

HEAD_END = b"\r\n\r\n"
CHUNK = 65536


@dataclass(frozen=True)
class Certificate:
    """A key and its own certificate for localhost, in one file each."""

    file: Path
    key: Path


def make_certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)  # noqa: TID251 - a certificate is valid by the wall clock
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    certificate = Certificate(folder / "localhost.pem", folder / "localhost.key")
    certificate.file.write_bytes(made.public_bytes(Encoding.PEM))
    certificate.key.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    return certificate


@contextlib.contextmanager
def tls_proxy(
    certificate: Certificate, port: int, upstream: int, *, tells: bool
) -> Iterator[None]:
    """Serves https on ``port`` for http on ``upstream``.

    ``tells`` adds the forwarding headers; without them only ``Host`` is passed on.
    """
    ready, loop = threading.Event(), asyncio.new_event_loop()
    ended = asyncio.Event()

    async def pass_on(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        try:
            head = await reader.readuntil(HEAD_END)
            await _relay(_rewrite(head, tells=tells), reader, writer, upstream)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the browser or FinTrack hung up
        finally:
            writer.transport.abort()

    async def serve() -> None:
        server = await asyncio.start_server(
            pass_on, "127.0.0.1", port, ssl=_context(certificate), limit=CHUNK * 4
        )
        ready.set()
        await ended.wait()
        server.close()
        await _cancel_others()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


def _context(certificate: Certificate) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate.file, certificate.key)
    return context


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # aborted transports close in the next round


def _rewrite(head: bytes, *, tells: bool) -> bytes:
    """One request a connection, but for a socket; then each head passes here."""
    lines = head.removesuffix(HEAD_END).split(b"\r\n")
    if not any(line.lower().startswith(b"upgrade:") for line in lines):
        lines = [line for line in lines if not line.lower().startswith(b"connection:")]
        lines.append(b"Connection: close")
    if tells:
        lines += [b"X-Forwarded-Proto: https", b"X-Forwarded-For: 127.0.0.1"]
    return b"\r\n".join(lines) + HEAD_END


async def _relay(
    head: bytes,
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    upstream: int,
) -> None:
    behind_reader, behind_writer = await asyncio.open_connection("127.0.0.1", upstream)
    behind_writer.write(head)
    sending = asyncio.ensure_future(_pump(reader, behind_writer))
    try:
        await _pump(behind_reader, writer)
        with contextlib.suppress(OSError):
            writer.close()
            await writer.wait_closed()
    finally:
        sending.cancel()
        behind_writer.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK):
            writer.write(chunk)
            await writer.drain()
