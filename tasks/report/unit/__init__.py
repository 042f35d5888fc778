"""The report of one unit or area, to lay before the workplace meeting."""
