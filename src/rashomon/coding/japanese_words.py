"""The words of Japanese that the coder knows: of mind and speech, of doubt, of offices and layers. Facts of the language only.

All are written as Sudachi's normal forms have them. A noun that makes a verb with する stands for both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from rashomon.coding import english_families, english_words
from rashomon.coding.attitudes import read_attitudes
from rashomon.coding.japanese_dates import times_in
from rashomon.coding.japanese_places import countries
from rashomon.coding.japanese_text import bare, lemma_of, spaced
from rashomon.coding.lexicons import Form, Lexicon, words

VERBS: Final = read_attitudes("""
believes: 思う+ 考える+ 考える:as 信じる* 見る+ 見る:as 見なす+ 見なす:as 判断+ 確信* 認識* 理解+ 解釈+ 解釈:as
believes: 捉える:as 捉える+ 感じる:as 言う:as 呼ぶ:as にとって+
believes: 受け止める+ 受け止める:as 推測* 推定* 想像* 想定* 疑う+ 感じる+ 悟る+ 気付く+ 知る+ 結論+ 評価+
believes: 評価:as 位置付ける:as
believes: 思い込む+ 錯覚* 誤解+ 分析+ 納得* 自覚* 痛感* 実感* 認定+ 読む+ 見抜く* から見て+
not believes: 疑う= 疑問視* 不信= 疑問視=
expects: 楽観+ 期待* 予想* 予測* 予期* 見込む* 見通す* 予言* 予見* 当て込む* 覚悟*
fears: 恐れる* 懸念* 危惧* 心配* 警戒* 危ぶむ* 憂慮* 不安+ 案じる* 怯える:に 不安視= 問題視=
wants: 望む* 願う* 希望* 欲する* 切望* 熱望* 目指す* 狙う* 志向* 希求* 図る* たい+ たがる+ ようとする+
wants: 試みる* 追求*
wants: 急ぐ= 夢見る* 念願* 渇望* 優先= 模索* 探る= 歓迎+
demands: 要求* 求める* 要請* 請求* 迫る* 主張= 固執:に 拘る:に 促す* 訴える= 呼び掛ける* 強要* 命じる* 要望*
demands: 強いる*
demands: 突き付ける= 催促* 督促* 義務付ける* 条件付ける*
asserts: 言う+ 述べる+ 語る+ 話す+ 発言+ 表明+ 主張+ 強調+ 指摘+ 説明+ 言明+ 明言+ 断言+ 宣言+ 声明+ 力説+ 反論+
asserts: 報じる+
asserts: 報道+ 伝える+ 書く+ 論じる+ 警告* 批判* 非難* 糾弾* 称賛= 公言+ 告げる+ 答える+ 回答+
asserts: 語り掛ける+
asserts: 訴える+ 申し立てる+ 示唆* 言及:に 繰り返す+ 確認+ 発表+ 漏らす+ 伝達+ 通告+ 通知+ 打ち明ける+ 反発+
asserts: 弁明+ とする+
asserts: によると+ 記す+ 述懐+ 回想+ 示す+ 付け加える+ 論評+ 証言+ 告白+ 明かす+ 唱える* 説く* 称する+ 抗議+
accepts: 受け入れる* 応じる:に 同意* 同意:に,で 賛成* 賛成:に 合意:に,で 合意* 一致:で 承諾* 承認* 容認* 認める* 是認*
accepts: 了承*
accepts: 了解* 約束*
accepts: 支持* 譲歩:に 許す* 許可* 歓迎= 公約* 確約* 誓約* 誓う* 受諾* 許容* 尊重= 賛同:に 黙認* 甘受* 支援=
accepts: 飲む=
rejects: 拒否* 拒む* 拒絶* 反対:に 反対* 断る* 退ける* 却下* 否定* 否認* 撥ね付ける= 一蹴= 抵抗:に 反発:に
rejects: 抗議:に 阻む*
rejects: 阻止* 無効= 難色+ 突っ撥ねる= 棄却= 断念= 放棄= 撤回= 異議+ 破棄= 排除=
rejects: 禁じる* 禁止*
proposes: 提案* 提起= 提唱* 申し入れる* 持ち掛ける* 申し出る* 打診* 勧告* 勧める* 提示= 提言* 呈示= 進言* 持ち出す=
proposes: 打ち出す=
intends: 踏み切る:に 意図* 決める* 決意* 決定* 計画* 予定* 決心* 決断* 積もり+ 企てる* 企図* 志す*
avoids: 避ける* 回避* 忌避* 控える* 差し控える* 逃れる= 言い逃れる= 伏せる= 見送る*
discounts: 軽視* 見縊る* 侮る* 軽んじる*
unaware: 知らない*
overlooks: 誤解= 見誤る= 読み誤る= 無視* 見落とす* 見過ごす* 看過* 見逃す* 忘れる* 黙殺*
""")
"""Verbs. The particle stands after a colon; "as": with "と" or "として" beside an object."""

ADJECTIVES: Final = read_attitudes("""
wants: 欲しい= 欲しい:が 欲しい+ 熱心:に 積極:に 前向き:に 乗り気:に
rejects: 消極:に 反対:に 反対+ 否定:に 後ろ向き:に 慎重:に
accepts: 賛成:に 賛成+ 同意:に 肯定:に
fears: 不安+ 心配+ 怖い+ 恐ろしい+ 不安:が 心配:が
not believes: 懐疑:に
unaware: 無知:に 無自覚:に
overlooks: 無関心:に
""")
"""Adjectives and nouns with a copula: "反対だ"."""

NOUNS: Final = read_attitudes("""
believes: 考え* 考え方* 見方* 見解* 認識* 意見* 信念* 確信* 印象* 判断* 解釈* 理解* 結論* 思い込み* 幻想* 誤解* 観測*
believes: 推測* 疑念+ 疑い+
believes: 評価* イメージ+ 思い+ 感触+
not believes: 疑念:に対し 疑問*
expects: 期待* 予想* 予測* 見通し* 予期*
fears: 懸念* 恐れ* 危惧* 不安* 心配* 警戒* 恐怖* 憂慮*
wants: 希望* 願い* 願望* 望み* 要望* 意欲* 目標* 目的* 狙い* 悲願* 念願* 熱意* 関心:に,へ,に対し 欲求* 野心+ 野望* 志向*
demands: 要求* 要請* 請求* 主張:を 条件* 圧力+
asserts: 立場+ 姿勢+ 態度+ 主張* 発言* 声明* 言明* 発表* 説明* 批判* 非難* 警告* 指摘* 報道* 話* 言葉+ 言い分* 弁明*
asserts: 宣言+
accepts: 同意* 賛成* 承認* 容認* 支持* 用意* 約束* 公約* 受諾* 合意+ 合意:に 了承*
rejects: 拒否* 拒絶* 反対* 否定* 抵抗:へ,に,に対し 反発:へ,に対し 異議* 難色*
proposes: 提案* 申し入れ* 申し出* 提言* 提唱* 打診*
intends: 意図* 意向* 意思* 意志* 方針* 計画* 決意* 決定* 決心* 構え* 構想* 予定* 腹積もり* 企図*
avoids: 回避*
discounts: 軽視*
overlooks: 無視* 無関心:に,へ,に対し
""")
"""Nouns that stand for a verb: "日本の…要求", "…する意向"."""

AFFECTS: Final = words(
    "不信 信頼 敵意 敵対 好意 好感 友情 反感 憎悪 嫌悪 尊敬 敬意 軽蔑 憧れ 親近 共感 猜疑 憎しみ 親しみ"
)
"""Nouns of feeling toward somebody: what they say is a quality of the codebook, not a verb of a path."""
NOMINAL: Final = NOUNS.predicates | AFFECTS
CLAUSAL: Final = words("""
意図 意向 意思 意志 方針 計画 決意 考え 構え 構想 予定 用意 希望 願い 願望 望み 意欲 要求 提案 約束 決定 期待 懸念 恐れ
危惧 狙い 目的 主張
見方 見解 認識 腹積もり 不安 見通し 決心 要望 要請 申し入れ 申し出
""")
"""Nouns whose content may be the clause right before them: "返還する意向"."""
STANDPOINTS: Final = words("見方 考え 見解 話 意見 認識 判断 解釈 理解 説明 主張 言葉 発表 報道 観測 見通し")
"""Nouns of "田辺の見方では", "…の話によると"."""
QUOTING: Final = VERBS.predicates | words("""
為る 言う 思う 見る 考える 書く 成る 表す 固める 抱く 示す 持つ 取る 牽制 威嚇 脅す 恫喝 刺す 切り捨てる 皮肉る 揶揄 嘆く
憤る 怒る 息巻く 豪語 応酬 詰め寄る 懇願 謝罪 陳謝 釈明 感謝 称える 絶賛 罵る 罵倒 責める 咎める 戒める 諫める 宣告 演説
忠告 抗弁 反駁 誇る 叫ぶ 切り出す 断じる 断定 名指し 形容 評する 規定
""")
"""Predicates that what is said or thought may go before with "と"."""
PAPERS: Final = words("声明 決議 文書 談話 コメント 論評 書簡 見解 決定 命令 発表")
"""What is issued, of which a clause says what it does: "非難する声明"."""
AS: Final = frozenset(word for (word, form) in VERBS.entries if form == "as")

LIGHT: Final = words("""
為る 行う 示す 表明 表す 抱く 持つ 有する 強める 深める 述べる 語る 繰り返す 明らか 固める 決める 取る 出す
打ち出す 突き付ける 貫く
掲げる 伝える 堅持 維持 寄せる 発表 崩す 変える 強調 確認 強い 示唆 漏らす 隠す 捨てる
高める 感じる
懐く 提出 提示 続ける 撤回
""")
"""Verbs that carry a noun of mind: its holder is their subject."""
REVERSING: Final = words("捨てる 撤回 崩す 変える 失う 無くす")
"""Those among them that say that it is no longer held."""
EXISTING: Final = words("有る 無い 強い 根強い 高まる 強まる 広がる 薄い 乏しい 低い 高い 増す 深い 深まる 残る 募る")
"""Predicates that say that a noun of mind is there."""
ABSENT: Final = words("無い 薄い 乏しい 低い")
LINKING: Final = words("だ 成る")
CONDITIONS: Final = words("場合 限り 以上 際")
"""Nouns of the case in which something would be so."""
ASKING: Final = words("質問 問い 取材 問い合わせ 求め")
"""What one answers, and does not agree to: "質問に応じた"."""
CLAIMS: Final = words("報道 見方 主張 説 噂 疑い 観測 話 情報 指摘 憶測 推測 批判")
"""Nouns of what others say: who denies it has no view of what it is about."""
KNOWING: Final = words("知る 気付く")
"""Verbs that, denied, are one: not to know."""
WISHES: Final = words("たい たがる 積もり 欲しい")
"""Endings that say what somebody wants or is about to do; what is none of them is a will ("返そう")."""
REFUSING: Final = words("反対 賛成 拒否 支持 同意 容認")
"""Nouns of mind that another noun only carries: "反対の意向"."""
PERCEIVED: Final = words("脅威 危険 敵 味方 友人 ライバル 障害")
"""What somebody is in the eyes of another: "日本にとって脅威だ"."""
MOVING: Final = words("失望 安心")
"""Verbs that make somebody feel; what they are about is their subject."""
OBJECT_CONTROL: Final = words("""
求める 要求 要請 促す 迫る 呼び掛ける 提案 勧める 命じる 強いる 強要 申し入れる 期待 勧告 提言 頼む 依頼 説得
訴える 許す 許可 認める
禁じる 望む 願う 働き掛ける
""")
"""Verbs whose dative does what their clause says."""
DIRECTING: Final = words(
    "求める 要求 要請 促す 迫る 呼び掛ける 命じる 申し入れる 訴える "
    "働き掛ける 言う 望む 願う 希望 期待 提案 勧める 勧告 主張"
)
"""Verbs that take "よう(に)" for what should be done."""
_SHOULD_SAY: Final = words(
    "言う 述べる 語る 主張 強調 話す 書く 指摘 表明 言明 力説 説く 論じる 訴える 発言 警告 明言 とする によると"
)
TWO_WAYS: Final[Mapping[str, str]] = dict.fromkeys(_SHOULD_SAY, "demands")
"""Verbs of speech that stand for another where their clause says what should or must be."""
NEEDED: Final = words("必要 不可欠 必須 肝要")
"""Adjectives that say that something must be."""
YIELDING: Final = words("""
返す 返還 引き渡す 譲る 譲歩 譲渡 認める 受け入れる 応じる 同意 承認 合意 渡す 放棄 調印 署名 妥協 断念 下りる
折れる 手放す
""")
"""What one does who accepts: "ソ連が島を返還すると期待した"."""
RESISTING: Final = words("拒否 拒む 拒絶 反対 抵抗 断る 退ける 否定 阻止")
STATIVE: Final = words("有る 居る 無い 成る 出来る 見える 分かる 違う 異なる 存在 意味 当たる 属する 要る")
"""Verbs whose plain form says what is, and not what will be."""
SPEAKERS: Final = words("我々 私 我 我が国 当方 私達 僕 俺 我ら 我が方")
"""Pronouns of who speaks."""
JOINT: Final = words("両国 双方 両者 両政府 両首脳 両外相")
"""Nouns of two who act together: "日ソ両国"."""
SHORT: Final[Mapping[str, str]] = {
    "日": "日本", "ソ": "ソ連", "露": "ロシア", "ロ": "ロシア", "米": "米国", "中": "中国", "韓": "韓国", "英": "英国",
    "仏": "フランス",
    "独": "ドイツ", "印": "インド", "朝": "北朝鮮", "豪": "オーストラリア",
}  # fmt: skip
"""Countries by one letter."""

PERSON: Final = words("彼 彼女 同氏 氏")
THING: Final = words("同国 同省 同政府 同紙 同党")
MANY: Final = words("彼ら 彼女ら 両氏")

EXTENTS: Final[Mapping[str, str]] = {
    "全て": "all", "全員": "all", "皆": "all", "大半": "most", "多数": "most", "過半数": "most", "大多数": "most",
    "過半": "most",
    "半数": "half", "半分": "half", "多く": "many", "多い": "many", "一部": "some", "数": "some", "少数": "few",
    "僅か": "few", "一人": "one",
}  # fmt: skip
"""Words that say how much of the holder holds it."""
PARTS: Final = words("全て 全員 大半 多数 過半数 大多数 過半 半数 半分 多く 一部 少数 % パーセント 割 間 中")
"""Nouns whose whole stands before them in "の": "日本人の多く"."""

LAYERS: Final[Mapping[str, frozenset[str]]] = {
    "leadership": words("""
