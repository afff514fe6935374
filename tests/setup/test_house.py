"""Makefile, set-up, CI, images: contracts that only show when somebody new comes."""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from licensing_portal.embedded.places import CHECKOUT
from licensing_portal.embedded.postgres import LOCALE

COMMANDS = {"run", "test", "test-all", "lint", "setup", "stop", "bench", "screenshots"}


def executable(path, text):
    path.write_text(text)
    path.chmod(0o755)


def read(name):
    return (CHECKOUT / name).read_text(encoding="utf-8")


def pins(name):
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==(\S+)", read(name), re.MULTILINE))


# --- make ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_is_there_and_begins_with_what_it_needs(command):
    planned = subprocess.run(
        ["make", "--dry-run", command],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
        # Our own make may run these tests: its flags and job server are not for this one.
        env={name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))},
    ).stdout.splitlines()
    assert planned
    if command != "stop":  # ends what runs, installs nothing
        assert planned[0] == "scripts/setup.sh"


def test_the_slow_tier_is_not_in_make_test():
    recipes = dict(re.findall(r"^(test(?:-all)?): .*\n\t(.*)$", read("Makefile"), re.MULTILINE))
    assert recipes == {
        "test": '$(PYTEST) -m "not slow and not screenshots"',
        "test-all": '$(PYTEST) -m "not screenshots"',
    }


# --- .ci/run -------------------------------------------------------------------------------------


def ci(tmp_path, failing=""):
    (tmp_path / ".ci").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(CHECKOUT / ".ci" / "run", tmp_path / ".ci" / "run")
    make = f'#!/bin/bash\necho "made $1"\nread -r line && echo "stdin $line"\n[[ $1 != "{failing}" ]]\n'
    executable(tmp_path / "bin" / "make", make)
    return subprocess.run(
        [tmp_path / ".ci" / "run"],
        env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"},
        input="not for you\n",
        capture_output=True,
        text=True,
        check=False,
    )


def made(done):
    return re.findall(r"^made (\S+)$", done.stdout, re.MULTILINE)


def test_ci_runs_lint_then_tests_then_the_slow_tier(tmp_path):
    done = ci(tmp_path)
    assert made(done) == ["setup", "lint", "test", "test-all"]
    assert done.returncode == 0
    assert done.stdout.endswith("passed\n")
    assert "stdin" not in done.stdout


@pytest.mark.parametrize("failing", ["lint", "test", "test-all"])
def test_ci_fails_with_any_stage_and_still_runs_the_others(tmp_path, failing):
    done = ci(tmp_path, failing)
    assert made(done) == ["setup", "lint", "test", "test-all"]
    assert done.returncode == 1
    assert re.search(rf"^FAILED  make {failing} ", done.stdout, re.MULTILINE)
    assert done.stdout.endswith("did not pass\n")


def test_ci_stops_where_nothing_can_be_installed(tmp_path):
    done = ci(tmp_path, "setup")
    assert made(done) == ["setup"]
    assert done.returncode == 1


def test_ci_limits():
    limits = re.findall(r'stage "make (\S+)" (\d+)m', read(".ci/run"))
    assert dict(limits) == {"setup": "20", "lint": "10", "test": "12", "test-all": "60"}


# --- scripts/setup.sh ----------------------------------------------------------------------------


class Machine:
    """A Debian of our own making: what dpkg knows, and an apt-get that only writes down what it was told."""

    def __init__(self, folder, *, installed):
        self.folder = folder
        self.policy = folder / "policy-rc.d"
        bin_folder = folder / "bin"
        bin_folder.mkdir()
        executable(
            bin_folder / "dpkg-query",
            f'#!/bin/bash\n[[ " {installed} " == *" ${{@: -1}} "* ]] && printf "ii "\n',
        )
        self.apt(0)
        executable(bin_folder / "sudo", '#!/bin/sh\nexec "$@"\n')

    def apt(self, status):
        executable(
            self.folder / "bin" / "apt-get",
            f'#!/bin/bash\necho "$*" >> {self.folder}/apt\n'
            f'[[ -x {self.policy} ]] && {self.policy}; echo "policy $?" >> {self.folder}/apt\n'
            f"exit {status}\n",
        )

    def install_packages(self, before=""):
        script = f"{before}\nsource {CHECKOUT}/scripts/setup.sh\ninstall_packages\n"
        return subprocess.run(
            ["/bin/bash", "-c", script],
            env={"PATH": f"{self.folder}/bin:/usr/bin:/bin", "PORTAL_POLICY_FILE": str(self.policy)},
            capture_output=True,
            text=True,
            check=False,
        )

    def told(self):
        log = self.folder / "apt"
        return log.read_text().splitlines() if log.exists() else []


def packages():
    listed = re.search(r"PACKAGES=\((.*?)\n\)", read("scripts/setup.sh"), re.DOTALL)
    assert listed is not None
    return " ".join(re.sub(r"#.*", "", listed.group(1)).split())


def test_nothing_missing_nothing_asked(tmp_path):
    machine = Machine(tmp_path, installed=packages())
    assert machine.install_packages().returncode == 0
    assert machine.told() == []


def test_only_what_is_missing_is_installed_and_no_service_starts(tmp_path):
    machine = Machine(tmp_path, installed=packages().replace("clamav-daemon", "").replace("gettext", ""))
    done = machine.install_packages()
    assert done.returncode == 0, done.stderr
    options = "-o DPkg::Lock::Timeout=300 -q"
    assert machine.told() == [
        f"{options} update",
        "policy 101",  # Debian's own way to say: no service now
        f"{options} install -y --no-install-recommends gettext clamav-daemon",
        "policy 101",
    ]
    assert not machine.policy.exists()


