"""A double click on a button that does something once is one click."""

import reflex as rx


class SecondClick(rx.Component):
    """Ignores the second one; a frame includes it once. See ``assets/second_click.js``.

    That of a form's button, and of one with ``data-once``.

    Example:
        ``SecondClick.create()``
    """

    library = "$/public/second_click.js"
    tag = "SecondClick"
