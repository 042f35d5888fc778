"""`python -m flows`: the command, for processes that are started without its script."""

import sys

from flows.cli.main import main

sys.exit(main())
