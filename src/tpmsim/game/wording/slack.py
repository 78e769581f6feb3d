"""Slack: what it does when somebody lets things slide, before it happens and after, in words."""

from tpmsim.core.observe import PersonSeen
from tpmsim.core.rules import Function, Response, Rules
from tpmsim.game.wording.prose import counted

SLOW = {
    Function.BUILD: "the team builds about a tenth less, and says that the plan takes longer",
    Function.DESIGN: "about a tenth more of the work is wrong",
    Function.MARKET: "marketing reaches about a tenth fewer people",
    Function.SELL: "about a tenth fewer people sign up",
}
"""What the function of somebody does worse, if it has work; the others only answer late."""


def done(rules: Rules, one: PersonSeen) -> str:
    """What comes of it in the next week."""
    work = SLOW.get(_function(rules, one), "")
    return "answers have to be chased" if one.chased or not work else f"{work} next week"


def meant(rules: Rules, one: PersonSeen) -> str:
    """What will come of it, a clause; empty where somebody means to do something else."""
    if one.intent != Response.NEGLECT.name.lower():
        return ""
    work = SLOW.get(_function(rules, one), "")
    return "then chasing their answers takes an hour of yours" if one.idle or not work else f"then {work}"


def taken(rules: Rules, hours: float) -> str:
    """The hours that chasing takes, of those of a week."""
    return f"{counted(hours, 'hour')} of {rules.focus_hours:g}"


def _function(rules: Rules, one: PersonSeen) -> Function:
    return Function(int(rules.people.function[rules.stakeholders.index(one.id)]))
