"""Times spectral clustering beside scikit-learn's on the same rows, in the same run, on two threads each.

    /usr/bin/python3 bench/regimes/compare_with_sklearn.py build/release/bin/spectral_speed [--sizes 2000,10000,20000]
        [--ours-only 100000]

Each line: rows, seconds of both (best of three for ours, one run of scikit-learn's), their ratio, the agreement
of the labels (adjusted Rand index) and the largest residual of our eigenvectors.
"""

import argparse
import json
import os
import subprocess
import tempfile
import time
import warnings

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[name] = "2"

import numpy as np  # noqa: E402
from sklearn.cluster import SpectralClustering  # noqa: E402
from sklearn.metrics import adjusted_rand_score  # noqa: E402

WIDTH = 64


def windows(count):
    """Means over 30 bars of series whose levels change about every hundred bars: rows overlap in time."""
    random = np.random.default_rng(1)
    regimes = np.zeros(count + 30, int)
    for bar in range(1, len(regimes)):
        regimes[bar] = random.integers(4) if random.random() < 0.01 else regimes[bar - 1]
    values = random.normal(size=(4, WIDTH))[regimes] + 2 * random.normal(size=(len(regimes), WIDTH))
    sums = np.cumsum(values, axis=0)
    return ((sums[30:] - sums[:-30]) / 30).astype(np.float32), 4


def groups(count):
    """Six groups that touch, without any order in time."""
    random = np.random.default_rng(2)
    middles = 0.5 * random.normal(size=(6, WIDTH))
    return (middles[random.integers(6, size=count)] + random.normal(size=(count, WIDTH))).astype(np.float32), 6


def walk(count):
    """A random walk: the neighbour graph is a chain, whose eigenvalues hardly differ."""
    rows = np.cumsum(np.random.default_rng(3).normal(size=(count, WIDTH)), axis=0)
    return ((rows - rows.mean(0)) / rows.std(0)).astype(np.float32), 4


def time_ours(program, rows, regimes):
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, name) for name in ("rows.npy", "labels.npy")]
        np.save(paths[0], rows)
        printed = subprocess.run([program, paths[0], str(regimes), paths[1]], check=True, capture_output=True)
        return json.loads(printed.stdout), np.load(paths[1])


def time_theirs(rows, regimes):
    model = SpectralClustering(n_clusters=regimes, affinity="nearest_neighbors", n_neighbors=10, random_state=0,
                               n_jobs=2)
    begin = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the graph is in several parts
        labels = model.fit_predict(rows)
    return time.perf_counter() - begin, labels


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--sizes", default="2000,10000,20000")
    parser.add_argument("--ours-only", default="")
    options = parser.parse_args()
    for make in (windows, groups, walk):
        for size in filter(None, (options.sizes + "," + options.ours_only).split(",")):
            rows, regimes = make(int(size))
            ours, labels = time_ours(options.program, rows, regimes)
            line = f"{make.__name__:8} {size:>7} rows: ours {ours['seconds']:.3f} s"
            if size not in options.ours_only.split(","):
                seconds, golden = time_theirs(rows, regimes)
                line += (f", scikit-learn {seconds:.2f} s, ratio {seconds / ours['seconds']:.1f}, "
                         f"agreement {adjusted_rand_score(golden, labels):.3f}")
            print(f"{line}; residual {ours['residual']:.1e}, {ours['solver']}, {ours['products']} products, "
                  f"{ours['parts']} parts", flush=True)


if __name__ == "__main__":
    main()
