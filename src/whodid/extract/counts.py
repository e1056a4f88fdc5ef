"""Numbers of people killed, injured, arrested or gathered, as ranges with their words.

Each predicate has its own counts: of "killed 8 and wounded 12" the 8 belong to "killed". Counted are the people of the
predicate's roles and those that its grammar counts ("the killing of 14 soldiers", "the toll rose to 52").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, cast

from whodid.extract.amounts import Amount, amount_at, is_number, table
from whodid.extract.tree import agents, children, is_verb, objects, possessors, prepositional, subjects
from whodid.records import Annotated, Count, Token

What = Literal["killed", "injured", "arrested", "crowd"]
_NUMBER_DEPS = ("nummod", "amod", "quantmod", "compound")


def counts(a: Annotated, head: int, people: Iterable[int], type_: str) -> tuple[Count, ...]:
    """The counts that the predicate at ``head`` (of event type ``type_``) gives, in the order of the text.

    people: head tokens of its recipients; of a protest, of its actors. "A man" is no count, nor are years and money.
    """
    found: dict[tuple[int, str], Count] = {}
    for what, i in _counted(a, head, list(people), type_):
        amount = _amount_of(a, i)
        if amount is not None and not (what == "crowd" and amount.high == 1):
            quote = a.quote(amount.first, amount.last)
            found.setdefault(
                (quote.start, what),
                Count(what=what, low=amount.low, high=amount.high, text=quote.text, start=quote.start, end=quote.end),
            )
    return tuple(found[key] for key in sorted(found))


def _words(*keys: str) -> frozenset[str]:
    value = table()
    for key in keys:
        value = value[key]
    return frozenset(str(value).split())


def _counted(a: Annotated, head: int, people: list[int], type_: str) -> Iterator[tuple[What, int]]:
    """Who is counted (a token), and as what."""
    t = a.tokens[head]
    if harm := list(_harm(a, head)):
        yield from harm
        return
    if t.lemma in _words("outcome_verbs") and (outcomes := list(_outcomes(a, head))):
        yield from outcomes
        return
    if (of_subject := _kind(t.lemma, "what_of_subject")) is not None and is_verb(t):
        yield from ((of_subject, i) for i in [*subjects(a, head), *people])
    elif (what := _kind(t.lemma, "what")) is not None:
        if _is_counted_by_word_before(a, head):
            yield what, head - 1
            return
        yield from ((what, i) for i in [*_undergoers(a, head), *people])
    elif is_verb(t) and t.lemma in _words("lives", "verbs"):
        yield from (("killed", i) for i in objects(a, head) if a.tokens[i].lemma in _words("lives", "nouns"))
    elif t.lemma in _words("toll", "nouns") or any(
        k.lemma in _words("toll", "nouns") for k in children(a, head, "nsubj")
    ):
        yield from (("killed", i) for i in _toll(a, head))
    elif type_ in table()["what_of_type"]:
        yield from ((table()["what_of_type"][type_], i) for i in [*_crowd(a, head), *people])


def _kind(lemma: str, key: str) -> What | None:
    return cast("What | None", next((what for what, lemmas in table()[key].items() if lemma in lemmas.split()), None))


def _is_counted_by_word_before(a: Annotated, head: int) -> bool:
    """ "… and hundreds injured": the number is this predicate's, wherever the parser hangs it."""
    if head == 0 or a.tokens[head].tag not in ("VBN", "VBD") or children(a, head, "dobj"):
        return False
    return is_number(a.tokens[head - 1].norm) and _amount_of(a, head - 1) is not None


def _undergoers(a: Annotated, head: int) -> list[int]:
    if not is_verb(a.tokens[head]):
        return [*prepositional(a, head, "of"), *possessors(a, head), *(k.i for k in children(a, head, "nummod"))]
    found = objects(a, head)
    t = a.tokens[head]
    if not found and t.tag == "VBN":  # "13 arrested": the parser takes a shortened passive for an active
        found = subjects(a, head)
    return found


def _outcomes(a: Annotated, head: int) -> Iterator[tuple[What, int]]:
    """ "left 8 dead and 12 wounded": each number with the first outcome after it; "shot dead four"."""
    outcome = {word: what for what, words in table()["outcomes"].items() for word in words.split()}
    after = [k for k in range(head, a.sentence_of(head).last) if a.tokens[k].norm in outcome]
    people = {*objects(a, head), *(k.i for k in children(a, head, "conj") if not is_verb(k) and k.i > head)}
    for i in sorted(people):
        if (k := next((k for k in [*(k for k in after if k > i), *after]), None)) is not None:
            yield cast(What, outcome[a.tokens[k].norm]), i


