"""Pictures in mails: `draw` a chart, or many by `draw_all`, and tell them in words by `alt_text`."""

from notifications.charts.picture import draw, draw_all
from notifications.charts.words import alt_text
from notifications.charts.year_chart import YearChart

__all__ = ["SHOWN_HEIGHT", "SHOWN_WIDTH", "YearChart", "alt_text", "draw", "draw_all"]

SHOWN_WIDTH, SHOWN_HEIGHT = 576, 332
"""A picture's size in a mail (px): half of its own pixels each way."""
