"""Step `speed`: word pieces a second in training (forward, backward, optimiser), encoder alone."""
import time

import torch

from . import encoder


def measure(size, folder, bf16, steps):
    model = encoder.load(size, folder).train()
    opt = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-5, fused=True)
    ids = torch.randint(1000, 20000, (8, 256))
    for n in range(steps + 1):
        if n == 1:  # the first one warms up
            begun = time.time()
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            out = model(ids, torch.zeros_like(ids))
        out.float().pow(2).mean().backward()
        opt.step()
        opt.zero_grad()
    return steps * ids.numel() / (time.time() - begun)


def run(args):
    torch.set_num_threads(args.threads)
    for name, size, folder, steps in (("MiniLM", encoder.MINILM, args.minilm, 4), ("MPNet", encoder.MPNET, args.mpnet, 2)):
        for bf16 in (False, True):
            print(f"{name} {'bf16' if bf16 else 'fp32'}, {args.threads} threads: "
                  f"{measure(size, folder, bf16, steps):.0f} pieces/s", flush=True)
