"""Japanese words by which one state does something to another, feels something about it, or is something to it.

Facts of the language only. Types of acts are those of PLOVER (Open Event Data Alliance 2018); in lower case stand
feelings. All
are written as Sudachi's normal forms have them. An entry is a lemma and where its target stands: ``=`` the object ("を"), else
particles after a colon. A noun that makes a verb with する stands for both.
"""

from __future__ import annotations

from typing import Final

from rashomon.coding.japanese_words import VERBS as MIND
from rashomon.coding.lexicons import words
from rashomon.coding.relations import read_entries

VERBS: Final = read_entries("""
CONSULT: 派遣:に,へ 会談:と 会見:と 協議:と 交渉:と 訪問:=,に 訪れる= 面会:と 会う:と,に 対話:と 会合:と 接触:と
CONSULT: 歓談:と 歴訪= 折衝:と
SUPPORT: 支持= 賛成:に 賛同:に 同調:に 称賛= 評価= 歓迎= 擁護= 感謝:に,へ 謝罪:に,へ 祝福= 祝う= 承認= 招待= 招く=
SUPPORT: 弁護= 庇う= 味方:に,の 肩入れ:に 後押し= 後ろ盾:の 招聘= 激励= 称える= 共鳴:に 追悼= 陳謝:に 哀悼:に
SUPPORT: 釈明:に 励ます= 理解:に 敬意:に 祝意:に 謝意:に 弔意:に 連帯:に,と 祝辞:に 祝電:に 弔電:に 賛辞:に 絶賛=
SUPPORT: 寄り添う:に 追随:に 追従:に  持ち上げる= 歓待= 慰問= 慰労= 招致= 称揚=
SUPPORT: 礼賛= 賛美= 推薦= 後援= 応援= 声援:に 見舞い:に 労う= 推す= 庇護= 加担:に 与する:に 肯定=
COOPERATE: 契約:と 条約:と 協定:と 協力:と,に 連携:と 合意:と 提携:と 和解:と 同盟:と 締結:と 署名:と 調印:と
COOPERATE: 結ぶ:と 交わす:と 接近:に,と 共闘:と 妥結:と 一致:と 調整:と 友好:と 共同:と 協調:と 参加:に 加盟:に
COOPERATE: 修好:と 演習:と 妥協:と 同意:と 結束:と 握手:と 批准:と 和平:と 停戦:と 講和:と 組む:と 協同:と 合同:と
COOPERATE: 結託:と 通商:と 合流:に 相乗り:に 締約:と 加入:に 合弁:と
COOPERATE: 共催:と 復交:と 歩み寄る:に 和睦:と 団結:と 親善:と 友誼:と
AID: 訓練= 助言:に 支援:=,に,へ 援助:=,に,へ 提供:に,へ 供与:に,へ 寄付:に,へ 供給:に,へ 救援:=,に 救助= 贈る:に,へ
AID: 送る:に,へ 助ける= 融資:に,へ 寄贈:に,へ 貢献:に 輸出:に,へ 売却:に,へ 贈与:に,へ 救済= 支える= 援軍:に
AID: 拠出:に,へ 貸与:に,へ 借款:に,へ 資金:に,へ 保護= 救う= 義捐:に 補助:に 派兵:に 支給:に 譲渡:に 増援:に 寄与:に
AID: 守る= 無償:に 搬入:に 届ける:に 配布:に 運び込む:に 給油:に 護衛= 警護= 復興= 教える:に 育成=
AID: 手助け:=,に 力添え:に
CONCEDE: 解除:=,に 釈放= 返還:に 免除:に 譲歩:に 譲る:に 引き渡す:に 応じる:に 受け入れる:=,から 受諾= 受け入れ= 緩和:に
CONCEDE: 解放= 返す:に 明け渡す:に 屈する:に 容赦= 恩赦= 赦免= 服従:に 譲り渡す:に 歩み寄り:に 緩める=
RETREAT: 撤退:から 撤兵:から 撤収:から 降伏:に
INVESTIGATE: 尋問= 調査= 査察= 捜査=
DEMAND: 要求:に,に対し 求める:に,に対し 迫る:に,に対し 督促:に 申し入れる:に 突き付ける:に 強要:に 詰め寄る:に
DEMAND: 促す:に 要請:に 申し立てる:に 請求:に 催促:に 勧告:に 強請:に 命じる:に
DISAPPROVE: 非難= 批判= 抗議:に,へ,に対し 糾弾= 反発:に,へ 牽制= 警告:に,に対し 告発= 訴える= 責める= 弾劾= 中傷=
DISAPPROVE: 罵倒= 召喚= 呼び付ける= 呼び出す= 遺憾:に 不満:に 苦言:に 指弾= 侮辱= 皮肉る= 揶揄= 憤慨:に 憤る:に
DISAPPROVE: 怒る:に 激怒:に 失望:に 断罪= 咎める= 疑問視= 問題視= 反論:に 憤り:に 怒り:に 警鐘:に 訴訟:に 提訴=
DISAPPROVE: 酷評= 難じる= 叱責= 戒める= 諫める= 嘲笑= 嘲る= 罵る= 抗弁:に 苦情:に 異議:に 難癖:に 論難= 非議= 追及=
DISAPPROVE: 詰る= 名指し= 不快:に 鬱憤:に 憤怒:に 当て擦る= 突き上げる= 槍玉:に 物議:に 疑義:に 落胆:に
DISAPPROVE: 嫌がらせ:に 反駁:に 侮蔑= 愚弄= 弁難= 忠告:に 逆上:に 噛み付く:に
REJECT: 溝:と 隔たり:と 食い違い:と 亀裂:と 確執:と 拒否= 拒絶= 拒む= 反対:に 対立:と 断交:と 断絶:と 対抗:に 断る=
REJECT: 退ける= 否定= 一蹴= 破棄= 抵抗:に 離反:から 決裂:と 敵対:と 対峙:と 競争:と 無視= 決別:と 離脱:から
REJECT: 脱退:から 争う:と 競う:と 報復:に 召還= 違反:に 反旗:に 離れる:から 緊張:と 摩擦:と 紛争:と 論争:と 反抗:に
FIGHT: 投入:に,へ 送り込む:に,へ
REJECT: 難色:に 異:に 異論:に 遮断= 呼び戻す= 追い返す= 門前:に 無効= 逆行:に 渋る=
REJECT: 欺く= 騙す= 裏切る= 張り合う:と 衝突:と 背く:に 逆らう:に 離間= 争い:と 軋轢:と 不和:と 絶縁:と 妨げる=
REJECT: 反逆:に 競合:と 睨み合う:と 睨み合い:と 物別れ:と 突き放す=
THREATEN: 威嚇= 脅す= 恫喝= 脅迫= 脅かす= 挑発= 干渉:に 介入:に 圧力:に,へ 侵犯= 威圧= 圧迫= 威迫= 挑む:に 恐喝=
THREATEN: 進入:に 上陸:に 越境:に 挑戦:に 揺さぶる= 凄む:に 照射:に
THREATEN: 迫害= 示威:に
PROTEST: デモ:に,へ
SANCTION: 閉鎖= 制裁:に,へ 追放= 封鎖= 禁輸= 排除= 制限= 規制= 締め出す= 封じ込める= 妨害= 阻止= 凍結= ボイコット=
SANCTION: 停止= 禁止= 禁じる= 阻む= 罰する= 除名= 封じる= 懲罰= 締め付ける= 締め付け:に 差し押さえる= 没収=
SANCTION: 関税:に,へ 課税:に 差し止める= 失効= 剥奪= 抹消= 除外:=,から
SANCTION: 追い出す= 排斥= 退去=
COERCE: 拘束= 逮捕= 併合= 占領= 占拠= 拉致= 強制= 包囲= 弾圧= 統治= 支配= 抑留= 奪う:=,から 奪取= 拿捕= 強奪= 略奪=
COERCE: 抑圧= 占有= 連行= 強いる:に 押し付ける:に 分断= 解体= 侵害= 制圧= 掃討= 領有= 接収:=,から 監禁= 収奪= 誘拐=
COERCE: 盗聴= 盗む:から 傍受= 操る= 孤立= 隷属= 属国:に 植民= 搾取= 人質:に 追い込む= 従える=
COERCE: 拘禁= 乗っ取る= 征服=
ASSAULT: 暗殺= 殺害= 襲撃= 殺す= 虐殺= 拷問= 虐待= 毒殺= 銃殺= 処刑= 射殺= 暴行=
FIGHT: 攻撃:=,に,へ 侵攻:に,へ 侵略= 空爆:=,に,へ 爆撃:=,に,へ 砲撃:=,に,へ 戦う:と 交戦:と 戦闘:と 開戦:に 進軍:に
FIGHT: 進攻:に 撃墜= 撃沈= 破壊= 銃撃= 攻め込む:に 攻める= 侵入:に 反撃:に 爆破= 戦争:と 奇襲= 発砲:に 宣戦:に 撃つ=
FIGHT: 倒す= 滅ぼす= 打倒= 出兵:に 征伐= 討つ= 迎撃= 撃退= 駆逐= 壊滅= 掃射= 急襲= 応戦:に 襲う= 侵す= 轟沈= 会戦:と
FIGHT: 撃ち込む:に,へ 空襲:=,に,へ 放水:に,へ 落とす:に 投下:に,へ 撃破= 殲滅= 突入:に 進撃:に 出撃:に 砲火:に
FIGHT: 合戦:と 侵食= 追撃= 攻略=
bears: 認める= 許す= 容認= 黙認= 看過= 許可=
likes: 好む= 尊敬= 敬愛= 憧れる:に 親しむ:に 共感:に 好意:に 好感:に 親しみ:に 愛する= 慕う= 同情:に 喜ぶ= 親愛:に
likes: 愛着:に 敬服:に 心酔:に 憧憬:に
trusts: 信頼= 信用= 信じる= 頼る:に 依存:に 依拠:に 頼み:に 信認=
distrusts: 不信:に 疑う= 疑念:に 猜疑:に 疑惑:に 懐疑:に 訝る= 怪しむ= 不審:に 邪推=
dislikes: 嫌う= 憎む= 敵視= 反感:に 敵意:に 憎悪:=,に 嫌悪:=,に 憎しみ:に 恨む= 軽蔑= 蔑視= 見下す= 反目:と 妬む=
dislikes: 恨み:に 馬鹿:に 苛立つ:に 苛立ち:に 軽視= 不快:に 冷遇= 厭う= 妬み:に 怨恨:に 嫉妬:に 敵愾:に 怨念:に
fears: 恐れる= 警戒= 懸念:=,に 危惧= 憂慮= 怯える:に 不安:に 心配= 危ぶむ= 恐怖:に 恐れ:に 震え上がる:に 怯え:に
""")
"""Verbs and nouns that stand for one; their subject is the source."""
ONE_SIDED: Final = words("連携 協力 協調 調整 接近 接触 会う 協議 交渉 同意")
"""Of those that one may do with another who does not do it with him: "と" tells only the one."""
TOGETHER: Final = words("""
結ぶ 締結 署名 調印 合意 交わす 開始 再開 続ける 続く 起きる 行う 実施 成立 発効 終わる 始まる 深まる 激化 強まる 高まる 樹立
""")
"""Verbs of what two do together: with others who is spoken of does not do it back."""
OBJECTIVE: Final = words("""
暗殺 殺害 逮捕 拘束 拉致 釈放 解放 封鎖 占領 併合 侵略 排除 追放 訪問 送還 承認 打倒 救済 解体 支配 弾圧 虐殺 追悼
歓迎 訓練 閉鎖 受け入れ
""")
"""Nouns of which "の" tells to whom it is done, where somebody else carries it: "大統領の暗殺を企てた"."""
ARMING: Final = words("投入 送り込む")
"""Verbs that are an attack where it is forces that are sent."""
FORCES: Final = words("部隊 軍 軍隊 兵 兵士 兵力 戦力 戦車 艦隊 軍艦 艦艇 傭兵 工作員 機")
TRADE: Final = words("輸入 輸出 取り引き 貿易 渡航 投資 往来 通商 運航 送金 留学")
"""What is between two, which one who ends it does to the other: "ペルーからの輸入を止めた"."""
IN_LANDS: Final = frozenset({"FIGHT", "ASSAULT", "THREATEN", "COERCE", "AID"})
"""Acts that are done to a state by what is done in its land."""
LANDS: Final = words("北部 南部 東部 西部 中部 領 国内 沿岸 各地 全土 郊外 市 州 空港")
"""Nouns after a state's name that make it the name of a place in its land."""
RECALLING: Final = words("召還 呼び戻す")
"""Verbs of calling one's envoy back."""
JOINING: Final = words("応じる")
"""Verbs that say, denied, that one does not want to meet: "交渉に応じない"."""
ENVOYS: Final = words("大使 代表")
"""Who stands for a state where a union's name stands before him: "チリの国連大使"."""
APPROVING: Final = words("支持 歓迎 後押し 賛成 期待 希望 望む 重視 求める 提案")
JOINED: Final = words("加盟 加入")
"""Deeds that are no fact where somebody only approves of them or asks for them."""
HELPED: Final = words("支援 援助 救援 救済")
"""Nouns of help of which "の" tells to whom it is given, where somebody else gives it: "ペルーの支援を続ける"."""
SEATED: Final = words("おく 置く 有る 位置 構える")
"""Verbs that say in which state somebody sits: "バイドアに本拠を置く政府"."""
MUTUAL: Final = words("""
会談 会見 協議 交渉 面会 会う 対話 会合 接触 歓談 折衝 協力 連携 合意 提携 和解 同盟 締結 署名 調印 結ぶ 交わす 共闘
妥結 一致 調整 友好 共同 協調 修好 演習 妥協 結束 握手 批准 和平 停戦 講和 組む 条約 協定 対立 断交 断絶 決裂 敵対 対峙 競争
決別 争う 競う 緊張 摩擦 紛争 論争 張り合う 衝突 戦う 交戦 戦闘 戦争 反目
協同 合同 共催 復交 和睦 団結 親善 友誼 争い 軋轢 不和 絶縁 競合 睨み合う 睨み合い 物別れ 会戦 合戦
契約 溝 隔たり 食い違い 亀裂 確執
""")
"""What takes two: each is source and target."""
FEELING: Final = frozenset({"DISAPPROVE", "likes", "trusts", "distrusts", "dislikes", "fears"})
LOOSE: Final = FEELING | {"DEMAND"}
"""Kinds whose target may be the one other state that a sentence names."""

