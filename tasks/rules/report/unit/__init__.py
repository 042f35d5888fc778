"""The report of one unit or area: what it says, of the month's kept report."""
