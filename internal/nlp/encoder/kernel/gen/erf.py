"""Fits the coefficients of erf in ../portable.go: z·P(z²)/Q(z²) on [0, 3.925], minimax by reweighted least squares."""
import math
import numpy as np

z = np.cos(np.linspace(0, math.pi / 2, 4001)) * 3.925
z = z[z > 1e-6]
want = np.array([math.erf(v) for v in z])
s, weight, bottom = z * z, np.ones_like(z), np.ones_like(z)
for _ in range(60):
    columns = [z * s ** k for k in range(6)] + [-want * s ** k for k in range(1, 5)]
    scale = weight / bottom
    c, *_ = np.linalg.lstsq(np.stack(columns, 1) * scale[:, None], want * scale, rcond=None)
    bottom = 1 + sum(c[6 + k - 1] * s ** k for k in range(1, 5))
    off = np.abs(sum(c[k] * columns[k] for k in range(6)) / bottom - want)
    weight *= .5 + off / off.max()
print("error", off.max())
print("top   ", ", ".join(f"{v:.9e}" for v in c[:6][::-1]))
print("bottom", ", ".join(f"{v:.9e}" for v in [*c[6:][::-1], 1.]))
