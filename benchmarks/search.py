"""Compare the search with Sphinx's search and Pagefind: download size, time and recall; write benchmarks/search.md.

    python benchmarks/search.py [PAGES …]       # this site and generated sites of 60 and 1000 pages (the default)

The script needs the packages of requirements-tests.lock, Chromium (CHROMIUM_PATH, or ``chromium`` on PATH) and Pagefind:
``pip install pagefind pagefind_bin_extended``, or the paths of executables of one or more versions in PAGEFIND,
separated by colons (``npm install pagefind`` has one in ``@pagefind``).

The generated pages come from a fixed seed. For this site, the queries are those of the tests in tests/browser/search. A
result is correct if it is on an expected page.
"""

from __future__ import annotations

import functools
import gzip
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

ROOT = Path(__file__).resolve().parent.parent
SEED = 20261124
REPEATS = 6
"""How often each query runs; the first run is not timed, since it loads files."""
HAN = [
    "网络",
    "容器",
    "集群",
    "节点",
    "地址",
    "分配",
    "回收",
    "调度",
    "存储",
    "镜像",
    "监控",
    "日志",
    "告警",
    "部署",
    "升级",
    "回滚",
    "备份",
    "恢复",
    "迁移",
    "测试",
    "性能",
    "延迟",
    "吞吐",
    "并发",
    "队列",
    "缓存",
    "索引",
    "查询",
    "事务",
    "锁",
    "协议",
    "路由",
    "转发",
    "隧道",
    "防火墙",
    "证书",
    "加密",
    "权限",
    "审计",
    "配置",
    "模板",
    "插件",
    "接口",
    "服务",
    "发现",
    "负载",
    "均衡",
    "熔断",
    "限流",
    "重试",
    "超时",
    "心跳",
    "选举",
    "一致性",
    "副本",
    "分片",
    "快照",
    "编译",
    "链接",
    "内存",
    "线程",
    "进程",
    "信号",
    "文件",
    "目录",
    "磁盘",
    "带宽",
    "抖动",
    "丢包",
    "探测",
    "拓扑",
    "网关",
    "代理",
    "域名",
    "解析",
    "租户",
    "配额",
    "弹性",
    "伸缩",
    "编排",
    "声明",
    "控制器",
    "事件",
    "通知",
    "流水线",
]
LATIN = [
    "kubernetes",
    "docker",
    "calico",
    "cilium",
    "etcd",
    "prometheus",
    "grafana",
    "envoy",
    "istio",
    "helm",
    "terraform",
    "ansible",
    "nginx",
    "redis",
    "postgres",
    "kafka",
    "rabbitmq",
    "webhook",
    "operator",
    "scheduler",
    "kubelet",
    "containerd",
    "overlay",
    "underlay",
    "vxlan",
    "macvlan",
    "iptables",
    "netfilter",
    "conntrack",
    "ebpf",
    "latency",
    "throughput",
    "garbage",
    "collector",
    "allocator",
    "pointer",
    "channel",
    "goroutine",
    "interface",
    "compiler",
    "linker",
    "profiler",
    "benchmark",
    "snapshot",
    "replica",
    "shard",
    "quorum",
    "certificate",
    "token",
    "policy",
    "tenant",
    "quota",
    "gateway",
    "ingress",
    "resolver",
    "telemetry",
    "tracing",
    "span",
    "metric",
    "alert",
    "pipeline",
    "rollout",
    "canary",
]
SYLLABLES = [
    "ba",
    "ce",
    "di",
    "fo",
    "gu",
    "ha",
    "ji",
    "ko",
    "lu",
    "me",
    "ni",
    "po",
    "ra",
    "se",
    "ti",
    "vo",
    "wu",
    "xa",
    "ye",
    "zo",
]

