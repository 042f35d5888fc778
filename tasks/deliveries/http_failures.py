"""What went wrong when a server was asked, in words of our own: an error's may hold a secret."""

import ssl
from dataclasses import dataclass

from requests import exceptions as failures

from tasks.errors import ManadError

_EXPIRED, _OTHER_HOST = (10,), (62, 64)
"""OpenSSL's numbers of what is wrong with a certificate."""


@dataclass(frozen=True)
class Limits:
    """The longest wait (s) for a connection, the next bytes, a whole answer and between tries; its size."""

    connect: float
    read: float
    whole: float
    between: float
    max_bytes: int


class HttpError(ManadError):
    """No whole answer came. The message never holds an address, a header or what the server said."""

    def __init__(self, text: str, *, is_passing: bool = False) -> None:
        self.is_passing = is_passing
        super().__init__(text)


def told(error: Exception, limits: Limits) -> HttpError:
    """Say what went wrong, in words of our own."""
    again = "Hämta igen senare."
    match error:
        case failures.SSLError():
            return HttpError(_wrong_certificate(error))
        case failures.ProxyError():
            return HttpError(f"proxyn svarar inte. Kontrollera HTTPS_PROXY. {again}", is_passing=True)
        case failures.ConnectTimeout():
            text = f"ingen förbindelse med servern inom {limits.connect:g} s. {again}"
            return HttpError(text, is_passing=True)
        case failures.ReadTimeout():
            return HttpError(f"servern var tyst i {limits.read:g} s. {again}", is_passing=True)
        case failures.ConnectionError() | failures.ChunkedEncodingError():
            text = "servern går inte att nå, eller förbindelsen bröts. Kontrollera adressen och nätet. "
            return HttpError(text + again, is_passing=True)
        case TimeoutError():
            text = f"svaret var inte färdigt på {limits.whole:g} s. {again} Hjälper det inte: höj "
            return HttpError(f"{text}fetch.answer_seconds i manad.toml.")
        case _:
            return HttpError("svaret går inte att läsa. Kontrollera adressen i manad.toml.")


def _wrong_certificate(error: BaseException | None) -> str:
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    if error is None:
        return "den säkra förbindelsen (TLS) gick inte att göra. Kontrollera adressen i manad.toml."
    if error.verify_code in _EXPIRED:
        return "serverns certifikat har gått ut. Inget skickas; säg till den som sköter servern."
    if error.verify_code in _OTHER_HOST:
        return "serverns certifikat gäller en annan server. Inget skickas; kontrollera adressen i manad.toml."
    return (
        "serverns certifikat är inte utfärdat av någon som datorn litar på. Inget skickas; är det en intern "
        "utfärdare, lägg dess certifikat i filen som REQUESTS_CA_BUNDLE visar på."
    )
