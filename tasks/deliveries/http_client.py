"""Asking a server over HTTP: bounded in time and size, that server alone, and patient with a busy one.

What goes wrong is told in words of our own: an error's may hold a secret.
"""

import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Event, Thread
from typing import Self
from urllib.parse import urljoin

import requests
from requests import PreparedRequest
from requests import exceptions as failures

from tasks.clock import Clock
from tasks.errors import ManadError
from tasks.rules.deliveries.fetched.addresses import is_this_machine, may_redirect, origin_of
from tasks.rules.deliveries.fetched.answers import BUSY, REDIRECTS, seconds_asked, wait_before_next

BLOCK = 1 << 16
MOST_REDIRECTS = 5
_NO_PROXY = {"http": "", "https": ""}
_HEADERS = {"User-Agent": "manadsuppfoljning", "Accept-Encoding": "identity"}
_EXPIRED, _OTHER_HOST = (10,), (62, 64)
"""OpenSSL's numbers of what is wrong with a certificate."""


@dataclass(frozen=True)
class HttpLimits:
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


@dataclass(frozen=True)
class Answer:
    """A server's whole answer. The names of headers may be asked for in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Session(requests.Session):
    """A session that leaves redirects alone: its own look at them reads their bodies without any bound."""

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return no target."""


class HttpClient:
    """Asks servers. TLS is always verified; proxies and trusted certificates are the environment's usual."""

    def __init__(self, limits: HttpLimits, clock: Clock) -> None:
        self._limits, self._clock = limits, clock
        self._session = _Session()
        self._session.headers.update(_HEADERS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def get(self, address: str, headers: Mapping[str, str]) -> Answer:
        """Get an address, and follow redirects that stay with its server. Raises HttpError."""
        return self._patiently(lambda stop: self._follow(address, headers, stop))

    def post_form(self, address: str, headers: Mapping[str, str], form: Mapping[str, str]) -> Answer:
        """Post a form; a redirect is an answer like others. Raises HttpError."""
        return self._patiently(lambda stop: self._ask("POST", address, stop, headers, form))

    def _patiently(self, ask: Callable[[Event], Answer]) -> Answer:
        """Ask again, later, while the server is busy or can't be reached; what came last counts."""
        tried, longest = 0, self._limits.between
        while True:
            tried += 1
            try:
                answer = self._once(ask)
            except HttpError as error:
                wait = wait_before_next(tried, None, longest=longest) if error.is_passing else None
                if wait is None:
                    raise
            else:
                asked = seconds_asked(answer.headers.get("Retry-After"), self._clock.now())
                wait = wait_before_next(tried, asked, longest=longest)
                if answer.status not in BUSY or wait is None:
                    return answer
            self._clock.wait(wait)

    def _once(self, ask: Callable[[Event], Answer]) -> Answer:
        try:
            return _within(self._limits.whole, ask)
        except (OSError, UnicodeError) as error:  # of which everything that requests raises is a kind
            raise _failure(error, self._limits) from None  # its own text may hold an address with a secret

    def _follow(self, address: str, headers: Mapping[str, str], stop: Event) -> Answer:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask("GET", address, stop, headers)
            location = answer.headers.get("Location")
            if answer.status not in REDIRECTS or location is None:
                return answer
            asked, address = origin_of(address), _joined(address, location)
            if asked is None or not may_redirect(asked, origin_of(address)):
                raise HttpError(
                    "servern hänvisar till en annan server, dit inget skickas. "
                    "Ta reda på var filen ligger nu och ändra url i manad.toml."
                )
        raise HttpError("servern hänvisar vidare utan slut. Kontrollera adressen i manad.toml.")

    def _ask(
        self,
        method: str,
        address: str,
        stop: Event,
        headers: Mapping[str, str],
        form: Mapping[str, str] | None = None,
    ) -> Answer:
        limits = self._limits
        with self._session.request(
            method,
            address,
            auth=_as_it_is,
            stream=True,
            allow_redirects=False,
            timeout=(limits.connect, limits.read),
            proxies=_NO_PROXY if is_this_machine(address) else None,
            headers=headers,
            data=form,
        ) as response:
            stated = response.headers.get("Content-Length", "")
            size, body = int(stated) if stated.isdecimal() and len(stated) < 19 else 0, bytearray()
            blocks = response.iter_content(BLOCK)
            while size <= limits.max_bytes and not stop.is_set() and (block := next(blocks, b"")):
                body += block
                size = max(size, len(body))
            if size > limits.max_bytes:
                raise HttpError(
                    f"svaret är större än {limits.max_bytes / 1e6:g} MB. "
                    "Begränsa exporten, eller höj files.max_size_mb i manad.toml."
                )
            return Answer(response.status_code, response.headers, bytes(body))


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError:  # of a location that is no address at all
        return ""


def _within(seconds: float, ask: Callable[[Event], Answer]) -> Answer:
    """Ask in a thread that is left behind when the time is out. Raises TimeoutError.

    The timeouts of sockets begin anew at every byte, so a server that sends one now and then holds them off.
    """
    stop, done = Event(), Future[Answer]()

    def work() -> None:
        try:
            done.set_result(ask(stop))
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            done.set_exception(error)

    Thread(target=work, daemon=True).start()
    try:
        return done.result(seconds)
    finally:
        stop.set()


def _as_it_is(request: PreparedRequest) -> PreparedRequest:
    """Leave a request alone: without an `auth`, requests would put a login of ~/.netrc in its place."""
    return request


def _failure(error: Exception, limits: HttpLimits) -> HttpError:
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
