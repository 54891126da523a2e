"""The words of English that the coder knows: of mind and speech, of doubt, of offices and layers. Facts of the language only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from rashomon.coding.attitudes import read_attitudes
from rashomon.coding.dating import times_in
from rashomon.coding.english_entertaining import entertained_under
from rashomon.coding.english_families import stem
from rashomon.coding.english_tree import ASIDE
from rashomon.coding.lexicons import Form, Lexicon, words
from rashomon.coding.places import countries

VERBS: Final = read_attitudes("""
believes: believe* think+ assume+ suppose+ guess+ imagine+ presume+ reckon+ figure+ conclude+ judge+ feel+ hold+ suspect*
believes: perceive*
believes: understand+ realize+ realise+ recognize+ recognise+ know+ learn+ discover+ find+ see+ consider+ regard:as
believes: view:as
believes: see:as perceive:as treat:as interpret:as interpret* describe:as portray:as depict:as think:of consider=
believes: consider:as deem:as call:as find:as
believes: deem+ deem=
believes: look_upon:as conceive:of,as characterize:as characterise:as recognize:as take:for mistake:for view=
believes: attribute:to
believes: persuade+ convince+ trust+ remember+ be_convinced+ believe:in appreciate+ understand:as come:round
believes: construe:as read:as hold:as brand:as label:as hail:as identify:as,with envision:as associate:with equate:with
believes: rate:as rank:as picture:as
not believes: doubt* question= disbelieve* distrust+
expects: expect* anticipate* predict* foresee* forecast* count:on bank:on reckon:on await= look:to
fears: fear* dread* worry+ worry:about,over,that panic:over shrink:from
wants: want* wish+ wish:for desire* hope+ hope:for seek* strive+ strive:for long:for yearn:for prefer* crave= covet=
wants: aim+ aim:at
wants: aspire+ aspire:to pursue= look:for try+ try:for attempt+ favor* favour* advocate= work:for,toward endeavor+
wants: love+ like+
demands: demand* insist:on,upon call:for press:for push:for urge* require+ request* ask:for claim= press=
demands: lobby:for
demands: call_upon+ call:on,upon pressure= order= compel+ force+ link:to tie:to adhere:to stick:to
asserts: exclaim+ cry_out+ retort+ answer+ assure+
asserts: say+ say= state* declare* announce* claim+ argue+ argue:for maintain+ assert* stress* emphasize*
asserts: emphasise* note+
asserts: point_out* explain* contend+ warn+ warn:of,about tell+ report* write+ remark+ suggest+ confirm*
asserts: reiterate* repeat*
believes: for+ cling:to
asserts: make_clear+ advocate+
asserts: according+ affirm+ allege+ underline* underscore* mention* comment+ insist+ testify+ proclaim* add+ reply+
asserts: respond+ indicate+ express=
asserts: voice= observe+ caution+ complain+ complain:about,of accuse:of charge+ criticize= criticise= condemn=
asserts: denounce= praise=
asserts: blame:for blame= speak:of,about refer:to recall+ admit+ concede+ hint+ hint:at imply+ convey* signal* teach+
accepts: acknowledge+ accept* agree+ agree:to,on,upon,with consent:to approve* approve:of welcome* endorse* support*
accepts: concede= acknowledge= affirm=
accepts: reaffirm* embrace= acquiesce:in,to recognize= recognise= adopt= tolerate= permit* allow* promise* pledge*
accepts: commit:to back=
accepts: abide:by honor= honour= admit= give_in:to yield:to reconcile:to go_along:with subscribe:to
rejects: reject* refuse* rule_out* object:to oppose* deny* decline* dismiss= resist* repudiate* renounce* spurn=
rejects: rebuff= block=
rejects: turn_down= abandon= protest= protest:against,at contest= dispute* forbid* prohibit* exclude= veto= squash=
rejects: thwart= preclude=
rejects: shelve= balk:at stand:against fight:against be:against speak:against speak_out:against vote:against argue:against
rejects: come_out:against warn:against campaign:against
proposes: propose* offer* suggest= put_forward= recommend* sound_out= advise* volunteer+ invite* float=
intends: intend* plan* plan:on,for mean+ decide* decide:on,upon resolve+ prepare+ set_out+ choose+ undertake+ design+
intends: vow+ opt:for
avoids: avoid* evade= sidestep= dodge= omit* skirt= bypass= shun= shelve= refrain:from shy:from leave_out= pass_over=
avoids: steer:from
discounts: discount= downplay= minimize= minimise= belittle= underestimate* underrate= play_down= disparage= deride=
discounts: dismiss:as
overlooks: ignore= overlook= neglect* miss= disregard= forget* misunderstand= misjudge= misread= misperceive= lose:of
overlooks: fail:in
""")
"""Verbs. "insist that" and its like are told apart by the mood of their clause, see :data:`TWO_WAYS`."""

ADJECTIVES: Final = read_attitudes("""
believes: convinced+ convinced:of certain+ certain:of sure+ sure:of confident+ confident:of,in aware+ aware:of
believes: conscious:of persuaded+
believes: suspicious:of suspicious+ satisfied:with impressed:by,with enthusiastic:about sensitive:to
not believes: skeptical+ skeptical:of,about sceptical:of,about sceptical+ doubtful+ doubtful:about,of dubious:about,of
accepts: willing+ ready+ prepared+ content+ content:with inclined+ open:to amenable:to
accepts: receptive:to agreed+ committed:to
rejects: unwilling+ reluctant+ loath+ opposed:to hostile:to averse:to unprepared+ unready+ critical:of resistant:to
rejects: against:to
fears: afraid+ afraid:of fearful+ fearful:of worried+ worried:about,by,over concerned+ concerned:about,over alarmed+
fears: alarmed:by,at
fears: apprehensive:about,of apprehensive+ wary:of nervous:about,of uneasy:about anxious:about frightened:of,by
fears: frightened+
wants: eager+ eager:for keen+ keen:on anxious+ anxious:for interested:in desirous:of bent:on impatient+ impatient:for
wants: intent:on,upon
demands: adamant+ adamant:about,on insistent+ insistent:on
intends: determined+ resolved+ poised+ set:on
expects: hopeful+ hopeful:of,about optimistic+ optimistic:about pessimistic:about
unaware: unaware+ unaware:of ignorant:of oblivious:of,to blind:to
overlooks: indifferent:to oblivious:to
""")
"""Adjectives, and participles that are used as such, with a copula: "was willing to", "was convinced that"."""

NOUNS: Final = read_attitudes("""
believes: belief* indication+ sign+ evidence+ rumor+ belief:in,of view* view:of,on,as,about perception*
believes: perception:of,as conviction* conviction:of
believes: assumption* assumption:about
believes: impression* impression:of illusion* illusion:of,about opinion* opinion:of,on,about idea+ notion+ suspicion+
believes: conclusion* thinking:on,about
believes: understanding+ image:of,as judgment+ judgement+ misperception* misperception:of,about conception:of
believes: attitude:toward,towards,to
believes: image:as stereotype:of,as stereotype+ cliché:of,as cliche:of,as cliché+ notion:of,as portrait:of,as vision:of,as
believes: explanation+ hypothesis+ theory+ conjecture+ speculation+ reading+
believes: interpretation+ assessment+ assessment:of idea:of,as view:as standpoint+ viewpoint+ eye+ mind+ perspective+
believes: consciousness:of
believes: estimation+ reckoning+ realization+ realisation+ interpretation:of,as confidence+ recognition+ picture:of
not believes: doubt+ doubt:about,of skepticism:about,of,toward scepticism:about,of disbelief:in
expects: expectation* prospect+ possibility+ likelihood+ expectation:of,for prediction* prediction:of,about
expects: anticipation:of forecast:of
fears: fear* fear:of,about worry* worry:about,over concern+ concern:about,over alarm:at,over,about anxiety:about,over
fears: apprehension:about,of
wants: desire* desire:for,of wish* wish:for hope* hope:for,of aim* aim:of goal* goal:of objective* objective:of
wants: purpose* preference:for
wants: priority* quest:for aspiration* aspiration:for,to eagerness+ eagerness:for ambition+ ambition:of effort+
wants: attempt+ pursuit:of search:for appetite:for
demands: demand* demand:for,of insistence* insistence:on,upon,that request* request:for call:for claim:to,for,on
demands: precondition* requirement* pressure:for
asserts: position+ stance+ line+ thesis+ message+ reminder+
asserts: claim+ assertion* assertion:of argument* argument:for,about,of statement* statement:of,on,about contention+
asserts: accusation* accusation:of
asserts: warning* warning:of,about,against criticism:of,about denunciation:of complaint+ complaint:about,of
asserts: allegation+ reference:to mention:of
accepts: acceptance* acceptance:of agreement+ agreement:to,on willingness* readiness* readiness:for approval:of
accepts: support:for endorsement:of favor:of favour:of
accepts: recognition:of acknowledgment* acknowledgment:of acknowledgement* acknowledgement:of consent:to
accepts: affirmation:of reaffirmation:of commitment* commitment:to
accepts: promise* promise:of pledge* pledge:of tolerance:of,for acquiescence:in
rejects: refusal* refusal:of rejection* rejection:of opposition:to objection* objection:to denial* denial:of,that
rejects: unwillingness* reluctance* resistance:to
rejects: repudiation:of renunciation:of protest:against,at,over
proposes: proposal* proposal:for,of,on,to offer* offer:of,for suggestion* suggestion:for,of initiative:for,on
intends: intention* intention:of intent+ plan* plan:for,to,of decision* decision:on resolve+ determination+
intends: strategy:of,for
avoids: avoidance:of omission:of evasion:of silence:on,about
discounts: underestimation:of dismissal:of
overlooks: neglect:of disregard:for,of indifference:to,toward,towards misunderstanding:of ignorance:of
""")
"""Nouns that stand for a verb: "Tokyo's demand for", "the belief in Moscow that"."""

AFFECTS: Final = words("""
distrust mistrust hostility sympathy dislike respect admiration trust hatred friendship affection enmity antipathy
contempt resentment animosity goodwill disdain
""")
"""Nouns of feeling toward somebody: what they say is a quality of the codebook, not a verb of a path."""
NOMINAL: Final = NOUNS.predicates | AFFECTS
MINDED: Final = ADJECTIVES.predicates

IMAGES: Final = words("image picture portrait stereotype cliché cliche reputation portrayal depiction")
"""Nouns whose owner is whom they show, unless they say "of" whom they are: "Lisbon's image in Oslo", "Oslo's image of Lisbon"."""
IDEAS: Final = words(
    "proposal idea plan suggestion initiative concept notion argument claim thesis formula view solution"
)
"""What one puts forward who advances it."""
CHANCES: Final = words("prospect possibility likelihood sign evidence indication")
"""Nouns of what may be, or of what shows it: thought by who is "concerned with the possibility", not by whom it is for."""
ABSENCES: Final = words("absence lack loss disappearance")
"""Nouns of what is not there: "the lack of any hope"."""
OPEN: Final = words("""
question issue possibility prospect chance likelihood risk danger idea notion principle subject topic matter problem rumor rumour
talk case advice policy practice condition conditions terms value effect consequence consequences
""")
"""Nouns of what is only talked of: "the question of Oslo's recognition of" need be no recognition."""
PRETENCES: Final = words("guise pretext pretense pretence cover cloak mask semblance appearance myth legend fiction")
"""Nouns of what is only given out: "under the guise of friendship"."""
SHOWING: Final = words("imply mean suggest indicate signal confirm convey reflect")
"""What a thing may do as well as a state: "it implied that" need be nobody's word."""
CLAIMS: Final = words("""
story legend rumor rumour charge complaint note theory tale report version talk gossip slogan theme criticism cry
""")
"""Nouns of what is told and need not be so: "the complaint is that"."""
DOINGS: Final = words("policy practice act habit course campaign way method tradition process purpose intention fact")
"""Nouns of what is done: "a policy of supporting"; of others ("an interest in supporting") it need not be."""
UNABLE: Final = words("unable powerless impossible unlikely unqualified incapable")
"""Adjectives of those who do not do it: "unable to accept"."""
FACTS: Final = words("""
fact knowledge truth reality circumstance realisation realization recognition awareness point extent result effect news proof
""")
"""Nouns whose clause is so, whoever tells it: "the fact that"; of others ("the story that") it need not be."""
UNDOING: Final = words("""
kill end lose weaken undermine diminish lessen reduce dampen dash shatter destroy erode abandon drop relinquish withdraw
overcome postpone delay defer shelve suspend forestall prevent preclude hinder obstruct thwart suppress preempt
""")
"""Verbs whose object is a thought no longer, not yet, or never: "killed any desire", "put off its demand"."""
REQUIRING: Final = words("require presuppose need demand depend hinge await assume want seek imply entail lack")
"""Verbs of what must be there first: "the plan presupposes Oslo's consent"."""
RETREATING: Final = frozenset({
    ("renege", "on"), ("go", "on"), ("backtrack", "on"), ("back", "from"), ("walk", "from"), ("retreat", "from"),
    ("withdraw", "from"), ("step", "from"), ("pull", "from"),
})  # fmt: skip
"""Verbs and prepositions of what is taken back: "reneged on its promise"."""
DURATIONS: Final = words("year decade month week day century generation hour moment while time long")
"""Nouns of how long: "pushed for years"."""
AGREEING: Final = words("willingness readiness agreement acceptance consent approval intention support promise pledge")
"""Nouns of a thought that is not there yet where their clause says what would be: "it would need Oslo's consent"."""
MEANWHILE: Final = words("""
after before since during until without despite except like unlike besides including amid amidst notwithstanding
because due owing
""")
"""Prepositions before what was so besides, which is no matter of what is held."""
OCCASIONS: Final = words(
    "event case eve occasion course wake aftermath framework context detriment expense midst means"
)
"""Nouns that only say when or how a thing is so: "in the event of", "by means of"."""
HINDERING: Final = words("prevent avoid avert forestall preclude stop block thwart deter")
"""Verbs of what is not to be: who means to prevent a thing does not want it."""
FORMING: Final = words("evolve formulate devise design build find")
"""Verbs by which one comes to a thought of one's own."""
CREATING: Final = words("guarantee produce create bring cause generate arouse provoke evoke inspire yield")
"""Verbs after which, denied, there is no thought that they would have made: "did not produce the hope"."""

