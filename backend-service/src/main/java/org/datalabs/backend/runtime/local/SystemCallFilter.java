package org.datalabs.backend.runtime.local;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classic BPF program (seccomp(2), {@code SECCOMP_SET_MODE_FILTER}) that keeps a session from system calls that no
 * datalab needs and that reach deep into the kernel: namespaces, mounts, keys, modules, tracing by BPF or perf, the
 * clock, and io_uring. They fail with {@code EPERM}, {@code clone3} with {@code ENOSYS} since its flags cannot be seen.
 */
final class SystemCallFilter {
    private static final int LOAD = 0x20;
    private static final int JUMP_EQUAL = 0x15;
    private static final int JUMP_AT_LEAST = 0x35;
    private static final int JUMP_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int ALLOW = 0x7fff0000;
    private static final int KILL = 0x80000000;
    private static final int FAIL = 0x00050000;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    private static final int NUMBER_AT = 0;
    private static final int ARCHITECTURE_AT = 4;
    private static final int FIRST_ARGUMENT_AT = 16;

    /** All CLONE_NEW... flags of sched.h. */
    private static final int NEW_NAMESPACES = 0x7e020080;

    private static final int INSTRUCTION_BYTES = 8;

    /** Calls with the same number everywhere since Linux 5.1: mounts by file descriptor, io_uring, clone3 apart. */
    private static final int[] DENIED_EVERYWHERE = {425, 426, 427, 428, 429, 430, 431, 432, 433, 442};

    private static final int CLONE3 = 435;

    /** umount2 mount pivot_root swapon swapoff reboot settimeofday adjtimex ... in the order of syscall_64.tbl. */
    private static final int[] DENIED_X86_64 = {
        155, 159, 163, 164, 165, 166, 167, 168, 169, 103, 175, 176, 179, 180, 227, 246, 248, 249, 250, 272, 298, 303,
        304, 305, 308, 313, 320, 321, 323
    };

    /** The same calls by asm-generic/unistd.h. */
    private static final int[] DENIED_AARCH64 = {
        41, 171, 89, 170, 40, 39, 224, 225, 142, 116, 105, 106, 60, 42, 112, 104, 217, 218, 219, 97, 241, 264, 265, 266,
        268, 273, 294, 280, 282
    };

    private static final int AUDIT_X86_64 = 0xc000003e;
    private static final int AUDIT_AARCH64 = 0xc00000b7;
    private static final int CLONE_X86_64 = 56;
    private static final int CLONE_AARCH64 = 220;

    /** First number of the x32 calls, which would go round the numbers above. */
    private static final int X32 = 0x40000000;

    private final List<int[]> instructions = new ArrayList<>();

    private SystemCallFilter() {}

    /** The program for a machine, as Java names it in {@code os.arch}; empty for a machine that is not known. */
    static Optional<byte[]> forMachine(String architecture) {
        return switch (architecture) {
            case "amd64" -> Optional.of(new SystemCallFilter().build(AUDIT_X86_64, CLONE_X86_64, DENIED_X86_64));
            case "aarch64" -> Optional.of(new SystemCallFilter().build(AUDIT_AARCH64, CLONE_AARCH64, DENIED_AARCH64));
            default -> Optional.empty();
        };
    }

    private byte[] build(int audit, int clone, int[] denied) {
        add(LOAD, 0, 0, ARCHITECTURE_AT);
        add(JUMP_EQUAL, 1, 0, audit);
        add(RETURN, 0, 0, KILL);
        add(LOAD, 0, 0, NUMBER_AT);
        if (audit == AUDIT_X86_64) {
            add(JUMP_AT_LEAST, 0, 1, X32);
            add(RETURN, 0, 0, FAIL | ENOSYS);
        }
        add(JUMP_EQUAL, 0, 1, CLONE3);
        add(RETURN, 0, 0, FAIL | ENOSYS);
        for (int[] numbers : List.of(denied, DENIED_EVERYWHERE)) {
            for (int number : numbers) {
                add(JUMP_EQUAL, 0, 1, number);
                add(RETURN, 0, 0, FAIL | EPERM);
            }
        }
        add(JUMP_EQUAL, 0, 3, clone);
        add(LOAD, 0, 0, FIRST_ARGUMENT_AT);
        add(JUMP_ANY_BIT, 0, 1, NEW_NAMESPACES);
        add(RETURN, 0, 0, FAIL | EPERM);
        add(RETURN, 0, 0, ALLOW);
        return bytes();
    }

    private void add(int code, int whenTrue, int whenFalse, int value) {
        instructions.add(new int[] {code, whenTrue, whenFalse, value});
    }

    private byte[] bytes() {
        ByteBuffer buffer =
                ByteBuffer.allocate(instructions.size() * INSTRUCTION_BYTES).order(ByteOrder.nativeOrder());
        for (int[] instruction : instructions) {
            buffer.putShort((short) instruction[0]);
            buffer.put((byte) instruction[1]);
            buffer.put((byte) instruction[2]);
            buffer.putInt(instruction[3]);
        }
        return buffer.array();
    }
}
