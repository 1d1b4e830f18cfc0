"""Command line: python3 -m train STEP [options]."""
import argparse
import importlib
import os

STEPS = {"check": "checks", "bases": "bases", "prepare": "prepare", "teacher": "fit", "emit": "emit", "student": "fit",
         "distilled": "fit", "links": "links", "coref": "coref", "eval": "evaluate", "export": "export", "speed": "speed"}
ALL = ("check", "bases", "prepare", "teacher", "emit", "distilled", "links", "coref", "export")


def arguments():
    here = os.path.dirname(os.path.abspath(__file__))
    shared = os.path.abspath(os.path.join(here, "..", "..", "..", "shared"))
    ap = argparse.ArgumentParser(prog="train", description=__doc__)
    ap.add_argument("step", choices=["all", *STEPS])
    ap.add_argument("checkpoint", nargs="?", help="for eval, links and export: a checkpoint")
    ap.add_argument("--data", default=os.path.join(shared, "data"))
    ap.add_argument("--gold", default=os.path.join(shared, "gold"))
    ap.add_argument("--work", default="/work/train/run", help="folder for data and checkpoints, outside the repository")
    ap.add_argument("--minilm", default="/work/train/minilm", help="folder with the unpacked student base")
    ap.add_argument("--mpnet", default="/work/train/mpnet_unz/all-mpnet-base-v2", help="… and the teacher base")
    ap.add_argument("--name", help="name of the checkpoint; default: the step")
    ap.add_argument("--int8", action="store_true", help="eval: score the emulation of the exported file")
    ap.add_argument("--epochs", type=int)
    ap.add_argument("--steps", type=int, help="stop after so many steps (a trial)")
    ap.add_argument("--finish", type=int, help="a resumed run ends after so many more steps, its rate falling to zero")
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--every", type=float, default=8, help="minutes between checkpoints")
    return ap.parse_args()


def main():
    args = arguments()
    for step in ALL if args.step == "all" else (args.step,):
        args.step = step
        importlib.import_module("." + STEPS[step], __package__).run(args)


main()
