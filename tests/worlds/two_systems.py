"""A ledger as it comes from two systems: its budget in one file, its outcome in another."""

from tests.worlds.small_administration import PERIOD, economy

HEAD = "period;enhet;kontogrupp"


def in_two(text):
    """Return a ledger's text as those of its budget and of its outcome, without the rows that say nothing."""
    _, *lines = text.splitlines()
    rows = [line.split(";") for line in lines]
    budget = [";".join((*row[:3], row[3])) for row in rows if row[3]]
    outcome = [";".join((*row[:3], row[4])) for row in rows if row[4]]
    return (
        "\n".join([f"{HEAD};budget", *budget]) + "\n",
        "\n".join([f"{HEAD};utfall", *outcome]) + "\n",
    )


def month_in_two(world, period=PERIOD, text=None, **others):
    """Put a complete month into the inbox, its ledger in two files."""
    world.month(period=period, ekonomi=None, **others)
    budget, outcome = in_two(economy() if text is None else text)
    world.put(f"budget_{period}.csv", budget)
    world.put(f"utfall_{period}.csv", outcome)
