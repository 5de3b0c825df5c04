# Makes golden_structure.inc: the files of a label sequence as pandas and scipy make them.
# Run: /usr/bin/python3 golden_structure.py > golden_structure.inc
import io
import json

import numpy as np
import pandas as pd
from scipy.stats import entropy

REGIMES = 4


def sticky_labels(count, seed):
    """The Lehmer generator that the test repeats: regime 0 is left seldom, 3 often, 2 leads to 3 only."""
    out, state, label = [], seed, 0
    for _ in range(count):
        out.append(label)
        state = state * 48271 % 2147483647
        draw = state // 65536 % 100
        if draw < [5, 12, 20, 60][label]:
            label = 3 if label == 2 else (label + 1 + draw % 3) % REGIMES
    return out


labels = sticky_labels(2000, 11)
counts = np.zeros((REGIMES, REGIMES))
for a, b in zip(labels, labels[1:]):
    counts[a, b] += 1
matrix = counts / counts.sum(axis=1, keepdims=True)
index = [f"Cluster {k}" for k in range(REGIMES)]
off_diagonal = matrix - np.diag(np.diag(matrix))
table = pd.DataFrame({
    "Stickiness": np.diag(matrix),
    "Most_Likely_Next": [f"Cluster {k}" for k in off_diagonal.argmax(axis=1)],
    "Next_Prob": off_diagonal.max(axis=1),
    "Transition_Entropy": [entropy(row) for row in matrix],
}, index=index)
table["Volatile?"] = np.where(table["Transition_Entropy"] > 0.4, "Yes", "No")
table["Strategy_Note"] = np.select(
    [table["Stickiness"] > 0.90, table["Stickiness"] > 0.75],
    ["✅ Trend-friendly, hold longer", "🟡 Moderate regime, tighten stop"], "⚠️ Transitional, exit fast")
roles = pd.DataFrame({
    "Cluster": [f"C{k}" for k in range(REGIMES)],
    "Role": np.select([(table["Stickiness"] > 0.9) & (table["Transition_Entropy"] < 0.35),
                       table["Transition_Entropy"] > 0.6],
                      ["Trend Holder", "High-Risk / Choppy"], "Moderate Regime"),
    "Volatility": np.where(table["Volatile?"] == "Yes", "High", "Low"),
    "Stickiness": table["Stickiness"].to_numpy().round(3),
})
roles["Action"] = roles["Role"].map({
    "Trend Holder": "📈 Hold / Extend TP", "High-Risk / Choppy": "❌ Avoid entries",
    "Moderate Regime": "🚨 Tighten Stop / Quick TP"})
table = table.round(3)
metadata = {str(k): {"stickiness": float(row["Stickiness"]), "entropy": float(row["Transition_Entropy"]),
                     "volatile": row["Volatile?"] == "Yes", "note": row["Strategy_Note"]}
            for k, (_, row) in enumerate(table.iterrows())}


def csv_text(frame, index):
    out = io.StringIO()
    frame.to_csv(out, index=index)
    return out.getvalue()


print("// Made by golden_structure.py with pandas and scipy.")
for name, text in [("kMatrixCsv", csv_text(pd.DataFrame(matrix), False)), ("kDecisionCsv", csv_text(table, True)),
                   ("kRolesCsv", csv_text(roles, False)), ("kMetadataJson", json.dumps(metadata, indent=2))]:
    print(f'constexpr const char* {name} = R"golden({text})golden";')
