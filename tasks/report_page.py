"""The month's report as a page (being written)."""

from typing import Any


def report_page(content: dict[str, Any], version: int, administration: str) -> str:
    """Return the page."""
    return f"<!doctype html><title>{administration} {content['period']} {version}</title>"
