// digest N: computes a digest over N rounds in many functions and through much of the C library, and prints it. Whatever
// changes a register, a byte of memory or a return address shows in it.
#include <ctype.h>
#include <pthread.h>
#include <regex.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>
#include <wchar.h>

typedef uint64_t u64;

#define PLAIN __attribute__((noinline))
#define MIX(n) \
	PLAIN static u64 mix##n(u64 h, u64 a, u64 b) { \
		h ^= a * (0x9e3779b97f4a7c15ull + n); \
		h = h << (n % 23 + 5) | h >> (64 - (n % 23 + 5)); \
		if (h & n) h += b ^ n; \
		return h; \
	}
#define MIX8(n) MIX(n##0) MIX(n##1) MIX(n##2) MIX(n##3) MIX(n##4) MIX(n##5) MIX(n##6) MIX(n##7)
MIX8(1) MIX8(2) MIX8(3) MIX8(4) MIX8(5) MIX8(6)
#define NAME8(n) mix##n##0, mix##n##1, mix##n##2, mix##n##3, mix##n##4, mix##n##5, mix##n##6, mix##n##7
static u64 (*const mixes[])(u64, u64, u64) = {NAME8(1), NAME8(2), NAME8(3), NAME8(4), NAME8(5), NAME8(6)};

struct pair {
	u64 key, value;
};

PLAIN static u64 bytes(u64 h, const void *data, size_t length) {
	const unsigned char *p = data;
	for (size_t i = 0; i < length; i++) h = (h ^ p[i]) * 1099511628211ull;
	return h;
}

PLAIN static int byKey(const void *a, const void *b) {
	const struct pair *x = a, *y = b;
	return x->key < y->key ? -1 : x->key > y->key;
}

PLAIN static struct pair make(u64 key, u64 value) { return (struct pair){key, value}; }

PLAIN static u64 recursive(u64 n) { return n < 2 ? n : recursive(n - 1) * 3 + recursive(n - 2); }

PLAIN static double real(double x, float y, int n) { return n == 0 ? x * y : real(x / 3 + y, y * 0.5f, n - 1); }

PLAIN static u64 many(u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g, u64 h) {
	return a ^ b * 3 ^ c * 5 ^ d * 7 ^ e * 11 ^ f * 13 ^ g * 17 ^ h * 19;
}

PLAIN static u64 variadic(int n, ...) {
	va_list list;
	u64 sum = 0;
	va_start(list, n);
	while (n-- > 0) sum = sum * 31 + va_arg(list, u64);
	va_end(list);
	return sum;
}

static jmp_buf place;

PLAIN static void leap(int depth) {
	if (depth == 0) longjmp(place, 7);
	leap(depth - 1);
}

PLAIN static u64 jumps(u64 h) {
	volatile u64 kept = h;
	int came = setjmp(place);
	if (came == 0) leap(5);
	return kept + (u64)came;
}

static ucontext_t here, there;
static volatile u64 visited;

static void visit(void) { visited++; }

PLAIN static u64 contexts(u64 h) {
	static char stack[65536];
	getcontext(&there);
	there.uc_stack.ss_sp = stack;
	there.uc_stack.ss_size = sizeof stack;
	there.uc_link = &here;
	makecontext(&there, visit, 0);
	swapcontext(&here, &there);
	return h + visited;
}

static volatile sig_atomic_t signals;

static void onSignal(int number) { signals += number; }

PLAIN static u64 children(u64 h) {
	char *const arguments[] = {"true", NULL};
	char *const environment[] = {NULL};
	pid_t child;
	int status = -1;
	if (posix_spawn(&child, "/bin/true", NULL, NULL, arguments, environment) != 0) return h;
	waitpid(child, &status, 0);
	pid_t forked = vfork();
	if (forked == 0) _exit(5);
	int other = -1;
	waitpid(forked, &other, 0);
	return h * 31 + (u64)status * 7 + (u64)WEXITSTATUS(other);
}

PLAIN static u64 library(u64 h) {
	char text[256], copy[256];
	wchar_t wide[64];
	struct tm when;
	time_t at = (time_t)(h % 2000000000);
	int length = snprintf(text, sizeof text, "%016llx %d %.17g %s", (unsigned long long)h, (int)(h % 1000), (double)(h >> 11), "text");
	h = bytes(h, text, (size_t)length);
	memmove(copy, text, (size_t)length + 1);
	for (char *p = copy; *p; p++) *p = (char)toupper((unsigned char)*p);
	h ^= strtoull(copy, NULL, 16) + strlen(copy) + (u64)(strchr(copy, ' ') - copy) + (u64)(strcmp(text, copy) > 0);
	h += (u64)atoi("12345") + (u64)strtol("-77", NULL, 10) + (u64)(strtod("1.5e3", NULL));
	h ^= mbstowcs(wide, text, 64) + wcslen(wide);
	gmtime_r(&at, &when);
	h = bytes(h, text, strftime(text, sizeof text, "%F %T %j", &when));
	regex_t pattern;
	if (regcomp(&pattern, "^([0-9]+)-([0-9]+)", REG_EXTENDED) == 0) {
		regmatch_t found[3];
		if (regexec(&pattern, text, 3, found, 0) == 0) h += (u64)found[2].rm_eo;
		regfree(&pattern);
	}
	struct pair *all = calloc(64, sizeof *all);
	for (u64 i = 0; i < 64; i++) all[i] = make(h * (i + 1) >> 7, i);
	qsort(all, 64, sizeof *all, byKey);
	struct pair *hit = bsearch(&all[10], all, 64, sizeof *all, byKey);
	h = bytes(h, all, 64 * sizeof *all) + (hit ? hit->value : 99);
	all = realloc(all, 4096);
	free(all);
	return h;
}

PLAIN static u64 round_(u64 h, u64 i) {
	for (size_t k = 0; k < sizeof mixes / sizeof *mixes; k++) h = mixes[k](h, i + k, h >> 3);
	h ^= recursive(i % 8) + many(h, i, 3, 4, 5, 6, 7, 8) + variadic(4, h, i, (u64)3, (u64)4);
	double x = real((double)(h >> 40), (float)i, 5);
	return bytes(h, &x, sizeof x);
}

static long rounds;

static void *work(void *seed) {
	u64 h = (u64)seed;
	for (long i = 0; i < rounds; i++) {
		h = round_(h, (u64)i);
		if (i % 16 == 0) h = library(h);
	}
	return (void *)h;
}

int main(int argc, char **argv) {
	if (argc != 2) return 2;
	rounds = atol(argv[1]);
	signal(SIGUSR1, onSignal);
	pthread_t threads[2];
	u64 h = 1;
	for (u64 i = 0; i < 2; i++) pthread_create(&threads[i], NULL, work, (void *)(i + 1));
	for (int i = 0; i < 2; i++) {
		void *result;
		pthread_join(threads[i], &result);
		h = bytes(h, &result, sizeof result);
	}
	for (long i = 0; i < rounds / 16 + 1; i++) {
		h = contexts(jumps(h));
		raise(SIGUSR1);
	}
	h = children(h);
	printf("%016llx %d\n", (unsigned long long)h, (int)signals);
	return 0;
}
