"""Words of a query that say little or nothing about its subject; the browser gets them with the words of index entries.

Stop words are left out of a query that has others. General words, such as verbs that say what a reader wants to do,
count less than others; if the site does not have them, they are left out, too. The patterns for Chinese are regular
expressions of JavaScript, because Chinese has no spaces; longer words come first.
"""

from __future__ import annotations

STOP_WORDS = (
    "a about again already also always am amid among amongst an and any anybody anyone are as at be been being by can "
    "could currently did do does doing don each either else ever for from good had has have he hello hence her here "
    "herself hey hi him his how however i if in into is it its itself just kindly know knows long lots many maybe me "
    "might mine much my myself nevertheless nor now of on only onto or our ours per perhaps please pls quite rather "
    "shall she should show since so some somehow sometimes somewhere speak still such tell than thanks that the their "
    "them themselves then there therefore these they this those though thus to too toward towards unless upon us use "
    "used uses using very via want wants was we well were what whatever when whenever where whereas wherever whether "
    "which whichever while who whoever whom whose why will with would yes yet you your yours yourself"
)
"""English stop words, separated by spaces."""

GENERAL_WORDS = (
    "able add against all allow anything around available behind beneath beside besides best better beyond change "
    "choose come compare compared configure correct create custom customize define delete despite different differs "
    "disable during easily easy edit enable every everything example experience explain find fix get give got guide "
    "guy help himself include insert inside instead learn let like list look looking make making maximum mean minimum "
    "modify more need needed needs new nobody not off opposite own pick possible possibly prefer prevent put read "
    "really remove replace required rid see select set simple start stop support supported supports switch take takes "
    "thing things throughout try trying turn tutorial unable until up update versus view vs want way ways without "
    "work working works worse write written wrong"
)
"""English words that say what a reader wants to do, but not to what, or relate two names; separated by spaces."""

IRREGULAR_WORDS = (
    "begin began begun|bring brought|build built|choose chose chosen|draw drew drawn|drive drove driven|"
    "grow grew grown|hold held|keep kept|lead led|lose lost|make made|meet met|rebuild rebuilt|"
    "rewrite rewrote rewritten|run ran|send sent|speak spoke spoken|spend spent|teach taught|think thought|"
    "understand understood|win won|write wrote written"
)
"""The forms of irregular English verbs: if a site does not have one, it is found by the others."""

CHINESE_STOP_WORDS = (
    "是什么意思|怎么办|怎么把|如何把|^把|有没有|可不可以|可以|应该|需要|[一这那][个张份些段下条种次套篇位]|时要|时候|会不会|"
    "能不能|能否|懂不懂|是不是|怎么样|多长时间|多久|多少年|水平$|怎么写|写得|他会|他有|他的|他在|他用|做过|用过|几年|"
    "[几多]少?[个行条次种页](?!人)|多少|到底|究竟|是什么|为什么|为啥|干嘛|什么是|什么叫|是否|怎么|咋|怎样|如何|什么|啥|"
    "哪[些个里家儿]|在哪|去哪|请问|请教|求助|麻烦|谢谢|你好|帮我|帮忙|告诉我|我想要?|我要|想要|想|现在|目前|关于|以及|"
    "的|^[懂会有](?=.{2,}吗$)|(?<!\\S)[看找查改换加删装学搞弄](?=\\S{2})|了|吗|呢|吧|啊|呀|和|与|及|是|他|我|你"
)
"""A pattern for Chinese stop words."""

CHINESE_QUESTION = (
    "^(?:请问|什么是|什么叫|有没有|会不会|懂不懂|能不能|关于|如何|怎么|他的?|[会懂](?=[a-z])|[会懂有](?=.{2,}吗))+|"
    "(?:是什么意思|是什么|是啥|怎么样|有哪些|有多少|是多少|吗|呢|[?？])+$"
)
"""A pattern for what a Chinese question has around its subject."""

_HAN, _HIRAGANA, _PARTICLES = "[々\u4e00-\u9fff]", "[\u3041-\u309f]", "[をがはのにでともへや]"
JAPANESE_WORD = f"(?<!{_HAN})({_HAN}(?:(?!{_PARTICLES}+{_HAN}){_HIRAGANA}{{1,3}}{_HAN}(?!{_HAN}))+){_HIRAGANA}*"
"""A pattern for words of several Han characters with Hiragana between them, such as 振り返り and 作り話.

Group 1 is what all inflected forms have. Hiragana that are nothing but particles stand between two words: 値を返す.
"""