FIRST_RUNS = """\
## First runs

What our engine reached when each set was new, before anything was changed for it. The readers' sets were written from the
built pages by people who had not read the engine; for the older sets, the criterion was the anchor instead of the page.

| set | queries with an answer | R@1 | R@3 | section in the first three | nonsense with results |
| --- | ---: | ---: | ---: | ---: | ---: |
| heldout | 176 | 0.83 | 0.89 | – | – |
| heldout, English | 56 | 0.82 | 0.86 | – | – |
| heldout-2 | 196 | 0.98 | 1.00 | – | – |
| heldout-3 | 160 | 0.80 | 0.82 | – | – |
| heldout-3, English | 102 | 0.88 | 0.95 | – | 2 |
| readers | 102 | 0.82 | 0.86 | 0.83 | – |
| readers, English | 61 | 0.75 | 0.79 | 0.75 | – |
| readers, manual | 36 | 0.89 | 0.94 | 0.94 | – |
| readers-2 | 65 | 0.94 | 0.99 | 0.97 | 0 |
| readers-2, English | 50 | 0.94 | 1.00 | 0.98 | 0 |
| readers-2, manual | 25 | 0.76 | 0.92 | 0.88 | 0 |
| readers-3 | 67 | 0.93 | 0.99 | 0.99 | 0 of 8 |
| readers-3, English | 45 | 1.00 | 1.00 | 1.00 | 0 of 5 |
| readers-3, manual | 32 | 0.84 | 0.84 | 0.84 | 2 of 3 |
| readers-3, manual in Chinese | 18 | 0.89 | 0.89 | 0.89 | 0 of 2 |
| readers-4 | 40 | 0.78 | 0.95 | 0.85 | 0 of 5 |
| readers-4, English | 40 | 0.80 | 0.88 | 0.83 | 0 of 5 |
| readers-4, manual | 36 | 0.83 | 0.92 | 0.89 | 0 of 4 |
| readers-4, manual in Chinese | 28 | 0.54 | 0.64 | 0.64 | 1 of 2 |
| readers-5 | 44 | 0.95 | 1.00 | 0.91 | 0 of 4 |
| readers-5, English | 40 | 0.95 | 1.00 | 0.95 | 0 of 4 |
| readers-5, manual | 32 | 0.94 | 1.00 | 0.97 | 0 of 4 |
| readers-5, manual in Chinese | 28 | 0.96 | 1.00 | 0.93 | 1 of 4 |
| readers-6 | 60 | 0.90 | 0.97 | 0.95 | 0 of 5 |
| readers-6, English | 57 | 0.88 | 0.91 | 0.91 | 0 of 5 |
| readers-6, manual | 47 | 0.81 | 0.87 | 0.87 | 0 of 5 |
| readers-6, manual in Chinese | 41 | 0.93 | 0.98 | 0.98 | 0 of 5 |
| readers-7 | 46 | 0.89 | 0.96 | 0.91 | 0 of 4 |
| readers-7, English | 46 | 0.87 | 0.93 | 0.93 | 0 of 4 |
| readers-7, manual | 32 | 0.88 | 0.88 | 0.88 | 0 of 4 |
| readers-7, manual in Chinese | 28 | 0.89 | 0.96 | 0.96 | 0 of 4 |
| readers-8 | 45 | 0.98 | 0.98 | 0.98 | 0 of 5 |
| readers-8, English | 45 | 0.96 | 0.96 | 0.96 | 0 of 5 |
| readers-8, manual | 27 | 0.89 | 0.96 | 0.93 | 0 of 3 |
| readers-8, manual in Chinese | 27 | 0.85 | 0.96 | 0.93 | 0 of 3 |

Between readers-4 and readers-5, the pages got index entries and the vocabulary grew from 460 to 1,400 groups. On
readers-5, what was there before has 0.88, 0.92 and 0.83 of all 144 queries.

In readers-6 to readers-8, a third of the queries have other words than the pages. After readers-6, the tables of the
manual's reference were indexed, and a page that has a whole sentence of the query literally ranks higher. After readers-7,
the vocabulary grew by 8,000 words: on the 144 queries of readers-8, it has 0.93, 0.97 and 0.95, and the one before 0.90,
0.93 and 0.91.
"""


