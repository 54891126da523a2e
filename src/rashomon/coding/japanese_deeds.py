"""What Japanese nouns of acts and feelings say: "対ロ制裁", "中国への懸念", read with the verb that carries or ends them."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.coding import japanese_relations as known
from rashomon.coding.japanese_whose import LOOSE, TOWARD, Whose
from rashomon.coding.parties import Party, coded
from rashomon.coding.relations import REVERSED, Relation, each, pairs, promised, sign_of

Parted = tuple[Party, ...]


class Deeds:
    """The nouns of acts and feelings of one sentence."""

    def __init__(self, whose: Whose) -> None:
        self.whose, self.tree, self.chunks, self.words = whose, whose.tree, whose.chunks, whose.words

    def speaks_for_itself(self, i: int) -> bool:
        """Whether a noun is an act that says itself toward whom: of "対イラン制裁を支持" it is not whom one supports."""
        deed = self.whose.deed(i)[0]
        return deed >= 0 and bool(self._targets(i, deed)) and not self.whose.owners(i)

    def relations(self, i: int) -> Iterator[Relation]:
        """What a noun of an act or a feeling says, read with the verb that carries, ends or suffers it."""
        yield from self._visit(i)
        yield from self._trade(i)
        deed, ended = self.whose.deed(i)
        if deed < 0 or self.chunks[i].kind != "noun" or self.words[deed].lemma == "要請":
            return
        above, hanging, more = self.whose.governor(i)
        if self._supposed(hanging, above):
            return
        lemma = self.words[deed].lemma
        said = (*range(self.chunks[i].start, self.chunks[i].end), *(self.whose.said(above) if above >= 0 else ()))
        for entry, _ in known.VERBS[lemma]:
            kind = REVERSED.get(entry, "") if ended != more else entry
            kind, sources, targets, sure = self._carried(i, deed, kind, above, hanging)
            if kind and self._planned(i, above):
                kind = promised(kind)
            if kind and sources and targets:
                yield from pairs(kind, sources, targets, said, sure)
                joint = above < 0 or self.whose.lemma(above) in known.TOGETHER
                if lemma in known.MUTUAL and kind == entry and joint:
                    yield from pairs(kind, targets, sources, said, sure)
            elif kind == entry and len(sources) > 1 and not targets and lemma in known.MUTUAL:
                yield from each(kind, sources, said, sure)

    def _visit(self, i: int) -> Iterator[Relation]:
        """Of "首相の訪朝を検討": who goes where."""
        visited = self.whose.visited(i)
        above = self.whose.governor(i)[0] if visited else -1
        if visited and (above < 0 or not self.whose.unreal(above)):
            owners = self.whose.owners(i) or (self.whose.doer(above) if above >= 0 else ())
            yield from pairs("CONSULT", owners, visited, tuple(range(self.chunks[i].start, self.chunks[i].end)), 0.8)

    def _trade(self, i: int) -> Iterator[Relation]:
        """Of "ペルーからの輸入を止めた": who ends what he has with whom."""
        above = self.whose.governor(i)[0] if self.whose.lemmas(i) & known.TRADE else -1
        plain = above >= 0 and self.whose.deed(i)[0] < 0  # not "輸入制限"
        ended = plain and self.whose.lemma(above) in known.ENDERS and not self.chunks[above].negated
        if ended and not self.whose.unreal(above) and self.chunks[i].case == "を":
            kind = promised("SANCTION") if self.whose.planned(above) else "SANCTION"
            own = {one.code for one in self.whose.doer(above)}
            others = (one for one in self.whose.toward(i) or self.whose.owners(i) if one.code not in own)
            yield from pairs(kind, self.whose.doer(above), others, self.whose.said(above), 0.9)

    def _supposed(self, hanging: int, above: int) -> bool:
        """Whether the act is only thought of: "攻撃の可能性", or in what is supposed."""
        if above >= 0:
            return self.whose.unreal(above)
        over = self.tree.parents[hanging]
        return over != hanging and self.whose.lemma(over) in known.SUPPOSING

    def _planned(self, i: int, above: int) -> bool:
        """Whether it is yet to come, by its verb or by a noun between: "支援の申し出"."""
        if above < 0:
            return False
        between, seen = set(), i
        while (seen := self.tree.parents[seen]) != above:
            between.add(self.whose.lemma(seen))
        return bool(between & known.PLANNED) or self.whose.planned(above) or self.whose.lemma(above) in known.PLANNED

    def _carried(self, i: int, deed: int, kind: str, above: int, hanging: int) -> tuple[str, Parted, Parted, float]:
        """Kind, sources, targets and how sure, of an act whose noun hangs on the predicate ``above``."""
        targets, owners = self._targets(i, deed), self.whose.owners(i) or self._pair(i)
        if above < 0:
            known_to = bool(targets) or self.tree.parents[hanging] == hanging
            return kind if known_to else "", owners, targets, 0.8
        received = self._received(i)
        if received is not None:
            return kind, *received, 0.8
        case, verb = self.chunks[hanging].case, self.whose.lemma(above)
        turned, sure = self.whose.turned(above)
        if case in ("が", "は", "も"):
            if self.chunks[above].negated and verb == "出来る":
                return (
                    self.whose.kind(kind, True),
                    owners or self.whose.doer(above),
                    targets or self._of_verb(i, above, deed),
                    sure,
                )
            if (
                self.chunks[above].negated
                or verb in known.ENDERS
                or (kind == "COOPERATE" and verb not in known.CARRIERS)
            ):
                return "", (), (), 0.0
            by = self.whose.doer(above) if self.chunks[above].passive else ()
            by = by or self._place(above) or (self.whose.speaker(above) if kind in known.FEELING else ())
            return kind, owners or by, targets or self._of_verb(i, above, deed), 0.8
        if verb in known.UNDERGOING and case == "を" and not self.chunks[above].passive:
            return self.whose.kind(kind, turned), owners or self._giver(above), self.whose.doer(above), sure
        polarity = self._polarity(above, case)
        if not polarity or self.chunks[above].passive:
            told = bool(owners and targets) or (bool(self._pair(i)) and (case == "" or kind == "CONSULT"))
            told |= len(owners) > 1 and self.words[deed].lemma in known.MUTUAL  # "チリとペルーの対立に"
            told = told and not (self._felt(above, case) < 0 <= sign_of(kind))  # "加盟に難色を示す"
            return kind if told else "", owners, targets, 0.8
        if verb in known.ASKING and (sign_of(kind) >= 0 or not targets):
            return "", (), (), 0.0
        if verb in known.APPROVING and self.words[deed].lemma in known.JOINED:
            return "", (), (), 0.0  # "加盟を承認"
        blamed = known.VERBS.get(verb, (("", ()),))[0][0] == "DISAPPROVE"
        if polarity > 0:
            refused = turned and kind == "CONSULT" and verb in known.JOINING
            kind = "REJECT" if refused else self.whose.kind(kind, turned)
        elif owners and (targets or blamed):  # "北朝鮮の拉致を非難" is what they did
            return kind if sign_of(kind) < 0 or blamed else "", owners, targets, 0.8
        elif not turned:
            kind = self._ended(kind, verb)
        return kind, *self._between(i, deed, above, kind, owners, targets, sure)

    @staticmethod
    def _ended(kind: str, verb: str) -> str:
        """What an act is that one ends or is against: who condemns what harms another is for him, and does nothing yet."""
        if kind == "CONSULT":
            return "REJECT" if verb in known.REFUSED else ""
        spoken = known.VERBS.get(verb, (("", ()),))[0][0] in ("DISAPPROVE", "REJECT")
        return "good" if spoken and sign_of(kind) < 0 else REVERSED.get(kind, "")

    def _between(
        self, i: int, deed: int, above: int, kind: str, owners: Parted, targets: Parted, sure: float
    ) -> tuple[Parted, Parted, float]:
        """From whom to whom an act is that a predicate carries or ends, and how sure."""
        subject = self.whose.doer(above)
        own = {one.code for one in subject}
        others = bool(owners) and own.isdisjoint({one.code for one in owners})
        helped = kind in ("AID", "AGREE") and self.words[deed].lemma in known.HELPED
        if others and not targets and (helped or self.words[deed].lemma in known.OBJECTIVE):
            return subject, owners, sure
        if others and targets and subject:
            return owners, targets, sure
        found = tuple(one for one in targets or self._of_verb(i, above, deed) if one.code not in own)
        if not found and subject and self.words[deed].lemma in known.REACTING:
            found = self.whose.reacted(above, own, noun=True)
        if not found and subject and kind in known.FEELING:
            found = self.whose.about(above, (), frozenset(own), anywhere=sign_of(kind) < 0)
            return subject, found, LOOSE * sure
        return subject or owners, found, sure

    def _received(self, i: int) -> tuple[Parted, Parted] | None:
        """Of "北朝鮮が韓国から受けている支援": from whom, and who has it."""
        for j in self.whose.hung(i, "acl"):
            if self.whose.lemma(j) in known.UNDERGOING:
                taker = tuple(self.whose.slots(j, ("が", "の")))
                return self._giver(j), self.whose.of_chunks(taker)
        return None

    def _polarity(self, above: int, case: str) -> int:
        """1 for a verb that carries or wants what a noun says, −1 for one that ends or refuses it, 0 for any other."""
        verb = self.whose.lemma(above)
        if case not in ("を", "に", "へ", "と", ""):
            return 0
        if self._felt(above, case):
            return 0  # "EU離脱に懸念を示す"
        if verb in known.ENDERS:
            return -1
        if verb in known.CARRIERS:
            return 1
        kinds = known.VERBS.get(verb, ())
        return sign_of(kinds[0][0]) if kinds else 0

    def _felt(self, above: int, case: str) -> int:
        """Of "加盟に難色を示す" the sign of what is felt about an act, 2 of what has none; 0 where nothing is."""
        carried = case in ("に", "へ", "と") and self.whose.lemma(above) in known.CARRIERS - {"為る"}
        felt = tuple(self.whose.slots(above, ("=",))) if carried else ()
        deed = self.whose.deed(felt[-1])[0] if felt else -1
        kinds = known.VERBS.get(self.words[deed].lemma, ()) if deed >= 0 else ()
        return (sign_of(kinds[0][0]) or 2) if kinds else 2 * bool(felt)

    def _targets(self, i: int, deed: int) -> Parted:
        """Toward whom a noun says something: "対ロ", "シリアへの", "との", or before it in its compound ("レバノン攻撃")."""
        named = self.whose.named(i)
        found = [party for _, leaning, party in named if leaning == "toward"]
        places = {form for _, forms in known.VERBS[self.words[deed].lemma] for form in forms}
        for j in self.whose.hung(i, "nmod"):
            case = self.chunks[j].case
            made = case == "の" and "産" in self.whose.lemmas(j)  # "ペルー産の銅の禁輸"
            if not found and (made or case in TOWARD or (case == "と" and "と" in places)):
                found += self.whose.state(j)
            elif not found and case == "の" and not self.whose.state(j):
                found += self.whose.toward(j)
        if not found and not self._pair(i):
            found = [party for at, leaning, party in named if not leaning and at < deed]
        return tuple(coded(found))

    def _pair(self, i: int) -> Parted:
        """The two of "米中対立"."""
        both = tuple(coded(party for _, leaning, party in self.whose.named(i) if not leaning))
        if len(both) < 2:
            over = (j for j in self.whose.hung(i, "nmod") if self.chunks[j].case == "について")
            both = next((found for j in over if len(found := self.whose.state(j)) > 1), ())
        return both if len(both) > 1 else ()

    def _of_verb(self, i: int, above: int, deed: int) -> Parted:
        """Targets that hang on the verb: "シリアに制裁を科す"."""
        places = {form for _, forms in known.VERBS[self.words[deed].lemma] for form in forms} - {"="}
        over = (above, *self.whose.hung(i, "acl"))
        made = ("=",) if self.whose.lemma(above) == "為る" else ()  # "外交官を追放処分にする"
        slots = (j for one in over for j in self.whose.slots(one, (*sorted(places), "に", "へ", "について", *made)))
        free = (j for j in slots if i not in self.whose.below(j) and not self._between_two(j))
        found = next((found for j in free if (found := self.whose.state(j))), ())
        return found or self._of_clause(above) or self.whose.before_comma(above)

    def _between_two(self, j: int) -> bool:
        """Whether a noun is what is between two, neither of whom it is said of: "両国の対立に懸念を示す"."""
        deed = self.whose.deed(j)[0]
        return deed >= 0 and self.words[deed].lemma in known.MUTUAL and len(self.whose.state(j)) > 1

    def _of_clause(self, above: int) -> Parted:
        """Of "ペルーが加わることについて反対を表明": who does what it is about."""
        told = (j for j in self.whose.told(above) if self.chunks[j].case in ("について", "に対し", "に"))
        return next((found for j in told if (found := self.whose.doer(j))), ())

    def _giver(self, above: int) -> Parted:
        """Of "米国から支援を受けた": from whom."""
        return next(
            (found for j in self.whose.slots(above, ("から", "によって", "に")) if (found := self.whose.state(j))), ()
        )

    def _place(self, above: int) -> Parted:
        """Of "韓国では反発が強い": where a feeling is."""
        return next((found for j in self.whose.slots(above, ("で",)) if (found := self.whose.state(j))), ())
