"""The links to one plan: shown to whoever helps its manager, revoked when one has gone astray."""

from datetime import date

from tasks.errors import UsageError
from tasks.installation import Installation
from tasks.outbox.links import plan_subject, revoke_links
from tasks.outbox.month_post import open_month_post
from tasks.plans.plan_post import link_to
from tasks.plans.read_plans import plan_in, read_plan
from tasks.rules.periods import Period


def manager_link(installation: Installation, plan: int, today: date) -> str:
    """Return the link that a plan's manager gets. Raises PlanNotFoundError, UsageError without web pages."""
    if installation.settings.base_url is None:
        raise UsageError("MANAD_BASE_URL är inte satt: ange webbsidornas adress, så finns länkar.")
    with installation.database.transaction() as transaction:
        found = plan_in(transaction, plan, installation.mail_mode)
        post = open_month_post(installation, transaction, found.period, today, as_of=Period.of(today))
        return link_to(post, found)


def revoke_plan_links(installation: Installation, plan: int, today: date) -> None:
    """Revoke the links to a plan that were made up to now. Raises PlanNotFoundError."""
    read_plan(installation, plan)
    revoke_links(installation, plan_subject(plan), today)
