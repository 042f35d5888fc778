"""What can go wrong when a mail is built or sent; every message is one Swedish line with what to do."""


class NotificationError(Exception):
    """Base of everything this package raises on purpose."""


class BadAddressError(NotificationError):
    """A mail address can't be used: control characters, several addresses, or no address at all."""

    def __init__(self, address: str, reason: str) -> None:
        self.address = address
        self.reason = reason
        super().__init__(f"Mejladressen {address[:80]!r} går inte att använda: {reason}. Rätta adressen.")


class BadHeaderError(NotificationError):
    """A header's name or value can't be written safely."""

    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self.value = value
        super().__init__(
            f"Mejlhuvudet {name[:40]!r} kan inte skrivas: {value[:80]!r}. Ta bort radbrytning och styrtecken."
        )


class MailUrlError(NotificationError):
    """The address of the mail transport can't be understood."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        self.reason = reason
        super().__init__(
            f"Mejladressen {url!r} i inställningarna går inte att använda: {reason}. "
            "Skriv eml:KATALOG, smtp://server:port, smtps://server eller smtp+starttls://namn@server."
        )


class DeliveryError(NotificationError):
    """A mail was not delivered, or nobody knows; `code` is the server's answer, None without one.

    `concerns_every_mail`: the server, the login, the line or the sender is at fault, so that the next mail
    would meet the same.
    """

    def __init__(
        self, message: str, *, message_id: str, code: int | None = None, concerns_every_mail: bool = False
    ) -> None:
        self.message_id = message_id
        self.code = code
        self.concerns_every_mail = concerns_every_mail
        super().__init__(message)


class PermanentMailError(DeliveryError):
    """The server will never take this mail (5xx), or nothing from this sender (`concerns_every_mail`)."""


class RecipientRefusedError(PermanentMailError):
    """The server doesn't take mail for this recipient (5xx to RCPT TO).

    `is_unknown`: nobody is there. Otherwise the server has another reason, such as a relay that isn't
    allowed, which says nothing about the address.
    """

    def __init__(
        self, message: str, *, message_id: str, code: int | None, recipient: str, is_unknown: bool
    ) -> None:
        self.recipient = recipient
        self.is_unknown = is_unknown
        super().__init__(message, message_id=message_id, code=code)


class TemporaryMailError(DeliveryError):
    """The mail was certainly not delivered, and trying again later may help."""


class UncertainMailError(DeliveryError):
    """The whole mail was handed over but no answer came: it may or may not have been delivered."""
