"""A double click on a button that does something once is one click."""

from typing import Final

import reflex as rx

# For ``custom_attrs`` of a button that does something once.
ONCE: Final = {"data-once": ""}


class SecondClick(rx.Component):
    """Ignores the second one; a frame includes it once. See ``assets/second_click.js``.

    That of a form's button, and of one with ``ONCE``. Enter that is held down is one
    press.

    Example:
        ``SecondClick.create()``
    """

    library = "$/public/second_click.js"
    tag = "SecondClick"
