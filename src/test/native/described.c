/* What debug information tells of this file is what its tests expect; line numbers count. */
struct point {
  int x;
  int y;
  struct point *next;
};
typedef struct point point_t;
enum color { RED, GREEN = 5, BLUE };
enum sign { MINUS = -1, PLUS = 1 };
struct flags {
  unsigned a : 3;
  unsigned b : 7;
  int c : 5;
  unsigned long long d : 40;
  char tail;
};
union either {
  int i;
  double d;
  char text[8];
};
struct hidden;
struct outer {
  struct {
    int in;
  };
  union either u;
  int table[2][3];
  struct hidden *h;
  int (*call)(int);
  const char *name;
  enum color color;
  _Bool on;
  unsigned char raw;
  signed char small;
};
volatile int counter = 3;
static long total[4];
struct flags flags;
struct outer outer;
enum sign sign = PLUS;

static inline __attribute__((always_inline)) int twice(int value) {
  int doubled = value * 2;
  counter += doubled;
  return doubled;
}

static __attribute__((noinline)) int add(int a, int b) {
  int sum = a + b;
  {
    int deep = sum * 3;
    counter += deep;
  }
  return sum;
}

__attribute__((noinline)) int walk(const point_t *p, int limit) {
  int n = 0;
again:
  if (p && n < limit) {
    n += p->x + twice(p->y);
    p = p->next;
    goto again;
  }
  total[0] += add(n, limit);
  return n;
}

int main(int argc, char **argv) {
  point_t last = {1, 2, 0};
  point_t first = {argc, 4, &last};
  flags.d = total[1];
  outer.name = argv[0];
  return walk(&first, 1000) + sign == 0;
}
