// Functions whose first instructions are known. Every mode prints what it did.
//
//   functions calls N THREADS    each of THREADS threads calls each of the four leaf functions N times
//   functions recurse DEPTH      recurse(DEPTH)
//   functions jumps N            N times enters `jumping`, which never returns: longjmp
//   functions lines              for each line on standard input calls each leaf function once
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

long push_first(long a, long b, const char *text);
long nop_first(long a, long b, const char *text);
long step_first(long a, long b, const char *text);
long landing_first(long a, long b, const char *text);
long recurse(long n);

#define FUNCTION(name, first) \
	asm(".text\n.globl " #name "\n.type " #name ",@function\n" #name ":\n" first \
	    "lea (%rdi,%rsi), %rax\npop %rbp\nret\n.size " #name ", . - " #name "\n")

FUNCTION(push_first, "push %rbp\nmov %rsp, %rbp\n");
FUNCTION(nop_first, "nop\npush %rbp\n");
FUNCTION(step_first, "mov %rdi, %rax\npush %rbp\n");
FUNCTION(landing_first, "endbr64\npush %rbp\n");
asm(".text\n.globl recurse\n.type recurse,@function\nrecurse:\npush %rbx\nmov %rdi, %rbx\nxor %eax, %eax\ntest %rdi, %rdi\n"
    "je 1f\nlea -1(%rdi), %rdi\ncall recurse\nadd %rbx, %rax\n1: pop %rbx\nret\n.size recurse, . - recurse\n");

static long calls;

static void *work(void *unused) {
	(void)unused;
	long sum = 0;
	for (long i = 0; i < calls; i++) {
		sum += push_first(i, 1, "push") + nop_first(i, 2, "nop");
		sum += step_first(i, 3, "step") + landing_first(i, 4, "landing");
	}
	return (void *)sum;
}

static jmp_buf back;

__attribute__((noinline)) void jumping(long n) {
	asm volatile("" : : "r"(n));
	longjmp(back, 1);
}

__attribute__((noinline)) static long jumps(long n) {
	for (volatile long i = 0; i < n; i++) {
		if (setjmp(back) == 0) jumping(i);
	}
	return n;
}

int main(int argc, char **argv) {
	if (argc == 4 && strcmp(argv[1], "calls") == 0) {
		calls = atol(argv[2]);
		int threads = atoi(argv[3]);
		pthread_t all[64];
		long sum = 0;
		for (int i = 0; i < threads; i++) pthread_create(&all[i], NULL, work, NULL);
		for (int i = 0; i < threads; i++) {
			void *result;
			pthread_join(all[i], &result);
			sum += (long)result;
		}
		printf("%ld\n", sum);
	} else if (argc == 3 && strcmp(argv[1], "recurse") == 0) {
		printf("%ld\n", recurse(atol(argv[2])));
	} else if (argc == 3 && strcmp(argv[1], "jumps") == 0) {
		printf("%ld\n", jumps(atol(argv[2])) + recurse(3));
	} else if (argc == 2 && strcmp(argv[1], "lines") == 0) {
		char line[64];
		calls = 1;
		while (fgets(line, sizeof line, stdin)) {
			printf("%ld\n", (long)work(NULL));
			fflush(stdout);
		}
	} else {
		return 2;
	}
	return 0;
}
