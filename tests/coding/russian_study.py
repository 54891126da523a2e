"""The study of the dam with Russian wordings, and sentences of it with what they say. All invented."""

from __future__ import annotations

import tomllib
from typing import Any, Final

from coding_study import DECLARED

from rashomon.study import Declared

_ALIASES: Final = {
    "berg": ["Анна Берг", "Берг"],
    "dahl": ["Оле Даль", "Даль"],
    "costa": ["Руи Кошта", "Кошта"],
    "norwegian-press": ["норвежская пресса"],
}
_EXAMPLES: Final = {
    "dam": ["плотина"],
    "fishing": ["право на рыболовство", "рыболовные права"],
    "threat": ["угроза", "опасность"],
    "trustworthy": ["надёжный", "доверять"],
}
_POSITIONS: Final = {
    "razed": ["снести плотину", "снос плотины"],
    "shared": ["делить плотину", "совместное использование"],
}


def declared() -> Declared:
    """The declaration of the dam, each name and topic with its Russian wordings."""
    study: dict[str, Any] = tomllib.loads(DECLARED)
    for actor in study["actor"]:
        actor["aliases"] = [*actor.get("aliases", ()), *_ALIASES.get(actor["id"], ())]
    for topic in (*study["issue"], *study["quality"]):
        topic["examples"] = [*topic["examples"], *_EXAMPLES[topic["id"]]]
    for position in (place for issue in study["issue"] for place in issue["positions"]):
        position["examples"] = [*position.get("examples", ()), *_POSITIONS.get(position["id"], ())]
    return Declared.model_validate(study)


