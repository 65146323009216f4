"""Short postings of the classes that are easily misread, with what a careful reader understands."""

from __future__ import annotations

import pytest

from sphinx_folio.matching.conditions import LEVEL_ORDER
from sphinx_folio.matching.fluency import answers
from sphinx_folio.matching.reading import plain_text
from sphinx_folio.matching.requirements import Requirements, requirements
from sphinx_folio.matching.sections import statements
from sphinx_folio.vocabulary import Finder, built_in

FINDER = Finder(built_in())
MUST, MAY, ONE = "must", "may", "one of"


def asked(text: str) -> Requirements:
    return requirements(plain_text(text), FINDER)


def asks(text: str) -> dict[str, str]:
    return {ask.concept.key: ask.strength for ask in asked(text).skills}


def requirement(line: str) -> str:
    """Return a posting with one requirement, under a heading in its language."""
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in line)
    return f"{'任职要求' if is_chinese else 'Requirements'}\n- {line}"


# A category beside its example: a kind of product is only introduced by it; a practice is asked, too


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Message queues (Kafka)", {"kafka": MUST}),
        ("Message queues such as Kafka or RabbitMQ", {"kafka": ONE, "rabbitmq": ONE}),
        ("A relational database such as PostgreSQL", {"postgresql": MAY}),
        ("Relational databases: PostgreSQL and MySQL", {"postgresql": MUST, "mysql": MUST}),
        ("NoSQL databases like MongoDB or Cassandra", {"mongodb": ONE, "cassandra": ONE}),
        ("Public cloud (AWS)", {"aws": MUST}),
        ("Configuration management with Ansible", {"ansible": MUST}),
        ("A service mesh such as Istio or Linkerd", {"istio": ONE, "linkerd": ONE}),
        ("At least one SIEM, e.g. Splunk or QRadar", {"splunk": ONE, "qradar": ONE}),
        ("An RTOS such as FreeRTOS or Zephyr", {"freertos": ONE, "zephyr": ONE}),
        ("Virtualization with VMware", {"vmware": MUST}),
        ("Containers (Docker)", {"docker": MUST}),
        ("Message queues", {"message-queues": MUST}),
        ("Service mesh experience (Istio or Linkerd)", {"istio": ONE, "linkerd": ONE}),
        ("熟悉 CAN 总线工具（CANoe、CANalyzer 之一）", {"canoe": ONE, "canalyzer": ONE}),
        ("Experience with relational databases", {"relational-databases": MUST}),
        ("Unit tests with Jest", {"unit-testing": MUST, "jest": MUST}),
        ("CI/CD with GitHub Actions", {"ci-cd": MUST, "github-actions": MUST}),
        ("GitOps with Argo CD or Flux", {"gitops": MUST, "argo-cd": ONE, "flux": ONE}),
        ("Infrastructure as code with Terraform", {"infrastructure-as-code": MUST, "terraform": MUST}),
        ("Packet analysis with Wireshark", {"packet-capture": MUST, "wireshark": MUST}),
        ("AWS (EC2, S3)", {"aws": MUST, "ec2": MUST, "amazon-s3": MUST}),
        ("熟悉消息队列（Kafka）", {"kafka": MUST}),
        ("熟悉关系型数据库，如 MySQL、PostgreSQL", {"mysql": ONE, "postgresql": ONE}),
        ("熟悉 Kafka、RocketMQ 等消息队列", {"kafka": MUST, "rocketmq": MUST}),
        ("熟悉 OSPF、BGP 等路由协议", {"ospf": MUST, "bgp": MUST}),
        ("熟悉 OSPF、BGP、STP 等路由交换技术", {"ospf": MUST, "bgp": MUST, "stp": MUST}),
        ("熟悉 OSPF、BGP 等路由协议的原理和配置", {"ospf": MUST, "bgp": MUST}),
        ("熟练使用 perf、火焰图等性能分析手段", {"perf": MUST, "flame-graphs": MUST}),
        ("熟悉 Istio、Linkerd 等服务网格技术", {"istio": MUST, "linkerd": MUST}),
        ("了解 Prometheus、Zabbix 等监控系统", {"prometheus": MUST, "zabbix": MUST}),
        ("熟练使用 Burp Suite、Nmap 等渗透测试工具", {"burp-suite": MUST, "nmap": MUST}),
        ("至少熟悉一种消息队列，例如 Kafka", {"kafka": MAY}),
        ("熟悉容器技术", {"containers": MUST}),
        ("熟悉 Kubernetes，了解 Helm", {"kubernetes": MUST, "helm": MUST}),
        ("熟悉网络编程，了解 epoll", {"network-programming": MUST, "epoll": MUST}),
    ],
)
def test_a_kind_of_product_is_not_asked_beside_its_examples(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


# Tables

_GO_RUST = {"go": MUST, "rust": MAY}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| Essential | Desirable |\n|---|---|\n| Go | Rust |", _GO_RUST),
        ("| Essential | Desirable |\n|---|---|\n| Go | Rust |\n| Docker | Helm |", {**_GO_RUST, "docker": MUST, "helm": MAY}),
        ("| Desirable | Essential |\n|---|---|\n| Rust | Go |", _GO_RUST),
        ("| Required | Nice to have |\n|---|---|\n| Go | Rust |", _GO_RUST),
        ("| Must have | Plus |\n| Go | Rust |", _GO_RUST),
        ("| Minimum | Preferred |\n| Go | Rust |", _GO_RUST),
        ("| 必备 | 加分 |\n|---|---|\n| Go | Rust |", _GO_RUST),
        ("| 必须 | 加分项 |\n| :-- | :-- |\n| 精通 Go | 了解 Rust |", _GO_RUST),
        ("| 方向 | 必备 | 加分 |\n|---|---|---|\n| 语言 | Go | Rust |", _GO_RUST),
        ("| | Essential | Desirable |\n|---|---|---|\n| Languages | Go | Rust |", _GO_RUST),
        ("| Databases | Essential | Desirable |\n|---|---|---|\n| Relational | PostgreSQL | Redis |", {"postgresql": MUST, "redis": MAY}),
        ("| Area | Essential | Desirable | How assessed |\n|---|---|---|---|\n| Code | Go | Rust | Interview, GitHub |", _GO_RUST),
        ("| No. | Essential | Desirable |\n|---|---|---|\n| 1 | Go | Rust |", _GO_RUST),
        ("| Area | Essential | Desirable |\n|---|---|---|\n| Containers | Docker | |\n| Code | | Rust |", {"docker": MUST, "rust": MAY}),
        ("| Criterion | Essential / Desirable |\n|---|---|\n| Go | Essential |\n| Rust | Desirable |", _GO_RUST),
        ("| Skill | Importance |\n|---|---|\n| Go | Must have |\n| Rust | Nice to have |", _GO_RUST),
        ("| Skill | Priority |\n|---|---|\n| Go | Must |\n| Rust | Could |\n| Java | Won't |", _GO_RUST),
        ("| 技能 | 要求 |\n|---|---|\n| Go | 必须 |\n| Rust | 加分 |", _GO_RUST),
        ("| 技能 | 是否必需 |\n|---|---|\n| 熟悉 Go | 必需 |\n| 了解 Rust | 非必需 |", _GO_RUST),
        ("| 技能 | 程度 |\n|---|---|\n| Go | 精通 |\n| Docker | 熟悉 |", {"go": MUST, "docker": MUST}),
        ("| Skill | Essential | Desirable |\n|---|---|---|\n| Go | ✓ | |\n| Rust | | ✓ |", _GO_RUST),
        ("| Skill | Essential | Desirable |\n|---|---|---|\n| Go | X | |\n| Rust | | X |", _GO_RUST),
        ("| 技能 | 必备 | 加分 |\n|---|---|---|\n| Go | √ | |\n| Rust | | √ |", _GO_RUST),
        ("Essential | Desirable\n--- | ---\nGo | Rust", _GO_RUST),
        ("必备 | 加分\nGo | Rust", _GO_RUST),
        ("技能 | 要求\nGo | 必须\nRust | 加分", _GO_RUST),
        ("Essential\tDesirable\nGo\tRust", _GO_RUST),
        ("Area\tEssential\tDesirable\nCode\tGo\tRust", _GO_RUST),
        ("必备\t加分\nGo\tRust", _GO_RUST),
        ("必备技能 | Go\n加分项 | Rust\n不作要求 | Java", _GO_RUST),
        ("<table><tr><th>Essential</th><th>Desirable</th></tr><tr><td>Go</td><td>Rust</td></tr></table>", _GO_RUST),
        ("<table><tr><th>Area</th><th>Essential</th><th>Desirable</th></tr><tr><td>Code</td><td>Go</td><td>Rust</td></tr></table>", _GO_RUST),
        ("<table><thead><tr><th>必备</th><th>加分</th></tr></thead><tbody><tr><td><p>Go</p></td><td><p>Rust</p></td></tr></tbody></table>", _GO_RUST),
        ("<table><tr><th>Essential</th><th>Desirable</th></tr><tr><td><ul><li>Go</li><li>Docker</li></ul></td><td>Rust<br>Helm</td></tr></table>", {**_GO_RUST, "docker": MUST, "helm": MAY}),
        ("| Essential | Desirable |\n|---|---|\n| Go<br>Docker | Rust<br/>Helm |", {**_GO_RUST, "docker": MUST, "helm": MAY}),
        ("<table><tr><td>Must have</td><td>Go</td></tr><tr><td>Nice to have</td><td>Rust</td></tr></table>", _GO_RUST),
        ("| Must | Go |\n| Nice | Rust |\n| Our stack | Java |", _GO_RUST),
        ("| Area | What we need | Nice to have |\n|---|---|---|\n| Code | Go | Rust |", _GO_RUST),
        ("| 方向 | 你需要 | 加分项 |\n| 语言 | Go | Rust |", _GO_RUST),
        ("| Requirement | Weight |\n|---|---|\n| Go | Must have |\n| Rust | Nice to have |", _GO_RUST),
        ("| Essential | Go, Docker |\n| Desirable | Rust |", {**_GO_RUST, "docker": MUST}),
        ("| 类别 | Required 必须 | Preferred 优先 |\n|-|-|-|\n| 语言 | Go | Rust |", _GO_RUST),
        ("| 技能 | 必备（Must have） | Nice to have / 加分 |\n|-|-|-|\n| 语言 | Go | Rust |", _GO_RUST),
        ("| Nice-to-have 加分项 | Rust |\n| Must-have 必备 | Go |", _GO_RUST),
        ("| Required | Java |\n| API testing | Postman |\n| Databases | MySQL |", {"java": MUST, "api-testing": MUST, "postman": MUST, "mysql": MUST}),
        ("| Required | Java |\n| API testing | Experience with Postman |", {"java": MUST, "postman": MUST}),
        ("Criterion | Essential / Desirable | Assessed by\nGo | Essential | Interview\nRust | Desirable | Test", _GO_RUST),
        ("| Criterion | Essential | How it will be assessed |\n| Go | Yes | Test |\n| Java | No | Interview |", {"go": MUST}),
        ("| 技能 | 要求 | 考察方式 |\n|---|---|---|\n| Go | 必须 | Code Review |\n| Rust | 加分 | Demo |", _GO_RUST),
        ("| 要求 | Go |\n| 操作系统 | 有 Zephyr 项目经验 |\n| 算法 | 理解 FOC 控制 |", {"go": MUST, "zephyr": MUST, "foc": MUST}),
    ],
)  # fmt: skip
def test_a_column_of_a_table_decides(text: str, expected: dict[str, str]) -> None:
    assert asks(text) == expected


