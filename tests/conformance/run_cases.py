#!/usr/bin/env python3
"""Runs cases/*.json through an adapter (see PROTOCOL.md). usage: run_cases.py MODULE:CLASS [--restart] [-v] [case ...]"""
import sys, os, json, glob, importlib, signal, collections, datetime as dt, re
HERE = os.path.dirname(os.path.abspath(__file__)); CASES = os.environ.get('CASES', os.path.join(HERE, 'cases')); sys.path.insert(0, HERE)


from .proto import EngineError, Skip, Mismatch, Timeout


def parse_dur(s):
    m = re.fullmatch(r'P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?', s); d, h, mi, s_ = (int(x or 0) for x in m.groups())
    return dt.timedelta(days=d, hours=h, minutes=mi, seconds=s_)
def ts(s): return dt.datetime.fromisoformat(s.replace('Z', '+00:00'))
def need(cond, *msg):
    if not cond: raise Mismatch(' '.join(str(m) for m in msg))
def aslist(x): return x if isinstance(x, list) else [x]


def check(ad, st, x):
    if 'instances' in x:
        for p, n in x['instances'].items(): need(ad.count(p) == n, 'instances', p, 'want', n, 'got', ad.count(p))
    keys = set(x) - {'op', 'in', 'instances', 'missingOk'}
    if not keys: return
    i = x.get('in', 'i')
    if i not in st['inst']:
        if x.get('missingOk'): return
        raise Mismatch('no instance ' + str(i))
    s = ad.snapshot(st['inst'][i]); C = collections.Counter
    ended = {'completed', 'terminated', 'cancelled'}
    for k in sorted(keys):
        v = x[k]
        if k == 'state':
            want = set(aslist(v))
            if getattr(ad, 'coarse', False) and want & ended: want |= ended
            need(s['state'] in want, 'state want', sorted(want), 'got', s['state'])
        elif k == 'stateNot': need(s['state'] not in v, 'state must not be', v)
        elif k == 'waiting': need(C(s['waiting']) == C(v), 'waiting want', sorted(v), 'got', sorted(s['waiting']))
        elif k == 'done': need(s['done'] == v, 'done want', v, 'got', s['done'])
        elif k == 'doneSet': need(C(s['done']) == C(v), 'doneSet want', v, 'got', s['done'])
        elif k == 'visited': need(all(s['visited'].get(e, 0) for e in v), 'visited want', v, 'got', s['visited'])
        elif k == 'notVisited': need(not any(s['visited'].get(e, 0) for e in v), 'notVisited', v, 'got', s['visited'])
        elif k == 'counts':
            for e, n in v.items(): need(s['visited'].get(e, 0) == n, 'count of', e, 'want', n, 'got', s['visited'].get(e, 0))
        elif k == 'vars':
            for n, w in v.items(): need(n in s['vars'] and s['vars'][n] == w, 'var', n, 'want', w, 'got', s['vars'].get(n, '<absent>'))
        elif k == 'absent': need(not (set(v) & set(s['vars'])), 'variables should be absent', set(v) & set(s['vars']))
        elif k == 'timers':
            if s.get('timers') is None: raise Skip('timers listing')
            got = sorted((t['element'], ts(t['due']).astimezone(dt.timezone.utc).isoformat()) for t in s['timers']); want = sorted((t['element'], ts(t['due']).isoformat()) for t in v)
            need(got == want, 'timers want', want, 'got', got)
        elif k == 'task':
            c = [t for t in s['tasks'] if t['element'] == v['element']]; need(c, 'no open task', v['element']); t = c[0]
            for n, w in v.items():
                if n == 'vars':
                    for a, b in w.items(): need(t.get('vars', {}).get(a) == b, 'task var', a, 'want', b, 'got', t.get('vars', {}).get(a))
                elif n in ('due', 'followUp'): need(t.get(n) and ts(t[n]) == ts(w), 'task', n, 'want', w, 'got', t.get(n))
                elif n.startswith('candidate'): need(sorted(t.get(n) or []) == sorted(w), 'task', n, 'want', w, 'got', t.get(n))
                else: need(t.get(n) == w, 'task', n, 'want', w, 'got', t.get(n))
        else: raise Mismatch('unknown check ' + k)


def code_ok(ad, want, got): return want in (None, True, 'ANY') or getattr(ad, 'anycode', False) or got in aslist(want)


