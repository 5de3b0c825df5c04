# Makes the golden values of adjusted_rand_index_test.cpp and balanced_accuracy_test.cpp with scikit-learn.
# Run: /usr/bin/python3 golden_agreement.py > golden_agreement.inc
from itertools import permutations

from sklearn.metrics import adjusted_rand_score, balanced_accuracy_score


def labels(count, groups, seed):
    """The Lehmer generator that the test repeats: equal on both sides without a file of labels."""
    out, state = [], seed
    for _ in range(count):
        state = state * 48271 % 2147483647
        out.append(state // 65536 % groups)
    return out


def mixed(truth, groups, seed):
    """The truth moved on by one number, every third row at random."""
    noise = labels(len(truth), groups, seed)
    return [noise[n] if n % 3 == 0 else (label + 1) % groups for n, label in enumerate(truth)]


print("// Made by golden_agreement.py with scikit-learn: rows, groups of each, seeds, ARI, balanced accuracy.")
for count, truth_groups, label_groups, truth_seed, seed in [
        (10, 2, 2, 1, 2), (100, 3, 3, 3, 4), (1000, 4, 4, 5, 6), (5000, 4, 6, 7, 8), (3000, 6, 4, 9, 10)]:
    truth = labels(count, truth_groups, truth_seed)
    other = mixed(truth, label_groups, seed)
    most = max(truth_groups, label_groups)
    best = max(balanced_accuracy_score(truth, [p[o] for o in other]) for p in permutations(range(most))) \
        if len(set(truth)) > 1 else 1.0
    print(f"{{{count}, {truth_groups}, {label_groups}, {truth_seed}, {seed}, "
          f"{adjusted_rand_score(truth, other)!r}, {best!r}}},")