# Years


@pytest.mark.parametrize(
    ("line", "years", "of_skills"),
    [
        ("5+ years with Go and 3 with Kubernetes", 5, {"go": 5, "kubernetes": 3}),
        ("3 years of Python, 2 of Django", 3, {"python": 3, "django": 2}),
        ("4 years of Java, 1 year of Kotlin", 4, {"java": 4, "kotlin": 1}),
        ("5 years Java and 2 years AWS", 5, {"java": 5, "aws": 2}),
        ("Go (3+ years), Kubernetes (2 years)", 3, {"go": 3, "kubernetes": 2}),
        ("Java - 5 years, SQL - 3 years", 5, {"java": 5, "sql": 3}),
        ("Java: 5+ years", 5, {"java": 5}),
        ("熟悉 Go 与 Docker，不少于2年", 2, {"go": 2, "docker": 2}),
        ("Python 3+ yrs; SQL 2+ yrs", 3, {"python": 3, "sql": 2}),
        ("三年以上 Go、一年 K8s 经验", 3, {"go": 3, "kubernetes": 1}),
        ("3年以上Java经验、1年以上Go经验", 3, {"java": 3, "go": 1}),
        ("五年以上开发经验，其中两年 Go", 5, {"go": 2}),
        ("Java 五年，Python 两年", 5, {"java": 5, "python": 2}),
        ("Java（5年以上）、MySQL（3年以上）", 5, {"java": 5, "mysql": 3}),
        ("At least two years' hands-on experience with Terraform", 2, {"terraform": 2}),
        ("At least two years' hands-on with Docker", 2, {"docker": 2}),
        ("Three or more years with Kafka, NATS or RabbitMQ", 3, {"kafka": 3, "nats": 3, "rabbitmq": 3}),
        ("PostgreSQL, first and foremost: five years running it in production", 5, {"postgresql": 5}),
        ("首先是 Java 要扎实，至少写过五年", 5, {"java": 5}),
        ("2-4 yrs with React", 2, {"react": 2}),
        ("Several years with Kafka", 0, {"kafka": 0}),
        ("A few years of Python", 0, {"python": 0}),
        ("Twelve years of experience", 12, {}),
        ("Six-plus years of experience in operations", 6, {}),
        ("3 to 5 years of relevant experience", 3, {}),
        ("Minimum of three (3) years in support", 3, {}),
        ("Ten or more years behind you in operations", 10, {}),
        ("A minimum of 7 years", 7, {}),
        ("五年及以上工作经验", 5, {}),
        ("工作经验五年及以上", 5, {}),
        ("工作满三年", 3, {}),
        ("3-5年工作经验", 3, {}),
        ("十年以上研发经验", 10, {}),
        ("三至五年运维经验", 3, {}),
        ("经验：3年+", 3, {}),
        ("年限：5年", 5, {}),
        ("2 years' experience in a similar role, including 1 year with Ansible", 2, {"ansible": 1}),
        ("8 years in software, at least 3 of them with Rust", 8, {"rust": 3}),
        ("Mindestens 3 Jahre Erfahrung mit Docker", 3, {"docker": 3}),
        ("Docker (seit mindestens 3 Jahren)", 3, {"docker": 3}),
        ("seit mindestens drei Jahren Kubernetes", 3, {"kubernetes": 3}),
        ("5 ans d'expérience avec Docker", 5, {"docker": 5}),
    ],
)
def test_years_are_those_of_their_skill(line: str, years: int, of_skills: dict[str, int]) -> None:
    found = asked(requirement(line))
    known = {ask.concept.key: ask.years for ask in found.skills if ask.concept.key in of_skills}
    assert (found.years, known) == (years, of_skills)


@pytest.mark.parametrize(
    "line",
    [
        "Our company is 10 years old",
        "A 2-year contract",
        "A contract of two years",
        "Within your first year you know Go",
        "25 days of leave a year",
        "Founded in 2015, we need Go",
        "You can start this year",
        "We have been writing Go for 12 years",
        "In the last three years we grew tenfold",
        "At least 18 years old",
        "A three-year degree in computer science",
        "Fixed term of 3 years",
        "Our system has run for 15 years",
        "A 5-year plan for storage",
        "You stay for at least 2 years",
        "Every 3 years you get a new laptop",
        "A driving license for 2 years",
        "A five-year warranty on hardware",
        "公司成立 10 年",
        "合同期三年",
        "签三年劳动合同",
        "入职第一年有导师",
        "近三年无处分",
        "年龄 35 岁以下",
        "每年 15 天年假",
        "工作满一年可申请股权",
        "试用期半年",
        "本科学制四年",
        "2026 年毕业",
        "公司有 20 年历史",
        "过去 5 年我们服务了三千家门店",
    ],
)
def test_other_years_are_no_experience(line: str) -> None:
    assert asked(requirement(line)).years == 0


