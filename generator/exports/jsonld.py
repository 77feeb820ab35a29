"""Linked data: the canonical value in the words of schema.org, with articles under their JCI identifier.

The context stands in the file: reading it asks nothing of another host. Without a site address every `@id` is relative
to the place of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.exports.canonical import JCI
from generator.exports.walk import Tree, texts

CONTEXT: Mapping[str, object] = {
    "@vocab": "https://schema.org/",
    **{
        key: {"@type": "@id"}
        for key in ("about", "contentUrl", "hasPart", "inDefinedTermSet", "isPartOf", "sameAs", "subjectOf", "url")
    },
}
WORDS = frozenset(
    "@context @graph @id @type @vocab CreativeWork DataDownload Dataset DefinedTerm DefinedTermSet Legislation"
    " Organization Place about abstract citation contentUrl datePublished description distribution encodingFormat"
    " hasPart identifier inDefinedTermSet inLanguage isPartOf keywords legislationIdentifier name publisher sameAs"
    " spatialCoverage subjectOf termCode url version".split()
)
"""The words of schema.org and JSON-LD that are used: no text of a record."""
UP = "../"
"""From the folder of the exports to the root of the site."""
HIDDEN = "["
"""How a municipality begins that is shielded."""


def addresses_of(nouns: Iterable[Tree]) -> dict[str, str]:
    """Where the nouns of a list stand, by their ids."""
    return {noun["id"]: noun["adres"] for noun in nouns}


def laws_of(articles: Iterable[Tree]) -> dict[str, Tree]:
    """The laws of articles, by their ids."""
    return {article["wet"]["id"]: article["wet"] for article in articles}


@dataclass(frozen=True)
class Graph:
    """Makes the nodes of one canonical value."""

    value: Tree
    name: str
    cases: Mapping[str, str]
    """The addresses of the cases."""
    articles: Mapping[str, str]
    """The addresses of the articles."""

    @property
    def home(self) -> str:
        """The root of the site."""
        home: str = self.value.get("adres", UP)
        return home

    @property
    def words(self) -> Mapping[str, str]:
        """What is said of the collection."""
        words: Mapping[str, str] = texts()["verzameling"]
        return words

    def nodes(self, name: str, nouns: Iterable[Tree]) -> Iterator[Tree]:
        """The nodes of nouns of the list `name`; proposals have none."""
        makers = {"casussen": self._case, "patronen": self._pattern, "artikelen": self._article}
        return map(makers[name], nouns) if name in makers else iter(())

    def dataset(self, files: Iterable[str]) -> Tree:
        """The node of the collection, which has `files`."""
        place = f"{self.home}gegevens/"
        return {
            **self._node(place, "Dataset", self.name),
            "description": self.value["verantwoording"],
            "version": self.value["schema_versie"],
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": name,
                    "encodingFormat": self.words[name.rpartition(".")[2]],
                    "contentUrl": f"{place}{name}",
                }
                for name in files
            ],
            "hasPart": [self._at(address) for address in self.cases.values()],
        }

    def term_set(self) -> Tree:
        """The node of the patterns together."""
        return self._node(f"{self.home}patronen/", "DefinedTermSet", self.words["patronen"].format(naam=self.name))

    def _case(self, case: Tree) -> Tree:
        rules = [*case["knelpunt"]["regels"], *case["doorbraak"]["grondslag"]]
        named = dict.fromkeys(f"{r['wet']['id']}:{r['artikel']}" for r in rules if "wet" in r and "artikel" in r)
        place = case.get("gemeente") or case.get("provincie", {}).get("naam", HIDDEN)
        about = [f"{self.home}patronen/{pattern['id']}/" for pattern in case["patronen"]]
        node = {
            **self._node(self._at(case["adres"]), "CreativeWork", case["titel"]),
            "identifier": case["id"],
            "abstract": case["knelpunt"]["tekst"],
            "isPartOf": f"{self.home}gegevens/",
            "about": [*about, *(self._at(self.articles[key]) for key in named if key in self.articles)],
            "keywords": [word["naam"] for word in (case["knelpunt"]["soort"], *case["leefgebieden"])],
            "citation": [_source(source) for source in case["bronnen"]],
        }
        return node if place.startswith(HIDDEN) else {**node, "spatialCoverage": {"@type": "Place", "name": place}}

    def _pattern(self, pattern: Tree) -> Tree:
        node = {
            **self._node(self._at(pattern["adres"]), "DefinedTerm", pattern["naam"]),
            "termCode": pattern["id"],
            "inDefinedTermSet": f"{self.home}patronen/",
            "subjectOf": [self._at(self.cases[member["casus"]["id"]]) for member in pattern["leden"]],
        }
        return {**node, "description": pattern["omschrijving"]} if "omschrijving" in pattern else node

    def laws(self, laws: Mapping[str, Tree]) -> Iterator[Tree]:
        """The nodes of laws."""
        for law in laws.values():
            node = self._node(f"{self.home}wetten/{law['id']}/", "Legislation", law["citeertitel"])
            yield _identified(node, f"{JCI}{law['bwb']}", law["link"]) if "bwb" in law else node

    def _article(self, article: Tree) -> Tree:
        law = article["wet"]
        node = self._node(self._at(article["adres"]), "Legislation", article["naam"])
        node["isPartOf"] = f"{self.home}wetten/{law['id']}/"
        return _identified(node, article["jci"], article["link"]) if "jci" in article else node

    def _node(self, place: str, kind: str, name: str) -> Tree:
        return {"@id": place, "@type": kind, "name": name, "inLanguage": "nl", "url": place}

    def _at(self, address: str) -> str:
        return address if "adres" in self.value else f"{UP}{address}"


def _identified(node: Tree, identifier: str, link: str) -> Tree:
    return {**node, "legislationIdentifier": identifier, "sameAs": link}


def _source(source: Tree) -> Tree:
    return {
        "@type": "CreativeWork",
        "name": source["titel"],
        **({"datePublished": source["jaar"]} if "jaar" in source else {}),
        **({"url": source["url"]} if "url" in source else {}),
        **({"publisher": {"@type": "Organization", "name": source["uitgever"]}} if "uitgever" in source else {}),
    }
