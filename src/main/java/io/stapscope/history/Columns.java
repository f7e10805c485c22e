package io.stapscope.history;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The parameters of a statement that writes rows: one for all of them, then an array for each column, as unnest takes them. */
final class Columns<R> {
    private final List<R> rows;
    private final Tuple parameters = Tuple.tuple();

    private Columns(List<R> rows) {
        this.rows = rows;
    }

    /** @param common what all rows share, their capture for example */
    static <R> Columns<R> of(Object common, List<R> rows) {
        var columns = new Columns<R>(rows);
        columns.parameters.addValue(common);
        return columns;
    }

    Columns<R> ints(ToIntFunction<R> value) {
        return add(Integer.class, value::applyAsInt);
    }

    Columns<R> longs(Function<R, @Nullable Long> value) {
        return add(Long.class, value);
    }

    Columns<R> shorts(Function<R, Short> value) {
        return add(Short.class, value);
    }

    Columns<R> booleans(Predicate<R> value) {
        return add(Boolean.class, value::test);
    }

    Columns<R> texts(Function<R, @Nullable String> value) {
        return add(String.class, value);
    }

    Columns<R> times(Function<R, OffsetDateTime> value) {
        return add(OffsetDateTime.class, value);
    }

    Columns<R> bytes(Function<R, byte @Nullable []> value) {
        return add(Buffer.class, row -> {
            byte[] bytes = value.apply(row);
            return bytes == null ? null : Buffer.buffer(bytes);
        });
    }

    @SuppressWarnings("unchecked")
    private <C> Columns<R> add(Class<C> type, Function<R, ? extends @Nullable C> value) {
        var column = (C[]) Array.newInstance(type, rows.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(rows.get(i));
        }
        parameters.addValue(column);
        return this;
    }

    /** Writes the rows; of none there is nothing to ask. */
    Uni<Void> write(SqlClient client, String sql) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : client.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }
}
