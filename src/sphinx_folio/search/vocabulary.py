"""Built-in synonyms: for the entries of a portfolio, and for its field."""

from __future__ import annotations

from pathlib import Path

OBJECT_TYPES = {
    "person": (
        *("联系", "联系方式", "联络", "联络方式", "邮箱", "邮件", "电子邮箱", "出生", "出生年月", "生日", "年龄"),
        *(
            "自我介绍",
            "关于我",
            "他是谁",
            "你是谁",
            "做什么的",
            "who is he",
            "who are you",
            "what does he do",
            "about me",
        ),
        *("contact", "get in touch", "email", "e-mail", "email address", "birthday"),
        *("联系我", "怎么联系", "出生日期", "多大了", "几岁", "多大年纪", "年纪", "哪年出生", "哪年生的"),
        *("contact details", "contact info", "contact information", "date of birth", "how old", "born"),
    ),
    "education": (
        *("学历", "学位", "学士", "专业", "毕业", "院校", "学校", "母校", "就读", "学习经历", "念书", "念的", "上学"),
        *("study", "studied", "degree", "school", "college", "university", "major", "graduated", "graduation"),
        *("教育经历", "求学经历", "学历背景", "文凭", "毕业院校", "哪所大学", "什么大学", "哪个学校", "学校名称"),
        *("哪里毕业", "什么专业", "所学专业", "学什么的", "主修", "alma mater", "field of study", "diploma"),
        *("educational background", "academic background", "which university", "which college"),
    ),
    "position": (
        *("公司", "雇主", "任职", "工作经历", "工作经验", "工作年限", "职业经历", "工龄"),
        *("company", "employer", "employment", "job", "career", "work experience", "work history"),
        *("前公司", "上家公司", "上一家公司", "上一份工作", "之前的公司", "老东家", "职业生涯", "从业经历"),
        *("工作履历", "在哪上过班", "在哪些公司", "干过哪些工作", "employers", "employment history"),
        *("previous employer", "previous employers", "former employer", "former employers", "previous company"),
        *("past jobs", "previous jobs", "career history", "professional experience", "professional background"),
    ),
    "project": ("作品", "作品集", "项目经历", "项目经验", "做过什么项目", "做过哪些项目", "portfolio", "side project"),
    "skill": (
        *("技术栈", "专长", "擅长", "强项", "技能树", "技术能力", "专业技能", "硬技能", "会什么", "会哪些技术"),
        *("tech stack", "expertise", "strengths", "skill set", "skillset", "technical skills", "hard skills"),
        *("competence", "competency", "competencies"),
    ),
}
"""Type of entry → other words for it. A group is used if the portfolio has an entry of the type."""

RELATED = {
    "person": (
        *(
            "电话",
            "电话号码",
            "手机",
            "手机号",
            "微信",
            "微信号",
            "qq",
            "住址",
            "现居地",
            "籍贯",
            "性别",
            "婚姻",
            "照片",
        ),
        *("薪资", "薪水", "工资", "期望薪资", "薪资要求", "到岗时间", "求职意向", "求职状态", "招聘", "面试"),
        *("phone", "phone number", "telephone", "mobile", "wechat", "whatsapp", "telegram", "linkedin", "address"),
        *("salary", "salary expectation", "notice period", "availability", "relocate", "visa", "hire", "interview"),
        *("location", "city", "where is he located", "where does he live", "remote", "remotely"),
    ),
}
"""Type of entry → what readers ask for that a portfolio seldom says; the entries of the type are offered instead."""


def read_groups(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the groups of synonyms in a text: one a line, its words separated by ``|``; ``#`` begins a comment."""
    lines = (line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#"))
    return tuple(tuple(dict.fromkeys(filter(None, map(str.strip, line.split("|"))))) for line in lines)


FIELD = read_groups(Path(__file__).with_name("vocabulary.txt").read_text(encoding="utf-8"))
"""Words of the field that mean the same. A group is used if one of its words occurs on the site."""
