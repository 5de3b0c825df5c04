"""Golden values of the tests of k-means and spectral clustering, from scikit-learn (1.2.1 when they were made).

Run with Debian's interpreter:  /usr/bin/python3 tests/regimes/golden/golden_clusters.py
"""

import numpy as np
from sklearn.cluster import KMeans

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


def print_kmeans():
    fit = KMeans(n_clusters=3, n_init=100, tol=0, random_state=0).fit(overlapping_groups().astype(float))
    centers = fit.cluster_centers_[np.argsort(fit.cluster_centers_[:, 0])]
    print("kmeans_test.cpp: objective", repr(fit.inertia_), "centres by their first value", centers.tolist())


if __name__ == "__main__":
    print_kmeans()
