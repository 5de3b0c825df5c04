"""Golden values of the tests of hidden Markov models, from NumPy and SciPy and the definitions alone.

Run with Debian's interpreter:  /usr/bin/python3 tests/regimes/golden/golden_hidden_markov.py
"""

import numpy as np
from scipy.special import logsumexp
from scipy.stats import multivariate_normal, multivariate_t

from golden_clusters import CountedNumbers

SCALE = np.array([[2.0, 0.6], [0.6, 0.5]])
MEAN = np.array([1.0, -1.0])


def print_densities():
    for row in ([1.0, -1.0], [0.0, 0.0], [1e6, -3.0]):
        print("emission_test.cpp", row, "normal", repr(multivariate_normal(MEAN, SCALE).logpdf(row)),
              "t 2.5", repr(multivariate_t(MEAN, SCALE, df=2.5).logpdf(row)),
              "t 100", repr(multivariate_t(MEAN, SCALE, df=100).logpdf(row)))


def print_log_likelihood():
    """Two sequences of 40 and 20 rows of two columns under a model of two regimes, by the recursion in logs."""
    numbers = CountedNumbers(3)
    rows = np.array([[numbers.normal(), numbers.normal()] for _ in range(60)], dtype=np.float32).astype(float)
    initial, transition = np.array([0.75, 0.25]), np.array([[0.875, 0.125], [0.25, 0.75]])
    for name, laws in (
        ("normal", (multivariate_normal(MEAN, SCALE), multivariate_normal([0, 0], np.eye(2)))),
        ("t", (multivariate_t(MEAN, SCALE, df=5), multivariate_t([0, 0], np.eye(2), df=5))),
    ):
        logs = np.stack([law.logpdf(rows) for law in laws], axis=1)
        total = 0.0
        for first, last in ((0, 40), (40, 60)):
            state = np.log(initial) + logs[first]
            for row in range(first + 1, last):
                state = logsumexp(state[:, None] + np.log(transition), axis=0) + logs[row]
            total += logsumexp(state)
        print("emission_test.cpp log likelihood", name, repr(total))


if __name__ == "__main__":
    print_densities()
    print_log_likelihood()
