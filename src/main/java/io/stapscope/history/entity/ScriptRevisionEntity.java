package io.stapscope.history.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** One text of a script. */
@Entity(name = "ScriptRevision")
@Table(name = "script_revision")
public class ScriptRevisionEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "script_id")
    public ScriptEntity script;

    public int revision;

    @Column(columnDefinition = "text")
    public String source;

    public String sha256;
}
