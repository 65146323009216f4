"""Measure search beside stock Sphinx and Pagefind, on the site and on generated pages: bytes, time and what is found.

    python benchmarks/search.py [pages …]       # the site, 60 and 1000 pages; writes benchmarks/search.md

Needs the packages of requirements-tests.lock, a Chromium (CHROMIUM_PATH, or ``chromium`` on PATH) and, for Pagefind,
``pip install pagefind pagefind_bin_extended``, or programs of it, of several versions if wished, named by PAGEFIND with
colons between them. The generated pages are made from a seed: the same every time. On the site, the questions are those
of the tests, and an answer is right if its page is.
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
"""How often a question is asked; the first time is not counted, since it loads what the question needs."""
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


class Question(NamedTuple):
    """What is typed, and the beginnings of addresses where the answer may be: none for nonsense."""

    kind: str
    text: str
    accepted: tuple[str, ...]


def generate(folder: Path, number: int) -> list[Question]:
    """Write pages of a seeded mixture of Chinese and English; return questions whose answers are known."""
    chance = random.Random(SEED)  # noqa: S311  repeatable, not secret
    folder.mkdir(parents=True)
    questions: list[Question] = []
    names: list[str] = []
    for index in range(number):
        name = f"page{index:04}"
        names.append(name)
        coined = "".join(chance.choices(SYLLABLES, k=4))
        topic = "".join(chance.sample(HAN, 3))
        lines = [f"{topic} {chance.choice(LATIN)}", "=" * 60, ""]
        bodies = []
        for _section in range(3):
            heading = "".join(chance.sample(HAN, 2)) + " " + chance.choice(LATIN)
            sentences = []
            for _sentence in range(6):
                words = chance.choices(HAN, k=6)
                sentences.append(f"{''.join(words[:4])} {chance.choice(LATIN)} {''.join(words[4:])}。")
            bodies.append(sentences)
            lines += [heading, "-" * 60, "", "".join(sentences), ""]
        lines[-2] += f"{coined} 是这里的名字。"
        (folder / f"{name}.rst").write_text("\n".join(lines), encoding="utf-8")
        if index % max(1, number // 20) == 0:
            sentence = bodies[1][2]
            han, latin, tail = sentence.rstrip("。").split(" ")
            slip = coined[:3] + coined[4:]
            questions += [
                Question("title", topic, (f"{name}.html",)),
                Question("body", han, (f"{name}.html",)),
                Question("mixed", f"{han[-4:]} {latin} {tail[:4]}", (f"{name}.html",)),
                Question("mixed without spaces", f"{han[-4:]}{latin}{tail[:4]}", (f"{name}.html",)),
                Question("word", coined, (f"{name}.html",)),
                Question("prefix", coined[:6], (f"{name}.html",)),
                Question("typo", slip, (f"{name}.html",)),
            ]
    listed = "\n".join(f"   {name}" for name in names)
    (folder / "index.rst").write_text(f"首页\n====\n\n.. toctree::\n\n{listed}\n", encoding="utf-8")
    (folder / "conf.py").write_text(
        'html_sidebars = {"**": []}\n', encoding="utf-8"
    )  # a sidebar of all pages costs the square
    return questions


def build(source: Path, output: Path, *settings: str, confdir: Path | None = None) -> None:
    """Build the pages with Sphinx."""
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


class Quiet(SimpleHTTPRequestHandler):
    """A file server without a log."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        """Say nothing."""


OURS = """async (text) => {
  const engine = await folioSearch.engine();
  const begun = performance.now();
  const { found } = await engine.search(text);
  const taken = performance.now() - begun;
  return [found.slice(0, 12).map(({ record }) => engine.address(record)), taken];
}"""
KEY = """async (text) => {
  await folioSearch.engine();
  const panel = document.querySelector("#search-page");
  const input = panel.querySelector("input"), status = panel.querySelector("[role=status]");
  status.textContent = "";
  const shown = new Promise((resolve) => new MutationObserver(resolve).observe(status, { childList: true }));
  input.value = text;
  const begun = performance.now();
  input.dispatchEvent(new Event("input"));
  await shown;
  return performance.now() - begun;
}"""
STOCK = """async (text) => {
  if (!Search._index) await new Promise((resolve) => {
    const set = Search.setIndex;
    Search.setIndex = (index) => { set(index); resolve(); };
    const tag = document.createElement("script");
    tag.src = "searchindex.js";
    document.body.append(tag);
  });
  const begun = performance.now();
  const results = Search._performSearch(...Search._parseQuery(text));
  const taken = performance.now() - begun;
  return [results.reverse().slice(0, 12).map(([docname]) => docname + ".html"), taken];
}"""
PAGEFIND = """async (text) => {
  const pagefind = await import(new URL("pagefind/pagefind.js", location.href));
  await pagefind.init();
  const begun = performance.now();
  const { results } = await pagefind.search(text);
  const data = await Promise.all(results.slice(0, 3).map((result) => result.data()));
  const taken = performance.now() - begun;
  return [data.map(({ url }) => url), taken];
}"""


class Measured(NamedTuple):
    """What one engine costs and finds; of nonsense, the share of questions for which it finds anything.

    Times are in milliseconds: ``median`` over questions, ``slowest`` of them, each question's time being the median of
    its answers, and ``longest`` of all single answers.
    """

    name: str
    first: int
    size: int
    median: float
    slowest: float
    longest: float
    key: float | None
    recall: dict[str, float]
    overall: float
    first_right: float
    nonsense: float | None
    counted: dict[str, int]


def measure(
    page: Page, name: str, folder: Path, ask: str, counted: tuple[str, ...], questions: list[Question]
) -> Measured:
    """Ask all questions of one engine in the browser."""
    handler = functools.partial(Quiet, directory=str(folder))
    bodies: dict[str, int] = {}

    def note(response: Response) -> None:
        path = urlsplit(response.url).path.lstrip("/")
        if response.ok and any(part in f"/{path}" for part in counted):
            bodies[path] = len(gzip.compress((folder / path).read_bytes(), 9, mtime=0))

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/search.html"
        page.on("response", note)
        first = []
        for question in questions[:: max(1, len(questions) // 10)]:  # cold: what the first question of a visit loads
            bodies.clear()
            page.goto(address)
            page.evaluate(ask, question.text)
            page.wait_for_timeout(50)
            first.append(sum(bodies.values()))
        if ask is OURS:  # what little found leads to, after the first result
            page.evaluate("folioSearch.engine().then((engine) => engine.loadSecondRank())")
        times: list[list[float]] = []
        hits: dict[str, list[bool]] = {}
        firsts: list[bool] = []
        nonsense: list[bool] = []
        for question in questions:
            answers = [page.evaluate(ask, question.text) for _repeat in range(REPEATS)]
            links = answers[-1][0]
            times.append([taken for _links, taken in answers[1:]])
            root = address.removesuffix("search.html")
            plain = [link.split("?")[0].split("#")[0].removeprefix(root).lstrip("/") for link in links]
            found = [bool(question.accepted) and link.startswith(question.accepted) for link in dict.fromkeys(plain)][
                :3
            ]
            if question.accepted:
                hits.setdefault(question.kind, []).append(any(found))
                firsts.append(found[:1] == [True])
            else:
                nonsense.append(bool(links))
        key = None
        if ask is OURS:
            key = statistics.median(page.evaluate(KEY, question.text) for question in questions)
        page.remove_listener("response", note)
        server.shutdown()
    index = [path for path in folder.rglob("*") if path.is_file() and any(part in path.as_posix() for part in counted)]
    return Measured(
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


def generated(work: Path, number: int) -> tuple[Path, Path, list[Question]]:
    """Build generated pages with our search and with stock Sphinx's."""
    source, ours, stock = work / "source", work / "ours", work / "stock"
    questions = generate(source, number)
    common = ("language=en", "html_theme=alabaster", "html_copy_source=0")
    build(source, ours, *common, "extensions=sphinx_folio.search", "folio_search_page=1")
    build(source, stock, *common)
    return ours, stock, questions


