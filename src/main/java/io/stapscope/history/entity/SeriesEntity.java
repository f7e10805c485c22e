package io.stapscope.history.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** One aggregate under one key of one facet; written by batches of SQL, read here. */
@Entity(name = "Series")
@Table(name = "series")
public class SeriesEntity {
    @Id
    public Long id;

    @Column(name = "capture_id")
    public UUID captureId;

    public int agg;

    public int number;

    public short facet;

    public String[] keys;

    @Column(name = "key_kinds")
    public String[] keyKinds;

    public String[] labels;

    public String[] notes;

    @Column(name = "n")
    public long count;

    public long sum;

    @Column(name = "vmin")
    public long min;

    @Column(name = "vmax")
    public long max;

    @Column(name = "hist")
    public byte[] histogram;
}
