"""Who is mailed about a source's deliveries: its supplier, else the operator."""

from tasks.installation import Installation
from tasks.rules.outbox.recipients import Contacts, Fallback, Reach, Recipient, recipient_of

SUPPLIER, OPERATOR = "leverantor", "operator"


def supplier_of(installation: Installation, source: str, reach: Reach) -> Recipient:
    """Return a source's supplier, or the operator where it has none that can be written to."""
    own = installation.config.sources.get(source)
    address = None if own is None else own.leverantor_epost
    return recipient_of(Contacts(), Fallback(address, installation.settings.operator), reach)


def role_of(supplier: Recipient) -> str:
    """Return the role that a mail about a delivery goes to."""
    return OPERATOR if supplier.role == "operator" else SUPPLIER
