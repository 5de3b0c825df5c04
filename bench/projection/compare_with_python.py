#!/usr/bin/env python3
"""Times our maps beside scikit-learn's TSNE and umap-learn, on the same rows, one after the other.

    /usr/bin/python3 bench/projection/compare_with_python.py [ROWS.npy] [--rounds 2] [--threads 2]

Without a file: 10,000 x 64 rows, an autocorrelated walk that visits twelve places. umap-learn runs once on some
rows first, as numba compiles on the first call. Prints the least seconds of the rounds, ratios, and the
trustworthiness of both maps. CPU seconds are shown too: on a busy machine they say more than the clock.
"""
import argparse
import pathlib
import resource
import subprocess
import tempfile
import time
import warnings

import numpy as np
from sklearn.manifold import TSNE, trustworthiness

warnings.filterwarnings("ignore")
import umap  # noqa: E402

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "build/release/bin/projection_map_file"


def walk(rows=10_000, columns=64):
    rng = np.random.default_rng(0)
    places = rng.normal(size=(12, columns)) * 1.5
    place = np.repeat(rng.integers(0, 12, size=rows // 50), 50)
    state, out = np.zeros(columns), np.empty((rows, columns), dtype=np.float32)
    for row in range(rows):
        state = 0.9 * state + 0.44 * rng.normal(size=columns)
        out[row] = places[place[row]] + state
    return out


def cpu_seconds():
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def timed(work):
    clock, cpu = time.perf_counter(), cpu_seconds()
    answer = work()
    return time.perf_counter() - clock, cpu_seconds() - cpu, answer


def ours(method, rows_path, threads, folder):
    out = pathlib.Path(folder) / f"{method}.npy"
    subprocess.run([PROGRAM, method, rows_path, str(threads), out], check=True, stdout=subprocess.DEVNULL)
    return np.load(out)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rows", nargs="?")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows_path = arguments.rows or str(pathlib.Path(folder) / "rows.npy")
        if not arguments.rows:
            np.save(rows_path, walk())
        rows = np.load(rows_path)
        umap.UMAP().fit_transform(rows[:5000])  # above 4,096 rows it searches neighbours by other code
        theirs = {
            "umap": lambda: umap.UMAP(n_jobs=arguments.threads).fit_transform(rows),
            "tsne": lambda: TSNE(init="pca", n_jobs=arguments.threads, random_state=0).fit_transform(rows),
        }
        for method, reference in theirs.items():
            pairs = [(timed(lambda: ours(method, rows_path, arguments.threads, folder)), timed(reference))
                     for _ in range(arguments.rounds)]
            clock = [min(pair[side][0] for pair in pairs) for side in (0, 1)]
            cpu = [min(pair[side][1] for pair in pairs) for side in (0, 1)]
            trust = [trustworthiness(rows, pairs[0][side][2], n_neighbors=15) for side in (0, 1)]
            print(f"{method}: ours {clock[0]:.2f} s, Python {clock[1]:.2f} s, {clock[1] / clock[0]:.1f}x; "
                  f"cpu {cpu[0]:.2f} s and {cpu[1]:.2f} s, {cpu[1] / cpu[0]:.1f}x; "
                  f"trustworthiness {trust[0]:.4f} and {trust[1]:.4f}", flush=True)


if __name__ == "__main__":
    main()
