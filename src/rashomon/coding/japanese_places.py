"""Countries as Japanese speaks of them; those of :mod:`rashomon.coding.places` that Japanese sources speak of most.

Facts of common knowledge, written for this project. Names in other languages come from there, by the country's code. There are
no words for peoples: "日本人" is "日本" and "人", which is the public.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Final

from rashomon.coding import places
from rashomon.coding.places import Country


@cache
def countries() -> tuple[Country, ...]:
    """All countries of the table; the English names stand after the Japanese ones."""
    return tuple(_read())


def _read() -> Iterator[Country]:
    english = {country.code: country.names for country in places.countries()}
    for line in _TABLE.strip().splitlines():
        code, names, capitals = line.split("|")
        yield Country(code, (*names.split(","), *english[code]), (), tuple(capitals.split(",")))


_TABLE: Final = """
AFG|アフガニスタン|カブール
ARG|アルゼンチン|ブエノスアイレス
ARM|アルメニア|エレバン
AUS|オーストラリア,豪州|キャンベラ
AUT|オーストリア|ウィーン
AZE|アゼルバイジャン|バクー
BLR|ベラルーシ,白ロシア|ミンスク
BEL|ベルギー|ブリュッセル
BRA|ブラジル|ブラジリア
BGR|ブルガリア|ソフィア
CAN|カナダ|オタワ
CHN|中国,中華人民共和国,中共|北京
CUB|キューバ|ハバナ
CZE|チェコ,チェコスロバキア|プラハ
DNK|デンマーク|コペンハーゲン
EGY|エジプト|カイロ
EST|エストニア|タリン
FIN|フィンランド|ヘルシンキ
FRA|フランス,仏国|パリ
GEO|ジョージア,グルジア|トビリシ
DEU|ドイツ,西ドイツ,ドイツ連邦共和国|ベルリン,ボン
DDR|東ドイツ,ドイツ民主共和国|東ベルリン
GRC|ギリシャ,ギリシア|アテネ
HUN|ハンガリー|ブダペスト
IND|インド|ニューデリー
IDN|インドネシア|ジャカルタ
IRN|イラン|テヘラン
IRQ|イラク|バグダッド
ISR|イスラエル|エルサレム
ITA|イタリア|ローマ
JPN|日本,日本国|東京,永田町,霞が関
KAZ|カザフスタン|アルマトイ
PRK|北朝鮮,朝鮮民主主義人民共和国|平壌,ピョンヤン
KOR|韓国,大韓民国,南朝鮮|ソウル
LVA|ラトビア|リガ
LTU|リトアニア|ビリニュス
MEX|メキシコ|メキシコシティー
MNG|モンゴル,外蒙古|ウランバートル
NLD|オランダ|ハーグ,アムステルダム
NOR|ノルウェー|オスロ
PAK|パキスタン|イスラマバード
PHL|フィリピン|マニラ
POL|ポーランド|ワルシャワ
PRT|ポルトガル|リスボン
ROU|ルーマニア|ブカレスト
RUS|ロシア,ロシア連邦,露国|モスクワ,クレムリン
SUN|ソ連,ソビエト連邦,ソヴィエト連邦,ソビエト,ソヴィエト,ソ同盟,蘇連|モスクワ,クレムリン
SAU|サウジアラビア|リヤド
SRB|セルビア,ユーゴスラビア|ベオグラード
ESP|スペイン|マドリード
SWE|スウェーデン|ストックホルム
CHE|スイス|ベルン
SYR|シリア|ダマスカス
TWN|台湾|台北
THA|タイ|バンコク
TUR|トルコ|アンカラ
UKR|ウクライナ|キーウ,キエフ
GBR|英国,イギリス,大英帝国|ロンドン
USA|米国,アメリカ,アメリカ合衆国,合衆国|ワシントン,ホワイトハウス
VNM|ベトナム|ハノイ
"""
