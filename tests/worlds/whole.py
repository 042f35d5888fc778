"""The one switch between the short and the whole of the tests: MANAD_TEST_WHOLE=1, as .ci/run sets it."""

import os

import pytest

WHOLE = os.environ.get("MANAD_TEST_WHOLE") == "1"  # noqa: TID251
in_whole = pytest.mark.skipif(not WHOLE, reason="takes longer: MANAD_TEST_WHOLE=1")
