"""English words for acts between political actors, by type. Types are those of PLOVER (Open Event Data Alliance 2018)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from rashomon.coding.lexicons import words


def _by_word(table: str) -> Mapping[str, str]:
    """Lines ``TYPE: word word`` as word → type; a particle is joined by ``_``."""
    out = {}
    for line in table.strip().splitlines():
        kind, _, words = line.partition(": ")
        out.update({word.replace("_", " "): kind.strip() for word in words.split()})
    return out


VERBS: Final = _by_word("""
AGREE: agree promise pledge offer commit undertake consent volunteer guarantee assure
CONSULT: meet visit arrive fly host consult negotiate confer mediate discuss talk return_to travel tour receive welcome greet
CONSULT: phone call_on
SUPPORT: praise vote_for defend endorse back support commend applaud hail recognize recognise forgive congratulate sign ratify
SUPPORT: apologize thank vouch
SUPPORT: side acclaim honor
COOPERATE: cooperate collaborate share join exchange coordinate ally partner extradite team_up
AID: aid assist donate grant provide supply give feed shelter fund finance rescue treat vaccinate evacuate lend send
AID: deliver contribute help
CONCEDE: return allow permit ease relax lift release free pardon legalize legalise accept concede restore reinstate shorten
CONCEDE: reopen re-open
CONCEDE: yield acquiesce unfreeze repeal let amnesty reform democratize
RETREAT: withdraw retreat surrender resign disarm demobilize evacuate pull_out pull_back step_down leave redeploy
RETREAT: stand_down give_up
RETREAT: dismantle quit vacate
INVESTIGATE: investigate probe inspect examine search question interrogate inquire look_into monitor verify
DEMAND: demand insist urge request ask appeal call_for require petition seek order plead implore press beg
DISAPPROVE: protest_to criticize criticise denounce condemn accuse blame deplore complain sue charge decry slam blast rebuke
DISAPPROVE: allege lament summon
DISAPPROVE: deride reprimand reproach censure vilify
REJECT: reject refuse deny decline dismiss rule_out oppose rebuff veto renege fail ignore defy violate flout breach
REJECT: spurn resist
REJECT: turn_down vote_against
THREATEN: threaten warn vow swear intimidate menace
PROTEST: protest demonstrate riot strike march rally picket block chant walk_out
MOBILIZE: mobilize mobilise deploy prepare mass amass arm station alert fortify patrol reinforce
SANCTION: sanction break_off expel suspend embargo boycott cancel cut cut_off sever halt bar recall withhold stop break
SANCTION: prohibit freeze deport
COERCE: disperse arrest detain seize kidnap abduct confiscate raid ban censor impose demolish hack hold imprison jail blow_up
COERCE: destroy close
COERCE: shut_down evict expropriate blockade repress outlaw abduct capture hijack crack_down restrict sentence
ASSAULT: torture beat beat_up assassinate execute rape stab behead attack wound injure murder massacre maim
FIGHT: fight kill ambush slay shell invade clash fire retake recapture overrun battle bomb bombard occupy strafe shoot_down
FIGHT: force_out storm besiege repulse
""")

NOUNS: Final = _by_word("""
AGREE: commitment promise pledge
CONSULT: conversation call talk meeting visit mediation negotiation summit conference discussion consultation dialogue tour trip
SUPPORT: agreement treaty tie relation accord pact support condolence protocol communique
COOPERATE: game exercise cooperation evidence intelligence information maneuver manoeuvre
AID: aid assistance grant loan dollar asylum relief food medicine supply help refuge
CONCEDE: amnesty election reform freedom rally autonomy
RETREAT: withdrawal retreat ceasefire truce
INVESTIGATE: investigation inquiry probe hearing inspection search
DEMAND: demand appeal ultimatum request
DISAPPROVE: protest complaint criticism lawsuit accusation charge
REJECT: rejection refusal veto
THREATEN: threat warning
PROTEST: demonstration strike riot rally march road sit-in traffic
MOBILIZE: alert tank warship patrol reservist troop force
SANCTION: sanction embargo boycott suspension blockade
COERCE: curfew ban emergency censorship arrest raid restriction crackdown
ASSAULT: bombing bomber assassination
FIGHT: fire offensive invasion raid bomb shelling attack war battle explosion airstrike operation campaign
""")

CARRIERS: Final = words("""
go hold stage launch open make begin start continue lodge give issue take mount impose conduct announce sign establish
carry resume end complete lift declare reach put set use fire express extend reiterate prepare deliver order stop
suspend commit initiate enter submit file undertake provide propose send
""")
"""Verbs that say little: the noun that is their object names the act."""
ENDING: Final = words("lift end ease suspend stop cancel halt drop")
"""Verbs that end what their object names."""
ENDED: Final[Mapping[str, str]] = {
    "SANCTION": "RETREAT", "FIGHT": "RETREAT", "PROTEST": "RETREAT", "MOBILIZE": "RETREAT", "COERCE": "CONCEDE",
    "AID": "SANCTION", "CONSULT": "SANCTION", "COOPERATE": "SANCTION", "SUPPORT": "SANCTION",
}  # fmt: skip
"""What the end of an act is: of what harms a retreat or a concession, of what helps a sanction."""
HARMFUL: Final = frozenset({"SANCTION", "COERCE", "FIGHT", "ASSAULT", "MOBILIZE", "THREATEN", "PROTEST"})
HELPFUL: Final = frozenset({"AID", "CONSULT", "COOPERATE", "SUPPORT", "AGREE", "CONCEDE"})
SAYING: Final = words("""
say announce tell report state declare add note claim conclude confirm disclose reveal explain write
""")
READY: Final = words("willing ready prepared committed determined set free open happy")
PEOPLE: Final = words("""
rebel refugee troop soldier police army government official leader worker student protester demonstrator guerrilla
guerilla farmer prisoner party group militant civilian diplomat force militia opposition minister president
parliament inspector authority union organization organisation state country nation court judge people citizen
detainee adviser newspaper villager resident immigrant alien hostage inmate landowner militiaman negotiator
peacekeeper mediator candidate fundamentalist businessman bank company church activist lawmaker mp ruler
""")
"""Nouns that name an actor without a name."""
GROUPS: Final = words("""
group number hundred thousand ten dozen patch deployment member part majority contingent team score
""")
"""Nouns after which those who act are told: "a group of deputies"."""
PLACING: Final = (
    "against",
    "to",
    "with",
    "for",
    "from",
    "on",
    "between",
    "by",
    "of",
    "at",
    "in",
    "near",
    "into",
    "toward",
    "over",
)
"""Prepositions before a target, the likeliest first."""