LIGHT: Final = words("""
have make express hold take show voice share maintain adopt harbor harbour entertain reiterate repeat raise indicate
signal demonstrate declare announce convey reflect issue form reach state develop display keep reveal nurture retain
cherish abandon drop put lodge submit present
""")
"""Verbs that carry a noun of mind: its holder is their subject."""
REVERSING: Final = frozenset({"fail", "cease", "stop"})
"""Those among them that say that it was not done."""
TRANSPARENT: Final = REVERSING | words("""
begin start continue seem appear tend come manage happen help go keep proceed prove get be use dare need have afford
""")
"""Verbs that pass their subject on to the infinitive after them and add nothing to who holds what."""
SEEMING: Final = words("be become remain seem appear mean represent constitute exist prove")
"""Verbs whose clause says how things are for somebody: "for Moscow, the dispute did not exist"."""
LINKING: Final = words("be become remain constitute pose represent seem appear prove stay lack exhibit possess have")
"""Verbs that say what something is."""
OBJECT_CONTROL: Final = words("""
ask urge persuade force press compel order invite allow permit encourage advise tell warn pressure enable lead cause
make let induce convince get help push require request
""")
"""Verbs whose object does what the infinitive after them says."""
ADDRESSING: Final = words("""
thank blame praise criticize criticise accuse congratulate condemn denounce prevent stop dissuade keep discourage reproach suspect
forgive commend castigate chide prohibit
""")
"""Verbs whose object does what stands behind a preposition after it: "thanked Berg for coming"."""
TWO_WAYS: Final[Mapping[str, str]] = {
    "insist": "demands", "suggest": "proposes", "argue": "demands", "maintain": "demands", "say": "demands",
    "advocate": "demands",
}  # fmt: skip
"""Verbs of speech that stand for another verb where their clause says what should or must be."""
YIELDING: Final = words("""
return give concede yield agree accept surrender compromise abandon relinquish cede transfer recognize acknowledge
grant soften settle hand give_up hand_over give_in approve permit join
""")
"""What one does who accepts: "feared that Moscow would return the islands"."""
RESISTING: Final = words("refuse reject oppose resist deny block decline object")

