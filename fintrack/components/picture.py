"""The picture of a person, and where it is chosen."""

import reflex as rx

from fintrack.components.text import t
from fintrack.core.picture import MAX_BYTES
from fintrack.state.rows import Person


def _is_kept(is_kept: rx.Var[bool]) -> tuple[rx.Var[bool]]:
    return (is_kept,)


class PictureUpload(rx.Component):
    """See ``assets/picture_upload.jsx``."""

    library = "$/public/picture_upload.jsx"
    tag = "PictureUpload"

    has_picture: rx.Var[bool]
    most_bytes: rx.Var[int]
    labels: rx.Var[dict[str, str]]
    on_changed: rx.EventHandler[_is_kept]


def avatar(person: Person, size: str = "") -> rx.Component:
    """The round picture of somebody; without one, their initials.

    Their name stands beside it or on the button around it. ``size`` is ``l`` or empty.

    Example:
        ``avatar(SessionState.me, "l")``
    """
    look = f"avatar {size}".strip()
    return rx.cond(
        person.picture,
        rx.el.img(src=person.picture, alt="", class_name=look),
        rx.el.span(person.initials, class_name=look, aria_hidden="true"),
    )


def picture_upload(
    person: Person, on_changed: rx.event.EventType[bool]
) -> rx.Component:
    """The picture with buttons to choose and remove it; problems are said below.

    ``on_changed`` is called with whether there is one now.

    Example:
        ``picture_upload(SessionState.me, State.picture_changed)``
    """
    return rx.el.div(
        avatar(person, "xl"),
        PictureUpload.create(
            has_picture=person.picture != "",
            most_bytes=MAX_BYTES,
            labels={
                "choose": t("Choose a picture"),
                "change": t("Another picture"),
                "remove": t("Remove the picture"),
                "busy": t("One moment …"),
                "hint": t(
                    "JPEG, PNG or WebP, up to 10 MB. Only you see it, and what the "
                    "camera wrote into it is left out."
                ),
                "large": t("This file is larger than 10 MB."),
                "unreachable": t("The server did not answer. Nothing was changed."),
                "failed": t("The file could not be taken. Nothing was changed."),
            },
            on_changed=on_changed,
        ),
        class_name="picture-line",
    )
