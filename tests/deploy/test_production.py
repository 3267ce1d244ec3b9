"""The deployment behind its proxy, asked as visitors, as machines and as those who try doors."""

import gzip
import re
import ssl
from http.client import HTTPConnection

import pytest
from tests.deploy.conftest import DOMAIN, TOKEN, Deployment, eventually

from yhdys.tenancy import outbox
from yhdys.tenancy.context import in_region
from yhdys.tenancy.models import OutboxEntry

KAINUU = f"kainuu.{DOMAIN}"
ATTEMPTS = 15


@pytest.mark.parametrize("host", [DOMAIN, KAINUU])
def test_a_site_comes_over_tls_compressed_and_says_to_stay_there(deployment: Deployment, host: str) -> None:
    answer = deployment.ask(host, Accept_Encoding="gzip")
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(answer.body)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000; includeSubDomains")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_plain_http_is_sent_to_https(deployment: Deployment) -> None:
    connection = HTTPConnection("127.0.0.1", deployment.http, timeout=30)
    connection.request("GET", "/neuvottelukunta/", headers={"Host": KAINUU})
    answer = connection.getresponse()
    connection.close()
    assert answer.status in (301, 308)
    assert answer.headers["Location"].startswith(f"https://{KAINUU}")


@pytest.mark.parametrize("host", [f"nobody.{DOMAIN}", "other.example", "lappi.localhost"])
def test_a_host_that_is_not_ours_gets_no_certificate(deployment: Deployment, host: str) -> None:
    if host == "lappi.localhost":  # A host that the database knows, whatever the deployment's domain.
        assert deployment.ask(host).status == 200
        return
    with pytest.raises(ssl.SSLError):
        deployment.ask(host)


def test_cookies_belong_to_the_host_and_to_tls_alone(deployment: Deployment) -> None:
    answer = deployment.ask(KAINUU, "/kirjaudu/")
    cookies = answer.headers.get_all("Set-Cookie") or []
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert "Secure" in cookie
        assert "Domain" not in cookie


def test_static_files_are_kept_for_ever_under_their_fingerprint(deployment: Deployment) -> None:
    page = deployment.ask(DOMAIN, Accept_Encoding="identity").body.decode()
    found = re.search(r'href="(/static/web/app\.[0-9a-f]{12}\.css)"', page)
    assert found is not None
    answer = deployment.ask(DOMAIN, found[1], Accept_Encoding="br")
    assert (answer.status, answer.headers["Content-Encoding"]) == (200, "br")
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/-/ready", "/-/healthy", "/-/metrics", "/-/known-host?domain=yhdys.example"])
def test_machines_doors_are_closed_to_visitors(deployment: Deployment, path: str) -> None:
    assert deployment.ask(KAINUU, path).status == 404


def test_machines_inside_are_told(deployment: Deployment) -> None:
    assert deployment.ask_inside(deployment.web, "/-/ready").status == 200
    assert deployment.ask_inside(deployment.web, "/-/known-host?domain=KAINUU.yhdys.example.").status == 200
    assert deployment.ask_inside(deployment.web, "/-/known-host?domain=kainuu.evil.example").status == 404
    assert deployment.ask_inside(deployment.web, "/-/known-host?domain=%00..%2f").status == 404
    assert deployment.ask_inside(deployment.web, "/-/metrics").status == 404
    assert deployment.ask_inside(deployment.web, "/-/metrics", Authorization="Bearer wrong").status == 404


def test_counts_name_regions_and_no_more(deployment: Deployment) -> None:
    deployment.ask(KAINUU)
    answer = deployment.ask_inside(deployment.web, "/-/metrics", Authorization=f"Bearer {TOKEN}")
    told = answer.body.decode()
    assert 'yhdys_requests_total{method="GET",region="kainuu",status="200"}' in told
    assert 'yhdys_request_seconds_bucket{le="0.1",region="public"}' in told
    assert set(re.findall(r'region="([^"]*)"', told)) <= {"", "public", "kainuu", "lappi"}


def test_a_forged_client_address_does_not_go_round_the_limit(deployment: Deployment) -> None:
    page = deployment.ask(KAINUU, "/kirjaudu/", Accept_Encoding="identity")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body.decode())
    assert token is not None
    cookie = "; ".join(given.partition(";")[0] for given in page.headers.get_all("Set-Cookie") or [])
    answers = []
    for number in range(ATTEMPTS):
        body = f"csrfmiddlewaretoken={token[1]}&login=guess{number}%40example.org&password=wrong-{number}"
        answer = deployment.ask(
            KAINUU,
            "/kirjaudu/",
            "POST",
            body.encode(),
            Cookie=cookie,
            Origin=f"https://{KAINUU}:{deployment.https}",
            Host=f"{KAINUU}:{deployment.https}",
            Content_Type="application/x-www-form-urlencoded",
            Accept_Encoding="identity",
            X_Forwarded_For=f"203.0.113.{number}",
        )
        answers.append(answer.body.decode())
    assert "Liian monta" not in answers[0]
    assert "Liian monta" in answers[-1]


def test_an_upload_beyond_the_proxys_limit_is_refused(deployment: Deployment) -> None:
    try:
        status = deployment.ask(KAINUU, "/kirjaudu/", "POST", b"x" * 61_000_000).status
    except (BrokenPipeError, ConnectionResetError):  # The proxy hangs up on who goes on sending.
        status = 413
    assert status == 413


def test_an_effect_travels_through_broker_and_worker(deployment: Deployment, committed: None) -> None:
    with in_region("kainuu"):
        entry = outbox.put("overview.push")
        eventually(lambda: OutboxEntry.objects.get(pk=entry.pk).state == OutboxEntry.State.DONE)
    told = b'yhdys_effects_total{effect="overview.push",outcome="done",region="kainuu"}'
    eventually(lambda: told in deployment.ask_inside(deployment.counts, "/metrics").body)


def test_log_lines_are_json_with_region_and_request_and_nobody_in_them(deployment: Deployment) -> None:
    deployment.ask(KAINUU, "/neuvottelukunta/?haku=Aino+Esimerkki&email=aino.esimerkki@example.org")
    lines = [line for line in deployment.lines("web") if line["event"] == "request"]
    assert {"kainuu", "public"} <= {line["region"] for line in lines}
    assert all(line["request_id"] and line["status"] for line in lines)
    text = (deployment.folder / "web.log").read_text()
    assert "simerkki" not in text
    assert "guess1" not in text
    assert "203.0.113" not in text
    assert "127.0.0.1 " not in text
    deployment.lines("worker")
    deployment.lines("beat")
