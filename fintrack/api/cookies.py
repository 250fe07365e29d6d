"""Sets and clears the one cookie that signs a browser in."""

from datetime import timedelta

from starlette.responses import Response

from fintrack.core.session_cookie import PLAIN_NAME, SECURE_NAME


def set_token(
    answer: Response, token: str, lifetime: timedelta, *, https: bool
) -> None:
    """Signs the browser in; scripts cannot read the cookie."""
    answer.set_cookie(
        SECURE_NAME if https else PLAIN_NAME,
        token,
        max_age=int(lifetime.total_seconds()),
        secure=https,
        httponly=True,
        samesite="lax",
    )


def clear_token(answer: Response, *, https: bool) -> None:
    """Signs the browser out, and clears what it kept of the pages."""
    for name in {PLAIN_NAME, SECURE_NAME if https else PLAIN_NAME}:
        answer.delete_cookie(
            name, secure=name == SECURE_NAME, httponly=True, samesite="lax"
        )
    answer.headers["Clear-Site-Data"] = '"cache"'
