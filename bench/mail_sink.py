"""A mail server that costs next to nothing, in a process of its own: it takes everything and keeps a count.

Prints its port, serves one connection after the other on loopback, and ends with its standard input, or when
nothing happened for a minute.
"""

import os
import socket
import sys
import threading

IDLE_SECONDS = 60
END = b"\r\n.\r\n"


def main() -> None:
    """Serve until the other end of standard input closes."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(IDLE_SECONDS)
        print(listener.getsockname()[1], flush=True)
        while True:
            client, _ = listener.accept()
            with client:
                client.settimeout(IDLE_SECONDS)
                _serve(client)


def _end_with_input() -> None:
    sys.stdin.read()
    os._exit(0)


def _serve(client: socket.socket) -> None:
    client.sendall(b"220 sink\r\n")
    while heard := client.recv(1024):
        verb = heard[:4].upper()
        if verb == b"DATA":
            client.sendall(b"354 go on\r\n")
            _swallow(client)
        client.sendall(b"221 bye\r\n" if verb == b"QUIT" else b"250 yes\r\n")
        if verb == b"QUIT":
            return


def _swallow(client: socket.socket) -> None:
    """Read a mail to its end; its last bytes may come in two pieces."""
    tail = b""
    while not tail.endswith(END):
        tail = (tail + client.recv(1 << 18))[-len(END) :]


if __name__ == "__main__":
    main()
