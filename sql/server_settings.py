"""How the embedded PostgreSQL is set: small and quick, and as durable as any other."""

import shlex
from pathlib import Path

OWNER = "manad"
PORT = 5432  # the number in the socket's name

SETTINGS = {
    "listen_addresses": "",  # the socket only; its folder is the lock on the door
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "max_connections": "50",
    "shared_buffers": "128MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "jit": "off",  # compiles longer than our queries run
    "io_method": "sync",  # three worker processes fewer
    "huge_pages": "off",
    "enable_parallel_hash": "off",  # a container's /dev/shm is 64 MB
    "dynamic_shared_memory_type": "mmap",  # logging out removes an ordinary user's POSIX shared memory
    "max_wal_size": "2GB",  # a million rows without a forced checkpoint
    "checkpoint_timeout": "15min",
    "wal_level": "minimal",  # COPY into a table of the same transaction writes no WAL; fsync stays on
    "max_wal_senders": "0",
    "max_logical_replication_workers": "0",
    "client_connection_check_interval": "5s",  # the query of a client that was killed ends
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # neither rows
    "log_min_error_statement": "panic",  # nor statements in the log: they hold names and addresses
    "cluster_name": OWNER,
}


def options(socket: Path) -> str:
    """Return the settings as flags for a shell, with the folder of the socket."""
    folder = str(socket).replace('"', '""')
    settings = {**SETTINGS, "unix_socket_directories": f'"{folder}"'}
    return " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