政府 指導部 指導者 首脳 首脳部 当局 内閣 政権 側 首相 大統領 書記長 総理 政治局 代表団 政治家 官邸 体制 指導層 国家 閣僚
"""),
    "ministry": words("外務省 省 省庁 外交官 官僚 大使館 庁 防衛庁 国防省 外務当局 役人 官庁"),
    "legislature": words("国会 議会 議員 下院 上院 最高会議 衆議院 参議院 衆院 参院 連邦議会 議員団"),
    "party": words("党 与党 野党 政党 党派 共産党 自民党 社会党"),
    "region": words("州 地方 知事 県 道 地域 自治体"),
    "business": words("財界 企業 経済界 業界 会社 実業家 投資家 経営者 銀行"),
    "experts": words("専門家 学者 研究者 識者 有識者 評論家 知識人 科学者"),
    "media": words("新聞 マスコミ メディア 報道機関 報道 紙 雑誌 通信社 記者 放送 テレビ ラジオ 論調 報道陣"),
    "public": words("人 世論 国民 民衆 市民 人々 住民 人民 大衆 社会 有権者 民間 回答者"),
}
"""Nouns that name a layer after a people's name: "ソ連の新聞"."""
SPOKEN: Final = words(
    "立場 政策 姿勢 外交 声明 演説 発言 提案 論文 記事 書簡 "
    "覚え書き 路線 態度 戦略 回答 反応 方針 社説 白書 報告書 主張 見解"
)
"""Nouns in whose place their owner may stand: "ソ連の立場は…"."""
MEMBERS: Final = words("""
側 筋 高官 幹部 代表 代表団 当局者 指導者 首脳 外交官 官僚 報道官 大使 専門家 学者 関係者 派 勢力 陣営 エリート 層 国
国家 大国 将軍 軍人 議員
政治家 保守派 改革派 担当者 交渉団 スポークスマン 軍部 軍
""")
"""Nouns of people who stand for the side or the body that they belong to; not for a person."""