def _harm(a: Annotated, head: int) -> Iterator[tuple[What, int]]:
    """The deaths and injuries that a happening brings, ``head`` or the verb whose subject it is: "the raid caused eight
    deaths", "the attack left no casualties", which are neither dead nor injured."""
    t = a.tokens[head]
    while t.dep == "appos":  # "its answer, the attack on the base, caused …"
        t = a.tokens[t.head]
    verb = head if is_verb(t) else t.head if t.dep == "nsubj" else None
    if verb is None:
        return
    found = objects(a, verb) if a.tokens[verb].lemma in _words("harm", "verbs") else []
    if a.tokens[verb].lemma in _words("harm", "verbs_in"):
        found = prepositional(a, verb, "in")
    for i in found:
        for what, nouns in table()["harm"]["nouns"].items():
            either = a.tokens[i].lemma in _words("harm", "either") and _none_of(a, i) is not None
            if a.tokens[i].lemma in nouns.split() or either:
                yield cast(What, what), i


def _harms() -> frozenset[str]:
    return _words("harm", "either").union(*(nouns.split() for nouns in table()["harm"]["nouns"].values()))


def _none_of(a: Annotated, i: int) -> int | None:
    """The "no" in front of the noun ``i``."""
    return next((k.i for k in children(a, i, "det") if k.norm == "no"), None)


def _toll(a: Annotated, head: int) -> list[int]:
    """ "the death toll rose to 52", "a toll of 52", "the toll reached 52"; ``head`` is the noun or the verb."""
    t = a.tokens[head]
    verb = head if is_verb(t) else t.head
    noun = [] if is_verb(t) else prepositional(a, head, "of")
    if not is_verb(a.tokens[verb]) or a.tokens[verb].lemma not in _words("toll", "verbs"):
        return noun
    return [
        *noun,
        *prepositional(a, verb, *_words("toll", "prepositions")),
        *(k.i for k in children(a, verb, "dobj", "attr")),
    ]


def _crowd(a: Annotated, head: int) -> list[int]:
    """Who gathered: subjects; of a noun those after "of" and "by", and whom a march "drew" or who "attended" it."""
    t = a.tokens[head]
    if is_verb(t):
        return subjects(a, head)
    found = [*prepositional(a, head, "of", "by")]
    verb = a.tokens[t.head]
    if is_verb(verb) and verb.lemma in _words("crowd_verbs"):
        found += (
            agents(a, verb.i)
            if t.dep == "nsubjpass"
            else objects(a, verb.i)
            if t.dep == "nsubj"
            else subjects(a, verb.i)
        )
    return [i for i in found if i != head]


def _amount_of(a: Annotated, i: int) -> Amount | None:
    """The number of the people at token ``i``."""
    t = a.tokens[i]
    if t.dep == "pobj" and a.tokens[t.head].norm in _words("part_of_them"):
        return None  # "nine people, including three children"
    holder = a.tokens[a.tokens[t.head].head]
    if t.dep == "pobj" and a.tokens[t.head].norm == "of" and (is_number(holder.norm) or holder.lemma == "crowd"):
        return _amount_of(a, holder.i) if is_number(holder.norm) else _number_on(a, t)
    if t.lemma == "crowd":
        return next((n for k in prepositional(a, i, "of") if (n := _amount_of(a, k)) is not None), None)
    if is_number(t.norm):
        bare_year = t.norm.isdecimal() and len(t.norm) == 4 and t.entity == "DATE"
        no_people = bare_year or t.entity in _words("not_people_labels") - {"DATE"} or children(a, i, "det", "neg")
        return (
            None
            if no_people and t.norm not in table()["vague"] and t.norm not in table()["scales"]
            else amount_at(a, i)
        )
    return _number_on(a, t)


def _number_on(a: Annotated, noun: Token) -> Amount | None:
    if noun.lemma in _harms() and (none := _none_of(a, noun.i)) is not None:
        return Amount(none, noun.i + 1, 0, 0)
    if noun.lemma in _words("not_people"):
        return None
    numbers = [k for k in children(a, noun.i, *_NUMBER_DEPS) if is_number(k.norm) and k.i < noun.i]
    if numbers:
        return amount_at(a, numbers[-1].i)
    first = a.phrase_of[noun.i].first if noun.i in a.phrase_of else noun.i
    if first > 1 and is_number(a.tokens[first - 1].norm):  # "between 8 and 10 people", which parsers tear apart
        found = amount_at(a, first - 1)
        return found if found is not None and a.tokens[found.first].norm == "between" else None
    return None
