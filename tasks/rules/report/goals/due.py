"""Whether an indicator was to be measured in a month, by how often it is measured or for which period."""

import re

from tasks.rules.periods import Period

_EVERY = {
    "månad": tuple(range(1, 13)),
    "månadsvis": tuple(range(1, 13)),
    "kvartal": (3, 6, 9, 12),
    "tertial": (4, 8, 12),
    "halvår": (6, 12),
    "år": (12,),
    "helår": (12,),
    "årsvis": (12,),
}
"""The months in which what is measured so often is due."""
_YEAR = re.compile(r"(?:VB\s+)?(?P<year>[12][0-9]{3})", re.IGNORECASE)
_TERTIAL = re.compile(r"(?:tertial|T)\s*(?P<part>[123])\s+(?P<year>[12][0-9]{3})", re.IGNORECASE)


def is_due(often: str | None, period: Period) -> bool | None:
    """Tell whether an indicator that is measured so often, or for such a period, is due in a month.

    `månad`, `tertial`, `år`, or the period itself as printed: `Tertial 1 2021`, `2021`, `VB 2020`. None where
    it isn't said.
    """
    text = (often or "").strip()
    months = _EVERY.get(text.casefold())
    if months is not None:
        return period.month in months
    tertial = _TERTIAL.fullmatch(text)
    if tertial is not None:
        return period >= Period(int(tertial["year"]), 4 * int(tertial["part"]))
    year = _YEAR.fullmatch(text)
    return None if year is None else period >= Period(int(year["year"]), 12)
