"""Which English words are of one family: those a codebook means alike, and none that only begin alike."""

from __future__ import annotations

import pytest

from rashomon.coding.english_families import stem

FAMILIES = """
trade trading trader traders
island islands
aggression aggressive aggressor
negotiate negotiation negotiator negotiations
territory territorial territories
politics political
economy economic economics
recognise recognition recognize
colony colonial colonies
nation national nations
region regional
relate relation relations related
secure security
declare declaration
invite invitation
generate generation
organize organization organisation
democratic democrat democratization
normal normalization normalize
represent representation
violence violent
violate violation
migrant migration
occupy occupied occupation
hostile hostility
responsible responsibility
flexible flexibility
tradition traditional
history historical historian
agree agreement
settle settlement
compete competition
defense defensive
danger dangerous
visit visitor
work worker
communism communist communists
racism racist
exist existence
ally allies allied alliance
neighbor neighboring neighborly
promise promised
center central centre
policy policies
president preside presidents
guilt guilty
legal legality legalize legalization
popular popularize
federal federate federation
president presidential
influence influential influenced
consider considered considering consideration
differ differing different difference
plan planned planning
refer referred referring reference
take taking
move moved movement
agree agreed agreeing
proceed proceeded
cancel cancelled cancellation
heavy heavily
economic economically
possible possibly possibility
leader leadership
parliament parliamentary
document documentation
perceive perceived perception
exclude exclusion exclusive
decide decision decisive
permit permitted permission
expel expelled expulsion
deliver delivered delivery
implement implemented implementation
occur occurred occurrence
industry industrial industrialized
ready readily readiness
unemployed unemployment
"""

STRANGERS = """
trade tradition
communism community
police policy politics
party part partial partition
unite unit unity
state station statement static status
general generation
national international internal
university universal
mission miss
press presence pressure
represent repress
present presence
position positive
treaty treat
import important
form formal former formation
inform informal
fact factor faction
experience experiment
liberal liberation
coal coalition
consent consist
tension tense
question quest
major majority
minor minority
author authority
organ organize organic
object objective
respect respective
miner mineral
late lateral
count counter county
chart charter
show shower
terror terrible
detention detente
candid candidate
compete competent
study student
integrate integrity
response responsible
conference confer
convention conventional
public publication
relation relative
success successor
consider considerable
resolute resolution
military militarist
ready read
violent violate
pass passion
port portion
guard guardian
refuge refugee
potent potential
depart department
format formation
subject subjective
real realize
organ organize
confident confidential
thing thin
supply supper
commit commission
provide provision
tend tension
reaction reactionary
strange stranger
man manner
engine engineer
commence comment
plan plane
journal journey
"""


@pytest.mark.parametrize("family", FAMILIES.split("\n")[1:-1])
def test_words_of_one_family_share_their_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("words", STRANGERS.split("\n")[1:-1])
def test_words_that_only_begin_alike_are_of_other_families(words: str) -> None:
    several = words.split()
    assert len({stem(word) for word in several}) == len(several)


@pytest.mark.parametrize("word", ["is", "us", "war", "army", "news", "press", "miss", "status"])
def test_what_only_ends_like_a_plural_stays_whole(word: str) -> None:
    assert stem(word) == word
