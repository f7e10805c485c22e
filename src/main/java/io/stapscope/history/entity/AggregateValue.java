package io.stapscope.history.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;

/** What a capture's script aggregates; belongs to its capture. */
@Embeddable
public class AggregateValue {
    public int agg;

    public String name;

    public String kind;

    @Column(name = "key_kinds")
    public String[] keyKinds;

    public String unit;

    public int line;
}
