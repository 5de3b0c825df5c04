"""Golden values of the tests of Gaussian mixtures and Ward's hierarchy, from scikit-learn and SciPy.

Run with Debian's interpreter:  /usr/bin/python3 tests/regimes/golden/golden_mixture.py
"""

import numpy as np
from scipy.cluster.hierarchy import ward
from sklearn.cluster import AgglomerativeClustering
from sklearn.mixture import GaussianMixture

from golden_clusters import overlapping_groups


def print_mixture():
    rows = overlapping_groups().astype(float)
    for kind, precisions in (("full", np.stack([np.eye(2)] * 3)), ("diag", np.ones((3, 2)))):
        fit = GaussianMixture(3, covariance_type=kind, tol=1e-13, max_iter=5000, reg_covar=0,
                              weights_init=np.ones(3) / 3, precisions_init=precisions,
                              means_init=np.array([[0.0, 0], [4, 0], [2, 3]])).fit(rows)
        print("mixture_iterations_test.cpp", kind, "log likelihood", repr(fit.score(rows) * len(rows)),
              "weights", fit.weights_.tolist(), "means", fit.means_.tolist())


def print_ward():
    rows = overlapping_groups().astype(float)
    heights = np.sort(ward(rows)[:, 2])
    print("ward_tree_test.cpp heights, the highest four", heights[-4:].tolist(), "their sum", repr(heights.sum()))
    labels = AgglomerativeClustering(4).fit_predict(rows)
    order = list(dict.fromkeys(labels.tolist()))
    print("ward_tree_test.cpp labels", "".join(str(order.index(label)) for label in labels))


if __name__ == "__main__":
    print_mixture()
    print_ward()
