"""Step `export`: a checkpoint → one weights file, and test vectors for the program that reads it.  See docs/formats/weights.md."""
import hashlib
import json
import os
import struct

import numpy as np
import torch

from . import coref, fit, links, model as M, prepare, quantise, vectors
from .settings import ATTRIBUTION, NAMES, VERSION

MAGIC = b"rapwts\r\n"
ALIGN = 64
LIMIT = 30 << 20
TYPES = {np.dtype("int8"): "i8", np.dtype("float32"): "f32", np.dtype("uint8"): "bytes"}


class File:
    """Collects tensors, then writes header and data."""

    def __init__(self):
        self.entries, self.blocks, self.at = [], [], 0

    def add(self, name, array):
        array = np.ascontiguousarray(array)
        pad = -self.at % ALIGN
        self.blocks.append(b"\0" * pad)
        self.at += pad
        self.entries.append({"name": name, "type": TYPES[array.dtype], "shape": list(array.shape),
                             "offset": self.at, "bytes": array.nbytes})
        self.blocks.append(array.astype(array.dtype.newbyteorder("<")).tobytes())
        self.at += array.nbytes

    def matrix(self, name, weight, bias=None):
        """An int8 matrix by output channel: NAME (outputs × inputs), NAME.scale, NAME.bias."""
        q, scale = quantise.quantise(weight.detach().float())
        self.add(name, q.numpy())
        self.add(name + ".scale", scale.numpy())
        if bias is not None:
            self.floats(name + ".bias", bias)

    def floats(self, name, values):
        self.add(name, values.detach().float().numpy())

    def write(self, path, header):
        data = b"".join(self.blocks)
        header = header | {"tensors": self.entries, "digest": hashlib.sha256(data).hexdigest()}
        text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
        head = MAGIC + struct.pack("<II", VERSION, len(text)) + text
        with open(path + ".part", "wb") as f:
            f.write(head + b"\0" * (-len(head) % ALIGN) + data)
        os.replace(path + ".part", path)
        return len(head) + len(data), header["digest"]


def encoder_tensors(out, enc):
    out.matrix("pieces", enc.pieces.weight)
    out.matrix("places", enc.places.weight)
    out.floats("shapes", enc.shapes.weight)
    norm(out, "norm", enc.norm)
    for i, layer in enumerate(enc.layers):
        for name in ("qkv", "out", "up", "down"):
            linear(out, f"layer.{i}.{name}", getattr(layer, name))
        norm(out, f"layer.{i}.norm1", layer.norm1)
        norm(out, f"layer.{i}.norm2", layer.norm2)


def norm(out, name, module):
    out.floats(name + ".weight", module.weight)
    out.floats(name + ".bias", module.bias)


def linear(out, name, module):
    out.matrix(name, module.weight, module.bias)


def head_tensors(out, model):
    for key in model.out:
        weight, bias = quantise.merge_gold(model) if key == "gold" else (model.out[key].weight, model.out[key].bias)
        out.matrix(f"head.{key}", weight, bias)
    for key, crf in model.crf.items():
        out.floats(f"crf.{key}.trans", crf.trans + crf.bad)
        out.floats(f"crf.{key}.start", crf.start + crf.bad_start)
    trees = model.trees
    out.floats("tree.root", trees.root)
    for key in ("arc_dep", "arc_head", "rel_dep", "rel_head"):
        linear(out, f"tree.{key}", getattr(trees, key))
    out.matrix("tree.arc", *quantise.arc_matrix(trees))
    out.matrix("tree.rel", *quantise.rel_matrix(trees))


def header(model, vocabulary, name, sets):
    size, lists = model.enc.size, model.lists
    tasks = {k: {"labels": lists[k]} for k in M.SIMPLE}
    tasks |= {"names": {"labels": NAMES, "decode": "bio"}, "breaks": {"labels": ["inside", "end"]},
              "kind": {"labels": ["speech", "attitude"]}}
    tasks |= {k: {"labels": ATTRIBUTION, "decode": "crf"} for k in ("attr", "gold", "nest")}
    tasks["tree"] = {"labels": lists["rel"], "arc": M.ARC, "rel": M.REL}
    tasks["links"] = {"kinds": ["source", "content"], "numbers": links.NUMBERS}
    tasks["coref"] = {"labels": coref.TYPES, "facts": coref.FACTS, "reach": coref.REACH}
    return {"format": "rapporteur weights", "version": VERSION, "made_from": name, "sets": sets,
            "encoder": {"layers": size.layers, "hidden": size.hidden, "heads": size.heads, "inner": size.inner,
                        "places": size.positions, "shapes": 7, "eps": size.eps, "window": 256},
            "vocabulary": {"tensor": "vocabulary", "count": len(vocabulary), "pad": 0, "unk": 100, "cls": 101, "sep": 102},
            "quantisation": {"weights": "int8, symmetric, by output channel", "rows": "int8, symmetric, by row",
                             "activations": "int8, symmetric, by row, at run time"},
            "tasks": tasks}


def run(args):
    torch.set_num_threads(args.threads)
    source = args.checkpoint or os.path.join(args.work, "distilled.pt")
    model, data = fit.open_model(source), prepare.read(os.path.join(args.work, "data.pkl"))
    out = File()
    out.add("vocabulary", np.frombuffer("\n".join(data["vocabulary"]).encode(), dtype=np.uint8))
    with torch.no_grad():
        encoder_tensors(out, model.enc)
        head_tensors(out, model)
        links.tensors(out, source)
        coref.tensors(out, source)
        path = os.path.join(args.work, f"rapporteur-{VERSION}.weights")
        sets = sorted(f"{c} {p}" for c, p in data["docs"] if p == "train")
        size, digest = out.write(path, header(model, data["vocabulary"], os.path.basename(source), sets))
        if size > LIMIT:
            raise ValueError(f"train: {path} has {size} bytes, more than {LIMIT}")
        print(f"export: {path}, {size} bytes, digest {digest}", flush=True)
        vectors.write(os.path.join(args.work, f"rapporteur-{VERSION}.vectors.json"), quantise.emulate(model), data, digest)
