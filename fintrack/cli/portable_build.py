"""Makes one front-end build work on any host, port and scheme."""

import re
from pathlib import Path
from typing import Any

import reflex as rx

ORIGIN = {"http": "location.origin", "ws": 'location.origin.replace(/^http/,"ws")'}
# What Reflex bakes into the build; frontend.py sees to it that it is this.
ADDRESS = re.compile(r"""([`"'])(http|ws)://localhost:8000(/[^`"']*)\1""")
# For these names the client drops the port of an https page; behind a TLS proxy on
# https://localhost:8443 its socket would go nowhere.
SAME_DOMAIN = re.compile(r"\[`localhost`,`0\.0\.0\.0`,`::`,`0:0:0:0:0:0:0:0`\]")


class PortableBuild(rx.plugins.Plugin):
    """Replaces the baked address of the backend by the origin of the page.

    Reflex compresses the files afterwards, so their .br and .gz siblings follow.
    """

    def post_build(self, **context: Any) -> None:  # noqa: ANN401 - Reflex's signature
        """Rewrite the scripts of the build that has just been made."""
        make_portable(context["static_dir"])


def make_portable(static_dir: Path) -> None:
    """Rewrite the scripts below ``static_dir``.

    Raises:
        RuntimeError: the build no longer holds what is replaced: Reflex has changed.
    """
    missing = {ADDRESS, SAME_DOMAIN}
    for script in static_dir.rglob("*.js"):
        text = script.read_text(encoding="utf-8")
        missing -= {pattern for pattern in missing if pattern.search(text)}
        script.write_text(rewrite(text), encoding="utf-8")
    if missing:
        raise RuntimeError("The build holds no baked address; see portable_build.py.")


def rewrite(script: str) -> str:
    """``script`` with each baked address as an expression over ``location``."""
    here = ADDRESS.sub(lambda m: f'{ORIGIN[m[2]]}+"{m[3]}"', script)
    return SAME_DOMAIN.sub("[]", here)
