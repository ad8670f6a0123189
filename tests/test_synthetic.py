"""The generator of invented briefings says the same each time, and nothing that is not in its articles."""

from __future__ import annotations

import synthetic
from readout import form


def test_the_same_seed_gives_the_same_briefings() -> None:
    assert synthetic.articles(20, seed=3) == synthetic.articles(20, seed=3)
    assert synthetic.articles(20, seed=3) != synthetic.articles(20, seed=4)


def test_every_passage_stands_in_its_article_and_every_briefing_reads_back() -> None:
    for briefing, file in synthetic.articles(30):
        text = file.split("---\n", 2)[2]
        passages = [*briefing.summary, *(p for q in briefing.quotes for p in (*q.content, *q.source, *q.cue))]
        passages += [
            p for m in briefing.moves for p in (m.trigger, *m.evidence, *(t.passage for t in m.terms))
        ]
        assert passages and all(text[p.span.start : p.span.end] == p.words for p in passages)
        assert form.parse(form.render(briefing), briefing.header.slug).briefing == briefing
