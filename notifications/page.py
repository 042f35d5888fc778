"""Turn a report's values into one page of HTML that needs nothing but itself."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notifications.render import cleaned_fields

FIGURES = (int, Decimal, date, type(None))
"""What a page's values may hold beside words: cells carry what their words say."""
_REPORTS = Path(__file__).parent / "reports"


def render_page(name: str, values: object) -> str:
    """Render the report in folder `name` with a frozen dataclass of ready strings.

    Every string loses control characters first, and the page escapes every value. Raises TypeError for a
    value that isn't a string, a bool, a figure, a date, None, a tuple or a dataclass of those.
    """
    return _environment().get_template(f"{name}/page.html.j2").render(cleaned_fields(values, FIGURES))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_REPORTS),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