_ACTING: Final = frozenset().union(*LAYERS.values(), MEMBERS, SPOKEN, PERSON, THING, MANY, JOINT, SPEAKERS)
_PERSONS: Final = frozenset("家者人員官民国省党紙派軍相臣長領使将")
"""Last letters of nouns of people and of bodies."""
_KATAKANA: Final = re.compile("[ァ-ヺー・]{3,}")


def may_act(lemma: str, text: str) -> bool:
    """Whether a noun may be somebody who says, wants or does something; foreign words may, as they may be names."""
    return lemma in _ACTING or lemma[-1:] in _PERSONS or _KATAKANA.fullmatch(text) is not None


HEIGHTENING: Final = words(
    "強い 深い 新た 大きい 激しい 厳しい 重大 大規模 新しい 重要 著しい 深刻 多大 主要 公式 高い 長い 明確"
)
"""Adjectives that before a noun say no more than how much of it there is: who and to whom stand at the verb after it."""
EMPTY: Final = words("""
は が を に と の も で へ や か から まで より 為る 居る 有る 成る だ です ます た て こと 物 の よう 為 所 ところ 其の
此の 其れ 此れ 彼の 我が 我々 的 性
化 等 達 論 れる られる せる させる たい ず 様 積もり 訳 筈 そう 事 する 言う 感 又 そして 然し 更に 年 月 日 同 及び 並び
に対し について 対する 関する 付く
つく よる 於く 於ける 取る 此 其 上 下 中 間 内 後 前 時 場合 く な し ば ながら つつ ので のに けれど けれども ね よ
良い 出来る 第 さん 氏 側
""") | frozenset("。、「」『』（）()・")
"""Words that say nothing of a topic."""
STRONG: Final = words("非常 極めて 大変 深刻 強い 最大 重大 大いに 最も 極度 著しい 甚だ")
DENYING: Final = words("非 不 無 反")