# What is not asked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Requirements\n- Go\n- No need for Java", {"go": MUST}),
        ("Requirements\n- Go\n- Java is not needed", {"go": MUST}),
        ("Requirements\n- Go\n- You do not have to know Java", {"go": MUST}),
        ("Requirements\n- Go\n- Java not necessary", {"go": MUST}),
        ("Requirements\n- Go\n- Rust is nice but not required", {"go": MUST, "rust": MAY}),
        ("Requirements\n- Go\n- Rust would be nice, but is not required", {"go": MUST, "rust": MAY}),
        ("Requirements\n- Go\n- Rust (not required, but welcome)", {"go": MUST, "rust": MAY}),
        ("Requirements\n- Go\n- We migrated away from Java", {"go": MUST}),
        ("Requirements\n- Go\n- We replaced Jenkins last year", {"go": MUST}),
        ("Requirements\n- Go\n- We are moving from Java to Go", {"go": MUST}),
        ("Requirements\n- Go\n- We dropped PHP two years ago", {"go": MUST}),
        ("Requirements\n- Go\n- We used to run Docker Swarm", {"go": MUST}),
        ("Requirements\n- Go\n- Our mobile team writes Kotlin", {"go": MUST}),
        ("Requirements\n- Go\n- The data team looks after Spark", {"go": MUST}),
        ("Requirements\n- Go\n- Kafka is handled by another team", {"go": MUST}),
        ("Requirements\n- Go\n- You will not work on the PHP legacy", {"go": MUST}),
        ("Requirements\n- Go\n\nBenefits\n- AWS certification paid by us\n- Excel course", {"go": MUST}),
        ("Requirements\n- Go\n\nWhat we offer\n- Training in Kubernetes", {"go": MUST}),
        ("Requirements\n- Go\n\nPerks\n- A Rust book club", {"go": MUST}),
        ("Requirements\n- Go\n\nHow to apply\n- Send a PDF or a GitHub link", {"go": MUST}),
        ("Requirements\n- Go\n\nAbout us\n\nWe make Tableau dashboards for banks.", {"go": MUST}),
        ("Requirements\n- Go\n\nOur stack\n- Java, Kafka", {"go": MUST}),
        ("Requirements\n- Go\n\nWhat is not in the job: PHP, Windows", {"go": MUST}),
        ("Requirements\n- Go\n\nGreat, but we can teach you\n- Rust", {"go": MUST, "rust": MAY}),
        ("Requirements\n- Go\n\nMeriting\n- Rust", {"go": MUST, "rust": MAY}),
        ("Requirements\n- Go\n- Apply at https://jobs.example.com/java or java@example.com", {"go": MUST}),
        ("Requirements\n- Go\n- Our code is on www.example.com/rust/kafka", {"go": MUST}),
        ("Requirements\n- Go\n- Questions? kafka-team@example.com", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- 不需要会 Java", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- Java 不作要求", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- 没用过 Kafka 也没关系", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- Rust 不强求，会更好", {"go": MUST, "rust": MAY}),
        ("任职要求\n- 熟悉 Go\n- 我们已经从 Java 迁移到 Go", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- 我们已弃用 PHP", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- 前端由另一个团队用 Vue 负责", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n\n福利\n- Kubernetes 培训、AWS 考证报销", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n\n公司介绍\n我们做 Oracle 数据库的替代品。", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n\n我们的技术栈\n- Java、Kafka", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- 简历投递 java@example.com", {"go": MUST}),
        ("岗位描述：\n1. 负责服务端开发；\n2. 有 Go 开发经验的优先；\n3. 了解 Rust 的优先。", {"go": MAY, "rust": MAY}),
        ("要求：\n- 熟悉 Go\n- 有 CKA 证书，或者懂 Rust 的优先", {"go": MUST, "cka": MAY, "rust": MAY}),
        ("要求：\n- 熟悉 Go\n- 如果还懂一点 Rust，我们会非常高兴", {"go": MUST, "rust": MAY}),
        ("要求：\n- 精通 C/C++，两者都需要有项目经验", {"c": MUST, "c-plus-plus": MUST}),
        ("要求：\n- 精通 C/C++", {"c": MUST, "c-plus-plus": MUST}),
        (
            "Requirements\n- One deep learning framework (PyTorch, TensorFlow)",
            {"pytorch": ONE, "tensorflow": ONE},
        ),
        ("要求：\n- 会一点 Rust 更好", {"rust": MAY}),
        (
            "某公司\n\n工作：写交易系统。用 Java 的同事很多。Linux 必须扎实，有 Rust 经验的优先。",
            {"linux": MUST, "rust": MAY},
        ),
        (
            "Person specification\n\n| Go | Essential |\n| Rust | Desirable |\n\nThe Institute holds an Acme Silver award.",
            {"go": MUST, "rust": MAY},
        ),
        ("Requirements\n- Go\n- Spark would be a plus, same with Kafka", {"go": MUST, "spark": MAY, "kafka": MAY}),
        ("Requirements\n- Go\n- We have no use for Spark", {"go": MUST}),
        ("Requirements\n- Seven or more years of Go\n- Two (2) years of Kafka", {"go": MUST, "kafka": MUST}),
        ("Requirements\n- Go\n\nIt'd be cool if you have:\n- Rust", {"go": MUST, "rust": MAY}),
        ("You use Git. Things we would like but can live without: Rust and Kafka.", {"rust": MAY, "kafka": MAY}),
        (
            "A client needs help.\n\nMust-haves are Linux and Rust. They also want Kafka.",
            dict.fromkeys(["linux", "rust", "kafka"], MUST),
        ),
        ("We want to grow with Kafka. They want to move to Rust.", {}),
        ("Requirements\n- Go\n\nWhat you can skip: Kafka and Rust play no part in this job.", {"go": MUST}),
        ("Requirements\n- Go\n- Kafka and Rust should not need explaining", {"go": MUST, "kafka": MUST, "rust": MUST}),
        ("任职要求\n- 熟悉 Go\n- Rust 经验不算必须", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- 八股不问，也不考算法题", {"go": MUST}),
        ("任职要求：熟悉 Go。\n客户那边用的是 Kafka 和 Rust，进场后有人带。", {"go": MUST}),
        ("要熟悉 Go。\n想了解的加我，备注“Kafka+年限”。", {"go": MUST}),
        (
            "Requirements\n- Go\n\nLegal\nAcme Heron considers all applicants, under the Fair Chance Hiring Ordinance.",
            {"go": MUST},
        ),
        ("You know Go. If you need adjustments to the recruitment process, tell us in your application.", {"go": MUST}),
        (
            "You know Go. What do I need to bring?\n\nDo I need Kafka or Rust?\nNo. Our payments team runs them.",
            {"go": MUST},
        ),
        ("You know Go. Do I need Kafka? No. Must I know Rust? Not at all.", {"go": MUST}),
        ("Q: What must I know?\nA: Go.\n\nQ: Do I have to know Rust?\nA: No, and nobody will ask.", {"go": MUST}),
        ("问：要会什么？\n答：Go 要熟。\n问：需要懂 Oracle 吗？\n答：不用，另一个组管。", {"go": MUST}),
        ("问：要会什么？\n答：熟悉 Go。\n\n问：Rust 有要求吗？\n答：不要求，会的话更好。", {"go": MUST}),
        ("任职要求\n- Rust 不要求会写，能看懂 Go 就可以", {"go": MUST}),
        ("任职要求\n- 熟悉 Go\n- 能与 Rust 开发人员协作", {"go": MUST}),
        ("任职要求\n- 熟悉 Go，因为 Java 的老服务在往 Go 迁\n- 能接受夜间割接", {"go": MUST}),
        ("Requirements\n- Go, since half of our partners still run Rust", {"go": MUST}),
        ("Requirements\n- Go, for when we look at Rust next year", {"go": MUST}),
        (
            "Requirements\n- Go and Docker because we ship Rust\n- Kafka (we migrated from Java)",
            dict.fromkeys(["go", "docker", "kafka"], MUST),
        ),
        ("Requirements\n- Our ideal engineer has used Go\n- Pension systems in Rust", {"go": MUST, "rust": MUST}),
        ("任职要求\n- 熟悉 Go、Rust，学习能力强，上手快", {"go": MUST, "rust": MUST}),
        ("You know Go. Our Android developer is leaving and we need somebody soon.", {"go": MUST}),
        ("You know Go. We ask for two days a week at Heron Dock. $40/hour, ACME retirement.", {"go": MUST}),
    ],
)
def test_what_is_not_asked(text: str, expected: dict[str, str]) -> None:
    assert asks(text) == expected


# Headings in people's own words


