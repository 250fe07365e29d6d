"""The part of the converter that needs the browser; see ``assets/converting.jsx``."""

import reflex as rx

from fintrack.components.elements import Attributes


def _one_text(text: rx.Var[str]) -> tuple[rx.Var[str]]:
    return (text,)


class FollowingInput(rx.Component):
    """An amount that shows ``text`` as it changes, unless somebody types here."""

    library = "$/public/converting.jsx"
    tag = "FollowingInput"

    name: rx.Var[str]
    text: rx.Var[str]
    on_type: rx.EventHandler[_one_text]


def following_input(name: str, **attributes: Attributes) -> rx.Component:
    """An amount that follows another one, framed as ``text_input`` is.

    Example:
        ``following_input("left", text=State.left, on_type=State.type_left)``
    """
    return rx.el.span(
        FollowingInput.create(id=name, name=name, class_name="num right", **attributes),
        class_name="input",
    )
