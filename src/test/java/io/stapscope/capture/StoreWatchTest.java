package io.stapscope.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.stapscope.history.StoreStatus;
import org.junit.jupiter.api.Test;

class StoreWatchTest {
    private static final StoreStatus WELL = new StoreStatus(3, 0, 0, 0, null);
    private static final StoreStatus AWAY = new StoreStatus(9, 4, 0, 0, "connection refused");
    private static final StoreStatus CATCHING_UP = new StoreStatus(0, 0, 12, 0, null);

    private final StoreWatch watch = new StoreWatch();

    @Test
    void aStoreThatWorksIsNoNews() {
        assertThat(watch.news(WELL)).isNull();
        assertThat(watch.news(WELL)).isNull();
    }

    @Test
    void goingAwayIsToldOnceWithTheReason() {
        assertThat(watch.news(AWAY)).satisfies(news -> {
            assertThat(news.kind()).isEqualTo("store_away");
            assertThat(news.text()).contains("connection refused");
        });
        assertThat(watch.news(AWAY)).isNull();
    }

    @Test
    void itIsBackWhenNothingWaitsOnDiskAnyMore() {
        watch.news(AWAY);
        assertThat(watch.news(CATCHING_UP)).isNull();
        assertThat(watch.news(WELL)).extracting(StoreWatch.News::kind).isEqualTo("store_back");
        assertThat(watch.news(WELL)).isNull();
        assertThat(watch.news(AWAY)).extracting(StoreWatch.News::kind).isEqualTo("store_away");
    }
}
