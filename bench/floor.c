// floor [-p PID] [-o FILE] OBJ PROG[,PROG...]   runs until SIGINT/SIGTERM
// Loads only the named programs of floor.bpf.o and attaches them. With s_enter it drains the
// ring buffer and prints delivered/lost at the end. Needs libbpf >= 1.0.
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t stop;
static void on(int s) { (void)s; stop = 1; }
static uint64_t got, bytes;
static FILE *out;
struct ev { uint64_t ts; uint32_t pid, id; uint64_t arg; char comm[16]; };
static int ev(void *c, void *d, size_t n) {
	(void)c;
	struct ev *e = d;
	got++;
	bytes += n;
	if (out) fprintf(out, "%llu %u %s %llu\n", (unsigned long long)e->ts, e->pid, e->comm, (unsigned long long)e->arg);
	return 0;
}
static int quiet(enum libbpf_print_level l, const char *f, va_list a) { return l == LIBBPF_WARN ? vfprintf(stderr, f, a) : 0; }

int main(int argc, char **argv) {
	int pid = -1, o;
	while ((o = getopt(argc, argv, "p:o:")) != -1) {
		if (o == 'p') pid = atoi(optarg);
		else if (o == 'o') out = fopen(optarg, "w");
		else return 2;
	}
	if (argc - optind < 2) return 2;
	libbpf_set_print(quiet);
	struct bpf_object *obj = bpf_object__open_file(argv[optind], NULL);
	if (!obj) return 1;
	struct bpf_program *p;
	char list[256];
	snprintf(list, sizeof list, ",%s,", argv[optind + 1]);
	bpf_object__for_each_program(p, obj) {
		char n[64];
		snprintf(n, sizeof n, ",%s,", bpf_program__name(p));
		bpf_program__set_autoload(p, strstr(list, n) != NULL);
	}
	struct bpf_map *ro = bpf_object__find_map_by_name(obj, ".rodata");
	uint32_t t = pid > 0 ? (uint32_t)pid : 0;
	if (ro) bpf_map__set_initial_value(ro, &t, sizeof t);
	if (bpf_object__load(obj)) return 1;
	bpf_object__for_each_program(p, obj) {
		if (!bpf_program__autoload(p)) continue;
		struct bpf_link *l = bpf_program__attach(p);
		if (!l) { perror(bpf_program__name(p)); return 1; }
	}
	signal(SIGINT, on);
	signal(SIGTERM, on);
	printf("ATTACHED\n");
	fflush(stdout);
	if (strstr(list, ",s_enter,")) {
		struct ring_buffer *rb = ring_buffer__new(bpf_map__fd(bpf_object__find_map_by_name(obj, "rb")), ev, NULL, NULL);
		while (!stop) {
			ring_buffer__poll(rb, 10);
			ring_buffer__consume(rb);
		}
		for (int i = 0; i < 20; i++) ring_buffer__consume(rb);
		uint64_t v[256] = {0}, sum = 0;
		uint32_t z = 0;
		bpf_map_lookup_elem(bpf_map__fd(bpf_object__find_map_by_name(obj, "lost")), &z, v);
		for (int i = 0; i < libbpf_num_possible_cpus(); i++) sum += v[i];
		if (out) fclose(out);
		printf("delivered %llu lost %llu bytes %llu\n", (unsigned long long)got, (unsigned long long)sum, (unsigned long long)bytes);
	} else
		while (!stop) pause();
	return 0;
}