@pytest.mark.parametrize(
    ("heading", "strength"),
    [
        ("Required", MUST),
        ("What must I already know?", MUST),
        ("Things that would make them smile:", MAY),
        ("You may also have", MAY),
        ("Q: Does anything give me an edge?", MAY),
        ("有以下任意一条，简历直接进二面：", MAY),
        ("满足任一项可加分", MAY),
        ("It's nice if you know", MAY),
        ("Well regarded", MAY),
        ("Additional qualifications", MAY),
        ("以下经验会让你脱颖而出", MAY),
        ("如果你：", MAY),
        ("What you can skip", ""),
        ("What you can leave at the door", ""),
        ("Don't sweat it", ""),
        ("What do I have to know?", MUST),
        ("Who are we after?", MUST),
        ("■ 欢迎条件", MAY),
        ("What's not in scope", ""),
        ("现有技术栈", ""),
        ("Desired", MAY),
        ("Desired Skills and Experience", MUST),
        ("Desired candidate profile", MUST),
    ],
)
def test_headings_in_other_words(heading: str, strength: str) -> None:
    text = f"Engineer\n\nRequirements\n- Go\n\n{heading}\n- Kafka\n- Docker"
    expected = {"go": MUST} | ({"kafka": strength, "docker": strength} if strength else {})
    assert asks(text) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("You are at home in Terraform.", {"terraform": MUST}),
        ("Code quality matters to you: Jest, ESLint.", {"jest": MUST, "eslint": MUST}),
        ("We'd be thrilled by Kafka, or by some Docker.", {"kafka": MAY, "docker": MAY}),
        ("Kafka and Docker would each be welcome.", {"kafka": MAY, "docker": MAY}),
        ("We are looking for somebody with five years of Kafka.", {"kafka": MUST}),
        ("The successful candidate will join the Kafka group.", {}),
        ("The candidate will have Kafka and Docker.", {"kafka": MUST, "docker": MUST}),
        ("Stack: Kafka. You don't have to know all of that, but we do need you to be good at Jest.", {"jest": MUST}),
        ("Who are we after? Someone with two to four years in a data role, who is fluent in Jest.", {"jest": MUST}),
        ("It would count in your favor to hold a GIAC certification such as GCFA or GREM.", {"gcfa": MAY, "grem": MAY}),
        ("Kafka would be a plus, and so would Docker, as one service still uses it.", {"kafka": MAY, "docker": MAY}),
        ("The person we hire will have run Kafka. We would not say no to Docker.", {"kafka": MUST, "docker": MAY}),
        ("Kafka matters most. It would be a real help if you had used Docker.", {"kafka": MUST, "docker": MAY}),
        ("What matters most is Kafka. Bonus for Docker.", {"kafka": MUST, "docker": MAY}),
        ("You also need good Kafka skills. Docker should be second nature.", {"kafka": MUST, "docker": MUST}),
        (
            "What the hiring manager insists on: solid Jest; Kafka used well. It would be a delight if you knew Docker.",
            {"jest": MUST, "kafka": MUST, "docker": MAY},
        ),
        ("熟悉 Go\n有 CRD 开发经验\n熟悉 Docker", {"go": MUST, "crd": MUST, "docker": MUST}),
        ("我们有多年 Kubernetes 经验。希望你熟悉 Go。", {"go": MUST}),
    ],
)
def test_sentences_ask_in_prose(sentence: str, expected: dict[str, str]) -> None:
    assert (
        asks(f"Backend engineer\n\nWe are a small company in Leeds. You know Python. {sentence}")
        == {"python": MUST} | expected
    )


# What is only said of the employer, or stands for others of its kind


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Unit testing (we use Jest)", {"unit-testing": MUST}),
        (
            "A vector database (we use pgvector, but Qdrant or Milvus are just as good)",
            {"pgvector": MUST, "qdrant": ONE, "milvus": ONE},
        ),
        ("Go; we deploy to Kubernetes with one command", {"go": MUST}),
        ("Go; no Kubernetes, thank goodness", {"go": MUST}),
        ("Go, for a model that currently runs in Fortran", {"go": MUST}),
        ("因为核心 SDK 是 C++ 写的，所以要会 Python", {"python": MUST}),
        ("Go, for NOK 690,000 a year", {"go": MUST}),
        ("Argo CD, Flux or a similar GitOps tool", {"argo-cd": ONE, "flux": ONE}),
        ("用过 Jenkins、GitLab CI 或类似的持续集成工具", {"jenkins": ONE, "gitlab-ci": ONE}),
        ("懂 IaC，Terraform 或 Pulumi 都可以", {"infrastructure-as-code": MUST, "terraform": ONE, "pulumi": ONE}),
        ("We ask for Jest, and Cypress would be a plus", {"jest": MUST, "cypress": MAY}),
        ("熟悉至少一种消息队列方案（Kafka、RabbitMQ）", {"kafka": ONE, "rabbitmq": ONE}),
        ("要是还懂 Go，或者做过 Rust，那就太好了", {"go": MAY, "rust": MAY}),
        ("AKS, Bicep or Terraform, and PowerShell", {"aks": MUST, "bicep": ONE, "terraform": ONE, "powershell": MUST}),
        ("DPDK, Cilium or eBPF/XDP", {"dpdk": ONE, "cilium": ONE, "ebpf": ONE, "xdp": ONE}),
        ("Go or Rust, and Kafka or RabbitMQ", {"go": ONE, "rust": ONE, "kafka": ONE, "rabbitmq": ONE}),
        ("熟悉 Jenkins、GitLab CI、Tekton 中的至少两种", {"jenkins": ONE, "gitlab-ci": ONE, "tekton": ONE}),
        (
            "Kafka 或 NATS 至少用过一个，gRPC + Protobuf 日常在用",
            {"kafka": ONE, "nats": ONE, "grpc": MUST, "protobuf": MUST},
        ),
        ("Kafka 那套要会（NATS/Pulsar 随便哪个都行）", {"kafka": MUST, "nats": ONE, "pulsar": ONE}),
        (
            "精通 MySQL（MHA、MGR 至少搞过一种）、Redis 和 Kafka",
            dict.fromkeys(["mysql", "redis", "kafka"], MUST) | dict.fromkeys(["mha", "mysql-group-replication"], ONE),
        ),
        ("做过 Rust 的话上手会快很多，但不是硬性要求；要会 Go", {"go": MUST, "rust": MAY}),
        ("持有 CKA、CKS 认证者，或有 Rust 经验者，同等条件下优先录用", {"cka": MAY, "cks": MAY, "rust": MAY}),
    ],
)
def test_what_the_employer_uses_is_not_asked(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


# Names with several meanings, and names inside of longer ones


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("UI tests with Espresso", {"ui-automation": MUST, "espresso": MUST}),
        ("Three years of web services in Go", {"go": MUST}),
        ("熟悉昇腾 Ascend C", {"ascend": MUST}),
        ("会用 Node-API 封装原生模块", {"node-api": MUST}),
        ("MIPI CSI 调试经验", {"mipi": MUST}),
        ("理解 Vue 的响应式原理", {"vue": MUST, "reactivity": MUST}),
        ("至少一个 S/4HANA 项目", {"sap-s-4hana": MUST}),
        ("Coroutines and Flow", {"coroutines": MUST, "kotlin-flow": MUST}),
        ("SQLDelight or Room", {"sqldelight": ONE, "room-database": ONE}),
        ("Atomic Red Team and Caldera", {"atomic-red-team": MUST, "mitre-caldera": MUST}),
        ("xarray, Zarr and the NetCDF format", {"xarray": MUST, "zarr": MUST, "netcdf": MUST}),
        ("Experience with hiring", {"hiring": MUST}),
        ("Hands-on CUDA kernel development", {"cuda": MUST}),
        ("Operating system kernel development", {"operating-system-development": MUST}),
        ("Device tree and kernel driver work", {"device-tree": MUST, "device-drivers": MUST}),
        ("熟悉蓝牙 BLE 通信", {"bluetooth-low-energy": MUST}),
        ("Oracle 管理经验满 3 年", {"oracle-database": MUST}),
        ("Qt/QML", {"qt": MUST, "qml": MUST}),
        ("精通 PPT、Visio", {"powerpoint": MUST, "visio": MUST}),
        ("持有腾讯云 TCP 认证", {"tencent-cloud-certification": MUST}),
        ("Go 写过 3 年以上", {"go": MUST}),
        ("A parallel file system: Lustre, and knowledge of attack vectors", {"lustre": MUST}),
        ("有量化的降本成果，熟悉 Flink", {"flink": MUST}),
        ("熟悉 INT8 量化和剪枝", {"quantization": MUST, "model-pruning": MUST}),
        ("做过量化/交易系统", {"quantitative-trading": MUST}),
        ("有清算业务经验", {"clearing-and-settlement": MUST}),
        ("熟悉 4G EPC 和 AD 域账号管理", {"evolved-packet-core": MUST, "active-directory": MUST}),
        ("熟悉地图 SDK 接入（高德）", {"map-sdk-integration": MUST, "amap": MUST}),
    ],
)
def test_names_with_several_meanings(line: str, expected: dict[str, str]) -> None:
    found = asks(requirement(line))
    assert {key: strength for key, strength in found.items() if not key.startswith("open-")} == expected


