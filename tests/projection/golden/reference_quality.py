#!/usr/bin/env python3
"""Writes reference_quality.csv: how scikit-learn's TSNE and umap-learn do on the sets of quality_sets.cpp.

Made with scikit-learn 1.2.1 and umap-learn 0.5.3 (Debian 12):  /usr/bin/python3 reference_quality.py
Each method runs with its defaults (TSNE init="pca") and three seeds; the mean is written. The sum of the
values of each set lets the test see that both sides speak of the same numbers.
"""
import pathlib
import warnings

import numpy as np
from sklearn.manifold import TSNE, trustworthiness
from sklearn.neighbors import NearestNeighbors

warnings.filterwarnings("ignore")
import umap  # noqa: E402

ROWS, K = 1200, 15


class Draws:
    def __init__(self, seed):
        self.state = seed

    def uniform(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 32) * 2.0**-32

    def bell(self):
        total = -6.0
        for _ in range(12):
            total += self.uniform()
        return total


def blobs():
    draws = Draws(1)
    centers = [[3 * draws.bell() for _ in range(10)] for _ in range(10)]
    return [[centers[row % 10][column] + draws.bell() for column in range(10)] for row in range(ROWS)]


def sheet():
    draws, rows = Draws(2), []
    for _ in range(ROWS):
        along = 4 * draws.uniform()
        across = 6 * draws.uniform()
        turn = along - int(along)
        side = 1.0 if int(along) % 2 == 0 else -1.0
        rows.append([2 * along, across, side * 12 * turn * (1 - turn)])
    return rows


def series():
    draws = Draws(3)
    places = [[draws.bell() for _ in range(32)] for _ in range(6)]
    state, at, rows = [0.0] * 32, 0, []
    for _ in range(ROWS):
        if draws.uniform() < 0.02:
            at = int(6 * draws.uniform())
        for column in range(32):
            state[column] = 0.9 * state[column] + 0.1 * places[at][column] + 0.2 * draws.bell()
        rows.append(list(state))
    return rows


def preservation(rows, points):
    near = [NearestNeighbors(n_neighbors=K).fit(x).kneighbors(return_distance=False) for x in (rows, points)]
    return np.mean([len(set(a) & set(b)) / K for a, b in zip(*near)])


def main():
    lines = ["set,value_sum,method,trustworthiness,neighborhood_preservation"]
    for name, make in {"blobs": blobs, "sheet": sheet, "series": series}.items():
        rows = np.array(make(), dtype=np.float32)
        for method in ("tsne", "umap"):
            scores = []
            for seed in range(3):
                if method == "tsne":
                    points = TSNE(init="pca", random_state=seed).fit_transform(rows)
                else:
                    points = umap.UMAP(random_state=seed).fit_transform(rows)
                scores.append((trustworthiness(rows, points, n_neighbors=K), preservation(rows, points)))
            mean = np.mean(scores, axis=0)
            lines.append(f"{name},{rows.astype(np.float64).sum():.9f},{method},{mean[0]:.6f},{mean[1]:.6f}")
            print(lines[-1], flush=True)
    pathlib.Path(__file__).with_name("reference_quality.csv").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
