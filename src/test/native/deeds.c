// Deeds for the tools of the gallery to count: each mode does exactly what it is told, after "ready" and a line on standard
// input, and ends.
//
//   deeds ask N            N times getppid()
//   deeds fail N           N times an open that finds no file
//   deeds open N PATH      N times an open of PATH for reading
//   deeds sleep N MS       N sleeps of MS milliseconds
//   deeds move N BYTES     N reads from /dev/zero and N writes to /dev/null of BYTES
//   deeds fork N           N children, one after the other, that end at once
//   deeds exec N           N children, one after the other, that run `deeds nothing`
//   deeds signal N         N signals to a child that ignores them
//   deeds pass N           a byte goes N times to a child and back
//   deeds wait N MS        N futex waits that end after MS milliseconds
//   deeds touch N          N fresh pages are written
//   deeds connect N        N TCP connections to itself
//   deeds send N           N UDP packets to itself
//   deeds spin MS          computing for MS milliseconds of CPU time
//   deeds sync N PATH      N times a block is written to PATH and synced
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char buffer[1 << 20];

static void fail(const char *what) {
	perror(what);
	exit(1);
}

static struct timespec millis(long ms) {
	return (struct timespec){ms / 1000, ms % 1000 * 1000000};
}

static void ask(long n) {
	for (long i = 0; i < n; i++) syscall(SYS_getppid);
}

static void failing(long n) {
	for (long i = 0; i < n; i++)
		if (open("/no/such/file", O_RDONLY) >= 0) exit(1);
}

static void opening(long n, const char *path) {
	for (long i = 0; i < n; i++) {
		int file = open(path, O_RDONLY | O_CLOEXEC);
		if (file < 0) fail(path);
		close(file);
	}
}

static void sleeping(long n, long ms) {
	struct timespec time = millis(ms);
	for (long i = 0; i < n; i++) nanosleep(&time, NULL);
}

static void moving(long n, long bytes) {
	int from = open("/dev/zero", O_RDONLY), to = open("/dev/null", O_WRONLY);
	for (long i = 0; i < n; i++)
		if (read(from, buffer, bytes) != bytes || write(to, buffer, bytes) != bytes) fail("move");
}

static void family(long n, const char *self) {
	for (long i = 0; i < n; i++) {
		pid_t child = fork();
		if (child == 0) {
			if (self) execl(self, self, "nothing", (char *)NULL);
			_exit(0);
		}
		waitpid(child, NULL, 0);
	}
}

static void signals(long n) {
	pid_t child = fork();
	if (child == 0) {
		signal(SIGUSR2, SIG_IGN);
		for (;;) pause();
	}
	struct timespec time = millis(50);
	nanosleep(&time, NULL);
	for (long i = 0; i < n; i++) kill(child, SIGUSR2);
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void passing(long n) {
	int there[2], back[2];
	char byte = 0;
	if (pipe(there) || pipe(back)) fail("pipe");
	if (fork() == 0) {
		for (long i = 0; i < n; i++)
			if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1) _exit(1);
		_exit(0);
	}
	for (long i = 0; i < n; i++)
		if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) fail("pass");
	wait(NULL);
}

static void waiting(long n, long ms) {
	int word = 0;
	struct timespec time = millis(ms);
	for (long i = 0; i < n; i++) syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, &time, NULL, 0);
}

static void touching(long n) {
	long size = sysconf(_SC_PAGESIZE);
	char *pages = mmap(NULL, n * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (pages == MAP_FAILED) fail("mmap");
	madvise(pages, n * size, MADV_NOHUGEPAGE);
	for (long i = 0; i < n; i++) pages[i * size] = 1;
}

static struct sockaddr_in here(int socket) {
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	socklen_t length = sizeof address;
	if (bind(socket, (struct sockaddr *)&address, length)) fail("bind");
	getsockname(socket, (struct sockaddr *)&address, &length);
	return address;
}

static void connecting(long n) {
	int server = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in address = here(server);
	if (listen(server, 16)) fail("listen");
	for (long i = 0; i < n; i++) {
		int client = socket(AF_INET, SOCK_STREAM, 0);
		if (connect(client, (struct sockaddr *)&address, sizeof address)) fail("connect");
		close(accept(server, NULL, NULL));
		close(client);
	}
}

static void sending(long n) {
	int socket_ = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in address = here(socket_);
	for (long i = 0; i < n; i++) {
		if (sendto(socket_, buffer, 100, 0, (struct sockaddr *)&address, sizeof address) != 100) fail("sendto");
		if (recv(socket_, buffer, 100, 0) != 100) fail("recv");
	}
}

static void spinning(long ms) {
	struct timespec now, begin;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
	do {
		for (volatile int i = 0; i < 100000; i++) {}
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	} while ((now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 < ms);
}

static void syncing(long n, const char *path) {
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	if (file < 0) fail(path);
	for (long i = 0; i < n; i++)
		if (pwrite(file, buffer, 4096, i * 4096) != 4096 || fdatasync(file)) fail(path);
	close(file);
	unlink(path);
}

int main(int count, char **words) {
	const char *deed = count > 1 ? words[1] : "";
	if (strcmp(deed, "nothing") == 0) return 0;
	long n = count > 2 ? atol(words[2]) : 0, more = count > 3 ? atol(words[3]) : 0;
	puts("ready");
	fflush(stdout);
	if (getchar() == EOF) return 1;
	if (strcmp(deed, "ask") == 0) ask(n);
	else if (strcmp(deed, "fail") == 0) failing(n);
	else if (strcmp(deed, "open") == 0) opening(n, words[3]);
	else if (strcmp(deed, "sleep") == 0) sleeping(n, more);
	else if (strcmp(deed, "move") == 0) moving(n, more);
	else if (strcmp(deed, "fork") == 0) family(n, NULL);
	else if (strcmp(deed, "exec") == 0) family(n, words[0]);
	else if (strcmp(deed, "signal") == 0) signals(n);
	else if (strcmp(deed, "pass") == 0) passing(n);
	else if (strcmp(deed, "wait") == 0) waiting(n, more);
	else if (strcmp(deed, "touch") == 0) touching(n);
	else if (strcmp(deed, "connect") == 0) connecting(n);
	else if (strcmp(deed, "send") == 0) sending(n);
	else if (strcmp(deed, "spin") == 0) spinning(n);
	else if (strcmp(deed, "sync") == 0) syncing(n, words[3]);
	else return 2;
	return 0;
}
