"""The shared encoder: word pieces in, one vector a piece out.

One class serves the teacher (MPNet base) and the student (MiniLM, 6 layers).  They differ in size and in
one thing: MPNet adds a learned bias by relative position to its attention scores.  At loading time both
are brought to one form: piece ids are BERT's, positions start at 0, BERT's single token type is folded
into the position rows, and the three projections of attention are one matrix.
"""
import math
import os
from dataclasses import dataclass

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

PAD, UNK, CLS, SEP = 0, 100, 101, 102  # in BERT's uncased vocabulary of 30,522 pieces
VOCABULARY = 30522
SHAPES = 7


@dataclass
class Size:
    """The measures of an encoder; written into checkpoints and into the weights file."""
    layers: int
    hidden: int
    heads: int
    inner: int
    positions: int
    eps: float
    buckets: int = 0  # of the relative position bias; 0: none


MINILM = Size(layers=6, hidden=384, heads=12, inner=1536, positions=512, eps=1e-12)
MPNET = Size(layers=12, hidden=768, heads=12, inner=3072, positions=512, eps=1e-5, buckets=32)


class Layer(nn.Module):
    """Attention and feed-forward, each followed by residual and layer norm (post-norm, as in BERT)."""

    def __init__(self, size, dropout):
        super().__init__()
        d = size.hidden
        self.heads, self.dropout = size.heads, dropout
        self.qkv, self.out = nn.Linear(d, 3 * d), nn.Linear(d, d)
        self.up, self.down = nn.Linear(d, size.inner), nn.Linear(size.inner, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, size.eps), nn.LayerNorm(d, size.eps)

    def forward(self, x, bias):
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.norm1(x + self.drop(self.out(mixed.transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))

    def drop(self, x):
        return F.dropout(x, self.dropout, self.training)


class Encoder(nn.Module):
    def __init__(self, size, dropout=.1):
        super().__init__()
        self.size, self.dropout = size, dropout
        self.pieces = nn.Embedding(VOCABULARY, size.hidden)
        self.places = nn.Embedding(size.positions, size.hidden)
        self.shapes = nn.Embedding(SHAPES, size.hidden)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(size.hidden, size.eps)
        self.layers = nn.ModuleList(Layer(size, dropout) for _ in range(size.layers))
        self.relative = nn.Embedding(size.buckets, size.heads) if size.buckets else None
        self.pieces.weight.requires_grad = False  # frozen: 12 MB that the optimiser need not carry
        if self.relative is not None:  # frozen: the fused attention gives its bias no gradient; 14 % faster
            self.relative.weight.requires_grad = False

    def forward(self, ids, shapes):
        """ids, shapes: batch × pieces, PAD at the end.  Gives batch × pieces × hidden."""
        n = ids.shape[1]
        x = self.pieces(ids) + self.places.weight[:n] + self.shapes(shapes)
        x = F.dropout(self.norm(x), self.dropout, self.training)
        bias = torch.zeros(ids.shape, dtype=x.dtype).masked_fill(ids == PAD, -1e4)[:, None, None, :]
        if self.relative is not None:
            bias = bias + self.relative(buckets(n, self.size.buckets)).permute(2, 0, 1)[None]
        elif n > 1:
            bias = bias.expand(-1, 1, n, -1)
        for layer in self.layers:
            x = layer(x, bias)
        return x


def buckets(n, count, far=128):
    """MPNet's (T5's) bucket of each pair of positions: near ones exact, far ones by logarithm."""
    place = torch.arange(n)
    away = place[:, None] - place[None, :]
    half = count // 2
    sign, away = (away < 0).long() * half, away.abs()
    exact = half // 2
    log = exact + (torch.log(away.clamp(min=1).float() / exact) / math.log(far / exact) * (half - exact)).long()
    return sign + torch.where(away < exact, away, log.clamp(max=half - 1))


def load(size, folder, dropout=.1):
    """An encoder with the published weights of `folder` (model.safetensors in the layout of transformers)."""
    model, raw = Encoder(size, dropout), load_file(os.path.join(folder, "model.safetensors"))
    state = mpnet_tables(raw) if size.buckets else bert_tables(raw)
    state |= {"norm.weight": raw["embeddings.LayerNorm.weight"], "norm.bias": raw["embeddings.LayerNorm.bias"]}
    for i in range(size.layers):
        state |= layer_tables(raw, f"encoder.layer.{i}.", f"layers.{i}.", bool(size.buckets))
    missing, extra = model.load_state_dict(state, strict=False)
    if missing != ["shapes.weight"] or extra:
        raise ValueError(f"train: weights in {folder}: missing {missing}, unknown {extra}")
    return model


def bert_tables(raw):
    places = raw["embeddings.position_embeddings.weight"] + raw["embeddings.token_type_embeddings.weight"][:1]
    return {"pieces.weight": raw["embeddings.word_embeddings.weight"], "places.weight": places}


def mpnet_tables(raw):
    """MPNet's vocabulary is BERT's moved by four, with its own marks for start, end and padding."""
    table = raw["embeddings.word_embeddings.weight"]
    pieces = table[4:4 + VOCABULARY].clone()
    pieces[CLS], pieces[SEP], pieces[PAD] = table[0], table[2], table[1]
    return {"pieces.weight": pieces, "places.weight": raw["embeddings.position_embeddings.weight"][2:514],
            "relative.weight": raw["encoder.relative_attention_bias.weight"]}


def layer_tables(raw, old, new, mpnet):
    a = old + ("attention.attn." if mpnet else "attention.self.")
    names = ("q", "k", "v") if mpnet else ("query", "key", "value")
    out = old + ("attention.attn.o" if mpnet else "attention.output.dense")
    norm = old + ("attention.LayerNorm" if mpnet else "attention.output.LayerNorm")
    state = {}
    for kind in ("weight", "bias"):
        state[f"{new}qkv.{kind}"] = torch.cat([raw[f"{a}{n}.{kind}"] for n in names])
        state[f"{new}out.{kind}"] = raw[f"{out}.{kind}"]
        state[f"{new}norm1.{kind}"] = raw[f"{norm}.{kind}"]
        state[f"{new}up.{kind}"] = raw[f"{old}intermediate.dense.{kind}"]
        state[f"{new}down.{kind}"] = raw[f"{old}output.dense.{kind}"]
        state[f"{new}norm2.{kind}"] = raw[f"{old}output.LayerNorm.{kind}"]
    return state
