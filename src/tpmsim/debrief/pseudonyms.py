"""Pseudonyms: what a run is called where its player is not to be named. The same run has the same one everywhere.

They hide nobody from whoever holds the files; they keep a page that is shown to a class from being a ranking.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from typing import Final

# fmt: off
MANNERS: Final = (
    "able", "agile", "alert", "ample", "apt", "bold", "brave", "breezy", "bright", "brisk", "calm", "candid", "careful",
    "cheery", "civil", "clear", "clever", "cosy", "crisp", "curious", "deft", "eager", "early", "even", "fair", "fleet",
    "frank", "free", "fresh", "gentle", "glad", "hardy", "humble", "jolly", "keen", "kind", "light", "lively", "lucid",
    "mellow", "merry", "mild", "modest", "neat", "nimble", "noble", "patient", "placid", "plain", "polite", "proud",
    "quick", "quiet", "ready", "sage", "serene", "sharp", "smart", "snug", "sober", "steady", "sunny", "swift", "warm",
)
ANIMALS: Final = (
    "badger", "beaver", "bison", "bittern", "camel", "chough", "civet", "condor", "coot", "crane", "curlew", "deer",
    "dolphin", "dormouse", "egret", "eider", "elk", "falcon", "ferret", "finch", "gannet", "gecko", "gibbon", "grebe",
    "hare", "heron", "hoopoe", "ibex", "ibis", "jackdaw", "kestrel", "kite", "lark", "lemur", "linnet", "lynx",
    "marmot", "marten", "moose", "newt", "okapi", "oriole", "osprey", "otter", "owl", "panda", "petrel", "pika",
    "plover", "puffin", "quail", "raven", "robin", "seal", "shrew", "siskin", "stoat", "stork", "swan", "tapir",
    "tern", "vole", "wombat", "wren",
)
# fmt: on


def pseudonyms(names: Sequence[str]) -> tuple[str, ...]:
    """Two words for each of some runs; those that would be called alike have six digits of their hash, too.

    Args:
        names: what tells the runs apart.
    """
    hashes = [hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest() for name in names]
    words = [f"{MANNERS[one[0] % len(MANNERS)]} {ANIMALS[one[1] % len(ANIMALS)]}" for one in hashes]
    often = Counter(word for _, word in {*zip(names, words, strict=True)})
    told = zip(words, hashes, strict=True)
    return tuple(word if often[word] == 1 else f"{word} {one[2:5].hex()}" for word, one in told)
