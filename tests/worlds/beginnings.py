"""Where many tests begin: made once by what leads there, and copied for every other test."""

import shutil
from itertools import count
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

NUMBERS = count(1)


def run_a_month(world):
    """Run the small administration's September to its end."""
    world.month()
    assert world.run().code == 0


class Beginnings:
    """Databases and homes as something left them, by the function that did it."""

    def __init__(self, server, folder: Path):
        self.server, self.folder = server, folder
        self.made = {}

    def bring(self, world, act):
        """Bring a fresh world to where an act (world → None) leaves it; return the world."""
        begun = [path.name for path in world.home.iterdir() if path != world.inbox]
        assert not begun, f"{act.__name__} is where a world begins, and this one has {begun}"
        database = conninfo_to_dict(world.conninfo)["dbname"]
        world.close()
        if act in self.made:
            self._copy(self.made[act], database)
            shutil.copytree(self.folder / self.made[act], world.home, dirs_exist_ok=True)
        else:
            act(world)
            world.close()
            self.made[act] = f"after_{act.__name__}_{next(NUMBERS)}"
            self._copy(database, self.made[act])
            shutil.copytree(world.home, self.folder / self.made[act])
        return world

    def _copy(self, source, database):
        self.server.drop_database(database)
        self.server.create_database(database, template=source)
