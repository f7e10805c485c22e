// Names, templates and exceptions of C++.
namespace shop {
template <typename T, int N>
class Shelf {
    T items[N];
    int count = 0;

public:
    virtual ~Shelf() {}
    virtual bool put(const T &item) {
        if (count == N) {
            throw count;
        }
        items[count++] = item;
        return true;
    }
    T operator[](int index) const { return items[index]; }
};

struct Book {
    const char *title;
    int pages;
    bool operator<(const Book &other) const { return pages < other.pages; }
};

class Window : public Shelf<Book, 2> {
public:
    bool put(const Book &item) override { return item.pages > 10 && Shelf<Book, 2>::put(item); }
};
}  // namespace shop

int main(int argc, char **) {
    shop::Window window;
    shop::Shelf<long, 4> numbers;
    auto add = [&](long value) { return numbers.put(value); };
    try {
        for (int i = 0; i < argc + 3; i++) {
            add(i);
            window.put({"title", i * 20});
        }
    } catch (int count) {
        return count;
    }
    return window[0] < window[1];
}
