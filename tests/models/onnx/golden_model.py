#!/usr/bin/env python3
"""The bytes that onnx_model_test.cpp expects, from the format's own library.

    apt-get install python3-onnx && python3 tests/models/onnx/golden_model.py

Prints a small model that has one of everything our writer can write, as Debian's python3-onnx serialises it.
"""
import struct

from onnx import ModelProto, TensorProto, helper


def tensor(name, element_type, shape, fmt, values):
    return helper.make_tensor(name, element_type, shape, struct.pack("<" + fmt, *values), raw=True)


graph = helper.make_graph(
    nodes=[
        helper.make_node("Gemm", ["x", "w", "b"], ["y"], name="y", alpha=-0.5, transB=1),
        helper.make_node("ReduceMean", ["y"], ["z"], name="z", axes=[-1, 300], keepdims=0),
        helper.make_node("Cast", ["d"], ["f"], to=1),
    ],
    name="golden",
    inputs=[helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 2], doc_string="rows")],
    outputs=[helper.make_tensor_value_info("z", TensorProto.FLOAT, ["batch"])],
    initializer=[
        tensor("w", TensorProto.FLOAT, [1, 2], "2f", [1.5, -2.0]),
        tensor("b", TensorProto.FLOAT, [1], "f", [0.25]),
        tensor("d", TensorProto.DOUBLE, [], "d", [0.1]),
        tensor("i", TensorProto.INT64, [3], "3q", [-1, 0, 1 << 40]),
    ],
    doc_string="one of everything",
)
model = ModelProto()
model.ir_version = 7
model.producer_name = "regimetry"
model.producer_version = "1.2.3"
model.doc_string = "golden model"
model.graph.CopyFrom(graph)
opset = model.opset_import.add()
opset.domain = ""
opset.version = 13
for key, value in [("a", "1"), ("b", "zwölf")]:
    entry = model.metadata_props.add()
    entry.key, entry.value = key, value

hexadecimal = model.SerializeToString().hex()
for begin in range(0, len(hexadecimal), 96):
    print(f'    "{hexadecimal[begin:begin + 96]}"')
