"""The `manad` command: reads the words and hands them to what answers them."""

import gc
import sys
from collections.abc import Sequence

from flows.cli.words import command_parser

SELDOM = (50_000, 20, 20)
"""A command is short and makes much that lasts: looking through it for rubbish took an eighth of its time."""


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    _speak_utf8()
    gc.set_threshold(*SELDOM)
    arguments = command_parser().parse_args(words)
    from flows.cli.commands import answer  # noqa: PLC0415 - --help must answer without loading the database

    return answer(arguments)


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
