"""The words of Russian that the coder knows: of mind and speech, of doubt, of offices and layers. Facts of the language only.

All are lemmas of pymorphy3, with е for ё. Both aspects of a verb are listed. A short participle that is used as an adjective
stands under the verb that dictionaries list it under ("уверен": уверить).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from rashomon.coding import english_families, english_words
from rashomon.coding.attitudes import read_attitudes
from rashomon.coding.lexicons import Form, Lexicon, words
from rashomon.coding.russian_dates import times_in
from rashomon.coding.russian_places import countries
from rashomon.coding.russian_tree import cyrillic, folded, lemma_of

VERBS: Final = read_attitudes("""
believes: считать+ считать:as счесть+ счесть:as полагать+ думать+ верить+ верить:в поверить+ поверить:в предполагать+
believes: предположить+ понимать* понять* знать+ узнать+ осознавать* осознать* видеть+ видеть:as увидеть+ увидеть:as
believes: усматривать:as усмотреть:as находить+ прийти+ приходить+ заключить+ исходить:из исходить+
believes: рассматривать:as воспринимать:as воспринять:as расценивать:as расценить:as оценивать:as оценить:as трактовать:as
believes: представлять:as изображать:as убедиться+ убеждаться+ подозревать* чувствовать+ почувствовать+ представляться+
believes: мнить+ помнить+ считаться+ принимать:as
not believes: сомневаться+ сомневаться:в усомниться+ усомниться:в
expects: ожидать* ждать* ждать+ предвидеть* рассчитывать+ рассчитывать:на прогнозировать* предсказывать* предсказать*
expects: предвкушать=
fears: опасаться* бояться* страшиться* беспокоиться+ беспокоиться:о,из-за тревожиться+ тревожиться:о,за побаиваться*
fears: беспокоить* тревожить* пугать* волновать*
wants: хотеть* захотеть* желать* пожелать* стремиться+ стремиться:к надеяться+ надеяться:на мечтать+ мечтать:о добиваться*
wants: пытаться+ попытаться+ стараться+ предпочитать* предпочесть* предпочитать:dat хотеться* жаждать* искать=
wants: выступать_за+ выступать:за выступить_за+ выступить:за высказываться_за+ высказываться:за высказаться_за+
wants: высказаться:за ратовать:за ратовать_за+
demands: требовать* потребовать* настаивать:на настоять:на просить+ просить:о попросить+
demands: попросить:о призывать+ призывать:к призвать+ призвать:к претендовать:на добиться* обусловливать:ins обусловить:ins
demands: вынуждать+ вынудить+ увязывать:с увязать:с связывать:с
asserts: дать_понять+ настаивать+ настоять+ заявлять* заявить*
asserts: говорить+ говорить= сказать+ сказать= утверждать+ подчеркивать*
asserts: подчеркнуть* отмечать* отметить* сообщать+ сообщить+ сообщать= сообщить= объявлять* объявить* объявить=
asserts: объявлять= писать+ писать= написать+ указывать+ указать+ указывать:на указать:на пояснять+ пояснить+
asserts: объяснять+ объяснить+ предупреждать+ предупредить+ предупреждать= предупредить= уверять+ заверять+ заверить+
asserts: заверить:в напоминать+ напомнить+ напомнить= добавить+ добавлять+ ответить+ отвечать+ констатировать*
asserts: критиковать= осуждать= осудить= обвинять:в обвинить:в жаловаться+ жаловаться:на признаваться+ намекать+
asserts: намекнуть+ намекать:на намекнуть:на повторять* повторить* выразить= выражать= упоминать* упомянуть* упоминать=
asserts: подтверждать+ подтвердить+ обвинять+ обвинить+ назвать:as называть:as охарактеризовать:as
asserts: упомянуть= вспоминать+ ссылаться:на сослаться:на доказывать+ свидетельствовать+ провозгласить*
accepts: соглашаться+ согласиться+ соглашаться:на,с согласиться:на,с принимать= принять= признавать* признать*
accepts: одобрять= одобрить= поддерживать= поддержать= приветствовать* подтверждать= подтвердить= обещать* пообещать*
accepts: допускать* допустить* разрешать* разрешить* позволять= позволить= мириться:с смириться:с пойти:на идти:на
accepts: договориться:о договориться+ договариваться:о голосовать:за проголосовать:за
accepts: примириться:с обязаться+ обязываться+ уступить:в приветствовать=
rejects: отвергать* отвергнуть* отклонять= отклонить= отказываться+ отказаться+ отказываться:от отказаться:от отрицать*
rejects: возражать+ возражать:против возразить+ возразить:против противиться:dat воспротивиться:dat сопротивляться:dat
rejects: выступать_против+ выступать:против выступить_против+ выступить:против высказываться_против+
rejects: высказываться:против высказаться_против+ высказаться:против исключать* исключить* оспаривать* оспорить*
rejects: не_допустить* не_допускать* голосовать:против проголосовать:против
rejects: протестовать:против запрещать* запретить* отвести= отмести= отметать= препятствовать:dat
proposes: предлагать* предложить* выдвигать= выдвинуть= рекомендовать* советовать* посоветовать*
intends: пригрозить+ пригрозить:ins,as грозить+ грозить:ins,as угрожать:ins,as
intends: намереваться+ планировать* собираться+ собраться+ решать+ решить+ готовиться+ готовиться:к задумать* обдумывать=
avoids: избегать* избежать* уклоняться:от уклониться:от уходить:от уйти:от обходить= обойти= замалчивать* умалчивать:о
avoids: умолчать:о воздерживаться:от воздержаться:от
discounts: недооценивать* недооценить* преуменьшать* преуменьшить* принижать* принизить*
overlooks: игнорировать* проигнорировать* упускать* упустить* пренебрегать:ins пренебречь:ins забывать* забыть* забыть:о
overlooks: забывать:о
""")
"""Verbs, by aspect pairs."""

ADJECTIVES: Final = read_attitudes("""
believes: уверить+ уверить:в уверенный+ уверенный:в убедить+ убедить:в убежденный+ убежденный:в
not believes: скептический:к
accepts: готовый+ готовый:к,на согласный+ согласный:на,с склонный+ склонный:к
fears: обеспокоить+ обеспокоить:ins озаботить+ озаботить:ins озабоченный+
fears: озабоченный:ins встревожить+ встревожить:ins
wants: заинтересовать:в заинтересовать+ заинтересованный:в заинтересованный+ рад+
intends: намерить+ намерен+ намеренный+ настроить+ решиться+
""")
"""Adjectives and short participles with a copula, said or not: "готова признать", "уверен, что"."""

NOUNS: Final = read_attitudes("""
believes: мнение+ убеждение+ убежденность+ убежденность:в уверенность+ уверенность:в взгляд:на представление+
believes: представление:о впечатление+ вера:в иллюзия+ подозрение+ вывод+ понимание+ понимание= предположение+
believes: оценка+ зрение+ взгляд+ глаз+
not believes: сомнение+ сомнение:в,относительно
expects: ожидание* ожидание+ прогноз+ прогноз:о
fears: опасение* опасение:о,за,относительно страх+ страх:перед боязнь* обеспокоенность+ обеспокоенность:ins беспокойство+
fears: тревога+ тревога:за,о озабоченность+ озабоченность:ins
wants: желание* стремление+ стремление:к надежда+ надежда:на цель* цель+ заинтересованность:в интерес:к мечта+ мечта:о
wants: попытка+ поддержка=
demands: требование* требование+ требование:о просьба+ просьба:о призыв+ призыв:к претензия:на притязание:на
demands: настойчивость:в условие+
asserts: заявление+ заявление:о утверждение+ утверждение:о слово+ предупреждение+ предупреждение:о обвинение:в
accepts: согласие+ согласие:на,с готовность+ готовность:к признание= признание+ принятие= одобрение= обещание+
accepts: обещание= подтверждение=
rejects: отказ+ отказ:от нежелание+ нежелание= неприятие= возражение:против протест:против неготовность+ отрицание=
rejects: непризнание= отклонение=
proposes: предложение+ предложение:о,по инициатива+ инициатива:о,по
intends: намерение+ намерение= решение+ решение:о план+ план:по,о решимость+
avoids: уклонение:от
overlooks: игнорирование= пренебрежение:ins
""")
"""Nouns that stand for a verb: "требование Токио о", "отказ Москвы от"."""

AFFECTS: Final = words("""
недоверие доверие враждебность симпатия неприязнь уважение восхищение ненависть дружба вражда антипатия презрение
""")
"""Nouns of feeling toward somebody: what they say is a quality of the codebook, not a verb of a path."""
NOMINAL: Final = NOUNS.predicates | AFFECTS
MINDED: Final = ADJECTIVES.predicates
STANDPOINTS: Final[Mapping[str, frozenset[str]]] = {
    "мнение": frozenset({"по"}), "оценка": frozenset({"по"}), "слово": frozenset({"по"}), "убеждение": frozenset({"по"}),
    "взгляд": frozenset({"на"}), "зрение": frozenset({"с"}), "глаз": frozenset({"в"}), "представление": frozenset({"в", "по"}),
    "понимание": frozenset({"в"}),
}  # fmt: skip
"""Nouns of "по мнению Токио", "с точки зрения Москвы", with their prepositions."""

MODALS: Final[Mapping[str, str]] = {
    "мочь": "may", "смочь": "may", "можно": "may", "должный": "must", "следовать": "must", "надо": "must", "нужно": "must",
    "необходимо": "must", "необходимый": "must", "нужный": "must", "обязать": "must", "обязанный": "must", "нельзя": "must",
}  # fmt: skip
"""Words that stand before an infinitive as an auxiliary does in English."""
_SHOULD: Final = frozenset({"demands", "wants", "proposes", "asserts", "accepts"})
INSISTING: Final = frozenset(
    word for (word, form), verb in VERBS.entries.items() if form == "+" and verb.name in _SHOULD
)
"""Verbs whose clause with "чтобы" says what should be, and not what for."""
LIGHT: Final = words("""
иметь делать сделать выражать выразить высказывать высказать питать разделять разделить отвергать подтверждать подтвердить
повторить повторять заявлять проявлять проявить демонстрировать продемонстрировать сохранять сохранить выдвигать выдвинуть
принимать принять занимать занять испытывать дать давать приводить держаться придерживаться ответить
""") - {"отвергать"}
"""Verbs that carry a noun of mind: its holder is their subject."""
TRANSPARENT: Final = words("""
начать начинать стать продолжать продолжить казаться перестать переставать прийтись приходиться удаваться удаться быть бывать
успеть уметь
""")
"""Verbs that pass their subject on to the infinitive after them and add nothing to who holds what."""
REVERSING: Final = frozenset({"перестать", "переставать"})
"""Those among them that say that it was not done."""
LINKING: Final = words(
    "быть являться явиться стать становиться оставаться остаться представлять казаться оказаться служить"
)
MOVING: Final = words("беспокоить тревожить пугать волновать")
"""Verbs whose object feels what their subject is about: "Токио тревожило, что"."""
TEMPORAL: Final = words("""
год месяц день неделя век время г. гг. январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь весна лето
осень зима начало конец середина половина
""")
"""Nouns of phrases that say when, and not what about."""
OBJECT_CONTROL: Final = words("""
просить попросить призывать призвать убеждать убедить заставлять заставить вынуждать вынудить принуждать приглашать пригласить
позволять позволить разрешать разрешить советовать посоветовать велеть мешать помогать помочь поручать требовать потребовать
предлагать предложить побуждать побудить рекомендовать дать давать запрещать запретить
""")
"""Verbs whose object does what the infinitive after them says."""
TWO_WAYS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("настаивать", "настоять", "сказать", "говорить", "писать", "написать", "заявить", "заявлять"), "demands"
    ),
    **dict.fromkeys(("подчеркнуть", "подчеркивать", "утверждать", "указать", "указывать", "считать"), "demands"),
}
"""Verbs of speech that stand for another verb where their clause says what should or must be."""
YIELDING: Final = words("""
вернуть возвращать возвратить отдать отдавать передать передавать уступить уступать согласиться соглашаться принять принимать
признать признавать пойти отказаться допустить одобрить подписать
""")
"""What one does who accepts: "опасался, что Москва вернет острова"."""
RESISTING: Final = words(
    "отвергнуть отвергать отклонить отклонять возражать блокировать заблокировать сопротивляться отрицать"
)

SPEAKER: Final = words("""
я меня мне мной мы нас нам нами мой моя мое моего моей мою моим моем мои моих моими
наш наша наше нашего нашей нашему нашу нашим нашем наши наших нашими
""")
HOME: Final = words("страна государство сторона правительство народ делегация партия нация")
STRANGERS: Final = words("""
представитель лидер министр советник депутат сенатор член глава чиновник дипломат эксперт ученый специалист политик политолог
аналитик генерал офицер автор историк профессор президент посол секретарь премьер журналист писатель наблюдатель губернатор
адвокат директор премьер-министр командующий
""")
"""Nouns of one person, for whom "он" may stand."""
HE: Final = words("он его ему им него нему ним нем она ее ей ею нее ней нею нём неё её")
MANY: Final = words("они их им ими них ним ними")

POSSIBLE: Final = words("возможно пожалуй мочь")
PROBABLE: Final = words("вероятно видимо по-видимому наверное очевидно похоже казаться")
REPORTED: Final = words("якобы дескать мол предположительно")

EXTENTS: Final[Mapping[str, str]] = {
    "все": "all", "весь": "all", "каждый": "all", "большинство": "most", "половина": "half", "многие": "many",
    "многий": "many", "много": "many", "некоторый": "some", "часть": "some", "ряд": "some", "немногие": "few", "немногий": "few",
    "меньшинство": "few", "один": "one",
}  # fmt: skip
"""Words that say how much of the holder holds it."""
SHARES: Final = words(
    "процент % большинство часть половина треть четверть меньшинство ряд многие многий число доля множество"
)
"""Nouns of which the whole is told in the genitive: "большинство японцев"."""

LAYERS: Final[Mapping[str, frozenset[str]]] = {
    "leadership": words("""