HE: Final = frozenset({"he", "him", "his", "himself", "she", "her", "herself"})
SHE: Final = frozenset({"she", "her", "herself"})
THINGS: Final = SHE | {"it", "its", "itself"}
"""Pronouns of states too, which older prose calls "she"."""
MANY: Final = frozenset({"they", "them", "their", "themselves"})
SPEAKER: Final = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ours", "ourselves"})
INCLUSIVE: Final = frozenset({"all", "both", "together", "each", "let"})
"""Words beside "we" and "us" after which they are no longer the speaker's side alone."""
HOME: Final = words("country nation state side delegation government people party")

POSSIBLE: Final = words("may might possibly perhaps maybe could conceivably")
PROBABLE: Final = words("probably likely presumably apparently evidently seemingly seem appear")
REPORTED: Final = words("reportedly allegedly purportedly supposedly reputedly ostensibly rumor rumour")
ACCORDING: Final = frozenset({"accord", "according"})
STANDPOINTS: Final = words(
    "view opinion eye judgment judgement mind perspective thinking standpoint viewpoint consciousness interpretation assessment "
    "perception estimation reckoning"
)
"""Nouns of "in Tokyo's view", "in the eyes of the public"."""

EXTENTS: Final[Mapping[str, str]] = {
    "all": "all", "every": "all", "most": "most", "majority": "most", "half": "half", "many": "many", "some": "some",
    "several": "some",
    "few": "few", "one": "one", "mainstream": "most", "widespread": "many", "widely": "many",
}  # fmt: skip
"""Words that say how much of the holder holds it."""

