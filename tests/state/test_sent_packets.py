"""A packet that was written has no text any more, also where many get the same."""

from typing import cast

from engineio.async_server import AsyncServer as EngineServer
from engineio.async_socket import AsyncSocket
from engineio.packet import MESSAGE, Packet
from socketio import AsyncManager, AsyncServer

from fintrack.state.sent_packets import forget_what_was_sent


def plug(server: EngineServer, sid: str) -> AsyncSocket:
    socket = AsyncSocket(server, sid)
    server.sockets[sid] = socket
    return socket


async def test_an_event_is_forgotten_once_it_was_written() -> None:
    server = AsyncServer(async_mode="asgi")
    forget_what_was_sent(server.eio)
    socket = plug(server.eio, "one")
    sid = await cast(AsyncManager, server.manager).connect("one", "/")

    await server.emit("event", {"days": 3}, to=sid)

    (packet,) = await socket.poll()
    assert packet.encode() == '42["event",{"days":3}]'
    assert packet.data is None
    assert packet.encode_cache is None


async def test_one_packet_for_two_sockets_reaches_both() -> None:
    server = EngineServer(async_mode="asgi")
    forget_what_was_sent(server)
    packet = Packet(MESSAGE, "hello")

    for socket in (plug(server, "one"), plug(server, "two")):
        await server.send_packet(socket.sid, packet)
        (written,) = await socket.poll()
        assert written.encode() == "4hello"


async def test_bytes_are_written_as_they_are() -> None:
    server = EngineServer(async_mode="asgi")
    forget_what_was_sent(server)
    socket = plug(server, "one")

    await server.send("one", b"\x00\x01")

    (packet,) = await socket.poll()
    assert packet.encode() == b"\x00\x01"
    assert packet.data is None
