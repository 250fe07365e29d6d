"""What FinTrack offers after a change: to do the same from now on."""

import reflex as rx

from fintrack.components.cards import callout
from fintrack.components.elements import page_link
from fintrack.components.text import Text, t


def rule_offer(question: Text, href: Text) -> rx.Component:
    """Whether a choice is to be made a rule; the editor opens filled.

    Example:
        ``rx.cond(State.offer, rule_offer(State.offer, State.offer_href))``
    """
    return rx.el.div(
        callout(
            rx.el.span(question),
            " ",
            page_link(t("Make it a rule"), to=href, class_name="link"),
            tone="accent",
            icon_name="list-checks",
        ),
        class_name="above",
        role="status",
    )
