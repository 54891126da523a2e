"""A study of two countries and some islands with Japanese wordings, and sentences of it with what they say. All invented."""

from __future__ import annotations

from typing import Final

import coding_study

from rashomon.study import Declared

DECLARED: Final = """\
[study]
id = "islands"
title = "The islands"
span = "1970/2000"

[[side]]
id = "japan"
name = "Japan"

[[side]]
id = "ussr"
name = "Soviet Union"

[[layer]]
id = "leadership"
name = "Leadership"

[[layer]]
id = "ministry"
name = "Ministries"

[[layer]]
id = "media"
name = "Media"

[[layer]]
id = "public"
name = "Public"

[[actor]]
id = "japanese-government"
name = "Japanese government"
side = "japan"
kind = "organisation"
layer = "leadership"

[[actor]]
id = "gaimusho"
name = "Japanese foreign ministry"
aliases = ["外務省"]
side = "japan"
kind = "organisation"
layer = "ministry"

[[actor]]
id = "japanese-public"
name = "Japanese public"
side = "japan"
kind = "population"
layer = "public"

[[actor]]
id = "old-politburo"
name = "Politburo"
side = "ussr"
kind = "organisation"
layer = "leadership"
life = "../1971"

[[actor]]
id = "soviet-leadership"
name = "Soviet leadership"
side = "ussr"
kind = "organisation"
layer = "leadership"
life = "1972/.."

[[actor]]
id = "soviet-press"
name = "Soviet press"
side = "ussr"
kind = "organisation"
layer = "media"

[[actor]]
id = "tanabe"
name = "Ichiro Tanabe"
aliases = ["田辺一郎", "田辺"]
side = "japan"
kind = "person"
roles = [{ office = "foreign minister", layer = "ministry", span = "1980/1988" }]

[[actor]]
id = "okada"
name = "Ken Okada"
aliases = ["岡田健", "岡田"]
side = "japan"
kind = "person"
roles = [{ office = "foreign minister", layer = "ministry", span = "1989/1995" }]

[[actor]]
id = "sokolov"
name = "Ivan Sokolov"
aliases = ["イワン・ソコロフ", "ソコロフ"]
side = "ussr"
kind = "person"
roles = [{ office = "foreign minister of the Soviet Union", layer = "ministry", span = "1979/1990" }]

[[actor]]
id = "orlov"
name = "Pavel Orlov"
aliases = ["オルロフ"]
side = "ussr"
kind = "person"
roles = [{ office = "general secretary", layer = "leadership", span = "1985/1991" }]

[[issue]]
id = "islands"
name = "The islands"
examples = ["領土問題", "島の帰属", "四島"]
positions = [
  { id = "returned", name = "To be returned", examples = ["島の返還", "領土の返還", "島を引き渡す"] },
  { id = "shelved", name = "To be shelved", examples = ["領土問題の棚上げ"] },
]

[[issue]]
id = "treaty"
name = "Peace treaty"
examples = ["平和条約", "peace treaty"]
positions = [{ id = "signed", name = "Signed", examples = ["平和条約の締結"] }]

[[quality]]
id = "threat"
name = "Threat"
dimension = "intent"
examples = ["脅威", "危険"]

[[quality]]
id = "trustworthy"
name = "Trustworthy"
dimension = "affect"
examples = ["信頼", "信用"]
"""


def declared() -> Declared:
    """The declaration."""
    return coding_study.declared(DECLARED)


