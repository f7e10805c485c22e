// Known work for probes to see. Every mode prints what it did, so that a test can compare exactly.
//
//   driver sys N THREADS        each of THREADS threads calls getppid() N times
//   driver fork CHILDREN THREADS  children one after the other, each with THREADS threads one after the other
//   driver exec leader|thread   replaces its image once (by `driver done`), from the leader or from another thread
//   driver open PATH N          N times openat(PATH), which is touched first
//   driver touch N              touches N fresh pages
//   driver wait                 waits for a line on standard input
//   driver done                 nothing
//
// A line on standard input is awaited first when the environment has DRIVER_WAIT.
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long calls;

static void *call(void *unused) {
	(void)unused;
	for (long i = 0; i < calls; i++) syscall(SYS_getppid);
	return NULL;
}

static void *nothing(void *unused) {
	(void)unused;
	return NULL;
}

static const char *self;

static void *replace(void *unused) {
	(void)unused;
	execl(self, self, "done", (char *)NULL);
	perror("exec");
	exit(1);
}

static int start(pthread_t *thread, void *(*work)(void *)) {
	if (pthread_create(thread, NULL, work, NULL) == 0) return 0;
	perror("pthread_create");
	exit(1);
}

static int sys(long n, int threads) {
	pthread_t started[64];
	if (threads > 64) threads = 64;
	calls = n;
	for (int i = 0; i < threads; i++) start(&started[i], call);
	for (int i = 0; i < threads; i++) pthread_join(started[i], NULL);
	printf("calls %ld\n", n * threads);
	return 0;
}

static int forks(int children, int threads) {
	for (int i = 0; i < children; i++) {
		pid_t child = fork();
		if (child == 0) {
			for (int j = 0; j < threads; j++) {
				pthread_t thread;
				start(&thread, nothing);
				pthread_join(thread, NULL);
			}
			_exit(0);
		}
		waitpid(child, NULL, 0);
	}
	printf("children %d threads %d\n", children, children * threads);
	return 0;
}

static int opens(const char *path, long n) {
	volatile char touched = path[0];
	(void)touched;
	for (long i = 0; i < n; i++) {
		long fd = syscall(SYS_openat, AT_FDCWD, path, O_RDONLY);
		if (fd >= 0) close((int)fd);
	}
	printf("opens %ld\n", n);
	return 0;
}

static int touch(long n) {
	long size = sysconf(_SC_PAGESIZE);
	char *pages = mmap(NULL, n * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED) return 1;
	madvise(pages, n * size, MADV_NOHUGEPAGE);
	for (long i = 0; i < n; i++) ((volatile char *)pages)[i * size] = 1;
	printf("touched %ld\n", n);
	return 0;
}

int main(int argc, char **argv) {
	char line[64];
	if (getenv("DRIVER_WAIT") && !fgets(line, sizeof line, stdin)) return 1;
	self = "/proc/self/exe";
	const char *mode = argc > 1 ? argv[1] : "done";
	if (!strcmp(mode, "sys") && argc == 4) return sys(atol(argv[2]), atoi(argv[3]));
	if (!strcmp(mode, "fork") && argc == 4) return forks(atoi(argv[2]), atoi(argv[3]));
	if (!strcmp(mode, "touch") && argc == 3) return touch(atol(argv[2]));
	if (!strcmp(mode, "open") && argc == 4) return opens(argv[2], atol(argv[3]));
	if (!strcmp(mode, "exec") && argc == 3) {
		unsetenv("DRIVER_WAIT");
		if (!strcmp(argv[2], "leader")) replace(NULL);
		pthread_t thread;
		start(&thread, replace);
		pthread_join(thread, NULL);
		return 1;
	}
	if (!strcmp(mode, "wait")) return fgets(line, sizeof line, stdin) ? 0 : 1;
	if (!strcmp(mode, "done")) return 0;
	fprintf(stderr, "usage: see the head of driver.c\n");
	return 2;
}