правительство руководство руководитель лидер глава власть кабинет администрация сторона режим президент премьер делегация
переговорщик государство министр
"""),
    "ministry": words("министерство мид дипломат ведомство чиновник бюрократия дипломатия"),
    "legislature": words("парламент депутат дума сенат конгресс парламентарий законодатель"),
    "party": words("партия фракция"),
    "region": words("регион область губернатор префектура край"),
    "business": words("бизнес фирма компания предприниматель бизнесмен инвестор промышленник корпорация банкир"),
    "experts": words("эксперт ученый специалист аналитик исследователь наблюдатель востоковед японист политолог"),
    "media": words("пресса печать газета журналист корреспондент телевидение радио сми комментатор обозреватель"),
    "public": words("общественность народ общество население гражданин избиратель публика респондент"),
}
"""Nouns that name a layer after a people's name: "японские дипломаты"."""
SPOKEN: Final = words("""
позиция политика подход речь выступление заявление предложение декларация статья письмо меморандум дипломатия курс линия стратегия
отношение реакция доклад газета комментарий
""")
"""Nouns in whose place their owner may stand: "позиция Москвы"."""
MEMBERS: Final = words("""
официальный лицо лидер руководитель представитель министр делегация советник
глава сторона чиновник дипломат эксперт ученый специалист
консерватор круг элита источник генерал офицер страна государство держава деятель переговорщик
""")
"""Nouns of people who stand for the side or the body that they belong to; not for a person."""

