"""Generate portfolios of any size from a fixed seed, with the same content for sphinx-folio and for other tools.

    python benchmarks/portfolios.py VARIANT PROJECTS FOLDER

Variants: folio, fast, floor, handwritten, needs, ablog, material, zensical, hugo.

Every project has prose in Chinese and English, three highlights with three skills each, evidence for the first
highlight, and a table. Every tenth project has a diagram. Half of the projects, chosen at random, use only a few
popular skills, as real projects do. What a tool has no notation for, such as the level of a skill, is plain text.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

SEED = 20261124
POPULAR_SKILLS = 8
CATEGORIES = ("languages", "networking", "containers", "platforms", "storage", "testing")
LEVELS = ("aware", "working", "proficient", "expert")
ENGLISH = (
    "allocate address pool cluster node schedule request retry queue conflict release reclaim network interface "
    "plugin gateway route table subnet controller webhook operator reconcile status finalizer latency throughput "
    "benchmark measurement replica deployment workload container runtime namespace storage volume snapshot backup "
    "restore migrate pipeline compile language parser buffer memory process thread signal kernel packet filter tunnel "
    "overlay underlay certificate authority policy audit metric trace alert dashboard incident rollout rollback "
    "canary traffic balance "
).split()
CHINESE = (
    "网络 容器 集群 节点 地址 分配 回收 调度 存储 镜像 监控 日志 告警 部署 升级 回滚 备份 恢复 迁移 测试 "
    "性能 延迟 吞吐 并发 队列 缓存 索引 查询 事务 协议 路由 转发 隧道 证书 加密 权限 审计 配置 模板 插件 "
    "接口 服务 发现 负载 均衡 限流 重试 超时 选举 副本 分片 快照 编译 内存 线程 进程 信号 文件 磁盘 带宽 "
    "抖动 丢包 探测 拓扑 网关 代理 域名 解析 租户 配额 伸缩 编排 控制器 流水线 "
).split()


@dataclass(frozen=True)
class Highlight:
    """A claim, and the numbers of the skills that it shows."""

    claim: str
    skills: tuple[int, ...]


@dataclass(frozen=True)
class Project:
    """The content of the page of a project."""

    number: int
    title: str
    summary: str
    start: str
    end: str
    paragraphs: tuple[str, ...]
    highlights: tuple[Highlight, ...]
    table: tuple[tuple[str, str, str], ...]
    diagram: str

    @property
    def skills(self) -> tuple[int, ...]:
        """Return the numbers of all skills of the project, sorted, without duplicates."""
        return tuple(sorted({skill for highlight in self.highlights for skill in highlight.skills}))


@dataclass(frozen=True)
class Portfolio:
    """The projects, and the titles of the skills; a skill is identified by its index."""

    projects: tuple[Project, ...]
    skills: tuple[str, ...]

    def usages(self) -> dict[int, list[tuple[Project, Highlight]]]:
        """Return skill → the highlights that show it, each with its project."""
        usages: dict[int, list[tuple[Project, Highlight]]] = {number: [] for number in range(len(self.skills))}
        for project in self.projects:
            for highlight in project.highlights:
                for skill in highlight.skills:
                    usages[skill].append((project, highlight))
        return usages

    def by_category(self) -> dict[str, list[int]]:
        """Return category → the numbers of its skills."""
        return {name: list(range(start, len(self.skills), len(CATEGORIES))) for start, name in enumerate(CATEGORIES)}


def skills_for(projects: int) -> int:
    """Return a realistic number of skills for a number of projects: 50 for an engineer, up to 500 for a company."""
    return min(500, max(50, projects // 5))


def generate(projects: int) -> Portfolio:
    """Return a portfolio with a number of projects; it is the same every time."""
    rng = random.Random(SEED)  # noqa: S311  reproducible, not for cryptography
    count = skills_for(projects)
    skills = tuple(f"{rng.choice(ENGLISH).title()} {number}" for number in range(count))
    return Portfolio(tuple(_project(number, count, rng) for number in range(projects)), skills)


def _project(number: int, skills: int, rng: random.Random) -> Project:
    def chinese(words: int) -> str:
        return "".join(rng.choices(CHINESE, k=words))

    def english(words: int) -> str:
        return " ".join(rng.choices(ENGLISH, k=words)).capitalize()

    def sentence() -> str:
        return f"{chinese(9)}，{english(2)} {chinese(5)}。{english(9)}."

    candidates = range(min(POPULAR_SKILLS, skills)) if rng.random() < 1 / 2 else range(skills)
    highlights = tuple(
        Highlight(f"{chinese(6)}，{english(5)} {number}.{index}。", tuple(sorted(rng.sample(candidates, 3))))
        for index in range(3)
    )
    diagram = ""
    if number % 10 == 0:
        diagram = f'flowchart LR\n  a["{english(1)}"] -->|"{english(1)}"| b["{english(1)}"]\n  b --> c["{english(1)}"]'
    return Project(
        number=number,
        title=f"{english(1)} {number}",
        summary=f"{chinese(5)}，{english(4)}。",
        start=f"{2005 + number % 20}-{1 + number % 6:02d}",
        end=f"{2005 + number % 20}-{7 + number % 6:02d}",
        paragraphs=tuple(" ".join(sentence() for _ in range(3)) for _ in range(6)),
        highlights=highlights,
        table=tuple((english(1), chinese(3), str(rng.randrange(1000))) for _ in range(5)),
        diagram=diagram,
    )


# Pages


def write(variant: str, portfolio: Portfolio, folder: Path) -> None:
    """Write the files of a variant to a new folder."""
    folder.mkdir(parents=True)
    for name, text in VARIANTS[variant](portfolio).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def body(project: Project, *, fence: str = "{mermaid}") -> str:
    """Return the content that is the same for all tools: prose, table, diagram.

    Args:
        project: The project.
        fence: The info string of the fenced block of the diagram.
    """
    table = "\n".join(
        f"| {' | '.join(row)} |" for row in (("Part", "部分", "Figure"), ("---", "---", "---:"), *project.table)
    )
    first, *rest = project.paragraphs
    option = f":alt: Diagram {project.number}\n\n" if fence == "{mermaid}" else ""
    diagram = f"\n```{fence}\n{option}{project.diagram}\n```\n" if project.diagram else ""
    prose = "\n\n".join(rest)
    return f"## How it works\n\n{first}\n{diagram}\n{table}\n\n## 做法\n\n{prose}\n"


SPHINX = """\
extensions = [{extensions}]
language = "en"
html_theme = "furo"
project = author = copyright = "Portfolio"
html_title = "Portfolio"
exclude_patterns = ["_build"]
suppress_warnings = ["toc.not_included"]
"""


def settings(*extensions: str, more: str = "") -> str:
    """Return the text of conf.py with the extensions and more lines."""
    return SPHINX.format(extensions=", ".join(f'"{name}"' for name in extensions)) + more


def folio(portfolio: Portfolio) -> dict[str, str]:
    """Return the portfolio for sphinx-folio, with entries, tags, skill matrix, listings, navigation and search."""
    levels, categories = (
        ", ".join(f'"{name}"' for name in LEVELS),
        ", ".join(f'"{n}": "{n.title()}"' for n in CATEGORIES),
    )
    more = (
        'primary_domain = "folio"\nmyst_enable_extensions = ["colon_fence"]\nfolio_today = "2026-11-30"\n'
        f"folio_levels = [{levels}]\nfolio_categories = {{{categories}}}\n"
        "smartquotes = False\nhtml_copy_source = False\nhtml_show_sourcelink = False\nhtml_use_index = False\n"
    )
    extensions = ("myst_parser", "sphinx_folio", *(f"sphinx_folio.{name}" for name in EXTENSIONS))
    pages = {
        "conf.py": settings(*extensions, more=more),
        "index.md": "# Portfolio\n\n```{project-cards}\n:since: 2024\n```\n\n"
        "```{toctree}\n:hidden:\n\nprojects/index\nskills/index\n```\n",
        "skills/index.md": "# Skills\n\n```{skill-index}\n```\n\n"
        "```{skill-matrix}\n:category: languages\n:since: 2024-07\n```\n\n```{toctree}\n:maxdepth: 1\n\n"
        + "\n".join(CATEGORIES)
        + "\n```\n",
        "projects/index.md": "# Projects\n\n```{toctree}\n:maxdepth: 1\n\n"
        + "\n".join(f"p{project.number}" for project in portfolio.projects)
        + "\n```\n",
    }
    for name, members in portfolio.by_category().items():
        entries = (
            f"## {portfolio.skills[number]}\n\n"
            f"```{{skill}} s{number}\n:category: {name}\n:level: {LEVELS[number % 4]}\n```\n"
            for number in members
        )
        pages[f"skills/{name}.md"] = f"# {name.title()}\n\n" + "\n".join(entries)
    for project in portfolio.projects:
        key = f"p{project.number}"
        claims = [
            f"```{{highlight}} {key}-{index}\n:skills: {_list(highlight.skills)}\n\n{highlight.claim}\n```\n"
            for index, highlight in enumerate(project.highlights)
        ]
        proof = (
            f"```{{evidence}} {key}-proof\n:kind: page\n:title: Proof {project.number}\n"
            f":url: https://example.org/{key}\n:date: {project.end}\n:by: own\n:highlights: {key}-0\n```\n"
        )
        tags = f"Uses {{skill}}`s{project.skills[0]}`.\n"
        pages[f"projects/{key}.md"] = (
            f"# {project.title}\n\n```{{project}} {key}\n:start: {project.start}\n:end: {project.end}\n"
            f":skills: {_list(project.skills)}\n\n"
            f"{project.summary}\n```\n\n{tags}\n" + "\n".join([*claims, proof]) + f"\n{body(project)}"
        )
    return pages


EXTENSIONS = ("diagrams", "garbage_collection", "navigation", "search")


def fast(portfolio: Portfolio) -> dict[str, str]:
    """Return the portfolio for sphinx-folio with sphinx-speedups."""
    pages = folio(portfolio)
    return {**pages, "conf.py": pages["conf.py"] + 'extensions.append("sphinx_speedups")\n'}


def _list(skills: tuple[int, ...]) -> str:
    return ", ".join(f"s{skill}" for skill in skills)


def floor(portfolio: Portfolio) -> dict[str, str]:
    """Return the same prose without skills and sidebar: the minimum of work for Sphinx and furo."""
    links = "\n".join(f"- [{project.title}](projects/p{project.number}.md)" for project in portfolio.projects)
    pages = {
        "conf.py": settings("myst_parser", "sphinxcontrib.mermaid"),
        "index.md": f"# Portfolio\n\n{links}\n",
    }
    for project in portfolio.projects:
        claims = "\n".join(f"- {highlight.claim}" for highlight in project.highlights)
        pages[f"projects/p{project.number}.md"] = (
            f"---\norphan: true\n---\n\n# {project.title}\n\n{project.summary}\n\n{claims}\n\n{body(project)}"
        )
    return pages


def handwritten(portfolio: Portfolio) -> dict[str, str]:
    """Return the floor with handwritten pages of skills, with links in both directions."""
    pages = floor(portfolio)
    for project in portfolio.projects:
        claims = "\n".join(
            f"(p{project.number}-{index})=\n{highlight.claim} "
            + " ".join(f"[{portfolio.skills[skill]}](#s{skill})" for skill in highlight.skills)
            + "\n"
            for index, highlight in enumerate(project.highlights)
        )
        pages[f"projects/p{project.number}.md"] = (
            f"---\norphan: true\n---\n\n# {project.title}\n\n{project.summary}\n\n{claims}\n\n{body(project)}"
        )
    usages = portfolio.usages()
    for name, members in portfolio.by_category().items():
        entries = []
        for number in members:
            shown = "\n".join(
                f"- [{project.title}](../projects/p{project.number}.md): [{highlight.claim}]"
                f"(#p{project.number}-{project.highlights.index(highlight)})"
                for project, highlight in usages[number]
            )
            entries.append(f"(s{number})=\n## {portfolio.skills[number]}\n\n{LEVELS[number % 4]}\n\n{shown}\n")
        pages[f"skills/{name}.md"] = f"---\norphan: true\n---\n\n# {name.title()}\n\n" + "\n".join(entries)
    return pages


def needs(portfolio: Portfolio) -> dict[str, str]:
    """Return the portfolio for sphinx-needs: skills and highlights are needs, with links in both directions."""
    more = (
        'needs_types = [dict(directive="skill", title="Skill", prefix="", color="#fff", style="node"),'
        ' dict(directive="claim", title="Claim", prefix="", color="#fff", style="node")]\n'
        'needs_id_regex = "^[A-Za-z0-9_]+"\n'
    )
    pages = floor(portfolio)
    pages["conf.py"] = settings("myst_parser", "sphinxcontrib.mermaid", "sphinx_needs", more=more)
    for project in portfolio.projects:
        claims = "\n".join(
            f"```{{claim}} {highlight.claim}\n:id: H_{project.number}_{index}\n:links: "
            + ", ".join(f"S_{skill}" for skill in highlight.skills)
            + "\n```\n"
            for index, highlight in enumerate(project.highlights)
        )
        pages[f"projects/p{project.number}.md"] = (
            f"---\norphan: true\n---\n\n# {project.title}\n\n{project.summary}\n\n{claims}\n\n{body(project)}"
        )
    for name, members in portfolio.by_category().items():
        entries = (
            f"```{{skill}} {portfolio.skills[number]}\n:id: S_{number}\n\n{LEVELS[number % 4]}\n```\n"
            for number in members
        )
        pages[f"skills/{name}.md"] = f"---\norphan: true\n---\n\n# {name.title()}\n\n" + "\n".join(entries)
    return pages


def ablog(portfolio: Portfolio) -> dict[str, str]:
    """Return the portfolio for ABlog: projects are posts, their skills are tags with pages."""
    pages = floor(portfolio)
    pages["conf.py"] = settings(
        "myst_parser", "sphinxcontrib.mermaid", "ablog", more='blog_baseurl = "https://example.org/"\n'
    )
    for project in portfolio.projects:
        claims = "\n".join(f"- {highlight.claim}" for highlight in project.highlights)
        tags = ", ".join(portfolio.skills[skill] for skill in project.skills)
        pages[f"projects/p{project.number}.md"] = (
            f"---\norphan: true\nblogpost: true\ndate: {project.end}-01\ntags: {tags}\n---\n\n# {project.title}\n\n"
            f"{project.summary}\n\n{claims}\n\n{body(project)}"
        )
    return pages


def material(portfolio: Portfolio) -> dict[str, str]:
    """Return the portfolio for MkDocs Material: skills are tags."""
    pages = {
        "mkdocs.yml": "site_name: Portfolio\ntheme:\n  name: material\n  font: false\nplugins:\n  - search\n  - tags\n",
        "docs/index.md": "# Portfolio\n",
        "docs/tags.md": "# Skills\n\n<!-- material/tags -->\n",
    }
    for project in portfolio.projects:
        claims = "\n".join(f"- {highlight.claim}" for highlight in project.highlights)
        tags = "".join(f"  - {portfolio.skills[skill]}\n" for skill in project.skills)
        text = f"---\ntags:\n{tags}---\n\n# {project.title}\n\n{project.summary}\n\n{claims}\n\n"
        pages[f"docs/projects/p{project.number}.md"] = text + body(project, fence="mermaid")
    return pages


def zensical(portfolio: Portfolio) -> dict[str, str]:
    """Return the portfolio for Zensical, which reads the pages and settings of MkDocs Material."""
    return material(portfolio)


def hugo(portfolio: Portfolio) -> dict[str, str]:
    """Return the portfolio for Hugo without a theme: projects are pages, their skills are tags with pages."""
    pages = {
        "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Portfolio"\n[taxonomies]\ntag = "tags"\n',
        "layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title>{{ .Content }}"
        '{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}',
        "layouts/_default/list.html": "<!doctype html><title>{{ .Title }}</title><ul>{{ range .Pages }}"
        '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>',
    }
    for project in portfolio.projects:
        claims = "\n".join(f"- {highlight.claim}" for highlight in project.highlights)
        tags = ", ".join(f'"{portfolio.skills[skill]}"' for skill in project.skills)
        text = f'+++\ntitle = "{project.title}"\ntags = [{tags}]\n+++\n\n{project.summary}\n\n{claims}\n\n'
        pages[f"content/projects/p{project.number}.md"] = text + body(project, fence="mermaid")
    return pages


VARIANTS = {
    variant.__name__: variant for variant in (folio, fast, floor, handwritten, needs, ablog, material, zensical, hugo)
}


if __name__ == "__main__":
    variant, projects, folder = sys.argv[1:]
    write(variant, generate(int(projects)), Path(folder))
