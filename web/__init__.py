"""The pages that a mail's links open: action plans, written by managers and decided by their heads."""