MEANWHILE: Final = words("после до без кроме накануне вопреки несмотря")
"""Prepositions before what was so besides, which is no matter of what is held."""
HINDERING: Final = words("""
предотвратить предотвращать воспрепятствовать помешать избежать пресечь сорвать не_допустить не_допускать
""")
"""Verbs of what is not to be: who means to prevent a thing does not want it."""
TAKING_AWAY: Final = words("""
отменить отменять отмена снять снимать снятие прекратить прекращать прекращение отказаться отказываться отказ нарушить нарушать
нарушение срыв сорвать срывать отсутствие денонсировать расторгнуть заморозить приостановить лишить отклонить отклонение
предотвращение предотвратить недопущение
""")
"""What is done to a thing that then is no more: who means to lift a ban is not for the ban."""
JUDGING: Final[Mapping[str, str]] = {
    **dict.fromkeys(("неприемлемый", "недопустимый", "невозможный"), "отвергать"),
    **dict.fromkeys(("необходимый", "целесообразный", "желательный"), "хотеть"),
    **dict.fromkeys(("возможный", "допустимый", "приемлемый"), "допускать"),
}
"""What something is held to be, and the verb that this amounts to: "считает неприемлемым расширение"."""

EMPTY: Final = words("""
и а но или в во на о об обо к ко от с со из у по за для до при над под через между без перед не ни что чтобы как это тот то
этот быть бы же ли он она оно они его ее их свой который весь сам уже еще также только очень более такой так там тут где когда
если мы я вы наш мой ваш год мочь должный один
""") - {"не", "без", "все"}
"""Words that say nothing of a topic."""
STRONG: Final = words("очень крайне глубоко сильно чрезвычайно великий весьма серьезный главный")
DENYING: Final = words("не никогда ни без вряд")

