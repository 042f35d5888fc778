"""`python -m flows`: the command, for processes that are started without its script."""

import sys

from flows.cli import main

sys.exit(main())