class Query(NamedTuple):
    """A query with its expected result."""

    kind: str
    text: str
    expected: tuple[str, ...]
    """Prefixes of the URLs of correct results; empty for nonsense, which should find nothing."""


def generate(folder: Path, number: int) -> list[Query]:
    """Write pages of random Chinese and English words; return queries with known results."""
    rng = random.Random(SEED)  # noqa: S311  reproducible, not for cryptography
    folder.mkdir(parents=True)
    queries: list[Query] = []
    names: list[str] = []
    for index in range(number):
        name = f"page{index:04}"
        names.append(name)
        coined = "".join(rng.choices(SYLLABLES, k=4))
        topic = "".join(rng.sample(HAN, 3))
        lines = [f"{topic} {rng.choice(LATIN)}", "=" * 60, ""]
        bodies = []
        for _section in range(3):
            heading = "".join(rng.sample(HAN, 2)) + " " + rng.choice(LATIN)
            sentences = []
            for _sentence in range(6):
                words = rng.choices(HAN, k=6)
                sentences.append(f"{''.join(words[:4])} {rng.choice(LATIN)} {''.join(words[4:])}。")
            bodies.append(sentences)
            lines += [heading, "-" * 60, "", "".join(sentences), ""]
        lines[-2] += f"{coined} 是这里的名字。"
        (folder / f"{name}.rst").write_text("\n".join(lines), encoding="utf-8")
        if index % max(1, number // 20) == 0:
            sentence = bodies[1][2]
            han, latin, tail = sentence.rstrip("。").split(" ")
            typo = coined[:3] + coined[4:]
            queries += [
                Query("title", topic, (f"{name}.html",)),
                Query("body", han, (f"{name}.html",)),
                Query("mixed", f"{han[-4:]} {latin} {tail[:4]}", (f"{name}.html",)),
                Query("mixed without spaces", f"{han[-4:]}{latin}{tail[:4]}", (f"{name}.html",)),
                Query("word", coined, (f"{name}.html",)),
                Query("prefix", coined[:6], (f"{name}.html",)),
                Query("typo", typo, (f"{name}.html",)),
            ]
    toctree = "\n".join(f"   {name}" for name in names)
    (folder / "index.rst").write_text(f"首页\n====\n\n.. toctree::\n\n{toctree}\n", encoding="utf-8")
    (folder / "conf.py").write_text(
        'html_sidebars = {"**": []}\n', encoding="utf-8"
    )  # with a sidebar, the build time grows with the square of the number of pages
    return queries


def build(source: Path, output: Path, *settings: str, confdir: Path | None = None) -> None:
    """Build a site with Sphinx; settings are ``name=value``."""
    options = [part for setting in settings for part in ("-D", setting)]
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-d",
        str(output) + "-doctrees",
        "-c",
        str(confdir or source),
        *options,
        str(source),
        str(output),
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run(command, env=environment, check=True)


class QuietHandler(SimpleHTTPRequestHandler):
    """A request handler for static files that does not log."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Do not log requests."""


OURS = """async (text) => {
  const engine = await folioSearch.engine();
  const start = performance.now();
  const { found } = await engine.search(text);
  const duration = performance.now() - start;
  return [found.slice(0, 12).map(({ engine, record }) => engine.address(record)), duration];
}"""
KEY = """async (text) => {
  await folioSearch.engine();
  const panel = document.querySelector("#search-page");
  const input = panel.querySelector("input"), status = panel.querySelector("[role=status]");
  status.textContent = "";
  const shown = new Promise((resolve) => new MutationObserver(resolve).observe(status, { childList: true }));
  input.value = text;
  const start = performance.now();
  input.dispatchEvent(new Event("input"));
  await shown;
  return performance.now() - start;
}"""
STOCK = """async (text) => {
  if (!Search._index) await new Promise((resolve) => {
    const set = Search.setIndex;
    Search.setIndex = (index) => { set(index); resolve(); };
    const tag = document.createElement("script");
    tag.src = "searchindex.js";
    document.body.append(tag);
  });
  const start = performance.now();
  const results = Search._performSearch(...Search._parseQuery(text));
  const duration = performance.now() - start;
  return [results.reverse().slice(0, 12).map(([docname]) => docname + ".html"), duration];
}"""
PAGEFIND = """async (text) => {
  const pagefind = await import(new URL("pagefind/pagefind.js", location.href));
  await pagefind.init();
  const start = performance.now();
  const { results } = await pagefind.search(text);
  const data = await Promise.all(results.slice(0, 3).map((result) => result.data()));
  const duration = performance.now() - start;
  return [data.map(({ url }) => url), duration];
}"""


class Measurements(NamedTuple):
    """The measurements of one engine. Sizes are in bytes (gzip), times in milliseconds.

    The time of a query is the median of its runs.
    """

    name: str
    first: int
    """The size of the files that the first query of a visit loads; median of about ten queries."""
    size: int
    """The size of all files of the engine."""
    median: float
    """The median of the times of all queries."""
    slowest: float
    """The time of the slowest query."""
    longest: float
    """The time of the longest single run."""
    key: float | None
    """The median time from a keystroke to the list of results; None if it was not measured."""
    recall: dict[str, float]
    """Kind of query → share of queries with a correct result among the first three (R@3)."""
    overall: float
    """R@3 of all queries."""
    first_correct: float
    """Share of queries whose first result is correct (R@1)."""
    nonsense: float | None
    """Share of nonsense queries with any result; None if there are no nonsense queries."""
    counts: dict[str, int]
    """Kind of query → number of queries."""


def measure(
    page: Page, name: str, folder: Path, script: str, files: tuple[str, ...], queries: list[Query]
) -> Measurements:
    """Run all queries with one engine in the browser.

    Args:
        page: A page of the browser.
        name: The name of the engine.
        folder: The built site.
        script: A JavaScript function that runs a query; it returns the URLs of the results and the time.
        files: Parts of the paths of files that belong to the engine.
        queries: The queries.
    """
    handler = functools.partial(QuietHandler, directory=str(folder))
    bodies: dict[str, int] = {}

    def record(response: Response) -> None:
        path = urlsplit(response.url).path.lstrip("/")
        if response.ok and any(part in f"/{path}" for part in files):
            bodies[path] = len(gzip.compress((folder / path).read_bytes(), 9, mtime=0))

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/search.html"
        page.on("response", record)
        first = []
        for query in queries[:: max(1, len(queries) // 10)]:  # each in a new visit
            bodies.clear()
            page.goto(address)
            page.evaluate(script, query.text)
            page.wait_for_timeout(50)
            first.append(sum(bodies.values()))
        if script is OURS:  # files that it would load later if a query has few results
            page.evaluate("folioSearch.engine().then((engine) => engine.loadSecondRank())")
        times: list[list[float]] = []
        hits: dict[str, list[bool]] = {}
        firsts: list[bool] = []
        nonsense: list[bool] = []
        for query in queries:
            runs = [page.evaluate(script, query.text) for _repeat in range(REPEATS)]
            links = runs[-1][0]
            times.append([duration for _links, duration in runs[1:]])
            root = address.removesuffix("search.html")
            plain = [link.split("?")[0].split("#")[0].removeprefix(root).lstrip("/") for link in links]
            found = [bool(query.expected) and link.startswith(query.expected) for link in dict.fromkeys(plain)][:3]
            if query.expected:
                hits.setdefault(query.kind, []).append(any(found))
                firsts.append(found[:1] == [True])
            else:
                nonsense.append(bool(links))
        key = None
        if script is OURS:
            key = statistics.median(page.evaluate(KEY, query.text) for query in queries)
        page.remove_listener("response", record)
        server.shutdown()
    index = [path for path in folder.rglob("*") if path.is_file() and any(part in path.as_posix() for part in files)]
    return Measurements(
        name,
        int(statistics.median(first)),
        sum(len(gzip.compress(path.read_bytes(), 9, mtime=0)) for path in index),
        statistics.median(map(statistics.median, times)),
        max(map(statistics.median, times)),
        max(map(max, times)),
        key,
        {kind: sum(found) / len(found) for kind, found in hits.items()},
        statistics.mean(value for found in hits.values() for value in found),
        statistics.mean(firsts),
        statistics.mean(nonsense) if nonsense else None,
        {kind: len(found) for kind, found in hits.items()},
    )


def generated(work: Path, number: int) -> tuple[Path, Path, list[Query]]:
    """Build generated pages with our search and with Sphinx's; return both sites and the queries."""
    source, ours, stock = work / "source", work / "ours", work / "stock"
    queries = generate(source, number)
    common = ("language=en", "html_theme=alabaster", "html_copy_source=0")
    build(source, ours, *common, "extensions=sphinx_folio.search", "folio_search_page=1")
    build(source, stock, *common)
    return ours, stock, queries


def real(work: Path) -> tuple[Path, Path, list[Query]]:
    """Build this site with our search and with Sphinx's; return both sites and the queries of the tests."""
    ours, stock = work / "ours", work / "stock"
    parts = ("", ".diagrams", ".export", ".languages", ".navigation", ".redirects", ".reference")
    extensions = ",".join(("myst_parser", "sphinx_design", *(f"sphinx_folio{part}" for part in parts)))
    build(ROOT / "docs", ours, confdir=ROOT)
    build(ROOT / "docs", stock, f"extensions={extensions}", "html_search_language=en", confdir=ROOT)
    queries = []
    for name in ("golden.tsv", "heldout.tsv", "heldout-2.tsv", "heldout-3.tsv"):
        for line in (ROOT / "tests" / "browser" / "search" / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                text, kind, expected = line.split("\t")
                pages = () if expected == "-" else tuple(prefix.split("#")[0] for prefix in expected.split())
                queries.append(Query(kind, text, pages))
    for name in ("readers", *(f"readers-{number}" for number in range(2, 9))):
        lines = (ROOT / "tests" / "browser" / "search" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        for site, _kind, text, expected, _sections in (line.split("\t") for line in lines):
            if site == "zh":
                queries.append(Query(name, text, () if expected == "-" else tuple(expected.split())))
    return ours, stock, queries


def pagefinds() -> list[list[str]]:
    """Return the commands of the versions of Pagefind."""
    paths = os.environ.get("PAGEFIND")
    return [[path] for path in paths.split(":")] if paths else [[sys.executable, "-m", "pagefind"]]


def engines(ours: Path, stock: Path, queries: list[Query]) -> list[Measurements]:
    """Measure all engines with the same pages."""
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    measured = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route("**/*", lambda route: route.continue_())  # with a route, Chromium does not cache responses
        own = ("_static/folio-search",)
        measured.append(measure(page, "sphinx_folio.search", ours, OURS, own, queries))
        theirs = ("searchindex.js", "searchtools.js", "language_data.js")
        measured.append(measure(page, "stock Sphinx", stock, STOCK, theirs, queries))
        for program in pagefinds():
            shutil.rmtree(stock / "pagefind", ignore_errors=True)
            command = [*program, "--site", str(stock), "--force-language", "zh", "--root-selector", "[role=main]"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print("Skipped Pagefind:", done.stderr.strip()[-200:])
                continue
            version = next((line for line in done.stdout.splitlines() if "Running Pagefind" in line), "Pagefind")
            name = version.replace("Running ", "").split(" (")[0]
            measured.append(measure(page, name, stock, PAGEFIND, ("/pagefind/",), queries))
        browser.close()
    return measured


def table(title: str, measured: list[Measurements]) -> str:
    """Return the results of one site as Markdown."""
    kinds = list(measured[0].recall)
    lines = [
        f"## {title}",
        "",
        "| engine | first query, kB gzip | all files, kB gzip | median query, ms | slowest query, ms | longest run, ms | keystroke to results, ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.name} | {one.first / 1000:.1f} | {one.size / 1000:.1f} | {one.median:.1f} | {one.slowest:.1f} | "
        f"{one.longest:.1f} | "
        f"{'–' if one.key is None else format(one.key, '.1f')} |"
        for one in measured
    ]
    lines += ["", "| queries | number | " + " | ".join(one.name for one in measured) + " |"]
    lines += ["| --- | ---: |" + " ---: |" * len(measured)]
    counts = measured[0].counts
    lines += [
        f"| {kind}, R@3 | {counts[kind]} | " + " | ".join(f"{one.recall[kind]:.2f}" for one in measured) + " |"
        for kind in kinds
    ]
    total = sum(counts.values())
    lines += [f"| **all, R@3** | {total} | " + " | ".join(f"**{one.overall:.2f}**" for one in measured) + " |"]
    lines += [f"| **all, R@1** | {total} | " + " | ".join(f"**{one.first_correct:.2f}**" for one in measured) + " |"]
    if measured[0].nonsense is not None:
        lines += ["| nonsense with results | – | " + " | ".join(f"{one.nonsense:.2f}" for one in measured) + " |"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure this site and generated sites of each size; write the results."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [60, 1000]
    parts = [
        "# Search benchmarks\n",
        (
            "Written by `python benchmarks/search.py`.\n"
            "\n"
            "- **Queries.** For this site: the Chinese queries of `tests/browser/search`. A result is correct if it is on an expected "
            "page. All sets are seen: our engine was changed for them, so the figures below say what it reaches at best; those of the "
            "first runs say more. Only our engine has the aliases of conf.py and of the portfolio's vocabulary. Generated pages come "
            "from a fixed seed: three sections each, random Chinese and English words.\n"
            "- **Engines.** Sphinx's search uses the language en, since its search page hangs for zh in 9.0. Pagefind indexes the main "
            "part of the same pages, as zh.\n"
            "- **Sizes** are those of the requested files, gzip level 9. The first query of a visit is the median of about ten queries. "
            "Until the first result, ours loads at most 26 kB, which a test checks; the texts of the site follow and are counted here. "
            "Our engine loads another file for words that the site does not contain, and the pages of second rank (the documentation "
            "of the package) after it has shown few or no results.\n"
            f"- **Times** are those of the engine, without loading files. Pagefind's include the first three results. Each query runs {REPEATS} "
            "times; the first run is not counted, and the median of the others is the time of the query. The longest run includes "
            "interruptions by other processes. Keystroke to results is the median time until the list is shown.\n"
            "- **R@3** is the share of queries with a correct page among the first three pages, **R@1** the share whose first page is "
            "correct.\n"
            "\n"
            f"{FIRST_RUNS}"
        ),
        (
            f"Measured with Chromium on {platform.system()}, {os.cpu_count()} shared cores, "
            f"Python {platform.python_version()}.\n"
        ),
    ]
    with tempfile.TemporaryDirectory() as work:
        ours, stock, queries = real(Path(work))
        parts.append(table(f"This site, {len(queries)} queries of the tests, all seen", engines(ours, stock, queries)))
        print(parts[-1], flush=True)
    for number in sizes:
        with tempfile.TemporaryDirectory() as work:
            parts.append(table(f"{number} generated pages", engines(*generated(Path(work), number))))
            print(parts[-1], flush=True)
    (ROOT / "benchmarks" / "search.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
