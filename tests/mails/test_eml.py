import signal
import subprocess
import sys
from email import message_from_bytes
from pathlib import Path

import pytest

from notifications.eml import EmlFolder, file_name
from notifications.errors import TemporaryMailError

MESSAGE = b"Subject: hej\r\n\r\ntext\r\n"
ID = "<avvikelse.2026-10.17@stad.example>"


def send(folder: Path, message: bytes = MESSAGE, message_id: str = ID) -> None:
    EmlFolder(folder).send("a@b.example", "c@d.example", message, message_id)


def test_a_mail_becomes_a_file_named_by_its_message_id(tmp_path: Path) -> None:
    send(tmp_path / "mejl" / "ut")
    assert (tmp_path / "mejl" / "ut" / "avvikelse.2026-10.17@stad.example.eml").read_bytes() == MESSAGE


def test_a_mail_sent_again_leaves_one_file_as_it_was(tmp_path: Path) -> None:
    send(tmp_path)
    before = next(tmp_path.iterdir()).stat()
    send(tmp_path, b"annat")
    after = next(tmp_path.iterdir()).stat()
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [MESSAGE]
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    "message_id", ["<../../etc/passwd@x>", "<a/b@c>", "<.@c>", "<" + "a" * 300 + "@c>", "<å\x00@c>", ""]
)
def test_no_message_id_leads_out_of_the_folder(tmp_path: Path, message_id: str) -> None:
    send(tmp_path / "in", message_id=message_id)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert [path.parent for path in (tmp_path / "in").rglob("*.eml")] == [tmp_path / "in"]


def test_different_message_ids_never_share_a_file() -> None:
    ids = [
        "<a/b@c>",
        "<a_b@c>",
        "<a?b@c>",
        "<.a@c>",
        "<a@c>",
        "<" + "a" * 200 + "@c>",
        "<" + "a" * 201 + "@c>",
    ]
    assert len({file_name(message_id) for message_id in ids}) == len(ids)


def test_what_a_killed_run_left_half_written_is_replaced(tmp_path: Path) -> None:
    (tmp_path / f".{file_name(ID)}.tmp").write_bytes(b"Subj")
    send(tmp_path)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [MESSAGE]


def test_a_kill_in_the_middle_leaves_only_whole_mails(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from notifications.eml import EmlFolder\n"
        "out = EmlFolder(Path(sys.argv[1]))\n"
        "for n in range(100_000):\n"
        "    out.send('a@b', 'c@d', b'X: y\\r\\n\\r\\n' + b'rad\\r\\n' * 50_000 + b'slut', f'<{n}@x>')\n"
        "    print(n, flush=True)\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        told = [next(process.stdout) for _ in range(5)]
        process.send_signal(signal.SIGKILL)
    mails = sorted(tmp_path.glob("*.eml"))
    assert len(mails) >= len(told)
    assert all(message_from_bytes(mail.read_bytes()).get_payload().endswith("slut") for mail in mails)


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("inte en katalog")
    with pytest.raises(TemporaryMailError) as caught:
        send(tmp_path / "fil")
    assert caught.value.message_id == ID
    with pytest.raises(TemporaryMailError, match="Kontrollera katalogens rättigheter"):
        EmlFolder(tmp_path / "fil").check()


def test_checking_a_folder_leaves_it_empty(tmp_path: Path) -> None:
    EmlFolder(tmp_path / "ny").check()
    assert list((tmp_path / "ny").iterdir()) == []
