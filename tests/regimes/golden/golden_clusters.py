"""Golden values of the tests of k-means and spectral clustering, from scikit-learn (1.2.1 when they were made).

Run with Debian's interpreter:  /usr/bin/python3 tests/regimes/golden/golden_clusters.py
"""

import warnings
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans, SpectralClustering

MASK = (1 << 64) - 1


class CountedNumbers:
    """The same numbers as tests/regimes/support/counted_numbers.hpp, to the last bit."""

    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & MASK
        return (self.state >> 40) * 2.0**-24

    def normal(self):
        return sum((self.uniform() for _ in range(12)), -6.0)


def overlapping_groups():
    """300 rows about three corners of a triangle, near enough to overlap."""
    numbers = CountedNumbers(1)
    corners = np.array([[0, 0], [4, 0], [2, 3]], dtype=float)
    return np.array([corners[row % 3] + [numbers.normal(), numbers.normal()] for row in range(300)], dtype=np.float32)


def apart():
    """600 rows in four groups far from each other, of unequal sizes: the graph falls into four parts."""
    numbers = CountedNumbers(2)
    rows = []
    for row in range(600):
        group = 0 if row % 10 < 4 else 1 if row % 10 < 7 else 2 if row % 10 < 9 else 3
        rows.append([numbers.normal() + (10 if column == group else 0) for column in range(5)])
    return np.array(rows, dtype=np.float32), 4


def touching():
    """900 rows in three groups that touch: the graph is in one part."""
    numbers = CountedNumbers(3)
    corners = [[0, 0], [6, 0], [3, 5]]
    rows = [[corners[row % 3][column] + numbers.normal() for column in range(2)] for row in range(900)]
    return np.array(rows, dtype=np.float32), 3


def rings():
    """1,000 rows on two rings, one inside the other: squares of distances to centres cannot tell them apart."""
    numbers = CountedNumbers(4)
    rows = []
    for row in range(1000):
        while True:  # a direction without sines: a point in the unit disc, not too near its middle
            x, y = 2 * numbers.uniform() - 1, 2 * numbers.uniform() - 1
            if 0.01 < x * x + y * y < 1:
                break
        radius = (1 if row % 2 == 0 else 3) + numbers.normal() / 16
        length = np.sqrt(x * x + y * y)
        rows.append([x / length * radius, y / length * radius])
    return np.array(rows, dtype=np.float32), 2


def phases():
    """1,200 rows that overlap with those before them and drift between three levels, as windows of a market."""
    numbers = CountedNumbers(5)
    state = [0.0] * 6
    rows = []
    for row in range(1200):
        level = [0, 3, -3][(row // 150) % 3]
        state = [0.75 * value + 0.25 * (level * (1 if column % 2 == 0 else -1) + numbers.normal())
                 for column, value in enumerate(state)]
        rows.append(state)
    return np.array(rows, dtype=np.float32), 3


def few():
    """60 rows in two groups: solved as a full matrix."""
    numbers = CountedNumbers(6)
    rows = [[3 * (row % 2) + numbers.normal() / 2, numbers.normal() / 2] for row in range(60)]
    return np.array(rows, dtype=np.float32), 2


def write_spectral():
    """One line per data set: its name, then its labels as digits."""
    lines = []
    for make in (apart, touching, rings, phases, few):
        rows, count = make()
        model = SpectralClustering(n_clusters=count, affinity="nearest_neighbors", n_neighbors=10,
                                   assign_labels="kmeans", random_state=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the graph is in several parts
            labels = model.fit_predict(rows)
        lines.append(make.__name__ + " " + "".join(str(label) for label in labels))
    header = ["// Labels of scikit-learn's SpectralClustering; written by golden_clusters.py.", "#pragma once", "",
              "#include <string_view>", "", "namespace regimetry::regimes {", ""]
    for line in lines:
        name, digits = line.split()
        header.append(f"inline constexpr std::string_view kSpectralLabelsOf{name.capitalize()} =")
        pieces = [digits[at : at + 100] for at in range(0, len(digits), 100)]
        header += [f'    "{piece}"' for piece in pieces]
        header[-1] += ";"
        header.append("")
    header.append("}  // namespace regimetry::regimes")
    path = Path(__file__).parent / "spectral_labels.hpp"
    path.write_text("\n".join(header) + "\n")


def print_kmeans():
    fit = KMeans(n_clusters=3, n_init=100, tol=0, random_state=0).fit(overlapping_groups().astype(float))
    centers = fit.cluster_centers_[np.argsort(fit.cluster_centers_[:, 0])]
    print("kmeans_test.cpp: objective", repr(fit.inertia_), "centres by their first value", centers.tolist())


if __name__ == "__main__":
    print_kmeans()
    write_spectral()
