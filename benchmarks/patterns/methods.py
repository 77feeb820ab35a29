"""The methods: cases to groups, and to a ranking of similar cases.

Ours are reached through the same doors as the site uses. The others get the same text, and the settings with which they
did best on the labelled cases: that is in their favour.
"""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse import csr_matrix
from scipy.spatial.distance import squareform
from sklearn.cluster import HDBSCAN
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from benchmarks.patterns.corpora import LABELLED
from benchmarks.patterns.measures import Groups, Ranking
from generator.clustering import cluster
from generator.grouping import group_cases
from generator.model import Case
from generator.similarity import Similarity, compare
from generator.vectors import traits_of
from generator.vocabulary import load_vocabulary

DATE = "2026-01-01"
"""Stands in the history lines that a proposal writes; nothing depends on it."""
TFIDF_CUT = 0.22
"""Mean cosine at which two groups still join."""
HDBSCAN_TOPICS, BERTOPIC_TOPICS = 300, 50
"""Dimensions of the LSA vectors; there are never more than cases."""


@dataclass(frozen=True)
class Found:
    """What a method makes of cases."""

    groups: Groups
    ranking: Ranking


@dataclass(frozen=True)
class Method:
    """A way to group cases; `run` gets the cases and a seed."""

    name: str
    label: str
    run: Callable[[Sequence[Case], int], Found]
    ours: bool = False
    needs: tuple[str, ...] = ()
    """Modules that are imported before the clock starts and may not be installed."""
    seeds: int = 1
    """Over so many seeds the figures are a mean, on corpora that are small enough."""
    only: str = ""
    """The one corpus that the method is for."""


def by_registry(cases: Sequence[Case], seed: int) -> Found:
    """Ours as the site has it: from cases to described patterns, here from an empty registry."""
    del seed
    grouping = group_cases(cases, load_vocabulary(), date=DATE)
    patterns = grouping.proposal.registry.patterns
    groups = {case: pattern.id for pattern in patterns if pattern.active for case in pattern.cases}
    return Found(groups, _ranking_of(grouping.similarity))


def by_cluster(cases: Sequence[Case], seed: int) -> Found:
    """Ours without registry: similarity and one cut through the tree."""
    del seed
    similarity = compare([traits_of(case) for case in cases])
    groups = cluster(similarity).groups
    return Found({m.case: number for number, group in enumerate(groups) for m in group}, _ranking_of(similarity))


def by_unseen(cases: Sequence[Case], seed: int) -> Found:
    """The same with weights that have not seen the source of either case; for the labelled cases only."""
    from benchmarks.patterns.unseen import unseen_similarity  # noqa: PLC0415 - it loads the whole recipe of the weights

    similarity = unseen_similarity(cases, seed)
    groups = cluster(similarity).groups
    return Found({m.case: number for number, group in enumerate(groups) for m in group}, _ranking_of(similarity))


def by_tfidf(cases: Sequence[Case], seed: int) -> Found:
    """TF-IDF of three to five letters in words, average linkage, one cut."""
    del seed
    vectoriser = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, dtype=np.float32)
    rows = csr_matrix(vectoriser.fit_transform(_text_of(case) for case in cases))
    distance = (rows @ rows.T).toarray()
    np.subtract(1.0, distance, out=distance)
    np.clip(distance, 0.0, None, out=distance)
    np.fill_diagonal(distance, 0.0)
    condensed = squareform(distance, checks=False)
    del distance
    tree = linkage(condensed, "average")
    return Found(_groups(cases, fcluster(tree, 1.0 - TFIDF_CUT, "distance")), _ranking(cases, rows))


def by_hdbscan(cases: Sequence[Case], seed: int) -> Found:
    """HDBSCAN on LSA vectors; what it calls noise stands alone."""
    rows = _lsa(cases, HDBSCAN_TOPICS, seed)
    model = HDBSCAN(min_cluster_size=2, cluster_selection_method="leaf", copy=True)
    return Found(_groups(cases, model.fit_predict(rows)), _ranking(cases, rows))


def by_bertopic(cases: Sequence[Case], seed: int) -> Found:
    """BERTopic on LSA vectors in place of its transformer; outliers stand alone, topics are not reduced."""
    bertopic, umap, hdbscan = (import_module(name) for name in ("bertopic", "umap", "hdbscan"))
    rows = _lsa(cases, BERTOPIC_TOPICS, seed)
    parts = min(5, len(cases) - 2)
    model = bertopic.BERTopic(
        embedding_model=None,
        umap_model=umap.UMAP(n_neighbors=15, n_components=parts, min_dist=0.0, metric="cosine", random_state=seed),
        hdbscan_model=hdbscan.HDBSCAN(min_cluster_size=2, cluster_selection_method="leaf", prediction_data=True),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        topics, _ = model.fit_transform([_text_of(case) for case in cases], rows)
    return Found(_groups(cases, topics), _ranking(cases, rows))


METHODS = (
    Method("registry", "onze, zoals op de site", by_registry, ours=True),
    Method("cluster", "onze, zonder register", by_cluster, ours=True),
    Method("unseen", "onze, op ongeziene bronnen", by_unseen, ours=True, seeds=8, only=LABELLED),
    Method("tfidf", "TF-IDF met gemiddelde koppeling", by_tfidf),
    Method("hdbscan", "HDBSCAN op LSA", by_hdbscan),
    Method("bertopic", "BERTopic op LSA", by_bertopic, needs=("bertopic", "umap", "hdbscan"), seeds=3),
)


def method_by_name(name: str) -> Method:
    """The method of that name."""
    return next(method for method in METHODS if method.name == name)


def _text_of(case: Case) -> str:
    return "\n".join((case.titel, case.situatie, case.knelpunt.tekst, case.doorbraak.tekst))


def _lsa(cases: Sequence[Case], topics: int, seed: int) -> NDArray[np.float32]:
    """TF-IDF of words in fewer dimensions; rows of length one."""
    vectoriser = TfidfVectorizer(sublinear_tf=True, dtype=np.float32)
    rows = vectoriser.fit_transform(_text_of(case) for case in cases)
    parts = min(topics, len(cases) - 1, rows.shape[1] - 1)
    return np.asarray(normalize(TruncatedSVD(parts, random_state=seed).fit_transform(rows)), np.float32)


def _groups(cases: Sequence[Case], labels: Iterable[int]) -> Groups:
    """Cases by label; negative labels and labels of one case are no groups."""
    named = {case.id: int(label) for case, label in zip(cases, labels, strict=True) if label >= 0}
    times = Counter(named.values())
    return {case: label for case, label in named.items() if times[label] > 1}


def _ranking(cases: Sequence[Case], rows: csr_matrix | NDArray[np.float32]) -> Ranking:
    """By cosine of rows of length one."""
    ids = [case.id for case in cases]
    place = {case: row for row, case in enumerate(ids)}

    def nearest(case: str, count: int) -> list[str]:
        product = rows @ rows[[place[case]]].T
        near = np.asarray(product.toarray() if isinstance(product, csr_matrix) else product).ravel()
        near[place[case]] = -1.0
        return [ids[row] for row in np.argsort(-near, kind="stable")[:count]]

    return nearest


def _ranking_of(similarity: Similarity) -> Ranking:
    ids = similarity.ids
    place = {case: row for row, case in enumerate(ids)}
    return lambda case, count: [ids[row] for row, _ in similarity.nearest(place[case], count)]