def run(ad, case):
    lack = set(case['needs']) - ad.capabilities
    if lack: raise Skip('needs ' + ','.join(sorted(lack)))
    clock = ts(case.get('clock', '2026-01-05T01:00:00Z')); ad.reset(clock); st = dict(inst={}, clock=clock)
    dep = case.get('deploy', {'expect': 'ok'})
    try:
        ad.deploy({f: open(os.path.join(CASES, f), 'rb').read() for f in case['files']})
    except EngineError as e:
        need(dep['expect'] != 'ok', 'deploy refused:', e); need(code_ok(ad, dep.get('code'), e.code), 'deploy code want', dep.get('code'), 'got', e)
        if dep.get('mustNotContain'): need(dep['mustNotContain'] not in str(e), 'leak in message')
        return 'refused at deploy'
    need(dep['expect'] != 'refused', 'deploy accepted a bad file')
    for n, s in enumerate(case['steps']):
        try:
            step(ad, st, s)
            if '--restart' in sys.argv and s['op'] != 'expect' and 'restart' in ad.capabilities: ad.restart(st['clock'])
        except Mismatch as e: raise Mismatch(f'step {n} {s["op"]} {s.get("task", s.get("name", s.get("by", "")))}: {e}')
        except EngineError as e: raise Mismatch(f'step {n} {s["op"]} {s.get("task", s.get("name", s.get("by", "")))}: engine error {e}')
    return 'ok'


def step(ad, st, s):
    op = s['op']; inst = lambda: st['inst'].get(s.get('in', 'i'))
    if op == 'expect': return check(ad, st, s)
    if inst() is None and op in ('complete', 'error', 'set', 'activate', 'cancel'): raise Mismatch('no instance')
    err = None; old = None
    if s.get('timeout'):
        def onalarm(*a): raise Timeout()
        old = signal.signal(signal.SIGALRM, onalarm); signal.alarm(s['timeout'])
    try:
        if op == 'start':
            r = ad.start(s['process'], dict(s['vars']), s.get('key')); st['inst'][s['as']] = r
        elif op == 'complete': ad.complete(inst(), s['task'], dict(s['vars']), s.get('nth'), s.get('where'), s.get('local', False))
        elif op == 'error': ad.error(inst(), s['task'], s['code'])
        elif op == 'advance':
            st['clock'] = st['clock'] + parse_dur(s['by']) if 'by' in s else ts(s['to']); ad.advance(st['clock'])
        elif op == 'message':
            r = ad.message(s['name'], s.get('key'), dict(s.get('vars', {})))
            if 'as' in s: need(r is not None, 'message started no instance'); st['inst'][s['as']] = r
        elif op == 'signal': ad.signal(s['name'], dict(s.get('vars', {})))
        elif op == 'set': ad.set_vars(inst(), dict(s['vars']))
        elif op == 'activate': ad.activate(inst(), s['adhoc'], s['elements'])
        elif op == 'cancel': ad.cancel(inst())
        elif op == 'restart':
            if s.get('downtime'): st['clock'] += parse_dur(s['downtime'])
            ad.restart(st['clock'])
        else: raise Mismatch('unknown op ' + op)
    except EngineError as e: err = e
    except Timeout: raise Mismatch(f'no answer within {s["timeout"]} s')
    except RecursionError: err = EngineError('RECURSION')
    finally:
        if old is not None: signal.alarm(0); signal.signal(signal.SIGALRM, old)
    if 'raises' in s:
        need(err is not None, 'should be refused with', s['raises']); need(code_ok(ad, s['raises'], err.code), 'code want', s['raises'], 'got', err); return
    if 'fails' in s:
        f = s['fails']
        if err is not None: need(code_ok(ad, f['code'], err.code), 'code want', f['code'], 'got', err); return
        i = st['inst'].get(s.get('as', s.get('in', 'i'))); snap = ad.snapshot(i); inc = snap.get('incidents') or []
        need(inc or snap['state'] == 'failed', 'should fail with', f['code'], 'but state', snap['state'], 'waiting', snap['waiting'])
        if inc and not getattr(ad, 'anycode', False): need(any(x['code'] in aslist(f['code']) and x['element'] == f.get('element', x['element']) for x in inc), 'incident want', f, 'got', inc)
        return
    if err is not None: raise err


def main():
    args = [a for a in sys.argv[1:] if not a.startswith('-')]; verbose = '-v' in sys.argv
    mod, cls = args[0].split(':')
    global EngineError
    module = importlib.import_module(mod); EngineError = getattr(module, 'EngineError', EngineError); ad = getattr(module, cls)(); res = {}
    for f in sorted(glob.glob(os.path.join(CASES, '*.json'))):
        c = json.load(open(f))
        if args[1:] and c['case'] not in args[1:]: continue
        try: r = run(ad, c); res[c['case']] = ['pass', r if r != 'ok' else '']
        except Skip as e: res[c['case']] = ['skip', str(e)]
        except Mismatch as e: res[c['case']] = ['FAIL', str(e)]
        except Exception as e:
            if verbose: import traceback; traceback.print_exc()
            res[c['case']] = ['FAIL', f'adapter crash {type(e).__name__}: {e}'[:300]]
        if verbose or args[1:]: print(c['case'], *res[c['case']], flush=True)
    if hasattr(ad, 'shutdown'): ad.shutdown()
    print(collections.Counter(r[0] for r in res.values()))
    for name, r in res.items():
        if r[0] == 'FAIL' and not verbose: print(name, *r)
    if os.environ.get('OUT'): json.dump(res, open(os.environ['OUT'], 'w'), indent=1, ensure_ascii=False)
    sys.exit(any(r[0] == 'FAIL' for r in res.values()))


if __name__ == '__main__': main()
