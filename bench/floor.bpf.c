// Hand-written lower bounds: what the kernel itself costs at each hook, and what a well made
// program for "latency histogram keyed by (pid, syscall)" costs. Own code, no vmlinux.h needed.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";
typedef __u64 u64; typedef __u32 u32;

const volatile u32 target; // tgid filter, 0 = everyone

struct key { u32 pid, id; };
struct hist { u64 slot[64]; };
struct comm { char c[16]; };

struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4096); __type(key, u32); __type(value, u64); } start_hash SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, u64); } start_task SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_HASH); __uint(max_entries, 4096); __type(key, struct key); __type(value, struct hist); } h_percpu SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4096); __type(key, struct key); __type(value, struct hist); } h_shared SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_HASH); __uint(max_entries, 4096); __type(key, struct comm); __type(value, u64); } c_percpu SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, u64); } one SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, struct hist); } zero SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_RINGBUF); __uint(max_entries, 16 << 20); } rb SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 1); __type(key, u32); __type(value, u64); } lost SEC(".maps");

static __always_inline u32 log2u(u64 v) {
	u32 r = 0;
	if (v >> 32) { v >>= 32; r += 32; }
	if (v >> 16) { v >>= 16; r += 16; }
	if (v >> 8) { v >>= 8; r += 8; }
	if (v >> 4) { v >>= 4; r += 4; }
	if (v >> 2) { v >>= 2; r += 2; }
	return (r + (u32)(v >> 1)) & 63;
}
static __always_inline int skip(u32 pid) { return target && pid != target; }

static __always_inline void add(void *map, struct key *k, u64 ns, int shared) {
	struct hist *h = bpf_map_lookup_elem(map, k);
	if (!h) {
		u32 z = 0;
		struct hist *e = bpf_map_lookup_elem(&zero, &z);
		if (!e) return;
		bpf_map_update_elem(map, k, e, BPF_NOEXIST);
		h = bpf_map_lookup_elem(map, k);
		if (!h) return;
	}
	u32 s = log2u(ns);
	if (shared) __sync_fetch_and_add(&h->slot[s], 1);
	else h->slot[s]++;
}

