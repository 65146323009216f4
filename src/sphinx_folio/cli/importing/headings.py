"""The headings, labels and punctuation of imported pages, by language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "resume": "Résumé",
    "work": "Work",
    "education": "Education",
    "projects": "Projects",
    "skills": "Skills",
    "evidence": "Evidence",
    "volunteer": "Volunteer",
    "awards": "Awards",
    "certificates": "Certificates",
    "publications": "Publications",
    "talks": "Talks",
    "languages": "Languages",
    "interests": "Interests",
    "references": "References",
    "score": "Score",
    "courses": "Courses",
    "present": "present",
    "comma": ", ",
    "pause": ", ",
    "colon": ": ",
    "brackets": " ({})",
}
CHINESE: Mapping[str, str] = {
    "resume": "简历",
    "work": "工作经历",
    "education": "教育背景",
    "projects": "项目",
    "skills": "技能",
    "evidence": "证据",
    "volunteer": "志愿服务",
    "awards": "获奖",
    "certificates": "证书",
    "publications": "发表",
    "talks": "演讲",
    "languages": "语言",
    "interests": "兴趣",
    "references": "推荐",
    "score": "成绩",
    "courses": "课程",
    "present": "至今",
    "comma": "、",
    "pause": "，",
    "colon": "：",
    "brackets": "（{}）",
}
HEADINGS: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "zh_CN": CHINESE}
"""Language → JSON Resume section or field, page, or punctuation mark → its text in the language."""
