"""What a page sends passes; everything else is refused and not repeated."""

import json

import pytest

from fintrack.api.packets import (
    MOST_CHARACTERS,
    Malformed,
    check_opening,
    check_packet,
)

SECRET = "hunter2"
HANDLER = "state.load"
GOOD = {"name": HANDLER, "payload": {"a": 1}, "router_data": {"pathname": "/"}}
DEEP = "[" * 100_000


def event(*said: object) -> str:
    return f"42/_event,{json.dumps(said)}"


def call(**changed: object) -> str:
    return event("event", {**GOOD, **changed})


def place(**changed: object) -> str:
    return call(router_data={"pathname": "/", "asPath": "/", "query": {}, **changed})


JUNK: dict[str, str | None] = {
    "bytes": None,
    "empty": "",
    "no type": SECRET,
    "unknown type": f"9{SECRET}",
    "ping of a client": "2probe",
    "pong with more": f"3{DEEP}",
    "base64": f"b{SECRET}",
    "message without a packet": "4",
    "message of JSON": f'4{{"a":"{SECRET}"}}',
    "binary event": f'451-/_event,["event","{SECRET}"]',
    "connect error": f'44/_event,"{SECRET}"',
    "answer": '43/_event,1["a"]',
    "other namespace": f'42/other,["event","{SECRET}"]',
    "no namespace": f'42["event","{SECRET}"]',
    "connect elsewhere": "40/other,",
    "namespace with a query": "40/_event?a=b,",
    "numbered event": f'42/_event,7["event","{SECRET}"]',
    "not JSON": f"42/_event,[{SECRET}]",
    "too deep": f"42/_event,{DEEP}]",
    "text for an event": event("event", SECRET),
    "list for an event": event("event", [1, SECRET]),
    "nothing for an event": event("event"),
    "two events": event("event", GOOD, SECRET),
    "unknown socket event": event(SECRET, {}),
    "name of a method": event("connect", {}),
    "name that is none": event({"a": SECRET}, {}),
    "error that is no dict": event("client_error", SECRET),
    "unknown handler": call(name=f"state.{SECRET}"),
    "handler without a name": event("event", {"payload": {}}),
    "name of a handler as a list": call(name=[HANDLER]),
    "payload as text": call(payload=SECRET),
    "no payload": call(payload=None),
    "number for an address": call(router_data=5),
    "path as a list": place(pathname=[SECRET]),
    "address that is no path": place(asPath=f"[{SECRET}"),
    "query as text": place(query=SECRET),
    "query of numbers": place(query={"account_id": 5}),
    "parts that are no text": place(query={"splat": ["a", {"b": SECRET}]}),
    "hello of another": f'40/_event,{{"event":"{SECRET}"}}',
    "hello that is not JSON": f"40/_event,{{{SECRET}}}",
    "too large": call(payload={"memo": "x" * MOST_CHARACTERS}),
}


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "3",
        "40/_event,",
        "40/_event,{}",
        f"40/_event,{json.dumps({'event': GOOD, 'state_schema': 'a1'})}",
        "41/_event,",
        event("event", GOOD),
        event("event", {"name": HANDLER}),
        event("client_error", {"message": "x is undefined"}),
        place(asPath="/accounts?of=7#top", query={"of": "7", "splat": None}),
        place(asPath="/nowhere/at/all", query={"splat": ["nowhere", "at", "all"]}),
        call(payload={"memo": "[" * 500}),
    ],
)
def test_what_a_page_sends_passes(text: str) -> None:
    check_packet(text, HANDLER.__eq__)


@pytest.mark.parametrize("text", JUNK.values(), ids=JUNK)
def test_everything_else_is_refused_and_not_repeated(text: str | None) -> None:
    with pytest.raises(Malformed) as refused:
        check_packet(text, HANDLER.__eq__)
    assert SECRET not in str(refused.value)
    assert len(str(refused.value)) < 40


def test_page_opens_its_socket() -> None:
    check_opening("/_event/", b"EIO=4&transport=websocket&token=5a1b-c_d")
    check_opening("/_event", b"token=5a&EIO=4&transport=websocket&t=abc")


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/", b"EIO=4&transport=websocket&token=a"),
        ("/_event/more", b"EIO=4&transport=websocket&token=a"),
        ("/_event/", b""),
        ("/_event/", b"EIO=3&transport=websocket&token=a"),
        ("/_event/", b"EIO=4&transport=polling&token=a"),
        ("/_event/", b"EIO=4&transport=websocket"),
        ("/_event/", b"EIO=4&transport=websocket&token="),
        ("/_event/", b"EIO=4&transport=websocket&token=a&token=b"),
        ("/_event/", b"EIO=4&transport=websocket&token=hunter2%0A"),
        ("/_event/", b"EIO=4&transport=websocket&token=" + b"a" * 65),
        ("/_event/", b"EIO=4&transport=websocket&token=a&sid=hunter2"),
        ("/_event/", b"EIO=4&transport=websocket&token=a&j=hunter2"),
        ("/_event/", b"EIO=4&transport=websocket&token=\xff"),
    ],
)
def test_other_sockets_are_not_opened(path: str, query: bytes) -> None:
    with pytest.raises(Malformed) as refused:
        check_opening(path, query)
    assert SECRET not in str(refused.value)
