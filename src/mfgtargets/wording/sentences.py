"""Sentences and parts of them, by language: a further language is one more column."""

from mfgtargets.wording.words import Lang, word

SENTENCES: dict[str, tuple[str, str]] = {
    "valid-file": (
        "{indicators}项指标,{targets}条目标",
        "{indicators} indicators, {targets} targets",
    ),
    # Parts that many texts share
    "in-brackets": ("{text}({inner})", "{text} ({inner})"),
    "name-and-text": ("{name}：{text}", "{name}: {text}"),
    "status-count": ("{status}{count}项", "{status} {count}"),
    "summary": ("{total}:{counts}", "{total}: {counts}"),
    # Figures
    "unit-behind": ("{unit}", " {unit}"),
    "points-behind": ("点", " pts"),
    "times": ("{figure}倍", "{figure} times"),
    "of-that-period-alone": ("{period}当年", "{period} alone"),
    # Working
    "index-from-one": ("(指数,基期为1)", " (index, baseline 1)"),
    "index-and-figure": ("指数{index}, {figure}", "index {index}, {figure}"),
    "not-used": ("不参与计算", "not used"),
    "points": ("{amount}点", "{amount} points"),
    "step-tolerance": ("(容差{amount}点)", " (tolerance {amount})"),
    "step-a_year": ("每年", " a year"),
    "step-cuts_of_c": (" (c的门槛乘以它)", " (times which the cuts of c count)"),
    "step-average": (",年均{amount}%", ", {amount}% a year"),
    "step-in_all": (",累计{amount}%", ", {amount}% in all"),
    "interval": (
        ",八成把握在{low} - {high}({points}个数据点)",
        ", 80 %: {low} - {high} ({points} points)",
    ),
    "no-interval": (",数据点不足4个,没有区间", ", no interval: fewer than 4 points"),
    "own-path": (",按指标自己的路径", ", on the indicator's own path"),
    "if-so-a-year": ("若每年{amount}", "If {amount} a year"),
    "to-reach-in": ("{amount}年达到需年均", "To reach it in {amount}"),
    "on-common-scale": ("共同尺度: {place}", "common scale: {place}"),
    "with-ratio": ("比率 {ratio}", "ratio {ratio}"),
    # Actuals
    "no-actuals": ("实际值:无", "Actuals: none"),
    "actuals": ("实际值:{names},{used}", "Actuals: {names}, {used}"),
    "actuals-proxies": ("(其中{count}条口径不同)", " ({count} of them proxies)"),
    "actuals-left-out": (",另有{count}条未采用", ", {count} left out"),
    "actuals-revised": (",{count}个值有修订", ", {count} values revised"),
    # Gap table
    "gap-title": (
        "{name} · 截至{as_of}年 · 目标年{years} · {method}进度差以百分点计,容差{tolerance}",
        (
            "{name} · as of {as_of} · targets for {years} · "
            "{method}lead in percentage points, tolerance {tolerance}"
        ),
    ),
    "gap-method": ("方法{name} · ", "method {name} · "),
    "gap-hidden": (
        "窗口不足{width}列,未显示:{names}(接管道或用 --format plain 可见)",
        "Not shown below {width} columns: {names} (pipe, or --format plain)",
    ),
    "gap-unlisted": (
        ";{further}没有实际值,未列出(--all 列出)",
        "; {further} without actuals not listed (--all)",
    ),
    "gap-unjudged": ("{why}({count}):{names}", "{why} ({count}): {names}"),
    "gap-no-data": ("缺数据({count}):{names}", "No data ({count}): {names}"),
    "gap-letters": (
        "数字后的字母:p 初步数,e 估计数,b 序列中断,d 口径不同(替代值)",
        "Letters: p provisional, e estimated, b break in series, d proxy",
    ),
    "gap-without-actual": (
        "没有实际值的指标,时序应达值按{as_of}年计",
        "Where there is no actual, the on-track value is that of {as_of}",
    ),
    # Note
    "note-title": ("{title}进展情况通报", "Status note: {title}"),
    "headline-indicator": (
        "截至{as_of}年,{total}项指标中,{counts}。",
        "As of {as_of}, of {total} indicators: {counts}.",
    ),
    "headline-target": (
        "截至{as_of}年,{total}项目标中,{counts}。",
        "As of {as_of}, of {total} targets: {counts}.",
    ),
    "note-of-year": ("{period}年{figure}", "{figure} in {period}"),
    "note-of-period": ("{period} {figure}", "{figure} in {period}"),
    "note-due": ("应达{due},差距{gap}", "{due} due, gap {gap}"),
    "note-target": ("{year}年目标{target}", "target {target} in {year}"),
    "note-needed": (
        "今后每年需{needed}(现阶段计划{planned})",
        "{needed} a year needed (planned at this stage {planned})",
    ),
    "note-responsible": ("责任部门{names}", "responsible: {names}"),
    "note-no-department": ("未写责任部门", "No department named"),
    "note-unknown": ("{why} {count}项：{names}", "{why} {count}: {names}"),
    "note-method": (
        "方法：{name}；{rule}；容差{tolerance}个百分点。",
        "Method: {name}; {rule}; tolerance {tolerance} percentage points.",
    ),
    "note-values": (
        "时序应达值是基期经阶段目标到目标的路径在该时点的值；进度差是完成进度减时序进度，差距为负即落后。",
        (
            "The on-track value is where the path from baseline through milestones to target "
            "stands at that time; the lead is progress less schedule, a negative gap is behind."
        ),
    ),
    # Changes
    "no-changes": ("没有变化。", "Nothing changed."),
    "change-new": ("新增", "new"),
    "change-gone": ("不再列出", "no longer listed"),
    # Listing
    "listed-departments": ("责任部门:{names}", "departments: {names}"),
    # Trace
    "trace-found": ("有", "found"),
    "trace-differs": ("第{character}字起不同", "differs from character {character}"),
    "trace-instead": ("全文作: {text}", "the text says: {text}"),
    "trace-total": (
        "{total}条原文,{found}条在全文中,{missing}条不在",
        "{total} quotes: {found} found, {missing} not",
    ),
    # Comparison
    "definitions-differ": (
        "定义不同,数值不能直接比较。{note}",
        "The definitions differ. {note}",
    ),
    # Methods
    "methods-legend": (
        "b 基期值,v 实际值,T 目标值,P 时序应达值,y0、y、yT 其年份,d 方向(±1)",
        (
            "b baseline, v actual, T target, P on-track value, y0, y, yT their years, "
            "d direction (+1, -1)"
        ),
    ),
    # Track
    "track-marks": (
        "| 时序应达值  * 实际值  # 两者重合",
        "| on track  * actual  # both",
    ),
    "track-mark-what-if": ("  + 假设", "  + what if"),
    "track-what-if": ("假设每年{change}", "What if: {change} a year"),
    # Continuous integration
    "ci-more": ("另有{count}项", "{count} more"),
    "ci-lacking": ("{count}项缺数据或无法评估", "{count} without data or a status"),
    # Faults
    "nearest": ("最相近的:{names}", "nearest: {names}"),
    "more-faults": ("此外还有{count}处错误", "and {count} more"),
}


def say(code: str, lang: Lang, **details: object) -> str:
    """Return a sentence with its details put in."""
    return word(SENTENCES[code], lang).format(**details)