def real(work: Path) -> tuple[Path, Path, list[Question]]:
    """Build the site with our search and with stock Sphinx's, and take the questions of the tests."""
    ours, stock = work / "ours", work / "stock"
    parts = ("", ".diagrams", ".exports", ".languages", ".navigation", ".reference")
    extensions = ",".join(("myst_parser", "sphinx_design", *(f"sphinx_folio{part}" for part in parts)))
    build(ROOT / "docs", ours, confdir=ROOT)
    build(ROOT / "docs", stock, f"extensions={extensions}", "html_search_language=en", confdir=ROOT)
    questions = []
    for name in ("golden.tsv", "heldout.tsv", "heldout-2.tsv", "heldout-3.tsv"):
        for line in (ROOT / "tests" / "browser" / "search" / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                text, kind, accepted = line.split("\t")
                pages = () if accepted == "-" else tuple(prefix.split("#")[0] for prefix in accepted.split())
                questions.append(Question(kind, text, pages))
    return ours, stock, questions


def pagefinds() -> list[list[str]]:
    """Return the commands of the versions of Pagefind that are there."""
    named = os.environ.get("PAGEFIND")
    return [[program] for program in named.split(":")] if named else [[sys.executable, "-m", "pagefind"]]


def engines(ours: Path, stock: Path, questions: list[Question]) -> list[Measured]:
    """Measure every engine on the same pages."""
    chromium = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium") or shutil.which("google-chrome")
    measured = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.route(
            "**/*", lambda route: route.continue_()
        )  # with a route, Chromium keeps nothing: each visit is the first
        own = ("_static/folio-search",)
        measured.append(measure(page, "sphinx_folio.search", ours, OURS, own, questions))
        theirs = ("searchindex.js", "searchtools.js", "language_data.js")
        measured.append(measure(page, "stock Sphinx", stock, STOCK, theirs, questions))
        for program in pagefinds():
            shutil.rmtree(stock / "pagefind", ignore_errors=True)
            command = [*program, "--site", str(stock), "--force-language", "zh", "--root-selector", "[role=main]"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                print("Pagefind was not measured:", done.stderr.strip()[-200:])
                continue
            version = next((line for line in done.stdout.splitlines() if "Running Pagefind" in line), "Pagefind")
            name = version.replace("Running ", "").split(" (")[0]
            measured.append(measure(page, name, stock, PAGEFIND, ("/pagefind/",), questions))
        browser.close()
    return measured


def table(title: str, measured: list[Measured]) -> str:
    """Write the results of one set of pages as Markdown."""
    kinds = list(measured[0].recall)
    lines = [
        f"## {title}",
        "",
        "| engine | until the first result, kB gzip | all files, kB gzip | compute, ms | slowest question, ms | longest answer, ms | key to results, ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {one.name} | {one.first / 1000:.1f} | {one.size / 1000:.1f} | {one.median:.1f} | {one.slowest:.1f} | "
        f"{one.longest:.1f} | "
        f"{'–' if one.key is None else format(one.key, '.1f')} |"
        for one in measured
    ]
    lines += ["", "| questions | number | " + " | ".join(one.name for one in measured) + " |"]
    lines += ["| --- | ---: |" + " ---: |" * len(measured)]
    counted = measured[0].counted
    lines += [
        f"| {kind}, R@3 | {counted[kind]} | " + " | ".join(f"{one.recall[kind]:.2f}" for one in measured) + " |"
        for kind in kinds
    ]
    total = sum(counted.values())
    lines += [f"| **all, R@3** | {total} | " + " | ".join(f"**{one.overall:.2f}**" for one in measured) + " |"]
    lines += [f"| **all, R@1** | {total} | " + " | ".join(f"**{one.first_right:.2f}**" for one in measured) + " |"]
    if measured[0].nonsense is not None:
        lines += [
            "| nonsense that finds something | – | " + " | ".join(f"{one.nonsense:.2f}" for one in measured) + " |"
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure at each size, and write what came out."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [60, 1000]
    parts = [
        "# Search, measured\n",
        (
            "Made by `python benchmarks/search.py`. The site is asked the Chinese sets of `tests/browser/search`, an answer being right if "
            "its page is: our engine was tuned on them (before that, it found 0.89 of heldout, 1.00 of heldout-2 and 0.83 of heldout-3, "
            "R@3, by the exact place), and the aliases of conf.py and of the portfolio's vocabulary are at its service alone. Generated pages come from a seed: three sections each, random Chinese words "
            "with English words. Stock Sphinx searches with the language en, since its search page hangs for zh in 9.0; "
            "Pagefind reads the main part of the same pages, as zh. "
            "Bytes are gzip level 9 of what was requested for the first result of a visit, median of ten questions or so; ours loads "
            "another file for words that the site does not say, and pages of second rank (the documentation of the package) once "
            "little is found, after that is shown, or nothing; "
            "compute is the time in the engine once it has loaded what the question needs, Pagefind's first three results included: "
            f"each question is asked {REPEATS} times, the first is not counted, the median of the others is the question's time; "
            "the table has the median of all questions and the slowest of them, and the longest of all single answers, "
            "in which everything else that the machine did is included; key to results is the median time from a key to the list shown; "
            "R@3 is the share of questions with a right page among the first three pages, R@1 that with a right page first.\n"
        ),
        (
            f"Measured with Chromium on {platform.system()}, {os.cpu_count()} cores that other work shared, "
            f"Python {platform.python_version()}.\n"
        ),
    ]
    with tempfile.TemporaryDirectory() as work:
        ours, stock, questions = real(Path(work))
        parts.append(table(f"The site, {len(questions)} questions of the tests", engines(ours, stock, questions)))
        print(parts[-1], flush=True)
    for number in sizes:
        with tempfile.TemporaryDirectory() as work:
            parts.append(table(f"{number} pages", engines(*generated(Path(work), number))))
            print(parts[-1], flush=True)
    (ROOT / "benchmarks" / "search.md").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
