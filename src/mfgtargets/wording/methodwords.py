"""What the status methods are called, their classes and words, in Chinese and English."""

from collections.abc import Sequence

from mfgtargets.methods import METHODS, SCHEDULE
from mfgtargets.evaluation.opinions import Said
from mfgtargets.wording import words
from mfgtargets.wording.figures import harmless
from mfgtargets.render.plain import align
from mfgtargets.evaluation.results import Check, name_of
from mfgtargets.render.table import Line, TextTable
from mfgtargets.wording.words import Lang, said, word

Pair = tuple[str, str]

NAMES: dict[str, Pair] = {
    "schedule": ("时序进度(默认)", "schedule of the plan (default)"),
    "open-sdg": ("加拿大统计局 / Open SDG", "Statistics Canada / Open SDG"),
    "eurostat": ("欧盟统计局", "Eurostat"),
    "sdsn": ("可持续发展报告(SDSN)", "Sustainable Development Report (SDSN)"),
    "destatis": ("德国联邦统计局天气符号", "Destatis weather symbols"),
    "unsd": ("联合国进展图", "UN Progress Chart"),
    "escap": ("联合国亚太经社会", "UN ESCAP"),
    "acceleration": ("气候行动状况(加速倍数)", "State of Climate Action (acceleration)"),
    "log-reduction": ("国家能耗强度对数法", "China's logarithmic rule for energy intensity"),
}

RULES: dict[str, Pair] = {
    "schedule": (
        "进度差在容差内为符合预期,以上为快于预期,以下或差于基期为滞后预期",
        "lead within the tolerance on track, above ahead, below or worse than the baseline lagging",
    ),
    "open-sdg": (
        "R≥0.95 显著,≥0.60 中等,≥0 有限,<0 恶化;无目标:年均1.5%、0.5%、0",
        (
            "R >= 0.95 substantial, >= 0.60 moderate, >= 0 limited, below deterioration; "
            "without a target 1.5 %, 0.5 %, 0 a year"
        ),
    ),
    "eurostat": (
        "R>0.95 显著,>0.60 中等,≥0 不足,<0 背离;无目标:年均1%、0.1%、−0.1%、−1%",
        (
            "R > 0.95 significant, > 0.60 moderate, >= 0 insufficient, below away; "
            "without a target 1 %, 0.1 %, -0.1 %, -1 % a year"
        ),
    ),
    "sdsn": (
        "达到绿色阈值或 q≥1 为正轨,≥0.5 改善,≥0 停滞,倒退为下降",
        "at the green threshold or q >= 1 on track, >= 0.5 improving, >= 0 stagnating, else decreasing",
    ),
    "destatis": (
        "到目标年缺口占现缺口:<5% 晴,≤20% 晴间云,以上多云,方向相反雷雨",
        (
            "gap left in the target year: < 5 % sun, <= 20 % sun with cloud, above cloud, "
            "wrong way thunderstorm"
        ),
    ),
    "unsd": (
        "Q≥0.95 达到或正轨,≥0.10 有进展,以下停滞或倒退",
        "Q >= 0.95 met or on track, >= 0.10 fair progress, below stagnation or regression",
    ),
    "escap": (
        "到目标年缺口占应走距离:≤10% 保持,≤100% 加速,以上逆转",
        "gap left of the distance: <= 10 % maintain, <= 100 % accelerate, above reverse",
    ),
    "acceleration": (
        "AF≤1 正轨,<2 偏离,≥2 严重偏离,方向相反",
        "AF <= 1 on track, < 2 off track, >= 2 well off track, else wrong direction",
    ),
    "log-reduction": (
        "对数进度减时序进度,容差与用词同默认方法",
        "logarithmic progress less the time gone; tolerance and words as by default",
    ),
}

STATUS: dict[str, Pair] = {
    "target_achieved": ("目标已实现", "target achieved"),
    "substantial_progress": ("进展显著", "substantial progress"),
    "moderate_progress": ("进展中等", "moderate progress"),
    "limited_progress": ("进展有限", "limited progress"),
    "deterioration": ("恶化", "deterioration"),
    "not_available": ("无法得出", "not available"),
    "significant_progress": ("显著进展", "significant progress"),
    "no_progress": ("没有进展", "no progress"),
    "moderate_deterioration": ("进展不足或略有背离", "insufficient progress or moderately away"),
    "significant_deterioration": ("背离目标", "movement away"),
    "on_track_or_maintaining": ("正轨或保持", "on track or maintaining"),
    "moderately_improving": ("适度改善", "moderately improving"),
    "stagnating": ("停滞", "stagnating"),
    "decreasing": ("下降", "decreasing"),
    "sun": ("晴", "sun"),
    "sun_with_cloud": ("晴间云", "sun with cloud"),
    "cloud": ("多云", "cloud"),
    "thunderstorm": ("雷雨", "thunderstorm"),
    "met_or_on_track": ("达到或正轨", "met or on track"),
    "fair_progress": ("有进展,须加速", "fair progress, acceleration needed"),
    "stagnation_or_regression": ("停滞或倒退", "stagnation or regression"),
    "maintain": ("保持", "maintain progress"),
    "accelerate": ("须加速", "accelerate"),
    "reverse": ("须逆转", "reverse trend"),
    "off_track": ("偏离", "off track"),
    "well_off_track": ("严重偏离", "well off track"),
    "wrong_direction": ("方向相反", "wrong direction"),
}

