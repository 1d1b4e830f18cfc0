"""Steps `teacher`, `student`, `distilled`: training that can be killed at any moment and goes on."""
import json
import math
import os
import random
import time
from dataclasses import asdict

import torch

from . import distil, encoder, evaluate, model as M, prepare, windows
from .settings import BATCH, EPOCHS, RATES, REPEAT, SEED

LABELLED = ("ewt", "gum", "polnear", "gold", "wikigold", "crossner")


def epoch_batches(docs, epoch):
    """The same batches for the same epoch, whenever it is asked: a resumed run finds its place again."""
    rng = random.Random(SEED * 1000 + epoch)
    out = []
    for corpus, some in sorted(docs.items()):
        for _ in range(REPEAT.get(corpus, 1)):
            out += windows.pack(some, rng)
    return windows.batches(out, BATCH, rng)


def optimiser(model, rates):
    """Encoder, heads and CRFs at their own rates; no decay for vectors (norms, biases)."""
    groups = []
    for params, rate in ((model.enc.parameters(), rates[0]), (model.crf.parameters(), rates[2]),
                         ([*model.out.parameters(), *model.trees.parameters()], rates[1])):
        params = [p for p in params if p.requires_grad]
        for some, decay in (([p for p in params if p.dim() > 1], .01), ([p for p in params if p.dim() < 2], 0.)):
            if some:
                groups.append({"params": some, "lr": rate, "base": rate, "weight_decay": decay})
    return torch.optim.AdamW(groups, betas=(.9, .98), fused=True)


def rate(step, steps):
    """6 % warm-up, then linear to zero."""
    warm = max(1, math.ceil(.06 * steps))
    return min((step + 1) / warm, max(0., (steps - step) / (steps - warm)))


class Run:
    """A training run and its place: model, optimiser, epoch, position in the epoch."""

    def __init__(self, args, kind):
        self.args, self.kind = args, kind
        self.name = args.name or kind
        self.data = prepare.read(os.path.join(args.work, "data.pkl"))
        self.docs = self.documents()
        torch.manual_seed(SEED)
        self.model = M.new(kind, args, self.data["lists"])
        self.opt = optimiser(self.model, RATES[kind])
        self.epochs = args.epochs or EPOCHS[kind]
        self.epoch = self.position = self.step = 0
        self.seconds = 0.
        self.steps = sum(len(epoch_batches(self.docs, e)) for e in range(self.epochs))

    def documents(self):
        """Training documents by corpus; the distilled student also reads what only the teacher has labelled."""
        train = {c: d for (c, part), d in self.data["docs"].items() if part == "train"}
        if self.kind != "distilled":
            return {c: train[c] for c in LABELLED}
        from . import emit
        docs = {c: emit.attach(self.args, d) for c, d in train.items() if c != "frames"}
        if not docs["polnear"]:
            raise ValueError(f"train: no teacher's scores in {self.args.work}/taught: run emit first")
        return {c: d for c, d in docs.items() if d} | {"frames": train["frames"]}

    def path(self, suffix):
        return os.path.join(self.args.work, self.name + suffix)

    def resume(self):
        if not os.path.exists(self.path(".resume")):
            return
        old = torch.load(self.path(".resume"), weights_only=False)
        self.model.load_state_dict(old["model"])
        self.opt.load_state_dict(old["opt"])
        torch.set_rng_state(old["rng"])
        for key in ("epoch", "position", "step", "seconds", "epochs", "steps"):
            setattr(self, key, old[key])
        if self.args.finish:  # the rate falls to zero over the steps that are left
            self.steps = self.step + self.args.finish
        self.log(event="resumed")

    def save(self):
        place = {k: getattr(self, k) for k in ("epoch", "position", "step", "seconds", "epochs", "steps")}
        store(self.path(".resume"), place | {"model": self.model.state_dict(), "opt": self.opt.state_dict(),
                                             "rng": torch.get_rng_state()})

    def log(self, **what):
        line = json.dumps({"time": time.strftime("%H:%M:%S"), "epoch": self.epoch, "step": self.step,
                           "of": self.steps, **what})
        print(line, flush=True)
        with open(self.path(".log"), "a", encoding="utf-8") as f:
            f.write(line + "\n")

    def fit(self):
        while self.epoch < self.epochs and self.step < self.steps:
            batches = epoch_batches(self.docs, self.epoch)
            if not self.one_epoch(batches):
                return
            self.epoch, self.position = self.epoch + 1, 0  # also where `finish` cuts the last one short
            keep(self.path(f".{self.epoch}.pt"), self.model)
            keep(self.path(".pt"), self.model)
            self.save()
            self.log(event="scores", minutes=round(self.seconds / 60, 1),
                     **evaluate.scores(self.model, self.data, evaluate.QUICK))

    def one_epoch(self, batches):
        """Trains to the end of the epoch; False when a trial's steps are used up."""
        self.model.train()
        means, saved, pieces, begun = {}, time.time(), 0, time.time()
        for batch in batches[self.position:]:
            before = time.time()
            pieces += self.one_step(batch, means)
            self.seconds += time.time() - before
            if self.step % 50 == 0:
                self.log(loss={k: round(v, 3) for k, v in sorted(means.items())},
                         speed=round(pieces / (time.time() - begun)))
                pieces, begun = 0, time.time()
            if time.time() - saved > self.args.every * 60:
                self.save()
                saved = time.time()
            if self.args.steps and self.step >= self.args.steps:
                return False
            if self.step >= self.steps:
                break
        return True

    def one_step(self, group, means):
        for g in self.opt.param_groups:
            g["lr"] = g["base"] * rate(self.step, self.steps)
        batch = windows.collate(group)
        words = self.model.words(batch)
        parts = M.losses(self.model, batch, words)
        if self.kind == "distilled":
            parts = distil.mix(parts, distil.losses(self.model, batch, words))
        M.total(parts).backward()
        torch.nn.utils.clip_grad_norm_([p for g in self.opt.param_groups for p in g["params"]], 1.)
        self.opt.step()
        self.opt.zero_grad()
        self.step, self.position = self.step + 1, self.position + 1
        for key, (loss, _) in parts.items():
            means[key] = .95 * means.get(key, loss.item()) + .05 * loss.item()
        return int((batch.ids != encoder.PAD).sum())


def store(path, thing):
    torch.save(thing, path + ".part")
    os.replace(path + ".part", path)


def keep(path, model):
    """A checkpoint for eval, emit, links and export: weights, measures and label lists."""
    store(path, {"model": model.state_dict(), "size": asdict(model.enc.size), "lists": model.lists})


def open_model(path):
    old = torch.load(path, weights_only=False)
    if "size" not in old:
        raise ValueError(f"train: {path} is a resume file, not a checkpoint")
    model = M.Model(encoder.Encoder(encoder.Size(**old["size"])), old["lists"])
    model.load_state_dict(old["model"])
    return model.eval()


def run(args):
    torch.set_num_threads(args.threads)
    one = Run(args, args.step)
    one.resume()
    one.log(event="begun", windows={c: len(d) for c, d in one.docs.items()}, threads=args.threads)
    one.fit()
