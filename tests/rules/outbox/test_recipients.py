import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.address import bare_address
from tasks.rules.outbox.recipients import (
    Contacts,
    Fallback,
    Group,
    NoRecipientError,
    PassedOver,
    Reach,
    Recipient,
    group_units,
    recipient_of,
    unusable_because,
)

FALLBACK = Fallback("ekonomi@example.se", "drift@example.se")
MISSING, CONTROL, WRONG = (
    "adress saknas",
    "adressen innehåller radbrytning eller styrtecken",
    "adressen är felskriven",
)

CHAIN = {
    "the manager": (("a@x.se", "b@x.se", "c@x.se"), FALLBACK, "a@x.se", "chef", []),
    "no manager": ((None, "b@x.se", "c@x.se"), FALLBACK, "b@x.se", "ersattare", [("chef", MISSING)]),
    "an empty cell is none": (
        ("", " ", "c@x.se"),
        FALLBACK,
        "c@x.se",
        "controller",
        [("chef", MISSING), ("ersattare", MISSING)],
    ),
    "an address with a line break": (
        ("a@x.se\nBcc: alla@x.se", "b@x.se", None),
        FALLBACK,
        "b@x.se",
        "ersattare",
        [("chef", CONTROL)],
    ),
    "a misspelt address": (("anna.x.se", "b@x.se", None), FALLBACK, "b@x.se", "ersattare", [("chef", WRONG)]),
    "nobody of its own": (
        (None, None, None),
        FALLBACK,
        "ekonomi@example.se",
        "controller",
        [("chef", MISSING), ("ersattare", MISSING), ("controller", MISSING)],
    ),
    "no controller anywhere": (
        (None, None, None),
        Fallback(None, "drift@example.se"),
        "drift@example.se",
        "operator",
        [("chef", MISSING), ("ersattare", MISSING), ("controller", MISSING), ("controller", MISSING)],
    ),
    "a name is left out": (("Anna Öst <a@x.se>", None, None), FALLBACK, "a@x.se", "chef", []),
}


@pytest.mark.parametrize(("own", "fallback", "address", "role", "passed_over"), CHAIN.values(), ids=CHAIN)
def test_the_mail_goes_to_the_first_in_the_chain_who_can_be_written_to(
    own, fallback, address, role, passed_over
):
    expected = Recipient(address, role, tuple(PassedOver(*each) for each in passed_over))
    assert recipient_of(Contacts(*own), fallback) == expected


def test_an_unknown_owner_without_any_fallback_is_an_error_and_not_everybody():
    with pytest.raises(NoRecipientError, match="ange MANAD_OPERATOR_EMAIL") as refused:
        recipient_of(Contacts(manager="fel"), Fallback(None, None))
    assert [each.role for each in refused.value.passed_over] == [
        "chef",
        "ersattare",
        "controller",
        "controller",
        "operator",
    ]
    assert refused.value.passed_over[0].reason == WRONG


@pytest.mark.parametrize(
    "address",
    [
        "anna.berg@stockholm.se",
        " anna@x.se ",
        "a+b'c@sub-domain.x.se",
        "anna@hässelby.se",  # the transport writes it in ASCII
        "drift@localhost",
        f"{'a' * 64}@x.se",
        "Berg Anna <anna@x.se>",
    ],
)
def test_an_address_can_be_used(address):
    assert unusable_because(address) is None


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (None, MISSING),
        ("", MISSING),
        ("\u00a0", MISSING),
        ("a@x.se\r\nBcc: b@x.se", CONTROL),
        ("a@x.se\n", CONTROL),
        ("a\x00@x.se", CONTROL),
        ("a\u2028@x.se", CONTROL),
        ("anna", WRONG),
        ("anna@", WRONG),
        ("@x.se", WRONG),
        ("anna@@x.se", WRONG),
        ("anna..berg@x.se", WRONG),
        (".anna@x.se", WRONG),
        ("anna@x..se", WRONG),
        ("anna@-x.se", WRONG),
        ("anna@x-.se", WRONG),
        ("anna@x_y.se", WRONG),
        ("anna berg@x.se", WRONG),
        ("åsa@x.se", WRONG),  # few servers take other letters before the @
        ("a@x.se, b@x.se", WRONG),
        ("a@x.se;b@x.se", WRONG),
        ("A, B <a@x.se>", WRONG),
        ("A <a@x.se> <b@x.se>", WRONG),
        (f"{'a' * 65}@x.se", WRONG),
        (f"a@{'x.' * 130}se", WRONG),
        (f"a@{'å' * 62}.se", WRONG),  # too long for the wire
    ],
)
def test_an_address_that_can_not_be_used_has_a_named_reason(address, reason):
    assert unusable_because(address) == reason