def test_abbreviations_that_name_no_skill_are_no_unknown_words() -> None:
    assert asked(requirement("You know Go, FooBar, an SDK and our KPIs")).unknown == ()


# Place and remote work


@pytest.mark.parametrize(
    ("line", "place", "remote"),
    [
        ("Hartford, CT | Full time", "Hartford, CT", None),
        ("Linden Creek Hospital, Sault Ste. Marie, ON", "Sault Ste. Marie, ON", None),
        ("Fully remote within Germany", "Germany", True),
        ("Remote (anywhere in Canada)", "Canada", True),
        ("Work from home, anywhere in Ireland", "Ireland", True),
        ("Berlin, with up to two home days a week", "Berlin", False),
        ("Austin, TX; remote work on Fridays", "Austin, TX", False),
        ("成都，每周三天到办公室，两天可居家", "成都", False),
        ("青岛，需要在公司办公", "青岛", False),
        ("问：能远程吗？\n答：不能", "", False),
        ("苏州，每周可申请一天居家办公", "苏州", False),
        ("武汉，不外包不驻场", "武汉", None),
        ("Melbourne, VIC", "Melbourne, VIC", None),
        ("Manchester, UK", "Manchester", None),
        ("You will be expected at the client's office on Mondays", "", False),
        ("Presence in Lausanne is expected; remote attestation", "Lausanne", False),
        ("宁波，北仑厂区上班", "宁波", False),
        ("弹性上班，但需要在厦门办公室", "厦门", False),
        ("Our Corvallis, Oregon lab is hiring", "Corvallis, Oregon", None),
        ("Austin, Texas", "Austin, Texas", None),
        ("Where: anywhere, with a team from Lima to Seoul", "", True),
        ("Boston, MA. You can come to the office in Boston or work entirely from home", "Boston, MA", True),
        ("Full remote, no fixed hours", "", True),
        ("成都，全远程，不用坐班", "成都", True),
        ("We won't do full remote, 3 days a week in the office", "", False),
        ("Bergen. Working from home one day a week is possible", "Bergen", False),
        ("平时在宁波镇海总部上班", "宁波", False),
        ("每周至少三天需在合肥总部", "合肥", False),
        ("\nWhere is it?\nLeeds. There is a canteen.", "Leeds", None),
        ("Location: Nykøbing Falster (hybrid)", "Nykøbing Falster", False),
        ("工作地点：如皋市", "如皋市", None),
        ("Location: Remote", "", True),
        ("You will work at our Old Harbor office", "", False),
    ],
)
def test_place_and_remote_work(line: str, place: str, remote: bool | None) -> None:
    found = asked(f"Engineer\n{line}\n\nRequirements\n- Go")
    assert (found.place, found.remote) == (place, remote)


@pytest.mark.parametrize(
    ("text", "seniority"),
    [
        ("某公司招聘问答\n\n问：招什么？\n答：高级数据库管理员 1 名，在西安", "senior"),
        ("某系统公司 募集\nQA Lead / 测试经理 1名", "lead"),
        ("后端开发工程师\n团队现有高级工程师 3 名", ""),
    ],
)
def test_a_title_may_stand_before_a_number_of_people(text: str, seniority: str) -> None:
    assert asked(text).seniority == seniority


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The working language is English, in which you must be proficient at level C1", [("English", "C1", MUST)]),
        ("中英文都要能开会", [("Chinese", "", MUST), ("English", "", MUST)]),
        ("日语 N2；中文会不会都无所谓", [("Japanese", "N2", MUST)]),
        ("Japanese would be handy for our newest customers", [("Japanese", "", MAY)]),
    ],
)
def test_human_languages(line: str, expected: list[tuple[str, str, str]]) -> None:
    found = asked(requirement(line)).languages
    assert [(language.name, language.level, language.strength) for language in found] == expected


# Long lines


def test_a_long_line_keeps_all_its_words() -> None:
    filler = "We build things that people like. " * 900
    text = f"Requirements\n- You know Go. {filler}You know Kafka well."
    assert len(text) > 20_000
    assert {"go", "kafka"} <= asks(text).keys()


@pytest.mark.parametrize("separator", [". ", "; ", ", ", "、", "，", "。", " ", " / ", "\t"])
def test_no_part_of_a_long_text_is_lost(separator: str) -> None:
    words = [f"word{number}" for number in range(3_000)]
    found = " ".join(statement.text for statement in statements(plain_text(f"Requirements\n- {separator.join(words)}")))
    assert [word for word in words if word not in found] == []


def test_headings_inside_a_long_line_are_found_to_its_end() -> None:
    filler = "We build things that people like. " * 700
    found = asks(f"Engineer {filler}Requirements Go and Docker. Nice to have Rust. Benefits Java books.")
    assert found == {"go": MUST, "docker": MUST, "rust": MAY}


# Other languages: only names count


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Erfahrung mit Go in großen Projekten", {"go"}),
        ("Gute Kenntnisse in Go und Kubernetes", {"go", "kubernetes"}),
        ("Sie programmieren in Go und Python", {"go", "python"}),
        ("Sehr gute Go-Kenntnisse", {"go"}),
        ("Kenntnisse in Go, Python oder Java", {"go", "python", "java"}),
        ("Sicherer Umgang mit Go und Docker", {"go", "docker"}),
        ("Programmiersprachen: Go, C", {"go", "c"}),
        ("Entwicklung mit Go für Banken", {"go"}),
        ("Berufserfahrung als Go-Entwickler", {"go"}),
        ("Du beherrschst Go", {"go"}),
        ("Expérience avec Go en production", {"go"}),
        ("Maîtrise de Go et de Docker", {"go", "docker"}),
        ("Bonne connaissance de Go dans un grand projet", {"go"}),
        ("Vous développez en Go", {"go"}),
        ("Langages : Go, Python", {"go", "python"}),
        ("Experiencia con Go en proyectos grandes", {"go"}),
        ("Conocimientos de Go y Kubernetes", {"go", "kubernetes"}),
        ("Programación en Go", {"go"}),
        ("Experiência com Go em produção", {"go"}),
        ("Conhecimento de Go e Docker", {"go", "docker"}),
        ("Esperienza con Go in produzione", {"go"}),
        ("Conoscenza di Go e Docker", {"go", "docker"}),
        ("Ervaring met Go in een team", {"go"}),
        ("Kennis van Go en Docker", {"go", "docker"}),
        ("Erfarenhet av Go i stora system", {"go"}),
        ("Doświadczenie z Go", {"go"}),
        ("Znajomość Go i Dockera", {"go"}),
        ("Опыт работы с Go от трех лет", {"go"}),
        ("Знание Go и Docker", {"go", "docker"}),
        ("Go 경험", {"go"}),
        ("Let's go to the office", set()),
        ("Ready to go and learn", set()),
    ],
)
def test_names_that_are_words_are_found_in_other_languages(line: str, expected: set[str]) -> None:
    assert {key for key in asks(f"Requirements\n- {line}") if not key.startswith("open-")} == expected


