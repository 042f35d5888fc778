"""Turn a page's values into HTML. Every value is escaped, and one that is missing is a fault."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

_HERE = Path(__file__).parent
MEDIA_TYPES = {"page.css": "text/css; charset=utf-8", "plan.js": "text/javascript; charset=utf-8"}
FOR_A_YEAR = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Pages:
    """The templates, and the two files that they use."""

    templates: Environment
    files: dict[str, bytes]

    def page(self, name: str, status: int = 200, **values: object) -> HTMLResponse:
        """Render a page."""
        return HTMLResponse(self.templates.get_template(f"{name}.html.j2").render(values), status)

    def message(self, name: str, status: int, headers: dict[str, str] | None = None) -> HTMLResponse:
        """Render one of the pages that only say something: what went wrong, and what to do."""
        response = self.page("message", status, message=name)
        response.headers.update(headers or {})
        return response

    def file(self, name: str) -> Response:
        """Return a file; its address changes with what stands in it, so it may be kept."""
        return Response(self.files[name], media_type=MEDIA_TYPES[name], headers={"Cache-Control": FOR_A_YEAR})


def load_pages(prefix: str, organisation: str) -> Pages:
    """Load the templates and files, once. prefix: the path that all pages lie under."""
    files = {name: (_HERE / "static" / name).read_bytes() for name in MEDIA_TYPES}
    templates = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(
        prefix=prefix,
        organisation=organisation,
        files={name: f"{prefix}/static/{name}?v={_version(text)}" for name, text in files.items()},
    )
    return Pages(templates, files)


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]
