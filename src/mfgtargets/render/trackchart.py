"""``track -o chart.svg``: the chart of one target as a file of its own."""

from mfgtargets.evaluation.track import Track
from mfgtargets.render.chart import alone, chart
from mfgtargets.wording.figures import published_decimals, with_unit
from mfgtargets.wording.names import name_of
from mfgtargets.wording.words import Lang


def track_chart(track: Track, lang: Lang) -> str:
    """Return the chart over the years of a track."""
    target, years = track.target, [one.year for one in track.years]
    places = published_decimals(track.baseline_value, target.value, track.basis.shown)
    name = with_unit(name_of(target, lang), target.unit, lang)
    drawn = chart(track.course, (years[0], years[-1]), target.unit or "", places, name)
    return alone(drawn)