def test_a_manager_of_several_units_gets_one_mail_with_a_part_for_each():
    groups = group_units(
        {
            "A": Recipient("Anna@x.se", "chef"),
            "B": Recipient("bo@x.se", "chef"),
            "C": Recipient("anna@X.se", "ersattare"),
        }
    )
    assert groups == (
        Group("Anna@x.se", (("A", "chef"), ("C", "ersattare"))),
        Group("bo@x.se", (("B", "chef"),)),
    )


def test_a_group_has_the_role_nearest_to_its_units():
    units = {
        "A": Recipient("a@x.se", "controller"),
        "B": Recipient("a@x.se", "chef"),
        "C": Recipient("b@x.se", "operator"),
        "D": Recipient("b@x.se", "controller"),
    }
    assert [group.role for group in group_units(units)] == ["chef", "controller"]


LETTERS = st.text("abå-._", min_size=1, max_size=4)


@given(st.one_of(st.emails(), st.text(), st.builds("{}@{}".format, LETTERS, LETTERS)))
def test_what_is_called_usable_here_is_not_refused_by_the_transport(text):
    if unusable_because(text) is None:
        assert bare_address(text)


ADDRESSES = st.sampled_from(["a@x.se", "A@X.se", "b@x.se", "c@x.se"])


@given(st.dictionaries(st.text(max_size=3), st.builds(Recipient, ADDRESSES, st.just("chef"))))
def test_every_unit_is_in_one_mail_and_nobody_sees_anothers(recipients):
    groups = group_units(recipients)
    assert sorted(unit for group in groups for unit, _ in group.units) == sorted(recipients)
    assert len({group.address.lower() for group in groups}) == len(groups)
    for group in groups:
        assert {recipients[unit].address.lower() for unit, _ in group.units} == {group.address.lower()}


@given(st.text())
def test_no_address_that_is_used_can_smuggle_in_a_header(text):
    recipient = recipient_of(Contacts(manager=text), FALLBACK)
    assert recipient.address.isprintable()
    assert " " not in recipient.address
    assert recipient.address.count("@") == 1


REACH = Reach(frozenset({"a@x.se"}), ("X.se",))
REACHED = {
    "in an allowed domain": ("b@x.se", False, None),
    "that a server takes no mail for": ("A@x.se", False, "adressen tar inte emot mejl"),
    "in another domain": ("b@annan.se", False, "adressens domän är inte tillåten"),
    "configured, in another domain": ("b@annan.se", True, None),
}


@pytest.mark.parametrize(("address", "is_configured", "reason"), REACHED.values(), ids=REACHED)
def test_an_address_out_of_reach_is_not_written_to(address, is_configured, reason):
    assert REACH.bars(address, is_configured=is_configured) == reason


def test_the_operator_is_written_to_whatever_the_reach():
    found = recipient_of(Contacts("a@x.se"), Fallback(None, "drift@annan.se"), REACH)
    assert found.role == "operator"
    assert found.passed_over[0] == PassedOver("chef", "adressen tar inte emot mejl")