// ---- empty
SEC("raw_tp/sys_enter") int e_enter(void *c) { return 0; }
SEC("raw_tp/sys_exit") int e_exit(void *c) { return 0; }
SEC("tracepoint/raw_syscalls/sys_enter") int t_enter(void *c) { return 0; }
SEC("tracepoint/raw_syscalls/sys_exit") int t_exit(void *c) { return 0; }
// ---- count by comm
SEC("raw_tp/sys_enter") int c_enter(void *ctx) {
	struct comm k = {};
	u64 *v, n = 1;
	bpf_get_current_comm(&k, sizeof k);
	v = bpf_map_lookup_elem(&c_percpu, &k);
	if (v) (*v)++;
	else bpf_map_update_elem(&c_percpu, &k, &n, BPF_NOEXIST);
	return 0;
}
// ---- latency, start in task storage, hist in per-CPU hash
SEC("tp_btf/sys_enter") int lt_enter(u64 *ctx) {
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	if (skip(pid)) return 0;
	u64 *s = bpf_task_storage_get(&start_task, (void *)bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (s) *s = bpf_ktime_get_ns();
	return 0;
}
SEC("tp_btf/sys_exit") int lt_exit(u64 *ctx) {
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	if (skip(pid)) return 0;
	u64 *s = bpf_task_storage_get(&start_task, (void *)bpf_get_current_task_btf(), 0, 0);
	if (!s || !*s) return 0;
	u64 d = bpf_ktime_get_ns() - *s;
	*s = 0;
	// orig_ax of pt_regs: reading it through ctx[0] is allowed for tp_btf
	struct pt_regs *r = (struct pt_regs *)ctx[0];
	struct key k = {pid, 0};
	bpf_probe_read_kernel(&k.id, 4, (char *)r + 15 * 8);
	add(&h_percpu, &k, d, 0);
	return 0;
}
// ---- latency, start in plain hash with update+delete, per-CPU hash hist (what script tools do)
SEC("raw_tp/sys_enter") int lh_enter(u64 *ctx) {
	u64 pt = bpf_get_current_pid_tgid();
	if (skip(pt >> 32)) return 0;
	u32 tid = (u32)pt;
	u64 t = bpf_ktime_get_ns();
	bpf_map_update_elem(&start_hash, &tid, &t, BPF_ANY);
	return 0;
}
SEC("raw_tp/sys_exit") int lh_exit(u64 *ctx) {
	u64 pt = bpf_get_current_pid_tgid();
	if (skip(pt >> 32)) return 0;
	u32 tid = (u32)pt;
	u64 *s = bpf_map_lookup_elem(&start_hash, &tid);
	if (!s) return 0;
	u64 d = bpf_ktime_get_ns() - *s;
	bpf_map_delete_elem(&start_hash, &tid);
	struct key k = {(u32)(pt >> 32), 0};
	bpf_probe_read_kernel(&k.id, 4, (char *)ctx[0] + 15 * 8);
	add(&h_percpu, &k, d, 0);
	return 0;
}
// ---- latency, best found: syscall number remembered at entry, typed context, per-task cache
// (syscall -> slot number) in front of an indexed per-CPU array, so that the usual path has no hash at all
#define NC 16
struct tcache { u64 start; u32 id; u32 pad; u32 tag[NC]; u32 idx[NC]; };
struct { __uint(type, BPF_MAP_TYPE_TASK_STORAGE); __uint(map_flags, BPF_F_NO_PREALLOC); __type(key, int); __type(value, struct tcache); } tc SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 4096); __type(key, struct key); __type(value, u32); } key2idx SEC(".maps");
struct { __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY); __uint(max_entries, 4096); __type(key, u32); __type(value, struct hist); } h_array SEC(".maps");
u32 next_idx;
SEC("tp_btf/sys_enter") int lc_enter(u64 *ctx) {
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	if (skip(pid)) return 0;
	struct tcache *t = bpf_task_storage_get(&tc, (void *)bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (!t) return 0;
	t->id = (u32)ctx[1];
	t->start = bpf_ktime_get_ns();
	return 0;
}
SEC("tp_btf/sys_exit") int lc_exit(u64 *ctx) {
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	if (skip(pid)) return 0;
	u64 now = bpf_ktime_get_ns();
	struct tcache *t = bpf_task_storage_get(&tc, (void *)bpf_get_current_task_btf(), 0, 0);
	if (!t || !t->start) return 0;
	u64 d = now - t->start;
	t->start = 0;
	u32 c = t->id & (NC - 1), idx;
	if (t->tag[c] == t->id + 1) idx = t->idx[c];
	else {
		struct key k = {pid, t->id};
		u32 *p = bpf_map_lookup_elem(&key2idx, &k);
		if (!p) {
			idx = __sync_fetch_and_add(&next_idx, 1);
			bpf_map_update_elem(&key2idx, &k, &idx, BPF_NOEXIST);
			p = bpf_map_lookup_elem(&key2idx, &k);
			if (!p) return 0;
		}
		idx = *p;
		t->tag[c] = t->id + 1;
		t->idx[c] = idx;
	}
	struct hist *h = bpf_map_lookup_elem(&h_array, &idx);
	if (h) h->slot[log2u(d)]++;
	return 0;
}
SEC("tp_btf/sys_enter") int b_enter(u64 *c) { return 0; }
SEC("tp_btf/sys_exit") int b_exit(u64 *c) { return 0; }
// ---- streaming: 32-byte record per lseek(-7, seq)
struct ev { u64 ts; u32 pid, id; u64 arg; char comm[16]; };
SEC("raw_tp/sys_enter") int s_enter(u64 *ctx) {
	if (ctx[1] != 8) return 0; // lseek
	u32 pid = bpf_get_current_pid_tgid() >> 32;
	if (skip(pid)) return 0;
	struct ev *e = bpf_ringbuf_reserve(&rb, sizeof *e, 0);
	if (!e) {
		u32 z = 0;
		u64 *l = bpf_map_lookup_elem(&lost, &z);
		if (l) (*l)++;
		return 0;
	}
	e->ts = bpf_ktime_get_ns();
	e->pid = pid;
	e->id = 8;
	e->arg = 0;
	bpf_probe_read_kernel(&e->arg, 8, (char *)ctx[0] + 13 * 8); // rsi
	bpf_get_current_comm(e->comm, 16);
	u64 avail = bpf_ringbuf_query(&rb, BPF_RB_AVAIL_DATA);
	bpf_ringbuf_submit(e, avail > (1 << 20) ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP);
	return 0;
}