POSSIBLE: Final = words("或いは 若し 多分 ひょっと 得る")
PROBABLE: Final = words("恐らく 多分 どうやら らしい 筈 きっと")
REPORTED: Final = words("言う そう 所謂")


def stem(word: str) -> str:
    """What words of one family have in common: the normal form, without the ending that tells a verb from its noun.

    Of an empty word "". Latin words have that of English: a codebook may give wordings in both.

    >>> stem("望み") == stem("望む") == "望"
    True
    """
    return _stem(word)


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    if _LATIN.match(word):
        return english_families.stem(word)
    lemma = lemma_of(word)
    return "" if word in EMPTY or lemma in EMPTY else bare(lemma)


_LATIN: Final = re.compile(r"[a-z]")

_OFFICES: Final[Mapping[str, str]] = {
    "foreign minister": "外相 外務大臣", "prime minister": "首相 総理 総理大臣 内閣総理大臣", "president": "大統領",
    "general secretary": "書記長 党書記長", "first secretary": "第一書記", "ambassador": "大使",
    "defense minister": "国防相 防衛相 国防大臣 防衛大臣", "defence minister": "国防相 防衛相 国防大臣 防衛大臣",
    "finance minister": "蔵相 財務相 大蔵大臣 財務大臣", "secretary of state": "国務長官",
    "foreign secretary": "外相 外務大臣",
    "chancellor": "首相", "premier": "首相", "chief cabinet secretary": "官房長官",
}  # fmt: skip
_HOLDERS: Final = re.compile(r"(?:相|大臣|大統領|書記長?|総理|大使|長官|知事|議長|委員長|主席|次官)$")