BONDS: Final = words("国交 関係 交流 絆 結び付き")
"""What binds two, of which the verb says what becomes of it."""
IMPROVING: Final = words("""
重要 樹立 回復 正常 改善 強化 発展 深める 深化 結ぶ 構築 再開 好転 修復 深まる 築く 強める 維持 緊密 良好 親密 再構築
前進 蜜月 進展 拡大 重視 進める 開く 復活 安定
""")
WORSENING: Final = words(
    "緊迫 悪化 断絶 冷え込む 緊張 断つ 険悪 冷却 凍結 破綻 後退 損なう 損ねる 冷える 拗れる 崩れる 途絶える 最悪 疎遠 急冷"
)
"""What becomes of such a bond, or what one makes of it."""

BECOMING: Final = words("有る 為る 成る 陥る 入る 向かう 至る")
"""Verbs of a state that a bond is in or comes to: "関係は最悪になった"."""
CARRIERS: Final = words("""
科する 課する 行う 加える 与える 実施 発動 開始 続ける 強める 強化 表明 示す 抱く 持つ 伝える 申し入れる 出す 発表
締結 結ぶ 署名 調印 交わす 要求 決定 決める 検討 継続 提供 供与 送る 続く 始まる 起きる 繰り返す 仕掛ける 高まる
強い 始める 起こす 有る 実行 為る 掛ける 働く 強行 遂行 講じる 取る 打ち出す 決断 約束 申し出る 決意 計画
目指す 推進 進める 求める 拡大 展開 重ねる 述べる 寄せる 捧げる 採択 可決 突き付ける 明らか 確認 覚える 深める
感じる 隠す 募る 露わ 引き上げる 上乗せ 上げる 漏らす 命じる 通告 言い渡す 使用 投じる 滲む 鮮明 溢れる 呈する 発する 唱える
加速 広げる 申し立てる
提起 敷く 浴びせる 投げ掛ける 巻き起こす 爆発 緩める 強調 呼び掛ける 踏み切る
乗り出す 訴える 企てる 図る 主張 警告 宣言 催す 開く 持ち掛ける 提案
再開 承認 重視 期待 希望 望む 模索 準備 開催 許可 表す 増す 広がる 激化 延長 追加 貫く 送付 提出 下す 狙う 要請
かける
""")
"""Verbs that carry what a noun says: their subject is the source."""
PLANNED: Final = words(
    "検討 計画 目指す 約束 申し出 申し出る 提案 図る 模索 準備 決意 呼び掛ける 要請 希望 望む 求める 企図 示唆 表明 予定 狙う"
)
"""Those that say that it is yet to come, of what is an act."""
ENDERS: Final = words("""
解除 撤回 停止 中止 終える 打ち切る 緩和 凍結 破棄 拒否 拒む 断る 反対 批判 非難 延期 見合わせる 減らす 削減 止める
終わる 終結 失う 禁じる 禁止 退ける 取り下げる 撤廃 終了 やめる 辞める 拒絶 否定 見送る 避ける 回避 控える 減額 縮小
見直す 中断 差し止める 断念 和らぐ 和らげる 阻止 阻む 抗議
""")
"""Verbs that end it or refuse it: it is turned into its reverse."""
REACTING: Final = words("""
反発 抗議 反論 拒否 拒む 拒絶 応戦 反撃 報復 対抗 反駁 応酬 非難 批判 警告 牽制 抗弁 退ける 一蹴 断る 否定 反対 迎撃 撃退
""")
"""What one does to whom the clause before was about, where nobody else is named: "日本が抗議し、中国は反発した"."""
ABOUT: Final = words("牽制 反発 警告 抗議 非難 批判 反論 不満 懸念 憂慮 称賛 評価")
"""Those of which "について" may say whom they are about: "日本について、…と牽制した"."""
REACTED: Final = words(
    "要求 提案 主張 申し出 抗議 批判 非難 求める 要請 指摘 姿勢 措置 対応 計画 動き 此れ 其れ 発言 決定 見解 決議 案"
)
"""What is reacted to, of what the clause before told."""
UNDERGOING: Final = words("受ける 浴びる 晒す 得る 受け取る 買う 受け入れる 被る 貰う 頂く 取り付ける 招く 引き出す")
"""Verbs whose subject suffers what the noun says, or has it of another."""
REFUSED: Final = words("拒否 拒む 拒絶 断る 打ち切る 中止 中断 見合わせる 凍結")
"""Of those, the ones that say that one does not want to meet."""
PLANS: Final = words(
    "方針 意向 予定 計画 考え 構え 用意 構想 意思 意志 決意 準備 見通し 姿勢 方向 意図 決定 約束 見込み 考え方 案"
)
"""Nouns of what is to be done, after the clause that says it."""
REFUSING: Final = words(
    "拒否 拒む 拒絶 断る 反対 否定 難色 止める やめる 中止 断念 見送る 控える 避ける 見合わせる 消極 取り止める"
)
"""Verbs that turn a clause before them into its reverse."""
HELP: Final = words("支援 援助 協力 救援 援軍 助言 仲介 助ける 寄付 参加 出席 訪問 来日 理解 支持 派遣 対話 交渉 会談")
"""What is asked for as a favour, and not as a demand."""
PASSING: Final = words("""
措置 案 決議 政策 活動 計画 作戦 行動 声明 方針 協定 条約 問題 意 念 考え 立場 動き 一環 文書 姿勢 意向 強化 開始
継続 実施 発動 再開 発表 表明 態度 論 感 意思 資金 物資 隊 部隊 覚え書き 路線 関係 会議 準備 申し出 申し出る
申し入れ 約束 提案 決定 検討 体制 枠組み 宣言 文 書簡 電報 運動 力
金 額 費 策 任務 事件 発言 談話 宣伝 行為 キャンペーン デモ 集会 最中 状態 渦中 処分 銃 船 砲 艦 意見 論調 書 状 談 署名
表現 文言 攻勢 網
要員 チーム 団
命令
""")
"""Nouns that only pass on what the noun before them says: "制裁措置", "支援の表明"."""
FORMAL: Final = words("為 他 一方 上 中 後 前 際 時 場合 反面 結果 所 代わり こと 事 物 訳")
"""Nouns in form only, that link a clause to the one after it: "協議するため", "支援するほか"."""
ASKING: Final = words("要求 求める 要請 呼び掛ける 訴える 迫る 促す 望む 希望 期待 主張 提案")
"""Verbs of what another is to do."""
LEADING: Final = words(
    "政府 政権 首相 大統領 外相 閣僚 当局 国民 世論 議会 国会 野党 与党 国王 総統 主席 外務省 軍 市民 住民 メディア 新聞 指導者"
)
"""Those of a state that a place before them tells: "イタリアでは、閣僚が"."""
SUPPOSING: Final = words("""
予測 可能 懸念 恐れ 見方 観測 噂 疑い 提案 案 計画 是非 危険 必要 要求 要請 期待 予想 報道 疑惑 脅威
有無 準備 構想 許可 権利 兆候
""")
"""Nouns after which an act is only thought of: "攻撃の可能性"."""
BODIES: Final = words("外務省 外交部 国防省 国防部")
"""Bodies that belong to whom the text is about, where nobody's name stands with them."""
OFFICES: Final = words("外相 首相 大統領 報道官 次官 国防相 防衛相 書記長 主席 政府 当局")
"""Offices that do so too."""
HALTING: Final = words("解除 停止 中止 撤回 凍結 打ち切り 終結 緩和 拒否 反対 撤廃 禁止 縮小 削減 断念 延期")
"""Nouns that end it: "制裁の解除"."""