SHARES: Final = words("""
percent % percentage majority most many some several few number part half third quarter all minority proportion
share each none two-thirds section segment
""")
"""Nouns of which the whole is told after "of": "the majority of the Japanese"."""

LAYERS: Final[Mapping[str, frozenset[str]]] = {
    "leadership": words("""
government leader leadership authority official cabinet administration side regime president politician delegation
negotiator policymaker state chief minister
"""),
    "ministry": words("ministry diplomat agency bureaucrat bureaucracy diplomacy"),
    "legislature": words("parliament legislature deputy legislator parliamentarian duma diet congress senate"),
    "party": words("party faction"),
    "region": words("region province governor"),
    "business": words("business firm company businessman investor industry industrialist corporation banker"),
    "experts": words("""
expert scholar specialist academic analyst intellectual scientist researcher observer intelligentsia historian economist
academia
"""),
    "media": words("""
media medium press newspaper journalist correspondent broadcaster commentator television radio reporter propaganda
"""),
    "public": words("""
public people citizen population opinion society masses voter person respondent populace inhabitant
"""),
}
"""Nouns that name a layer after a people's name: "Japanese diplomats"."""

SPOKEN: Final = words("""
position policy view approach speech statement proposal declaration article interpretation letter memorandum diplomacy thinking
strategy attitude response line stance commentary report paper editorial
""")
"""Nouns in whose place their owner may stand: "Moscow's position"."""
MEMBERS: Final = words("""
official leader source spokesman spokesperson minister delegation team adviser aide member chief head representative
side negotiator office bureaucrat diplomat maker strategist planner nation country state power
""")
"""Nouns of people who stand for the side or the body that they belong to: "officials in Tokyo"; not for a person."""
PARTS: Final = frozenset().union(
    *(LAYERS[one] for one in ("legislature", "party", "region", "business", "experts", "media"))
)
"""Nouns of those who are only a part of their side: "Japanese newspapers" are not Japan."""
LIMITING: Final = words("""
some several few certain other another various one individual many most former retired opposition dissident junior local
""")
"""Words beside a body that leave only some of it: "some officials"."""
WHOLE: Final = words("common general ordinary whole entire public own great national broad")
"""Adjectives that leave a people whole."""
ENVOYS: Final = words("""
minister ambassador envoy representative consul embassy legation mission correspondent delegate agent attaché attache charge
chargé counsellor counselor
""")
"""Nouns of those who are sent, and are not of where they stand: "the minister in Tokyo"."""

