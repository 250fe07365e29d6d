"""The style guide shows every part of the design system."""

import ast
import re
from pathlib import Path
from typing import Final

from fintrack.pages.styleguide import styleguide

ROOT: Final = Path(__file__).parents[2] / "fintrack"
# What surrounds each page, the style guide too, or is only a part of what it shows.
AROUND: Final = frozenset(
    {
        *(
            "account_menu",
            "appearance_keeper",
            "back_link",
            "bottom_bar",
            "changes_told",
            "coming_back",
            "door",
            "drop_leads",
            "focus_frame",
            "head_components",
        ),
        *("install_connection_note", "connection_note", "keys_help", "language_switch"),
        *(
            "appearance_switch",
            "more_sheet",
            "palette",
            "rail",
            "skip_link",
            "top_bar",
        ),
        *(
            "icon",
            "opens_first",
            "template",
            "drawn",
            "faded",
            "last_point",
            "twin",
            "sentence",
            "titled",
            "titled_if_any",
            "one_text",
            "option_group",
            "empty",
            "mark_sign",
        ),
        *(
            "no_such_page",
            "page_title",
            "password_hint",
            "after_note",
            "recovery_texts",
        ),
    }
)
# Each of them works with a state or a route of its own; its page is looked at instead.
OWN_PAGE: Final = frozenset(
    {
        *(
            "attachments",
            "books_move",
            "picture_upload",
            "fresh_button",
            "fresh_link",
            "enrol_factor",
        ),
        *(
            "step_up_texts",
            "failure_texts",
            "payee_input",
            "day_input",
            "entry_area",
            "send_as",
            "following_input",
            "currency_picker",
            "currency_field",
            "copy_amount",
        ),
    }
)


def test_style_guide_can_be_drawn() -> None:
    assert styleguide().render()


def test_style_guide_shows_every_part_or_says_where_else_it_is_seen() -> None:
    shown = " ".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "pages").glob("styleguide*.py")
    )
    missing = {name for name in _parts() if not re.search(rf"\b{name}\b", shown)}
    assert missing == AROUND | OWN_PAGE


def _parts() -> set[str]:
    return {
        node.name
        for path in (ROOT / "components").glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }
