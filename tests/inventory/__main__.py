"""``python -m tests.inventory``: writes both lists anew, for a reviewer to read."""

from tests.inventory.listing import HANDLERS, ROUTES, list_handlers, list_routes

if __name__ == "__main__":
    HANDLERS.write_text("\n".join([*list_handlers(), ""]), encoding="utf-8")
    ROUTES.write_text("\n".join([*list_routes(), ""]), encoding="utf-8")