_SUFFIXES: Final = sorted(
    words("""
альный альность ельный енный ивный ический ичный ский ской ность ость ение ание ация иция яция ка ие ие ия ия ец ик ство
ий ый ой ный ать ять ить еть уть ться ать ывать ивать ировать ться ти а я о е ь
"""),
    key=lambda suffix: (-len(suffix), suffix),
)
_SHORTEST: Final = 4
_LATIN: Final = re.compile(r"[a-z]")
_TOLD_APART: Final = words("""
советский правый править другой частный странный трудный долгий вернуть портить стать полка объективный экономия разрядка
классический
""")
"""Words that only begin as others do: what is Soviet is not of every council, nor is what is private of a part."""


def stem(word: str) -> str:
    """What words of one family have in common: the lemma without one ending; at least four letters.

    Of an empty word "". Latin words have that of English: a codebook may give wordings in both.

    >>> stem("территорию") == stem("территориальный") == "территор"
    True
    """
    if _LATIN.match(word):
        return english_families.stem(word)
    lemma = lemma_of(word)
    if lemma in _TOLD_APART:
        return lemma
    return "" if lemma in EMPTY else _bare(lemma)


def _bare(lemma: str) -> str:
    for suffix in _SUFFIXES:
        if lemma.endswith(suffix) and len(lemma) - len(suffix) >= _SHORTEST:
            lemma = lemma[: -len(suffix)]
            break
    return lemma.rstrip("аеиоуыэюяйь") if len(lemma) > _SHORTEST else lemma


