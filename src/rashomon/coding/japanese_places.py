"""Countries as Japanese speaks of them, all of :mod:`rashomon.coding.places`, and the unions of states.

Facts of common knowledge, written for this project. Names in other languages come from there, by the country's code. There are
no words for peoples: "日本人" is "日本" and "人", which is the public.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal

from rashomon.coding import places
from rashomon.coding.places import Country, in_language

Leaning = Literal["", "toward", "visiting", "within", "against", "for"]
"""How a word stands to the states whose letters are in it: "日露", "対ロ", "訪中", "在英", "反日", "親米"."""


@cache
def countries() -> tuple[Country, ...]:
    """All countries of the table; the English names stand after the Japanese ones."""
    return in_language(_TABLE, places.countries())


@cache
def unions() -> tuple[Country, ...]:
    """Unions of states that act as one, as :func:`rashomon.coding.places.unions`."""
    return in_language(_UNIONS, places.unions())


_TABLE: Final = """
AFG|アフガニスタン,アフガン|カブール
ALB|アルバニア|ティラナ
DZA|アルジェリア|アルジェ
AND|アンドラ|
AGO|アンゴラ|ルアンダ
ATG|アンティグア・バーブーダ|
ARG|アルゼンチン|ブエノスアイレス
ARM|アルメニア|エレバン
AUS|オーストラリア,豪州|キャンベラ
AUT|オーストリア|ウィーン
AZE|アゼルバイジャン|バクー
BHS|バハマ|ナッソー
BHR|バーレーン|マナマ
BGD|バングラデシュ|ダッカ
BRB|バルバドス|
BLR|ベラルーシ,白ロシア|ミンスク
BEL|ベルギー|
BLZ|ベリーズ|
BEN|ベナン|コトヌー
BTN|ブータン|ティンプー
BOL|ボリビア|ラパス
BIH|ボスニア,ボスニア・ヘルツェゴビナ|サラエボ
BWA|ボツワナ|ハボローネ
BRA|ブラジル|ブラジリア
GBR|英国,イギリス,大英帝国|ロンドン,ダウニング街
BRN|ブルネイ|
BGR|ブルガリア|ソフィア
BFA|ブルキナファソ|ワガドゥグー
MMR|ミャンマー,ビルマ|ヤンゴン,ネピドー,ラングーン
BDI|ブルンジ|ブジュンブラ
KHM|カンボジア|プノンペン
CMR|カメルーン|ヤウンデ
CAN|カナダ|オタワ
CPV|カーボベルデ|
CAF|中央アフリカ,中央アフリカ共和国|バンギ
TCD|チャド|ンジャメナ
CHL|チリ|サンティアゴ
CHN|中国,中華人民共和国,中共|北京,中南海,人民解放軍
COL|コロンビア|ボゴタ
COM|コモロ|
COD|コンゴ,コンゴ民主共和国,ザイール|キンシャサ
COG|コンゴ共和国|ブラザビル
CRI|コスタリカ|サンホセ
HRV|クロアチア|ザグレブ
CUB|キューバ|ハバナ
CYP|キプロス|ニコシア
CZE|チェコ,チェコスロバキア|プラハ
DNK|デンマーク|コペンハーゲン
DJI|ジブチ|
DMA|ドミニカ国|
DOM|ドミニカ共和国|サントドミンゴ
DDR|東ドイツ,東独,ドイツ民主共和国|東ベルリン
TLS|東ティモール|ディリ
ECU|エクアドル|キト
EGY|エジプト|カイロ
SLV|エルサルバドル|サンサルバドル
GNQ|赤道ギニア|マラボ
ERI|エリトリア|アスマラ
EST|エストニア|タリン
ETH|エチオピア|アディスアベバ
FJI|フィジー|スバ
FIN|フィンランド|ヘルシンキ
FRA|フランス,仏国|パリ,エリゼ宮
GAB|ガボン|リーブルビル
GMB|ガンビア|バンジュール
GEO|ジョージア,グルジア|トビリシ
DEU|ドイツ,西ドイツ,西独,ドイツ連邦共和国|ベルリン,ボン
GHA|ガーナ|アクラ
GRC|ギリシャ,ギリシア|アテネ
GRD|グレナダ|
GTM|グアテマラ|グアテマラシティー
GIN|ギニア|コナクリ
GNB|ギニアビサウ|ビサウ
GUY|ガイアナ|ジョージタウン
HTI|ハイチ|ポルトープランス
HND|ホンジュラス|テグシガルパ
HUN|ハンガリー|ブダペスト
ISL|アイスランド|レイキャビク
IND|インド|ニューデリー
IDN|インドネシア|ジャカルタ
IRN|イラン,ペルシャ|テヘラン
IRQ|イラク|バグダッド
IRL|アイルランド|ダブリン
ISR|イスラエル|エルサレム,テルアビブ
ITA|イタリア|ローマ
CIV|コートジボワール,象牙海岸|アビジャン
JAM|ジャマイカ|キングストン
JPN|日本,日本国|東京,永田町,霞が関,自衛隊,海上保安庁
JOR|ヨルダン|アンマン
KAZ|カザフスタン|アルマトイ,アスタナ
KEN|ケニア|ナイロビ
KIR|キリバス|
XKX|コソボ|プリシュティナ
KWT|クウェート|
KGZ|キルギス,キルギスタン|ビシケク
LAO|ラオス|ビエンチャン
LVA|ラトビア|リガ
LBN|レバノン|ベイルート
LSO|レソト|マセル
LBR|リベリア|モンロビア
LBY|リビア|トリポリ
LIE|リヒテンシュタイン|
LTU|リトアニア|ビリニュス
LUX|ルクセンブルク|
MKD|北マケドニア,マケドニア|スコピエ
MDG|マダガスカル|アンタナナリボ
MWI|マラウイ|リロングウェ
MYS|マレーシア|クアラルンプール
MDV|モルディブ|
MLI|マリ|バマコ
MLT|マルタ|バレッタ
MHL|マーシャル諸島|
MRT|モーリタニア|ヌアクショット
MUS|モーリシャス|
MEX|メキシコ|メキシコシティー
FSM|ミクロネシア,ミクロネシア連邦|
MDA|モルドバ,モルドヴァ|キシナウ
MCO|モナコ|
MNG|モンゴル,外蒙古|ウランバートル
MNE|モンテネグロ|ポドゴリツァ
MAR|モロッコ|ラバト
MOZ|モザンビーク|マプト
NAM|ナミビア|ウィントフーク
NRU|ナウル|
NPL|ネパール|カトマンズ
NLD|オランダ|ハーグ,アムステルダム
NZL|ニュージーランド|ウェリントン
NIC|ニカラグア|マナグア
NER|ニジェール|ニアメ
NGA|ナイジェリア|アブジャ
PRK|北朝鮮,朝鮮民主主義人民共和国|平壌,ピョンヤン
NOR|ノルウェー|オスロ
OMN|オマーン|マスカット
PAK|パキスタン|イスラマバード
PLW|パラオ|
PSE|パレスチナ|ラマラ,ガザ
PAN|パナマ|
PNG|パプアニューギニア|ポートモレスビー
PRY|パラグアイ|アスンシオン
PER|ペルー|リマ
PHL|フィリピン|マニラ
POL|ポーランド|ワルシャワ
PRT|ポルトガル|リスボン
QAT|カタール|ドーハ
ROU|ルーマニア|ブカレスト
RUS|ロシア,ロシア連邦,露国|モスクワ,クレムリン
RWA|ルワンダ|キガリ
KNA|セントクリストファー・ネービス|
LCA|セントルシア|
VCT|セントビンセント・グレナディーン|
WSM|サモア|
SMR|サンマリノ|
STP|サントメ・プリンシペ|
SAU|サウジアラビア,サウジ|リヤド
SEN|セネガル|ダカール
SRB|セルビア,ユーゴスラビア,ユーゴ|ベオグラード
SYC|セーシェル|
SLE|シエラレオネ|フリータウン
SGP|シンガポール|
SVK|スロバキア|ブラチスラバ
SVN|スロベニア|リュブリャナ
SLB|ソロモン諸島|ホニアラ
SOM|ソマリア|モガディシュ
ZAF|南アフリカ,南アフリカ共和国,南ア|プレトリア
KOR|韓国,大韓民国,南朝鮮|ソウル,青瓦台
SSD|南スーダン|ジュバ
SUN|ソ連,ソビエト連邦,ソヴィエト連邦,ソビエト,ソヴィエト,ソ同盟,蘇連|モスクワ,クレムリン
ESP|スペイン|マドリード
LKA|スリランカ,セイロン|コロンボ
SDN|スーダン|ハルツーム
SUR|スリナム|パラマリボ
SWZ|エスワティニ,スワジランド|ムババーネ
SWE|スウェーデン|ストックホルム
CHE|スイス|ベルン
SYR|シリア|ダマスカス
TWN|台湾,中華民国|台北
TJK|タジキスタン|ドゥシャンベ
TZA|タンザニア|ダルエスサラーム,ドドマ
THA|タイ|バンコク
TGO|トーゴ|ロメ
TON|トンガ|
TTO|トリニダード・トバゴ|
TUN|チュニジア|チュニス
TUR|トルコ|アンカラ
TKM|トルクメニスタン|アシガバート
TUV|ツバル|
UGA|ウガンダ|カンパラ
UKR|ウクライナ|キーウ,キエフ
ARE|アラブ首長国連邦,UAE|アブダビ
USA|米国,アメリカ,アメリカ合衆国,合衆国|ワシントン,ホワイトハウス,ペンタゴン,国防総省,国務省
URY|ウルグアイ|モンテビデオ
UZB|ウズベキスタン|タシケント
VUT|バヌアツ|
VAT|バチカン,教皇庁,法王庁|
VEN|ベネズエラ|カラカス
VNM|ベトナム,越南|ハノイ
YEM|イエメン|サヌア,アデン
ZMB|ザンビア|ルサカ
ZWE|ジンバブエ|ハラレ
"""

_UNIONS: Final = """
EUU|EU,欧州連合,欧州|ブリュッセル,欧州委員会,欧州議会
NATO|NATO,北大西洋条約機構|
UNO|国連,国際連合|安保理,安全保障理事会
"""

_LETTERS: Final[Mapping[str, str]] = {
    "日": "JPN", "米": "USA", "中": "CHN", "韓": "KOR", "朝": "PRK", "露": "RUS", "ロ": "RUS", "ソ": "SUN", "英": "GBR",
    "仏": "FRA", "独": "DEU", "印": "IND", "豪": "AUS", "加": "CAN", "伊": "ITA", "台": "TWN", "越": "VNM", "比": "PHL",
    "パ": "PAK", "欧": "EUU",
}  # fmt: skip
"""States by one letter, as headlines have them."""
_TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {"南北": ("KOR", "PRK"), "両岸": ("CHN", "TWN")}
_OTHERWISE: Final = frozenset({"朝日", "中米", "中欧", "仏印", "台中", "対比", "反比", "在中", "露台"})
"""What such letters mean that stand for no states: a newspaper, parts of the world, a city, a contrast, a balcony."""
_ALONE: Final = frozenset("米英仏独露韓豪伊")
"""Those that stand alone, before a noun ("米大統領") or an army ("米軍")."""
_BODIES: Final = frozenset({"軍", "側", "紙", "兵", "艦"})
PREFIXES: Final[Mapping[str, Leaning]] = {
    "対": "toward", "訪": "visiting", "在": "within", "駐": "within", "反": "against", "嫌": "against", "抗": "against",
    "排": "against", "侮": "against", "親": "for", "知": "for",
}  # fmt: skip
"""What stands before the letter or the name of a state, and how it makes its word stand to it."""


def lettered(word: str) -> tuple[Leaning, tuple[str, ...]]:
    """The states of a word that letters for them make, and how it stands to them; () where it is no such word.

    >>> lettered("日米韓"), lettered("対ロ"), lettered("米軍")
    (('', ('JPN', 'USA', 'KOR')), ('toward', ('RUS',)), ('', ('USA',)))
    """
    leaning = PREFIXES.get(word[:1], "")
    rest = word[1:] if leaning else word[:-1] if word[:1] in _ALONE and word[1:] in _BODIES else word
    codes = _TOGETHER.get(word) or tuple(_LETTERS.get(letter, "") for letter in rest)
    told = all(codes) and word not in _OTHERWISE and (len(rest) > 1 or rest != word)
    return (leaning, codes) if codes and told else ("", ())


def alone(word: str) -> str:
    """The state of one letter that may stand alone, "" of any other word."""
    return _LETTERS[word] if word in _ALONE else ""
