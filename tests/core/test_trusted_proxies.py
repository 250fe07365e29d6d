"""A forged ``X-Forwarded-For`` moves nobody: only what a trusted proxy saw counts."""

import pytest

from fintrack.core.trusted_proxies import TrustedProxies

NEAR, FAR = "10.0.0.1", "192.168.7.7"
CLIENT, FORGED = "203.0.113.9", "198.51.100.1"
SIX = "2001:db8::1"
NONE, ONE, TWO = "", NEAR, f"{NEAR} {FAR}"


@pytest.mark.parametrize(
    ("trusted", "peer", "header", "client"),
    [
        (NONE, CLIENT, "", CLIENT),
        (NONE, CLIENT, FORGED, CLIENT),
        (NONE, NEAR, f"{FORGED}, {CLIENT}", NEAR),
        (ONE, CLIENT, FORGED, CLIENT),
        (ONE, NEAR, CLIENT, CLIENT),
        (ONE, NEAR, f"{FORGED}, {CLIENT}", CLIENT),
        (ONE, NEAR, f"{NEAR}, {FORGED}, {CLIENT}", CLIENT),
        (ONE, NEAR, f"{FORGED}, {CLIENT}, {NEAR}", CLIENT),
        (ONE, NEAR, f"{CLIENT}, {FAR}", FAR),
        (TWO, NEAR, f"{FORGED}, {CLIENT}, {FAR}", CLIENT),
        (TWO, NEAR, f"{FORGED}, {FAR}, {CLIENT}, {FAR}", CLIENT),
        (TWO, CLIENT, f"{FORGED}, {FAR}", CLIENT),
        (TWO, NEAR, "", NEAR),
        (TWO, NEAR, " , ,", NEAR),
        (TWO, NEAR, "unknown", NEAR),
        (ONE, NEAR, f"{FORGED}, unknown", NEAR),
        (TWO, NEAR, f"{FORGED}, unknown, {FAR}", FAR),
        (TWO, NEAR, f"{FORGED}, :5001, {FAR}", FAR),
        (ONE, NEAR, f"{CLIENT}:5001", CLIENT),
        (ONE, NEAR, f"{CLIENT}:port", CLIENT),
        (ONE, NEAR, f"{FORGED}:1, {CLIENT}:5001", CLIENT),
        (TWO, NEAR, f"{FORGED}, {CLIENT}:5001, {FAR}:443", CLIENT),
        (ONE, NEAR, f"[{SIX}]:5001", SIX),
        (ONE, NEAR, f"[{SIX}]", SIX),
        (ONE, NEAR, SIX, SIX),
        (ONE, NEAR, f"{SIX}%5001", SIX),
        (ONE, NEAR, f"[{SIX}%5001]:5001", SIX),
        (ONE, NEAR, f"[{SIX}", SIX),
        (ONE, NEAR, f"[::ffff:{CLIENT}]:5001", f"::ffff:{CLIENT}"),
        (ONE, NEAR, "[]:5001", NEAR),
        (ONE, NEAR, "client.example:5001", NEAR),
        (NONE, CLIENT, f"{FORGED}:5001", CLIENT),
    ],
)
def test_client_is_the_last_address_that_no_trusted_proxy_gave(
    trusted: str, peer: str, header: str, client: str
) -> None:
    assert TrustedProxies.of(trusted).find_client(peer, header) == client


def test_ipv4_in_its_ipv6_dress_is_the_same_proxy() -> None:
    proxies = TrustedProxies.of("10.0.0.0/8")
    assert proxies.trusts("::ffff:10.0.0.1")
    assert not proxies.trusts("proxy.example")