SENTENCES: Final = [
    # verbs of mind with a clause, an object, a preposition
    ("Осло опасался, что Лиссабон хочет снести плотину.", "norway > portugal", "fears > wants", "dam", "razed"),
    ("Норвегия хотела плотину.", "norway", "wants", "dam", ""),
    ("Кошта считал, что Берг отвергает совместное использование плотины.", "costa > berg", "believes > rejects", "dam", "shared"),
    ("Берг потребовала снести плотину.", "berg", "demands", "dam", "razed"),
    ("Берг требовала сноса плотины.", "berg", "demands", "dam", "razed"),
    ("Кошта предложил совместное использование плотины.", "costa", "proposes", "dam", "shared"),
    ("Кошта выступал за снос плотины.", "costa", "wants", "dam", "razed"),
    ("Кошта выступает против сноса плотины.", "costa", "rejects", "dam", "razed"),
    ("Берг настаивала на сносе плотины.", "berg", "demands", "dam", "razed"),
    ("Берг согласилась на совместное использование плотины.", "berg", "accepts", "dam", "shared"),
    ("Кошта отказался обсуждать плотину.", "costa", "rejects", "dam", ""),
    ("Кошта отказался от плотины.", "costa", "rejects", "dam", ""),
    ("Берг надеялась, что плотина будет снесена.", "berg", "wants", "dam", "razed"),
    ("Даль намеревался снести плотину.", "dahl", "intends", "dam", "razed"),
    ("Даль поддержал снос плотины.", "dahl", "accepts", "dam", "razed"),
    ("Кошта отверг совместное использование плотины.", "costa", "rejects", "dam", "shared"),
    ("Берг обещала делить плотину.", "berg", "accepts", "dam", "shared"),
    ("Кошта потребовал права на рыболовство.", "costa", "demands", "fishing", ""),
    ("Берг добивалась рыболовных прав.", "berg", "wants", "fishing", ""),
    ("Берг избегала вопроса о плотине.", "berg", "avoids", "dam", ""),
    ("Берг игнорировала плотину.", "berg", "overlooks", "dam", ""),
    # negation
    ("Берг не хотела плотину.", "berg", "not wants", "dam", ""),
    ("Берг не считала, что Кошта принял плотину.", "berg > costa", "not believes > accepts", "dam", ""),
    ("Кошта не согласился на снос плотины.", "costa", "not accepts", "dam", "razed"),
    ("Берг не была готова принять плотину.", "berg", "not accepts", "dam", ""),
    # adjectives and short participles
    ("Берг была готова делить плотину.", "berg", "accepts", "dam", "shared"),
    ("Норвегия готова к сносу плотины.", "norwegian-government", "accepts", "dam", "razed"),
    ("Берг была уверена в том, что Кошта уступит плотину.", "berg > costa", "believes > accepts", "dam", ""),
    ("Кошта намерен снести плотину.", "costa", "intends", "dam", "razed"),
    ("Кошта заинтересован в рыболовных правах.", "costa", "wants", "fishing", ""),
    ("Берг была против сноса плотины.", "berg", "rejects", "dam", "razed"),
    ("Лиссабон обеспокоен тем, что Осло может снести плотину.",
     "portugal > norwegian-government", "fears > intends", "dam", "razed"),
    # nouns
    ("Требование Кошты о сносе плотины осталось без ответа.", "costa", "demands", "dam", "razed"),
    ("Берг отвергла требование Кошты снести плотину.", "costa", "demands", "dam", "razed"),
    ("Отказ Кошты обсуждать плотину был известен.", "costa", "rejects", "dam", ""),
    ("Норвежское требование о сносе плотины удивило многих.", "norwegian-government", "demands", "dam", "razed"),
    ("Согласие Берг на совместное использование плотины удивило Кошту.", "berg", "accepts", "dam", "shared"),
    ("Кошта выразил надежду на снос плотины.", "costa", "wants", "dam", "razed"),
    ("Кошта выразил надежду, что плотина будет снесена.", "costa", "wants", "dam", "razed"),
    ("Берг подтвердила своё требование о сносе плотины.", "berg", "demands", "dam", "razed"),
    ("Цель Кошты — снос плотины.", "costa", "wants", "dam", "razed"),
    ("Цель Берг заключалась в том, чтобы снести плотину.", "berg", "wants", "dam", "razed"),
    ("Берг заявила о готовности делить плотину.", "berg", "accepts", "dam", "shared"),
    # turns of attribution, quotation
    ("По мнению Кошты, Осло хочет плотину.", "costa > norway", "believes > wants", "dam", ""),
    ("По словам Кошты, Осло требует снести плотину.", "costa > norwegian-government", "asserts > demands", "dam", "razed"),
    ("С точки зрения Берг, Лиссабон не хочет плотину.", "berg > portugal", "believes > not wants", "dam", ""),
    ("Как заявил Кошта, Берг отвергла снос плотины.", "costa > berg", "asserts > rejects", "dam", "razed"),
    ("Осло, считает Кошта, хочет плотину.", "costa > norway", "believes > wants", "dam", ""),
    ("«Мы отвергаем снос плотины», — заявил Кошта.", "costa", "rejects", "dam", "razed"),
    ("Кошта заявил: «Мы хотим плотину».", "costa", "wants", "dam", ""),
    ("Берг сказала, что плотина старая.", "berg", "asserts", "dam", ""),
    ("Берг настаивала, чтобы плотину снесли.", "berg", "demands", "dam", "razed"),
    ("Кошта потребовал, чтобы Осло снёс плотину.", "costa", "demands", "dam", "razed"),
    ("Кошта заявил, что он хочет плотину.", "costa", "wants", "dam", ""),
    ("Берг полагала, что Кошта думает, что Осло хочет плотину.",
     "berg > costa > norway", "believes > believes > wants", "dam", ""),
    ("В Осло полагали, что Лиссабон хочет плотину.", "norway > portugal", "believes > wants", "dam", ""),
    # passive, control, converbs, relative clauses, coordination
    ("Снос плотины был отвергнут Коштой.", "costa", "rejects", "dam", "razed"),
    ("Берг призвала Кошту снести плотину.", "berg", "demands", "dam", "razed"),
    ("Кошта, который хотел плотину, приехал в Осло.", "costa", "wants", "dam", ""),
    ("Приехав в Осло, Кошта потребовал плотину.", "costa", "demands", "dam", ""),
    ("Кошта приехал и потребовал снести плотину.", "costa", "demands", "dam", "razed"),
    ("Опасаясь сноса плотины, Кошта молчал.", "costa", "fears", "dam", "razed"),
    ("Анна Берг приехала. Она хотела плотину.", "berg", "wants", "dam", ""),
    ("Норвегия и Португалия хотели плотину.", "portugal", "wants", "dam", ""),
    ("Берг заявила, что не намерена сносить плотину.", "berg", "not intends", "dam", "razed"),
    ("Нежелание Кошты обсуждать плотину раздражало норвежцев.", "costa", "rejects", "dam", ""),
    ("Лиссабон не мог допустить, чтобы плотину снесли.", "portugal", "not accepts", "dam", "razed"),
    ("Кошту тревожило, что Осло хочет плотину.", "costa > norway", "fears > wants", "dam", ""),
    ("Плотина отвергалась правительством Норвегии.", "norwegian-government", "rejects", "dam", ""),
    ("Берг дала понять, что хочет плотину.", "berg", "wants", "dam", ""),
    ("Берг настаивала на том, что плотина старая.", "berg", "asserts", "dam", ""),
    ("Берг хотелось делить плотину.", "berg", "wants", "dam", "shared"),
    # actors: offices, layers, peoples, shares
    ("В 1985 году министр иностранных дел Норвегии потребовал плотину.", "berg", "demands", "dam", ""),
    ("В 1990 г. норвежский министр иностранных дел Даль потребовал плотину.", "dahl", "demands", "dam", ""),
    ("В 1980 году Лиссабон потребовал плотину.", "old-regime", "demands", "dam", ""),
    ("Большинство португальцев хотело плотину.", "portuguese-public", "wants", "dam", ""),
    ("Большинство граждан Португалии хотело плотину.", "portuguese-public", "wants", "dam", ""),
    ("Норвежская пресса требовала сноса плотины.", "norwegian-press", "demands", "dam", "razed"),
    ("Португальцы считали, что плотина старая.", "portuguese-public", "believes", "dam", ""),
    ("Позиция Лиссабона исходила из того, что Норвегия хочет плотину.", "portugal > norway", "believes > wants", "dam", ""),
    # qualities
    ("Норвежская пресса считала Португалию угрозой.", "norwegian-press", "believes", "portugal:threat", "positive"),
    ("Кошта видел в Норвегии угрозу.", "costa", "believes", "norway:threat", "positive"),
    ("Берг считала, что Португалия не представляет угрозы.", "berg", "believes", "portugal:threat", "negative"),
    ("Кошта рассматривал Норвегию как угрозу.", "costa", "believes", "norway:threat", "positive"),
    ("Берг не доверяла Португалии.", "berg", "believes", "portugal:trustworthy", "negative"),
    # what real news showed
    ("Кошта договорился с Берг о сносе плотины.", "costa", "accepts", "dam", "razed"),
    ("Берг считает неприемлемым снос плотины.", "berg", "rejects", "dam", "razed"),
    ("Кошта счёл необходимым снос плотины.", "costa", "wants", "dam", "razed"),
    ("Кошта намерен отменить снос плотины.", "costa", "intends", "dam", ""),
    ("В Осло было принято решение о сносе плотины.", "norwegian-government", "intends", "dam", "razed"),
    ("Берг подтвердила, что плотина старая.", "berg", "asserts", "dam", ""),
    ("Берг обвинила Кошту в том, что он снёс плотину.", "berg", "asserts", "dam", "razed"),
    ("Берг хочет не допустить сноса плотины.", "berg", "avoids", "dam", ""),
    ("Кошта пригрозил снести плотину.", "costa", "intends", "dam", "razed"),
    ("Кошта пригрозил Норвегии сносом плотины.", "costa", "intends", "dam", "razed"),
    ("Норвегия проголосовала за снос плотины.", "norwegian-government", "accepts", "dam", "razed"),
]  # fmt: skip
"""Text, path, verbs, topic and stance of a statement that the sentence makes."""

SILENT: Final = [
    "Если бы Берг хотела плотину, всё было бы потеряно.",
    "Хочет ли Берг плотину?",
    "Берг хотела новую шляпу.",
    "Кто-то хотел плотину.",
    "Кошту попросили принять плотину.",
    "Это не значило, что Кошта хочет плотину.",
    "Эксперты утверждали, что Кошта хочет плотину.",
    "Советники Анны Берг потребовали плотину.",
    "Министр иностранных дел потребовал плотину.",
    "Берг должна признать плотину.",
    "Кошта предложил ловить рыбу без плотины.",
    "Кошта заключил договор, чтобы построить плотину.",
]
"""Sentences that make no statement, or none whose holder is sure."""
