"""Persons who are known for the state that they lead or led, and whose name no text explains.

Facts of common knowledge, written for this project. Each surname stands once, and none that is a usual word or first name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final


def leaders(language: str) -> Iterator[tuple[str, str]]:
    """Code of the state and name, in a language (en, ru)."""
    column = {"en": 1, "ru": 2}[language]
    for line in _TABLE.strip().splitlines():
        parts = line.split("|")
        yield from ((parts[0], name) for name in parts[column].split(","))


_TABLE: Final = """
AFG|Karzai,Ashraf Ghani|Карзай
ARM|Pashinyan,Sargsyan|Пашинян,Саргсян
AZE|Aliyev|Алиев
BLR|Lukashenko|Лукашенко
BRA|Lula da Silva,Bolsonaro|Лула да Силва,Болсонару
CAN|Justin Trudeau|Трюдо
CHN|Xi Jinping,Hu Jintao,Jiang Zemin|Си Цзиньпин,Ху Цзиньтао,Цзян Цзэминь
CHN|Deng Xiaoping,Mao Zedong,Wang Yi|Дэн Сяопин,Мао Цзэдун,Ван И
CUB|Fidel Castro|Кастро
DEU|Merkel,Scholz,Helmut Kohl,Steinmeier|Меркель,Шольц,Коль,Штайнмайер,Шрёдер,Аденауэр
EGY|Mubarak,Nasser|Мубарак,Насер
EUU|von der Leyen,Borrell,Mogherini,Juncker,Barroso|фон дер Ляйен,Боррель,Могерини,Юнкер,Баррозу
FRA|Macron,Sarkozy,Hollande,Chirac,Mitterrand,de Gaulle|Макрон,Саркози,Олланд,Ширак,Миттеран,де Голль
GBR|Thatcher,Churchill,Theresa May|Тэтчер,Черчилль,Тереза Мэй
GBR|Boris Johnson,Tony Blair,Starmer|Борис Джонсон,Блэр,Стармер,Кэмерон
GEO|Saakashvili,Shevardnadze,Ivanishvili|Саакашвили,Иванишвили
GRC|Tsipras,Mitsotakis|Ципрас,Мицотакис
HUN|Orban,Orbán|Орбан
IND|Modi,Manmohan Singh|Моди
IRN|Rouhani,Khamenei,Ahmadinejad,Khomeini,Zarif|Роухани,Хаменеи,Ахмадинежад,Хомейни,Зариф
IRQ|Saddam Hussein|Саддам Хусейн
ISR|Netanyahu,Ariel Sharon|Нетаньяху,Шарон
ITA|Berlusconi,Meloni,Renzi|Берлускони,Мелони,Ренци
JPN|Shinzo Abe,Koizumi,Hashimoto,Kishida|Абэ,Коидзуми,Хасимото,Кисида
KAZ|Nazarbayev,Tokayev|Назарбаев,Токаев
LBY|Gaddafi,Qaddafi|Каддафи
NATO|Stoltenberg,Rasmussen|Столтенберг,Расмуссен
PAK|Musharraf|Мушарраф
POL|Duda,Kaczynski,Kaczyński,Donald Tusk|Качиньский,Туск
PRK|Kim Jong Un,Kim Jong-un,Kim Jong Il,Kim Il Sung|Ким Чен Ын,Ким Чен Ир,Ким Ир Сен
RUS|Putin,Lavrov,Medvedev,Yeltsin,Shoigu,Peskov,Primakov|Путин,Лавров,Медведев,Ельцин,Шойгу,Песков,Примаков,Захарова
SAU|bin Salman|бин Салман
SRB|Vucic,Vučić,Milosevic|Вучич,Милошевич
SUN|Gorbachev,Brezhnev,Khrushchev,Stalin,Gromyko|Горбачёв,Брежнев,Хрущёв,Сталин,Громыко
SYR|Bashar al-Assad,Assad|Башар Асад,Асад
TUR|Erdogan,Erdoğan,Davutoglu,Cavusoglu|Эрдоган,Давутоглу,Чавушоглу
UKR|Zelensky,Zelenskyy,Poroshenko|Зеленский,Порошенко,Янукович
UKR|Yanukovych,Yushchenko,Tymoshenko|Ющенко,Тимошенко,Климкин,Кулеба
UNO|Guterres,Ban Ki-moon,Kofi Annan|Гутерреш,Пан Ги Мун,Кофи Аннан
USA|Obama,Trump,Biden,Bill Clinton,Reagan|Обама,Трамп,Байден,Клинтон,Рейган,Никсон,Киссинджер
USA|Nixon,Kissinger,John Kerry,Condoleezza Rice,Pompeo,Blinken|Керри,Помпео,Блинкен,Буш,Тиллерсон,Маккейн,Псаки
VEN|Maduro,Chavez,Chávez|Мадуро,Чавес
"""