FRIENDS: Final = words("同盟 友好 友邦 友人 友 仲間 パートナー 盟友 協力者 味方 兄弟 保護者 盟邦")
FOES: Final = words("敵 敵国 宿敵 対抗者 ライバル 仇敵 競争者")
DANGERS: Final = words("脅威 危険 リスク 挑戦 障害 悩み")
"""What one is to another."""
GOOD: Final = FRIENDS | words("信頼 平和 誠実 模範 責任 建設 好意 協力 賢明 正しい 良い 立派 公正 正当 寛大")
BAD: Final = (
    FOES
    | DANGERS
    | words("""
侵略 侵略者 違法 不法 不当 敵対 攻撃 独裁 テロ ならず者 挑発 暴挙 犯罪 違反 無責任 遺憾 卑劣 無法者 嘘 偽善 覇権
軍国 残虐 非道 横暴 侵害 干渉 加害者 略奪者 誤り 背信 野蛮 傲慢 独善 異常 間違い 狂気 愚か 恥 不快 許す 容認
受け入れる 看過 認める 黙認
""")
)
"""Words for what somebody or his deeds are said to be; of those that one may do, what cannot be done ("容認できない")."""
DENIED: Final = words("許す 容認 受け入れる 看過 認める 我慢 黙認 放置 見過ごす")
"""Those that speak ill only where they are denied."""
SEEING: Final = words(
    "位置づける 見なす 見る 位置付ける 考える 捉える 呼ぶ 名指し 断定 認定 指定 評する 称する 認識 形容 規定 断じる"
)
"""Verbs that say what one is taken for."""
SPEAKING: Final = MIND.predicates | words("反発 警告 抗議 憤る 怒る 為る")
"""Words of thought and speech: whose content another would have to answer for."""

PLACES: Final = words("""
海 洋 湾 半島 湾岸 列島 大陸 海峡 近海 沖 各地 国内 時間 語 料理 ドル 出身 系 国籍 沿岸 北部 南部 東部 西部 市 州
領 郊外 戦争 人質 銀行 条約 議定 教会 正教 カトリック = 新聞 通信 放送
テレビ 航空 中部 太平 特別 代表 時代 在住 空港 大学 帝国 全土 支局 経済
""")
"""Nouns after a name that make it a place, a time, or another's name: "日本海", "イラク戦争"."""
