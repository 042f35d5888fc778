"""The reports: a folder each, with its values in `__init__.py`, and page and style sheet beside it."""