STRANGERS: Final = words("""
official leader spokesman spokesperson spokeswoman minister adviser aide commentator member chief head representative bureaucrat
diplomat expert scholar scientist specialist politician reformer nationalist general officer author historian editor professor
president ambassador secretary premier journalist writer observer analyst governor deputy man woman
""")
"""Nouns of one person, for whom "he" or "she" may stand."""
HEADS: Final = words("leader minister president premier ambassador envoy secretary chancellor king emperor ruler")
"""Nouns of who speaks for a body by office."""
SINGLE: Final = STRANGERS - HEADS - words("spokesman spokesperson spokeswoman representative") | words("""
source negotiator strategist planner policymaker citizen voter person inhabitant businessman industrialist banker investor scholar
academic intellectual economist researcher correspondent reporter broadcaster legislator parliamentarian congressman senator
lawmaker newspaper daily weekly magazine columnist
""")
"""Nouns of one person or paper among many, who is not the body to which it belongs."""
INDEFINITE: Final = words("a an one another any each")
POLLED: Final = words("respondent percent % interviewee polled")
"""Nouns of those who were asked in a poll, who are of the public."""
PRINTED: Final = words("commentary editorial article newspaper publication")
"""What is printed, which speaks for the press."""
REGARDING: Final = words("regard regarding concerning respect about question issue matter problem subject topic")
"""Words at the head of a phrase that names the matter."""
ONTO: Final = words("to of for about over on upon against toward towards from")
"""Prepositions behind a verb that go on with what it is about."""
PERFORMING: Final = words("""
thank congratulate say express recall underline underscore stress emphasize emphasise mention note draw pay reiterate touch begin
start conclude take add point_out remind inform repeat extend convey greet tell speak assure offer welcome state affirm reaffirm
commend join associate turn refer share
""")
"""What a speaker does who says that he would like to: "I wish to recall"."""

