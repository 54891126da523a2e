"""Persons who are known for the state that they lead or led, and whose name no text explains.

Facts of common knowledge, written for this project. Each surname stands once, and none that is a usual word or first name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final


def leaders(language: str) -> Iterator[tuple[str, str]]:
    """Code of the state and name, in a language (en, ja, ru)."""
    table, column = {"en": (_TABLE, 1), "ru": (_TABLE, 2), "ja": (_JAPANESE, 1)}[language]
    for line in table.strip().splitlines():
        parts = line.split("|")
        yield from ((parts[0], name) for name in parts[column].split(","))


_TABLE: Final = """
AFG|Karzai,Ashraf Ghani|Карзай
ARM|Pashinyan,Sargsyan|Пашинян,Саргсян
ARM|Kocharyan,Ter-Petrosyan|Кочарян,Тер-Петросян
AZE|Aliyev|Алиев
AZE|Mammadyarov|Мамедъяров
BGR|Radev,Zhivkov|Радев,Живков
BLR|Lukashenko|Лукашенко
BLR|Tsikhanouskaya|Тихановская
BRA|Lula da Silva,Bolsonaro|Лула да Силва,Болсонару
CAN|Justin Trudeau|Трюдо
CHN|Xi Jinping,Hu Jintao,Jiang Zemin|Си Цзиньпин,Ху Цзиньтао,Цзян Цзэминь
CHN|Deng Xiaoping,Mao Zedong,Wang Yi|Дэн Сяопин,Мао Цзэдун,Ван И
CHN|Li Keqiang,Wen Jiabao,Zhou Enlai|Ли Кэцян,Вэнь Цзябао,Чжоу Эньлай
CUB|Fidel Castro|Кастро
CZE|Zeman,Havel|Земан,Гавел
DEU|Merkel,Scholz,Helmut Kohl,Steinmeier|Меркель,Шольц,Коль,Штайнмайер,Шрёдер,Аденауэр
DEU|Hitler,Ribbentrop,Bismarck,Honecker|Гитлер,Риббентроп,Бисмарк,Хонеккер
DEU|Willy Brandt,Genscher,Westerwelle,Baerbock,Schäuble|Брандт,Геншер,Вестервелле,Бербок,Шойбле
EGY|Mubarak,Nasser|Мубарак,Насер
EST|Ilves|Ильвес
EUU|von der Leyen,Borrell,Mogherini,Juncker,Barroso|фон дер Ляйен,Боррель,Могерини,Юнкер,Баррозу
EUU|Javier Solana,Van Rompuy|Солана,ван Ромпей
FRA|Macron,Sarkozy,Hollande,Chirac,Mitterrand,de Gaulle|Макрон,Саркози,Олланд,Ширак,Миттеран,де Голль
FRA|Clemenceau,Napoleon,Pompidou,Fabius|Клемансо,Наполеон,Помпиду,Фабиус
GBR|Thatcher,Churchill,Theresa May|Тэтчер,Черчилль,Тереза Мэй
GBR|Boris Johnson,Tony Blair,Starmer|Борис Джонсон,Блэр,Стармер,Кэмерон
GBR|Chamberlain,Anthony Eden,Lloyd George,Sunak|Чемберлен,Энтони Иден,Ллойд Джордж,Сунак
GEO|Saakashvili,Shevardnadze,Ivanishvili|Саакашвили,Иванишвили
GEO|Margvelashvili,Zourabichvili,Kobakhidze,Gamsakhurdia|Маргвелашвили,Зурабишвили,Кобахидзе,Гамсахурдия
GRC|Tsipras,Mitsotakis|Ципрас,Мицотакис
HUN|Orban,Orbán|Орбан
HUN|Szijjarto,Szijjártó|Сийярто
IND|Modi,Manmohan Singh|Моди
IND|Nehru,Indira Gandhi,Vajpayee,Jaishankar|Неру,Индира Ганди,Ваджпаи,Джайшанкар
IRN|Rouhani,Khamenei,Ahmadinejad,Khomeini,Zarif|Роухани,Хаменеи,Ахмадинежад,Хомейни,Зариф
IRN|Raisi,Araghchi,Khatami,Pezeshkian|Раиси,Аракчи,Хатами,Пезешкиан
IRQ|Saddam Hussein|Саддам Хусейн
ISR|Netanyahu,Ariel Sharon|Нетаньяху,Шарон
ISR|Olmert,Yitzhak Rabin,Golda Meir|Ольмерт,Ицхак Рабин,Голда Меир
ITA|Berlusconi,Meloni,Renzi|Берлускони,Мелони,Ренци
ITA|Mussolini,Draghi,Prodi,Salvini|Муссолини,Драги,Проди,Сальвини
JPN|Shinzo Abe,Koizumi,Hashimoto,Kishida|Абэ,Коидзуми,Хасимото,Кисида
JPN|Nakasone,Hatoyama,Obuchi|Накасонэ,Хатояма,Обути
KAZ|Nazarbayev,Tokayev|Назарбаев,Токаев
KGZ|Bakiyev,Akayev,Atambayev,Japarov|Бакиев,Акаев,Атамбаев,Жапаров
LBY|Gaddafi,Qaddafi|Каддафи
LTU|Grybauskaite,Grybauskaitė,Landsbergis,Nauseda|Грибаускайте,Ландсбергис,Науседа
LVA|Vike-Freiberga,Rinkevics|Вике-Фрейберга,Ринкевич
MDA|Maia Sandu,Dodon|Майя Санду,Додон
NATO|Stoltenberg,Rasmussen|Столтенберг,Расмуссен
NATO|Mark Rutte,de Hoop Scheffer|Рютте,Схеффер
PAK|Musharraf|Мушарраф
PAK|Bhutto|Бхутто
POL|Duda,Kaczynski,Kaczyński,Donald Tusk|Качиньский,Туск
POL|Kwasniewski,Walesa,Wałęsa,Komorowski,Sikorski,Morawiecki|Квасьневский,Валенса,Коморовский,Сикорский,Моравецкий
PRK|Kim Jong Un,Kim Jong-un,Kim Jong Il,Kim Il Sung|Ким Чен Ын,Ким Чен Ир,Ким Ир Сен
PSE|Arafat,Mahmoud Abbas|Арафат,Махмуд Аббас
ROU|Iohannis,Ceausescu,Basescu|Йоханнис,Чаушеску,Бэсеску
RUS|Putin,Lavrov,Medvedev,Yeltsin,Shoigu,Peskov,Primakov|Путин,Лавров,Медведев,Ельцин,Шойгу,Песков,Примаков,Захарова
RUS|Rogozin,Matviyenko,Naryshkin,Patrushev,Ryabkov|Рогозин,Матвиенко,Нарышкин,Патрушев,Рябков
RUS|Churkin,Nebenzya,Zhirinovsky,Volodin|Чуркин,Небензя,Жириновский,Володин
SAU|bin Salman|бин Салман
SRB|Vucic,Vučić,Milosevic|Вучич,Милошевич
SRB|Kostunica,Dacic,Dačić,Tadic|Коштуница,Дачич,Тадич
SUN|Gorbachev,Brezhnev,Khrushchev,Stalin,Gromyko|Горбачёв,Брежнев,Хрущёв,Сталин,Громыко
SUN|Lenin,Molotov,Andropov,Kosygin,Vyshinsky|Ленин,Молотов,Андропов,Косыгин,Вышинский
SVK|Fico|Фицо
SYR|Bashar al-Assad,Assad|Башар Асад,Асад
TJK|Rahmon|Рахмон
TKM|Niyazov,Berdimuhamedow|Ниязов,Бердымухамедов
TUR|Erdogan,Erdoğan,Davutoglu,Cavusoglu|Эрдоган,Давутоглу,Чавушоглу
TUR|Abdullah Gul,Hakan Fidan,Yildirim|Гюль,Хакан Фидан,Йылдырым
UKR|Zelensky,Zelenskyy,Poroshenko|Зеленский,Порошенко,Янукович
UKR|Yanukovych,Yushchenko,Tymoshenko|Ющенко,Тимошенко,Климкин,Кулеба
UKR|Kuchma,Yatsenyuk,Turchynov,Kravchuk,Avakov,Shmyhal|Кучма,Яценюк,Турчинов,Кравчук,Аваков,Шмыгаль
UNO|Guterres,Ban Ki-moon,Kofi Annan|Гутерреш,Пан Ги Мун,Кофи Аннан
USA|Obama,Trump,Biden,Bill Clinton,Reagan|Обама,Трамп,Байден,Клинтон,Рейган,Никсон,Киссинджер
USA|Nixon,Kissinger,John Kerry,Condoleezza Rice,Pompeo,Blinken|Керри,Помпео,Блинкен,Буш,Тиллерсон,Маккейн,Псаки
USA|Roosevelt,Truman,Eisenhower,John Kennedy|Рузвельт,Трумэн,Эйзенхауэр,Джон Кеннеди
USA|Colin Powell,Rumsfeld,Dick Cheney,Brzezinski,Albright|Колин Пауэлл,Рамсфельд,Чейни,Бжезинский,Олбрайт
USA|Nuland,McFaul,Mattis,Hillary Clinton|Нуланд,Макфол,Мэттис,Хиллари Клинтон
UZB|Mirziyoyev|Мирзиёев
VEN|Maduro,Chavez,Chávez|Мадуро,Чавес
"""

_JAPANESE: Final = """
AFG|カルザイ
ARG|ミレイ
ARM|パシニャン,サルキシャン
AUS|モリソン首相,アルバニージー,ターンブル,アボット首相,ハワード首相
AZE|アリエフ
BLR|ルカシェンコ
BRA|ルラ,ボルソナロ
CAN|トルドー
CAN|ハーパー首相,カーニー首相
CHN|習近平,胡錦濤,江沢民,鄧小平,毛沢東,王毅,周恩来,李克強,温家宝
CHN|李強,秦剛,毛寧,汪文斌,趙立堅,華春瑩,耿爽,洪磊,李肇星,唐家璇,楊潔篪,林剣
COL|ペトロ大統領
CUB|カストロ
CUB|ディアスカネル
CZE|ハベル,ゼマン
DEU|メルケル,ショルツ,シュタインマイヤー,シュレーダー
DEU|コール首相,ベアボック,メルツ首相,ヒトラー,リッベントロップ,アデナウアー
EGY|ムバラク,ナセル
EGY|シシ大統領,サダト
ETH|メレス首相,アビー首相
EUU|フォンデアライエン,ボレル,モゲリーニ,ユンケル,バローゾ,ソラナ
FIN|ニーニスト
FRA|マクロン,サルコジ,オランド,シラク,ミッテラン,ドゴール
FRA|ファビウス,ルドリアン,ナポレオン,ポンピドゥー
GBR|サッチャー,チャーチル,メイ首相,ボリス・ジョンソン,ブレア,スターマー,キャメロン
GBR|スナク,トラス首相,ジョンソン首相,ブラウン首相,チェンバレン
GEO|サアカシュビリ,シェワルナゼ,イワニシビリ
GEO|マルグベラシビリ,コバヒゼ
GRC|チプラス,ミツォタキス
HUN|オルバン
HUN|シーヤールトー
IDN|ユドヨノ,スカルノ,スハルト,ジョコ大統領
IND|モディ
IND|シン首相,ネルー,ジャイシャンカル,バジパイ
IRN|ロウハニ,ハメネイ,アフマディネジャド,ホメイニ,ザリフ
IRN|ライシ,ペゼシュキアン,アラグチ,ハタミ
IRQ|フセイン大統領,マリキ
IRQ|サダム・フセイン
ISR|ネタニヤフ,シャロン
ISR|オルメルト,ラビン首相,ガラント
ITA|ベルルスコーニ,メローニ,レンツィ
JPN|小泉純一郎,小泉首相,安倍晋三,安倍首相,岸田文雄,岸田首相,野田佳彦,菅義偉,石破茂,高市早苗,麻生太郎,福田康夫
JPN|鳩山由紀夫,中曽根康弘
JPN|岸田総理,岸田政権,岸田外相,安倍総理,安倍政権,小泉政権,菅首相,菅総理,石破首相,石破総理,高市首相,高市総理
JPN|野田首相,鳩山首相,福田首相,麻生首相,村山首相,橋本首相,中曽根首相,田中角栄,吉田茂,村山富市,橋本龍太郎
KAZ|ナザルバエフ,トカエフ
KOR|文在寅,朴槿恵,李明博,盧武鉉,金大中,尹錫悦,李在明
KOR|全斗煥,盧泰愚,金泳三,康京和,朴振,朴正煕,李承晩
LBY|カダフィ
LTU|ナウセーダ,ランズベルギス
MYS|マハティール
NATO|ストルテンベルグ,ルッテ
PAK|ムシャラフ
PAK|シャリフ首相,カーン首相,ザルダリ
PHL|ドゥテルテ,マルコス大統領,アキノ大統領
POL|ドゥダ,カチンスキ,トゥスク
POL|モラウィエツキ,シコルスキ
PRK|金正恩,金正日,金日成,金与正
PRK|李容浩,李洙墉,崔善姫,金永南
ROU|チャウシェスク
RUS|プーチン,ラブロフ,メドベージェフ,エリツィン,ショイグ,ペスコフ,プリマコフ,ザハロワ
RUS|リャブコフ,ガルージン,ネベンジャ,パトルシェフ,ミシュスチン,マトビエンコ
SAU|ムハンマド皇太子
SDN|バシル
SRB|ブチッチ,ミロシェビッチ
SUN|ゴルバチョフ,ブレジネフ,フルシチョフ,スターリン,グロムイコ
SYR|アサド
THA|タクシン
TUR|エルドアン,ダウトオール,チャブシオール
UKR|ゼレンスキー,ポロシェンコ,ヤヌコビッチ,ユシチェンコ,ティモシェンコ,クレバ
UKR|シュミハリ,レズニコフ,シビハ
UNO|グテレス,潘基文,アナン
USA|オバマ,トランプ,バイデン,クリントン,レーガン,ニクソン,キッシンジャー,ケリー,ライス,ポンペオ,ブリンケン,ブッシュ
USA|ティラーソン
USA|オルブライト,マティス,エスパー,オースティン国防長官,ボルトン,ケネディ大統領,トルーマン,アイゼンハワー,サリバン
USA|ルビオ,ヘグセス,ラムズフェルド,パウエル,ペンス,カーター大統領,ジョンソン大統領,ルーズベルト
VEN|マドゥロ,チャベス
VNM|ホー・チ・ミン
ZWE|ムガベ
"""
