"""Directed attitudes between states, and acts, in Japanese."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stated import named, said

from rashomon.coding import japanese_places, japanese_relations, japanese_text
from rashomon.coding.acts import MOVES
from rashomon.coding.directing import acts_in, balances, directed_attitudes
from rashomon.coding.japanese_places import alone, lettered
from rashomon.coding.japanese_text import tokens_of
from rashomon.coding.relations import NEGATIVE, POSITIVE

for needed in japanese_text.NEEDED:
    pytest.importorskip(needed, reason="Japanese needs the extra code")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # verbs, with what their particles say
        ("米国はイランに制裁を科した。", "USA>IRN-"),
        ("フランスはマリを支援している。", "FRA>MLI+"),
        ("日本は米国に依存している。", "JPN>USA+"),
        ("トルコはギリシャと対立している。", "TUR>GRC- GRC>TUR-"),
        ("日本は北朝鮮に対し、拉致被害者の即時帰国を求めた。", "JPN>PRK-"),
        ("米軍がイラクを空爆した。", "USA>IRQ-"),
        ("フィンランドはNATOに加盟した。", "FIN>NATO+"),
        ("EUはロシア産原油の輸入を禁止した。", "EUU>RUS-"),
        ("日本の外務省は駐日ロシア大使を呼び抗議した。", "JPN>RUS-"),
        # a noun of an act, read with its verb
        ("米国はイランへの制裁を解除した。", "USA>IRN+"),
        ("ロシアは米国の対イラン制裁を非難した。", "RUS>USA- USA>IRN-"),
        ("ノルウェーはロシアに対する制裁の発動を決定した。", "NOR>RUS-"),
        ("ロシアは欧州連合から批判を受けた。", "EUU>RUS-"),
        ("インドの演習は中国の反発を招いた。", "CHN>IND-"),
        ("フランスはマリに軍事支援を行った。", "FRA>MLI+"),
        ("フランスはポーランドへの支援を拒否した。", "FRA>POL-"),
        ("北朝鮮は米国との対話を拒否した。", "PRK>USA-"),
        ("北朝鮮の工作員が韓国の大統領の暗殺を企てた。", "PRK>KOR-"),
        ("中国は米国の台湾への武器売却に強く反発した。", "CHN>USA- USA>TWN+"),
        ("ロシアによるウクライナ侵攻が続いている。", "RUS>UKR-"),
        ("日本は中国に対する円借款の供与を凍結した。", "JPN>CHN-"),
        ("インドは中国に強い不信感を抱いている。", "IND>CHN-"),
        ("ペルーの大統領は、チリが新たな経済制裁をキューバに発動したと述べた。", "CHL>CUB- PER>CHL-"),
        ("チリはペルーに対する制裁を続けており、貿易は減った。", "CHL>PER-"),
        ("チリ議会はペルーを非難する決議を採択した。", "CHL>PER-"),
        ("チリがペルーに侵攻すると、王は国を去った。", "CHL>PER-"),
        ("チリ軍がペルーの空港へ爆撃を行った。", "CHL>PER-"),
        ("チリ政府が、ペルーへの譲歩はできないと述べた。", "CHL>PER-"),
        ("チリはペルーのNATO加盟に反対した。", "CHL>PER-"),
        ("国連では、マラウイへ支援を行っている。", "UNO>MWI+"),
        ("チリはアントファガスタをボリビアから奪った。", "CHL>BOL-"),
        ("チリがペルーを「裏切ろう」としたと、ペルーの首相が発言した。", "CHL>PER- PER>CHL-"),
        ("チリからペルーへ百万ペソが支援された。", "CHL>PER+"),
        ("チリによるペルーへの支援は五億ドル規模に達した。", "CHL>PER+"),
        ("チリ軍はペルー軍の訓練を続けている。", "CHL>PER+"),
        ("米中の両政府が批判し合った。", "USA>CHN- CHN>USA-"),
        ("チリはペルーとブラジル側を非難した。", "CHL>PER- CHL>BRA-"),
        ("チリ政府はペルーの総領事館を閉鎖した。", "CHL>PER-"),
        ("チリ高官がペルー訪問を延期した。", ""),
        ("国連は、ペルーの経済崩壊を止める措置を講じるよう国際社会に求めた。", ""),
        ("トルコはスウェーデンのNATO加盟を承認した。", "TUR>SWE+ SWE>NATO+"),
        ("南北協力の努力に水を差した。", ""),
        ("米国のイランへの攻撃の可能性が論じられた。", ""),
        ("米国がイランを攻撃する可能性が論じられた。", ""),
        ("日本は北朝鮮の拉致を非難した。", "JPN>PRK-"),
        # passives, refusals, negation, plans, what is asked of another
        ("イラクは米軍に空爆された。", "USA>IRQ-"),
        ("ロシアは欧州連合から批判された。", "EUU>RUS-"),
        ("フランスはポーランドを支持しなかった。", "FRA>POL-"),
        ("フランスはポーランドを恐れていない。", ""),
        ("フランスはポーランドを支援する方針だ。", "FRA>POL+"),
        ("英国政府はフィジーへの軍事援助を中断する決定を下したと述べた。", "GBR>FJI-"),
        ("ポーランドはキューバに謝罪を要求した。", "POL>CUB-"),
        ("ウクライナは米国に支援を求めた。", ""),
        ("韓国は在韓米軍の撤退を要求していない。", ""),
        ("もしポーランドがキューバを非難すれば、騒ぎになる。", ""),
        # deeds that are no usual word of harm or help
        ("チリはペルーの外交官に国外退去を命じた。", "CHL>PER-"),
        ("チリはペルーの外交官を国外追放処分にした。", "CHL>PER-"),
        ("チリはペルー領内に部隊を投入した。", "CHL>PER-"),
        ("チリは市場に資金を投入した。", ""),
        ("チリはペルー南部の町にロケット弾を撃ち込んだ。", "CHL>PER-"),
        ("チリは駐ペルー大使を召還した。", "CHL>PER-"),
        ("チリはペルーからの輸入を止めた。", "CHL>PER-"),
        ("チリはペルー産の銅に高い関税を課した。", "CHL>PER-"),
        ("チリはペルーとの国境を封鎖した。", "CHL>PER-"),
        ("チリ海軍の船がペルーの領海に侵入した。", "CHL>PER-"),
        ("チリはペルーとの交渉に応じない考えを示した。", "CHL>PER-"),
        ("チリはペルーとの条約交渉を中断した。", "CHL>PER-"),
        ("チリ政府はペルーの遺族の支援を続けている。", "CHL>PER+"),
        ("チリは日本を最も重要なパートナーと位置づけている。", "CHL>JPN+"),
        ("チリはペルーの決定を「暴挙」と断じた。", "CHL>PER-"),
        ("チリは、ペルーの「挑発」を非難した。", "CHL>PER-"),
        # whom the clause before was about
        ("チリが要求を突き付けたが、ペルーは拒否した。", "PER>CHL-"),
        ("ペルーが島に軍を送り、チリが反発した。", "CHL>PER-"),
        ("ペルーが軍を進め、チリ軍が応戦", "CHL>PER-"),
        ("ペルーが外交官を追放し、チリは対抗措置を取った。", "CHL>PER-"),
        ("ペルーが演説し、チリは政府を批判した。", ""),
        ("ペルーが船を送ったことについて、チリは反対の意向を明らかにした。", "CHL>PER-"),
        ("チリについて、ペルーの大統領は「約束を守らない」とけん制した。", "PER>CHL-"),
        # what is only opposed, feared or not come yet
        ("チリは、ペルーがNATOに加盟することに反対した。", "CHL>PER-"),
        ("チリはペルーのNATO加盟に難色を示した。", "CHL>PER-"),
        ("英国の会社はEU離脱に懸念を示した。", ""),
        ("チリは、ペルーと条約を結ぶまでは支援を続ける。", ""),
        ("チリは、ペルーが島を引き渡すように要求した。", "CHL>PER-"),
        ("チリは、ボリビアの大使が住む町で海軍に頼っている。", ""),
        # who and with whom
        ("チリと欧州連合はペルーを批判した。", "CHL>PER- EUU>PER-"),
        ("チリ、ペルーとの断交を宣言", "CHL>PER-"),
        ("チリ、ペルー、ボリビアは対話を拒絶した。", ""),
        ("ペルーとの関係が悪化したチリは、基地を閉じた。", "CHL>PER- PER>CHL-"),
        ("チリとペルーの関係は最悪の状態に陥った。", "CHL>PER- PER>CHL-"),
        ("ロシアの駐欧州連合大使は、EUの制裁に対抗する意向を示した。", "RUS>EUU-"),
        ("インド太平洋軍の司令官はチリを非難した。", ""),
        ("チリとペルーの対立に国連は懸念を示した。", "CHL>PER- PER>CHL-"),
        ("チリがペルーの国王に対する圧力を強めている。", "CHL>PER-"),
        ("ペルーの国連大使はチリによる攻撃を「侵略行為」だと非難した。", "PER>CHL-"),
        ("チリは銅に高関税を課すなどの措置をとったペルーを非難した。", "CHL>PER-"),
        ("チリ政府は、ペルーの攻撃は地域を不安定にするものだと非難する談話を発表した。", "CHL>PER-"),
        ("国連はペルーのNATO加盟を支持した。", "UNO>PER+"),
        ("チリはペルー産の銅の輸入制限を解除した。", "CHL>PER+"),
        ("チリの大臣は、ペルーに対する不信感が強まっていると述べた。", "CHL>PER-"),
        # told by the sentence before
        ("チリ外務省が声明を出した。同国外務省はペルーを非難した。", "CHL>PER-"),
        ("チリの外務次官が会見した。次官はペルーを批判した。", "CHL>PER-"),
        ("次官はペルーを批判した。", ""),
        ("チリのマナロ外相が会見した。マナロ氏はペルーを非難した。", "CHL>PER-"),
        ("チリとペルーが会談した。会議は長引いた。両国は協力で合意した。", "CHL>PER+ PER>CHL+"),
        ("チリとペルーとボリビアが会談した。両国は協力で合意した。", ""),
        # a condition, its main clause, and what only looks like one
        ("ペルーが侵攻すれば、チリはボリビアを支援する。", ""),
        ("ペルーが侵攻したら、チリはペルーに制裁を科す。", ""),
        ("ペルーが侵攻するなら、チリは制裁を科すと述べた。", ""),
        ("ペルーが侵攻すると、チリはペルーに制裁を科す。", ""),
        ("ペルーが侵攻した場合には、チリはペルーに制裁を科す方針だ。", ""),
        ("ペルーが制裁を解除しない限り、チリはペルーを攻撃する。", ""),
        ("ペルーが侵攻すれば、チリは反対し、ボリビアを支援する。", ""),
        ("ペルーが侵攻していたら、チリはペルーを非難していただろう。", ""),
        ("敵視政策が撤回されなければ「ペルーを攻撃する」とチリは表明した。", ""),
        ("ペルーが侵攻した場合は制裁を科すと、チリはペルーに警告した。", "CHL>PER-"),
        ("ペルーが抗議すると、チリはペルーを批判した。", "CHL>PER-"),
        ("ペルーが抗議したら、チリはペルーを批判した。", "CHL>PER-"),
        ("ペルーが申し入れたところ、チリはペルーを批判した。", "CHL>PER-"),
        ("ペルーが反対しても、チリはボリビアを支援する。", "CHL>BOL+"),
        ("できれば、チリはボリビアを支援したい。", "CHL>BOL+"),
        ("ペルーに言わせれば、チリはボリビアを脅している。", "CHL>BOL-"),
        ("チリはペルーに抗議しなければならない。", ""),
        ("チリはペルーを批判するばかりか、制裁も科した。", "CHL>PER-"),
        ("ポーランドはキューバを非難するだろうか。", ""),
        # who holds it: places, seats, persons, two together
        ("ワルシャワではロシアの台頭への懸念が強まっている。", "POL>RUS-"),
        ("イタリアでは、閣僚がトルコを批判した。", "ITA>TUR-"),
        ("ホワイトハウスはクレムリンの声明を一蹴した。", "USA>RUS-"),
        ("チリのペレス大統領はペルーに感謝した。その後ペレス氏はキューバを称賛した。", "CHL>PER+ CHL>CUB+"),
        ("メルケル首相はトランプ大統領を批判した。", "DEU>USA-"),
        ("日ロ両国は平和条約に署名した。", "JPN>RUS+ RUS>JPN+"),
        ("チリとペルーは隣り合う。両国は条約に署名した。", "CHL>PER+ PER>CHL+"),
        ("チリはペルーの隣国で、両国は条約に署名した。", "CHL>PER+ PER>CHL+"),
        ("チリの外相は会見した。外務省はペルーを非難した。", "CHL>PER-"),
        ("外務省はペルーを非難した。", ""),
        ("海上保安庁はペルーの船に警告した。", "JPN>PER-"),
        # what is said of another
        ("日本は中国を脅威とみなしている。", "JPN>CHN-"),
        ("日本は中国を脅威とみなしていない。", "JPN>CHN+"),
        ("日本は中国が脅威だと考えていない。", "JPN>CHN+"),
        ("プーチン大統領は、米国が条約に違反していると述べた。", "RUS>USA-"),
        ("中国外務省は、日本の対応は容認できないと述べた。", "CHN>JPN-"),
        ("シリアの外務省は、国連の団長がシリアを訪問すると明らかにした。", ""),
        ("中国はインドにとって脅威だ。", "IND>CHN-"),
        ("シリアはロシアの同盟国だ。", "SYR>RUS+ RUS>SYR+"),
        # between two, and for or against one
        ("日中関係が悪化している。", "JPN>CHN- CHN>JPN-"),
        ("日本は中国との関係悪化を懸念している。", ""),
        ("日本は中国との関係の悪化を避けた。", ""),
        ("日本は中国との国交を凍結した。", "JPN>CHN- CHN>JPN-"),
        ("米中対立が深まっている。", "USA>CHN- CHN>USA-"),
        ("ロシアは中国と国交を樹立した。", "RUS>CHN+ CHN>RUS+"),
        ("韓国は日本との関係改善を望んでいる。", "KOR>JPN+"),
        ("エチオピアとエリトリアの国境を巡る緊張が高まっている。", "ETH>ERI- ERI>ETH-"),
        ("韓国の反日デモが続いた。", "KOR>JPN-"),
        ("チリの嫌ペルー運動が続いた。", "CHL>PER-"),
        ("日韓首脳が会談した。", ""),
        # headlines
        ("中国、日本に抗議", "CHN>JPN-"),
        ("米、対ロ制裁を強化へ", "USA>RUS-"),
        ("台湾、チャドと断交", "TWN>TCD- TCD>TWN-"),
        ("ノルウェーがペルーの外交官を国外追放─漁業紛争を受け", "NOR>PER-"),
        ("英、露外交官を追放 スパイ疑惑で", "GBR>RUS-"),
        ("カーボベルデ、大学設立にブラジルが支援を表明", "BRA>CPV+"),
    ],
)  # fmt: skip
def test_what_a_sentence_states(text: str, expected: str) -> None:
    assert said(text, "ja") == set(expected.split())


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("米国はイランに制裁を科した。", "SANCTION", "米国", "イラン"),
        ("米国はイランへの制裁を解除した。", "CONCEDE", "米国", "イラン"),
        ("ロシアはトルコへの制裁を検討している。", "THREATEN", "ロシア", "トルコ"),
        ("フランスはマリを支援する方針だ。", "AGREE", "フランス", "マリ"),
        ("トルコの大統領は訪中した。", "CONSULT", "トルコ", "訪中"),
        ("ロシアは米国から非難された。", "DISAPPROVE", "米国", "ロシア"),
        ("ポーランドはキューバに回答を要求した。", "DEMAND", "ポーランド", "キューバ"),
        ("米軍がイラクを攻撃した。", "FIGHT", "米軍", "イラク"),
        ("露外相はペルーの提案を拒否した。", "REJECT", "露", "ペルー"),
        ("日米は対ペルー支援を発表した。", "AID", "日米", "ペルー"),
    ],
)
def test_who_did_what_to_whom(text: str, kind: str, source: str, target: str) -> None:
    acts = acts_in(text, "ja")
    assert {act.kind for act in acts} == {kind}
    assert {text[start:end] for act in acts for start, end in act.source} == {source}
    assert {text[start:end] for act in acts for start, end in act.target} == {target}


def test_who_condemns_an_act_does_not_undo_it() -> None:
    text = "チリはペルーに対する制裁を批判した。"
    assert said(text, "ja") == {"CHL>PER+"}
    assert acts_in(text, "ja") == ()


def test_feelings_are_no_acts_and_sums_count() -> None:
    assert acts_in("ポーランドはロシアを恐れている。", "ja") == ()
    text = "イランは米国を非難した。イランは米国を批判している。イランは米国に感謝した。"
    [one] = balances(directed_attitudes(text, "ja"))
    assert (one.source, one.target, one.sign, one.count) == ("IRN", "USA", "negative", 3)


# names


def test_every_state_is_known_by_its_japanese_names() -> None:
    every = [
        (name, "RUS" if country.code == "SUN" and name in country.capitals else country.code)
        for country in (*japanese_places.countries(), *japanese_places.unions())
        for name in (*country.names, *country.capitals)
        if not name.isascii() or country.code in ("EUU", "NATO")
        if name[0] > "ÿ" or name in ("EU", "NATO")
    ]
    found = named("ja", *(f"昨日は{name}が話題になった。" for name, _ in every))
    assert [(name, *codes) for (name, _), codes in zip(every, found, strict=True)] == every


@pytest.mark.parametrize(
    ("word", "leaning", "codes"),
    [
        ("日露", "", ("JPN", "RUS")), ("米中", "", ("USA", "CHN")), ("日米韓", "", ("JPN", "USA", "KOR")),
        ("南北", "", ("KOR", "PRK")), ("対ロ", "toward", ("RUS",)), ("訪中", "visiting", ("CHN",)),
        ("在英", "within", ("GBR",)), ("反日", "against", ("JPN",)), ("親米", "for", ("USA",)), ("米軍", "", ("USA",)),
        ("朝日", "", ()), ("中米", "", ()), ("米", "", ()), ("日", "", ()), ("北", "", ()), ("対", "", ()), ("", "", ()),
        ("反対", "", ()), ("在庫", "", ()), ("訪問", "", ()), ("対比", "", ()), ("台中", "", ()), ("仏印", "", ()),
    ],
)  # fmt: skip
def test_states_are_known_by_their_letters_in_compounds(word: str, leaning: str, codes: tuple[str, ...]) -> None:
    assert lettered(word)[1] == codes
    assert not codes or lettered(word)[0] == leaning


def test_a_letter_alone_is_a_state_only_where_it_can_be_no_other_word() -> None:
    assert (alone("米"), alone("露"), alone("日"), alone("中"), alone("北")) == ("USA", "RUS", "", "", "")
    assert said("仏の顔はポーランドを非難した。", "ja") == set()  # Buddha's face
    assert said("十二日朝、ペルー軍が訓練を行った。", "ja") == set()  # the morning of the twelfth
    assert said("農家は米をポーランドに贈った。", "ja") == set()  # rice
    assert said("国連は百万米ドルをポーランドに贈った。", "ja") == {"UNO>POL+"}


def test_a_sea_or_a_war_is_no_state() -> None:
    assert said("日本海でロシアを非難する集会があった。", "ja") == set()
    assert said("ベトナム戦争はロシアを脅かした。", "ja") == set()
    assert said("北アイルランドの政党はチリを非難した。", "ja") == set()
    assert said("チリはハーグ条約に加盟した。", "ja") == set()
    assert said("反チリ勢力はペルーを非難した。", "ja") == set()


# tables


def test_every_kind_has_a_sign_and_every_word_is_as_the_dictionary_has_it() -> None:
    kinds = {kind for entries in japanese_relations.VERBS.values() for kind, _ in entries}
    assert {kind for kind in kinds if kind.isupper()} <= set(MOVES)
    assert kinds <= POSITIVE | NEGATIVE | {"CONSULT", "INVESTIGATE", "bears"}
    mine = {name: vars(japanese_relations)[name] for name in vars(japanese_relations) if name.isupper()}
    others = {"FEELING", "LOOSE", "IN_LANDS", "SPEAKING", "MIND"}
    listed = {word for name, table in mine.items() if name not in others for word in table}
    assert {word for word in listed if [one.lemma for one in tokens_of(word, 0, len(word))] != [word]} <= {"為る"}


# any text


WORDS = """
    ロシア 米国 中国 日本 日米 対ロ 反日 米 両国 同国 プーチン大統領 フランス は が を に と の へ で に対し による から
    非難 し た ない 制裁 科し 解除 攻撃 され 支援 する 方針 と述べた 「 」 、 。 ? ( ) こと よう 求め 関係 悪化 脅威
    とみなす ため として 明らかにした て いる
"""


@settings(max_examples=80)
@given(
    st.lists(st.sampled_from(WORDS.split()), max_size=40).map("".join)
    | st.text(max_size=120)
    | st.text(
        st.characters(min_codepoint=0x3040, max_codepoint=0x30FF) | st.sampled_from("日米中露対。、「」は\n"),
        max_size=80,
    )
)
def test_attitudes_lie_in_their_text_and_nobody_holds_one_of_himself(text: str) -> None:
    found = directed_attitudes(text, "ja")
    assert found == directed_attitudes(text, "ja")
    for one in found:
        assert one.source != one.target
        assert 0 < one.certainty <= 1
        assert 0 <= one.start < one.end <= len(text)
        for start, end in (one.source_span, one.target_span):
            assert one.start <= start < end <= one.end
