"""Swagger UI from our own address: no script comes from anywhere else."""

from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

SCRIPT, STYLE = "swagger-ui-bundle.js", "swagger-ui.css"
START = "start.js"
PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>FinTrack API</title>
<link rel="stylesheet" href="/api/docs/{STYLE}">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/{SCRIPT}"></script>
<script src="/api/docs/{START}"></script>
</body>
</html>
"""
START_SCRIPT = """SwaggerUIBundle({url: "/api/openapi.json", dom_id: "#swagger-ui"});
"""


def docs_routes() -> list[Route]:
    """The page, its two files of Swagger UI and the line that starts it."""
    return [
        Route("/api/docs", _page),
        Route(f"/api/docs/{SCRIPT}", _script),
        Route(f"/api/docs/{STYLE}", _style),
        Route(f"/api/docs/{START}", _start),
    ]


async def _page(request: Request) -> Response:
    del request
    return HTMLResponse(PAGE)


async def _script(request: Request) -> Response:
    del request
    return FileResponse(_bundle() / SCRIPT)


async def _style(request: Request) -> Response:
    del request
    return FileResponse(_bundle() / STYLE)


async def _start(request: Request) -> Response:
    del request
    return Response(START_SCRIPT, media_type="text/javascript")


def _bundle() -> Path:
    """Where the package that carries Swagger UI has its files; it is not imported."""
    spec = find_spec("fastapi_offline")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package fastapi-offline is not installed")
    return Path(spec.origin).parent / "static"
