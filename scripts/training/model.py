"""The network in PyTorch: the same sums as `readout.extract.network`, with gradients."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from readout.extract import features, network

WIDTH = 192
LAYERS = 4
WORD_DIM = 48
HASH_DIM = 24
ARC = 96
REL = 128
NAME = 128


class Dropout:
    """Dropout with masks cut from one pool of random bits, which is far cheaper than drawing each anew."""

    def __init__(self, size: int = 1 << 22) -> None:
        self.pool = torch.rand(size)
        self.masks: dict[float, Tensor] = {}

    def __call__(self, x: Tensor, p: float, training: bool) -> Tensor:
        """x with a share p of its numbers set to 0 and the rest scaled up, while training."""
        if not training or p == 0:
            return x
        if p not in self.masks:
            self.masks[p] = (self.pool > p).float() / (1 - p)
        mask = self.masks[p]
        n = x.numel()
        at = int(torch.randint(len(mask) - n, (1,))) if n < len(mask) else 0
        if n > len(mask):
            return F.dropout(x, p, True)
        return x * mask[at : at + n].view_as(x)


class Scan(torch.autograd.Function):
    """c[t] = f[t]·c[t-1] + u[t] over packed rows; `sizes[t]` sentences are still running at step t."""

    @staticmethod
    def forward(ctx: Any, f: Tensor, u: Tensor, sizes: tuple[int, ...]) -> Tensor:
        c = u.clone()
        at = sizes[0]
        before = 0
        for n in sizes[1:]:
            c[at : at + n].addcmul_(f[at : at + n], c[before : before + n])
            before = at
            at += n
        ctx.save_for_backward(f, c)
        ctx.sizes = sizes
        return c

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor, None]:  # type: ignore[override]
        f, c = ctx.saved_tensors
        sizes = ctx.sizes
        d = grad.clone()
        df = torch.zeros_like(f)
        starts = [0]
        for n in sizes[:-1]:
            starts.append(starts[-1] + n)
        for t in range(len(sizes) - 1, 0, -1):
            n, at, before = sizes[t], starts[t], starts[t - 1]
            df[at : at + n] = d[at : at + n] * c[before : before + n]
            d[before : before + n].addcmul_(d[at : at + n], f[at : at + n])
        return df, d, None


class Recurrent(nn.Module):
    """A bidirectional simple recurrent unit (Lei et al. 2018), gates from the input alone."""

    def __init__(self, dropout: Dropout) -> None:
        super().__init__()
        self.dropout = dropout
        self.norm = nn.LayerNorm(WIDTH)
        self.gates = nn.Linear(WIDTH, 3 * WIDTH)
        with torch.no_grad():
            self.gates.bias[WIDTH : 2 * WIDTH] = 1.0

    def forward(self, x: Tensor, pack: Any, drop: float) -> Tensor:
        half = WIDTH // 2
        u, f, r = self.gates(self.norm(x)).split(WIDTH, 1)
        f = torch.sigmoid(f)
        u = (1 - f) * u
        both_f = torch.cat([f[:, :half], f[pack.mirror, half:]], 1)
        both_u = torch.cat([u[:, :half], u[pack.mirror, half:]], 1)
        c = Scan.apply(both_f, both_u, pack.sizes)
        c = torch.cat([c[:, :half], c[pack.mirror, half:]], 1)
        return x + self.dropout(torch.sigmoid(r) * c, drop, self.training)


class Network(nn.Module):
    """Types → tokens → tags, heads, relations, names."""

    def __init__(
        self, books: Tensor, codes: Tensor, words: int, tags: int, relations: int, labels: int
    ) -> None:
        super().__init__()
        self.dropout = Dropout()
        self.register_buffer("books", books)
        self.register_buffer("codes", codes)
        parts = torch.arange(books.shape[0])
        table = books[parts, codes.long()].reshape(codes.shape[0], -1)
        self.register_buffer("glove", torch.cat([torch.zeros(1, table.shape[1]), table]), persistent=False)
        self.vector = nn.Linear(table.shape[1], WIDTH)
        self.word = nn.Embedding(words, WORD_DIM, padding_idx=0)
        self.hashed = nn.ModuleList([nn.Embedding(rows, HASH_DIM) for rows in features.HASHED])
        self.pieces = nn.EmbeddingBag(features.PIECES + 1, HASH_DIM, mode="sum", padding_idx=features.PIECES)
        for e in (self.word, *self.hashed, self.pieces):
            nn.init.normal_(e.weight, std=0.3)
        with torch.no_grad():
            self.word.weight[0] = 0
            self.pieces.weight[features.PIECES] = 0
        self.word_in = nn.Linear(WORD_DIM, WIDTH, bias=False)
        self.hash_in = nn.Linear(HASH_DIM * (len(features.HASHED) + 1), WIDTH, bias=False)
        self.flags = nn.Linear(features.FLAGS, WIDTH, bias=False)
        self.type_norm = nn.LayerNorm(WIDTH)
        self.place = nn.Linear(features.PLACE_FLAGS, WIDTH, bias=False)
        self.window = nn.Linear(3 * WIDTH, WIDTH)
        self.window_norm = nn.LayerNorm(3 * WIDTH)
        self.layers = nn.ModuleList([Recurrent(self.dropout) for _ in range(LAYERS)])
        self.norm = nn.LayerNorm(WIDTH)
        self.tag = nn.Linear(WIDTH, tags)
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC, bias=False)
        self.arc_bias = nn.Linear(ARC, 1, bias=False)
        self.distance = nn.Linear(ARC, network.DISTANCES, bias=False)
        self.root = nn.Parameter(torch.zeros(ARC))
        self.rel_dep = nn.Linear(WIDTH, REL)
        self.rel_head = nn.Linear(WIDTH, REL, bias=False)
        self.rel_root = nn.Parameter(torch.zeros(REL))
        self.rel = nn.Linear(REL, relations)
        self.name_in = nn.Linear(2 * WIDTH, NAME)
        self.name = nn.Linear(NAME, labels)

    def types(self, b: Any, drop: float) -> Tensor:
        """One vector a type of the batch."""
        glove = self.glove[b.vector]
        word = self.word(b.word)
        hashed = torch.cat([e(b.hashed[:, i]) for i, e in enumerate(self.hashed)], 1)
        count = (b.pieces < features.PIECES).sum(1, keepdim=True).clamp(min=1).float()
        hashed = torch.cat([hashed, self.pieces(b.pieces) / count], 1)
        if self.training:  # some types lose their vector or their row, as unknown words have none
            keep = (torch.rand(len(word), 1) > 0.15).float()
            glove = glove * (torch.rand(len(word), 1) > 0.08).float()
            word = word * keep
            hashed = self.dropout(hashed, 0.2, True)
        x = self.vector(glove) + self.word_in(word) + self.hash_in(hashed) + self.flags(b.flags)
        return self.dropout(F.relu(self.type_norm(x)), drop, self.training)

    def encode(self, b: Any, drop: float) -> Tensor:
        """One vector a token, packed."""
        x = self.types(b, drop)[b.type] + self.place(b.place)
        padded = torch.cat([x, x.new_zeros(1, WIDTH)])
        near = self.window_norm(torch.cat([padded[b.left], x, padded[b.right]], 1))
        x = x + self.dropout(F.relu(self.window(near)), drop, self.training)
        for layer in self.layers:
            x = layer(x, b, drop)
        return self.norm(x)

    def names(self, h: Tensor, b: Any, drop: float) -> Tensor:
        """Label scores a token; each token also sees the mean of all uses of its form in the document."""
        sums = h.new_zeros(b.groups, WIDTH).index_add_(0, b.group, h)
        mean = (sums / b.group_size[:, None])[b.group]
        return self.name(self.dropout(F.relu(self.name_in(torch.cat([h, mean], 1))), drop, self.training))
