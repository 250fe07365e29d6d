"""A double click on the button of a form is one click."""

import reflex as rx


class SecondClick(rx.Component):
    """Ignores the second one; a frame includes it once. See ``assets/second_click.js``.

    Example:
        ``SecondClick.create()``
    """

    library = "$/public/second_click.js"
    tag = "SecondClick"
