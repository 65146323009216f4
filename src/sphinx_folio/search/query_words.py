"""Words of a query that say little or nothing about its subject; the browser gets them with the words of index entries.

Stop words are left out of a query that has others. General words, such as verbs that say what a reader wants to do,
count less than others; if the site does not have them, they are left out, too. The patterns for Chinese are regular
expressions of JavaScript, because Chinese has no spaces; longer words come first.
"""

from __future__ import annotations

STOP_WORDS = (
    "a about again already also always am an and any anybody anyone are as at be been being by can could currently "
    "did do does doing don else ever for from good had has have he hello her here hey hi him his how i if in into is "
    "it its just kindly know knows long many me might mine much my now of on only or our ours per please pls quite "
    "she should show so some somehow somewhere speak still such tell than thanks that the their them then there these "
    "they this those to too us use used uses using very want wants was we well were what when where which who whose "
    "why will with would yet you your"
)
"""English stop words, separated by spaces."""

GENERAL_WORDS = (
    "able add all allow anything best better change choose come configure correct create custom customize define "
    "delete different disable easily easy edit enable every everything example experience explain find fix get give "
    "guide help include insert instead learn let like list look looking make making maximum mean minimum modify more "
    "need needed needs new not off own pick possible possibly prefer prevent put read really remove replace required "
    "rid see select set simple start stop support supported supports switch take takes thing things try trying turn "
    "tutorial unable up update view want way ways without work working works write written wrong"
)
"""English words that say what a reader wants to do, but not to what; separated by spaces."""

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

NEVER = "(?!)"
"""A pattern that matches nothing."""

CHINESE_GENERAL_WORDS = (
    "去掉|去除|删掉|删除|移除|关闭|关掉|打开|开启|启用|禁用|换掉|换成|更换|替换|切换|修改|更改|改成|改变|调整|设置|设定|配置|添加|"
    "增加|加上|加入|新建|创建|查看|查找|查询|看看|看到|看见|看一?下|了解|知道|使用|支持|实现|制作|编写|选择|"
    "经验|经历|全部|所有|办法|方法|方式|例子"
)
"""A pattern for Chinese general words."""


def query_words(*, is_japanese: bool) -> tuple[str, ...]:
    """Return the words for English, and the patterns for Chinese and for Japanese; those for the other never match."""
    chinese = (CHINESE_STOP_WORDS, CHINESE_GENERAL_WORDS, CHINESE_QUESTION)
    if is_japanese:
        return STOP_WORDS, GENERAL_WORDS, *(NEVER for _ in chinese), JAPANESE_WORD
    return STOP_WORDS, GENERAL_WORDS, *chinese, NEVER
