#!/usr/bin/env python3
"""Folds the cross-encoder: writes what its six-bit weights have that cannot be told from the encoder's.

    python3 fold.py SIX_BITS.safetensors ENCODER.safetensors OUT.safetensors

Each cross-encoder was trained on from the encoder, and its weights lie a fifteenth of their own size from where they began. Each block of 32
is foretold from the encoder's block in its place: the encoder's numbers, times its scale, over the cross-encoder's scale, rounded (ties to
even, all in single precision). What is written of a block is its scale (half precision), a byte, and the differences: the byte holds the
bits of each difference in its lower three and the least difference, raised by 31 (nli-folded.safetensors: by 20), in its upper five; the differences follow, raised to
begin at zero, the first in the lowest bits. Nothing is lost: `cross_encoder.rs` unfolds the same six-bit blocks, whose hash it holds.
"""
import json, os, struct, sys
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import convert  # noqa: E402

RAISED = 31


def read(path):
    """The tensors of a file as `convert.write` takes them."""
    with open(path, "rb") as file:
        data = file.read()
    length = struct.unpack("<Q", data[:8])[0]
    tensors = {}
    for name, about in json.loads(data[8:8 + length]).items():
        start, end = (8 + length + offset for offset in about["data_offsets"])
        kind = {"U8": np.uint8, "F32": np.dtype("<f4")}[about["dtype"]]
        tensors[name] = (about["dtype"], np.frombuffer(data[start:end], kind).reshape(about["shape"]))
    return tensors


def numbers(blocks):
    """Scales and whole numbers of blocks of six bits."""
    block = blocks.reshape(-1, 26)
    scale = block[:, :2].copy().view(np.float16).astype(np.float32)
    lower, upper = block[:, 2:18], block[:, 18:]
    values = np.concatenate([lower & 15, lower >> 4], 1) | np.concatenate([upper >> 2 * at & 3 for at in range(4)], 1) << 4
    return scale, values.astype(np.int32) - 32


def fold(blocks, base):
    """The bytes of a folded matrix."""
    (scale, values), (base_scale, base_values) = numbers(blocks), numbers(base)
    per = np.divide(np.float32(1), scale, where=scale != 0, out=np.zeros_like(scale))
    foretold = np.clip(np.rint(base_values.astype(np.float32) * base_scale * per), -32, 31).astype(np.int32)
    differences = values - foretold
    least = differences.min(1)
    raised = differences - least[:, None]
    bits = np.array([int(most).bit_length() for most in raised.max(1)])
    assert least.min() >= -RAISED and least.max() < 32 - RAISED and bits.max() < 8
    scales = blocks.reshape(-1, 26)[:, :2]
    out = []
    for scale, width, low, row in zip(scales, bits.tolist(), least.tolist(), raised.tolist()):
        packed = sum(number << at * width for at, number in enumerate(row))
        out.append(scale.tobytes() + bytes([width | low + RAISED << 3]) + packed.to_bytes(4 * width, "little"))
    return np.frombuffer(b"".join(out), np.uint8)


def folded(tensors, encoder):
    """All tensors, those of layers folded on the encoder's."""
    is_matrix = lambda name, kind: kind == "U8" and name.startswith("layer.")
    return {name: ("U8", fold(data, encoder["encoder." + name][1])) if is_matrix(name, kind) else (kind, data)
            for name, (kind, data) in tensors.items()}


if __name__ == "__main__":
    convert.write(sys.argv[3], folded(read(sys.argv[1]), read(sys.argv[2])))
