"""What the browser runs of ours keeps to what the security page says."""

import re
from pathlib import Path

ASSETS = Path(__file__).parents[2] / "assets"
SCRIPTS = {
    path.name: path.read_text(encoding="utf-8")
    for path in ASSETS.iterdir()
    if path.suffix in (".js", ".jsx")
}


def test_no_script_listens_to_other_windows() -> None:
    assert SCRIPTS
    for name, script in SCRIPTS.items():
        for listening in ("postMessage", "onmessage", '"message"', "'message'"):
            assert listening not in script, name


def test_nothing_stops_a_paste() -> None:
    """A password manager fills fields by their words; people paste into them.

    One script watches for files that are pasted, and has no means to stop anything.
    """
    watching = SCRIPTS["pasted_files.js"]
    for stopping in ("preventDefault", "stop", "return false", "setData", "clear"):
        assert stopping not in watching
    for name in SCRIPTS.keys() - {"pasted_files.js"}:
        assert "onPaste" not in SCRIPTS[name], name
        assert '"paste"' not in SCRIPTS[name], name
    field = SCRIPTS["credential_field.jsx"]
    assert "autoComplete={field.autocomplete}" in field
    assert "readOnly" not in field


def test_password_is_masked_until_it_is_asked_for() -> None:
    field = SCRIPTS["credential_field.jsx"]
    assert 'password: { type: "password" }' in field
    assert 'type={secret && visible ? "text" : attributes.type}' in field
    assert "useState(false)" in field


def test_effect_gives_back_a_function_or_nothing() -> None:
    """React calls it afterwards; a browser's methods give what they like by now.

    ``scrollIntoView`` gives a promise since Chromium 156, which broke the page.
    """
    short = re.compile(r"Effect\(\(\) => (?!\{|\(\) =>)")
    assert [name for name, script in SCRIPTS.items() if short.search(script)] == []