@pytest.mark.parametrize("status", [0, 100])
def test_the_machines_own_service_policy_comes_back_also_after_a_failure(tmp_path, status):
    machine = Machine(tmp_path, installed="")
    machine.apt(status)
    executable(machine.policy, "#!/bin/sh\nexit 7\n")
    assert machine.install_packages().returncode == status
    assert machine.policy.read_text() == "#!/bin/sh\nexit 7\n"
    assert [path.name for path in tmp_path.glob("policy*")] == ["policy-rc.d"]


def test_without_root_and_sudo_it_says_what_to_install(tmp_path):
    machine = Machine(tmp_path, installed=packages().replace("chromium", ""))
    (tmp_path / "bin" / "sudo").unlink()
    executable(tmp_path / "bin" / "id", "#!/bin/sh\necho 1000\n")
    without_sudo = 'command() { [[ $2 != sudo ]] && builtin command "$@"; }'
    done = machine.install_packages(without_sudo)
    assert done.returncode == 1
    assert done.stderr == (
        "make setup: missing Debian packages, and neither root nor sudo to install them. "
        "As root: apt-get install chromium\n"
    )
    assert machine.told() == []


# --- locks and images ----------------------------------------------------------------------------


def test_every_pin_has_a_hash():
    for name in ("requirements.lock", "requirements-runtime.lock", "requirements-uv.lock"):
        blocks = re.split(r"^(?=[a-z0-9])", read(name), flags=re.MULTILINE)
        unpinned = [
            block
            for block in blocks
            if re.match(r"[a-z0-9._-]+(\[.*\])?==", block) and "--hash=sha256:" not in block
        ]
        assert unpinned == [], name


def test_the_image_holds_the_tested_versions_and_no_test_tools():
    runtime, whole = pins("requirements-runtime.lock"), pins("requirements.lock")
    assert runtime.items() <= whole.items()
    assert {"django", "celery", "gunicorn", "weasyprint"} <= set(runtime)
    assert not {"pytest", "playwright", "mypy", "ruff"} & set(runtime)


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load(read("docker-compose.yml"))["services"]


def test_the_production_shape(compose):
    assert set(compose) == {"database", "broker", "scanner", "migrate", "web", "worker", "beat"}
    assert compose["database"]["image"] == "postgres:18"
    assert compose["database"]["volumes"] == ["database:/var/lib/postgresql"]
    assert set(compose["database"]["environment"]["POSTGRES_INITDB_ARGS"].split()) == (
        set(LOCALE) - {"--lc-messages=C"}
    )
    for name in ("web", "worker", "beat"):
        assert compose[name]["environment"]["PORTAL_DEMO"] == "0"
        assert compose[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    for name in set(compose) - {"migrate"}:
        assert compose[name]["healthcheck"]["test"], name
        assert compose[name]["restart"] == "unless-stopped"


def test_replicas_need_no_change(compose):
    for service in compose.values():
        assert "container_name" not in service
    assert compose["web"]["ports"] == ["127.0.0.1:${PORTAL_WEB_PORTS:-8000-8009}:8000"]
    assert compose["beat"]["deploy"]["replicas"] == 1


def test_no_secret_has_a_default(compose):
    text = read("docker-compose.yml")
    for name in ("POSTGRES_PASSWORD", "VALKEY_PASSWORD", "PORTAL_SECRET_KEY"):
        assert re.findall(rf"\$\{{{name}(.)", text)
        assert set(re.findall(rf"\$\{{{name}(..)", text)) == {":?"}


def test_every_image_stage_and_file_named_exists(compose):
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", read("Dockerfile"), re.MULTILINE))
    assert stages == {"libraries", "portal", "scanner"}
    for service in compose.values():
        if "build" in service:
            assert service["build"]["target"] in stages
    for script in ("docker/entrypoint.sh", "docker/scanner.sh", "scripts/setup.sh", ".ci/run"):
        path = CHECKOUT / script
        assert path.stat().st_mode & 0o111, script
        shell = path.read_text().split("\n", 1)[0].removeprefix("#!")
        subprocess.run([shell, "-n", path], check=True)


# --- .env.example --------------------------------------------------------------------------------


def test_every_setting_is_explained_and_none_is_invented():
    settings = read("licensing_portal/settings.py")
    read_by_settings = set(
        re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', settings)
        + re.findall(r'"([A-Z_]+)" (?:not )?in os\.environ', settings),
    )
    explained = set(re.findall(r"^#?([A-Z_]+)=", read(".env.example"), re.MULTILINE))
    elsewhere = {"PORTAL_PORT", "PORTAL_RUN_DIR", "PORTAL_NO_SERVERS", "POSTGRES_PASSWORD", "VALKEY_PASSWORD"}
    assert read_by_settings - explained == set()
    assert explained - read_by_settings - elsewhere == set()


def test_the_example_holds_no_secret():
    for line in read(".env.example").splitlines():
        name, _, value = line.partition("=")
        if re.search(r"^[A-Z_]*(SECRET|PASSWORD|TOKEN)[A-Z_]*$", name):
            assert value == "", name
    assert ".env" in read(".gitignore").splitlines()
