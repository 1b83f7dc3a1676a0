# The measurements of tests/bench_analysis.c in numpy and pandas: python3 peer.py FILE.csv ROWS. A line each: name wall cpu value.
import statistics, sys, time
import numpy, pandas

def measure(name, work, runs=3):
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        value, kept = work()
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    print(name, statistics.median(walls), statistics.median(cpus), "%.15g" % value, flush=True)
    return kept

def read():
    table = pandas.read_csv(sys.argv[1], dtype="uint8")
    return len(table), table

x = measure("csv", read).to_numpy()
x = numpy.asfortranarray(x)

def means():
    mean, sd = x.mean(axis=0), x.std(axis=0, ddof=1)
    for k in range(x.shape[1]):
        numpy.bincount(x[:, k], minlength=6)
    return sd[0], None

def alpha():
    s = numpy.cov(x, rowvar=False)
    k, total, own = len(s), s.sum(), s.diagonal()
    value = k / (k - 1) * (1 - own.sum() / total)
    rest = total - 2 * s.sum(axis=1) + own
    (k - 1) / (k - 2) * (1 - (own.sum() - own) / rest), (s.sum(axis=1) - own) / numpy.sqrt(own * rest)
    return value, None

def units(count):
    unit = numpy.arange(len(x)) * 7919 % count
    def work():
        score = pandas.Series(x.mean(axis=1))
        groups = score.groupby(unit)
        n, mean, sd = groups.count(), groups.mean(), groups.std()
        return mean.iloc[0] - 1.96 * sd.iloc[0] / n.iloc[0] ** 0.5, None
    return work

measure("means", means)
measure("correlation", lambda: (numpy.corrcoef(x, rowvar=False)[1, 0], None))
measure("alpha", alpha)
measure("units_200", units(200))
measure("units_10000", units(10000))
peak = [line for line in open("/proc/self/status") if line.startswith("VmHWM")][0]
print("peak_mb", int(peak.split()[1]) / 1024, 0, 0)
