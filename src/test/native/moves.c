// Functions that a probe can be moved into, one for each kind of instruction that it is moved over; all compute the same.
//
//   moves N     calls each N times and prints the sum of what they return
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef long Move(long a, long b, const char *text, long *cell);

#define MOVE(name, body) \
	Move move_##name; \
	asm(".text\n.globl move_" #name "\n.type move_" #name ",@function\nmove_" #name ":\n" body \
	    ".size move_" #name ", . - move_" #name "\n")
#define SUM "lea (%rdi,%rsi), %rax\nret\n"

MOVE(flags, "test %rdi, %rdi\nje 1f\n1: " SUM);
MOVE(bytes, "cmp %rsi, %rdi\nsete %al\njmp 1f\n1: " SUM);
MOVE(clear, "xor %eax, %eax\npush %rbx\npop %rbx\n" SUM);
MOVE(copies, "mov %rdi, %r10\nmov %esi, %r11d\npush %rbx\npop %rbx\n" SUM);
MOVE(address, "lea 8(%rdi,%rsi), %rax\njmp 1f\n1: " SUM);
MOVE(loads, "movzbl (%rdx), %eax\nmov (%rcx), %r10\njmp 1f\n1: " SUM);
MOVE(unread, "mov $5, %r8d\nmov %rdx, %r9\nnop\n" SUM);
MOVE(landing, "endbr64\npush %rbx\npop %rbx\n" SUM);
MOVE(vectors, "pxor %xmm0, %xmm0\nmovups %xmm0, -24(%rsp)\njmp 1f\n1: " SUM);
MOVE(red_zone, "mov %rdi, -8(%rsp)\njmp 1f\n1: " SUM);
MOVE(saves, "mov %rbx, -8(%rsp)\nmov %rdi, %rbx\njmp 1f\n1: mov -8(%rsp), %rbx\n" SUM);
MOVE(stack, "sub $24, %rsp\nnop\nadd $24, %rsp\n" SUM);
MOVE(frame, "sub $24, %rsp\nmov %rdi, 8(%rsp)\nmovl $1, (%rsp)\nnop\nadd $24, %rsp\n" SUM);
MOVE(pointer,
     "mov %rbp, -8(%rsp)\nmov %rsp, %rbp\nsub $32, %rsp\nmov %rsi, -24(%rbp)\nnop\nmov %rbp, %rsp\nmov -8(%rsp), %rbp\n" SUM);
MOVE(aligned, "mov %rsp, %r11\nsub $40, %rsp\nand $-32, %rsp\nmov %rsi, (%rsp)\nnop\nmov %r11, %rsp\n" SUM);
// Over these no probe is moved that looks at what they change.
MOVE(argument, "lea 8(%rdi), %rdi\npush %rbx\npop %rbx\nsub $8, %rdi\n" SUM);
MOVE(store, "mov %rdi, (%rcx)\npush %rbx\npop %rbx\n" SUM);
MOVE(loop, "xor %eax, %eax\n1: cmp $1, %eax\njne 2f\n" SUM "2: inc %eax\njmp 1b\n");

static Move *const moves[] = {
    move_flags,    move_bytes, move_clear, move_copies, move_address, move_loads,   move_unread,   move_landing, move_vectors,
    move_red_zone, move_saves, move_stack, move_frame,  move_pointer, move_aligned, move_argument, move_store,   move_loop,
};

int main(int argc, char **argv) {
	static const char *volatile texts[] = {"one", "two", "three", "four", "five"};
	if (argc != 2) return 2;
	long cell = 0, sum = 0;
	// Probes read what is in memory only.
	for (int i = 0; i < 5; i++) sum += (long)strlen(texts[i]);
	for (long i = 0; i < atol(argv[1]); i++) {
		for (size_t k = 0; k < sizeof moves / sizeof *moves; k++) {
			cell = i;
			sum += moves[k](i * 0x100000003 + (long)k, ~i * 7, texts[(i + (long)k) % 5], &cell);
		}
	}
	printf("%ld\n", sum);
	return 0;
}
