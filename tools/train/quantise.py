"""int8 weights, and a float emulation of the program that runs them.

Weights: symmetric, one scale an output channel.  Piece and place rows: symmetric, one scale a row.
Activations: before each matrix, symmetric, one scale a row (a piece or a word), as the Go kernels do.
"""
import copy

import torch
from torch import nn
from torch.nn import functional as F

from .model import ARC, REL, pad_one


def quantise(weight):
    """(int8 integers, float32 scale a row) with integers in [-127, 127], halves to even."""
    scale = weight.abs().amax(-1) / 127
    scale = torch.where(scale > 0, scale, torch.ones_like(scale))
    return torch.round(weight / scale[..., None]).clamp(-127, 127).to(torch.int8), scale.float()


def rounded(weight):
    q, scale = quantise(weight)
    return q.float() * scale[..., None]


class Matrix(nn.Module):
    """A linear layer with rounded weights on rounded rows."""

    def __init__(self, weight, bias):
        super().__init__()
        self.weight, self.bias = nn.Parameter(rounded(weight.detach()), False), nn.Parameter(bias.detach(), False)

    def forward(self, x):
        return F.linear(rounded(x), self.weight, self.bias)


class Trees(nn.Module):
    """As model.Trees, on rounded matrices (the relation product is one matrix of relations × 97 outputs)."""

    def __init__(self, old):
        super().__init__()
        self.root = old.root
        self.arc_dep, self.arc_head, self.arc = old.arc_dep, old.arc_head, Matrix(*arc_matrix(old))
        self.rel_dep, self.rel_head, self.rel = old.rel_dep, old.rel_head, Matrix(*rel_matrix(old))

    def arcs(self, words, index):
        dep = self.arc(torch.relu(self.arc_dep(words)))[index]
        heads = torch.relu(self.arc_head(torch.cat([self.root[None], words])))
        heads = heads[torch.cat([torch.zeros_like(index[:, :1]), index + 1], 1)]
        return dep @ heads.transpose(1, 2)

    def rels(self, words, dep, head):
        d = self.rel(torch.relu(self.rel_dep(words)))[dep]
        h = pad_one(torch.relu(self.rel_head(torch.cat([self.root[None], words]))))[head]
        return (d.view(len(d), -1, REL + 1) @ h[:, :, None])[..., 0]


def arc_matrix(trees):
    """(256 × 256, bias): from a dependent to the vector that meets the head's."""
    return trees.arc[:ARC].T.contiguous(), trees.arc[ARC]


def rel_matrix(trees):
    """(relations · 97 × 96, bias): output r · 97 + j meets the head's element j, and j = 96 the constant 1."""
    flat = trees.rel.permute(0, 2, 1).reshape(-1, REL + 1)
    return flat[:, :REL].contiguous(), flat[:, REL].contiguous()


def merge_gold(model):
    """gold = attr + difference, as one layer."""
    base, own = model.out["attr"], model.out["gold"]
    return own.weight + base.weight, own.bias + base.bias


def emulate(model):
    """A copy that computes as the exported file will, but for attention, which stays in float here."""
    model = copy.deepcopy(model).eval()
    model.bf16 = False
    with torch.no_grad():
        for table in (model.enc.pieces, model.enc.places):
            table.weight.copy_(rounded(table.weight))
        merged = merge_gold(model)
        model.trees = Trees(model.trees)
        replace(model)
        model.out["gold"] = Matrix(*merged)
    model.merged = True
    return model


def replace(module):
    for name, child in list(module.named_children()):
        if isinstance(child, nn.Linear):
            setattr(module, name, Matrix(child.weight, child.bias))
        else:
            replace(child)
