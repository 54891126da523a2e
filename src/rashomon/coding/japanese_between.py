"""What is between two states in Japanese, and what one is to another: "日中関係が悪化", "反日デモ", "脅威とみなす"."""

from __future__ import annotations

from collections.abc import Iterator

from rashomon.coding import japanese_relations as known
from rashomon.coding.japanese_whose import Whose
from rashomon.coding.parties import Party, coded
from rashomon.coding.relations import REVERSED, Relation, each, pairs, promised


class Between:
    """The relations between two that one sentence tells of."""

    def __init__(self, whose: Whose) -> None:
        self.whose, self.tree, self.chunks, self.words = whose, whose.tree, whose.chunks, whose.words

    def bonds(self, i: int) -> Iterator[Relation]:
        """What becomes of a bond: "国交を回復", "日中関係が悪化"."""
        if not self.whose.lemmas(i) & known.BONDS:
            return
        sign, above = self._becoming(i)
        kind = {1: "COOPERATE", -1: "REJECT"}.get(sign, "")
        if not kind or (above >= 0 and self.whose.unreal(above)):
            return
        sure = 0.9
        if above >= 0:
            turned, sure = self.whose.turned(above)
            kind = self.whose.kind(kind, turned)
            kind = (
                promised(kind)
                if kind and (self.whose.planned(above) or self.whose.lemma(above) in known.PLANNED)
                else kind
            )
        both = self._both(i)
        if kind and len(both) > 1:
            yield from each(kind, both, tuple(range(self.chunks[i].start, self.chunks[i].end)), sure)
            return
        subject = self.whose.doer(above) if above >= 0 else ()
        if kind and len(subject) > 1 and not both:
            yield from each(kind, subject, self.whose.said(above), sure)
        elif kind and above >= 0 and self.chunks[i].case != "について":
            other = both or tuple(one for j in self.whose.slots(above, ("と",)) for one in self.whose.state(j))
            qualifying = self.tree.relations[above] == "acl" and self.chunks[i].case in ("が", "の")
            if qualifying:
                subject = self.whose.state(self.tree.parents[above])  # "関係が悪化した米国"
            others = tuple(one for one in other if one.code not in {each.code for each in subject})
            yield from pairs(kind, subject, others, self.whose.said(above), sure)
            if qualifying or self.whose.lemmas(i) & {"国交"}:
                yield from pairs(kind, others, subject, self.whose.said(above), sure)

    def _becoming(self, i: int) -> tuple[int, int]:
        """What becomes of a bond (1 better, −1 worse, 0 neither), and the predicate that says it, −1 if none."""
        sign = self._sign(i)
        seen = i
        while not sign and self.tree.relations[seen] == "nmod" and self.tree.parents[seen] != seen:
            seen = self.tree.parents[seen]
            sign = self._sign(seen)
        above = self.whose.governor(seen)[0]
        if above < 0:
            return sign, above
        if not sign:
            states = self.whose.slots(above, ("に", "と")) if self.whose.lemma(above) in known.BECOMING else ()
            return self._sign(above) or next((found for j in states if (found := self._sign(j))), 0), above
        ended = self.whose.lemma(above) in known.ENDERS
        feared = any(kind == "fears" for kind, _ in known.VERBS.get(self.whose.lemma(above), ()))
        if sign < 0 and (ended or feared):  # "関係の悪化を避ける", "関係の悪化を懸念"
            return 0, above
        return -1 if ended else sign, above

    def _sign(self, i: int) -> int:
        lemmas = self.whose.lemmas(i)
        for j in self.tree.below_chunk[i]:
            plain = self.tree.relations[j] == "nmod" and self.chunks[j].case == "の"
            lemmas |= self.whose.lemmas(j) if plain or self.tree.relations[j] in ("amod", "advmod") else set()
        return bool(lemmas & known.IMPROVING) - bool(lemmas & known.WORSENING)

    def _both(self, i: int) -> tuple[Party, ...]:
        """The two whom a bond binds, or the one that is named with it: "米国との関係"."""
        found = [party for _, leaning, party in self.whose.named(i) if leaning in ("", "toward")]
        for j in self.whose.hung(i, "nmod", "conj"):
            if self.chunks[j].case in ("の", "と", "に対し") or self.chunks[j].adnominal:
                found += self.whose.state(j)
        return tuple(coded(found))

    def leaning(self, i: int) -> Iterator[Relation]:
        """Of "韓国の反日デモ": whose something is that is for or against another."""
        for at, leaning, party in self.whose.named(i):
            if leaning in ("for", "against"):
                owners = tuple(one for k, other, one in self.whose.named(i) if not other and k != at)
                above = self.whose.governor(i)[0]
                owners = owners or self.whose.owners(i) or self._where(above)
                yield from pairs("good" if leaning == "for" else "bad", owners, (party,), (at,), 0.8)

    def _where(self, above: int) -> tuple[Party, ...]:
        if above < 0 or self.whose.unreal(above):
            return ()
        return next((found for j in self.whose.slots(above, ("で",)) if (found := self.whose.state(j))), ())

    def role(self, i: int) -> Iterator[Relation]:
        """What one is to another, or is taken for: "中国は日本の脅威だ", "米国を敵とみなす"."""
        if self.whose.lemma(i) in known.SEEING:
            yield from self._seen(i)
        lemmas = self.whose.lemmas(i)
        if self.chunks[i].verbal or not lemmas & (known.FRIENDS | known.FOES | known.DANGERS):
            return
        said, owners = self.whose.doer(i), self.whose.owners(i)
        owners = owners or tuple(one for j in self.whose.slots(i, ("にとって", "と")) for one in self.whose.state(j))
        if lemmas & known.DANGERS:
            yield from pairs("good" if self.chunks[i].negated else "fears", owners, said, self.whose.said(i), 0.9)
            return
        kind = "ally" if lemmas & known.FRIENDS else "enemy"
        kind = REVERSED[kind] if self.chunks[i].negated else kind
        if len(said) > 1 and not owners:
            yield from each(kind, said, self.whose.said(i), 0.9)
        for one in owners:
            yield from each(kind, (*said[:1], one) if said else (), self.whose.said(i), 0.8)

    def _seen(self, i: int) -> Iterator[Relation]:
        """Of "イランを脅威とみなす": what the subject takes whom for."""
        taken = [*self.whose.slots(i, ("として", "と", "に")), *self.whose.told(i)]
        sign = next((one for j in taken if (one := self._judged(j))), 0)
        if not sign:
            return
        turned, sure = self.whose.turned(i)
        objects = (one for j in self.whose.slots(i, ("=", "について")) for one in self.whose.state(j))
        about = tuple(objects) or tuple(one for j in self.whose.told(i) for one in self.whose.doer(j))
        subject = self.whose.doer(i)
        others = tuple(one for one in about if one.code not in {each.code for each in subject})
        kind = "good" if (sign > 0) != turned else "bad"
        yield from pairs(kind, subject, others, self.whose.said(i), sure)

    def _judged(self, i: int) -> int:
        lemmas = self.whose.lemmas(i)
        if self.chunks[i].kind == "predicate" and self.chunks[i].verbal:
            return 0
        sign = bool(lemmas & known.GOOD) - bool(lemmas & (known.BAD - known.DENIED))
        return -sign if self.chunks[i].negated else sign