# Usual names of what the vocabulary has, and names that are part of something else


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Alibaba Cloud ACK or Tencent Cloud TKE", {"alibaba-ack": ONE, "tencent-tke": ONE}),
        ("用过阿里云 ACK", {"alibaba-ack": MUST}),
        (
            "AWS Certified Solutions Architect Professional",
            {"aws-certified-solutions-architect-professional": MUST},
        ),
        ("AWS Certified SysOps Administrator", {"aws-certified-sysops-administrator": MUST}),
        ("Azure Developer Associate certificate", {"az-204": MUST}),
        ("RESTful web services in Java", {"rest": MUST, "java": MUST}),
        ("ASP.NET MVC", {"aspnet-mvc": MUST}),
        ("MVC and MVVM", {"mvc": MUST, "mvvm": MUST}),
        ("Firewall administration", {"firewalls": MUST}),
        ("Support for Windows 10/11", {"windows": MUST}),
        ("A full UK driving licence", {"driving-license": MUST}),
        ("Local persistence with Room", {"local-persistence": MUST, "room-database": MUST}),
        ("Payment systems and clearing", {"payments": MUST, "clearing-and-settlement": MUST}),
        ("熟悉支付系统", {"payments": MUST}),
        ("Agile delivery", {"agile": MUST}),
        ("Embedded firmware development", {"firmware-development": MUST}),
        ("Native iOS development", {"ios": MUST}),
        ("Memory leak analysis", {"memory-leaks": MUST}),
        ("Unit and UI tests", {"unit-testing": MUST, "ui-automation": MUST}),
        ("You write unit and integration tests", {"unit-testing": MUST, "integration-testing": MUST}),
        ("熟练掌握 Java 集合和多线程", {"java-collections": MUST, "concurrency": MUST}),
        ("熟悉 Kotlin 及协程", {"kotlin": MUST, "coroutines": MUST}),
        ("熟悉 goroutine 调度", {"goroutines": MUST}),
        ("了解 MySQL 主从复制", {"mysql": MUST, "database-replication": MUST}),
        ("会写 Jenkins 流水线", {"jenkins": MUST}),
        ("做过精准测试和流量回放", {"precision-testing": MUST, "traffic-replay": MUST}),
        ("熟悉 SOC/SOH 估算算法", {"battery-state-estimation": MUST}),
        ("会用 C# 写上位机", {"c-sharp": MUST, "host-computer-software": MUST}),
        ("熟悉嵌入式 Linux", {"embedded-linux": MUST}),
        ("Experience in a high-growth company with Go", {"go": MUST}),
        ("Patience with people who never read the docs, and Python", {"python": MUST}),
        ("Experience in the online travel industry", {"travel-industry": MUST}),
        ("EDI transactions and healthcare claims", {"edi": MUST, "healthcare-claims": MUST}),
        ("能独立排查线上问题", {"troubleshooting": MUST}),
        ("能独立完成慢查询分析", {"slow-query-analysis": MUST}),
        ("有数据恢复经验", {"data-recovery": MUST}),
        ("会搭建测试环境，能独立开发测试工具", {"test-environment-setup": MUST, "test-tool-development": MUST}),
        ("有嵌入式 Linux 驱动开发经验", {"embedded-linux-driver-development": MUST}),
        ("有行为识别、目标跟踪落地经验", {"action-recognition": MUST, "object-tracking": MUST}),
        ("做过意图识别和文本摘要", {"intent-recognition": MUST, "text-summarization": MUST}),
        ("有崩溃治理、包大小优化经验", {"crash-reduction": MUST, "app-size-reduction": MUST}),
        ("五年以上云计算经验，带过团队", {}),
        ("Printer setup and hardware repair", {"printer-setup": MUST, "hardware-repair": MUST}),
        ("Palo Alto or Fortinet firewalls", {"palo-alto": ONE, "fortinet": ONE}),
        ("Experience of VPC networking", {"vpc": MUST}),
        ("Able to lift 50 lbs; Go", {"go": MUST}),
        ("有保险行业背景", {"insurance-industry": MUST}),
        ("零售或电商行业背景", {"retail-industry": ONE, "e-commerce": ONE}),
        ("Experience in transportation or logistics", {"transportation-industry": ONE, "logistics-industry": ONE}),
        ("Insurance domain knowledge", {"insurance-industry": MUST}),
        ("对用户体验有追求，有数据安全意识", {}),
        ("A genuine interest in good user experience", {}),
        ("掌握一种以上 RTOS（FreeRTOS、Zephyr）", {"freertos": MUST, "zephyr": MUST}),
        ("Vendor risk assessments", {"open-vendorriskassessments": MUST}),
        ("有故障自愈、全链路灰度经验", {"self-healing": MUST, "traffic-coloring": MUST}),
        ("了解拥塞控制和智能网卡", {"congestion-control": MUST, "smartnics": MUST}),
        ("做过断点续训、显存优化", {"fault-tolerant-training": MUST, "gpu-memory-optimization": MUST}),
        ("熟悉 Web 应用防火墙", {"waf": MUST}),
    ],
)
def test_usual_names_are_in_the_vocabulary(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Build tools such as Gradle or Maven", {"gradle": ONE, "maven": ONE}),
        ("Data quality tooling such as Soda Core", {"soda-core": MAY}),
        ("Infrastructure as code tools, e.g. Pulumi or Terraform", {"pulumi": ONE, "terraform": ONE}),
        ("CI tools: CircleCI and Jenkins", {"circleci": MUST, "jenkins": MUST}),
        ("AWS platform (EC2)", {"aws": MUST, "ec2": MUST}),
        ("Services that are subject to HIPAA", {"hipaa": MUST}),
        ("熟悉 CNI 网络插件（Flannel 或 Kube-OVN）", {"flannel": ONE, "kube-ovn": ONE}),
        ("了解 CI 工具：Jenkins", {"jenkins": MUST}),
        ("Load balancers (HAProxy)", {"haproxy": MUST}),
        ("用过 Airflow 或 DolphinScheduler 调度系统", {"airflow": ONE, "dolphinscheduler": ONE}),
        ("Feature stores (Feast)", {"feast-feature-store": MUST}),
        ("Leaflet or other map SDKs", {"leaflet": MAY}),
        ("Familiarity with media protocols such as RTMP", {"rtmp": MAY}),
        ("Stream processing jobs, for example with Flink", {"stream-processing": MUST, "flink": MAY}),
    ],
)
def test_kinds_of_tools_are_not_asked_beside_their_examples(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Until now, Ilka and I have written most of it",
        "You will work beside Ilka, who wrote the first version",
        "You must have the right to work in Iceland and pass Home Office checks",
        "The work is subject to an enhanced DBS check",
        "GCSEs in English and Maths",
        "Papers, or talks at FooConf",
        "在 FooConf 等大会上做过分享",
        "You must like it at a small company in Foobury",
        "You must like it at a company in Foobury, Barland",
    ],
)
def test_people_places_and_institutions_are_no_skills(line: str) -> None:
    found = asked(requirement(line))
    assert (found.skills, found.languages) == ((), ())


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("MS in Computer Science, Chemical Engineering, Mechatronics or similar", "master"),
        ("MSc. in physics, optical engineering or similar", "master"),
        ("Degree holder in Chemical Engineering", "bachelor"),
        ("BS with three years of experience, or MS", "bachelor"),
    ],
)
def test_subjects_of_degrees_are_no_skills(line: str, degree: str) -> None:
    found = asked(requirement(line))
    assert (found.degree, found.skills) == (degree, ())


def test_an_app_is_published_and_no_paper() -> None:
    assert asks(requirement("You have published an app on Google Play")) == {"google-play-console": MUST}


@pytest.mark.parametrize(
    ("line", "of_skills"),
    [
        ("5 years of professional work, three of them with Rust", {"rust": 3}),
        ("6 years of professional work, two of which in Scala", {"scala": 2}),
    ],
)
def test_years_may_be_a_part_of_others(line: str, of_skills: dict[str, int]) -> None:
    found = asked(requirement(line))
    assert {ask.concept.key: ask.years for ask in found.skills} == of_skills


def test_a_heading_may_say_what_will_be_good() -> None:
    assert asks("Requirements\n- Go\n\nIt will be good if you have\n- Rust") == {"go": MUST, "rust": MAY}


@pytest.mark.parametrize(
    "line",
    ["You need not know Java", "对 Java 没有要求", "Java is not needed", "You are happy to do Java on-call shifts"],
)
def test_ordinary_words_for_what_is_not_asked(line: str) -> None:
    asked = requirements(f"Requirements\n- Go\n- {line}\n", Finder(built_in()))
    assert [ask.concept.key for ask in asked.skills] == ["go"]


def test_willingness_to_learn_makes_a_skill_welcome() -> None:
    asked = requirements("Requirements\n- Go\n- Rust or willingness to learn it\n", Finder(built_in()))
    assert [(ask.concept.key, ask.strength) for ask in asked.skills] == [("go", "must"), ("rust", "may")]


