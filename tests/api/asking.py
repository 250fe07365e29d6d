"""Short names for reading answers."""

from typing import Any

import httpx

MEDIA_TYPE = "application/problem+json"


def gives(answer: httpx.Response, status: int = 200) -> Any:
    """The body of an answer that went well."""
    assert answer.status_code == status, answer.text
    return answer.json()


def refuses(answer: httpx.Response, status: int, field: str = "") -> Any:
    """The problem of a refusal; ``field`` is one it names."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    problem = answer.json()
    assert problem["status"] == status
    assert problem["detail"]
    if field:
        assert field in [error["field"] for error in problem["errors"]], problem
    return problem