SENTENCES: Final = [
    # in whose eyes, and whose feeling toward whom
    ("ソ連にとって、日本は脅威だった。", "ussr", "believes", "japan:threat", "positive"),
    ("日本のソ連に対する不信感が強まった。", "japan", "believes", "ussr:trustworthy", "negative"),
    ("日本はソ連を脅威と感じている。", "japan", "believes", "ussr:threat", "positive"),
    ("日本のソ連への信頼は低い。", "japan", "believes", "ussr:trustworthy", "negative"),
    # verbs of mind with a clause
    ("日本は、ソ連が島を返還すると期待した。", "japan > soviet-leadership", "expects > accepts", "islands", "returned"),
    ("モスクワは東京が平和条約を望んでいると考えた。", "ussr > japan", "believes > wants", "treaty", ""),
    ("日本政府は、ソ連が領土問題の棚上げを望んでいるとみていた。",
     "japanese-government > ussr", "believes > wants", "islands", "shelved"),
    ("田辺は、ソコロフが島の返還を拒否していると考えた。",
     "tanabe > sokolov", "believes > rejects", "islands", "returned"),
    ("ソ連は日本が平和条約を拒否することを恐れた。", "ussr > japanese-government", "fears > rejects", "treaty", ""),
    ("日本側は、ソ連が領土問題を棚上げにするのではないかと懸念していた。",
     "japanese-government > soviet-leadership", "fears > intends", "islands", "shelved"),
    ("オルロフは、東京が島の返還を要求していると信じていた。",
     "orlov > japanese-government", "believes > demands", "islands", "returned"),
    ("外務省は、ソ連が平和条約に応じないだろうと予想した。",
     "gaimusho > soviet-leadership", "expects > not accepts", "treaty", ""),
    ("田辺は、日本が島の返還を求めているとソコロフが考えていると思った。",
     "tanabe > sokolov > japanese-government", "believes > believes > demands", "islands", "returned"),
    ("ソ連は、日本が平和条約を望んでいないと判断した。", "ussr > japan", "believes > not wants", "treaty", ""),
    ("ソコロフは島の返還を拒否すると表明した。", "sokolov", "rejects", "islands", "returned"),
    ("田辺は平和条約の締結を受け入れると約束した。", "tanabe", "accepts", "treaty", "signed"),
    ("岡田は、領土問題は存在しないと主張した。", "okada", "asserts", "islands", ""),
    ("ソコロフは領土問題は解決済みだと述べた。", "sokolov", "asserts", "islands", ""),
    # with an object or a particle
    ("日本政府は四島の返還を要求した。", "japanese-government", "demands", "islands", "returned"),
    ("ソ連は島の返還を拒んだ。", "soviet-leadership", "rejects", "islands", "returned"),
    ("日本は平和条約の締結を望んでいた。", "japan", "wants", "treaty", "signed"),
    ("ソコロフは領土問題の棚上げを提案した。", "sokolov", "proposes", "islands", "shelved"),
    ("田辺は領土問題の棚上げに反対した。", "tanabe", "rejects", "islands", "shelved"),
    ("オルロフは平和条約の締結に同意した。", "orlov", "accepts", "treaty", "signed"),
    ("ソ連の新聞は日本の返還要求を非難し、平和条約を支持した。", "soviet-press", "accepts", "treaty", ""),
    ("田辺は島の返還を期待していた。", "tanabe", "expects", "islands", "returned"),
    ("ソコロフは領土問題に言及することを避けた。", "sokolov", "avoids", "islands", ""),
    ("ソ連は領土問題を無視した。", "ussr", "overlooks", "islands", ""),
    ("日本国民は島の返還を願っていた。", "japanese-public", "wants", "islands", "returned"),
    ("外務省は四島返還に固執した。", "gaimusho", "demands", "islands", "returned"),
    ("ソ連は平和条約を警戒した。", "ussr", "fears", "treaty", ""),
    ("岡田はソ連の提案を退け、島の返還を求めた。", "okada", "demands", "islands", "returned"),
    ("オルロフは平和条約を重視し、領土問題を軽視した。", "orlov", "discounts", "islands", ""),
    # negation and modality
    ("田辺は平和条約を望まなかった。", "tanabe", "not wants", "treaty", ""),
    ("ソ連は島の返還に応じなかった。", "soviet-leadership", "not accepts", "islands", "returned"),
    ("日本は領土問題の棚上げを認めない。", "japanese-government", "not accepts", "islands", "shelved"),
    ("岡田は、オルロフが島を返還するとは考えなかった。",
     "okada > orlov", "not believes > accepts", "islands", "returned"),
    ("ソコロフは平和条約を締結したいと述べた。", "sokolov", "wants", "treaty", "signed"),
    ("田辺は平和条約を締結すべきだと主張した。", "tanabe", "demands", "treaty", "signed"),
    ("ソコロフは、日本は領土問題を棚上げにしなければならないと述べた。", "sokolov", "demands", "islands", "shelved"),
    ("田辺は島の返還を断念するつもりはなかった。", "tanabe", "not intends", "islands", "returned"),
    ("ソ連は平和条約を締結しようとした。", "ussr", "wants", "treaty", "signed"),
    ("オルロフは島の返還を受け入れざるを得なかった。", "orlov", "accepts", "islands", "returned"),
    ("ソ連側は、島の返還は受け入れられないとしている。", "soviet-leadership", "not accepts", "islands", "returned"),
    ("田辺は平和条約を締結しようとしなかった。", "tanabe", "not wants", "treaty", "signed"),
    ("日本は平和条約を締結したがっていると、ソコロフは考えた。",
     "sokolov > japan", "believes > wants", "treaty", "signed"),
    ("オルロフは島を引き渡してもよいと考えた。", "orlov", "believes", "islands", "returned"),
    # what is to be done
    ("日本はソ連に島を返還するよう求めた。", "japanese-government", "demands", "islands", "returned"),
    ("ソコロフは日本に対し、領土問題を棚上げにすることを提案した。", "sokolov", "proposes", "islands", "shelved"),
    ("田辺はソコロフに平和条約の締結を呼びかけた。", "tanabe", "demands", "treaty", "signed"),
    ("オルロフは島を引き渡すことを約束した。", "orlov", "accepts", "islands", "returned"),
    ("岡田は島の返還を断念するのを拒否した。", "okada", "accepts", "islands", "returned"),
    # nouns
    ("日本の返還要求は島の帰属をめぐるものだった。島の返還という日本の要求は無視された。",
     "japanese-government", "demands", "islands", "returned"),
    ("ソ連は島の返還を求める日本の要求を退けた。", "japanese-government", "demands", "islands", "returned"),
    ("ソコロフは平和条約への期待を表明した。", "sokolov", "expects", "treaty", ""),
    ("田辺は島の返還に対する強い希望を示した。", "tanabe", "wants", "islands", "returned"),
    ("ソ連は領土問題を棚上げにする意向だ。", "soviet-leadership", "intends", "islands", "shelved"),
    ("ソコロフは島の返還に応じない構えだった。", "sokolov", "not accepts", "islands", "returned"),
    ("オルロフは島を引き渡す用意があると述べた。", "orlov", "accepts", "islands", "returned"),
    ("日本政府は、四島の返還を求める方針を固めた。", "japanese-government", "demands", "islands", "returned"),
    ("日本側の平和条約締結の提案は受け入れられなかった。", "japanese-government", "proposes", "treaty", "signed"),
    ("田辺は、ソ連が島を返還するとの期待を抱いていた。",
     "tanabe > soviet-leadership", "expects > accepts", "islands", "returned"),
    ("ソコロフは、日本が平和条約を拒むのではないかという懸念を抱いた。",
     "sokolov > japanese-government", "fears > rejects", "treaty", ""),
    ("領土問題を棚上げにするというソコロフの提案は、東京を失望させた。", "sokolov", "proposes", "islands", "shelved"),
    ("ソ連の目的は領土問題の棚上げだった。", "ussr", "wants", "islands", "shelved"),
    ("島を返還する意思はソ連にはなかった。", "soviet-leadership", "not intends", "islands", "returned"),
    # attribution and quotation
    ("ソコロフによれば、日本は平和条約を望んでいる。", "sokolov > japan", "asserts > wants", "treaty", ""),
    ("外務省によると、ソ連は領土問題の棚上げを提案した。",
     "gaimusho > soviet-leadership", "asserts > proposes", "islands", "shelved"),
    ("「我々は島の返還を拒否する」とソコロフは述べた。", "sokolov", "rejects", "islands", "returned"),
    ("田辺は「平和条約を締結したい」と語った。", "tanabe", "wants", "treaty", "signed"),
    ("「領土問題は解決済みである」とソ連の新聞は書いた。", "soviet-press", "asserts", "islands", ""),
    ("「島の返還は受け入れられない」とオルロフは強調した。", "orlov", "not accepts", "islands", "returned"),
    ("田辺の見方では、ソ連は平和条約を望んでいた。", "tanabe > ussr", "believes > wants", "treaty", ""),
    ("日本は島の返還を断念したと、ソ連の新聞は伝えた。",
     "soviet-press > japanese-government", "asserts > rejects", "islands", "returned"),
    ("ソコロフは、「日本は領土問題の棚上げを受け入れるだろう」と予測した。",
     "sokolov > japanese-government", "expects > accepts", "islands", "shelved"),
    # passive, relative clauses, coordination, dropped subjects
    ("島の返還はソ連によって拒否された。", "soviet-leadership", "rejects", "islands", "returned"),
    ("平和条約を望む田辺はモスクワを訪れた。", "tanabe", "wants", "treaty", ""),
    ("ソコロフが提案した領土問題の棚上げは、東京で報じられた。", "sokolov", "proposes", "islands", "shelved"),
    ("田辺はモスクワを訪れ、島の返還を要求した。", "tanabe", "demands", "islands", "returned"),
    ("ソ連は島の返還を拒否したが、平和条約には賛成した。", "soviet-leadership", "accepts", "treaty", ""),
    ("田辺はモスクワに着いた。平和条約の締結を要求した。", "tanabe", "demands", "treaty", "signed"),
    ("ソコロフは東京を訪れた。彼は平和条約を提案した。", "sokolov", "proposes", "treaty", ""),
    ("オルロフは演説した。同氏は島の返還を拒否した。", "orlov", "rejects", "islands", "returned"),
    ("日本とソ連は平和条約を望んだ。", "ussr", "wants", "treaty", ""),
    ("日ソ両国は平和条約を望んだ。", "japan", "wants", "treaty", ""),
    ("島の返還を要求しながら、田辺は交渉を続けた。", "tanabe", "demands", "islands", "returned"),
    # actors: offices, layers, peoples, shares
    ("1985年、日本の外相は島の返還を要求した。", "tanabe", "demands", "islands", "returned"),
    ("1990年に岡田外相は平和条約の締結を提案した。", "okada", "proposes", "treaty", "signed"),
    ("1986年にソ連の書記長は平和条約に同意した。", "orlov", "accepts", "treaty", ""),
    ("1970年にソ連は島の返還を拒否した。", "old-politburo", "rejects", "islands", "returned"),
    ("日本人の多くは島の返還を望んでいた。", "japanese-public", "wants", "islands", "returned"),
    ("日本人はソ連が島の返還を拒否していると考えた。",
     "japanese-public > soviet-leadership", "believes > rejects", "islands", "returned"),
    ("日本の世論は島の返還を求めた。", "japanese-public", "demands", "islands", "returned"),
    ("ソ連指導部は島の返還を拒否した。", "soviet-leadership", "rejects", "islands", "returned"),
    ("日本の外務省は領土問題の棚上げを拒否した。", "gaimusho", "rejects", "islands", "shelved"),
    ("ソコロフ外相は平和条約の締結を急ぐ考えを示した。", "sokolov", "wants", "treaty", "signed"),
    # qualities
    ("ソ連の新聞は日本を脅威とみなした。", "soviet-press", "believes", "japan:threat", "positive"),
    ("日本人はソ連が脅威だと考えていた。", "japanese-public", "believes", "ussr:threat", "positive"),
    ("田辺はソ連は脅威ではないと述べた。", "tanabe", "asserts", "ussr:threat", "negative"),
    ("外務省はソ連を信頼していなかった。", "gaimusho", "believes", "ussr:trustworthy", "negative"),
    ("ソコロフは日本を信頼している。", "sokolov", "believes", "japan:trustworthy", "positive"),
    ("日本政府はソ連を危険な国と見ていた。", "japanese-government", "believes", "ussr:threat", "positive"),
    ("日本国民はソ連に対して不信感を抱いていた。", "japanese-public", "believes", "ussr:trustworthy", "negative"),
    # longer ones
    ("ソ連側はこれまで、領土問題は存在しないとの立場を崩していない。",
     "ussr", "asserts", "islands", ""),
    ("田辺外相は記者会見で、四島の返還が実現しない限り平和条約は締結できないと強調した。",
     "tanabe", "asserts", "treaty", "signed"),
    ("日本政府は、ソ連が島の返還に応じるとの見方を捨てなかった。",
     "japanese-government > soviet-leadership", "believes > accepts", "islands", "returned"),
    ("外務省によれば、ソ連は平和条約を望んでいる。", "gaimusho > ussr", "asserts > wants", "treaty", ""),
    ("交渉が始まったところ、ソ連は領土問題の棚上げを提案した。", "soviet-leadership", "proposes", "islands", "shelved"),
    ("会談が終わると、日本は島の返還を要求した。", "japanese-government", "demands", "islands", "returned"),
    ("会談を終えたら、日本は島の返還を要求した。", "japanese-government", "demands", "islands", "returned"),
    ("ソ連が反対しても、日本は島の返還を求める。", "japanese-government", "demands", "islands", "returned"),
    ("オルロフ書記長は、日本側が領土問題の棚上げに同意するものと期待していた。",
     "orlov > japanese-government", "expects > accepts", "islands", "shelved"),
    ("ソ連は、日本が四島一括返還に固執していると非難した。",
     "ussr > japanese-government", "asserts > demands", "islands", "returned"),
    ("東京は、モスクワが平和条約の締結を急いでいると誤って信じていた。",
     "japan > ussr", "believes > wants", "treaty", "signed"),
    ("ソコロフ外相は、日本の世論が島の返還を強く求めていることを認めた。",
     "sokolov", "accepts", "islands", "returned"),
    ("オルロフは、領土の返還を求める日本国民の声を無視した。",
     "orlov", "overlooks", "islands", ""),
    ("ソ連の外交官らは、日本が最終的には領土問題の棚上げを受け入れると見込んでいた。",
     "ussr > japanese-government", "expects > accepts", "islands", "shelved"),
    ("田辺はソコロフに対し、島の帰属について話し合うよう強く迫った。",
     "tanabe", "demands", "islands", ""),
    ("「日本に譲歩する考えはない。領土問題は解決済みだ」とソコロフは繰り返した。",
     "sokolov", "asserts", "islands", ""),
    ("ソ連政府は島の返還を検討する用意があると示唆したが、日本側はこれを信用しなかった。",
     "soviet-leadership", "accepts", "islands", "returned"),
    ("ソ連指導部は、日本との平和条約が自国の安全を高めると確信していた。",
     "ussr", "believes", "treaty", ""),
    ("日本国民の大多数は、ソ連を信頼できない国だと感じていた。",
     "japanese-public", "believes", "ussr:trustworthy", "negative"),
    ("田辺は、平和条約を結ぶ前に四島が返還されなければならないと考えていた。",
     "tanabe", "believes", "islands", "returned"),
    ("ソコロフは訪日を前に、島の返還には応じられないと述べ、日本側の期待を打ち消した。",
     "sokolov", "not accepts", "islands", "returned"),
    ("日本政府は領土問題の解決なしに平和条約を結ぶことはあり得ないとの方針を堅持した。",
     "japanese-government", "intends", "treaty", ""),
    ("外務省は当初、ソ連の提案を領土問題の棚上げを狙ったものと受け止めた。",
     "gaimusho", "believes", "islands", "shelved"),
    ("ソ連側が平和条約案を示すと、田辺は直ちにこれを拒否した。",
     "tanabe", "rejects", "treaty", ""),
    ("島の返還を断念するよう求めるソ連の要求に対し、岡田は強く反発した。",
     "soviet-leadership", "demands", "islands", "returned"),
    ("オルロフは平和条約の締結を望んでおり、そのためには島の返還もあり得ると考えていたとされる。",
     "orlov", "wants", "treaty", "signed"),
    ("モスクワでは、日本が島の返還を急いでいるとみられていた。",
     "japan", "wants", "islands", "returned"),
    ("岡田は島の返還が先だという立場を繰り返し表明した。",
     "okada", "asserts", "islands", "returned"),
    ("ソコロフは、島の返還要求を取り下げるよう日本側に求めた。",
     "sokolov", "demands", "islands", "returned"),
    ("日本政府は同年、ソ連に平和条約の早期締結を申し入れた。",
     "japanese-government", "proposes", "treaty", "signed"),
    ("ソ連は平和条約の締結に消極的だった。",
     "soviet-leadership", "rejects", "treaty", "signed"),
    ("日本側は平和条約の締結に積極的な姿勢を示した。",
     "japanese-government", "wants", "treaty", "signed"),
    ("外務省によれば、オルロフは島の引き渡しに含みを残したという。",
     "gaimusho", "asserts", "islands", "returned"),
    ("ソ連はもはや日本を脅威とは見ていなかった。",
     "ussr", "not believes", "japan:threat", "positive"),
    ("日本は依然としてソ連に不信感を抱いている。",
     "japan", "believes", "ussr:trustworthy", "negative"),
    ("ソコロフは日本を信用していないようだった。",
     "sokolov", "believes", "japan:trustworthy", "negative"),
    ("日本人の間にはソ連への不信が根強い。",
     "japanese-public", "believes", "ussr:trustworthy", "negative"),
    ("岡田は「領土問題を解決し、平和条約を締結したい」と訴えた。",
     "okada", "wants", "treaty", "signed"),
    ("日本側は島の返還に固執し、ソ連側は平和条約の締結を急いだ。",
     "japanese-government", "demands", "islands", "returned"),
    ("オルロフが平和条約を提案したことは、東京では驚きをもって受け止められた。",
     "orlov", "proposes", "treaty", ""),
    ("ソコロフは、田辺が平和条約を拒否したことに失望した。",
     "tanabe", "rejects", "treaty", ""),
    ("ソ連は島を返還しないだろうと田辺は見ていた。",
     "tanabe > soviet-leadership", "believes > not accepts", "islands", "returned"),
    # clauses that are only spoken of, and who speaks
    ("ソコロフは、日本が平和条約を受け入れることが前提だと述べた。", "sokolov", "asserts", "treaty", ""),
    ("岡田は、ソ連が島の返還に応じることが「不可欠だ」と主張した。", "okada", "demands", "islands", "returned"),
    ("ソコロフは、日本が平和条約を受け入れるよう改めて要求、会談は終わった。", "sokolov", "demands", "treaty", ""),
    ("田辺外相から、ソ連は平和条約を望んでいないと指摘した。", "tanabe > ussr", "asserts > not wants", "treaty", ""),
    ("岡田は「ソ連が平和条約を受け入れてほしい」と述べた。", "okada", "wants", "treaty", ""),
    ("オルロフは平和条約を結ぶことで合意した。", "orlov", "accepts", "treaty", ""),
    ("田辺は「島は古い。平和条約が必要だ」と語った。", "tanabe", "demands", "treaty", ""),
    # who is meant
    ("ソ連は演説した。同国は平和条約を拒否した。", "soviet-leadership", "rejects", "treaty", ""),
    ("日本の外務省は黙った。同省は平和条約に反対した。", "gaimusho", "rejects", "treaty", ""),
    ("日本、ソ連両国は平和条約を望んだ。", "japan", "wants", "treaty", ""),
    ("日本とソ連の両国政府は平和条約を望んだ。", "japan", "wants", "treaty", ""),
    ("田辺とソコロフは会った。彼らは平和条約を望んだ。", "tanabe", "wants", "treaty", ""),
    ("1985年、外務大臣の田辺は平和条約を望んだ。", "tanabe", "wants", "treaty", ""),
    ("ソ連のオルロフ書記長は平和条約を望んだ。", "orlov", "wants", "treaty", ""),
    ("日本人の60%が平和条約に反対した。", "japanese-public", "rejects", "treaty", ""),
    ("ソ連は平和条約を望んでいるのではないかと田辺は疑った。", "tanabe > ussr", "believes > wants", "treaty", ""),
    ("田辺から見れば、ソ連は平和条約を望んでいた。", "tanabe > ussr", "believes > wants", "treaty", ""),
    ("岡田は平和条約に反対の意向を示した。", "okada", "rejects", "treaty", ""),
    ("田辺は、ソ連が平和条約を望んでいることに気づかなかった。", "ussr", "wants", "treaty", ""),
    ("岡田は平和条約の締結に踏み切った。", "okada", "intends", "treaty", "signed"),
]  # fmt: skip
"""Text, path, verbs, topic and stance of a statement that the sentence makes."""