_OFFICES: Final[Mapping[str, str]] = {
    "foreign minister": "министр иностранных дел", "prime minister": "премьер-министр", "president": "президент",
    "general secretary": "генеральный секретарь", "first secretary": "первый секретарь", "ambassador": "посол",
    "defense minister": "министр обороны", "defence minister": "министр обороны", "finance minister": "министр финансов",
    "secretary of state": "государственный секретарь", "foreign secretary": "министр иностранных дел",
    "chancellor": "канцлер", "premier": "премьер",
}  # fmt: skip
_HOLDERS: Final = words("министр президент секретарь премьер премьер-министр посол канцлер")


def offices(text: str) -> Iterator[str]:
    """The offices that the words of a role name, English or Russian ones, without the country.

    >>> list(offices("foreign minister of Russia; президент"))
    ['министр иностранных дел', 'президент']
    """
    for office in english_words.offices(text.replace("secretary of state", "state secretary")):
        known = _OFFICES.get(office)
        if known is not None:
            yield known
    for piece in re.split(r"[;,]", text):
        plain = piece.strip()
        if plain and folded(plain.split()[0]) in _HOLDERS | {"генеральный", "первый", "государственный"}:
            yield plain


_CASES: Final = re.compile(
    r"(?:иями|ого|его|ому|ему|ыми|ими|ами|ями|иям|иях|ией|ием|ом|ем|ём|ам|ям|ах|ях|ой|ей|ым|им|ых|их|ые|ие|ый|ий|ая|яя|ую|юю|ою"
    r"|ое|ее|ия|ии|ию|[аяуюоеыийь])$"
)
_LAND: Final = re.compile(r"(?:ия|ии|ию|ией)$")
_UNCHANGED: Final = re.compile(r"(?<!ств)(?<![еоё]в)[оэуию]$")