# Parentheses that say what is not asked


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Rust or Java (you need not know Go)", {"rust": ONE, "java": ONE}),
        ("5+ years with Rust (no Go needed)", {"rust": MUST}),
        ("Rust or Java (Go not required)", {"rust": ONE, "java": ONE}),
        ("Rust (no Go), Docker", {"rust": MUST, "docker": MUST}),
        ("Rust (Go is not required but a plus)", {"rust": MUST, "go": MAY}),
        ("Docker, Kubernetes (not required), Helm", {"docker": MUST, "helm": MUST}),
        ("Kubernetes (required)", {"kubernetes": MUST}),
        ("Message queues (we use Kafka, but RabbitMQ is fine too)", {"kafka": MAY, "rabbitmq": MAY}),
        ("精通 Rust（不要求 Go）", {"rust": MUST}),
        ("精通 Rust（不需要会 Go）", {"rust": MUST}),
        ("精通 Rust（不要求 Go，但必须会 Docker）", {"rust": MUST, "docker": MUST}),
        ("精通 Rust、Docker（不要求）", {"rust": MUST}),
        ("精通 Rust，Go 经验不是必须的", {"rust": MUST}),
        ("精通 Rust，Go 非必须", {"rust": MUST}),
        ("精通 Rust（Go 可以入职后再学）", {"rust": MUST}),
        ("精通 Rust，Go 可以入职后再学", {"rust": MUST}),
        ("精通 Rust（Go 可以入职后再学习）", {"rust": MUST}),
        ("精通 Rust，Go 入职后学也行", {"rust": MUST}),
        ("Rust (not Go, but C++ is a must)", {"rust": MUST, "c-plus-plus": MUST}),
        ("精通 Rust，没有 Go 经验也可以", {"rust": MUST, "go": MAY}),
        ("熟悉消息队列（Kafka、RabbitMQ 不限）", {"kafka": ONE, "rabbitmq": ONE}),
        ("Scripting (not Go or Java, but Python)", {"python": MUST}),
        ("Containers (Go is optional, Docker is required)", {"go": MAY, "docker": MUST}),
        ("Tests in a pipeline (we use Jenkins, but any is fine)", {}),
    ],
)
def test_parentheses_say_what_is_not_asked(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Go is not required, Docker is required", {"docker": MUST}),
        ("Go is not required, Docker is a plus", {"docker": MAY}),
        ("Go is not needed, Python is", {"python": MUST}),
        ("No Go needed, Docker essential", {"docker": MUST}),
        ("You do not need Go, Rust or Java", {}),
        ("不要求 Go，Rust 优先", {"rust": MAY}),
        ("不要求 Go，Rust 要熟", {"rust": MUST}),
        ("入职后学习 Go，有 Rust 经验", {"rust": MUST}),
        ("不要求 Go、Java，Rust 和 Python", {}),
        ("It's helpful, but not essential, to have worked with Kafka or NATS", {"kafka": MAY, "nats": MAY}),
        ("We'd be pleased, though it's not essential, if you had used Kafka", {"kafka": MAY}),
    ],
)
def test_a_refusal_ends_where_the_next_part_asks(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


def test_a_line_may_end_with_the_heading_of_a_list() -> None:
    assert asks("A role for you? My client is growing and looks for:\n\n- Go\n- dbt") == {"go": MUST, "dbt": MUST}


def test_a_method_is_one_skill_with_the_words_before_it() -> None:
    found = asked(requirement("Single-cell RNA sequencing, next-generation sequencing (NGS)")).skills
    assert [ask.concept.name for ask in found] == ["Single-cell RNA sequencing", "Bioinformatics"]


@pytest.mark.parametrize(
    "line",
    [
        "最后学历为本科，Python、Go",
        "最后学位为本科，Python、Go",
        "工作后学习能力强，Go、Python",
        "毕业后学过 Go、Python",
    ],
)
def test_studies_after_something_refuse_no_skill(line: str) -> None:
    assert asks(requirement(line)) == {"python": MUST, "go": MUST}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("No remote work - fluent German required", {"German": "fluent"}),
        ("No nonsense attitude and English required", {"English": ""}),
        ("no visa sponsorship – German and English needed", {"German": "", "English": ""}),
        ("No prior knowledge of spoken German is required", {}),
        ("No German or English skills needed", {}),
        ("No German and no English needed", {}),
    ],
)
def test_no_refuses_only_the_languages_right_after_it(line: str, expected: dict[str, str]) -> None:
    found = asked(requirement(line)).languages
    assert {item.name: item.level for item in found} == expected
    assert {item.strength for item in found} <= {MUST}


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("No remote work - a bachelor's degree", "bachelor"),
        ("No formal university degree", ""),
        ("No Bachelor’s or Master’s degree needed", ""),
    ],
)
def test_no_refuses_only_the_degree_right_after_it(line: str, degree: str) -> None:
    assert asked(requirement(line)).degree == degree


@pytest.mark.parametrize(
    ("fluency", "expected"),
    [
        ("Fluent spoken, basic written", "222"),
        ("Basic written but fluent spoken", "222"),
        ("口语简单，阅读流利", "222"),
        ("Limited working proficiency", "011"),
        ("Basic reading", "111"),
        ("Upper intermediate", "001"),
        ("流利，可作为工作语言", "000"),
        ("Fluent (reading and writing)", "000"),
        ("CET-4, CET-6", "002"),
    ],
)
def test_levels_of_parts_of_a_text_that_differ_are_to_check(fluency: str, expected: str) -> None:
    found = answers(fluency, is_name=False)
    assert (
        "".join(found[LEVEL_ORDER.index(level)] for level in ("conversational", "professional", "fluent")) == expected
    )


def test_readers_who_have_used_the_product_are_not_asked_for_its_places() -> None:
    text = "If you have tapped a card in Foobury, you have used our work.\n\nRequirements\n- Current CKA"
    assert asks(text) == {"cka": MUST}


# A company beside its product, and what is only said in passing


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("熟悉锐捷RG-S6520系列交换机的配置", {"open-ruijiergs6520": MUST}),
        ("熟悉华为 NE40E 路由器", {"open-huaweine40e": MUST, "routers": MUST}),
        ("有海思Hi3519开发经验", {"open-hisiliconhi3519": MUST}),
        ("持有华为 HCIP 证书", {"hcip": MUST}),
        ("会配华为交换机", {"huawei-networking": MUST}),
        ("熟悉华为、H3C、思科至少一家", {"huawei-devices": ONE, "h3c": ONE, "cisco": ONE}),
        ("熟悉HTTP缓存", {"http-caching": MUST}),
        ("Knowledge of HTTP caching", {"http-caching": MUST}),
        ("了解 Linux 内核", {"linux-kernel": MUST}),
        ("了解功能安全ISO 26262", {"functional-safety": MUST, "iso-26262": MUST}),
        ("Enough Python to automate your own work", {"python": MUST}),
        ("Idiomatic Kotlin", {"kotlin": MUST}),
        ("React or Vue", {"react": ONE, "vue": ONE}),
        ("You test your changes before they go live", {}),
    ],
)
def test_a_name_is_neither_wider_nor_longer_than_what_is_asked(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


def test_a_company_is_at_most_near_its_product() -> None:
    (ask,) = asked(requirement("熟悉锐捷RG-S6520系列交换机的配置")).skills
    assert (ask.concept.name, ask.concept.broader) == ("Ruijie RG-S6520", ("ruijie",))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("An EDR product, SentinelOne or CrowdStrike Falcon", {"sentinelone": ONE, "crowdstrike-falcon": ONE}),
        ("Experience of a message queue, either Kafka or RabbitMQ", {"kafka": ONE, "rabbitmq": ONE}),
        ("GitLab CI 或同类 CI 工具", {"gitlab-ci": MAY}),
        ("熟悉Locust性能测试工具", {"locust": MUST}),
        ("会用 JUnit 单元测试框架", {"junit": MUST}),
        ("会用 JMeter 做性能测试", {"jmeter": MUST, "performance-testing": MUST}),
        ("State management with Redux or MobX", {"redux": ONE, "mobx": ONE}),
        ("Rust on a microcontroller", {"rust": MUST}),
        ("CI/CD for data pipelines", {"ci-cd": MUST}),
        ("This is no penetration testing job, and you know Go", {"go": MUST}),
        ("An OSCP carries no weight with us", {}),
        ("Jenkins去年已经全部下线", {}),
        ("有能源行业客户资源，会 Python", {"python": MUST}),
        ("8+ years in operations, networking or software engineering, and Go", {"go": MUST}),
        ("6 years in platform or machine learning engineering", {}),
    ],
)
def test_what_is_only_said_in_passing_is_not_asked(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Good to have\nAppium\nExposure to BrowserStack\nJMeter", {"appium": MAY, "browserstack": MAY, "jmeter": MAY}),
        ("Must have\nProcess: defect triage in Jira\nDatabase: SQL", {"jira": MUST, "sql": MUST}),
        ("【任职要求】\n流程方面：做过威胁建模\n工具方面：会用 Jira", {"threat-modeling": MUST, "jira": MUST}),
        ("Requirements\n- Go\n\nWhat sets you apart:\n- Rust", {"go": MUST, "rust": MAY}),
    ],
)
def test_a_requirement_with_a_word_of_a_heading_is_none(text: str, expected: dict[str, str]) -> None:
    assert {key: strength for key, strength in asks(text).items() if not key.startswith("open-")} == expected