SILENT: Final = [
    "もし日本が平和条約を望むなら、ソ連は応じるだろう。",
    "日本は島の返還を望んでいるのだろうか。",
    "田辺は新しい帽子を望んだ。",
    "誰かが島の返還を望んだ。",
    "田辺が平和条約を望んだというわけではない。",
    "専門家は田辺が平和条約を望んでいると述べた。",
    "外相は島の返還を要求した。",
    "田辺の顧問の友人は島の返還を要求した。",
    "島の返還が期待された。",
    "田辺が平和条約を望めば、交渉は進む。",
    "田辺とソコロフは会談した。島の返還を要求した。",
    "列車が着いた。島の返還を要求した。",
    "田辺は演説し、記者は島の返還を要求した。",
    "日本はオーロラと島の返還の歴史を展示した。",
    "平和条約を望むかどうかは分からない。",
    "田辺に平和条約を望むよう勧めた人がいた。",
    "ソ連に対する日本の政策は変わった。",
    "領土問題とは何か。",
    "日ソ関係において平和条約は重要である。",
    "日本がソ連に島の返還を要求したとしても、答えは同じだった。",
    "日本では、ソ連が島を返す気などないとの悲観論が広がった。",
    "オルロフは、日本がなぜ平和条約を拒み続けるのか理解できなかった。",
    "ソ連の新聞各紙は、日本で軍国主義が復活し脅威になりつつあると書き立てた。",
    "オルロフ政権は平和条約に前向きだった。",
    "日本政府が平和条約に反対しているとの報道を、岡田は否定した。",
    "田辺は平和条約を締結する意思がないわけではないと語った。",
    "ソ連が平和条約を望んでいるとは限らない。",
    "日本が平和条約を受け入れることは重要である。",
    "日本が平和条約を認めない以上は、交渉は進まない。",
    "ソ連が譲歩したら、日本は平和条約を望む。",
    "ソ連が譲歩すると、日本は平和条約を望む。",
    "ソ連が譲歩した場合、日本は平和条約を望む。",
    "交渉が続く限り、日本は島の返還を求めるだろう。",
    "会談が成功していれば、日本は島の返還を求めただろう。",
    "日本政府は、経済協力を進めればソ連が島の返還に応じるとの見方を捨てなかった。",
    "ソコロフは平和条約に関する質問に応じなかった。",
    "前首相は島の返還を要求した。",
    "日本は平和条約を受け入れるべきである。",
]
"""What states nothing about the topics that anyone named holds."""
