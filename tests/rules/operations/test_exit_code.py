import pytest

from tasks.rules.operations.state import exit_code

# (state, a file was refused, every mail is over, the exit code)
RUNS = {
    "all is well": ("done", False, True, 0),
    "a file was refused": ("done", True, True, 1),
    "a mail waits": ("reported", False, False, 3),
    "a mail waits and a file was refused": ("reported", True, False, 3),
    "a source is missing": ("incomplete", False, True, 3),
    "a source is missing and a file was refused": ("incomplete", True, True, 3),
    "it failed": ("failed", False, True, 4),
    "it failed with all else": ("failed", True, False, 4),
}


@pytest.mark.parametrize(("state", "refused", "mails_final", "code"), RUNS.values(), ids=RUNS)
def test_a_run_ends_with_the_highest_code_that_applies(state, refused, mails_final, code):
    assert exit_code(state, refused=refused, mails_final=mails_final) == code