# What a whole set of postings got wrong: names of cabling, certificates and vulnerabilities, and words of remarks


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Fusion splicing, MPO cabling and an OTDR", {"fiber-optics": MUST, "mpo": MUST, "otdr": MUST}),
        ("熟悉配线架、理线和光纤熔接", {"patch-panels": MUST, "cable-management": MUST, "fiber-optics": MUST}),
        ("持有低压电工证", {"low-voltage-electrician": MUST}),
        ("有 OCP 证书", {"oracle-ocp": MUST}),
        (
            "AWS Cloud Practitioner or Terraform Associate",
            {"aws-cloud-practitioner": ONE, "hashicorp-certification": ONE},
        ),
        ("理解 SQL 注入、SSRF、XSS 等常见漏洞", {"sql-injection": MUST, "ssrf": MUST, "cross-site-scripting": MUST}),
        ("Leaflet or a map of your own", {"leaflet": MUST}),
        ("精通 ARM 体系结构", {"arm": MUST}),
        ("精通.NET开发，熟悉C#/.NET技术栈", {"dotnet": MUST, "c-sharp": MUST}),
        ("Terraform is not optional for us", {"terraform": MUST}),
        ("Terraform is optional", {"terraform": MAY}),
        ("Redis is a pleasant extra", {"redis": MAY}),
        ("熟悉消息队列（Kafka、Pulsar 都行）", {"kafka": ONE, "pulsar": ONE}),
        ("精通 Java，用过 Flink、Spark 的，优先", {"java": MUST, "flink": MAY, "spark": MAY}),
        ("We do not discriminate on the basis of Age, Religion or Native Origin", {}),
    ],
)
def test_names_and_remarks(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


def test_a_heading_that_says_what_also_helps() -> None:
    assert asks("You have\n- Go\n\nIt also helps if you have\n- run Ray clusters") == {"go": MUST, "ray": MAY}


@pytest.mark.parametrize(
    ("text", "place", "remote"),
    [
        ("Data Engineer\nYou can do this job from anywhere in Portugal.", "Portugal", True),
        ("网络工程师\n地点：郑州\n需到客户现场", "郑州", False),
        ("IT 支持\n苏州 · 办公室现场支持", "苏州", False),
    ],
)
def test_places_of_work(text: str, place: str, remote: bool) -> None:
    assert (asked(text).place, asked(text).remote) == (place, remote)


@pytest.mark.parametrize(("title", "seniority"), [("研发经理", "lead"), ("测试经理（支付）", "lead"), ("产品经理", "")])
def test_managers_of_engineers_are_leads_and_product_managers_are_not(title: str, seniority: str) -> None:
    assert asked(title).seniority == seniority


def test_level_of_a_language_directly_after_its_chinese_name() -> None:
    found = asked("任职要求\n- 日语N1，能阅读日文文档").languages
    assert [(item.name, item.level) for item in found] == [("Japanese", "N1")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Any exposure to Kafka will be advantageous.", {"kafka": MAY}),
        ("会 Docker 的加钱", {"docker": MAY}),
        ("如果做过 Kafka 的运维，我们会优先安排面试", {"kafka": MAY}),
        ("Any web framework will do (Django, Flask, FastAPI)", {"django": ONE, "flask": ONE, "fastapi": ONE}),
        ("Some queue (RabbitMQ, NATS, it doesn't matter which)", {"rabbitmq": ONE, "nats": ONE}),
    ],
)
def test_other_words_for_what_is_welcome_or_one_of_several(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Linux + Nginx 部署要会", {"linux": MUST, "nginx": MUST}),
        ("Dart精通，熟悉 Go", {"dart": MUST, "go": MUST}),
        ("Backup methods (RMAN, pg_dump)", {"rman": MUST, "open-pgdump": MUST}),
        ("Able to talk to Chinese-speaking customers", {}),
        ("We use Vue, but React or Svelte experience is just as good", {"vue": MUST, "react": ONE, "svelte": ONE}),
        ("We use Vue, but you need no experience with it", {}),
        ("A relational database, preferably PostgreSQL", {"relational-databases": MUST, "postgresql": MAY}),
        ("熟悉 Redis，以及 RocketMQ、Kafka 中的至少一种", {"redis": MUST, "rocketmq": ONE, "kafka": ONE}),
        ("有 FreeRTOS 或 RT-Thread 等实时操作系统使用经验", {"freertos": ONE, "rt-thread": ONE}),
        ("掌握一种UI自动化工具，Selenium、Playwright 均可", {"selenium": ONE, "playwright": ONE}),
        ("本岗位不涉及 Linux 驱动开发", {}),
        ("只会录制回放的请勿投递", {}),
        ("Benefits include CalPERS retirement", {}),
        ("持有 CCNP 证书，CCIE 持证者薪资可单独面议", {"ccnp": MUST, "ccie": MAY}),
        ("If you have ever built a PWA, tell us about it.", {"pwa": MAY}),
        ("Any experience of Kafka would put you at the top of the pile.", {"kafka": MAY}),
    ],
)
def test_signs_remarks_and_kinds_beside_their_examples(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


@pytest.mark.parametrize(
    ("line", "years", "of_skills"),
    [
        ("PHP两年以上经验", 2, {"php": 2}),
        ("五年以上 DBA 经验，其中Oracle三年以上", 5, {"oracle-database": 3}),
        ("2年以上测试经验，本科可放宽至1年", 2, {}),
        ("5+ years of work, including three with Node.js", 5, {"node-js": 3}),
        ("Selenium WebDriver with Java – 5 yrs", 5, {"selenium-webdriver": 5, "java": 5}),
        ("Flink，1年以上生产经验", 1, {"flink": 1}),
    ],
)
def test_years_beside_names_and_limits(line: str, years: int, of_skills: dict[str, int]) -> None:
    found = asked(requirement(line))
    assert found.years == years
    assert {ask.concept.key: ask.years for ask in found.skills if ask.years} == of_skills


def test_a_row_of_a_table_that_names_tools_asks_for_no_kind() -> None:
    assert asks("| 类别 | 要求 |\n| --- | --- |\n| 离线计算 | Hive、Spark 熟练 |") == {"hive": MUST, "spark": MUST}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("能独立编写渗透测试报告", {"penetration-test-reporting": MUST}),
        ("会定位性能瓶颈", {"bottleneck-analysis": MUST}),
        ("对接过微信支付", {"wechat-pay": MUST}),
        ("有金融、零售等行业背景者优先", {"financial-industry": MAY, "retail-industry": MAY}),
        ("给 CNCF 项目提过 PR", {"open-source": MUST}),
        ("Git and code review", {"git": MUST, "code-review": MUST}),
        ("Cisco Catalyst and Nexus switching", {"cisco-catalyst": MUST, "cisco-nexus": MUST}),
        ("OOP and SOLID principles", {"object-oriented-design": MUST, "solid-principles": MUST}),
        ("网络安全等级保护 2.0", {"mlps-2-0": MUST}),
        (
            "熟悉滚动更新、资源隔离与网络巡检",
            {"rolling-updates": MUST, "resource-scheduling": MUST, "network-inspection": MUST},
        ),
    ],
)
def test_more_names_of_practices(line: str, expected: dict[str, str]) -> None:
    assert asks(requirement(line)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We'd also love, but don't expect, any of these:\n- Rust\n- Docker", {"rust": MAY, "docker": MAY}),
        ("EDUCATION AND EXPERIENCE\nTwo years of Python. Rust is next.", {"python": MUST, "rust": MUST}),
        ("A habit of writing unit tests with Jest matters to us.", {"unit-testing": MUST, "jest": MUST}),
        (requirement("Service mesh experience (we use Istio)"), {"service-mesh": MUST}),
        (requirement("有WMS或ERP等供应链系统经验者优先"), {"wms": MAY, "erp": MAY}),
        (requirement("Know your way around CI/CD pipelines"), {"ci-cd": MUST}),
        (requirement("熟悉 Terraform，懂 module 拆分和 state 管理"), {"terraform": MUST}),
        (requirement("说得清一次 Pod 创建的全过程，有 Camera 调试经验"), {}),
        (requirement("会用 Git，在GitHub上有star过百的项目"), {"git": MUST}),
        (requirement("Experience with GitHub"), {"github": MUST}),
        (requirement("Experience with messaging middleware (Kafka), and legacy Web Forms"), {"kafka": MUST, "web-forms": MUST}),
    ],
)  # fmt: skip
def test_headings_ordinary_words_and_kinds(text: str, expected: dict[str, str]) -> None:
    assert asks(text) == expected


def test_the_ideal_candidate_has_a_degree_that_is_required() -> None:
    assert asked("The ideal candidate holds a bachelor's degree and you must know Go.").degree == "bachelor"


def test_the_word_min_ends_no_sentence_about_languages() -> None:
    (english,) = asked(requirement("Languages: English min. B2")).languages
    assert (english.name, english.level) == ("English", "B2")


def test_a_language_that_is_not_required() -> None:
    found = asked(requirement("日语 N2 以上，能读写邮件；英语不作要求")).languages
    assert [language.name for language in found] == ["Japanese"]
