# Static marks as <sys/sdt.h> writes them, with every kind of argument of x86-64.
        .macro note address, semaphore, provider, name, arguments
        .pushsection .note.stapsdt, "", "note"
        .balign 4
        .4byte 992f-991f, 994f-993f, 3
991:    .asciz "stapsdt"
992:    .balign 4
993:    .8byte \address
        .8byte _.stapsdt.base
        .8byte \semaphore
        .asciz "\provider"
        .asciz "\name"
        .asciz "\arguments"
994:    .balign 4
        .popsection
        .endm

        .section .stapsdt.base, "aG", "progbits", .stapsdt.base, comdat
        .weak _.stapsdt.base
        .hidden _.stapsdt.base
_.stapsdt.base:
        .space 1
        .size _.stapsdt.base, 1

        .data
        .2byte 0
        .type counter, @object
counter:
        .8byte 42
        .size counter, 8

        .text
        .globl _start
        .type _start, @function
_start:
1:      nop
        note 1b, counter-2, shop, sale, "-4@%edi 4@$-7 -4@-20(%rbp) 8@(%rax,%rcx,8) 8@counter(%rip) 8@%fs:16 1@%ah"
2:      nop
        note 2b, 0, shop, refund, ""
        mov $60, %eax
        xor %edi, %edi
        syscall
        .size _start, .-_start
        .section .note.GNU-stack, "", @progbits
