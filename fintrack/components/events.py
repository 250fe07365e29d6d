"""What the browser's own components hand to event handlers."""

import reflex as rx


def one_text(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    """The arguments of an event that brings one text."""
    return (text,)
