/* Many kinds of types, scopes and labels in little code: food for the readers of programs. */
typedef struct point {
    int x, y;
    unsigned flags : 3, kind : 5;
} point_t;

union number {
    long whole;
    double part;
};

enum color { RED, GREEN = 7, BLUE };

struct list {
    struct list *next;
    point_t points[3];
    union number number;
    enum color color;
    int (*visit)(struct list *, const char *);
};

volatile long total;
static struct list nodes[4];
_Thread_local int depth;

static inline int scale(int value, int by) {
    int product = value * by;
    return product + 1;
}

__attribute__((noinline)) int visit(struct list *node, const char *name) {
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        int inner = node->points[i].x + scale(node->points[i].y, i);
        sum += inner;
    }
    if (name && *name == 'q') {
        goto out;
    }
    total += sum;
out:
    return sum;
}

__attribute__((noinline)) long descend(int levels, struct list *node, double weight) {
    depth++;
    if (levels <= 0) {
        return node->visit ? node->visit(node, "x") : 0;
    }
    long below = descend(levels - 1, node->next ? node->next : node, weight * 2);
    return below + (long) weight;
}

#ifdef BARE
void _start(void) {
    nodes[0].visit = visit;
    descend(3, nodes, 1.5);
    for (;;) {
    }
}
#else
int main(int argc, char **argv) {
    nodes[0].visit = visit;
    nodes[0].next = &nodes[1];
    return (int) descend(argc, nodes, 1.5) + visit(nodes, argv[0]);
}
#endif