def _stripped(word: str) -> str:
    """A name without its ending; at least three letters: Москва, Москвой → Москв."""
    found = _CASES.search(word)
    return word if found is None or found.start() < 3 else word[: found.start()]


def _of_land(word: str) -> tuple[str, ...]:
    """A name that may be one in -ия without what its case changes: Нигерии → Нигери, and not Нигер."""
    found = _LAND.search(word)
    return () if found is None else (word[: found.start() + 1],)


@lru_cache(maxsize=1 << 14)
def listed(word: str) -> str:
    """How a word of a name is kept: lower-case words by their lemma, names by their stem; those that no case changes whole."""
    plain = word.replace("’", "'").replace("ё", "е").replace("Ё", "Е")
    if plain == plain.lower():
        return lemma_of(plain)
    if plain.isupper() or _UNCHANGED.search(plain):
        return plain
    return next(iter(_of_land(plain)), "") if plain.endswith("ия") else _stripped(plain)


@lru_cache(maxsize=1 << 15)
def _every(word: str) -> tuple[str, ...]:
    plain = cyrillic(word).replace("’", "'").replace("ё", "е").replace("Ё", "Е")
    if plain.isupper():  # an abbreviation, or a name in a headline
        shown = plain.capitalize()
        return (plain, *_every(shown)) if len(plain) > 3 and not shown.isupper() else (plain,)
    if plain == plain.lower():
        return (lemma_of(plain),)
    shorter = (plain[:-1],) if plain.endswith(("ая", "ее")) else ()  # of Китай and Корея, and not of Толстая
    return tuple(dict.fromkeys((plain, *_of_land(plain), _stripped(plain), *shorter, lemma_of(plain))))


def spelled(word: str, form: Form) -> tuple[str, ...]:
    """The forms under which a word of a text may be kept, whatever it is; the head of a sentence gives small ones a capital."""
    return _every(word)


_DENIALS: Final[Mapping[str, str]] = {
    "доверие": "недоверие недоверять подозрительность",
    "доверять": "недоверие недоверять",
    "надежный": "ненадежный",
    "угроза": "безобидный",
    "дружественный": "недружественный враждебный",
    "миролюбивый": "милитаризм милитаристский агрессивный воинственный реваншистский реваншизм",
    "демократический": "недемократический авторитарный",
    "сильный": "слабый слабость",
}
"""Words of qualities, and those that say the reverse of them."""

RUSSIAN: Final = Lexicon(
    verbs=VERBS, adjectives=ADJECTIVES, nouns=NOUNS, two_ways=TWO_WAYS, yielding=YIELDING, resisting=RESISTING,
    transparent=TRANSPARENT, linking=LINKING, being=words("быть иметь"), folk="народ", layers=LAYERS, spoken=SPOKEN,
    members=MEMBERS, person=HE, thing=HE | {"оно"}, many=MANY, joining=words("и"), possible=POSSIBLE,
    probable=PROBABLE, reported=REPORTED, extents=EXTENTS, shares=SHARES, percent=words("процент %"),
    opposites={_bare(word): tuple(map(_bare, others.split())) for word, others in _DENIALS.items()},
    strong=STRONG, denying=DENYING, toward=("к", "dat", "перед", "против", "по"), empty=EMPTY, stem=stem, offices=offices,
    countries=countries, listed=listed, spelled=spelled, times=times_in, states=words("страна государство республика"),
    these=words("этот данный"), speaker=SPEAKER, inclusive=words("все весь оба вместе каждый"), home=HOME,
    hindering=HINDERING, meanwhile=MEANWHILE, ending=TAKING_AWAY, aside=frozenset({"acl:relcl"}), modifying=words("amod"),
    strangers=STRANGERS,
)  # fmt: skip
"""All of them, as the coder takes them."""
