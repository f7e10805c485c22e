package io.stapscope.history.entity;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One run of one script. */
@Entity(name = "Capture")
@Table(name = "capture")
public class CaptureEntity {
    @Id
    public UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "script_revision_id")
    public ScriptRevisionEntity revision;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "host_id")
    public HostEntity host;

    public String name;

    public String state;

    public String[] arguments;

    @Column(name = "target_pid")
    public Integer targetPid;

    @Column(name = "target_command")
    public String targetCommand;

    public String[] tags;

    @Column(name = "interval_ms")
    public int intervalMillis;

    @Column(name = "started_at")
    public OffsetDateTime startedAt;

    @Column(name = "stopped_at")
    public OffsetDateTime stoppedAt;

    @Column(name = "stop_reason")
    public String stopReason;

    public long refused;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(name = "aggregate", joinColumns = @JoinColumn(name = "capture_id"))
    public List<AggregateValue> aggregates = new ArrayList<>();

    @Column(name = "owner")
    public String owner;

    @Column(name = "incarnation")
    public String incarnation;
}
