"""Columns that are not read and still tell values apart: 实际 and 预测, 男 and 女, scenarios."""

import re
from collections.abc import Iterator
from functools import lru_cache

from mfgtargets.faults import Fault, Place, fault
from mfgtargets.notation.cells import plain_text
from mfgtargets.notation.marks import status_of
from mfgtargets.observations.measures import is_measure
from mfgtargets.observations.observation import Observation

# Headings under which any two values are two things, and parts of others.
_HEADINGS = frozenset(
    "类型 类别 分类 种类 情景 情形 方案 场景 性别 年龄 年龄组 年龄段 口径 统计口径 数据类型 数据性质 数据类别 性质 "
    "值类型 指标类型 城乡 行业 产业 所有制 登记注册类型 企业类型 企业规模 学历 价格 计价方式 调整 产品 分组 组别 系列 "
    "要素".split()
)
_STEMS = re.compile(
    "类型|类别|分类|种类|情景|情形|性别|年龄|口径|性质|城乡|行业|所有制|登记注册|学历|计价|分组|组别"
)
_ENGLISH = frozenset(
    "scenario sex gender age agegroup element item series variant type category breakdown dimension "
    "datatype valuetype urbanisation urbanization urban industry activity nace isic ownership "
    "education prices price pricebase adjustment adj size sizeclass product partner group "
    "disaggregation quantile case".split()
)
_NUMBER = re.compile(r"[-+]?[0-9]*[.][0-9]+|[-+]?[0-9]{4,}")  # no code of a kind
_WORDS = frozenset(
    "基准 高 中 低 乐观 悲观 中性 保守 上限 下限 base baseline high low medium central optimistic "
    "pessimistic reference upside downside bau 男 女 男性 女性 男女 合计 male female males females men "
    "women total all both bothsexes f m t 城镇 农村 城市 乡村 urban rural 现价 不变价 可比价 当年价 "
    "currentprices constantprices 国有 民营 外资 内资 大型 中型 小型 微型".split()
)
_FORMS = re.compile(
    r".*(?:情景|方案|口径|价格|scenario)|(?:y_?)?[0-9]{1,3}[-–~至到][0-9]{1,3}岁?|(?:y_?)?[0-9]{1,3}(?:\+|岁?及?以[上下])"
    r"|y_(?:lt|ge)[0-9]+"
)
# Columns that tell nothing apart: remarks, links, serial numbers.
_IDLE = frozenset(
    "序号 编号 行号 # no no. nr id index unnamed:0 rowid row_id 链接 link href 注释 描述 说明文字 remark "
    "remarks comment comments description footnote footnotes 更新时间 更新日期 录入时间 录入人 填报人 审核人 "
    "updated lastupdated last_updated lastupdate last_update timestamp created_at updated_at".split()
)
_LONGEST = 40  # characters of a cell; a longer one is a remark
_MOST = 8  # values of one column that are told


def tells_apart(heading: str) -> bool:
    """Tell whether a column so headed can tell values apart."""
    plain = plain_text(heading).lower()
    return bool(plain) and plain not in _IDLE


@lru_cache(10_000)
def is_breakdown(heading: str) -> bool:
    """Tell whether a column so headed tells what its values are of, and holds none itself."""
    plain = plain_text(heading).lower()
    return plain in _HEADINGS or plain in _ENGLISH


@lru_cache(10_000)
def _parts(heading: str) -> bool:
    """Tell whether two values under a heading are of two things, whatever they are."""
    return is_breakdown(heading) or bool(
        _STEMS.search(heading) or _ENGLISH.intersection(re.findall("[a-z]+", heading.lower()))
    )


@lru_cache(10_000)
def _is_word(text: str) -> bool:
    plain = plain_text(text).lower()
    return bool(plain in _WORDS or status_of(text) or is_measure(text) or _FORMS.fullmatch(plain))


def _is_kind(text: str) -> bool:
    return len(text) <= _LONGEST and not _NUMBER.fullmatch(text)


def _is_remark(text: str) -> bool:
    return len(text) > _LONGEST or "://" in text


class Breakdowns:
    """The columns of each file that tell values of one indicator apart."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str, str], dict[str, Place]] = {}
        self._apart: dict[tuple[str, str], dict[str, Place]] = {}

    def add(self, observation: Observation) -> None:
        """Look at the cells beside a value for words that tell it from others.

        A blank tells it too: it is the whole, of which others are parts.
        """
        for heading, text in observation.others:
            if not text or _is_word(text) or (_parts(heading) and _is_kind(text)):
                key = observation.place.file, observation.indicator, heading
                seen = self._seen.setdefault(key, {})
                if len(seen) <= _MOST:
                    seen.setdefault(text, observation.place)

    def separate(self, one: Observation, other: Observation) -> bool:
        """Note the columns that tell two values of one key apart; tell whether there are any."""
        if one.place.file != other.place.file:
            return False
        there = dict(other.others)
        apart = [(h, text) for h, text in one.others if there.get(h, text) != text]
        apart = [(h, text) for h, text in apart if not _is_remark(text) | _is_remark(there[h])]
        for heading, text in apart:
            texts = {text: one.place, there[heading]: other.place}
            self._apart.setdefault((one.place.file, heading), {}).update(texts)
        return bool(apart)

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for each column that tells values apart, with its values."""
        for (file, _, heading), seen in self._seen.items():
            texts = dict(seen)
            if not _parts(heading) and all(not text or status_of(text) for text in texts):
                texts.pop("", None)  # a mark on some of the values
            if len(texts) > 1:
                self._apart.setdefault((file, heading), {}).update(texts)
        for (_, heading), texts in self._apart.items():
            values = list(texts)
            example = next((t for t in values if status_of(t) == "A"), values[0])
            shown = [text or "-" for text in values[:_MOST]] + ["…"] * (len(values) > _MOST)
            yield fault(
                "values-told-apart",
                texts[values[1]],
                found=heading,
                values=", ".join(shown),
                where=f"{heading}={example}",
                column=heading,
            )
