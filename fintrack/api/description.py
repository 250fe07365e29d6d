"""The API as it describes itself: the same for everybody, made and packed once."""

import gzip
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response

PATH = "/openapi.json"
NOT_MODIFIED = 304
TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


class Description:
    """Answers with what ``describe`` gives, which is asked at the first request.

    No other answer of the API is packed: how long a packed one is tells of a secret in
    it who can put words of his own beside it (BREACH). This one holds no secret.
    """

    def __init__(self, describe: Callable[[], Mapping[str, object]]) -> None:
        self._describe = describe

    async def answer(self, request: Request) -> Response:
        """The document, or that what the browser keeps of it is as it was."""
        headers = {"ETag": self._tag, "Vary": "Accept-Encoding"}
        if self._tag in request.headers.get("if-none-match", ""):
            return Response(status_code=NOT_MODIFIED, headers=headers)
        if TAKES_GZIP.search(request.headers.get("accept-encoding", "")):
            headers["Content-Encoding"] = "gzip"
            return self._document(self._packed, headers)
        return self._document(self._plain, headers)

    def _document(self, body: bytes, headers: Mapping[str, str]) -> Response:
        return Response(body, headers=headers, media_type="application/json")

    @cached_property
    def _plain(self) -> bytes:
        words = json.dumps(self._describe(), ensure_ascii=False, separators=(",", ":"))
        return words.encode()

    @cached_property
    def _packed(self) -> bytes:
        return gzip.compress(self._plain, mtime=0)

    @cached_property
    def _tag(self) -> str:
        """Weak: it names the document, packed or not."""
        return f'W/"{hashlib.sha256(self._plain).hexdigest()[:32]}"'
