"""What a tab has been sent is not kept for it.

The task of engine.io that writes to a socket holds the packet it wrote last until it
has another one, which in a quiet tab is the ping of up to 25 seconds later. A packet
holds its text twice, and the whole of a page is much text.
"""

from typing import cast

from engineio.async_server import AsyncServer
from engineio.packet import Packet


class OncePacket(Packet):
    """A packet for one socket, which asks for its text once."""

    def encode(self, b64: bool = False) -> str | bytes:  # noqa: FBT002 - as in engine.io
        """The text to be written; the packet is empty afterwards."""
        text = cast("str | bytes", super().encode(b64))
        self.data = self.encode_cache = None
        return text


def forget_what_was_sent(server: AsyncServer) -> None:
    """Lets each socket of ``server`` have packets of its own, which empty themselves.

    One that goes to many sockets is shared between them, and is needed until the last
    of them has written it.
    """
    send_packet = server.send_packet

    async def send_once(sid: str, pkt: Packet) -> None:
        await send_packet(sid, OncePacket(pkt.packet_type, pkt.data))

    server.send_packet = send_once
