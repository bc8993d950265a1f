import sys
from tests import services
import os, django, time, statistics
os.environ.setdefault("DJANGO_SETTINGS_MODULE","cmsuk.settings")
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.ROOT_URLCONF="tests.bench.bare"; settings.ALLOWED_HOSTS=["testserver"]
settings.PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]
plain={"BACKEND":"django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES={**settings.STORAGES,"staticfiles":plain}
call_command("migrate",verbosity=0); call_command("createcachetable",verbosity=0)
from cmsuk.made_up import bulk
from django.utils import timezone
from django.db import connection
n=int(sys.argv[1])
t=time.time(); list(bulk.populate(members=n,records=10,seed=1,at=timezone.now())); print("populate",time.time()-t)
from directory import draws, counting
t=time.time(); draws.draw_lots(on=timezone.localdate()); print("draw",time.time()-t)
if connection.vendor=="postgresql":
    connection.cursor().execute("ANALYZE")
t=time.time(); print(counting.recount(at=timezone.now())); print("recount",time.time()-t)
from django.test import Client
from django.test.utils import CaptureQueriesContext
c=Client()
P=["/bare/","/faq/","/directory/","/directory/?area=WLS&expertise=brain_injury","/directory/?expertise=brain_injury","/directory/?area=county-kent","/directory/?area=ENG-NW","/directory/?expertise=stroke&also=vocational","/directory/?group=children","/directory/?area=county-kent&expertise=brain_injury&also=vocational","/directory/?postcode=CF14","/directory/?postcode=CF14&miles=50","/directory/?postcode=SW1A","/directory/?postcode=SW1A&expertise=stroke","/directory/?postcode=ZE1&expertise=stroke","/directory/?postcode=ZE1","/directory/?postcode=ZE1&miles=5&expertise=stroke&also=vocational","/directory/?postcode=CF14&miles=25&area=WLS&expertise=stroke"]
res={p:[] for p in P}
def get(p):
    t=time.perf_counter(); r=c.get(p); d=(time.perf_counter()-t)*1000
    assert r.status_code==200,(p,r.status_code); return d,r
for p in P: get(p)
for i in range(15):
    for p in P: res[p].append(get(p)[0])
bare=statistics.median(res["/bare/"])
for p in P:
    with CaptureQueriesContext(connection) as q: r=get(p)[1]
    m=statistics.median(res[p]); sql=sum(float(x["time"]) for x in q)*1000
    cards=len(r.context["results"].cards) if r.context and "results" in r.context else ""
    print(f"{m:8.2f} ms {m/bare:6.1f}x q={len(q)} sql={sql:.1f} cards={cards} {len(r.content)//1024}kB {p}")
if len(sys.argv)>2:
    for p in sys.argv[2:]:
        with CaptureQueriesContext(connection) as q: get(p)
        for x in q: print(x["time"], x["sql"][:3000]); print()
import cProfile,pstats
if 0:
  pr=1


from directory.search import *
from directory.filters import Filters
from directory.vocabulary import vocabulary
from directory.nearby import nearby
def explain(f, expected=0):
    with CaptureQueriesContext(connection) as q:
        Search(f,vocabulary(),timezone.localdate(),expected).page()
    for x in q:
        cur=connection.cursor(); cur.execute("EXPLAIN (ANALYZE, BUFFERS, SETTINGS) "+x["sql"]); 
        print(x["time"], x["sql"][:200], len(x["sql"]))
        print("\n".join(r[0] for r in cur.fetchall())); print()
if connection.vendor=="postgresql":
    explain(Filters())
    explain(Filters(area="ENG-NW",expertise=("stroke",)))
    explain(Filters(place=nearby().places["SW1A"]),50000)
print("SEQ SCANS")
for p in P[3:]:
    with CaptureQueriesContext(connection) as q: get(p)
    for x in q:
        if x["sql"].startswith("SELECT"):
            cur=connection.cursor(); cur.execute("EXPLAIN (ANALYZE) "+x["sql"]); t="\n".join(r[0] for r in cur.fetchall())
            if "Seq Scan on directory_listing " in t: print(p, "SEQ", t[:1500])
            if float(x["time"])>0.02: print("SLOW",x["time"],p,t[:2500])