FUNCTION_WORD = "[在把对从被让给到于成为比跟向干做搞弄用会要能有看找查想]"
"""A pattern for what is between Chinese words: 在|道客|工作."""

MEASURE_WORD = "^(?:分钟|小时|毫秒|[秒天年月次行个倍条])(?=.{2})"
"""A pattern for a measure word after a figure; what follows it is another word: 15 秒|租约."""

MONTHS = "january february march april may june july august september october november december"
"""The names of the months in English, separated by spaces."""

_YEAR_AND_MONTH = r"(?<!\d)(?<year>(?:19|20)\d\d)(?: ?年 ?|[-./])(?<month>0?[1-9]|1[0-2])"
_NAME_OF_MONTH = rf"|\b(?<name>(?:{'|'.join(month[:3] for month in MONTHS.split())})[a-z]*)\.?"
_YEAR_AFTER = r",? (?<yearAfter>(?:19|20)\d\d)(?![-\d])"
DATE = rf"{_YEAR_AND_MONTH}(?![-.\d])(?: ?月)?{_NAME_OF_MONTH}{_YEAR_AFTER}"
"""A pattern for a month of a year in figures (2022-04), in Chinese (2022 年 4 月) or in English (April 2022)."""

_DAY = r"(?<day>[12]\d|3[01]|0?[1-9])"
DAY = (
    rf"{_YEAR_AND_MONTH}(?: ?月 ?|[-./]){_DAY}(?: ?[日号]|(?![-.\d]))"
    rf"{_NAME_OF_MONTH} (?<dayAfter>\d{{1,2}}){_YEAR_AFTER}"
)
"""A pattern for a day, in the same ways."""

DURATION = (
    r"(?<![\d.])(?<years>\d{1,2}) ?(?:years?|yrs?|年),? ?"
    r"(?:and ?|零 ?|又 ?)?(?<months>\d{1,2}) ?(?:months?|mos?\b|个?月(?!\d))"
)
"""A pattern for a duration of years and months: 1 yr 11 mos, 1 year and 11 months, 1年11个月."""

_TIME = (
    r"(?<!\d)\d+(?:\.\d+)? ?(?:(?:years?|yrs?|months?|mos?|days?|hours?|minutes?|min|seconds?|s|ms)(?![a-z])|"
    r"个月|分钟|小时|毫秒|[天秒])|(?<!\d)\d{1,2} ?年"
)
DURATION_QUESTIONS = (
    r"几年|多少年|[作做干职].{0,2}(?:多久|多长时间)|how many years|years of|how long.* (?:at|work|worked)(?![a-z])",
    r"(?<!\d)\d{1,2} ?(?:年|years?|yrs?)(?![a-z])",
    "多久|多长时间|how long",
    _TIME,
)
"""Patterns for questions that ask for years, for these, for questions that ask for any duration, and for that."""

NEVER = "(?!)"
"""A pattern that matches nothing."""

CHINESE_GENERAL_WORDS = (
    "去掉|去除|删掉|删除|移除|关闭|关掉|打开|开启|启用|禁用|换掉|换成|更换|替换|切换|修改|更改|改成|改变|调整|设置|设定|配置|添加|"
    "增加|加上|加入|新建|创建|查看|查找|查询|看看|看到|看见|看一?下|了解|知道|使用|支持|实现|制作|编写|选择|"
    "经验|经历|全部|所有|办法|方法|方式|例子"
)
"""A pattern for Chinese general words."""


def query_words(*, is_japanese: bool) -> tuple[str, ...]:
    """Return what the browser uses of this module, in its order; patterns for another language never match."""
    chinese = (CHINESE_STOP_WORDS, CHINESE_GENERAL_WORDS, CHINESE_QUESTION)
    patterns = (*(NEVER for _ in chinese), JAPANESE_WORD) if is_japanese else (*chinese, NEVER)
    return (
        STOP_WORDS,
        GENERAL_WORDS,
        IRREGULAR_WORDS,
        *patterns,
        FUNCTION_WORD,
        MEASURE_WORD,
        MONTHS,
        DATE,
        DAY,
        DURATION,
        *DURATION_QUESTIONS,
    )
