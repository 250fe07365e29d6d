"""Sets and clears the cookies of a browser; scripts cannot read them."""

from datetime import timedelta

from starlette.responses import Response

from fintrack.core.session_cookie import MARK, PREFIX, SESSION, STEP
from fintrack.services.factor.pending import LIFETIME
from fintrack.services.sessions import ABSOLUTE

# The longest that browsers keep a cookie; each sign-in begins it anew.
MARK_LIFETIME = timedelta(days=400)


def sign_in(answer: Response, token: str, mark: str, *, https: bool) -> None:
    """Signs the browser in, and lets it be known again at its next sign-in."""
    _set(answer, SESSION, token, ABSOLUTE, https=https)
    set_mark(answer, mark, https=https)
    clear_step(answer, https=https)


def set_session(answer: Response, token: str, *, https: bool) -> None:
    """Gives the browser another token for its session."""
    _set(answer, SESSION, token, ABSOLUTE, https=https)


def set_mark(answer: Response, mark: str, *, https: bool) -> None:
    """Lets the browser be known again."""
    _set(answer, MARK, mark, MARK_LIFETIME, https=https)


def set_step(answer: Response, token: str, *, https: bool) -> None:
    """Remembers that this browser's password was right."""
    _set(answer, STEP, token, LIFETIME, https=https)


def clear_step(answer: Response, *, https: bool) -> None:
    """Forgets a second step that is no longer owed."""
    _clear(answer, STEP, https=https)


def clear_session(answer: Response, *, https: bool) -> None:
    """Signs the browser out, and clears what it kept of the pages."""
    _clear(answer, SESSION, https=https)
    answer.headers["Clear-Site-Data"] = '"cache"'


def _set(
    answer: Response, name: str, token: str, lifetime: timedelta, *, https: bool
) -> None:
    answer.set_cookie(
        f"{PREFIX}{name}" if https else name,
        token,
        max_age=int(lifetime.total_seconds()),
        secure=https,
        httponly=True,
        samesite="lax",
    )


def _clear(answer: Response, name: str, *, https: bool) -> None:
    for full in {name, f"{PREFIX}{name}" if https else name}:
        is_secure = full.startswith(PREFIX)
        answer.delete_cookie(full, secure=is_secure, httponly=True, samesite="lax")
