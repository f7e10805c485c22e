// Functions that a probe can be moved into, one for each kind of instruction that it is moved over; all compute the same, and
// what they compute is checked.
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
// What an argument was is found elsewhere behind these.
MOVE(argument, "lea 8(%rdi), %rdi\npush %rbx\npop %rbx\nsub $8, %rdi\n" SUM);
MOVE(copied, "mov %rdi, %r10\nxor %edi, %edi\nnop\nmov %r10, %rdi\n" SUM);
MOVE(kept, "mov %rbx, -8(%rsp)\nmov %rsi, %rbx\nmov $1, %esi\njmp 1f\n1: mov %rbx, %rsi\nmov -8(%rsp), %rbx\n" SUM);
MOVE(swapped, "mov %rdi, %r10\nmov %rsi, %rdi\nmov %r10, %rsi\nmov %r8, %r10\nnop\n" SUM);
MOVE(rotated, "mov %rdi, %r10\nmov %rsi, %rdi\nmov %rcx, %rsi\nmov %r10, %rcx\nnop\nmov %rcx, %rsi\n" SUM);
MOVE(added, "add $1000, %rdi\ninc %rsi\ndec %rdi\njmp 1f\n1: sub $999, %rdi\ndec %rsi\n" SUM);
MOVE(subtracted, "sub $-128, %rdi\nlea -5(%rsi), %r11\nmov %r11, %rsi\nxor %r11d, %r11d\nnop\nadd $-128, %rdi\nadd $5, %rsi\n" SUM);
MOVE(stored, "sub $24, %rsp\nmov %rdi, 8(%rsp)\nxor %edi, %edi\nmov %rsi, (%rsp)\nmov %edi, %esi\nnop\nmov (%rsp), %rsi\nmov 8(%rsp), %rdi\nadd $24, %rsp\n" SUM);
MOVE(stored_below, "mov %rdi, -16(%rsp)\nmov %rdx, %rdi\njmp 1f\n1: mov -16(%rsp), %rdi\n" SUM);
MOVE(stored_by_pointer,
     "mov %rbp, -8(%rsp)\nlea -8(%rsp), %rbp\nsub $40, %rsp\nand $-32, %rsp\nmov %rsi, -16(%rbp)\nxor %esi, %esi\nnop\n"
     "mov -16(%rbp), %rsi\nlea 8(%rbp), %rsp\nmov (%rbp), %rbp\n" SUM);
MOVE(reloaded, "mov %rdi, -16(%rsp)\nmov %rsi, %rdi\nmov -16(%rsp), %rsi\nmovq $0, -16(%rsp)\nnop\n" SUM);
// Calls itself as often as the lowest two bits of its first argument say.
MOVE(recursion, "mov %rdi, %r10\nxor %edi, %edi\npush %rbx\nmov %r10, %rbx\nlea -1(%r10), %rdi\ntest $3, %r10b\nje 1f\n"
		"call move_recursion\n1: lea (%rbx,%rsi), %rax\npop %rbx\nret\n");
// Only their lower halves are found behind these.
#define ASIDE "movq %rdi, %xmm0\nmovq %rsi, %xmm1\n"
#define BACK "movq %xmm0, %rdi\nmovq %xmm1, %rsi\n"
MOVE(sign, ASIDE "movslq %edi, %rdi\nmov %esi, %eax\ncltq\nxor %esi, %esi\nnop\n" BACK SUM);
MOVE(zeros, ASIDE "mov %edi, %edi\nmov %esi, %r10d\nmov $0, %sil\njmp 1f\n1: " BACK SUM);
MOVE(halves, ASIDE "mov %edi, -4(%rsp)\nmov $0, %edi\nadd $100, %esi\nnop\n" BACK SUM);
MOVE(joiner, "lea 1(%rdi), %r11\njmp .Ljoined\n");
// Another function jumps behind its first instruction.
MOVE(joined, "xor %eax, %eax\n.Ljoined: test %rdi, %rdi\nje 1f\n1: " SUM);
// Over these no probe is moved that looks at what they change.
MOVE(lost, ASIDE "lea 8(%rdi,%rsi), %rdi\npush %rbx\npop %rbx\n" BACK SUM);
MOVE(lost_copy, ASIDE "mov %rdi, %r10\nxor %edi, %edi\nmov $1, %r10b\nnop\n" BACK SUM);
MOVE(lost_store, ASIDE "mov %rdi, -8(%rsp)\nxor %edi, %edi\nmovb $1, -5(%rsp)\nnop\n" BACK SUM);
MOVE(store, "mov %rdi, (%rcx)\npush %rbx\npop %rbx\n" SUM);
MOVE(loop, "xor %eax, %eax\n1: cmp $1, %eax\njne 2f\n" SUM "2: inc %eax\njmp 1b\n");
MOVE(loop_copied, ASIDE "mov %rdi, %r10\n1: xor %edi, %edi\njmp 2f\n3: jmp 1b\n2: test %rdi, %rdi\njne 3b\n" BACK SUM);

static Move *const moves[] = {
    move_flags,    move_bytes,  move_clear,   move_copies,  move_address, move_loads, move_unread,       move_landing,
    move_vectors,  move_red_zone, move_saves, move_stack,   move_frame,   move_pointer, move_aligned,    move_argument,
    move_copied,   move_kept,   move_swapped, move_rotated, move_added,   move_subtracted, move_stored,  move_stored_below,
    move_stored_by_pointer,     move_reloaded, move_recursion, move_sign, move_zeros, move_halves,       move_lost,
    move_lost_copy, move_lost_store, move_store, move_loop, move_loop_copied, move_joiner, move_joined,
};

// Its arguments are narrower than the registers that they come in.
__attribute__((noipa)) static unsigned long typed(unsigned a, short b, unsigned char c, int d) {
	unsigned long wide = (unsigned long)d;
	return b > 5 ? wide * c : wide + a;
}

int main(int argc, char **argv) {
	static const char *volatile texts[] = {"one", "two", "three", "four", "five"};
	if (argc != 2) return 2;
	long cell = 0, sum = 0;
	// Probes read what is in memory only.
	for (int i = 0; i < 5; i++) sum += (long)strlen(texts[i]);
	for (long i = 0; i < atol(argv[1]); i++) {
		for (size_t k = 0; k < sizeof moves / sizeof *moves; k++) {
			cell = i;
			long a = i * 0x100000003 + (long)k, b = ~i * 7;
			if (moves[k](a, b, texts[(i + (long)k) % 5], &cell) != a + b) return 3;
			sum += a + b;
		}
		sum += (long)typed((unsigned)(i * -7), (short)(i % 2 ? i : ~i), (unsigned char)i, (int)(i * 0x10001));
	}
	printf("%ld\n", sum);
	return 0;
}
