"""The sentences about a group's sick leave: how high it is, and whether it has changed."""

from decimal import Decimal

from tasks.rules.signals.chart_signal import ChartSignal
from tasks.rules.signals.sick_leave_facts import SickLeaveFacts
from tasks.rules.signals.sick_leave_settings import SickLeaveSettings
from tasks.rules.swedish import counted, number, percent, percentage_points, round_half_up


def level_sentence(facts: SickLeaveFacts) -> str:
    """Say what sick leave is: twelve months against the target, and the month."""
    when, month, year = facts.period.swedish, facts.month.total, facts.rolling.total
    subject = f"Sjukfrånvaron i {facts.group.name}"
    if month is None and year is None:
        return f"{subject}: uppgift saknas för {when}{_units(facts)}."
    if year is None:
        share = f"{percent(month)} av ordinarie arbetstid i {when}{_units(facts)}"
        return f"{subject} var {share}. För tolv månader saknas uppgift."
    share = f"{percent(year)} av ordinarie arbetstid de senaste tolv månaderna{_target(facts)}"
    if month is None:
        return f"{subject} var {share}. För {when} saknas uppgift."
    return f"{subject} var {share}. I {when} var den {percent(month)}{_units(facts)}."


def change_sentence(facts: SickLeaveFacts) -> str:
    """Say whether sick leave has changed by more than chance, compared with what, and by which limit."""
    chart = facts.change
    if chart is None or chart.recent is None or chart.limits is None:
        return _silence(facts)
    lower, upper = chart.limits.recent_lower, chart.limits.recent_upper
    limit = lower if chart.side < 0 else upper
    decimals = 1 if round_half_up(chart.recent, 1) != round_half_up(limit, 1) else 2
    so_far = (
        f"Med årstiden borträknad var den i snitt {percent(chart.recent, decimals)} de tre senaste "
        f"månaderna, mot {percent(chart.usual)} i snitt under {counted(chart.months, 'månad', 'månader')}."
    )
    if chart.side == 0:
        within = f"{number(max(lower, Decimal(0)), decimals)}–{percent(upper, decimals)}"
        return f"{so_far} Det är inom vad slumpen brukar ge ({within})."
    word = "ökning" if chart.side > 0 else "minskning"
    return f"{so_far} En så stor {word} är sällan en slump: gränsen går vid {percent(limit, decimals)}."


def _target(facts: SickLeaveFacts) -> str:
    """Hold the year against the target: `, 0,8 procentenheter över årsmålet 7,0 %`."""
    difference = facts.against_target
    if difference is None or facts.target is None:
        return ""
    goal = f"årsmålet {_as_set(facts.target)}"
    rounded = round_half_up(difference, 1)
    if rounded == 0:
        return f", i nivå med {goal}"
    return f", {percentage_points(abs(rounded))} {'över' if rounded > 0 else 'under'} {goal}"


def _as_set(target: Decimal) -> str:
    """Write a target with the decimals it was set with: one, or two where it has them."""
    return percent(target, 1 if round_half_up(target, 1) == target else 2)


def _units(facts: SickLeaveFacts) -> str:
    """Say how many units the month's figure is of, when it is not all."""
    if facts.counted == facts.of:
        return ""
    return f" ({number(facts.counted)} av {counted(facts.of, 'enhet', 'enheter')})"


def _silence(facts: SickLeaveFacts) -> str:
    if not facts.group.is_charted:
        return _small(facts)
    return f"Det går inte att säga om den har förändrats: {_reason(facts.change, facts.settings)}."


def _reason(chart: ChartSignal | None, settings: SickLeaveSettings) -> str:
    if chart is None:
        return "tolv månader i rad för hela förvaltningen behövs för att räkna bort årstiden"
    if chart.usual is None:
        known = counted(chart.months, "månad är känd", "månader är kända")
        return f"{known}, och {number(settings.chart.fewest_months)} behövs"
    if chart.recent is None:
        return "de tre senaste månaderna är inte alla kända"
    return "den har inte varierat"


def _small(facts: SickLeaveFacts) -> str:
    if len(facts.group.units) > 1:
        return "En förändring bedöms för de enheter som ingår, inte för helheten."
    posts = facts.group.posts
    has = "för få kända timmar" if posts is None else f"{number(posts, 1)} heltidstjänster"
    fewest = number(facts.settings.fewest_posts)
    own = f"Enheten har {has}. Med färre än {fewest} är det mest slumpen som syns från månad till månad"
    if facts.group.seen_in is None:
        return f"{own}."
    return f"{own}, så en förändring bedöms för {facts.group.seen_in} tillsammans."
