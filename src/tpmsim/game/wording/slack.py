"""What comes of it when somebody lets things slide or speaks up, before it happens and after, in words."""

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


HEARD = "then, as things stand, the sponsor hears of it, and is a little less content"
UNHEARD = "then you hear of it, and as things stand nothing else comes of it"


def done(rules: Rules, one: PersonSeen) -> str:
    """What comes of it in the next week."""
    work = SLOW.get(_function(rules, one), "")
    return "answers have to be chased" if one.chased or not work else f"{work} next week"


def meant(rules: Rules, one: PersonSeen) -> str:
    """What will come of what somebody means to do, a clause; empty where that says itself."""
    if one.intent == Response.VOICE.name.lower():
        return HEARD if complains(rules, one) else UNHEARD
    if one.intent != Response.NEGLECT.name.lower():
        return ""
    work = SLOW.get(_function(rules, one), "")
    return "then chasing their answers takes an hour of yours" if one.idle or not work else f"then {work}"


def complains(rules: Rules, one: PersonSeen) -> bool:
    """Whether what somebody says reaches the sponsor, as the words of those who are not content do."""
    return one.satisfaction < 0.0 and _function(rules, one) is not Function.SPONSOR


def taken(rules: Rules, hours: float) -> str:
    """The hours that chasing takes, of those of a week."""
    return f"{counted(hours, 'hour')} of {rules.focus_hours:g}"


def _function(rules: Rules, one: PersonSeen) -> Function:
    return Function(int(rules.people.function[rules.stakeholders.index(one.id)]))