def offices(text: str) -> Iterator[str]:
    """The offices that the words of a role name, English or Japanese ones, without the country.

    >>> list(offices("foreign minister of Russia; 大統領"))
    ['外相', '外務大臣', '大統領']
    """
    for office in english_words.offices(text.replace("secretary of state", "state secretary")):
        yield from _OFFICES.get(office, "").split()
    for piece in re.split(r"[;,、；]", text):
        if _HOLDERS.search(piece.strip()):
            yield piece.strip()


def listed(word: str) -> str:
    """How a word of a name is kept: as it is written, in full width or half."""
    return unicodedata.normalize("NFKC", word)


_MARKS: Final = re.compile("[・=＝]")


@lru_cache(maxsize=1 << 15)
def _every(word: str) -> tuple[str, ...]:
    return (listed(_MARKS.sub("", word)),)


def spelled(word: str, form: Form) -> tuple[str, ...]:
    """The one form under which a word of a text is kept, whatever it is; "" of a mark between the parts of a name."""
    return _every(word)


_DENIALS: Final[Mapping[str, str]] = {
    "信用": "疑念", "信頼": "不信 猜疑 裏切り",
    "脅威": "無害",
    "友好": "敵対 敵意",
    "平和": "好戦 侵略 軍国 軍国主義 侵略主義 拡張主義",
    "民主": "非民主 独裁 専制",
}  # fmt: skip
"""Words of qualities, and those that say the reverse of them."""

JAPANESE: Final = Lexicon(
    verbs=VERBS, adjectives=ADJECTIVES, nouns=NOUNS, two_ways=TWO_WAYS, yielding=YIELDING, resisting=RESISTING,
    transparent=frozenset(), linking=LINKING, being=words("有る 居る 無い だ"), folk="国民", layers=LAYERS, spoken=SPOKEN,
    members=MEMBERS, person=PERSON, thing=THING, many=MANY, states=words("同国"),
    joining=words("と 、 ・ 及び や 並びに"), possible=POSSIBLE,
    probable=PROBABLE, reported=REPORTED, extents=EXTENTS, shares=frozenset(), percent=words("% パーセント"),
    opposites={bare(word): tuple(map(bare, others.split())) for word, others in _DENIALS.items()},
    strong=STRONG, denying=DENYING, toward=("に対し", "に", "へ"), empty=EMPTY, stem=stem, offices=offices,
    countries=countries, listed=listed, spelled=spelled, times=times_in, spaced=spaced, unspaced=True,
)  # fmt: skip
"""All of them, as the coder takes them."""
