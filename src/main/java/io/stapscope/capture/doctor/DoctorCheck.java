package io.stapscope.capture.doctor;

/**
 * One thing looked at.
 *
 * @param id stable, for programs and translations
 * @param found what there is on this machine
 * @param neededFor what depends on it
 * @param fix what to do, "" when there is nothing to do
 */
public record DoctorCheck(String id, String title, String found, Verdict verdict, String neededFor, String fix) {}
