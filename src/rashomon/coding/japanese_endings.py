"""What hangs on the ends of Japanese predicates and nouns, as tables: endings, particles of several words, titles.

All are lemmas as Sudachi has them, with blanks between; "|" stands between those of a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rashomon.coding.lexicons import words


def _lines(table: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands before the colon of each line, and each of what stands behind it."""
    for line in table.strip().splitlines():
        name, _, those = line.partition(": ")
        for one in those.split(" | "):
            yield name, tuple(one.split())


ENDINGS: Final = {
    lemmas: effect.strip("-").split()
    for effect, lemmas in _lines("""
not: ない | 無い | ず | ぬ | こと は 無い | こと だ は 無い | こと で は 無い | 物 で は 無い | 物 だ は 無い
not: の で は 無い | の だ は 無い | の だ 無い | だ は 無い | で は 無い | だ 無い | で も 無い | だ も 無い
not lasting: て 居る ない
not will: まい
-: ます | です | だ | の だ | の で 有る | の だ 有る | の です | 物 だ | こと だ | 訳 だ | だ 有る | て 来る
-: て 行く | て 仕舞う | て 置く | て 見る | て 呉れる | て 貰う | て 頂く | て 下さる | 始める | 続ける | 出す
-: 掛ける | 切る | で 有る
past: た
passive: れる | られる
causative: せる | させる
wish: たい | たがる | 積もり だ | 積もり で 有る | 積もり だ 有る | 積もり で | て 欲しい
must: べし | べし だ | べし で 有る | ない ば 成る ない | ない ば 行ける ない | ない て は 成る ない
must: ない て は 行ける ない | ない と 行ける ない | ず を 得る ない | 必要 が 有る | 必要 は 有る
not must: べし だ は 無い | べし で は 無い | 必要 が 無い | 必要 は 無い | て は 成る ない | て は 行ける ない
would: らしい | みたい だ | 可能 性 が 高い | 筈 だ | 筈 で 有る | よう だ | よう です | 見込み だ | 模様 だ
may: か も 知れる ない | て も 良い | て も 構う ない | 可能 性 が 有る | 恐れ が 有る | の で は 無い か
may: の だ は 無い か | で は 無い か | だ は 無い か | の だ 無い か
able: こと が 出来る | こと は 出来る | こと も 出来る | 得る
not able: 訳 に は 行く ない
not would: 筈 は 無い | 筈 が 無い
open: 訳 で は 無い | 訳 だ は 無い | と 言う 訳 で は 無い | と 言う 訳 だ は 無い | と は 限る ない
open: と は 言う ない
not wish: 積もり は 無い | 積もり が 無い
lasting: て 居る | て おる | て 有る | て は 居る
told: そう だ
""")
}
"""Endings of predicates and what they make of them: "not", then a mood or another mark; "-": nothing.

``open``: it is left open whether it is so; ``told``: by hearsay, which the words themselves show. "で" is a copula at nouns only.
"""
LONGEST_ENDING: Final = max(map(len, ENDINGS))

PARTICLES: Final = {
    lemmas: (name.removesuffix(" の"), name.endswith(" の"))
    for name, lemmas in _lines("""
に対し の: に 対する
に対し: に 対する て
について の: に 関する | を 巡る
について: に 関する て | に 付く て | に つく て | に 就く て | を 巡る て
によって の: に よる | に 因る | に よる と 為る れる
によって: に よる て | に 因る て
によると: に よる と | に よる ば | に よる ます と | に 因る と | に 因る ば | に 依る と | に 依る ば | に 拠る と
によると: に 拠る ば
にとって: に 取る て
へ: に 向ける て
へ の: に 向ける
に基づき の: に 基づく
に基づき: に 基づく て
の の: を 含む
で: を 通じる て | を 通す て | に 置く て | に 於く て | に おく て
時: に 際する て | に 当たる て
時 の: に 伴う
で の: に 於ける | に 置ける | に おく り
として: と 為る て
として の: と 為る て の
と: と 共 に
から見て: から 見る ば | から 見る て | から 見る と
""")
}
"""Particles of several words, the name of each, and whether it makes its noun qualify the next ("の")."""
LONGEST_PARTICLE: Final = max(map(len, PARTICLES))

TITLES: Final = words("""
首相 大統領 書記長 外相 蔵相 総理 大臣 長官 議長 委員長 党首 代表 大使 公使 議員 次官 局長 部長 課長 報道官 補佐官 教授
博士 氏 さん 将軍 元帥
書記 国防相 防衛相 幹事長 総裁 知事 主席 総書記 女史 夫人 記者 等 達
""")
"""What stands after a person's name; the name is the head then."""
TEMPORAL: Final = words(
    "際 時 場合 後 前 折 頃 以降 以来 年 月 日 昨年 "
    "今年 当時 最近 現在 今日 戦後 時代 段階 冒頭 同年 翌年 前年 同月 今回"
)
"""Nouns of when: no topic and no dative, even with the particles of these."""
GROUNDS: Final = words("基礎 中心 基盤 前提 契機 背景 理由 機 元 もと 念頭 条件 起点 原点 土台")
"""Nouns of "…を基礎に(して)", which is a particle by now."""
TITLE_PARTS: Final = words("外務 国防 防衛 官房 国務 内閣 大蔵 財務 第 1 党 最高 会議 共産 総理")
"""What stands before a title that is made of several words: "官房長官"."""
WEAK: Final = words("感 性 心 論 的 化 上 下 中 間 側面 等 達 内 向け 系 風 気味")
"""Words at the end of a compound that say less than what is before them."""
