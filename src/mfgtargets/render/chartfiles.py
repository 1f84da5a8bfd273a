"""Charts as files of their own: that of ``track -o chart.svg``, those of ``note --charts``."""

import re
from collections.abc import Iterator

from mfgtargets.evaluation.check import Checked
from mfgtargets.evaluation.results import Result
from mfgtargets.evaluation.track import Track
from mfgtargets.render.cards import axis_of, cards_of, drawn_of
from mfgtargets.render.chart import alone, chart
from mfgtargets.wording.figures import published_decimals, with_unit
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang

_UNFIT = re.compile(r"\W")  # in the name of a file


def track_chart(track: Track, lang: Lang) -> str:
    """Return the chart over the years of a track."""
    target, years = track.target, [one.year for one in track.years]
    places = published_decimals(track.baseline_value, target.value, track.basis.shown)
    name = with_unit(name_of(target, lang), target.unit, lang)
    drawn = chart(track.course, (years[0], years[-1]), target.unit or "", places, name)
    return alone(drawn)


def note_charts(check: Checked, lang: Lang) -> Iterator[tuple[Result, str, str]]:
    """Yield the charts of a check, on one axis: the result, the name of its file, SVG."""
    cards = cards_of(check)
    axis = axis_of(cards)
    for card in cards:
        if drawn := drawn_of(card, axis, card.heading(lang)):
            yield card.result, _UNFIT.sub("-", card.id) + ".svg", alone(drawn)
