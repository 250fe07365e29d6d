from pathlib import Path

import pytest

from fintrack.cli.frontend import BAKED_ADDRESS
from fintrack.cli.portable_build import make_portable, rewrite

NAMES = "[`localhost`,`0.0.0.0`,`::`,`0:0:0:0:0:0:0:0`]"


@pytest.mark.parametrize("quote", ["`", '"', "'"])
def test_baked_address_becomes_the_origin_of_the_page(quote: str) -> None:
    script = f"e={{PING:{quote}{BAKED_ADDRESS}/ping{quote}}}"
    assert rewrite(script) == 'e={PING:location.origin+"/ping"}'


def test_socket_follows_the_scheme_of_the_page() -> None:
    assert (
        rewrite("`ws://localhost:8000/_event`")
        == 'location.origin.replace(/^http/,"ws")+"/_event"'
    )


def test_port_of_an_https_page_is_kept_on_localhost_too() -> None:
    assert rewrite(f"x={NAMES},y") == "x=[],y"


def test_other_addresses_stay() -> None:
    script = "`http://localhost:80001/x` + 'https://example.org'"
    assert rewrite(script) == script


def test_build_without_a_baked_address_fails(tmp_path: Path) -> None:
    (tmp_path / "root.js").write_text(NAMES)
    with pytest.raises(RuntimeError, match="no baked address"):
        make_portable(tmp_path)


def test_every_script_of_a_build_is_rewritten(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    script = tmp_path / "assets" / "env.js"
    script.write_text(f"{NAMES},`{BAKED_ADDRESS}/ping`")
    make_portable(tmp_path)
    assert script.read_text() == '[],location.origin+"/ping"'
