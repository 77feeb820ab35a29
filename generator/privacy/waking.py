"""Which rules a text wakes: of most texts it can be told at once that most rules find nothing in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from generator.privacy.finding import Clue, Rule, TextClue, WordClue
from generator.privacy.rules import RULES
from generator.privacy.text import MOST_WORDS, Text, forms_of


class Waking:
    """The clues of some rules, each with a bit of its own; those that a word holds are remembered."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        clues: Iterable[Clue] = dict.fromkeys(
            clue for rule in self.rules for row in rule.wakes for held in row for clue in _with_condition(held)
        )
        self._bits: Mapping[Clue, int] = {clue: 1 << place for place, clue in enumerate(clues)}
        self._of_words = [(clue.says, bit) for clue, bit in self._bits.items() if isinstance(clue, WordClue)]
        self._of_texts = [
            (clue.says, bit, self._bits[clue.within] if clue.within else 0)
            for clue, bit in self._bits.items()
            if isinstance(clue, TextClue)
        ]
        self._words: dict[str, int] = {}
        self._awake: dict[int, tuple[Rule, ...]] = {}

    def awake(self, text: Text) -> tuple[Rule, ...]:
        """The rules that may find something in a text."""
        held = 0
        words = self._words
        for word in text.written:
            known = words.get(word)
            held |= self._learn(word) if known is None else known
        for says, bit, within in self._of_texts:
            if within & held == within and says(text):
                held |= bit
        awake = self._awake.get(held)
        if awake is None:
            if len(self._awake) >= MOST_WORDS:
                self._awake.clear()
            awake = self._awake[held] = tuple(rule for rule in self.rules if self._wakes(rule, held))
        return awake

    def _learn(self, word: str) -> int:
        if len(self._words) >= MOST_WORDS:
            self._words.clear()
        forms = forms_of(word)
        held = self._words[word] = sum(bit for says, bit in self._of_words if says(forms))
        return held

    def _wakes(self, rule: Rule, held: int) -> bool:
        return any(all(self._bits[clue] & held for clue in row) for row in rule.wakes)


def _with_condition(clue: Clue) -> tuple[Clue, ...]:
    """A clue, after those that it is asked within."""
    within = clue.within if isinstance(clue, TextClue) else None
    return (*_with_condition(within), clue) if within else (clue,)


@cache
def waking() -> Waking:
    """Of all rules."""
    return Waking(RULES)
