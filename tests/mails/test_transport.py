from pathlib import Path

import pytest

from notifications.errors import MailUrlError
from notifications.mail_url import Folder, Server, parse_mail_url
from notifications.transport import open_transport


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("eml:mejl/ut", Folder(Path("mejl/ut"))),
        ("eml:/var/mejl", Folder(Path("/var/mejl"))),
        ("smtp://relay.stad.example:2525", Server("relay.stad.example", 2525, "none")),
        ("smtp://relay", Server("relay", 25, "none")),
        ("smtps://relay", Server("relay", 465, "tls")),
        ("smtp+starttls://manad@relay", Server("relay", 587, "starttls", "manad")),
        ("smtps://manad%40stad.example@relay/", Server("relay", 465, "tls", "manad@stad.example")),
        ("smtp://[::1]:2525", Server("::1", 2525, "none")),
    ],
)
def test_an_address_is_read(url: str, target: Folder | Server) -> None:
    assert parse_mail_url(url) == target


@pytest.mark.parametrize(
    "url",
    [
        "",
        "eml:",
        "relay.stad.example",
        "http://relay",
        "smtp://",
        "smtp://:25",
        "smtp://relay:många",
        "smtp://relay:99999",
        "smtp://relay/mapp",
        "smtp://relay?x=1",
        "smtp://manad@relay",  # would send the password in the clear
        "smtps://manad:hemligt@relay",  # a password in the address ends up in logs
        "http://manad:hemligt@relay",
        "smtp://[::1",
    ],
)
def test_an_address_that_makes_no_sense_is_refused_on_one_line_without_secrets(url: str) -> None:
    with pytest.raises(MailUrlError) as caught, open_transport(url):
        pass
    assert "\n" not in str(caught.value)
    assert "hemligt" not in str(caught.value)


def test_a_folder_is_opened(tmp_path: Path) -> None:
    with open_transport(f"eml:{tmp_path}") as transport:
        transport.send("a@b.example", "c@d.example", b"X: y\r\n\r\n", "<1@x>")
    assert [path.name for path in tmp_path.iterdir()] == ["1@x.eml"]