EMPTY: Final = words("""
a an the of to in on at by for with from and or but not no as that this these those it its be is are was were been
being have has had do does did will would may might can could should must into over under about after before between
its their his her some any all each other whether only one two than then so such more most very there they he she we
who which what when where why how out up down off own same too also even still just yet seen seek as- ’s 's s whom
whose
""") - {"two", "all", "no", "not"}
"""Words that say nothing of a topic."""
STRONG: Final = words("""
very extremely deeply strongly greatest highly utterly totally profoundly most intense serious
""")
DENYING: Final = words("no non not never neither nor without hardly n't")
_OFFICES: Final = words("minister president secretary premier chancellor ambassador")


def offices(text: str) -> Iterator[str]:
    """The offices that the words of a role name, without the country.

    >>> list(offices("foreign minister of Russia; acting prime minister"))
    ['foreign minister', 'prime minister']
    """
    for piece in re.split(r"[;,]", text):
        plain = piece.split(" of ")[0].strip().removeprefix("acting ")
        if plain and plain.split()[-1] in _OFFICES:
            yield plain


def _listed(word: str) -> str:
    return word.replace("’", "'")


def _spelled(word: str, form: Form) -> tuple[str, ...]:
    plain = _listed(word)
    if form == "office":
        return (plain.lower(),)
    return (plain, plain.removesuffix("s")) if form == "people" else (plain,)


_DENIALS: Final[Mapping[str, str]] = {
    "trustworthy": "distrust mistrust untrustworthy suspicion suspicious unreliable dishonest treacherous perfidious insincere",
    "positive": "negative",
    "favorable": "unfavorable",
    "friendly": "unfriendly",
    "like": "dislike hostility hostile enmity antipathy animosity hatred hate unfriendly resentment resent detest contempt",
    "peaceful": "militarist militarism aggressive warlike bellicose belligerent",
    "democratic": "undemocratic authoritarian dictatorial",
    "attractive": "unattractive",
    "threat": "harmless unthreatening",
    "reform": "unreformed stagnation stagnant",
    "informed": "uninformed ignorant ignorance misinformed",
    "dependent": "independent independence",
    "diligent": "lazy laziness",
    "power": "weak weakness powerless",
}
"""Words of qualities, and those that say the reverse of them."""


def _opposites() -> dict[str, tuple[str, ...]]:
    return {stem(word): tuple(map(stem, others.split())) for word, others in _DENIALS.items()}


ENGLISH: Final = Lexicon(
    verbs=VERBS, adjectives=ADJECTIVES, nouns=NOUNS, two_ways=TWO_WAYS, yielding=YIELDING, resisting=RESISTING,
    transparent=TRANSPARENT, linking=LINKING, being=words("be have"), folk="people",
    layers=LAYERS, spoken=SPOKEN, members=MEMBERS, person=HE, thing=THINGS, many=MANY, joining=words("and"), possible=POSSIBLE,
    probable=PROBABLE, reported=REPORTED,
    extents=EXTENTS, shares=SHARES, percent=words("percent %"), opposites=_opposites(), strong=STRONG, denying=DENYING,
    toward=("toward", "towards", "for", "of", "against", "to", "in", "with"), offices=offices, countries=countries,
    speaker=SPEAKER, inclusive=INCLUSIVE, home=HOME, both=words("both two neither"),
    partners=words("side country government nation state"), empty=EMPTY, stem=stem, listed=_listed, spelled=_spelled,
    times=times_in, strangers=STRANGERS, regarding=REGARDING, onto=ONTO, naming=words("call refer name term dub label know"),
    ascribing=words("of as"), performing=PERFORMING, polled=POLLED, printed=PRINTED, press="press", definite=words("the"),
    foretelling=True, kinds=words("of with"), objects=words("him them"), single=SINGLE, heads=HEADS,
    indefinite=INDEFINITE, entertained=entertained_under, occasions=OCCASIONS, within=words("in on at by to within under"),
    showing=SHOWING, whole=WHOLE,
    conceding=words("although though whereas while"), parts=PARTS, limiting=LIMITING, envoys=ENVOYS,
    hindering=HINDERING, meanwhile=MEANWHILE, aside=ASIDE, modifying=words("amod compound nmod"),
)  # fmt: skip
"""All of them, as the coder takes them."""