COMMON: dict[str | None, Pair] = {
    "met": ("已达到", "met"),
    "on_track": ("正轨", "on track"),
    "behind": ("落后", "behind"),
    "away": ("背离", "away"),
    None: ("-", "-"),
}

PATHS: dict[str, Pair] = {
    "own": ("指标自己的路径", "the indicator's own"),
    "compound": ("复合年率", "compound"),
    "straight": ("直线", "straight"),
}
WINDOWS: dict[str, Pair] = {
    "baseline": ("自基期", "since the baseline"),
    "five_years": ("最近5年", "last 5 years"),
    "all_points": ("全部数据点", "all points"),
}
_DIFFERENCES: dict[str, Pair] = {
    "path": ("路径", "path"),
    "window": ("时间", "window"),
    "thresholds": ("门槛", "thresholds"),
}
_FACTS: tuple[Pair, ...] = (
    ("路径", "Path"),
    ("公式", "Formula"),
    ("分级", "Classes"),
    ("来源", "Source"),
)


def status_word(status: str, lang: Lang) -> str:
    """Return the words for any method's status."""
    return said(STATUS if status in STATUS else words.STATUS, status, lang)


def differs_in(one: Said, lang: Lang) -> str:
    """Say in what a method differs from the schedule for a series."""
    method, parts = METHODS[one.method], []
    for code in one.differs_in:
        detail = {"path": PATHS.get(method.path), "window": WINDOWS.get(method.window)}.get(code)
        what = said(_DIFFERENCES, code, lang)
        space = "" if lang == "zh" else " "
        parts.append(what + (f"{space}({word(detail, lang)})" if detail else ""))
    return ("、" if lang == "zh" else ", ").join(parts)


def verdicts_table(said_of: Sequence[Said], lang: Lang) -> TextTable:
    """Return what each method says of one series beside the common scale, and why they differ."""
    return _table(_lines(said_of, lang), lang)


def all_verdicts_table(check: Check, lang: Lang) -> TextTable:
    """Return what each method says of each result that any of them can judge."""
    lines: list[Line] = []
    for result, said_of in zip(check.results, check.verdicts, strict=True):
        if any(one.common for one in said_of):
            lines.append(Line(heading=harmless(name_of(result, lang))))
            lines += _lines(said_of, lang)
    return _table(lines, lang)


def _lines(said_of: Sequence[Said], lang: Lang) -> list[Line]:
    schedule = next(one.common for one in said_of if one.method == SCHEDULE.code)
    lines = []
    for one in said_of:
        differs = None not in (one.common, schedule) and one.common != schedule
        why = differs_in(one, lang) if differs else "-"
        reason = f" ({said(words.REASONS, one.reason, lang)})" if one.reason else ""
        cells = (
            one.method,
            status_word(one.status, lang) + reason,
            word(COMMON[one.common], lang),
            "-" if one.ratio is None else f"{one.ratio:.4g}",
            why,
        )
        lines.append(Line(cells=cells))
    return lines


def _table(lines: Sequence[Line], lang: Lang) -> TextTable:
    headings = (
        ("方法", "Method"),
        ("状态", "Status"),
        ("共同尺度", "Common scale"),
        ("比率", "Ratio"),
        ("与默认方法不同之处", "Differs from the default in"),
    )
    return TextTable(
        before=[word(("各方法的结论", "What each method says"), lang)],
        headings=[word(heading, lang) for heading in headings],
        left=[True, True, True, False, True],
        lines=lines,
    )


def methods_text(lang: Lang) -> str:
    """Return all methods with path, formula, classes and source, a block each."""
    legend = (
        "b 基期值,v 实际值,T 目标值,P 时序应达值,y0、y、yT 其年份,d 方向(±1)",
        "b baseline, v actual, T target, P on-track value, y0, y, yT their years, d direction (+1, -1)",
    )
    blocks = [word(legend, lang)]
    for method in METHODS.values():
        window = word(WINDOWS[method.window], lang)
        path = f"{word(PATHS[method.path], lang)}, {window}"
        contents = (path, method.formula, word(RULES[method.code], lang), method.source)
        pairs = zip((word(name, lang) for name in _FACTS), contents, strict=True)
        facts = align(list(pairs), [True, True])
        heading = f"{method.code} · {word(NAMES[method.code], lang)}"
        blocks.append("\n".join([heading, *(f"  {fact}" for fact in facts)]))
    return "\n\n".join(blocks) + "\n"


def methods_fields() -> dict[str, object]:
    """Return all methods as records."""
    return {
        "results": [
            {
                "method": method.code,
                "name_zh": NAMES[method.code][0],
                "name_en": NAMES[method.code][1],
                "path": method.path,
                "window": method.window,
                "statuses": [*method.words, *({method.cannot} - set(method.words))],
                "formula": method.formula,
                "classes_zh": RULES[method.code][0],
                "classes_en": RULES[method.code][1],
                "source": method.source,
            }
            for method in METHODS.values()
        ]
    }
